"""Runs commands as a shell would, in this process, and keeps what they said; makes the vaults that tests copy."""

from __future__ import annotations

import io
import json
import shutil
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fieldtool import resources
from fieldtool.cli import main

PASSPHRASE = "kettle harbour violet sixteen"


@dataclass(frozen=True)
class Outcome:
    """What one command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one object on standard output."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


@dataclass(frozen=True)
class Desk:
    """One person's vault and the folder their files lie in."""

    vault: Path
    files: Path

    def run(self, *words: object) -> Outcome:
        """A command on this vault."""
        return run("--vault", self.vault, "--passphrase-file", passphrase_file(self.files), *words)

    def done(self, *words: object) -> Outcome:
        """A command that has to succeed."""
        outcome = self.run(*words)
        assert outcome.code == 0, outcome
        return outcome

    def json(self, *words: object) -> dict[str, Any]:
        """The object of a command that has to succeed."""
        return self.done("--json", *words).json

    def items(self, *words: object) -> list[dict[str, Any]]:
        """The items of a list."""
        found: list[dict[str, Any]] = self.json("list", *words)["items"]
        return found

    def add(self, plural: str, /, **fields: object) -> str:
        """A new record's id."""
        path = self.files / "record.json"
        path.write_text(json.dumps(fields), encoding="utf-8")
        (made,) = self.json("add", plural, "--json-file", path)["ids"]
        return str(made)

    def copied(self, to: Path) -> Desk:
        """The same desk somewhere else: tests change copies."""
        shutil.copytree(self.files, to)
        return Desk(to / self.vault.relative_to(self.files), to)


def run(*words: object) -> Outcome:
    """A command as typed."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main([str(word) for word in words])
    return Outcome(int(code), out.getvalue(), err.getvalue())


def passphrase_file(folder: Path, passphrase: str = PASSPHRASE) -> Path:
    """A passphrase file, with the newline that editors leave at the end."""
    path = folder / "passphrase.txt"
    path.write_text(passphrase + "\n", encoding="utf-8")
    return path


def make_headquarters(folder: Path) -> Desk:
    """A headquarters with the sample's report and one visit."""
    folder.mkdir(parents=True, exist_ok=True)
    desk = Desk(folder / "hq", folder)
    desk.done("init", "--name", "Katarina Holm", "--organisation", "Sample Organisation", "--recovery-sheet", folder / "sheet.txt")
    desk.done("import", resources.path("sample", "kaz-2021-recommendations.csv"), "--report", "KAZ-2021-PAR")
    (report,) = desk.items("reports")
    desk.add(
        "visits",
        reference="KAZ-2022-1",
        country="KAZ",
        start="2022-04-10",
        end="2022-04-14",
        timezone="Asia/Almaty",
        reports=[report["id"]],
    )
    return desk


def make_team(headquarters: Desk, folder: Path) -> tuple[Desk, Desk]:
    """The head of the visit and one expert with their cards and the visit; headquarters' vault is changed by that."""
    folder.mkdir(parents=True, exist_ok=True)
    desks = []
    for name, role in (("Elena Marković", "head"), ("Tomas Lindqvist", "expert")):
        desk = Desk(folder / role / "vault", folder / role)
        desk.files.mkdir()
        desk.done("init", "--name", name, "--recovery-sheet", desk.files / "sheet.txt")
        desk.done("identity", "request", desk.files / "me.ftrequest")
        headquarters.done("people", "add", desk.files / "me.ftrequest", "--role", role)
        desks.append(desk)
    headquarters.done("export", "bundle", "--to", "team", "-o", folder / "visit.ftbundle")
    root = headquarters.json("identity", "show")["organisation"]["words"]
    for desk in desks:
        desk.done("import", folder / "visit.ftbundle", "--expect-root", root)
    return desks[0], desks[1]
