"""`authority …`, `hq stamp-request`, `hq stamp`: whose time stamps are believed, and how one gets into a summary without a connection."""

from __future__ import annotations

from pathlib import Path

from fieldtool.cli.edge import Call
from fieldtool.cli.people import visit_of
from fieldtool.cli.vaults import opened, passphrase_of
from fieldtool.services import files, records, revocation_lists, time_authorities
from fieldtool.services.time_authorities import NamedAuthority

_DAYS = revocation_lists.DAYS


def name(call: Call) -> int:
    """`fieldtool authority add CERT.pem`."""
    asked = call.arguments
    certificate = files.read_small(asked.certificate)
    with opened(call) as session:
        named = time_authorities.name_authority(session, certificate, visit=visit_of(session, asked.visit), expected=asked.expect)
    _tell(call, "Time stamps of {name} are believed on this visit. Compare its SHA-256 with what it publishes: {digits}", named)
    return 0


def show(call: Call) -> int:
    """`fieldtool authority list`."""
    with opened(call) as session:
        named = time_authorities.authorities_of(session, visit_of(session, call.arguments.visit))
    call.terminal.table(
        ("Name", "State", "SHA-256", "Reason"),
        [(n.authority.name, "withdrawn" if n.withdrawn else "valid", n.authority.sha256, n.reason) for n in named],
        widest=64,  # the digits, which people compare: none may be cut off
    )
    call.terminal.answer({"authorities": [_json(n) for n in named], "total": len(named)})
    return 0


def withdraw(call: Call) -> int:
    """`fieldtool authority withdraw NAME`."""
    asked = call.arguments
    with opened(call) as session:
        place = visit_of(session, asked.visit)
        named = time_authorities.withdraw_authority(session, asked.authority, visit=place, reason=asked.reason)
    _tell(call, "Time stamps of {name} are believed only in files that are recorded here until now ({digits}).", named)
    return 0


def ask(call: Call) -> int:
    """`fieldtool hq stamp-request SUMMARY.pdf`."""
    from fieldtool.services import stamping  # pyHanko takes half a second to import

    asked = call.arguments
    with opened(call) as session:
        done = stamping.ask_stamp(session, asked.summary, asked.out, asked.list)
        reference = str(records.get_record(session, done.visit).fields.get("reference"))
    call.terminal.tell("{path}: carry it to a machine with a connection, send it to one of: {names}", path=done.path,
                       names=", ".join(done.authorities))  # fmt: skip
    call.terminal.tell("Bring back the answer for “hq stamp”. The request holds a digest and no word of the summary.")
    call.terminal.answer({"file": str(done.path), "visit": reference, "digest": done.digest, "authorities": list(done.authorities)})
    return 0


def revocations(call: Call) -> int:
    """`fieldtool hq revocations`."""
    out = call.arguments.out
    with opened(call) as session:
        files.write_whole(out, revocation_lists.own_list(session))
    return _told_list(call, out)


def root_revocations(call: Call) -> int:
    """`fieldtool root revocations`."""
    out = call.arguments.out
    with opened(call) as session:
        passphrase = passphrase_of(call, "Passphrase of the organisation's root key: ")
        files.write_whole(out, revocation_lists.root_list(session, passphrase))
    return _told_list(call, out)


def stamp(call: Call) -> int:
    """`fieldtool hq stamp SUMMARY.pdf --response FILE.tsr`."""
    from fieldtool.services import stamping

    asked = call.arguments
    with opened(call) as session:
        done = stamping.add_stamp(session, asked.summary, asked.response, asked.out)
        reference = str(records.get_record(session, done.visit).fields.get("reference"))
    call.terminal.tell("{path}: {sentence}", path=done.path, sentence=call.terminal.sentence(done.remarks))
    if done.lacking:
        call.terminal.warn("The lists inside do not prove the time stamp itself: a list of its authority is missing or out of date.")
    call.terminal.tell("Export a bundle, so that the team has it.")
    call.terminal.answer(
        {
            "file": str(done.path),
            "visit": reference,
            "sha256": done.sha256,
            "record_sha256": done.record_sha256,
            "authority": done.authority,
            "stamped_at": done.stamped_at,
            "level": done.level,
            "record": done.record,
            "attachment": done.attachment,
        }
    )
    return 0


def _told_list(call: Call, out: Path) -> int:
    call.terminal.tell("{path}: for “hq stamp-request --list”; a stamp has to be fetched within {days} days.", path=out, days=_DAYS)
    call.terminal.answer({"file": str(out), "days": _DAYS})
    return 0


def _tell(call: Call, sentence: str, named: NamedAuthority) -> None:
    call.terminal.tell(sentence, name=named.authority.name, digits=named.authority.sha256)
    call.terminal.answer({"authority": _json(named)})


def _json(named: NamedAuthority) -> dict[str, object]:
    return {"name": named.authority.name, "sha256": named.authority.sha256, "withdrawn": named.withdrawn, "reason": named.reason}
