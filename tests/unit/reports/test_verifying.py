"""The signed document and everything that can be done to it: nothing altered passes, whole ones do, other people's tools agree."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.domain.errors import ExitCode, KnownError
from fieldtool.reports.leaks import compose_checked
from fieldtool.reports.pades import apply_signature, signer_of
from fieldtool.reports.reading import read_pdf
from fieldtool.reports.rendering import UnsignedPdf, render
from fieldtool.reports.signing import SignedPdf, sign_pdf
from fieldtool.reports.verdict import Flaw, refusal
from fieldtool.reports.verify import verify_pdf
from tests.unit.reports import certificates, tampering, tools
from tests.unit.reports.conftest import NOON
from tests.unit.reports.sample import sample_material

ROOTS = (certificates.root().der,)


@pytest.fixture(scope="session")
def counter_signed(signed: SignedPdf) -> bytes:
    """The signed document with headquarters' counter-signature."""
    signer = signer_of(certificates.headquarters())
    return apply_signature(signed.content, signer, "Headquarters", ["Received by Karin Holm"], "12355B", NOON)


def test_a_signed_document_is_proven_and_says_by_whom(signed: SignedPdf) -> None:
    verdict = verify_pdf(signed.content, ROOTS, ledger_sha256=signed.record_sha256)
    assert verdict.proven
    assert verdict.exit_code is ExitCode.DONE
    assert verdict.sentence == (
        "Signed by Elena Marković, head of visit, certified by Sample Headquarters; on 2022-04-16 12:00 UTC by the signer's clock; "
        "unchanged since; the attached record matches; no time-stamp authority vouches for the time (PAdES B-B); "
        "not yet confirmed by headquarters."
    )


def test_a_counter_signature_confirms(counter_signed: bytes) -> None:
    verdict = verify_pdf(counter_signed, ROOTS)
    assert verdict.details == ()
    assert verdict.confirmed
    assert [s.signer for s in verdict.signatures] == ["Elena Marković", "Karin Holm"]


def test_signing_the_same_document_again_differs_in_the_signature_alone(unsigned: UnsignedPdf, signed: SignedPdf) -> None:
    again = sign_pdf(unsigned, certificates.head(), NOON, location="Nur-Sultan").content
    pattern = re.compile(rb"/Contents <[0-9A-F]+>")
    # Object names inside the added revision are drawn at random by the library; lengths and everything signed before are equal.
    assert again[: len(unsigned.content)] == signed.content[: len(unsigned.content)] == unsigned.content
    assert abs(len(pattern.sub(b"", again)) - len(pattern.sub(b"", signed.content))) < 200


ALTERED, UNSIGNED, UNTRUSTED = "pdf-altered", "pdf-unsigned", "pdf-untrusted"
AFTERWARDS = {  # what each of them is told as, and every flaw that is found
    "overlay": (ALTERED, {Flaw.CHANGED_AFTER}),
    "annotation": (ALTERED, {Flaw.CHANGED_AFTER}),
    "deleted_page": (ALTERED, {Flaw.CHANGED_AFTER}),
    "changed_title": (ALTERED, {Flaw.CHANGED_AFTER}),
    "swapped_record": (ALTERED, {Flaw.CHANGED_AFTER, Flaw.NO_RECORD}),
    "swapped_record_and_digest": (ALTERED, {Flaw.CHANGED_AFTER}),
    "stripped_field": (UNSIGNED, {Flaw.NOT_SIGNED}),
    "extra_field": (ALTERED, {Flaw.CHANGED_AFTER, Flaw.FIELDS}),
    "resaved": (ALTERED, {Flaw.BAD_SIGNATURE, Flaw.CHANGED_AFTER, Flaw.UNTRUSTED}),
    "resaved_without_signature": (UNSIGNED, {Flaw.NOT_SIGNED}),
    "trailing_bytes": (ALTERED, {Flaw.CHANGED_AFTER}),
    "trailing_line_end": (ALTERED, {Flaw.CHANGED_AFTER}),
    "cut_short": (ALTERED, {Flaw.BAD_SIGNATURE}),
    "in_container": (ALTERED, {Flaw.BAD_SIGNATURE}),
    "lower_case_container": (ALTERED, {Flaw.BAD_SIGNATURE}),
}


