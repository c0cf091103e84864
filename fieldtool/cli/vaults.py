"""Passphrases, opening the vault of a command, and `init`; the passphrase is asked on a terminal or read from a file, never an argument."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fieldtool.cli.alarms import BEHIND
from fieldtool.cli.edge import Call
from fieldtool.domain.errors import refuse
from fieldtool.services import files, first_steps, people, vaults, who
from fieldtool.services.anchors import Incarnation
from fieldtool.services.places import default_vault
from fieldtool.services.session import Session

_TRIES = 3
_FILE = "sqlite:///"  # how a vault is named where a database is asked for


def folder_of(call: Call) -> Path:
    """The folder of the command's vault."""
    folder: Path = call.arguments.vault or default_vault()
    return folder


def may_ask(call: Call) -> bool:
    """Whether this command may ask a person: on a terminal, and without a passphrase file."""
    return call.arguments.passphrase_file is None and sys.stdin.isatty() and sys.stderr.isatty()


def passphrase_of(call: Call, prompt: str = "Passphrase: ") -> str:
    """The passphrase from the file or the prompt. Raises `KnownError` passphrase-missing, file-unreadable."""
    path: Path | None = call.arguments.passphrase_file
    if path is not None:
        found = text_of(path).removesuffix("\n").removesuffix("\r")
    elif may_ask(call):
        found = getpass.getpass(call.terminal.words(prompt), stream=sys.stderr)
    else:
        found = ""
    if not found:
        raise refuse("passphrase-missing")
    return found


def pin_of(call: Call) -> str:
    """The PIN or passphrase of the command's card, from its file or the prompt. Raises `KnownError` pin-missing, file-unreadable."""
    path: Path | None = call.arguments.pin_file
    if path is not None:
        found = text_of(path).removesuffix("\n").removesuffix("\r")
    elif sys.stdin.isatty() and sys.stderr.isatty():
        found = getpass.getpass(call.terminal.words("PIN or passphrase of the card: "), stream=sys.stderr)
    else:
        found = ""
    if not found:
        raise refuse("pin-missing")
    return found


def new_passphrase(call: Call) -> str:
    """A passphrase that will be needed again: asked twice on a terminal; a weak one is warned of, not refused."""
    return chosen_passphrase(call, call.arguments.passphrase_file)


def chosen_passphrase(call: Call, path: Path | None) -> str:
    """The same from a file of its own, where the command's passphrase opens another vault."""
    chosen = passphrase_of(call, "New passphrase: ") if path is None else text_of(path).removesuffix("\n").removesuffix("\r")
    if not chosen:
        raise refuse("passphrase-missing")
    if path is None:
        for _ in range(_TRIES):
            if getpass.getpass(call.terminal.words("Once more: "), stream=sys.stderr) == chosen:
                break
            call.terminal.warn("The two are not the same.")
        else:
            raise refuse("passphrase-missing")
    if first_steps.quality_of(chosen).score < 2:
        call.terminal.warn("This passphrase is weak: somebody who takes the laptop may guess it. A sentence of five words is better.")
    return chosen


def text_of(path: Path) -> str:
    """A small text file. Raises `KnownError` file-unreadable."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise refuse("file-unreadable", file=path.name, reason=error.strerror or "the disk does not answer") from error
    except UnicodeDecodeError as error:
        raise refuse("file-unreadable", file=path.name, reason="it is not UTF-8 text") from error


_WAITING = "Another officer is writing to the database: waiting for {who} …"


@contextmanager
def opened(call: Call) -> Iterator[Session]:
    """The command's vault or, with --database, headquarters' database and the vault's keys; sealed and closed at the end."""
    url: str | None = getattr(call.arguments, "database", None)
    folder = folder_of(call) if url is None or not url.startswith(_FILE) else Path(url.removeprefix(_FILE))
    vaults.owner_of(folder)  # says that there is no vault before anybody is asked for its passphrase
    if url is None or url.startswith(_FILE):
        session = vaults.unlock_vault(folder, passphrase_of(call))
    else:
        session = vaults.unlock_database(folder, passphrase_of(call), url, waiting=lambda who: call.terminal.warn(_WAITING, who=who))
    try:
        if session.incarnation is Incarnation.BEHIND:
            call.terminal.warn(BEHIND)
        yield session
    finally:
        session.close()


def init(call: Call) -> int:
    """`fieldtool init`."""
    asked = call.arguments
    folder, name = folder_of(call), asked.name.strip()
    if not name:
        raise refuse("value-missing", kind="vault", field="name")
    if vaults.has_vault(folder):
        raise refuse("vault-exists", folder=folder)
    sheet_file: Path | None = asked.recovery_sheet
    if sheet_file is not None and sheet_file.exists():
        raise refuse("file-exists", file=sheet_file.name)
    chosen = new_passphrase(call)
    made = vaults.create_vault(
        folder, chosen, name=name, name_latin=asked.name_latin, installation=asked.installation, organisation=asked.organisation
    )
    try:
        printed = made.sheet.printable(name, call.terminal.language)
        if sheet_file is not None:
            files.write_whole(sheet_file, printed.encode())
        fingerprint = people.fingerprint(made.session.key)
        organisation = who.organisation_of(made.session)
    finally:
        made.session.close()
    terminal = call.terminal
    terminal.tell("A vault for {name} was made in {folder}.", name=name, folder=folder)
    terminal.tell("Its fingerprint: {words} ({digits})", words=fingerprint.words, digits=fingerprint.digits)
    if organisation:
        terminal.tell("The organisation {name} was founded. Its fingerprint: {words}", name=organisation.name, words=organisation.words)
    if sheet_file is not None:
        terminal.tell("The recovery sheet is in {path}. Print it, keep it apart from the laptop, and remove the file.", path=sheet_file)
    else:
        terminal.show(printed)
    answer: dict[str, object] = {"vault": str(folder), "name": name, "fingerprint": fingerprint.digits, "words": fingerprint.words}
    if organisation:
        answer["organisation"] = who.organisation_json(organisation)
    if sheet_file is None:
        answer["recovery_sheet"] = made.sheet.text()
    terminal.answer(answer)
    return 0
