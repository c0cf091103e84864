"""Time-stamp authorities that headquarters names for a visit, and what a stamp of theirs is worth here; it asks none of them anything."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from fieldtool.domain.changes import Record
from fieldtool.domain.errors import KnownError, refuse
from fieldtool.domain.ids import EntityId
from fieldtool.domain.values import JsonValue
from fieldtool.identity.time_authorities import TimeAuthority, read_time_authority
from fieldtool.reports.document import VisitSummary
from fieldtool.reports.verdict import PdfVerdict
from fieldtool.services.admin import decode_der, encode_der, headquarters_alone
from fieldtool.services.announcing import write_admin
from fieldtool.services.session import Session

KIND = "time_authority"


@dataclass(frozen=True, slots=True)
class NamedAuthority:
    """An authority as the visit's admin stream names it now; once withdrawn, a reason may be given."""

    authority: TimeAuthority
    withdrawn: bool = False
    reason: str = ""


def name_authority(
    session: Session, certificate: bytes, *, visit: EntityId | None = None, expected: str | None = None, origin: str = "command"
) -> NamedAuthority:
    """Headquarters names an authority, so that its time stamps are believed on a visit.

    `certificate` is its root or issuing one, PEM or DER; `expected` is the SHA-256 that the authority publishes. Raises `KnownError`
    role-needed, authority-unfit, fingerprint-mismatch.
    """
    place = _headquarters(session, visit)
    authority = read_time_authority(certificate, datetime.datetime.fromtimestamp(session.clock() / 1000, datetime.UTC))
    if expected is not None and "".join(c for c in expected.lower() if c not in ": ") != authority.sha256:
        raise refuse("fingerprint-mismatch")
    return _write(session, place, NamedAuthority(authority), origin)


def withdraw_authority(
    session: Session, word: str, *, visit: EntityId | None = None, reason: str = "", origin: str = "command"
) -> NamedAuthority:
    """Headquarters believes an authority no longer, named by name or fingerprint; what a record names stays proven.

    Raises `KnownError` role-needed, authority-unknown.
    """
    place = _headquarters(session, visit)
    folded = word.casefold().replace(":", "")
    for named in authorities_of(session, place):
        if folded == named.authority.name.casefold() or (len(folded) >= 8 and named.authority.sha256.startswith(folded)):
            return _write(session, place, NamedAuthority(named.authority, True, reason), origin)
    raise refuse("authority-unknown", name=word)


def authorities_of(session: Session, visit: EntityId) -> list[NamedAuthority]:
    """The authorities of a visit as its admin stream stands, by name; only what headquarters alone has said counts."""
    newest: dict[str, tuple[int, bool, NamedAuthority]] = {}
    for record in headquarters_alone(session.store, session.store.list_(KIND, visit=visit), session.trust(visit)):
        named = _read(record)
        if named is not None:
            epoch = record.fields.get("epoch")
            said = (epoch if isinstance(epoch, int) else 0, named.withdrawn, named)
            # Where two officers said different things at once, the withdrawal holds.
            newest[named.authority.sha256] = max(newest.get(named.authority.sha256, said), said, key=lambda s: s[:2])
    return sorted((named for _, _, named in newest.values()), key=lambda n: (n.authority.name, n.authority.sha256))


def every_certificate(session: Session) -> list[bytes]:
    """The certificates (DER) of all authorities that were ever named on a visit here: what a stamp is worth, `stamp_fault` says."""
    return sorted({n.authority.certificate for n in _everywhere(session)})


def stamp_fault(
    session: Session, visit: EntityId | None, verdict: PdfVerdict, named_by: Iterable[object], file: str, also: Iterable[str] = ()
) -> KnownError | None:
    """What the records of the visit say against a time stamp: pdf-stamp-unknown, pdf-stamp-withdrawn; None where there is nothing.

    `named_by` are the SHA-256s of files that headquarters' records name, `also` those of authorities that the reader named. A visit that is
    not known here is judged by what is named on the others. Stamps of an authority that was withdrawn are believed in the files that
    headquarters recorded: the time in a token is the authority's word, and says nothing once that is not believed any more.
    """
    stamp = verdict.stamp
    if stamp is None:
        return None
    named = authorities_of(session, visit) if visit is not None else _everywhere(session)
    ours = [n for n in named if n.authority.sha256 == stamp.anchor_sha256]
    if not ours:
        return None if stamp.anchor_sha256 in set(also) else refuse("pdf-stamp-unknown", file=file)
    if any(n.withdrawn for n in ours) and stamp.revision_sha256 not in set(named_by):
        return refuse("pdf-stamp-withdrawn", file=file, authority=ours[0].authority.name)
    return None


def visit_of(session: Session, summary: VisitSummary) -> EntityId | None:
    """The visit here that a summary is of, by its reference."""
    return next((v.id for v in session.visits() if v.fields.get("reference") == summary.cover.reference), None)


# ------------------------------------------------------------------------------------------------------------- inside


def _everywhere(session: Session) -> list[NamedAuthority]:
    return [named for visit in session.visits() for named in authorities_of(session, visit.id)]


def _headquarters(session: Session, visit: EntityId | None) -> EntityId:
    place = session.visit_or_only(visit)
    if not session.is_headquarters():
        raise refuse("role-needed", role="headquarters")
    return place


def _write(session: Session, visit: EntityId, named: NamedAuthority, origin: str) -> NamedAuthority:
    fields: dict[str, JsonValue] = {
        "name": named.authority.name, "certificate": encode_der(named.authority.certificate), "withdrawn": named.withdrawn,
        "epoch": session.store.epoch(visit) + 1,
    }  # fmt: skip
    if named.reason:
        fields["reason"] = named.reason
    write_admin(session, visit, KIND, fields, origin)
    return named


def _read(record: Record) -> NamedAuthority | None:
    der = decode_der(record.fields.get("certificate"))
    try:
        authority = read_time_authority(der or b"")
    except KnownError:
        return None
    return NamedAuthority(authority, record.fields.get("withdrawn") is True, str(record.fields.get("reason") or ""))
