"""Makes laid-out pages one conforming file: structure tree, metadata, output intent, attachment, empty signature fields;
lays nothing out, signs nothing."""

from __future__ import annotations

import datetime
import hashlib
import io
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from fieldtool import resources
from fieldtool.reports.layout import LaidOut, SignaturePlace
from fieldtool.reports.metadata import DocumentFacts, packet
from fieldtool.reports.structure import Attributes, Marked, Node, Structure


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file inside the document; `relationship` is its AFRelationship."""

    name: str
    content: bytes
    media_type: str
    description: str
    relationship: str = "Data"


def finish(pages: LaidOut, facts: DocumentFacts, attached: AttachedFile, tooltips: dict[str, str]) -> bytes:
    """The file as it stands before signing: PDF/A-3A and PDF/UA-1, the same bytes for the same input.

    `tooltips` names every signature field in the order of the form; one that has no place on a page becomes an invisible field on the last.
    """
    pdf = pikepdf.open(io.BytesIO(pages.content))
    tree = _Tree(pdf, pages.structure)
    tree.write(_fields(pages, tooltips), facts.language)
    _intent(pdf)
    _attach(pdf, attached, facts.created)
    _describe(pdf, facts)
    for page in pdf.pages:
        page.obj.Tabs = Name.S
    return saved(pdf)


def saved(pdf: Pdf) -> bytes:
    """The file's bytes, the same for the same document.

    A stream whose last byte is a line end is read differently by different tools, because another line end follows it; in a compressed
    one that byte is the low one of a checksum. Our own streams are written so that it does not happen (`_compress`). The library packs
    objects into further ones, a hundred to each: there signs that mean nothing, put into one of the objects, change the checksum.
    """
    for stream in pdf.objects:
        if isinstance(stream, Stream):
            _compress(stream)
    content = _bytes_of(pdf)
    for attempt in range(1, _ATTEMPTS + 1):
        ends = _line_ends(content)
        if not ends:
            return content
        with pikepdf.open(io.BytesIO(content)) as again:
            for number in ends:
                _pad(again, number, attempt)
            content = _bytes_of(again)
    raise AssertionError("some object stream ends in a line end whatever is put into it")


_ATTEMPTS = 12  # of which each leaves one stream in 128
_END = re.compile(rb"[\r\n]\r?\nendstream")
_OBJECT = re.compile(rb"(\d+) 0 obj\n<<")
_PAD = "/FLDT_Pad"  # a private key, as the format allows them in every dictionary


def _bytes_of(pdf: Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        min_version="1.7",
        fix_metadata_version=False,
    )
    return out.getvalue()


def _line_ends(content: bytes) -> list[int]:
    """Numbers of the streams whose data end in a line end."""
    return [int(_OBJECT.findall(content, content.rfind(b"endobj", 0, end.start()) + 1, end.start())[-1]) for end in _END.finditer(content)]


def _pad(pdf: Pdf, number: int, attempt: int) -> None:
    """Put signs into a dictionary of an object stream; into the catalogue where the stream is the table of all objects.

    More signs at each attempt: the table changes only where an object's place does. A dictionary that maps names to things (the fonts of a
    page) would take the key for one of them: only those of a known shape are touched. Where a stream has none, more objects before it move
    its own on by so many places.
    """
    packed, signs = pdf.get_object(number, 0), String(hashlib.sha512(b"%d" % attempt).hexdigest()[: 8 * attempt])
    if packed.get("/Type") != Name.ObjStm:
        pdf.Root[_PAD] = signs
        return
    heads = packed.read_bytes()[: int(packed.First)].split()
    inside = (pdf.get_object(int(n), 0) for n in heads[::2])
    target = next((o for o in inside if isinstance(o, Dictionary) and _shaped({*o.keys()})), None)
    if target is None:
        pdf.Root[_PAD] = Array([pdf.make_indirect(Dictionary(Type=Name(_PAD))) for _ in range(attempt)])
    else:
        target[_PAD] = signs


def _shaped(keys: set[str]) -> bool:
    """Whether these are the keys of a typed dictionary, a node of a tree, or an element of the structure."""
    return bool(keys & {"/Type", "/Nums", "/Kids"}) or keys >= {"/S", "/P"}


def _compress(stream: Stream) -> None:
    content = stream.read_bytes()
    kind = stream.get("/Type")
    if kind == Name.Metadata:
        return  # stays legible for tools that look for it in the raw file
    packed = zlib.compress(content, 9)
    if packed[-1] not in b"\r\n":
        stream.write(packed, filter=Name.FlateDecode)
    elif kind is None and "/Length1" not in stream:
        stream.write(zlib.compress(content + b"\n", 9), filter=Name.FlateDecode)  # page content and maps: one more line end is nothing
    else:
        # One row of a picture's prediction "up", whose mark of value 2 moves the checksum. Another filter would be undone on saving.
        predicted = Dictionary(Predictor=15, Columns=len(content))
        stream.write(zlib.compress(b"\2" + content, 9), filter=Name.FlateDecode, decode_parms=predicted)


def _fields(pages: LaidOut, tooltips: dict[str, str]) -> list[tuple[SignaturePlace, str]]:
    places = {p.name: p for p in pages.places}
    return [(places.get(name) or SignaturePlace(name, pages.pages - 1, (0.0, 0.0, 0.0, 0.0)), tip) for name, tip in tooltips.items()]


_LEAF = 50  # entries in a leaf of the parent tree


class _Tree:
    """Writes the structure tree with its parent tree."""

    def __init__(self, pdf: Pdf, structure: Structure) -> None:
        self.pdf, self.structure = pdf, structure
        self.pages = list(pdf.pages)
        self.marked: list[dict[int, Object]] = [{} for _ in self.pages]
        self.objects: list[tuple[int, Object]] = []  # parent tree entries of annotations
        self.annotations: dict[int, list[tuple[int, int]]] = {}
        for page, index, node in structure.annotations:
            self.annotations.setdefault(id(node), []).append((page, index))

    def write(self, fields: Sequence[tuple[SignaturePlace, str]], language: str) -> None:
        """Write everything into the document."""
        pdf, root = self.pdf, self.pdf.Root
        top = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = self._element(self.structure.root, top)
        form = [self._field(document, place, tooltip) for place, tooltip in fields]
        root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array(form), SigFlags=0))
        entries: list[tuple[int, Any]] = []
        for index, page in enumerate(self.pages):
            page.obj.StructParents = index
            marked = self.marked[index]
            entries.append((index, Array([marked[i] for i in range(len(marked))])))
        entries += self.objects
        top.K = document
        leaves = [self._leaf(entries[i : i + _LEAF]) for i in range(0, len(entries), _LEAF)]
        top.ParentTree = pdf.make_indirect(Dictionary(Kids=Array(leaves)))
        top.ParentTreeNextKey = len(self.pages) + len(self.objects)
        root.StructTreeRoot = top
        root.MarkInfo = Dictionary(Marked=True)
        root.Lang = String(language)
        preferences = root.get("/ViewerPreferences", Dictionary())
        preferences.DisplayDocTitle = True
        root.ViewerPreferences = preferences

    def _leaf(self, entries: Sequence[tuple[int, Any]]) -> Object:
        """A leaf of the parent tree: entries in the order of their keys."""
        numbers = Array([part for entry in entries for part in entry])
        return self.pdf.make_indirect(Dictionary(Limits=Array([entries[0][0], entries[-1][0]]), Nums=numbers))

    def _element(self, node: Node, parent: Object) -> Object:
        element = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{node.tag}"), P=parent))
        _set_attributes(element, node.attributes)
        kids: list[Any] = []
        first_page: int | None = None
        for kid in node.kids:
            if isinstance(kid, Marked):
                if first_page is None:
                    first_page = kid.page
                    element.Pg = self.pages[kid.page].obj
                here = kid.page == first_page
                kids.append(kid.mcid if here else Dictionary(Type=Name.MCR, Pg=self.pages[kid.page].obj, MCID=kid.mcid))
                self.marked[kid.page][kid.mcid] = element
            else:
                kids.append(self._element(kid, element))
        for page, index in self.annotations.get(id(node), ()):
            kids.append(self._link(element, page, index, node.text))
        element.K = Array(kids)
        return element

    def _link(self, element: Object, page: int, index: int, text: str) -> Object:
        held = self.pages[page].obj.Annots
        annotation = held[index]
        if not annotation.is_indirect:
            annotation = self.pdf.make_indirect(annotation)
            held[index] = annotation
        annotation.Contents = String(text or "Link")
        annotation.F = 4  # printed
        annotation.StructParent = self._parent_key(element)
        return Dictionary(Type=Name.OBJR, Obj=annotation, Pg=self.pages[page].obj)

    def _parent_key(self, element: Object) -> int:
        key = len(self.pages) + len(self.objects)
        self.objects.append((key, element))
        return key

    def _field(self, document: Object, place: SignaturePlace, tooltip: str) -> Object:
        page = self.pages[place.page].obj
        x0, y0, x1, y1 = (round(v, 2) for v in place.rect)
        look = self.pdf.make_stream(
            b"q Q", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, x1 - x0, y1 - y0]), Resources=Dictionary()
        )
        element = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Form, P=document, Pg=page, Alt=String(tooltip)))
        widget = self.pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String(place.name), TU=String(tooltip), Rect=Array([x0, y0, x1, y1]),
                P=page, F=132, AP=Dictionary(N=look), StructParent=self._parent_key(element),
            )
        )  # fmt: skip
        element.K = Dictionary(Type=Name.OBJR, Obj=widget, Pg=page)
        if "/Annots" not in page:
            page.Annots = Array([])
        page.Annots.append(widget)
        document.K.append(element)
        return widget


def _set_attributes(element: Object, attributes: Attributes) -> None:
    owned = []
    for name, value in attributes.items():
        if name in ("Alt", "Lang"):
            element[f"/{name}"] = String(str(value))
        elif name == "Scope":
            owned.append(Dictionary(O=Name.Table, Scope=Name(f"/{value}")))
        elif name == "ListNumbering":
            owned.append(Dictionary(O=Name.List, ListNumbering=Name(f"/{value}")))
        elif name == "BBox" and isinstance(value, tuple):
            owned.append(Dictionary(O=Name.Layout, BBox=Array([round(v, 2) for v in value]), Placement=Name.Block))
        else:
            raise ValueError(f"no structure attribute {name}")
    if owned:
        element.A = Array(owned)


def _intent(pdf: Pdf) -> None:
    """The colours mean sRGB."""
    profile = pdf.make_stream(resources.path("summary", "srgb.icc").read_bytes(), N=3, Alternate=Name.DeviceRGB)
    condition = String("sRGB IEC61966-2.1")
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=condition, Info=condition, DestOutputProfile=profile
            )
        ]
    )


def _attach(pdf: Pdf, file: AttachedFile, created: datetime.datetime) -> None:
    date = String(_pdf_date(created))
    check = String(hashlib.md5(file.content, usedforsecurity=False).digest())  # the format's own checksum, not ours
    parameters = Dictionary(Size=len(file.content), ModDate=date, CreationDate=date, CheckSum=check)
    stream = pdf.make_stream(file.content, Type=Name.EmbeddedFile, Subtype=Name(f"/{file.media_type}"), Params=parameters)
    name = String(file.name)
    spec = pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec, F=name, UF=name, Desc=String(file.description), AFRelationship=Name(f"/{file.relationship}"),
            EF=Dictionary(F=stream, UF=stream),
        )
    )  # fmt: skip
    names = pdf.Root.get("/Names", Dictionary())
    names.EmbeddedFiles = Dictionary(Names=Array([name, spec]))
    pdf.Root.Names = names
    pdf.Root.AF = Array([spec])


def _describe(pdf: Pdf, facts: DocumentFacts) -> None:
    """Metadata twice, as the format wants: the packet and the old information dictionary, which must say the same."""
    pdf.Root.Metadata = pdf.make_stream(packet(facts), Type=Name.Metadata, Subtype=Name.XML)
    information = pdf.docinfo
    for key in list(information.keys()):
        del information[key]
    date = String(_pdf_date(facts.created))
    information.Title = String(facts.title)
    information.Author = String(facts.author)
    information.Subject = String(facts.subject)
    information.Keywords = String(facts.keywords)
    information.Creator = String(facts.tool)
    information.Producer = String(facts.tool)
    information.CreationDate = date
    information.ModDate = date


def _pdf_date(moment: datetime.datetime) -> str:
    return moment.strftime("D:%Y%m%d%H%M%S+00'00'")
