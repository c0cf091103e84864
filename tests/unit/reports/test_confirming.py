"""Headquarters' part in a document's life: counter-signature, token, archive time-stamp by a local authority.

The document conforms and is proven at each stage."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from fieldtool.domain.errors import KnownError
from fieldtool.reports.confirming import archive, counter_sign, stamp_signature
from fieldtool.reports.rendering import UnsignedPdf
from fieldtool.reports.signing import SignedPdf
from fieldtool.reports.verify import verify_pdf
from tests.unit.reports import certificates, tampering, tools
from tests.unit.reports.conftest import NOON

ROOTS = (certificates.root().der,)


def local_authority(above: certificates.Authority) -> DummyTimeStamper:
    """A time-stamp authority of our own, under the given issuer."""
    holder = certificates.Authority("Sample Time-Stamp Authority", above, ca=False, stamps=True)
    assert holder.stamp_key
    key = holder.stamp_key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    beside = SimpleCertificateStore()  # type: ignore[no-untyped-call] # its constructor has no annotations
    beside.register_multiple(list(load_certs_from_pemder_data(above.pem + certificates.root().pem)))
    (certificate,) = load_certs_from_pemder_data(holder.der)
    return DummyTimeStamper(certificate, load_private_key_from_pemder_data(key, None), certs_to_embed=beside)


@pytest.fixture(scope="module")
def stages(signed: SignedPdf) -> dict[str, bytes]:
    """The document after each step at headquarters."""
    authority = local_authority(certificates.issuing())
    stamped = stamp_signature(signed.content, authority)
    confirmed = counter_sign(stamped, certificates.headquarters(), NOON, ROOTS)
    revocations = [certificates.root().revocations(), certificates.issuing().revocations()]
    return {"stamped": stamped, "confirmed": confirmed, "archived": archive(confirmed, authority, ROOTS, revocations)}


def test_a_token_is_put_in_place_and_touches_no_signed_byte(signed: SignedPdf, stages: dict[str, bytes]) -> None:
    assert len(stages["stamped"]) == len(signed.content)
    verdict = verify_pdf(stages["stamped"], ROOTS)
    assert verdict.details == ()
    assert verdict.signatures[0].stamped_at is not None
    assert "seen by a time-stamp authority" in verdict.sentence


def test_the_counter_signature_confirms(stages: dict[str, bytes]) -> None:
    verdict = verify_pdf(stages["confirmed"], ROOTS)
    assert verdict.details == ()
    assert verdict.confirmed
    assert verdict.sentence.endswith("confirmed by headquarters.")


def test_the_archive_time_stamp_covers_everything(stages: dict[str, bytes]) -> None:
    verdict = verify_pdf(stages["archived"], ROOTS)
    assert verdict.details == ()
    assert [s.field for s in verdict.signatures] == ["HeadOfVisit", "Headquarters", "ArchiveTimestamp"]
    assert verdict.confirmed


def test_the_level_is_that_of_the_weakest_signature_and_is_said_in_words(signed: SignedPdf, stages: dict[str, bytes]) -> None:
    again = stamp_signature(stages["confirmed"], local_authority(certificates.issuing()))
    verdicts = [verify_pdf(c, ROOTS) for c in (signed.content, stages["stamped"], stages["confirmed"], again, stages["archived"])]
    assert [v.level for v in verdicts] == ["B-B", "B-T", "B-B", "B-T", "B-LTA"]
    assert "no time-stamp authority vouches for the time (PAdES B-B)" in verdicts[2].sentence
    assert "; a time-stamp authority vouches for the time (PAdES B-T)" in verdicts[3].sentence
    assert "everything that proves it later on is inside, under an archive time-stamp (PAdES B-LTA)" in verdicts[4].sentence


def test_an_archive_time_stamp_over_no_proofs_is_no_archive(stages: dict[str, bytes]) -> None:
    """Stamped as a whole, without a revocation list inside: the time is known, and what proves the rest is not there."""
    out = io.BytesIO()
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(stages["confirmed"]))
    writer._update_meta = lambda: None
    stamper = PdfTimeStamper(local_authority(certificates.issuing()), field_name="ArchiveTimestamp")
    stamper.timestamp_pdf(writer, "sha256", output=out)
    verdict = verify_pdf(out.getvalue(), ROOTS)
    assert verdict.details == ()
    assert verdict.level == "B-T"


def test_what_is_not_proven_has_no_level(stages: dict[str, bytes]) -> None:
    assert verify_pdf(tampering.trailing_line_end(stages["archived"]), ROOTS).level is None


@pytest.mark.parametrize("stage", ["stamped", "confirmed", "archived"])
def test_the_document_conforms_at_every_stage(stage: str, stages: dict[str, bytes], tmp_path: Path) -> None:
    file = tmp_path / "summary.pdf"
    file.write_bytes(stages[stage])
    assert tools.conformance(file, "ua1") == []
    # The validator's one false alarm: with two signatures it still wants the first to cover the file.
    assert [rule for rule in tools.conformance(file, "3a") if "BYTE" not in rule.upper()] == []
    assert "No syntax or stream encoding errors" in tools.run("qpdf", "--check", file)


@pytest.mark.parametrize("tamper", [tampering.overlay, tampering.changed_title, tampering.swapped_record, tampering.trailing_line_end])
def test_nothing_done_to_an_archived_document_passes(tamper: object, stages: dict[str, bytes]) -> None:
    assert callable(tamper)
    assert not verify_pdf(tamper(stages["archived"]), ROOTS).proven


def test_no_flipped_bit_of_the_token_passes(stages: dict[str, bytes]) -> None:
    content = stages["stamped"]
    start = content.index(b"/Contents <3082") + len(b"/Contents <")
    end = content.index(b"0000000000", start)
    for place in range(start, end, 797):
        altered = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        assert not verify_pdf(altered, ROOTS).proven, place - start


def test_a_strange_authority_is_told(signed: SignedPdf) -> None:
    stranger = local_authority(certificates.Authority("Stranger", certificates.Authority("Strange Root")))
    assert not verify_pdf(stamp_signature(signed.content, stranger), ROOTS).proven


def test_what_does_not_verify_is_not_counter_signed(signed: SignedPdf, unsigned: UnsignedPdf, stages: dict[str, bytes]) -> None:
    pen = certificates.headquarters()
    for content, code in (
        (unsigned.content, "pdf-unsigned"),
        (tampering.changed_title(signed.content), "pdf-altered"),
        (tampering.by_an_impostor(unsigned), "pdf-untrusted"),
        (stages["confirmed"], "pdf-altered"),
    ):
        with pytest.raises(KnownError) as refused:
            counter_sign(content, pen, NOON, ROOTS)
        assert refused.value.code == code
