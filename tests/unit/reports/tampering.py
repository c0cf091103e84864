"""What a forger can do to a signed document; each function gives the altered bytes."""

from __future__ import annotations

import datetime
import hashlib
import io
import re
from collections.abc import Callable
from typing import Any

import pikepdf
from pyhanko.pdf_utils import generic as untyped_generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields

from fieldtool.reports import reading
from fieldtool.reports.pades import apply_signature, signer_of
from fieldtool.reports.rendering import UnsignedPdf
from tests.unit.reports import certificates

generic: Any = untyped_generic  # its constructors have no annotations
NOON = datetime.datetime(2022, 4, 16, 12, 0, tzinfo=datetime.UTC)


def _added(content: bytes, change: Callable[[Any], None]) -> bytes:
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(content))
    writer._update_meta = lambda: None
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _page(writer: Any, number: int) -> Any:
    return writer.find_page_for_modification(number)[0].get_object()


def overlay(content: bytes) -> bytes:
    def change(writer: Any) -> None:
        page = _page(writer, 3)
        drawn = generic.StreamObject(stream_data=b"q 1 1 1 rg 70 690 300 18 re f Q")
        page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), writer.add_object(drawn)])
        writer.update_container(page)

    return _added(content, change)


def annotation(content: bytes) -> bytes:
    def change(writer: Any) -> None:
        page = _page(writer, 3)
        box = generic.ArrayObject([generic.FloatObject(v) for v in (70, 690, 370, 712)])
        words = {"/Type": pdf_name("/Annot"), "/Subtype": pdf_name("/FreeText"), "/Rect": box, "/Contents": pdf_string("Implemented")}
        note = generic.DictionaryObject({pdf_name(k): v for k, v in words.items()})
        page["/Annots"] = generic.ArrayObject([writer.add_object(note)])
        writer.update_container(page)

    return _added(content, change)


def deleted_page(content: bytes) -> bytes:
    def change(writer: Any) -> None:
        pages = writer.root["/Pages"]
        while "/Kids" in pages["/Kids"][0].get_object():
            pages = pages["/Kids"][0].get_object()
        del pages["/Kids"][4]
        pages["/Count"] = generic.NumberObject(len(pages["/Kids"]))
        writer.update_container(pages["/Kids"])
        writer.update_container(pages)

    return _added(content, change)


def changed_title(content: bytes) -> bytes:
    def change(writer: Any) -> None:
        information = writer.trailer["/Info"]
        information["/Title"] = pdf_string("Visit summary: altered")
        writer.update_container(information)

    return _added(content, change)


def swapped_record(content: bytes) -> bytes:
    def change(writer: Any) -> None:
        spec = writer.root["/AF"][0]
        file = generic.StreamObject(stream_data=b'{"format":"fieldtool-visit-summary"}')
        spec["/EF"] = generic.DictionaryObject({pdf_name("/F"): writer.add_object(file), pdf_name("/UF"): writer.add_object(file)})
        writer.update_container(spec)

    return _added(content, change)


def swapped_record_and_digest(content: bytes) -> bytes:
    """Another record, and its SHA-256 wherever the document says it: at the foot of every page, in the annex, in the keywords."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        old = pdf.Root.AF[0].EF.UF.read_bytes()
        new = old.replace(b"rejects", b"accepts").replace(b"Marking", b"marking")
        told = hashlib.sha256(old).hexdigest(), hashlib.sha256(new).hexdigest()
        pages = [_reprinted(page.obj, *told) for page in pdf.pages]
    assert all(told[1] not in told[0] and page for page in pages)

    def change(writer: Any) -> None:
        for number, drawn in enumerate(pages):
            page = _page(writer, number)
            page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=drawn))
            writer.update_container(page)
        spec = writer.root["/AF"][0]
        file = generic.StreamObject(stream_data=new)
        spec["/EF"] = generic.DictionaryObject({pdf_name("/F"): writer.add_object(file), pdf_name("/UF"): writer.add_object(file)})
        writer.update_container(spec)
        information = writer.trailer["/Info"]
        information["/Keywords"] = pdf_string(f"record-sha256 {told[1]}")
        writer.update_container(information)

    return _added(content, change)


def _reprinted(page: Any, old: str, new: str) -> bytes:
    """A page's content with a number replaced, in the codes of whatever font it was drawn in; empty where it does not stand."""
    fonts: dict[tuple[int, int], dict[int, str]] = {}
    changed, codes, out = False, dict[int, str](), []
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = list(instruction.operands), str(instruction.operator)
        if operator == "Tf":
            codes = reading._characters(page.Resources.Font[str(operands[0])], fonts)
        elif operator == "Tj" and old in (text := reading._decoded(operands[0], codes)):
            back = {character: code for code, character in codes.items()}
            operands, changed = [pikepdf.String(bytes(back[c] for c in text.replace(old, new)))], True
        out.append((operands, instruction.operator))
    return pikepdf.unparse_content_stream(out) if changed else b""


