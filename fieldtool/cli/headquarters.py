"""`hq …`: the inbox of headquarters and what is still missing; with --database on PostgreSQL, with the keys of the officer's vault."""

from __future__ import annotations

from dataclasses import asdict

from fieldtool.cli.alarms import alarm_json, warn
from fieldtool.cli.edge import Call
from fieldtool.cli.importing import result_json, tell_result
from fieldtool.cli.vaults import chosen_passphrase, may_ask, opened, passphrase_of
from fieldtool.domain.errors import refuse
from fieldtool.services import alarms, escrow, hq, importing, records


def take(call: Call) -> int:
    """`fieldtool hq import INBOX…`."""
    asked = call.arguments
    with opened(call) as session:
        inbox = hq.import_inbox(session, asked.paths, receipts=asked.receipts, progress=call.terminal.bar())
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
        countries, told = hq.countries(session, states), alarms.alarms(session)
        references = {v.id: str(v.fields.get("reference")) for v in session.visits()}
    call.terminal.table(
        ("country", "visits", "senders", "silent", "missing", "unconfirmed"),
        [(c.country, ", ".join(c.visits), *map(str, (c.senders, c.silent, c.missing, c.unconfirmed))) for c in countries],
    )
    rows = [
        (references.get(s.visit, s.visit), s.name, ", ".join(map(str, s.bundles)), str(s.missing), str(s.unconfirmed), _last(s))
        for s in states
    ]
    call.terminal.table(("visit", "sender", "bundles", "missing", "unconfirmed", "last"), rows)
    warn(call.terminal, told)
    for state in states:
        if state.gaps:
            call.terminal.warn("Bundle {numbers} of {name} has not come.", numbers=", ".join(map(str, state.gaps)), name=state.name)
        if state.holders:
            call.terminal.warn("These have parts of {name} that are missing here: {names}", name=state.name, names=", ".join(state.holders))
        if state.receipt_due:
            call.terminal.tell("{name} has no receipt yet for what came last.", name=state.name)
    call.terminal.answer(
        {
            "senders": [
                {
                    "visit": references.get(s.visit, s.visit),
                    "name": s.name,
                    "bundles": list(s.bundles),
                    "not_come": list(s.gaps),
                    "missing": s.missing,
                    "holders": list(s.holders),
                    "unconfirmed": s.unconfirmed,
                    "receipt_due": s.receipt_due,
                    "last": _last(s) or None,
                }
                for s in states
            ],
            "countries": [asdict(c) for c in countries],
            "alarms": [alarm_json(a) for a in told],
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
    call.terminal.tell("{path}: {sentence}", path=done.path, sentence=call.terminal.sentence(done.remarks))
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


def unseal(call: Call) -> int:
    """`fieldtool hq unseal`: the key file of a sealed vault as it was before the seal."""
    asked = call.arguments
    with opened(call) as session:
        name = escrow.unseal(session, asked.keys, asked.out)
    call.terminal.tell("{path}: for {name}, who takes it in with “recover --keys” and their passphrase.", path=asked.out, name=name)
    call.terminal.tell("Send it when the border is behind them: with it the passphrase opens the vault.")
    call.terminal.answer({"file": str(asked.out), "name": name})
    return 0


def recover(call: Call) -> int:
    """`fieldtool hq recover`: a new passphrase for a vault, by the copy of its key that its holder left."""
    asked = call.arguments
    if asked.new_passphrase_file is None and not may_ask(call):
        raise refuse("passphrase-missing")  # the officer's own is not meant
    with opened(call) as session:
        chosen = chosen_passphrase(call, asked.new_passphrase_file)
        made = escrow.recover(session, asked.folder, asked.copy, chosen)
    call.terminal.tell("The vault of {name} has a new passphrase: {changes} changes can be read.", name=made.name, changes=made.changes)
    call.terminal.tell("Its signing key is new and has no card: nobody can go on in the holder's name.")
    call.terminal.answer({"name": made.name, "changes": made.changes})
    return 0


def limit(call: Call) -> int:
    """`fieldtool hq limit ROLE`: which visits a role of the server reads."""
    asked = call.arguments
    with opened(call) as session:
        if asked.role is not None:
            hq.limit_role(session, asked.role, asked.visit)
        roles = hq.limited_roles(session)
    if asked.role is not None and not asked.visit:
        call.terminal.tell("The database's role {role} reads nothing any more.", role=asked.role)
    for role, visits in roles.items():
        call.terminal.tell("The database's role {role} reads: {visits}", role=role, visits=", ".join(visits))
    call.terminal.answer({"roles": roles})
    return 0


def _last(state: hq.SenderState) -> str:
    return records.utc(state.last_at) if state.last_at else ""
