"""The page on the command line against the program: every command and option, and the keys of the JSON answers as commands give them."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fieldtool.cli import arguments, main
from tests.unit.docs.pages import DOCS

PAGE = (DOCS / "command-line.md").read_text("utf-8")
PASSPHRASE = "six patient storks walk home"
EVERYWHERE = {"--vault", "--passphrase-file", "--json", "--lang", "--quiet", "--version", "--help"}


def leaves(parser: argparse.ArgumentParser, path: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command that can be run, with its parser."""
    groups = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not groups:
        yield path.strip(), parser
    for group in groups:
        for name, sub in group.choices.items():
            yield from leaves(sub, f"{path} {name}")


COMMANDS = dict(leaves(arguments._parser()))


def sections() -> dict[str, str]:
    """The part of the page on each command, by its name."""
    parts = re.split(r"^### `fieldtool ([a-z -]+)`$", PAGE, flags=re.MULTILINE)
    return {name: re.split(r"^## ", text, flags=re.MULTILINE)[0] for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def options(parser: argparse.ArgumentParser) -> set[str]:
    """The long options of a command that are its own."""
    return {o for a in parser._actions for o in a.option_strings if o.startswith("--")} - EVERYWHERE


def operands(parser: argparse.ArgumentParser) -> set[str]:
    """What a command takes without an option in front."""
    return {str(a.metavar or a.dest) for a in parser._actions if not a.option_strings}


def answer_keys(section: str) -> set[str]:
    """The keys of the answer that a section lists, those for special cases left out."""
    found = re.search(r"^Answer: (.*?)[.;](?: |$)", section, flags=re.MULTILINE | re.DOTALL)
    assert found
    return set(re.findall(r"`([a-z0-9_]+)`(?! \(not)", found[1]))


def test_every_command_has_a_section_and_every_section_a_command() -> None:
    assert set(sections()) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_section_names_every_option_and_no_other(name: str) -> None:
    section = sections()[name]
    listed = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", "\n".join(re.findall(r"^\* .*$", section, flags=re.MULTILINE))))
    assert listed - EVERYWHERE == options(COMMANDS[name])
    words = "\n".join(re.findall(r"`([^`]*)`", section))
    assert {o for o in operands(COMMANDS[name]) if o not in words} == set()


def test_the_options_that_hold_everywhere_are_named_once() -> None:
    everywhere = PAGE.split("## Everywhere")[1].split("### Exit codes")[0]
    assert {o for o in EVERYWHERE if f"`{o}" not in everywhere} == set()
    assert {o for a in arguments._parser()._actions for o in a.option_strings if o.startswith("--")} == EVERYWHERE


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The keys that commands answered with, by command, in one short life of a vault."""
    folder = tmp_path_factory.mktemp("answers")
    (folder / "pw.txt").write_text(f"{PASSPHRASE}\n", "utf-8")
    found: dict[str, set[str]] = {}

    def run(command: str, *words: object) -> dict[str, Any]:
        out = io.StringIO()
        typed = [*command.split(), *map(str, words), "--vault", str(folder / "vault"), "--passphrase-file", str(folder / "pw.txt")]
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
            assert main(["--json", *typed]) == 0, command
        said: dict[str, Any] = json.loads(out.getvalue())
        found[command] = set(said)
        return said

    _live(run, folder)
    return found


def _live(run: Callable[..., dict[str, Any]], folder: Path) -> None:
    """Every command that needs one vault only."""
    run("init", "--name", "Elena", "--organisation", "Sample", "--recovery-sheet", folder / "sheet.txt")
    run("identity show")
    run("identity request", folder / "own.ftrequest")
    visit = {"reference": "V1", "country": "KAZ", "start": "2022-04-11", "end": "2022-04-15", "timezone": "Asia/Almaty"}
    (folder / "visit.json").write_text(json.dumps(visit), "utf-8")
    (made,) = run("add", "visits", "--json-file", folder / "visit.json")["ids"]
    run("edit", made, "purpose=Follow-up")
    run("list", "visits")
    run("history", made)
    run("search", "Follow-up")
    run("conflicts list")
    run("proposals list")
    run("export table", "visits", "-o", folder / "visits.csv")
    run("verify", folder / "own.ftrequest")
    run("import", folder / "own.ftrequest")
    run("hq import", folder / "own.ftrequest")
    run("hq status")
    run("check")
    run("backup", folder / "a.ftbackup")
    run("restore", folder / "a.ftbackup")
    run("delete", made)
    run("seal")
    run("recover", "--sheet-file", folder / "sheet.txt")
    run("wipe", "--yes", "--unconfirmed")


def test_the_answers_have_the_keys_that_the_page_lists(played: dict[str, set[str]]) -> None:
    assert len(played) >= 20
    played["init"].remove("organisation")  # which the page lists as a special case
    assert {name: keys for name, keys in played.items() if keys != answer_keys(sections()[name])} == {}
