"""What a visit summary says, as frozen values ready to be recorded and laid out; knows no rules, no fonts and no files."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Edition(StrEnum):
    """For whom a summary is made; each admits and names less than the one before."""

    INTERNAL = "internal"
    SHAREABLE = "shareable"
    PRESS = "press"


@dataclass(frozen=True, slots=True)
class Label:
    """A term of a vocabulary: the word that is stored and its label in the summary's language or languages."""

    word: str
    text: str


@dataclass(frozen=True, slots=True)
class OrganisationProfile:
    """Whose summary this is: name as printed on the cover, the unit below it, and one dark colour as RRGGBB; made by headquarters."""

    name: str
    unit: str = ""
    colour: str = "12355B"


@dataclass(frozen=True, slots=True)
class TeamMember:
    """Somebody with a card for the visit; `role` is a term of card_role."""

    name: str
    role: Label
    name_latin: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """What the first page states. Dates are YYYY-MM-DD; `prepared_at` is milliseconds since 1970 UTC."""

    reference: str
    marking: Label
    edition: Label
    country: str
    place: str
    start: str
    end: str
    timezone: str
    purpose: str
    activities: tuple[Label, ...]
    head: str
    team: tuple[TeamMember, ...]
    organisation: OrganisationProfile
    prepared_at: int
    deviations: str = ""


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """A report that the visit covers."""

    id: str
    reference: str
    title: str
    mission: Label | None
    election_types: tuple[Label, ...]
    election_dates: tuple[str, ...]
    published_on: str
    source_url: str
    recommendations: int  # how many of its recommendations stand in this summary


@dataclass(frozen=True, slots=True)
class Party:
    """Whom a meeting was with: `name` is the type's label where the meeting is protected, and empty where even that would identify."""

    id: str
    name: str
    type: Label | None


@dataclass(frozen=True, slots=True)
class Attendee:
    """A named participant of a meeting on record by name."""

    name: str
    title: str
    role: Label | None


@dataclass(frozen=True, slots=True)
class MeetingEntry:
    """A meeting held; `protected` says that it is shown by the type of interlocutor only. Times are YYYY-MM-DDTHH:MM in the visit's
    zone."""

    id: str
    number: int
    start: str
    end: str
    place: str
    modality: Label | None
    parties: tuple[Party, ...]
    attendees: tuple[Attendee, ...]
    attribution: Label
    marking: Label
    languages: tuple[str, ...]
    team_present: tuple[str, ...]
    interpreter: str
    state: Label | None
    summary: str
    protected: bool
    notes: int


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """A note as evidence. `source` names who said it as far as the attribution allows, empty when nobody did;
    `recorded_by` is for the internal edition."""

    id: str
    number: int
    meeting: int | None
    date: str
    kind: Label
    text: str
    language: str
    source: str
    attribution: Label
    marking: Label
    recommendations: tuple[str, ...]  # keys
    recorded_by: str
    through_interpreter: bool
    uncleared_quote: bool


@dataclass(frozen=True, slots=True)
class PositionEntry:
    """What an institution said of a recommendation."""

    id: str
    institution: str
    value: Label
    date: str
    meeting: int | None


@dataclass(frozen=True, slots=True)
class ProgressEntry:
    """Progress reported to the visit; never an official status."""

    id: str
    stage: Label
    basis: str
    date: str
    expert: str
    confidence: Label | None
    meeting: int | None


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """An official status with its source; `via` is the key and kind of link of the earlier recommendation it was set for, empty for this
    one."""

    id: str
    value: Label
    set_by: str
    date: str
    via: str
    link: Label | None


@dataclass(frozen=True, slots=True)
class FindingEntry:
    """The head's own conclusion; `dissent` holds (author, text)."""

    id: str
    text: str
    state: Label | None
    dissent: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RecommendationEntry:
    """A recommendation, quoted verbatim, with everything the visit learned about it. `note_numbers` lists its evidence in order."""

    id: str
    key: str
    report: str
    report_id: str
    number: int
    letter: str
    recommendation_class: Label
    themes: tuple[Label, ...]
    short_label: str
    text: str
    translations: tuple[tuple[str, str], ...]  # (language tag, text)
    page: int | None
    commitments: tuple[str, ...]
    action_required: tuple[Label, ...]
    addressees: tuple[str, ...]
    horizon: Label | None
    links: tuple[tuple[str, Label], ...]  # (key, kind of link)
    statuses: tuple[StatusEntry, ...]
    positions: tuple[PositionEntry, ...]
    progress: tuple[ProgressEntry, ...]
    note_numbers: tuple[int, ...]
    finding: FindingEntry | None


@dataclass(frozen=True, slots=True)
class AssistanceEntry:
    """Assistance offered to an interlocutor and how it was received."""

    id: str
    type: Label
    institution: str
    recommendations: tuple[str, ...]
    reception: Label | None
    date: str
    meeting: int | None


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """Something agreed to be done."""

    id: str
    reference: str
    description: str
    owner: str
    due: str
    priority: Label | None
    state: Label | None
    recommendations: tuple[str, ...]
    verified_by: str


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How many notes and positions tie a recommendation to each type of interlocutor: counts in the order of the matrix's types."""

    key: str
    short: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CoverageMatrix:
    """Recommendation × type of interlocutor."""

    types: tuple[Label, ...]
    rows: tuple[CoverageRow, ...]


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """What became of the recommendations of one theme: all, those raised, those with reported progress, and the latest stages with their
    counts."""

    theme: Label
    recommendations: tuple[str, ...]
    raised: int
    progressing: int
    stages: tuple[tuple[Label, int], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at a glance; `name` is a message key."""

    name: str
    value: int


@dataclass(frozen=True, slots=True)
class SectionText:
    """Text that the head wrote for one section."""

    section: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class AttachmentEntry:
    """A file kept with the visit's record; it is named here and not contained."""

    id: str
    name: str
    media_type: str
    size: int | None
    source: str
    sha256: str
    belongs_to: str


@dataclass(frozen=True, slots=True)
class VisitSummary:
    """The whole summary of one edition: exactly what is recorded, printed and attached, and nothing else."""

    edition: Edition
    languages: tuple[str, ...]
    draft: bool
    cover: Cover
    figures: tuple[Figure, ...]
    coverage: CoverageMatrix
    themes: tuple[ThemeLine, ...]
    reports: tuple[ReportEntry, ...]
    meetings: tuple[MeetingEntry, ...]
    further_meetings: tuple[tuple[Label | None, int], ...]  # protected meetings of editions that leave the organisation: (type, how many)
    notes: tuple[NoteEntry, ...]
    recommendations: tuple[RecommendationEntry, ...]
    assistance: tuple[AssistanceEntry, ...]
    actions: tuple[ActionEntry, ...]
    sections: tuple[SectionText, ...]
    attachments: tuple[AttachmentEntry, ...]
    ceiling: Label  # the highest marking that the edition admits
    omitted: tuple[tuple[str, int], ...]  # internal edition only: (kind of record, how many were left out for their marking)

    def note(self, number: int) -> NoteEntry:
        """The note of that number."""
        return self.notes[number - 1]
