"""Runs in a process of its own: fills a vault with canaries in every text field of every kind, works with it, and ends as it is told.

    python leaking.py FOLDER close|kill        writes FOLDER/vault and FOLDER/canaries.json
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from fieldtool.domain.fields import FieldSpec, Shape
from fieldtool.domain.ids import EntityId
from fieldtool.domain.schema import RECORD_KINDS
from fieldtool.services import attachments, records, vaults
from fieldtool.services.session import Session
from fieldtool.services.vocabularies import load_vocabularies

SCRIPTS = {"latin": "Canary", "russian": "Канарейка", "kazakh": "Қанарейкаәіңғүұқөһ"}
PASSPHRASE = "a passphrase for canaries only"


class Aviary:
    """Makes canaries and remembers them."""

    def __init__(self) -> None:
        self.canaries: list[str] = []

    def text(self, kind: str, field: str) -> str:
        """One canary of each script, unique to its field."""
        name = f"{kind}{field}".replace("_", "")
        made = [f"{word}{name}{len(self.canaries) + n}x" for n, word in enumerate(SCRIPTS.values())]
        self.canaries += made
        return " ".join(made)

    def value(self, kind: str, field: FieldSpec) -> Any:
        """A value with canaries for a field that holds words of people; None for others."""
        match field.shape:
            case Shape.TEXT | Shape.WORD:
                return self.text(kind, field.name)
            case Shape.WORDS:
                return [self.text(kind, field.name)]
            case Shape.NAMES:
                return {"en": self.text(kind, field.name), "ru": self.text(kind, field.name)}
            case Shape.PARTS:
                return {"1": {"text": self.text(kind, field.name)}}
            case _:
                return None


def fill(session: Session) -> list[str]:
    """A record of every kind with canaries in every field that can hold them; a draft and an attachment, too."""
    aviary, vocabularies = Aviary(), load_vocabularies()
    made: dict[str, EntityId] = {}
    for spec in sorted(RECORD_KINDS, key=lambda k: k.name != "visit"):
        wanted: dict[str, Any] = {}
        for field in spec.fields:
            value = aviary.value(spec.name, field)
            if value is not None:
                wanted[field.name] = value
            elif field.required:
                wanted[field.name] = _plain(field, made, vocabularies)
        visit = None if spec.name == "visit" else made["visit"]
        made[spec.name] = records.add_records(session, spec.name, [wanted], visit=visit).ids[0]
    session.store.keep_draft("note/line", aviary.text("draft", "line"))
    content = aviary.text("attachment", "content").encode()
    attachments.attach_bytes(session, made["meeting"], aviary.text("attachment", "file"), content)
    records.edit_record(session, made["note"], {"text": aviary.text("note", "edited")})
    private: dict[str, Any] = {"kind": "statement", "text": aviary.text("note", "private"), "private": True}
    records.add_records(session, "notes", [private], visit=made["visit"])
    return aviary.canaries


def _plain(field: FieldSpec, made: dict[str, EntityId], vocabularies: Any) -> Any:
    match field.shape:
        case Shape.TERM:
            return vocabularies[field.of].terms[0].word
        case Shape.LINK:
            return made.get(field.of.split("|")[0], made["visit"])
        case Shape.DATE:
            return "2022-04-11"
        case Shape.TIME:
            return "2022-04-11T09:30"
        case _:
            return 1


def work(session: Session, canaries: list[str]) -> None:
    """What a day brings: searching, listing, history, closing words."""
    for word in canaries[::40]:
        if not records.search(session, word):
            raise AssertionError("the search finds no canary")
    for spec in RECORD_KINDS:
        for record in records.list_records(session, spec.name):
            records.history(session, record.id)
    session.seal_all()


def main() -> None:
    """Fill, work, and end."""
    folder, ending = Path(sys.argv[1]), sys.argv[2]
    session = vaults.create_vault(folder / "vault", PASSPHRASE, name="Aviary keeper", organisation="Sample aviary").session
    canaries = fill(session)
    work(session, canaries)
    (folder / "canaries.json").write_text(json.dumps(canaries), "utf-8")
    if ending == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    session.close()


if __name__ == "__main__":
    main()
