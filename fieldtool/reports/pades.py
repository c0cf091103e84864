"""The signing itself, by pyHanko; reached through `signing` and `confirming`, which load it late."""

from __future__ import annotations

import datetime
import io
import itertools
from dataclasses import dataclass
from typing import Any

from fieldtool.reports import faces  # first: it configures the library
from fieldtool.reports.endings import keep_ends_apart
from fieldtool.reports.pens import DocumentPen
from fieldtool.reports.styles import GREY, INK, colour
from fieldtool.reports.tagging import draw_text

# isort: split
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.content import PdfContent, PdfResources
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.pdfgen.canvas import Canvas

keep_ends_apart()
RESERVED = 32768  # hexadecimal digits for a signature or a token, with the certificates of its chain


@dataclass(frozen=True, slots=True)
class SquareCode:
    """A QR code beside the lines of a signature: what a camera reads, and what is said of it to somebody who does not see it."""

    content: str
    alternative: str


class PenSigner(signers.Signer):
    """Lets a `DocumentPen` sign for pyHanko: the private key stays where it is."""

    def __init__(self, pen: DocumentPen) -> None:
        self._pen = pen
        (self.certificate,) = load_certs_from_pemder_data(pen.certificate_der)
        key = self.certificate.public_key
        self._longest = key.byte_size if key.algorithm == "rsa" else 72  # DER of two numbers of 32 bytes
        chain = SimpleCertificateStore()  # type: ignore[no-untyped-call] # its constructor has no annotations
        for der in pen.chain_der:
            chain.register_multiple(load_certs_from_pemder_data(der))
        super().__init__(signing_cert=self.certificate, cert_registry=chain, prefer_pss=False)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The signature over `data`; a dry run wants as many bytes as it can take."""
        if digest_algorithm != "sha256":
            raise ValueError(f"documents are signed with SHA-256, not {digest_algorithm}")
        return bytes(self._longest) if dry_run else self._pen.sign(data)


def signer_of(pen: DocumentPen) -> PenSigner:
    """A pen as a signer for pyHanko."""
    return PenSigner(pen)


def apply_signature(
    content: bytes,
    signer: signers.Signer,
    field: str,
    lines: list[str],
    deep: str,
    signed_at: datetime.datetime,
    *,
    location: str = "",
    name: str = "",
    certify_document: bool = False,
    code: SquareCode | None = None,
) -> bytes:
    """Sign one of the empty fields; the first signature certifies and permits later ones to fill their fields (P = 2), nothing else."""
    writer = incremental(content)
    metadata = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        location=location or None,
        name=name or None,
        certify=certify_document,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    widget, element = _field(writer, field)
    if certify_document:
        # What the look says is said to a screen reader too; later signatures may no longer touch the structure.
        said = [str(widget["/TU"]), *lines, *([code.alternative] if code else [])]
        widget[pdf_name("/TU")] = element[pdf_name("/Alt")] = pdf_string(" · ".join(said))
        writer.update_container(widget)
        writer.update_container(element)
    x0, y0, x1, y1 = (float(v) for v in widget["/Rect"])
    width, height = x1 - x0, y1 - y0
    look = _Look(_draw(lines, deep, width, height, code.content if code else ""), width, height)
    style = StaticStampStyle(background=look, border_width=0, background_opacity=1, background_layout=_FILL)
    out = io.BytesIO()
    _ClockedSigner(metadata, signer, style, signed_at).sign_pdf(writer, existing_fields_only=True, output=out, bytes_reserved=RESERVED)
    return out.getvalue()


def incremental(content: bytes) -> IncrementalPdfFileWriter:
    """What appends a revision to a document and leaves alone what is there."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    # WORKAROUND: pyHanko rewrites the metadata when it signs, which would break their agreement with what was signed before.
    writer._update_meta = _leave_metadata  # type: ignore[method-assign]
    return writer


def _leave_metadata() -> None:
    """Stands in for what would rewrite the metadata."""


