"""Every kind of record and its fields; the vocabularies' terms are data in resources/, not here."""

from __future__ import annotations

from fieldtool.domain.fields import FieldSpec, KindSpec, Shape

S = Shape


def _f(name: str, shape: Shape, of: str = "", **flags: bool) -> FieldSpec:
    return FieldSpec(name, shape, of, **flags)


def _kind(name: str, plural: str, *fields: FieldSpec, scope: str = "", title: str = "", official: bool = False) -> KindSpec:
    return KindSpec(name, plural, fields, scope, title, official)


_RECOMMENDATIONS = ("recommendations", S.LINKS, "recommendation")
_VISIT = _f("visit", S.LINK, "visit", required=True)

_ALL = (
    _kind("country", "countries", _f("iso3", S.WORD, required=True), _f("name", S.NAMES), title="name", official=True),
    _kind(
        "report",
        "reports",
        _f("reference", S.WORD, required=True),
        _f("country", S.WORD),
        _f("title", S.WORD, required=True),
        _f("election_types", S.TERMS, "election_type"),
        _f("early", S.FLAG),
        _f("election_dates", S.WORDS),
        _f("mission_type", S.TERM, "mission_type"),
        _f("published_on", S.DATE),
        _f("source_url", S.WORD),
        _f("file_sha256", S.WORD),
        _f("recommendation_count", S.NUMBER),
        title="title",
        official=True,
    ),
    _kind(
        "recommendation",
        "recommendations",
        _f("report", S.LINK, "report", required=True),
        _f("number", S.NUMBER, required=True),
        _f("letter", S.WORD),
        _f("class", S.TERM, "recommendation_class", required=True),
        _f("themes", S.TERMS, "theme"),
        _f("short_label", S.WORD),
        _f("text", S.TEXT, required=True),
        _f("translations", S.NAMES),
        _f("page", S.NUMBER),
        _f("commitments", S.WORDS),
        _f("action_required", S.TERMS, "action_required"),
        _f("addressees", S.WORDS),
        _f("horizon", S.TERM, "horizon"),
        _f("links", S.PARTS),  # other recommendation's id → {"type": "same as" | "partly same as" | "supersedes"}
        title="text",
        official=True,
    ),
    _kind(
        "official_status",
        "statuses",
        _f("recommendation", S.LINK, "recommendation", required=True),
        _f("value", S.TERM, "official_status", required=True),
        _f("set_by", S.LINK, "report", required=True),
        _f("date", S.DATE, required=True),
        title="value",
        official=True,
    ),
    _kind(
        "visit",
        "visits",
        _f("reference", S.WORD, required=True),
        _f("country", S.WORD, required=True),
        _f("city", S.NAMES),
        _f("start", S.DATE, required=True),
        _f("end", S.DATE, required=True),
        _f("timezone", S.WORD, required=True),
        _f("purpose", S.TEXT),
        _f("activity_types", S.TERMS, "activity_type"),
        _f("reports", S.LINKS, "report"),
        _f("scope", S.TERM, "visit_scope"),
        _f("selected", S.LINKS, "recommendation"),
        _f("marking_ceiling", S.TERM, "marking", head=True),
        _f("state", S.TERM, "visit_state", head=True),
        _f("deviations", S.TEXT),
        scope="self",
        title="reference",
    ),
    _kind(
        "institution",
        "institutions",
        _f("name", S.NAMES, required=True),
        _f("type", S.TERM, "institution_type", required=True),
        _f("country", S.WORD),
        _f("same_as", S.LINKS, "institution"),
        title="name",
    ),
    _kind(
        "person",
        "people",
        _f("name", S.WORD, required=True, personal=True),
        _f("name_latin", S.WORD, personal=True),
        _f("title", S.WORD, personal=True),
        _f("institution", S.LINK, "institution"),
        _f("protected", S.FLAG, strict=True),
        _f("same_as", S.LINKS, "person"),
        title="name",
    ),
    _kind(
        "meeting",
        "meetings",
        _VISIT,
        _f("start", S.TIME, required=True),
        _f("end", S.TIME),
        _f("place", S.WORD, personal=True),
        _f("modality", S.TERM, "modality"),
        _f("institutions", S.LINKS, "institution"),
        _f("attendees", S.PARTS, personal=True),  # key → {"person": id | null, "name": unnamed's description, "role": attendee_role}
        _f("team_present", S.WORDS),
        _f("interpreter", S.WORD, personal=True),
        _f("languages", S.WORDS),
        _f("attribution", S.TERM, "attribution", strict=True),
        _f("marking", S.TERM, "marking", strict=True),
        _f("summary", S.TEXT),
        _f("state", S.TERM, "meeting_state"),
        _f("questions", S.PARTS),
        # questions: key → {"recommendation": id | null, "text": …, "order": fractional key}
        _f("same_as", S.LINKS, "meeting"),
        scope="visit",
        title="start",
    ),
    _kind(
        "note",
        "notes",
        _VISIT,
        _f("meeting", S.LINK, "meeting"),
        _f("speakers", S.LINKS, "person|institution"),
        _f("unnamed_speakers", S.WORDS, personal=True),
        _f("through_interpreter", S.FLAG),
        _f(*_RECOMMENDATIONS),
        _f("kind", S.TERM, "note_kind", required=True),
        _f("text", S.TEXT, required=True),
        _f("language", S.WORD),
        _f("attribution", S.TERM, "attribution", strict=True),
        _f("marking", S.TERM, "marking", strict=True),
        _f("attribution_relaxed", S.FLAG, head=True),
        _f("private", S.FLAG, strict=True),
        _f("cleared_by_speaker", S.FLAG),
        _f("at", S.TIME),
        _f("order", S.WORD),
        scope="visit",
        title="text",
    ),
    _kind(
        "position",
        "positions",
        _VISIT,
        _f("recommendation", S.LINK, "recommendation", required=True),
        _f("institution", S.LINK, "institution", required=True),
        _f("value", S.TERM, "position", required=True),
        _f("meeting", S.LINK, "meeting"),
        _f("date", S.DATE, required=True),
        scope="visit",
        title="value",
    ),
    _kind(
        "progress",
        "progress",
        _VISIT,
        _f("recommendation", S.LINK, "recommendation", required=True),
        _f("stage", S.TERM, "progress_stage", required=True),
        _f("basis", S.WORD),
        _f("meeting", S.LINK, "meeting"),
        _f("note", S.LINK, "note"),
        _f("date", S.DATE, required=True),
        _f("expert", S.WORD),
        _f("confidence", S.TERM, "confidence"),
        scope="visit",
        title="stage",
    ),
    _kind(
        "assistance",
        "assistance",
        _VISIT,
        _f("meeting", S.LINK, "meeting"),
        _f("date", S.DATE),
        _f("type", S.TERM, "assistance_type", required=True),
        _f(*_RECOMMENDATIONS),
        _f("institution", S.LINK, "institution"),
        _f("reception", S.TERM, "reception"),
        scope="visit",
        title="type",
    ),
    _kind(
        "action",
        "actions",
        _VISIT,
        _f("reference", S.WORD),
        _f("description", S.TEXT, required=True),
        _f("owner", S.WORD, personal=True),
        _f("due", S.DATE),
        _f("priority", S.TERM, "priority"),
        _f(*_RECOMMENDATIONS),
        _f("meeting", S.LINK, "meeting"),
        _f("state", S.TERM, "action_state"),
        _f("verified_by", S.WORD, head=True),
        scope="visit",
        title="description",
    ),
    _kind(
        "finding",
        "findings",
        _VISIT,
        _f("recommendation", S.LINK, "recommendation", required=True),
        _f("text", S.TEXT, head=True),
        _f("dissent", S.NAMES),  # author's name → text
        _f("state", S.TERM, "finding_state", head=True),
        scope="visit",
        title="text",
    ),
    _kind(
        "section",
        "sections",
        _VISIT,
        _f("section", S.TERM, "summary_section", required=True),
        _f("language", S.WORD, required=True),
        _f("text", S.TEXT, head=True),
        scope="visit",
        title="section",
    ),
    _kind(
        "signed_summary",
        "summaries",
        _VISIT,
        # of the press edition: a text that the head approved, sha256 being its own
        _f("edition", S.TERM, "edition", required=True, head=True),
        _f("language", S.WORD, head=True),
        _f("sha256", S.WORD, head=True),
        _f("record_sha256", S.WORD, head=True),
        _f("signer", S.WORD, head=True),
        _f("signed_at", S.WORD, head=True),
        scope="visit",
        title="edition",
    ),
    _kind(
        "comment",
        "comments",
        _VISIT,
        _f("section", S.TERM, "summary_section"),  # of the draft; an answer has that of the comment it answers
        _f("record", S.LINK, "*"),  # what it speaks of, or the comment that it answers
        _f("text", S.TEXT, required=True),
        _f("settled", S.FLAG),
        scope="visit",
        title="text",
    ),
    _kind(
        "attachment",
        "attachments",
        _VISIT,
        _f("record", S.LINK, "*", required=True),
        _f("sha256", S.WORD, required=True),
        _f("name", S.WORD, required=True, personal=True),
        _f("media_type", S.WORD),
        _f("size", S.NUMBER),
        _f("source", S.WORD, personal=True),
        _f("marking", S.TERM, "marking", strict=True),
        scope="visit",
        title="name",
    ),
    # --- the admin stream: written by headquarters; the head of the visit may add cards (acceptances), which never make more than an expert
    _kind(
        "card",
        "cards",
        _f("person", S.WORD, required=True),
        _f("name", S.WORD, required=True),
        _f("name_latin", S.WORD),
        _f("installation", S.WORD),
        _f("role", S.TERM, "card_role", required=True),
        _f("certificate", S.WORD, required=True),
        _f("document_certificate", S.WORD),
        _f("signing_card", S.WORD),  # headquarters' certificate of the key on the organisation's own card
        _f("recipient", S.WORD, required=True),
        _f("epoch", S.NUMBER, required=True),  # one more than the highest its author knew: the admin stream's own clock
        title="name",
        official=True,
    ),
    _kind(
        "revocation",
        "revocations",
        _f("key", S.WORD, required=True),
        _f("tips", S.PARTS),  # stream in hexadecimal → {"segment": hash in hexadecimal}: what is still believed
        _f("epoch", S.NUMBER, required=True),
        _f("reason", S.WORD),
        title="key",
        official=True,
    ),
    _kind(
        "redaction",
        "redactions",
        _f("segment", S.WORD, required=True),  # hash in hexadecimal
        _f("rows", S.WORDS, required=True),  # numbers of rows whose values and salts are dropped everywhere
        _f("reason", S.WORD),
        _f("epoch", S.NUMBER, required=True),
        title="segment",
        official=True,
    ),
    _kind(
        "time_authority",
        "time_authorities",
        _f("name", S.WORD, required=True),
        _f("certificate", S.WORD, required=True),  # its root or issuing certificate, DER in base64
        _f("withdrawn", S.FLAG),
        _f("reason", S.WORD),
        _f("epoch", S.NUMBER, required=True),
        title="name",
        official=True,
    ),
)

OWN_NOTE_KINDS = frozenset({"expert assessment", "internal"})  # what the expert thinks, not what was said

KINDS: dict[str, KindSpec] = {k.name: k for k in _ALL}
BY_PLURAL: dict[str, KindSpec] = {k.plural: k for k in _ALL}
ADMIN_KINDS = frozenset({"card", "revocation", "redaction", "time_authority"})
RECORD_KINDS = tuple(k for k in _ALL if k.name not in ADMIN_KINDS)


def kind_named(word: str) -> KindSpec | None:
    """The kind of that singular or plural name, or None."""
    return KINDS.get(word) or BY_PLURAL.get(word)