def stripped_field(content: bytes) -> bytes:
    def change(writer: Any) -> None:
        form = writer.root["/AcroForm"]
        form["/Fields"] = generic.ArrayObject()
        writer.update_container(form)

    return _added(content, change)


def extra_field(content: bytes) -> bytes:
    return _added(
        content, lambda writer: fields.append_signature_field(writer, fields.SigFieldSpec("Extra", box=(300, 100, 500, 150), on_page=2))
    )


def resaved(content: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(out)
    return out.getvalue()


def resaved_without_signature(content: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            if "/V" in field:
                del field.V
        pdf.save(out)
    return out.getvalue()


def trailing_bytes(content: bytes) -> bytes:
    return content + b"\n% hello"


def trailing_line_end(content: bytes) -> bytes:
    return content + b"\n"


def cut_short(content: bytes) -> bytes:
    return content[:-200]


def in_container(content: bytes) -> bytes:
    """Bytes put where the signature's reserved room is: no signature covers them."""
    end = content.rindex(b"00000>", 0, len(content))
    return content[:end] + b"DEAD0>" + content[end + 6 :]


def lower_case_container(content: bytes) -> bytes:
    """The signature in another spelling: same meaning, other file."""
    match = re.search(rb"/Contents <([0-9A-F]{2000})", content)
    assert match
    return content[: match.start(1)] + match[1].lower() + content[match.end(1) :]


def hide_and_replace(unsigned: UnsignedPdf) -> bytes:
    """A shadow: hidden page content planted before signing, swapped in afterwards by a tiny update that declares its object anew."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(unsigned.content)) as pdf:
        page = pdf.pages[3]
        page.contents_coalesce()
        shadow = pdf.make_stream(b"BT 72 700 Td (All implemented) Tj ET")
        pdf.Root.PieceInfo = pikepdf.Dictionary(X=pikepdf.Dictionary(Private=shadow))
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    signed = _certified(out.getvalue(), certificates.head())
    reader = PdfFileReader(io.BytesIO(signed))
    victim = _third(reader.root["/Pages"]).raw_get("/Contents").idnum
    hidden = reader.root["/PieceInfo"]["/X"].raw_get("/Private").idnum
    match = re.search(rb"(?<![0-9])%d 0 obj.*?endobj" % hidden, signed, re.DOTALL)
    assert match
    body = re.sub(rb"^%d" % hidden, b"%d" % victim, match[0])
    start = len(signed) + 1
    update = b"\n" + body + b"\n"
    root = re.findall(rb"/Root (\d+) 0 R", signed)[-1]
    size = max(int(v) for v in re.findall(rb"/Size (\d+)", signed))
    before = re.findall(rb"startxref\s+(\d+)", signed)[-1]
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d/Root %s 0 R/Prev %s>>\nstartxref\n%d\n%%%%EOF\n"
    return signed + update + table % (victim, start, size, root, before, len(signed) + len(update))


def _third(pages: Any) -> Any:
    leaves: list[Any] = []

    def walk(node: Any) -> None:
        for kid in node["/Kids"]:
            kid = kid.get_object()
            walk(kid) if "/Kids" in kid else leaves.append(kid)

    walk(pages)
    return leaves[3]


def by_an_impostor(unsigned: UnsignedPdf) -> bytes:
    """Signed by somebody of the same name whose certificates nobody issued."""
    return _certified(unsigned.content, certificates.impostor())


def approved_only(unsigned: UnsignedPdf) -> bytes:
    """A plain approval signature by the right person: it certifies nothing, and a forger could add to the file."""
    return apply_signature(unsigned.content, signer_of(certificates.head()), "HeadOfVisit", ["x"], unsigned.deep, NOON)


def in_the_wrong_field(unsigned: UnsignedPdf) -> bytes:
    """Headquarters' field signed as if it were the head's."""
    signer = signer_of(certificates.head())
    return apply_signature(unsigned.content, signer, "Headquarters", ["x"], unsigned.deep, NOON, certify_document=True)


def with_another_record(unsigned: UnsignedPdf) -> bytes:
    """Honestly signed, but the attached record is not the one printed."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(unsigned.content)) as pdf:
        stream = pdf.Root.AF[0].EF.UF
        stream.write(unsigned.record.replace(b"Marking", b"marking").replace(b"rejects", b"accepts"))
        pdf.save(out)
    return _certified(out.getvalue(), certificates.head())


def _certified(content: bytes, pen: certificates.Pen) -> bytes:
    return apply_signature(content, signer_of(pen), "HeadOfVisit", ["x"], "12355B", NOON, certify_document=True)


AFTER_SIGNING: tuple[Callable[[bytes], bytes], ...] = (
    overlay, annotation, deleted_page, changed_title, swapped_record,
    swapped_record_and_digest, stripped_field, extra_field, resaved, resaved_without_signature, trailing_bytes, trailing_line_end,
    cut_short, in_container, lower_case_container,
)  # fmt: skip
BEFORE_SIGNING: tuple[Callable[[UnsignedPdf], bytes], ...] = (
    hide_and_replace,
    by_an_impostor,
    approved_only,
    in_the_wrong_field,
    with_another_record,
)
