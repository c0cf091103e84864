"""No stream that signing adds ends in a line end, whatever it holds: tools differ on whether such a byte belongs to it."""

from __future__ import annotations

import io
import re
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic as untyped_generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from fieldtool.reports.endings import keep_ends_apart
from fieldtool.reports.pades import apply_signature, signer_of
from fieldtool.reports.rendering import UnsignedPdf
from fieldtool.reports.verify import verify_pdf
from tests.unit.reports import certificates
from tests.unit.reports.conftest import NOON

generic: Any = untyped_generic  # its constructors have no annotations
UNSURE = re.compile(rb"[\r\n]\r?\nendstream")


@pytest.fixture(scope="module")
def small() -> bytes:
    """A file of one empty page with its cross-references in a stream, like ours."""
    out = io.BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


@settings(max_examples=60)
@given(content=st.binary(min_size=1, max_size=60), packed=st.booleans(), end=st.sampled_from([b"", b"\r", b"\n", b"\r\n"]))
def test_what_is_added_never_ends_in_a_line_end_and_is_read_back_as_it_was(small: bytes, content: bytes, packed: bool, end: bytes) -> None:
    keep_ends_apart()
    content += end
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(small))
    added = generic.StreamObject(stream_data=content)
    if packed:
        added.compress()
    writer.root["/Added"] = writer.add_object(added)
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    assert not UNSURE.search(out.getvalue()[len(small) :])
    with pikepdf.open(io.BytesIO(out.getvalue())) as pdf:
        assert pdf.Root.Added.read_bytes() == content


def test_signatures_of_many_looks_end_well_and_the_document_is_proven(unsigned: UnsignedPdf) -> None:
    signed = b""
    for number in range(12):
        lines = [f"Signed by number {number}", "b", "c"]
        signed = apply_signature(
            unsigned.content, signer_of(certificates.head()), "HeadOfVisit", lines, unsigned.deep, NOON, certify_document=True
        )
        assert not UNSURE.search(signed[len(unsigned.content) :])
    assert verify_pdf(signed, (certificates.root().der,)).proven