_FILL = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MID,
    y_align=AxisAlignment.ALIGN_MID,
    margins=Margins(0, 0, 0, 0),
    inner_content_scaling=InnerScaling.STRETCH_FILL,
)


class _ClockedSigner(signers.PdfSigner):
    """States the time it is given; pyHanko would take it from this machine."""

    def __init__(
        self, metadata: signers.PdfSignatureMetadata, signer: signers.Signer, style: StaticStampStyle, signed_at: datetime.datetime
    ) -> None:
        super().__init__(metadata, signer, stamp_style=style)
        self._signed_at = signed_at

    def init_signing_session(self, *args: Any, **options: Any) -> Any:
        session = super().init_signing_session(*args, **options)
        session.system_time = self._signed_at
        return session


class _Look(PdfContent):
    """What a signature shows, drawn by the same library and in the same fonts as the pages; never written to a disk."""

    def __init__(self, page: bytes, width: float, height: float) -> None:
        super().__init__(
            resources=PdfResources(),  # type: ignore[no-untyped-call] # its constructor has no annotations
            box=BoxConstraints(width=width, height=height),
        )
        self._page = page

    def render(self) -> bytes:
        """The content stream that shows the drawn page."""
        drawn = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._page)), page_ix=0)
        self.resources.xobject[pdf_name("/Look")] = drawn
        return b"/Look Do"


def _draw(lines: list[str], deep: str, width: float, height: float, code: str) -> bytes:
    out = io.BytesIO()
    with faces.sparse():
        canvas = Canvas(out, pagesize=(width, height))
        _paint(canvas, lines, deep, width, height, code)
        canvas.showPage()
        canvas.save()
    return out.getvalue()


def _paint(canvas: Canvas, lines: list[str], deep: str, width: float, height: float, code: str) -> None:
    canvas.setStrokeColor(colour(deep))
    canvas.setLineWidth(0.8)
    canvas.rect(0.4, 0.4, width - 0.8, height - 0.8)
    room = width - 20
    if code:
        _draw_code(canvas, code, width - height + 1, 1, height - 2)
        room -= height - 10
    y = height - 17
    for index, line in enumerate(lines):
        first = index == 0
        size = min(10.5 if first else 7.8, (10.5 if first else 7.8) * room / max(faces.width(line, 10.5 if first else 7.8, first), 1))
        canvas.setFillColor(colour(deep if first else INK if index < 4 else GREY))
        draw_text(canvas, 10, y, line, size, bold=first)
        y -= 14 if first else 11.5


_QUIET = 4  # modules of empty ground that a reader of codes wants on every side (ISO/IEC 18004)


def _draw_code(canvas: Canvas, content: str, x: float, y: float, side: float) -> None:
    """A QR code with its quiet ground in a square; one filled path, so that no viewer shows seams between the modules."""
    code: Any = QRCode(None, QRErrorCorrectLevel.M)  # has no annotations
    code.addData(content)
    code.make()
    count = code.getModuleCount()
    step = side / (count + 2 * _QUIET)
    path = canvas.beginPath()
    for row in range(count):
        for dark, run in itertools.groupby(range(count), lambda column: bool(code.isDark(row, column))):  # noqa: B023 - used at once
            columns = list(run)
            if dark:
                path.rect(_QUIET + columns[0], _QUIET + count - row - 1, len(columns), 1)
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(step, step)  # so that every number of the path is a short one
    canvas.setFillColor(colour(INK))
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


def _field(writer: IncrementalPdfFileWriter, name: str) -> tuple[Any, Any]:
    """The widget of a signature field and its element in the structure tree."""
    widgets = {field.idnum: field.get_object() for field in writer.root["/AcroForm"]["/Fields"]}
    for kid in reversed(writer.root["/StructTreeRoot"]["/K"]["/K"]):  # they stand at the end, behind thousands
        element = kid.get_object()
        if element["/S"] == "/Form":
            widget = widgets[element["/K"].raw_get("/Obj").idnum]
            if widget["/T"] == name:
                return widget, element
    raise ValueError(f"no field {name}")
