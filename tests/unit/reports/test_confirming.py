"""Headquarters' part in a document's life: the counter-signature, then a time stamp by an authority that openssl plays.

The document conforms and is proven at each stage; nothing done to it afterwards passes, and no time by a stranger is called proven."""

from __future__ import annotations

import datetime
import hashlib
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext

from fieldtool.domain.errors import KnownError
from fieldtool.identity.revocations import read_list
from fieldtool.identity.stamps import anchors, read_stamp, stamp_request
from fieldtool.reports.confirming import counter_sign
from fieldtool.reports.pades import incremental, signer_of
from fieldtool.reports.rendering import UnsignedPdf
from fieldtool.reports.signing import SignedPdf
from fieldtool.reports.stamping import fill_stamp, issuers_unproven, prepare_stamp
from fieldtool.reports.verdict import Flaw, refusal
from fieldtool.reports.verify import verify_pdf
from tests.time_authorities import Clockmaker
from tests.unit.reports import certificates, tampering, tools
from tests.unit.reports.conftest import NOON

ROOTS = (certificates.root().der,)
NONCE = b"\x11" * 8
OUR_LISTS = certificates.root().revocations(), certificates.issuing().revocations()


def stamped(content: bytes, authority: Clockmaker, named: bytes | None = None, lists: tuple[bytes, ...] = ()) -> bytes:
    """The document with the authority's time stamp over it, and under the stamp what proves its signatures later on."""
    prepared = prepare_stamp(content, lists)
    answer = authority.answer(stamp_request(prepared.digest, NONCE))
    return fill_stamp(content, prepared, read_stamp(answer, prepared.digest, NONCE, (named or authority.root.der,), "answer").token)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Clockmaker:
    """The authority that headquarters has named."""
    return Clockmaker(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def stages(signed: SignedPdf, authority: Clockmaker) -> dict[str, bytes]:
    """The document after each step at headquarters."""
    confirmed = counter_sign(signed.content, certificates.headquarters(), NOON, ROOTS)
    archived = stamped(confirmed, authority, lists=(*OUR_LISTS, read_list(authority.root.revocations(), "list")))
    return {"confirmed": confirmed, "stamped": stamped(confirmed, authority), "archived": archived}


def test_the_counter_signature_confirms(stages: dict[str, bytes]) -> None:
    verdict = verify_pdf(stages["confirmed"], ROOTS)
    assert verdict.details == ()
    assert verdict.confirmed
    assert verdict.sentence.endswith("confirmed by headquarters.")


def test_a_time_stamp_says_when_the_file_was_seen_and_by_whom(stages: dict[str, bytes], authority: Clockmaker) -> None:
    verdict = verify_pdf(stages["stamped"], ROOTS, authorities_der=(authority.root.der,))
    assert verdict.details == ()
    assert [s.field for s in verdict.signatures] == ["HeadOfVisit", "Headquarters", "ArchiveTimestamp"]
    assert verdict.confirmed
    assert verdict.stamp is not None
    assert verdict.stamp.anchor_sha256 == hashlib.sha256(authority.root.der).hexdigest()
    assert verdict.stamp.signed_at is not None
    assert abs(datetime.datetime.now(datetime.UTC) - verdict.stamp.signed_at) < datetime.timedelta(minutes=10)
    assert f"Sample Clock Stamps saw it on {verdict.stamp.signed_at:%Y-%m-%d %H:%M} UTC" in verdict.sentence


def test_the_level_is_said_by_its_letters_and_in_words(stages: dict[str, bytes], authority: Clockmaker) -> None:
    basic, timed, archived = (verify_pdf(c, ROOTS, authorities_der=(authority.root.der,)) for c in stages.values())
    assert [basic.level, timed.level, archived.level] == ["B-B", "B-T", "B-LTA"]
    assert archived.details == ()
    assert "everything that proves it later on is inside, under that time stamp (PAdES B-LTA)" in archived.sentence
    assert "no time-stamp authority vouches for the time (PAdES B-B)" in basic.sentence
    assert "a time-stamp authority that is believed here vouches for it (PAdES B-T)" in timed.sentence


def test_what_is_prepared_is_the_same_each_time_and_only_adds(stages: dict[str, bytes]) -> None:
    assert prepare_stamp(stages["confirmed"]) == prepare_stamp(stages["confirmed"])
    assert stages["stamped"].startswith(stages["confirmed"])


def test_a_time_by_an_authority_that_nobody_named_is_never_called_proven(stages: dict[str, bytes], tmp_path: Path) -> None:
    """Of the same name, with a signature that holds: whoever has a key can put any time there."""
    stranger = Clockmaker(tmp_path)
    content = stamped(stages["confirmed"], stranger)
    for believed in ((), (*ROOTS, Clockmaker(tmp_path / "other").root.der)):
        verdict = verify_pdf(content, ROOTS, authorities_der=believed)
        assert (verdict.flaws, verdict.level) == ((Flaw.STAMP_UNKNOWN,), None)
        assert "saw it" not in verdict.sentence
        fault = refusal(verdict, "summary.pdf")
        assert fault is not None
        assert (fault.code, int(fault.exit_code)) == ("pdf-stamp-unknown", 3)


def test_an_authority_for_time_stamps_vouches_for_no_signature(unsigned: UnsignedPdf, authority: Clockmaker) -> None:
    forged = tampering.by_an_impostor(unsigned)
    assert verify_pdf(forged, ROOTS, authorities_der=(certificates.impostor().chain_der[0],)).flaws == (Flaw.UNTRUSTED,)


def test_a_stamp_older_than_what_it_stamps_is_refused(signed: SignedPdf, authority: Clockmaker) -> None:
    ahead = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=3)
    content = stamped(counter_sign(signed.content, certificates.headquarters(), ahead, ROOTS), authority)
    verdict = verify_pdf(content, ROOTS, authorities_der=(authority.root.der,))
    assert verdict.flaws == (Flaw.STAMP_TIME,)
    assert "Headquarters" in verdict.details[0]


