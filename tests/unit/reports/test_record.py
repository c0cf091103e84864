"""The attached record: canonical, readable by its published schema, and read back as what it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fieldtool.domain.errors import KnownError
from fieldtool.domain.values import canonical
from fieldtool.reports.compose import compose_summary
from fieldtool.reports.document import Edition
from fieldtool.reports.record import NotARecord, read_record, record_json, record_schema
from tests.unit.reports.sample import sample_material

SCHEMA = Path(__file__).resolve().parents[3] / "docs" / "visit.schema.json"


@pytest.mark.parametrize("edition", list(Edition))
@pytest.mark.parametrize("languages", [("en",), ("en", "ru")])
def test_a_record_is_read_back_as_the_same_summary(edition: Edition, languages: tuple[str, ...]) -> None:
    summary = compose_summary(sample_material(edition, languages))
    assert read_record(record_json(summary).content) == summary


def test_the_published_schema_is_the_one_in_force() -> None:
    assert SCHEMA.read_text("utf-8") == record_schema()


def test_every_field_of_a_record_is_in_the_schema() -> None:
    schema = json.loads(record_schema())
    record = json.loads(record_json(compose_summary(sample_material())).content)
    known = {*schema["properties"], *schema["$defs"]["VisitSummary"]["properties"]}
    assert set(record) == known
    assert set(record["recommendations"][0]) == set(schema["$defs"]["RecommendationEntry"]["properties"])


def test_a_record_is_canonical_json() -> None:
    content = record_json(compose_summary(sample_material())).content
    assert canonical(json.loads(content)).encode() == content


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{}", b"[]", b"null", b'{"format":"other","version":1}', b'{"format":"fieldtool-visit-summary","version":1}',
        b'{"version":1,"format":"fieldtool-visit-summary"}', b"\xff\xfe", b"[" * 5000,
    ],
)  # fmt: skip
def test_other_bytes_are_no_record(content: bytes) -> None:
    with pytest.raises(NotARecord):
        read_record(content)


def test_a_field_of_the_wrong_type_is_no_record() -> None:
    record = json.loads(record_json(compose_summary(sample_material())).content)
    record["notes"][0]["number"] = "one"
    with pytest.raises(NotARecord):
        read_record(canonical(record).encode())


def test_a_later_version_is_said_to_be_newer() -> None:
    record = json.loads(record_json(compose_summary(sample_material())).content) | {"version": 2}
    with pytest.raises(KnownError, match="newer"):
        read_record(canonical(record).encode())
