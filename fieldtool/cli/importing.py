"""`import`: files and folders in, each reported, the good ones taken whatever the others are; it recognises nothing itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fieldtool.cli.alarms import alarm_json, warn
from fieldtool.cli.edge import Call
from fieldtool.cli.terminal import Terminal
from fieldtool.cli.vaults import may_ask, opened
from fieldtool.domain.errors import refuse
from fieldtool.services import importing

if TYPE_CHECKING:
    from fieldtool.services.importing import Imported
    from fieldtool.services.session import Session

_BROUGHT = "{file}: bundle {n} of {sender}: {changes} new changes, {conflicts} more conflicts, {proposals} proposals, {held} held."
_WOULD_BRING = (
    "{file}: bundle {n} of {sender} would bring {changes} new changes, {conflicts} conflicts, {proposals} proposals, {held} held."
)


def take(call: Call) -> int:
    """`fieldtool import FILE|FOLDER…`."""
    asked = call.arguments
    if asked.undo is not None:
        return _undo(call, asked.undo)
    if not asked.paths:
        raise refuse("file-unreadable", file="…", reason="no file was named")
    with opened(call) as session:
        done = []
        for path in asked.paths:
            for result in _import(call, session, path, asked.expect_root):
                tell_result(call.terminal, result, dry_run=asked.dry_run)
                done.append(result)
    call.terminal.answer({"files": [result_json(r) for r in done], "dry_run": asked.dry_run})
    return importing.worst(done)


def _undo(call: Call, number: int) -> int:
    with opened(call) as session:
        touched = importing.undo_import(session, number)
    call.terminal.tell("What bundle {number} brought is set aside: {count} changes.", number=number, count=touched.changes)
    call.terminal.answer({"undone": number, "changes": touched.changes})
    return 0


def _import(call: Call, session: Session, path: Path, expect_root: str | None) -> list[Imported]:
    asked = call.arguments
    most = None if asked.accept_conflicts else importing.MOST_CONFLICTS
    done = importing.import_paths(
        session, [path], expect_root=expect_root, dry_run=asked.dry_run, report=asked.report, most_conflicts=most,
        progress=call.terminal.bar(),
    )  # fmt: skip
    uncompared = [r for r in done if r.error is not None and r.error.code == "root-not-compared"]
    if not uncompared or expect_root is not None or not may_ask(call):
        return done
    error = uncompared[0].error
    if error is None or not _compared(call.terminal, str(error.values["words"])):
        return done
    again = importing.import_paths(
        session,
        [r.path for r in uncompared],
        expect_root=str(error.values["fingerprint"]),
        dry_run=asked.dry_run,
        report=asked.report,
        most_conflicts=most,
        progress=call.terminal.bar(),
    )
    replaced = {r.path: r for r in again}
    return [replaced.get(r.path, r) for r in done]


def _compared(terminal: Terminal, words: str) -> bool:
    """Whether a person says that the organisation's words are the ones headquarters read out."""
    terminal.warn(
        "This file comes from an organisation that this vault does not know yet. Call headquarters; they must read out these words:"
    )
    terminal.warn("    {words}", words=words)
    return agreed(terminal, "Are they the same? Type yes: ")


def agreed(terminal: Terminal, question: str) -> bool:
    """Whether a person answers yes; the question goes to standard error, so that a result can be piped."""
    print(terminal.words(question), end="", file=terminal.err, flush=True)
    return sys.stdin.readline().strip().casefold() in ("yes", "y", "да", "д")