def test_a_stamp_stays_good_when_the_authoritys_certificates_have_run_out(stages: dict[str, bytes], tmp_path: Path) -> None:
    """It is judged at its own time, so that neither the years nor a reader's wrong clock take anything from it."""
    from cryptography.x509.oid import ExtendedKeyUsageOID

    from tests.time_authorities import issue

    root = issue("Short Root", ca=True)
    short = Clockmaker(tmp_path, root=root, signer=issue("Short", root, purposes=(ExtendedKeyUsageOID.TIME_STAMPING,), seconds=2))
    content = stamped(stages["confirmed"], short)
    while datetime.datetime.now(datetime.UTC) <= short.signer.certificate.not_valid_after_utc:
        pass
    assert verify_pdf(content, ROOTS, authorities_der=(root.der,)).level == "B-T"


# ---------------------------------------------------------------------------------------------- what proves it later on


def test_an_archive_is_only_what_holds_all_its_proofs(stages: dict[str, bytes], authority: Clockmaker) -> None:
    """The time is known all the same: what lacks a list in force, or holds one that names a signer, is B-T and no more."""
    good, late, named = (
        read_list(content, "list")
        for content in (
            authority.root.revocations(),
            authority.root.revocations(days=(-9, -2)),
            authority.root.revocations(authority.signer),
        )
    )
    for lists in ((*OUR_LISTS, late), (*OUR_LISTS, named), (OUR_LISTS[0], good)):
        verdict = verify_pdf(stamped(stages["confirmed"], authority, lists=lists), ROOTS, authorities_der=(authority.root.der,))
        assert (verdict.details, verdict.level) == ((), "B-T")


def test_which_lists_are_wanted_is_said_by_their_issuers(stages: dict[str, bytes]) -> None:
    now = datetime.datetime.now(datetime.UTC)
    root, issuing = OUR_LISTS
    assert issuers_unproven(stages["confirmed"], ROOTS, (root, issuing), now) == ()
    assert issuers_unproven(stages["confirmed"], ROOTS, (root,), now) == ("Sample Headquarters",)
    assert issuers_unproven(stages["confirmed"], ROOTS, (issuing,), now) == ("Sample Organisation Root",)
    assert issuers_unproven(stages["confirmed"], ROOTS, (), now) == ("Sample Headquarters", "Sample Organisation Root")
    after = now + datetime.timedelta(days=365 * 80)
    assert issuers_unproven(stages["confirmed"], ROOTS, (root, issuing), after) == ("Sample Headquarters", "Sample Organisation Root")


