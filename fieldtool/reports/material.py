"""What a summary is made from, gathered by the caller: records by kind, labels, team, organisation; reads no storage itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fieldtool.domain.changes import Record
from fieldtool.domain.ids import EntityId
from fieldtool.domain.vocabularies import Vocabularies
from fieldtool.reports.document import Edition, OrganisationProfile


@dataclass(frozen=True, slots=True)
class TeamCard:
    """Who came along, as the cards say: `role` is a term of card_role."""

    name: str
    role: str
    name_latin: str = ""


@dataclass(frozen=True, slots=True)
class SummaryMaterial:
    """Everything that a summary of one visit may draw on.

    `records` maps the name of a kind to its records, the library's included; `languages` is ("en",), ("ru",) or ("en", "ru");
    `prepared_at` is
    milliseconds since 1970 UTC and stands in the document.
    """

    visit: EntityId
    records: Mapping[str, Sequence[Record]]
    vocabularies: Vocabularies
    team: tuple[TeamCard, ...]
    organisation: OrganisationProfile
    edition: Edition
    languages: tuple[str, ...]
    prepared_at: int
    draft: bool = False
