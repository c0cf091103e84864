"""The lock: every package pinned by hash, from no named place, under a licence that goes with Apache-2.0; it installs nothing."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")

ALLOWED = {
    "apache-2.0", "apache 2.0", "apache software license",
    "mit", "mit license", "mit-0", "mit-cmu",
    "bsd license", "bsd 2-clause license", "bsd-2-clause", "bsd-3-clause",
    "psf-2.0", "python software foundation license",
    "mpl-2.0", "mozilla public license 2.0 (mpl 2.0)",
    "lgpl-3.0-only",
}  # fmt: skip

# Read in the package itself, because its metadata says nothing, says it in a sentence, or is of another platform.
REVIEWED = {
    "atheris": "Apache-2.0, a developer's tool, Linux only",
    "colorama": "BSD-3-Clause, Windows only",
    "macholib": "MIT, macOS only",
    "pefile": "MIT, Windows only",
    "pyinstaller": "GPL-2.0-or-later with an exception for what it freezes; a developer's tool, its bootloader may be shipped",
    "pyinstaller-hooks-contrib": "GPL-2.0-or-later for build hooks, Apache-2.0 for what is shipped",
    "pypdfium2": "Apache-2.0 or BSD-3-Clause, PDFium BSD-3-Clause",
    "pyrage": "MIT",
    "pywin32-ctypes": "BSD-3-Clause, Windows only",
    "reportlab": "BSD-3-Clause",
    "sqlcipher3": "Zlib, SQLCipher BSD-3-Clause",
    "tzdata": "Apache-2.0, Windows only",
}


def locked() -> dict[str, list[str]]:
    """Name → the lines of its entry."""
    entries: dict[str, list[str]] = {}
    name = ""
    for line in LOCK.splitlines():
        if found := re.match(r"([a-z0-9][a-z0-9-]*)==\S+", line):
            name = found[1]
            entries[name] = []
        if name:
            entries[name].append(line)
    return entries


def normal(requirement: str) -> str:
    """The canonical name of a requirement such as "psycopg[binary]>=3.2"."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def licences(package: metadata.PackageMetadata) -> list[str]:
    """What a package says of its licence, the clearest statement first."""
    fields = [text for field in ("License-Expression", "License") for text in package.get_all(field) or []]
    return fields + [text.rsplit("::", 1)[1].strip() for text in package.get_all("Classifier") or [] if text.startswith("License ::")]


def allowed(expression: str) -> bool:
    """Whether one alternative of an expression ("A OR B", "A AND B") is made of allowed licences only."""
    return any(all(part in ALLOWED for part in choice.split(" and ")) for choice in expression.lower().split(" or "))


@pytest.mark.parametrize("name", sorted(locked()))
def test_each_package_is_pinned_by_hash(name: str) -> None:
    hashes = [line for line in locked()[name][1:] if line.strip()]
    assert hashes
    assert all(re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line) for line in hashes)


def test_no_line_names_a_place() -> None:
    options = ("--index", "--extra-index", "--find-links", "-i", "-f")
    assert not [line for line in LOCK.splitlines() if "://" in line or " @ " in line or line.startswith(options)]


def test_every_requirement_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {normal(text) for text in [*project["dependencies"], *project["optional-dependencies"]["dev"]]}
    assert wanted <= set(locked())
    assert len(locked()) > 40


@pytest.mark.parametrize("name", sorted(set(locked()) - set(REVIEWED)))
def test_each_licence_may_be_shipped(name: str) -> None:
    found = licences(metadata.metadata(name))
    assert any(allowed(text) for text in found), f"{name}: {found}"


def test_the_table_of_reviewed_licences_names_no_package_that_is_gone() -> None:
    assert set(REVIEWED) <= set(locked())


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("LGPL-3.0-only OR GPL-2.0-only", True),
        ("Apache-2.0 AND MIT", True),
        ("MIT AND GPL-3.0-only", False),
    ],
)
def test_the_licence_rule_can_refuse(expression: str, expected: bool) -> None:
    assert allowed(expression) is expected
