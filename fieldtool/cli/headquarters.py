"""`hq …`: the inbox of headquarters and what is still missing; with --database on PostgreSQL, with the keys of the officer's vault."""

from __future__ import annotations

from fieldtool.cli.edge import Call
from fieldtool.cli.importing import result_json, tell_result
from fieldtool.cli.vaults import opened, passphrase_of
from fieldtool.services import hq, importing, records


def take(call: Call) -> int:
    """`fieldtool hq import INBOX…`."""
    asked = call.arguments
    with opened(call) as session:
        inbox = hq.import_inbox(session, asked.paths, receipts=asked.receipts)
    for result in inbox.files:
        tell_result(call.terminal, result)
    for path in inbox.receipts:
        call.terminal.tell("{path}: receipt written.", path=path)
    call.terminal.answer({"files": [result_json(r) for r in inbox.files], "receipts": [str(p) for p in inbox.receipts]})
    return importing.worst(inbox.files)


def status(call: Call) -> int:
    """`fieldtool hq status`."""
    with opened(call) as session:
        states = hq.status(session)
        references = {v.id: str(v.fields.get("reference")) for v in session.visits()}
    rows = [
        (references.get(s.visit, s.visit), s.name, ", ".join(map(str, s.bundles)), str(s.missing), records.utc(s.last_at)) for s in states
    ]
    call.terminal.table(("visit", "sender", "bundles", "missing", "last"), rows)
    for state in states:
        if gaps := _gaps(state.bundles):
            call.terminal.warn("Bundle {numbers} of {name} has not come.", numbers=", ".join(map(str, gaps)), name=state.name)
    call.terminal.answer(
        {
            "senders": [
                {
                    "visit": references.get(s.visit, s.visit),
                    "name": s.name,
                    "bundles": list(s.bundles),
                    "not_come": _gaps(s.bundles),
                    "missing": s.missing,
                    "last": records.utc(s.last_at),
                }
                for s in states
            ],
            "total": len(states),
        }
    )
    return 0


def confirm(call: Call) -> int:
    """`fieldtool hq confirm SUMMARY.pdf`."""
    from fieldtool.services import confirming

    asked = call.arguments
    with opened(call) as session:
        passphrase = passphrase_of(call, "Passphrase, to sign: ")
        done = confirming.confirm_summary(session, asked.summary, asked.out, passphrase)
        reference = str(records.get_record(session, done.visit).fields.get("reference"))
    call.terminal.tell("{path}: {sentence}", path=done.path, sentence=done.sentence)
    call.terminal.tell("The visit {reference} is confirmed; export a bundle, so that the team has it.", reference=reference)
    call.terminal.answer(
        {
            "file": str(done.path),
            "visit": reference,
            "sha256": done.sha256,
            "record_sha256": done.record_sha256,
            "record": done.record,
            "attachment": done.attachment,
        }
    )
    return 0


def _gaps(numbers: tuple[int, ...]) -> list[int]:
    return sorted(set(range(min(numbers, default=1), max(numbers, default=0))) - set(numbers))
