"""The seeded faults still fit the source, and what counts as noticed is strict; planting them all is `dev.py mutants`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.campaigns.faults import FAULTS
from tests.campaigns.mutants import ROOT, misplaced, read_report


def test_every_fault_stands_exactly_once_in_the_source() -> None:
    assert misplaced() == []
    assert len({f.name for f in FAULTS}) == len(FAULTS) >= 15


def test_a_fault_whose_place_has_changed_is_named(tmp_path: Path) -> None:
    for fault in FAULTS:
        file = tmp_path / fault.file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text((ROOT / fault.file).read_text(encoding="utf-8"), encoding="utf-8")
    assert misplaced(tmp_path) == []
    moved = tmp_path / FAULTS[0].file
    moved.write_text(moved.read_text(encoding="utf-8").replace(FAULTS[0].old, "pass"), encoding="utf-8")
    assert misplaced(tmp_path) == [FAULTS[0].name]


@pytest.mark.parametrize(
    ("inside", "verdict"),
    [
        ('<failure message="assert 1 == 2">E   assert 1 == 2</failure>', "killed"),
        ('<failure message="AssertionError: other">E   AssertionError: other</failure>', "killed"),
        ('<failure message="Failed: DID NOT RAISE KnownError">E   Failed: DID NOT RAISE</failure>', "killed"),
        ('<failure message="KeyError: 3">E   KeyError: 3</failure>', "spoilt"),
        ('<failure message="fieldtool.domain.errors.KnownError: no">E   KnownError: assert it</failure>', "spoilt"),
        ('<error message="collection failure">ImportError</error>', "spoilt"),
        ("", "spoilt"),
    ],
)
def test_only_an_assertion_counts(tmp_path: Path, inside: str, verdict: str) -> None:
    report = tmp_path / "report.xml"
    report.write_text(f'<testsuites><testsuite><testcase classname="tests.a" name="b">{inside}</testcase></testsuite></testsuites>')
    assert read_report(report)[0] == verdict