def test_openssl_proves_every_signer_by_what_is_in_the_archived_file(
    stages: dict[str, bytes], authority: Clockmaker, tmp_path: Path
) -> None:
    """With the two roots given and a list of each issuer demanded: certificates and lists come from the file alone."""
    reader = PdfFileReader(io.BytesIO(stages["archived"]))
    store = DocumentSecurityStore.read_dss(reader)
    assert (len(store.certs), len(store.crls)) == (4, 3)
    lists = [x509.load_der_x509_crl(item.get_object().data) for item in store.crls]
    roots = b"".join([certificates.root().pem, authority.root.pem])
    (tmp_path / "given.pem").write_bytes(roots + b"".join(found.public_bytes(Encoding.PEM) for found in lists))
    (tmp_path / "fewer.pem").write_bytes(roots + b"".join(found.public_bytes(Encoding.PEM) for found in lists[1:]))
    inside = [x509.load_der_x509_certificate(c.dump()) for c in reader.embedded_regular_signatures[0].other_embedded_certs]
    (tmp_path / "inside.pem").write_bytes(b"".join(c.public_bytes(Encoding.PEM) for c in inside))
    for signature in reader.embedded_signatures:
        signer = x509.load_der_x509_certificate(signature.signer_cert.dump())
        (tmp_path / "signer.pem").write_bytes(signer.public_bytes(Encoding.PEM))
        words = ("-crl_check_all", "-untrusted", tmp_path / "inside.pem", "-purpose", "any", tmp_path / "signer.pem")
        assert "OK" in tools.run("openssl", "verify", "-CAfile", tmp_path / "given.pem", *words)
        if signature.field_name != "ArchiveTimestamp":  # whose signers the organisation's own lists say nothing of
            assert "unable to get certificate CRL" in tools.run("openssl", "verify", "-CAfile", tmp_path / "fewer.pem", *words, ok=(2,))


# ------------------------------------------------------------------------------------------- what a forger does with a stamp


def stamp_of_another_document(stages: dict[str, bytes], authority: Clockmaker) -> bytes:
    """A token that is genuine, over another file, put into the room of this one."""
    prepared, other = prepare_stamp(stages["confirmed"]), prepare_stamp(stages["confirmed"] + b"\n")
    answer = authority.answer(stamp_request(other.digest, NONCE))
    token = read_stamp(answer, other.digest, NONCE, (authority.root.der,), "answer").token
    return fill_stamp(stages["confirmed"], prepared, token)


def stamp_of_the_bare_signature(stages: dict[str, bytes], authority: Clockmaker) -> bytes:
    """A stamp over the head's document alone, filled in before headquarters had its say."""
    return stamped(stages["signed"], authority)


def token_of_another_authority(stages: dict[str, bytes], authority: Clockmaker) -> bytes:
    """The token swapped for one by somebody else over the same bytes."""
    stranger = Clockmaker(authority.folder / "stranger", "Strange Clock")
    return stamped(stages["confirmed"], stranger)


def revision_after_the_stamp(stages: dict[str, bytes], authority: Clockmaker) -> bytes:
    return tampering.annotation(stages["stamped"])


def emptied(stages: dict[str, bytes], authority: Clockmaker) -> bytes:
    """The stamp's field is filled, and its room is empty."""
    prepared = prepare_stamp(stages["confirmed"])
    return stages["confirmed"] + prepared.tail


