"""`backup`, `restore`, `recover`, `check`, `seal` and `wipe`: keeping a vault and letting it go."""

from __future__ import annotations

import getpass
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from fieldtool.cli.alarms import alarm_json, warn
from fieldtool.cli.edge import Call
from fieldtool.cli.importing import agreed
from fieldtool.cli.vaults import folder_of, may_ask, new_passphrase, opened, passphrase_of, text_of
from fieldtool.domain.errors import ExitCode, refuse
from fieldtool.services import alarms, escrow, upkeep, vaults

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldtool.cli.terminal import Terminal
    from fieldtool.services.upkeep import Backup, DamagedPart


def backup(call: Call) -> int:
    """`fieldtool backup FILE`."""
    with opened(call) as session:
        made = upkeep.back_up(session, call.arguments.out)
    _tell_backup(call, "{path} is written and was opened again: {records} records, {changes} changes, {attachments} attachments.", made)
    return 0


def restore(call: Call) -> int:
    """`fieldtool restore FILE`."""
    made = upkeep.restore(call.arguments.file, folder_of(call), passphrase_of(call))
    sentence = "The vault is as it was in {path}: {records} records, {changes} changes, {attachments} attachments."
    _tell_backup(call, sentence, made)
    if made.kept_before:
        call.terminal.tell("The database that was there lies beside it.")
    return 0


def recover(call: Call) -> int:
    """`fieldtool recover`: reopen a sealed vault, or a new passphrase, by the recovery sheet."""
    folder, asked = folder_of(call), call.arguments.sheet_file
    vaults.owner_of(folder)
    if call.arguments.keys is not None:
        escrow.take_back(folder, call.arguments.keys, passphrase_of(call))
        call.terminal.tell("The vault is open again for its passphrase.")
        call.terminal.answer({"recovered": "seal"})
        return 0
    if asked is not None:
        typed = text_of(asked)
    elif may_ask(call):
        typed = getpass.getpass(call.terminal.words("Groups of the recovery sheet: "), stream=sys.stderr)
    else:
        raise refuse("wrong-recovery")
    groups = upkeep.groups_in(typed)
    if upkeep.is_sealed(folder):
        upkeep.reopen(folder, groups)
        call.terminal.tell("The vault is open again for its passphrase.")
        call.terminal.answer({"recovered": "seal"})
        return 0
    vaults.unlock_with_recovery(folder, groups).close()
    if not call.arguments.new_keys:
        if not may_ask(call):
            raise refuse("keys-would-change")
        call.terminal.warn("This vault is not sealed. It gets a new passphrase and new signing keys: headquarters has to give a new card.")
        if not agreed(call.terminal, "Make them? Type yes: "):
            raise refuse("cancelled")
    vaults.renew_passphrase(folder, groups, new_passphrase(call))
    call.terminal.tell("The vault has a new passphrase. Its signing key is new, too: send a new identity request to headquarters.")
    call.terminal.answer({"recovered": "passphrase"})
    return 0


def check(call: Call) -> int:
    """`fieldtool check`; what is derived is repaired; 3 when something stays damaged."""
    with opened(call) as session:
        found, told = upkeep.check(session, mend=True), alarms.alarms(session)
    terminal, leaving = call.terminal, found.departure
    warn(terminal, told)
    for repaired in found.repaired:
        terminal.tell("Repaired: {fault}", fault=repaired)
    for fault in found.faults:
        terminal.warn("Damaged: {fault}", fault=fault)
    _tell_damaged(terminal, found.damaged)
    if not found.faults:
        terminal.tell(
            "The vault is whole: {changes} changes, {sealed} sealed parts; keys work.", changes=found.changes, sealed=found.sealed
        )
    for kind, count in found.counts.items():
        if count:
            terminal.tell("{count} {kind}", count=count, kind=kind)
    for reference in leaving.unconfirmed:
        terminal.warn("Headquarters has not confirmed everything of {visit}.", visit=reference)
    for sentence, count in _leaving(leaving):
        if count:
            terminal.warn(sentence, count=count)
    terminal.answer({**asdict(found), "whole": not found.faults, "alarms": [alarm_json(a) for a in told]})
    return ExitCode.NOT_AUTHENTIC if found.faults else ExitCode.DONE


def _leaving(leaving: upkeep.Departure) -> list[tuple[str, int]]:
    return [
        ("{count} half-written texts are kept as drafts.", leaving.unsaved),
        ("{count} conflicts are open.", leaving.conflicts),
        ("{count} files are in quarantine.", leaving.quarantined),
    ]


def _tell_damaged(terminal: Terminal, damaged: Iterable[DamagedPart]) -> None:
    """Whose bundle would repair a damaged part."""
    for part in damaged:
        terminal.warn("Part {part} was written by {author} on {visit}.", part=part.part, author=part.author, visit=part.visit)
        if part.holders:
            names = ", ".join(part.holders)
            terminal.warn("Import a bundle made with “export bundle --everything” by one of these people: {names}", names=names)
        else:
            terminal.warn("Nobody is known to have it as well: ask its author and headquarters, or restore a backup.")


def seal(call: Call) -> int:
    """`fieldtool seal`."""
    with opened(call) as session:
        upkeep.seal_vault(session)
    call.terminal.tell("The vault is sealed: the passphrase opens nothing until the recovery sheet or headquarters has helped.")
    call.terminal.answer({"sealed": True})
    return 0


def leave_copy(call: Call) -> int:
    """`fieldtool escrow OUT`: a copy of the vault's key for headquarters."""
    out = call.arguments.out
    with opened(call) as session:
        names = escrow.leave_copy(session, out)
    terminal = call.terminal
    terminal.tell("{path}: a copy of this vault's key, which these people can use: {names}", path=out, names=", ".join(names))
    terminal.tell("With it they open all data of this vault, private notes included. They cannot sign in your name.")
    terminal.answer({"file": str(out), "readers": list(names)})
    return 0


def wipe(call: Call) -> int:
    """`fieldtool wipe`."""
    folder = folder_of(call)
    with opened(call) as session:
        unsafe = upkeep.departure(session).unconfirmed
        owner = session.name
    if unsafe and not call.arguments.unconfirmed:
        raise refuse("wipe-unconfirmed", visits=", ".join(unsafe))
    if not call.arguments.yes:
        if not may_ask(call):
            raise refuse("cancelled")
        call.terminal.warn("This removes the vault of {name} in {folder} for good, private notes included.", name=owner, folder=folder)
        if not agreed(call.terminal, "Remove it? Type yes: "):
            raise refuse("cancelled")
    removed = upkeep.wipe(folder)
    call.terminal.tell("The vault is gone.")
    call.terminal.answer({"removed": removed})
    return 0


def _tell_backup(call: Call, sentence: str, made: Backup) -> None:
    call.terminal.tell(sentence, path=made.path, records=made.records, changes=made.changes, attachments=made.attachments)
    call.terminal.answer({**asdict(made), "path": str(made.path)})
