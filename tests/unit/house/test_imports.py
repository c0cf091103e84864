"""Proves that the import contracts of pyproject.toml can fail: the checker names each planted import; dev.py checks the real code."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS = [room.strip() for line in CONFIG["tool"]["importlinter"]["contracts"][0]["layers"] for room in line.split("|")]
LINT = "import sys; from importlinter.cli import lint_imports_command as lint; sys.exit(lint())"

# Room → what it may not import, each in a module of its own; the checker's answer names "room.planted_N → import".
PLANTED = [
    ("domain", "PySide6.QtCore", "Qt stays in ui and app"),
    ("services", "PySide6", "Qt stays in ui and app"),
    ("cli", "PySide6", "Qt stays in ui and app"),
    ("intake", "PySide6", "Qt stays in ui and app"),
    ("services", "sqlalchemy", "SQLAlchemy stays in storage"),
    ("intake", "sqlcipher3", "SQLAlchemy stays in storage"),
    ("sync", "sqlalchemy", "SQLAlchemy stays in storage"),
    ("storage", "cryptography", "Cryptography stays in identity"),
    ("reports", "pyrage", "Cryptography stays in identity"),
    ("intake", "argon2", "Cryptography stays in identity"),
    ("services", "reportlab", "PDF writers stay in reports"),
    ("intake", "pikepdf", "PDF writers stay in reports"),
    ("services", "openpyxl", "Spreadsheets stay in intake and reports"),
    ("reports", "pypdfium2", "PDFium stays in ui and intake"),
    ("ui", "fieldtool.storage", "UI talks to services, never to storage"),
    ("cli", "fieldtool.identity", "UI talks to services, never to storage"),
    ("services", "fieldtool.storage.tables", "Tables are private to storage"),
    ("storage", "fieldtool.sync", "Layers point down"),
    ("intake", "fieldtool.reports", "Layers point down"),
    ("ui", "fieldtool.cli", "Layers point down"),
    ("domain", "fieldtool.identity", "Layers point down"),
    ("resources", "fieldtool.domain", "Layers point down"),
]


def empty_house(folder: Path) -> Path:
    """A package of that name with every room and nothing in it, under the real contracts."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    package = folder / "fieldtool"
    for room in ROOMS:
        (package / room).mkdir(parents=True)
        (package / room / "__init__.py").touch()
    (package / "__init__.py").touch()
    (package / "storage" / "tables.py").touch()
    return package


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the checker over the package in `folder`."""
    return subprocess.run([sys.executable, "-c", LINT], cwd=folder, capture_output=True, text=True, timeout=120)


def test_the_contracts_hold_in_a_house_without_a_violation(tmp_path: Path) -> None:
    empty_house(tmp_path)
    result = lint(tmp_path)
    assert result.returncode == 0, result.stdout
    assert " 0 broken" in result.stdout


def test_each_planted_import_is_named(tmp_path: Path) -> None:
    package = empty_house(tmp_path)
    for number, (room, target, _) in enumerate(PLANTED):
        (package / room / f"planted_{number}.py").write_text(f"import {target}\n")

    result = lint(tmp_path)

    assert result.returncode == 1
    report = result.stdout
    for number, (room, target, contract) in enumerate(PLANTED):
        assert f"{contract} BROKEN" in report
        shown = target.split(".")[0] if not target.startswith("fieldtool") else target
        assert any(f"fieldtool.{room}.planted_{number} -> {shown}" in line for line in report.splitlines()), f"{room} → {target}\n{report}"


def test_a_room_that_nobody_declared_is_refused(tmp_path: Path) -> None:
    package = empty_house(tmp_path)
    (package / "attic.py").write_text('"""An undeclared room."""\n')

    result = lint(tmp_path)

    assert result.returncode == 1
    assert "Layers point down BROKEN" in result.stdout
    assert "fieldtool.attic" in result.stdout


@pytest.mark.parametrize("contract", [contract["name"] for contract in CONFIG["tool"]["importlinter"]["contracts"]])
def test_every_contract_has_a_planted_violation(contract: str) -> None:
    assert contract == "No cycles between siblings" or contract in {name for _, _, name in PLANTED}


def test_a_cycle_inside_a_room_is_refused(tmp_path: Path) -> None:
    package = empty_house(tmp_path)
    for name, other in (("one", "two"), ("two", "one")):
        (package / "sync" / name).mkdir()
        (package / "sync" / name / "__init__.py").write_text(f"import fieldtool.sync.{other}\n")

    result = lint(tmp_path)

    assert result.returncode == 1
    assert "No cycles between siblings BROKEN" in result.stdout


def test_the_real_package_with_one_forbidden_import_fails(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "fieldtool", tmp_path / "fieldtool", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "fieldtool" / "domain" / "planted.py").write_text("import PySide6\n")

    result = lint(tmp_path)

    assert result.returncode == 1
    assert "fieldtool.domain.planted -> PySide6" in result.stdout
