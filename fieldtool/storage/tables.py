"""The tables of a vault, the same for SQLCipher and PostgreSQL; private to storage, and no query is written here.

Sources, never dropped: segment, change of open and private segments, origin, blob, blob_chunk, draft, setting, ledger tables, quarantine.
Derived, droppable: record, body, link, stand, dirty, missing, unaccepted, and the search index.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, PrimaryKeyConstraint, Table, Text, UniqueConstraint

METADATA = MetaData()


def _number(name: str, *, null: bool = False, key: bool = False) -> Column[int]:
    return Column(name, BigInteger().with_variant(Integer, "sqlite"), nullable=null, primary_key=key, autoincrement=False)


def _bytes(name: str, *, null: bool = False, key: bool = False) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=null, primary_key=key)


def _text(name: str, *, null: bool = False, key: bool = False) -> Column[str]:
    return Column(name, Text, nullable=null, primary_key=key)


# --- dictionaries: small integers for what repeats
Table("kind", METADATA, _number("id", key=True), _text("name"), UniqueConstraint("name"))
Table("field", METADATA, _number("id", key=True), _text("name"), UniqueConstraint("name"))
Table("visit", METADATA, _number("id", key=True), _bytes("uid"), UniqueConstraint("uid"))
# rank 0: the author of a restated change, by name; rank 1: an installation, by key, `name` as it calls itself
Table("author", METADATA, _number("id", key=True), _number("rank"), _bytes("mark"), _text("name"), UniqueConstraint("rank", "mark"))
Table(
    "stream",
    METADATA,
    _number("id", key=True),
    _bytes("stream"),
    _number("author"),
    _number("visit"),
    _number("scope"),
    _bytes("nonce", null=True),
    UniqueConstraint("stream", "author", "visit", "scope"),
)

# --- the change log
Table(
    "segment",
    METADATA,
    _number("id", key=True),
    _bytes("hash", null=True),
    _number("stream"),
    _number("seq0"),
    _number("count"),
    _bytes("prev"),
    _number("epoch"),
    _number("verdict"),
    _number("chained"),
    _number("grows"),
    _number("bundle"),
    _number("at"),
    _text("proposals", null=True),
    _bytes("body", null=True),
    _bytes("signature", null=True),
    _bytes("beside", null=True),
    _number("unread"),
    UniqueConstraint("hash"),
    Index("segment_prev", "prev"),
    Index("segment_stream", "stream"),
)
_segment = METADATA.tables["segment"]
Index("segment_open", _segment.c.stream, sqlite_where=_segment.c.hash.is_(None), postgresql_where=_segment.c.hash.is_(None))
# id = segment << 16 | row. `parent` is the one parent (0: none, or several), `parents` several as 8-byte big-endian numbers; those
# that have not come are in `missing`
Table(
    "change",
    METADATA,
    _number("id", key=True),
    _number("ent"),
    _number("fld"),
    _text("val", null=True),
    _number("hlc"),
    _number("parent"),
    _bytes("parents", null=True),
    Index("change_ent", "ent"),
)
Table("origin", METADATA, _number("change", key=True), _number("hlc"), _number("author"))
Table(
    "missing",
    METADATA,
    _bytes("hash"),
    _number("row"),
    _number("child"),
    PrimaryKeyConstraint("hash", "row", "child"),
    sqlite_with_rowid=False,
)
Table("unaccepted", METADATA, _number("change", key=True), _number("ent"), Index("unaccepted_ent", "ent"))

# --- the projection. state: 0 nothing accepted, 1 there, 2 deleted; private: 0 no, 1 altogether, 2 its private history was left behind
Table(
    "record",
    METADATA,
    _number("id", key=True),
    _bytes("uid"),
    _number("kind"),
    _number("visit"),
    _number("state"),
    _number("private"),
    _number("conflicts"),
    UniqueConstraint("uid", "kind"),
    Index("record_list", "kind", "visit", "uid"),
)
_record = METADATA.tables["record"]
Index("record_conflict", _record.c.visit, sqlite_where=_record.c.conflicts > 0, postgresql_where=_record.c.conflicts > 0)
# fields: JSON object, field key → value in force; heads: msgpack [field, change, clock, …]; conflicts: JSON list of field keys
Table(
    "body",
    METADATA,
    _number("ent", key=True),
    _number("made"),
    _number("made_by"),
    _number("changed"),
    _number("changed_by"),
    _text("fields"),
    _bytes("heads"),
    _text("conflicts", null=True),
)
Table(
    "link",
    METADATA,
    _number("ent"),
    _number("fld"),
    _bytes("target"),
    PrimaryKeyConstraint("ent", "fld"),
    Index("link_target", "target"),
    sqlite_with_rowid=False,
)
Table("stand", METADATA, _number("visit"), _number("ent"), PrimaryKeyConstraint("visit", "ent"), sqlite_with_rowid=False)
Table("dirty", METADATA, _number("ent", key=True))

# --- what is not shared: the user's desk, the ledger, files
Table("setting", METADATA, _text("name", key=True), _text("value"))
Table("draft", METADATA, _text("name", key=True), _text("text"), _number("at"))
Table(
    "bundle",
    METADATA,
    _number("id", key=True),
    _text("direction"),
    _text("kind"),
    _number("n"),
    _bytes("visit"),
    _bytes("peer"),
    _text("peer_name"),
    _text("file"),
    _bytes("digest"),
    _number("at"),
    _text("facts"),
    UniqueConstraint("direction", "digest"),
)
Table("recipient", METADATA, _number("bundle"), _bytes("peer"), _number("handed_over", null=True), PrimaryKeyConstraint("bundle", "peer"))
Table(
    "peer",
    METADATA,
    _bytes("peer"),
    _bytes("visit"),
    _number("n"),
    _bytes("have"),
    _bytes("held"),
    _text("want"),
    _number("at"),
    PrimaryKeyConstraint("peer", "visit"),
)
Table("quarantine", METADATA, _bytes("digest", key=True), _text("file"), _text("code"), _text("facts"), _number("size"), _number("at"))
Table("blob", METADATA, _number("id", key=True), _bytes("digest", null=True), _number("size"), _number("at"), UniqueConstraint("digest"))
Table(
    "blob_chunk",
    METADATA,
    _number("blob"),
    _number("n"),
    _bytes("content"),
    PrimaryKeyConstraint("blob", "n"),
)
