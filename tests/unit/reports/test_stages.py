"""Editions and languages beyond the first, through their whole life: other people's validators find nothing at any of the four stages."""

from __future__ import annotations

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


@pytest.fixture(
    scope="module",
    params=[(Edition.SHAREABLE, ("ru",)), (Edition.SHAREABLE, ("en", "ru")), (Edition.INTERNAL, ("ru",))],
    ids=lambda p: f"{p[0].value}-{'+'.join(p[1])}",
)
def life(request: pytest.FixtureRequest, authority: Clockmaker) -> dict[str, bytes]:
    """One edition in one language, as it stood after each step."""
    edition, languages = request.param
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