def a_signature_for_a_stamp(stages: dict[str, bytes], authority: Clockmaker) -> bytes:
    """Headquarters' own signature in the field for time stamps: it says any time its maker likes."""
    out = io.BytesIO()
    metadata = PdfSignatureMetadata(field_name="ArchiveTimestamp", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    PdfSigner(metadata, signer_of(certificates.headquarters())).sign_pdf(incremental(stages["confirmed"]), output=out)
    return out.getvalue()


STAMP_FORGERIES: dict[Callable[[dict[str, bytes], Clockmaker], bytes], set[Flaw]] = {
    stamp_of_another_document: {Flaw.BAD_SIGNATURE},
    stamp_of_the_bare_signature: {Flaw.FIELDS},
    token_of_another_authority: {Flaw.STAMP_UNKNOWN},
    revision_after_the_stamp: {Flaw.CHANGED_AFTER},
    emptied: {Flaw.BAD_SIGNATURE},
    a_signature_for_a_stamp: {Flaw.BAD_SIGNATURE},
}


@pytest.mark.parametrize("forge", STAMP_FORGERIES, ids=lambda f: f.__name__)
def test_what_a_forger_does_with_a_stamp_is_told_as_what_it_is(
    forge: Callable[[dict[str, bytes], Clockmaker], bytes], stages: dict[str, bytes], signed: SignedPdf, authority: Clockmaker
) -> None:
    verdict = verify_pdf(forge({**stages, "signed": signed.content}, authority), ROOTS, authorities_der=(authority.root.der,))
    assert set(verdict.flaws) >= STAMP_FORGERIES[forge], verdict.details
    assert verdict.level is None


# What is done to a counter-signed file is tried with every forgery (test_verifying.py): here those that a stamp might hide.
@pytest.mark.parametrize(
    "tamper", [tampering.overlay, tampering.swapped_record, tampering.trailing_line_end, tampering.in_container], ids=lambda f: f.__name__
)
def test_nothing_done_to_a_stamped_document_passes(
    tamper: Callable[[bytes], bytes], stages: dict[str, bytes], authority: Clockmaker
) -> None:
    assert not verify_pdf(tamper(stages["stamped"]), ROOTS, authorities_der=(authority.root.der,)).proven


@pytest.mark.parametrize("tamper", [tampering.annotation, tampering.changed_title])
def test_nothing_hidden_under_a_stamp_passes(tamper: Callable[[bytes], bytes], stages: dict[str, bytes], authority: Clockmaker) -> None:
    """A stamp says when it saw a file, and of what is in it nothing."""
    assert not verify_pdf(stamped(tamper(stages["confirmed"]), authority), ROOTS, authorities_der=(authority.root.der,)).proven


def test_no_flipped_bit_of_the_token_passes(stages: dict[str, bytes], authority: Clockmaker) -> None:
    content = stages["stamped"]
    start = content.rindex(b"/Contents <3082") + len(b"/Contents <")
    end = content.index(b"0000000000", start)
    # Every place was tried once; each run looks at some.
    for place in range(start + 5, end, 877):
        altered = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        assert not verify_pdf(altered, ROOTS, authorities_der=(authority.root.der,)).proven, place - start


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


# ------------------------------------------------------------------------------------------------------ other people's tools


@pytest.mark.parametrize("stage", ["confirmed", "stamped", "archived"])
def test_the_document_conforms_at_every_stage(stage: str, stages: dict[str, bytes], tmp_path: Path) -> None:
    file = tmp_path / "summary.pdf"
    file.write_bytes(stages[stage])
    assert tools.conformance(file, "ua1") == []
    # The validator's one false alarm: with two signatures it still wants the first to cover the file.
    assert [rule for rule in tools.conformance(file, "3a") if "BYTE" not in rule.upper()] == []
    assert "No syntax or stream encoding errors" in tools.run("qpdf", "--check", file)


def test_pyhankos_own_validator_and_pdfsig_find_the_stamped_file_whole(
    stages: dict[str, bytes], authority: Clockmaker, tmp_path: Path
) -> None:
    file = tmp_path / "summary.pdf"
    file.write_bytes(stages["stamped"])
    with file.open("rb") as opened:
        *signatures, stamp = PdfFileReader(opened).embedded_signatures
        judged = validate_pdf_timestamp(stamp, ValidationContext(trust_roots=anchors([authority.root.der]), allow_fetching=False))
        assert (judged.intact, judged.valid, judged.trusted) == (True, True, True)
        for signature in signatures:
            assert validate_pdf_signature(signature, ValidationContext(trust_roots=anchors(ROOTS), allow_fetching=False)).bottom_line
    assert tools.pdfsig(file, tmp_path) == [("Signature is Valid.", "Certificate is Trusted.", "Not total document signed")] * 2
    said = tools.run("pdfsig", file, ok=(0, 1, 2))  # it knows no time stamps, and says of the last revision only how far it reaches
    assert "  - Total document signed" in said.split("ArchiveTimestamp")[1]


def test_openssl_verifies_the_token_over_the_byte_range(stages: dict[str, bytes], authority: Clockmaker, tmp_path: Path) -> None:
    """As docs/checking-a-summary.md tells a stranger to."""
    content = stages["stamped"]
    *_, match = re.finditer(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)", content)
    start, first, second, rest = map(int, match.groups())
    raw = bytes.fromhex(content[start + first + 1 : second - 1].decode())
    (tmp_path / "token.der").write_bytes(raw[: 4 + int.from_bytes(raw[2:4], "big")])
    (tmp_path / "covered").write_bytes(content[:first] + content[second : second + rest])
    said = tools.run(
        "openssl", "ts", "-verify", "-token_in", "-in", tmp_path / "token.der", "-data", tmp_path / "covered",
        "-CAfile", authority.folder / "root.pem",
    )  # fmt: skip
    assert "Verification: OK" in said
