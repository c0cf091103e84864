"""A time stamp for a confirmed summary: a request that is carried to an authority, and its answer put into the document.

Nothing here connects. What was asked is kept in the vault until the answer comes, so that the answer is to these very bytes.
"""

from __future__ import annotations

import datetime
import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import EntityId
from fieldtool.domain.remarks import Remark
from fieldtool.identity.revocations import LARGEST as LARGEST_LIST
from fieldtool.identity.revocations import read_list
from fieldtool.identity.stamps import LARGEST, NONCE, Stamp, read_stamp, stamp_request
from fieldtool.reports.stamping import PreparedStamp, fill_stamp, issuers_unproven, prepare_stamp
from fieldtool.reports.verdict import Flaw, Level
from fieldtool.reports.verify import verify_pdf
from fieldtool.services.confirming import KeptSummary, ProvenSummary, prove, record_summary
from fieldtool.services.files import read_small, write_whole
from fieldtool.services.revocation_lists import own_list
from fieldtool.services.session import Session
from fieldtool.services.time_authorities import authorities_of

_ASKED = "stamp-asked "  # the setting of a vault that keeps what was asked, by the SHA-256 of the document


@dataclass(frozen=True, slots=True)
class AskedStamp:
    """A request that was written: for which digest, and which authorities may answer it."""

    path: Path
    visit: EntityId
    digest: str
    authorities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StampedSummary:
    """A summary that bears a time stamp, written and recorded."""

    path: Path
    visit: EntityId
    sha256: str
    record_sha256: str
    remarks: tuple[Remark, ...]  # the verdict of our own verifier
    stamped_at: str  # UTC
    authority: str
    level: str
    lacking: bool  # it holds lists for an archive, and they do not prove the stamp
    record: EntityId
    attachment: EntityId


def ask_stamp(session: Session, source: Path, out: Path, lists: Sequence[Path] = ()) -> AskedStamp:
    """Write the request (RFC 3161) for a time stamp over a summary that headquarters confirmed; asked again, the last counts.

    With `lists`, those of revoked certificates by the other issuers, the document shall hold its own proofs for an archive. Raises
    `KnownError` role-needed, summary-unconfirmed, summary-stamped, summary-unrecorded, authority-needed, list-unfit, archive-incomplete,
    and as `prove`.
    """
    proven = _stampable(session, source)
    named = [n.authority.name for n in authorities_of(session, proven.visit) if not n.withdrawn]
    if not named:
        raise refuse("authority-needed")
    prepared, nonce = prepare_stamp(proven.content, _proofs(session, proven, lists, source.name)), session.randomness(NONCE)
    session.desk.set_setting(_ASKED + proven.sha256, _packed(prepared, nonce))
    write_whole(out, stamp_request(prepared.digest, nonce))
    return AskedStamp(out, proven.visit, prepared.digest.hex(), tuple(named))


def add_stamp(session: Session, source: Path, answer: Path, out: Path, *, origin: str = "headquarters") -> StampedSummary:
    """Put an authority's answer into the summary it was asked for, write and keep it, and record it.

    Raises `KnownError` stamp-not-asked, stamp-unreadable, stamp-refused, stamp-of-another, stamp-stale, stamp-unknown, stamp-early,
    stamp-unfit, file-exists (the file itself), and as `ask_stamp`; then nothing is written or recorded.
    """
    if out.exists() and out.samefile(source):
        raise refuse("file-exists", file=out.name)
    proven = _stampable(session, source)
    asked = session.desk.setting(_ASKED + proven.sha256)
    if asked is None:
        raise refuse("stamp-not-asked", file=source.name)
    prepared, nonce = _unpacked(asked)
    believed = [n.authority.certificate for n in authorities_of(session, proven.visit) if not n.withdrawn]
    stamp = read_stamp(read_small(answer, LARGEST), prepared.digest, nonce, believed, answer.name)
    content = fill_stamp(proven.content, prepared, stamp.token)
    _demand(session, content, believed, stamp, source.name, answer.name)
    write_whole(out, content)
    at = stamp.at.isoformat().replace("+00:00", "Z")
    stamped, record, kept = record_summary(session, out, content, stamp.signer, at, label="stamp", origin=origin)
    session.desk.set_setting(_ASKED + proven.sha256, None)
    return _told(out, stamped, prepared, stamp, at, record, kept)


# ------------------------------------------------------------------------------------------------------------- inside


def _stampable(session: Session, source: Path) -> ProvenSummary:
    if not session.is_headquarters():
        raise refuse("role-needed", role="headquarters")
    proven = prove(session, source.name, read_small(source))
    if not proven.verdict.confirmed:
        raise refuse("summary-unconfirmed", file=source.name)
    if proven.verdict.stamp is not None:
        raise refuse("summary-stamped", file=source.name)
    if not proven.named:
        raise refuse("summary-unrecorded", file=source.name)
    return proven


def _proofs(session: Session, proven: ProvenSummary, files: Sequence[Path], name: str) -> list[bytes]:
    """Our own list and the others', once they prove the signatures; none where no archive is wanted."""
    if not files:
        return []
    lists = [own_list(session), *(read_list(read_small(file, LARGEST_LIST), file.name) for file in files)]
    now = datetime.datetime.fromtimestamp(session.clock() / 1000, datetime.UTC)
    unproven = issuers_unproven(proven.content, session.lineage.ders if session.lineage else (), lists, now)
    if unproven:
        raise refuse("archive-incomplete", file=name, names=", ".join(unproven))
    return lists


def _demand(session: Session, content: bytes, believed: Sequence[bytes], stamp: Stamp, file: str, answer: str) -> None:
    """The stamped document has to be proven before anybody sees it."""
    verdict = verify_pdf(content, session.lineage.ders if session.lineage else (), authorities_der=believed)
    if Flaw.STAMP_TIME in verdict.flaws:
        raise refuse("stamp-early", at=f"{stamp.at:%Y-%m-%d %H:%M}", file=file)
    if not verdict.proven:
        raise refuse("stamp-unfit", file=answer, reason="it is of a kind that verifiers refuse")


def _told(
    out: Path, stamped: ProvenSummary, prepared: PreparedStamp, stamp: Stamp, at: str, record: EntityId, kept: KeptSummary
) -> StampedSummary:
    verdict = stamped.verdict
    return StampedSummary(
        out, stamped.visit, stamped.sha256, verdict.record_sha256, verdict.remarks, at, stamp.signer, str(verdict.level),
        prepared.proofs and verdict.level is not Level.ARCHIVED, record,
        kept.attachment or EntityId(""),
    )  # fmt: skip


def _packed(prepared: PreparedStamp, nonce: bytes) -> str:
    tail = b64encode(zlib.compress(prepared.tail)).decode()  # most of it is empty room
    return json.dumps(
        {
            "tail": tail,
            "digest": prepared.digest.hex(),
            "start": prepared.start,
            "end": prepared.end,
            "proofs": prepared.proofs,
            "nonce": nonce.hex(),
        }
    )


def _unpacked(text: str) -> tuple[PreparedStamp, bytes]:
    kept = json.loads(text)
    tail = zlib.decompress(b64decode(kept["tail"]))
    return PreparedStamp(tail, bytes.fromhex(kept["digest"]), kept["start"], kept["end"], kept["proofs"]), bytes.fromhex(kept["nonce"])