@pytest.mark.parametrize("tamper", tampering.AFTER_SIGNING, ids=lambda f: f.__name__)
def test_what_is_done_after_signing_is_told_as_what_it_is(tamper: Callable[[bytes], bytes], signed: SignedPdf) -> None:
    altered = tamper(signed.content)
    assert altered != signed.content
    verdict = verify_pdf(altered, ROOTS)
    fault = refusal(verdict, "summary.pdf")
    assert fault is not None
    assert (fault.code, set(verdict.flaws)) == AFTERWARDS[tamper.__name__]
    assert fault.exit_code is verdict.exit_code is ExitCode.NOT_AUTHENTIC
    assert verdict.sentence.startswith("Do not rely on this file; ")


def test_a_record_replaced_with_every_number_printed_of_it_agrees_with_itself_and_not_with_the_signature(signed: SignedPdf) -> None:
    """Nothing but the signature tells it: the forged file's attachment, footers and keywords all say one number."""
    altered = tampering.swapped_record_and_digest(signed.content)
    document = read_pdf(altered)
    digest = hashlib.sha256(document.files[0][1]).hexdigest()
    assert digest != signed.record_sha256
    assert all(digest in page for page in document.pages)
    assert dict(document.information)["/Keywords"] == f"record-sha256 {digest}"
    assert verify_pdf(altered, ROOTS).flaws == (Flaw.CHANGED_AFTER,)


@pytest.mark.parametrize("tamper", tampering.AFTER_SIGNING, ids=lambda f: f.__name__)
def test_nothing_done_after_the_counter_signature_passes(tamper: Callable[[bytes], bytes], counter_signed: bytes) -> None:
    assert not verify_pdf(tamper(counter_signed), ROOTS).proven


@pytest.mark.parametrize(
    "tamper", [tampering.overlay, tampering.annotation, tampering.deleted_page, tampering.changed_title, tampering.swapped_record]
)
def test_nothing_hidden_under_the_counter_signature_passes(tamper: Callable[[bytes], bytes], signed: SignedPdf) -> None:
    """Headquarters signs what a forger altered between the two signatures: the last signature covers all, and still nothing passes."""
    altered = apply_signature(tamper(signed.content), signer_of(certificates.headquarters()), "Headquarters", ["x"], "12355B", NOON)
    assert not verify_pdf(altered, ROOTS).proven


BEFOREHAND = {
    "hide_and_replace": (ALTERED, {Flaw.CHANGED_AFTER, Flaw.RECORD_MISMATCH, Flaw.METADATA_MISMATCH}),
    "by_an_impostor": (UNTRUSTED, {Flaw.UNTRUSTED}),
    "approved_only": (ALTERED, {Flaw.NOT_CERTIFIED}),
    "in_the_wrong_field": (ALTERED, {Flaw.FIELDS}),
    "with_another_record": (ALTERED, {Flaw.RECORD_MISMATCH, Flaw.METADATA_MISMATCH}),
}


@pytest.mark.parametrize("tamper", tampering.BEFORE_SIGNING, ids=lambda f: f.__name__)
def test_what_is_prepared_before_signing_is_told_as_what_it_is(tamper: Callable[[UnsignedPdf], bytes], unsigned: UnsignedPdf) -> None:
    verdict = verify_pdf(tamper(unsigned), ROOTS)
    fault = refusal(verdict, "summary.pdf")
    assert fault is not None
    assert (fault.code, set(verdict.flaws)) == BEFOREHAND[tamper.__name__]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"no PDF at all"])
def test_what_is_no_document_is_damaged_and_not_merely_unsigned(content: bytes) -> None:
    fault = refusal(verify_pdf(content, ROOTS), "summary.pdf")
    assert fault is not None
    assert fault.code == ALTERED
    assert "damaged" in fault.what


def test_an_unsigned_document_is_not_proven(unsigned: UnsignedPdf) -> None:
    assert verify_pdf(unsigned.content, ROOTS).flaws == (Flaw.NOT_SIGNED,)


def test_another_organisations_root_does_not_vouch(signed: SignedPdf) -> None:
    assert verify_pdf(signed.content, (certificates.Authority("Other Root").der,)).flaws == (Flaw.UNTRUSTED,)
    assert verify_pdf(signed.content, ()).flaws == (Flaw.UNTRUSTED,)


