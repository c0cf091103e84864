"""Alarms on the command line: what happened to whose vault, and what to do; they are warnings and change no exit code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from fieldtool.cli.terminal import Terminal
from fieldtool.services.alarms import Alarm, AlarmKind

BEHIND = (
    "This vault lacks what it had: it was restored from a backup, or a copy of it went on elsewhere. It goes on under new numbers; "
    "ask a colleague for a bundle made with --everything."
)
_SENTENCES = {
    AlarmKind.FORKED: (
        "Two copies of the vault of {name} ({installation}) are in use; what both wrote is kept. "
        "Ask {name} to go on with one, to hand over what the other has, and to wipe it."
    ),
    AlarmKind.RESTORED: (
        "The vault of {name} ({installation}) was restored from a backup and lacks {parts} parts that are here: "
        "send a bundle with --everything."
    ),
    AlarmKind.BEHIND: BEHIND,
    AlarmKind.MOVED: (
        "This vault was not open on this computer before. If another copy of it is in use, go on with one of them only, "
        "and wipe the other."
    ),
}


def warn(terminal: Terminal, alarms: Iterable[Alarm]) -> None:
    """Say each alarm on standard error, but for the one that every command begins with."""
    for alarm in alarms:
        if alarm.kind is AlarmKind.BEHIND:
            continue
        terminal.warn(_SENTENCES[alarm.kind], name=alarm.name or alarm.words, installation=alarm.installation or "–", parts=alarm.parts)


def alarm_json(alarm: Alarm) -> dict[str, object]:
    """An alarm as `--json` shows it."""
    return asdict(alarm)
