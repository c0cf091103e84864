"""Every edition in every language through its whole life: programs that nobody here wrote find nothing at any of the four stages."""

from __future__ import annotations

import hashlib
import itertools
from pathlib import Path

import pytest

from fieldtool.reports.confirming import counter_sign
from fieldtool.reports.document import Edition
from fieldtool.reports.leaks import compose_checked
from fieldtool.reports.rendering import render
from fieldtool.reports.signing import sign_pdf
from fieldtool.reports.verify import verify_pdf
from tests.time_authorities import Clockmaker
from tests.unit.reports import certificates, tools
from tests.unit.reports.conftest import NOON
from tests.unit.reports.sample import sample_material
from tests.unit.reports.test_confirming import ROOTS, stamped

FIELDS = ["HeadOfVisit", "Headquarters", "ArchiveTimestamp"]
SIGNED = {"unsigned": 0, "certified": 1, "counter-signed": 2, "stamped": 3}  # how many fields are filled


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Clockmaker:
    """The authority that headquarters has named."""
    return Clockmaker(tmp_path_factory.mktemp("authority"))


EVERY = [(edition, languages) for edition in (Edition.INTERNAL, Edition.SHAREABLE) for languages in (("en",), ("ru",), ("en", "ru"))]


@pytest.fixture(scope="module", params=EVERY, ids=lambda p: f"{p[0].value}-{'+'.join(p[1])}")
def life(request: pytest.FixtureRequest, authority: Clockmaker) -> dict[str, bytes]:
    """One edition in one language, as it stood after each step."""
    edition, languages = request.param
    return lived(edition, languages, authority)


def lived(edition: Edition, languages: tuple[str, ...], authority: Clockmaker) -> dict[str, bytes]:
    """What an edition in a language is after each step."""
    unsigned = render(compose_checked(sample_material(edition, languages)))
    certified = sign_pdf(unsigned, certificates.head(), NOON).content
    confirmed = counter_sign(certified, certificates.headquarters(), NOON, ROOTS)
    return {"unsigned": unsigned.content, "certified": certified, "counter-signed": confirmed, "stamped": stamped(confirmed, authority)}


@pytest.mark.parametrize("stage", SIGNED)
def test_the_document_conforms(stage: str, life: dict[str, bytes], tmp_path: Path) -> None:
    file = tmp_path / "summary.pdf"
    file.write_bytes(life[stage])
    assert tools.conformance(file, "ua1") == []
    found = tools.conformance(file, "3a")
    if SIGNED[stage] > 1:  # the validator's one false alarm: with two signatures it still wants the first to cover the file
        found = [rule for rule in found if "BYTE" not in rule.upper()]
    assert found == []
    assert "No syntax or stream encoding errors" in tools.run("qpdf", "--check", file)


def test_each_stage_is_what_it_is_called(life: dict[str, bytes], authority: Clockmaker) -> None:
    for stage, count in SIGNED.items():
        verdict = verify_pdf(life[stage], ROOTS, authorities_der=(authority.root.der,))
        assert [s.field for s in verdict.signatures] == FIELDS[:count]
        assert (verdict.proven, verdict.confirmed) == (count > 0, count > 1)
    for before, after in itertools.pairwise(SIGNED):  # nothing that was there is ever touched
        assert life[after].startswith(life[before])


def test_strangers_find_the_signatures_the_record_and_the_code(life: dict[str, bytes], tmp_path: Path) -> None:
    """By NSS, MuPDF, openssl, qpdf, poppler and a camera."""
    whole, good = "Total document signed", ("Signature is Valid.", "Certificate is Trusted.")
    certified, confirmed = tmp_path / "certified.pdf", tmp_path / "confirmed.pdf"
    certified.write_bytes(life["certified"])
    confirmed.write_bytes(life["counter-signed"])
    assert tools.pdfsig(certified, tmp_path) == [(*good, whole)]
    found = tools.pdfsig(confirmed, tmp_path)
    assert ([f[:2] for f in found], found[-1][2]) == ([good, good], whole)
    assert "unchanged" in tools.run("mutool", "sign", "-v", certified, ok=(0, 1))  # it does not know our root
    assert "successful" in tools.openssl_verifies(life["certified"], tmp_path)
    verdict = verify_pdf(life["certified"], ROOTS)
    attached = tools.run("qpdf", "--show-attachment=visit.json", certified).encode()
    assert hashlib.sha256(attached).hexdigest() == verdict.record_sha256
    assert tools.raw_text_of(certified).count(verdict.record_sha256) >= verdict.pages - 1
    assert tools.code_on(certified, verdict.pages, tmp_path) == hashlib.sha256(life["unsigned"]).hexdigest()
