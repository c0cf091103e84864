"""What is interrupted: autosave, import, export and backup as a person starts them, telling what they have acknowledged; judges nothing.

`Teller.begin(key, value)` is said before a change is asked for, `Teller.done(key, value)` after the service has returned.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from fieldtool.domain.errors import KnownError
from fieldtool.services import exchange, importing, recording, records, upkeep
from fieldtool.services.recording import Spoken
from fieldtool.services.session import Session
from tests.campaigns.stage import THEIRS, Stage, words

DRAFT = "draft"
NOTES = 3  # that are written before an export


class Teller(Protocol):
    """Who is told what was asked for, and what was acknowledged."""

    def begin(self, key: str, value: str) -> None:
        """A change is asked for."""

    def done(self, key: str, value: str) -> None:
        """It was acknowledged."""


@contextmanager
def _told(tell: Teller, key: str, value: str) -> Iterator[None]:
    tell.begin(key, value)
    yield
    tell.done(key, value)


def autosave(session: Session, stage: Stage, tell: Teller, tag: str, times: int, chance: random.Random) -> None:
    """Half-written words are kept, filed as a note, and the note is corrected letter by letter; `times` rounds of it."""
    for n in range(times):
        for typed in range(6):
            with _told(tell, DRAFT, f"{tag}-{n}-{typed}"):
                recording.keep_draft(session, DRAFT, f"{tag}-{n}-{typed} {words(chance)}")
        name = f"note:{tag}-{n}"
        with _told(tell, name, "0"):
            filed = recording.file_note(session, stage.meeting, Spoken(f"{tag}-{n} 0 {words(chance)}"), origin="campaign").id
        base = {"text": records.get_record(session, filed).heads["text"]}
        for typed in range(1, 20):
            with _told(tell, name, str(typed)):
                said = {"text": f"{tag}-{n} {typed} {words(chance)}"}
                records.edit_record(session, filed, said, base=base, origin="campaign", label="save-note")
        while session.store.index_pending(50):
            pass


def take_in(session: Session, letter: Path, tell: Teller, key: str) -> None:
    """A colleague's file is imported."""
    with _told(tell, key, "whole"):
        importing.import_file(session, letter)


def send(session: Session, stage: Stage, path: Path, tell: Teller, tag: str, chance: random.Random) -> None:
    """Some notes are written, and everything that the colleague has not confirmed is exported."""
    for n in range(NOTES):
        with _told(tell, f"note:{tag}-{n}", "0"):
            recording.file_note(session, stage.meeting, Spoken(f"{tag}-{n} 0 {words(chance)}"), origin="campaign")
    with _told(tell, f"file:{path.name}", "whole"):
        exchange.export_bundle(session, path, to=[THEIRS])


def back_up(session: Session, path: Path, tell: Teller, tag: str, chance: random.Random) -> None:
    """A backup is made while somebody goes on typing. Raises what either of the two met, the backup's own first."""
    enough = threading.Event()
    met: list[KnownError] = []

    def type_on() -> None:
        n = 0
        while not enough.is_set():
            n += 1
            try:
                with _told(tell, DRAFT, f"{tag}-0-{n}"):
                    recording.keep_draft(session, DRAFT, f"{tag}-0-{n} {words(chance)}")
            except KnownError as error:
                met.append(error)

    typing = threading.Thread(target=type_on, name="typing")
    typing.start()
    try:
        with _told(tell, f"file:{path.name}", "whole"):
            upkeep.back_up(session, path)
    finally:
        enough.set()
        typing.join()
    if met:
        raise met[0]


Deed = Callable[[Session, Teller], None]
