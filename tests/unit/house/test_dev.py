"""dev.py's own decisions: its list, what it refuses, what it tells its children; it installs nothing."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dev

ROOT = Path(__file__).resolve().parents[3]


def test_the_list_has_one_line_for_each_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[2:]] == list(dev.COMMANDS)
    assert {"demo", "run", "test", "check", "bench", "screenshots", "seed", "build", "lock"} <= set(dev.COMMANDS)


def test_an_unknown_command_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["deploy"]) == 2
    assert "no command 'deploy'" in capsys.readouterr().err


def test_it_imports_the_standard_library_only() -> None:
    tree = ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"))
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in named} <= sys.stdlib_module_names


def test_a_python_outside_the_range_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 14, 0))
    assert dev.main(["check"]) == 1
    assert "this is 3.14.0" in capsys.readouterr().err


def answer(monkeypatch: pytest.MonkeyPatch, lines: str) -> None:
    """Let dpkg-query say these lines."""
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0, stdout=lines))


def test_a_package_counts_when_it_is_installed_or_provided(monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "ii \tage\t\nii \tlibglib2.0-0t64\tlibglib2.0-0 (= 2.84), other\nrc \tqpdf\t\n")
    assert dev.missing_packages(["age", "libglib2.0-0", "other", "qpdf", "xvfb"]) == ["qpdf", "xvfb"]


def test_a_package_that_cannot_be_installed_is_never_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "ii \tgit\t\n")
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(subprocess, "call", lambda words, **_: 100 if "install" in words else 0)
    with pytest.raises(dev.Refused, match="could not install no-such-package"):
        dev.install_system(["no-such-package"])


def test_an_install_that_claims_success_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "ii \tgit\t\n")
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(subprocess, "call", lambda words, **_: 0)
    with pytest.raises(dev.Refused, match="could not install xvfb"):
        dev.install_system(["xvfb"])


def test_without_root_and_sudo_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(dev.Refused, match="only root or sudo"):
        dev.as_root()


def test_children_get_the_environment_of_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "")
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_CTYPE", raising=False)
    monkeypatch.setenv("LANG", "C")
    environment = dev.child_environment()
    assert "HOME" not in environment
    assert "PYTHONPATH" not in environment
    assert environment["PATH"].startswith(str(dev.VENV / "bin"))
    assert environment["LC_ALL"] == "C.UTF-8"


def test_a_chosen_language_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_CTYPE", raising=False)
    monkeypatch.setenv("LANG", "ru_RU.UTF-8")
    assert "LC_ALL" not in dev.child_environment()
