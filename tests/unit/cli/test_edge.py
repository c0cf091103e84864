"""Exit codes, streams and languages: what scripts and people can rely on whatever command it is."""

from __future__ import annotations

import ast
import json
import os
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest

from fieldtool.cli.edge import guarded
from fieldtool.cli.edge import main as command
from fieldtool.cli.terminal import Terminal, printable
from fieldtool.cli.wording import _RUSSIAN, translated
from fieldtool.domain.errors import refuse
from fieldtool.services.crash import crash_report
from tests.unit.cli.commands import Desk, passphrase_file, run

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    "typed",
    [
        "zebra",
        "list",
        "--zebra",
        "list notes --zebra",
        "people",
        "export",
        "export bundle",
        "edit id",
        "--lang xx check",
        "conflicts resolve id",
        "conflicts resolve id --take a --text-file b",
        "people add f --role king",
        "export summary --edition secret -o f",
        "--passphrase secret check",
    ],
)
def test_wrong_usage_ends_with_2_and_says_so_on_standard_error(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command(typed.split())
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert said.out == ""
    assert "usage: fieldtool" in said.err


@pytest.mark.parametrize("words", [["--help"], ["list", "--help"], ["export", "bundle", "--help"], ["--version"]])
def test_help_and_version_end_with_0(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command(words)
    assert ended.value.code == 0
    assert "fieldtool" in capsys.readouterr().out


def test_version_waits_for_nothing_heavy() -> None:
    program = (
        "import sys\nfrom fieldtool.app import main\n"
        "try:\n    main(['--version'])\nexcept SystemExit: pass\n"
        "heavy = set('sqlalchemy sqlcipher3 cryptography reportlab PySide6 openpyxl pyhanko'.split())\n"
        "print(sorted({m.partition('.')[0] for m in sys.modules} & heavy))"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert said.splitlines()[-1] == "[]"


def test_a_known_fault_is_two_sentences_on_standard_error(tmp_path: Path) -> None:
    outcome = run("--vault", tmp_path / "none", "check")
    assert outcome.code == 1
    assert outcome.out == ""
    assert outcome.err.startswith("There is no vault in ")
    assert "fieldtool init" in outcome.err


def test_with_json_a_fault_is_one_object_too(tmp_path: Path) -> None:
    outcome = run("--json", "--vault", tmp_path / "none", "check")
    assert outcome.code == 1
    assert outcome.json == {
        "error": {"code": "vault-missing", "what": f"There is no vault in {tmp_path / 'none'}.", "next": outcome.json["error"]["next"]}
    }
    assert outcome.err.startswith("There is no vault")


def test_faults_in_russian(tmp_path: Path) -> None:
    outcome = run("--lang", "ru", "--vault", tmp_path / "none", "check")
    assert outcome.code == 1
    expected = translated("There is no vault in {folder}.", "ru").format(folder=tmp_path / "none")
    assert outcome.err.startswith(expected)


def test_the_environment_chooses_the_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "ru_RU.UTF-8")
    assert run("--vault", tmp_path / "none", "check").err.startswith(translated("There is no vault in {folder}.", "ru").partition("{")[0])


def test_options_stand_before_and_after_the_command(tmp_path: Path) -> None:
    before = run("--vault", tmp_path / "none", "--json", "check")
    after = run("check", "--vault", tmp_path / "none", "--json")
    assert before == after


def test_a_bug_ends_with_70_and_a_report_without_anybodys_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note = "the minister said something secret"

    def fails() -> int:
        raise LookupError(f"no such note: {note}")

    code = guarded(fails, Terminal(as_json=True, out=sys.stdout, err=sys.stderr))
    said = capsys.readouterr()
    assert code == 70
    report = Path(json.loads(said.out)["error"]["report"])
    assert str(report) in said.err
    text = report.read_text()
    assert "LookupError" in text
    assert "test_edge.py" in text
    assert report.stat().st_mode & 0o077 == 0
    for words in (note, "secret", str(tmp_path), str(Path.home())):
        assert words not in text + said.err.replace(str(report), "")


def test_a_crash_report_names_causes() -> None:
    try:
        try:
            raise KeyError("secret")
        except KeyError as error:
            raise RuntimeError("secret") from error
    except RuntimeError as bug:
        report = crash_report(bug)
    assert "RuntimeError" in report
    assert "KeyError" in report
    assert "secret" not in report


def test_ctrl_c_says_that_everything_is_as_it_was() -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    terminal = Terminal(err=sys.stderr)
    assert guarded(interrupted, terminal) == 1


def test_ctrl_c_during_an_import_leaves_the_records_alone(expert: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from fieldtool.services import importing

    def interrupted(*_words: object, **_options: object) -> None:
        raise KeyboardInterrupt

    before = expert.items("recommendations")
    monkeypatch.setattr(importing, "import_paths", interrupted)
    outcome = expert.run("import", expert.files / "me.ftrequest")
    assert outcome.code == 1
    assert "Stopped as you asked" in outcome.err
    assert expert.items("recommendations") == before  # the vault was closed: the next command can open it


def test_a_reader_that_goes_away_is_no_fault(made: Path) -> None:
    folder = made / "headquarters"
    options = f"--vault {folder / 'hq'} --passphrase-file {folder / 'passphrase.txt'} list recommendations --json"
    words = [sys.executable, "-m", "fieldtool", *options.split()]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
        assert (process.wait(30), said) == (0, b"")


def test_the_window_gets_the_vault_and_its_faults_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opened: list[Path | None] = []

    def open_window(vault: Path | None) -> int:
        opened.append(vault)
        if vault is None:
            raise refuse("no-display")
        return 0

    assert command(["--vault", str(tmp_path)], open_window=open_window) == 0
    assert command([], open_window=open_window) == 1
    assert opened == [tmp_path, None]
    assert "There is no screen" in capsys.readouterr().err


def test_the_program_without_words_and_without_a_screen_says_so() -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run([sys.executable, "-m", "fieldtool"], capture_output=True, text=True, cwd=ROOT, env=environment)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("There is no screen")
    assert "Traceback" not in done.stderr


def test_a_vault_that_is_open_elsewhere(hq: Desk) -> None:
    from fieldtool.services import vaults
    from tests.unit.cli.commands import PASSPHRASE

    session = vaults.unlock_vault(hq.vault, PASSPHRASE)
    try:
        outcome = hq.run("list", "visits")
    finally:
        session.close()
    assert outcome.code == 1
    assert "open in another window" in outcome.err


@pytest.mark.parametrize("words", [["--quiet", "list", "visits"], ["list", "visits", "--quiet"]])
def test_quiet_leaves_only_the_rows(hq: Desk, words: list[str]) -> None:
    (line,) = hq.done(*words).out.splitlines()
    assert "KAZ-2022-1" in line


def test_nothing_steers_the_terminal(hq: Desk) -> None:
    hq.add("institutions", name={"en": "Court \x1b]0;owned\x07 \u202etxet"}, type="court")
    said = hq.done("list", "institutions").out
    assert "\x1b" not in said
    assert "\x07" not in said
    assert "\u202e" not in said
    assert "Court \ufffd]0;owned\ufffd \ufffdtxet" in said


def test_printable_keeps_lines_tabs_and_every_script() -> None:
    text = "Қазақ\tгруппа\nნინო ბერაძე é"
    assert printable(text) == text


def test_every_sentence_keeps_its_placeholders_in_russian() -> None:
    for english, russian in _RUSSIAN.items():
        fields = [sorted(name for _, name, _, _ in string.Formatter().parse(text) if name) for text in (english, russian)]
        assert fields[0] == fields[1], english


def test_every_sentence_that_the_commands_say_has_a_translation() -> None:
    said: set[str] = set()
    for path in (ROOT / "fieldtool" / "cli").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name) and node.args:
                called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
                spoken = {"tell": 0, "warn": 0, "words": 0, "agreed": 1, "passphrase_of": 1, "_tell_card": 1, "_tell_backup": 1}.get(called)
                first = node.args[spoken] if spoken is not None and len(node.args) > spoken else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    said.add(first.value)
    assert len(said) > 40
    assert {s for s in said if any(c.isalpha() for c in re.sub(r"{\w+}", "", s)) and s not in _RUSSIAN} == set()


def test_a_passphrase_file_is_read_as_it_is(hq: Desk, tmp_path: Path) -> None:
    path = passphrase_file(tmp_path)
    for content, code in (
        (path.read_bytes(), 0),
        (path.read_bytes().rstrip(b"\n"), 0),
        (path.read_bytes() + b"\n", 1),
        (b"wrong\n", 1),
        (b"\n", 1),
        (b"\xff", 1),
    ):
        path.write_bytes(content)
        assert run("--vault", hq.vault, "--passphrase-file", path, "list", "visits").code == code
    assert run("--vault", hq.vault, "--passphrase-file", tmp_path / "none", "list", "visits").code == 1


def test_without_a_terminal_nothing_is_asked(hq: Desk) -> None:
    outcome = run("--vault", hq.vault, "list", "visits")
    assert (outcome.code, outcome.out) == (1, "")
    assert "No passphrase was given" in outcome.err


def test_a_program_without_a_window_says_so() -> None:
    assert run().code == 1