def tell_result(terminal: Terminal, result: Imported, *, dry_run: bool = False) -> None:
    """One file's outcome in a line or two: on standard error where it was refused."""
    name = result.path.name
    if result.error is not None:
        terminal.refuse(result.error, name)
        return
    warn(terminal, result.forks)
    if result.succeeded:
        terminal.warn(
            "{file}: the organisation has a new root, named by the one that this vault knows. Its words now: {words}",
            file=name, words=result.succeeded,
        )  # fmt: skip
    if result.kind == "request":
        terminal.tell(
            "{file}: identity request of {name}. Compare these words by voice, then “people add”: {words}", file=name, **result.detail
        )
    elif result.kind == "sheet":
        _tell_sheet(terminal, result, dry_run)
    elif result.kind == "summary":
        _tell_summary(terminal, result)
    elif result.kind == "receipt":
        terminal.tell("{file}: receipt {n} of {sender} noted.", file=name, n=result.n, sender=result.sender)
    elif result.known:
        terminal.tell("{file}: bundle {n} of {sender}; everything in it was here already.", file=name, n=result.n, sender=result.sender)
    else:
        terminal.tell(
            _WOULD_BRING if dry_run else _BROUGHT,
            file=name,
            n=result.n,
            sender=result.sender,
            changes=result.changes,
            conflicts=max(0, result.conflicts),
            proposals=result.proposals,
            held=result.held,
        )
    if result.newer:
        terminal.warn(
            "{file}: {newer} of the held parts can be read by a newer version only; they are kept and handed on. Install it.",
            file=name, newer=result.newer,
        )  # fmt: skip


def _tell_summary(terminal: Terminal, result: Imported) -> None:
    facts, name = result.detail, result.path.name
    holds = facts["holds"] if isinstance(facts["holds"], dict) else {}
    terminal.tell(
        "{file}: {edition} summary of {reference} ({language}), signed by {signer}: {meetings} meetings, "
        "{recommendations} recommendations, {notes} notes, {actions} action points.",
        file=name,
        **{k: facts[k] for k in ("edition", "reference", "language", "signer")},
        **{k: holds[k] for k in ("meetings", "recommendations", "notes", "actions")},
    )
    terminal.tell("Confirmed by headquarters." if facts["confirmed"] else "Not yet confirmed by headquarters.")
    if facts["recorded"]:
        terminal.tell("The records here name this very summary as signed.")
    else:
        terminal.warn("{file}: proven, but no record here names it: import the head's newest bundle, then compare.", file=name)
    if result.known:
        terminal.tell("It was kept here already.")


def _tell_sheet(terminal: Terminal, result: Imported, dry_run: bool) -> None:
    sheet = result.sheet
    if sheet is None:
        return
    preview = sheet.preview
    terminal.tell("{file}: {form}, {count} recommendations.", file=preview.file, form=preview.read_as, count=len(preview.recommendations))
    if dry_run:
        rows = [(c.letter, c.heading, c.taken_as or "–", c.why.text(terminal.language)) for c in preview.columns]
        terminal.table(("column", "heading", "taken as", "why"), rows)
    for remark in preview.remarks:
        line = str(remark.line or "") if not preview.paged or not remark.line else terminal.words("page {number}", number=remark.line)
        place = ", ".join(filter(None, (remark.sheet, line))) or preview.file
        terminal.warn("{place}: {remark}", place=place, remark=remark.saying.text(terminal.language))
    if not dry_run:
        terminal.tell(
            "{added} added to {report}, {known} were there already.", added=len(sheet.added), report=sheet.reference, known=sheet.known
        )


def result_json(result: Imported) -> dict[str, object]:
    """One file's outcome as `--json` shows it."""
    error = result.error
    found: dict[str, object] = {
        "file": str(result.path),
        "type": result.kind,
        "sender": result.sender,
        "n": result.n,
        "visit": result.visit,
        "changes": result.changes,
        "known": result.known,
        "conflicts": result.conflicts,
        "proposals": result.proposals,
        "held": result.held,
        "newer": result.newer,
        "new_root": result.succeeded,
        "alarms": [alarm_json(a) for a in result.forks],
        "exit_code": int(error.exit_code) if error else 0,
        "error": {"code": error.code, "what": error.what, "next": error.next_step} if error else None,
    }
    if result.detail:
        found["detail"] = dict(result.detail)
    return found