def test_another_record_in_the_ledger_is_told(signed: SignedPdf) -> None:
    assert verify_pdf(signed.content, ROOTS, ledger_sha256="0" * 64).flaws == (Flaw.LEDGER_MISMATCH,)


def test_a_draft_cannot_be_signed() -> None:
    draft = render(compose_checked(sample_material(draft=True)))
    with pytest.raises(KnownError, match="draft"):
        sign_pdf(draft, certificates.head(), NOON)


@settings(max_examples=25)
@given(place=st.integers(0, 2**20), bit=st.integers(0, 7))
def test_no_flipped_bit_passes(signed: SignedPdf, place: int, bit: int) -> None:
    place %= len(signed.content)
    altered = signed.content[:place] + bytes([signed.content[place] ^ (1 << bit)]) + signed.content[place + 1 :]
    assert not verify_pdf(altered, ROOTS).proven


def test_no_flipped_bit_of_the_signature_itself_passes(signed: SignedPdf) -> None:
    """The container is the one part that no signature covers."""
    start = signed.content.index(b"/Contents <3082") + len(b"/Contents <")
    end = signed.content.index(b"0000000000", start)
    # Every place was tried once, in eleven minutes; each run looks at some.
    for place in range(start - 12, end, 211):
        altered = signed.content[:place] + bytes([signed.content[place] ^ 1]) + signed.content[place + 1 :]
        assert not verify_pdf(altered, ROOTS).proven, place - start


@given(st.binary(max_size=300))
def test_any_bytes_are_judged_without_a_crash(content: bytes) -> None:
    assert not verify_pdf(b"%PDF-1.7\n" + content, ROOTS).proven
    assert not verify_pdf(content, ROOTS).proven


@settings(max_examples=25)
@given(length=st.integers(0, 2**20))
def test_any_truncation_is_judged_without_a_crash(signed: SignedPdf, length: int) -> None:
    assert not verify_pdf(signed.content[: length % len(signed.content)], ROOTS).proven


# --- other people's tools


def test_other_tools_find_the_signature_valid_and_whole(signed_file: Path, tmp_path: Path) -> None:
    assert tools.pdfsig(signed_file, tmp_path) == [("Signature is Valid.", "Certificate is Trusted.", "Total document signed")]
    assert "No syntax or stream encoding errors" in tools.run("qpdf", "--check", signed_file)


def test_mutool_finds_no_change_since_the_signature(signed_file: Path) -> None:
    said = tools.run("mutool", "sign", "-v", signed_file, ok=(0, 1))  # it does not know our root
    assert "unchanged" in said


def test_openssl_verifies_the_signature_over_the_byte_range(signed: SignedPdf, tmp_path: Path) -> None:
    assert "successful" in tools.openssl_verifies(signed.content, tmp_path)


def test_a_camera_reads_the_digest_of_what_was_signed_off_the_page(
    signed_file: Path, counter_signed: bytes, unsigned: UnsignedPdf, signed: SignedPdf, tmp_path: Path
) -> None:
    """At the resolution of a poor scan, by a reader that nobody here wrote, also after headquarters has signed beside it."""
    confirmed = tmp_path / "confirmed.pdf"
    confirmed.write_bytes(counter_signed)
    for file in (signed_file, confirmed):
        read = tools.code_on(file, unsigned.pages, tmp_path)
        before = file.read_bytes().split(b"%%EOF\n")[0] + b"%%EOF\n"
        assert read == unsigned.sha256 == hashlib.sha256(before).hexdigest()


def test_a_screen_reader_is_told_of_the_code(signed: SignedPdf) -> None:
    with pikepdf.open(io.BytesIO(signed.content)) as pdf:
        (field,) = [f for f in pdf.Root.AcroForm.Fields if f.T == "HeadOfVisit"]
        assert str(field.TU).endswith("The square code at the right holds the same SHA-256.")
        (element,) = [k for k in pdf.Root.StructTreeRoot.K.K if k.S == "/Form" and k.K.Obj.objgen == field.objgen]
        assert str(element.Alt) == str(field.TU)


def test_a_signed_document_of_twelve_pages_is_small(signed: SignedPdf) -> None:
    assert len(signed.content) < 150_000
