"""Roles that read some visits of headquarters' database and nothing else: PostgreSQL holds to it whatever asks; grants no writing."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import EntityId, id_bytes, id_from_bytes
from fieldtool.storage.tables import METADATA
from fieldtool.storage.work import Work

_ACCESS = "CREATE TABLE access (role text, visit bytea, PRIMARY KEY (role, visit))"
_SEGMENT = "EXISTS (SELECT 1 FROM segment s WHERE s.id = {} >> 16)"
_RECORD = "EXISTS (SELECT 1 FROM record r WHERE r.id = {})"
_ELEMENT = "position('/' in name) = 0 OR EXISTS (SELECT 1 FROM change c WHERE c.fld = field.id)"
_OPEN = "name IN ('format', 'database', 'organisation', 'root', 'successions')"
# What a role sees of each table. Each question is asked under the policies of the tables that it asks, so that all follow from `visit`;
# tables without one (settings beside these, drafts, quarantine, attached files) show nothing. Whoever owns the tables sees everything.
_POLICIES = {
    "access": "role = current_user",
    "visit": "uid IN (SELECT a.visit FROM access a)",
    "kind": "true",
    "field": _ELEMENT,
    "setting": _OPEN,
    "stream": "visit IN (SELECT v.id FROM visit v)",
    "segment": "EXISTS (SELECT 1 FROM stream t WHERE t.id = segment.stream)",
    "change": _SEGMENT.format("change.id"),
    "origin": _SEGMENT.format("origin.change"),
    "missing": _SEGMENT.format("missing.child"),
    "unaccepted": _SEGMENT.format("unaccepted.change"),
    "author": "EXISTS (SELECT 1 FROM stream t WHERE t.author = author.id) OR EXISTS (SELECT 1 FROM origin o WHERE o.author = author.id)",
    "stand": "visit IN (SELECT v.id FROM visit v)",
    "record": "visit IN (SELECT v.id FROM visit v) OR EXISTS (SELECT 1 FROM stand s WHERE s.ent = record.id)",
    "body": _RECORD.format("body.ent"),
    "link": _RECORD.format("link.ent"),
    "dirty": _RECORD.format("dirty.ent"),
    "search_text": _RECORD.format("search_text.ent"),
    "bundle": "visit IN (SELECT v.uid FROM visit v)",
    "recipient": "EXISTS (SELECT 1 FROM bundle b WHERE b.id = recipient.bundle)",
    "peer": "visit IN (SELECT v.uid FROM visit v)",
}
_TABLES = ("access", "search_text", *METADATA.tables)


def make(work: Work) -> None:
    """The policies of an empty database."""
    work.run(_ACCESS)
    for table in _TABLES:
        work.run(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    for table, condition in _POLICIES.items():
        work.run(f"CREATE POLICY visits ON {table} FOR SELECT USING ({condition})")


def limit(work: Work, role: str, visits: Collection[EntityId]) -> None:
    """Let a role of the server read these visits, whatever it read before; none: nothing any more. Raises `KnownError` database-role."""
    _check(work, role)
    quoted = '"' + role.replace('"', '""') + '"'
    work.run("DELETE FROM access WHERE role = ?", (role,))
    for table in _TABLES:
        work.run(f"{'GRANT' if visits else 'REVOKE'} SELECT ON {table} {'TO' if visits else 'FROM'} {quoted}")
    work.many("INSERT INTO access (role, visit) VALUES (?, ?)", [(role, id_bytes(v)) for v in sorted(visits)])


def limited(work: Work) -> list[tuple[str, EntityId]]:
    """Every role that reads a visit, with that visit."""
    return [(role, id_from_bytes(visit)) for role, visit in work.rows("SELECT role, visit FROM access ORDER BY role, visit")]


def _check(work: Work, role: str) -> None:
    """Policies bind nobody who stands above them. Raises `KnownError` database-role."""
    row: Sequence[object] | None = work.row(
        "SELECT rolsuper OR rolbypassrls, pg_has_role(rolname, (SELECT relowner FROM pg_class WHERE oid = 'segment'::regclass), 'MEMBER')"
        " FROM pg_roles WHERE rolname = ?",
        (role,),
    )
    if row is None:
        raise refuse("database-role", role=role, reason="the server has no such role")
    if row[0] or row[1]:
        raise refuse("database-role", role=role, reason="it stands above the tables' policies")
