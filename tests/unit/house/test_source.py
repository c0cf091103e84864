"""House rules over every committed text, each with a planted violation that it must catch; it runs no product code."""

import ast
import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
MAX_LINES = 600
VAGUE = {"utils", "util", "misc", "helpers", "helper", "common"}

# Paths of one machine, registries and what surrounds a checkout. The tildes keep this file from holding what it looks for.
MARKS = [
    mark.replace("~", "")
    for mark in (
        "/wo~rk/", "/fa~rm/", "/ro~ot/", "/ho~me/", "/tm~p/", "farm-st~udio", "farm-be~nch",
        "pypi.~org", "python~hosted", "registry.~npmjs", "deb.~debian.org", "../sh~ared",
    )
]  # fmt: skip

# Formatting characters that a text needs: file → characters.
LISTED_INVISIBLE: dict[str, str] = {}
NO_BREAK_SPACES = "\u00a0\u202f"
"""Russian and French typography; allowed in the texts under resources/ and docs/ only."""

NETWORK = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "xmlrpc", "aiohttp", "requests", "PySide6.QtNetwork"}
WORLD = {
    "io", "locale", "logging", "os", "pathlib", "random", "secrets", "shutil", "sqlite3", "subprocess", "tempfile", "threading", "time",
}  # fmt: skip
CMS_SIDE = (
    "pyhanko.keys", "pyhanko.sign.ades", "pyhanko.sign.attributes", "pyhanko.sign.general", "pyhanko.sign.signers.pdf_cms",
    "pyhanko.sign.validation.errors", "pyhanko.sign.validation.generic_cms", "pyhanko.sign.validation.status", "pyhanko_certvalidator",
)  # fmt: skip
CMS_PARENTS = {"pyhanko", "pyhanko.sign", "pyhanko.sign.validation"}


@dataclass(frozen=True, slots=True)
class Source:
    """One text of the repository: its path from the top with slashes, and its content."""

    path: str
    text: str

    @property
    def module(self) -> bool:
        return self.path.endswith(".py")

    @property
    def room(self) -> str:
        """The room of a module of the package ("domain", "app"), else ""."""
        parts = Path(self.path).parts
        return parts[1].removesuffix(".py") if self.module and parts[0] == "fieldtool" and len(parts) > 1 else ""


@cache
def sources() -> list[Source]:
    """Every text git knows or would add."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    found = []
    for name in sorted(set(listed.stdout.split("\0")) - {""}):
        path = ROOT / name
        if path.is_file() and b"\0" not in (content := path.read_bytes()):
            try:
                found.append(Source(name, content.decode("utf-8")))
            except UnicodeDecodeError:
                continue  # a sample in another encoding
    return found


def imports(source: Source) -> Iterator[str]:
    """Dotted names of everything a module imports; for `from a import b` also "a.b"."""
    for node in ast.walk(ast.parse(source.text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, modules: tuple[str, ...] | set[str]) -> bool:
    """Whether a dotted name is one of the modules or lies inside one."""
    return any(name == module or name.startswith(module + ".") for module in modules)


def forbidden_marks(source: Source) -> list[str]:
    return [mark for mark in MARKS if mark in source.text]


def invisible_characters(source: Source) -> list[str]:
    listed = LISTED_INVISIBLE.get(source.path, "") + "\n\t "
    if source.path.startswith(("resources/", "docs/")):
        listed += NO_BREAK_SPACES
    if source.path.endswith((".csv", ".eml", ".txt", ".tsv")):
        listed += "\r"
    hidden = {char for char in source.text if char not in listed and is_invisible(char)}
    return sorted(f"U+{ord(char):04X}" for char in hidden)


def is_invisible(char: str) -> bool:
    """Controls, formats (bidirectional marks, zero-width), unassigned and private characters, odd spaces, variation selectors, fillers."""
    odd = "\u115f\u1160\u3164\uffa0\u2800\u034f" + "".join(map(chr, range(0xFE00, 0xFE10)))
    return unicodedata.category(char) in ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs") or char in odd or 0xE0100 <= ord(char) <= 0xE01EF


def missing_docstring(source: Source) -> list[str]:
    if not source.module or not source.path.startswith(("fieldtool/", "tests/", "bench/", "dev.py")):
        return []
    return [] if ast.get_docstring(ast.parse(source.text)) else ["no docstring"]


def too_long(source: Source) -> list[str]:
    lines = source.text.count("\n")
    return [f"{lines} lines"] if source.module and lines > MAX_LINES else []


def vague_names(source: Source) -> list[str]:
    return [part for part in Path(source.path).with_suffix("").parts if part.lower() in VAGUE] if source.module else []


def pyhanko_outside_reports(source: Source) -> list[str]:
    """reports may use all of pyHanko; identity its CMS side only; nobody else any."""
    if source.room in ("", "reports"):
        return []
    found = [name for name in imports(source) if within(name, ("pyhanko", "pyhanko_certvalidator"))]
    if source.room == "identity":
        found = [name for name in found if not within(name, CMS_SIDE) and name not in CMS_PARENTS]
    return found


def network_calls(source: Source) -> list[str]:
    return [name for name in imports(source) if within(name, NETWORK)] if source.room else []


def impure_domain(source: Source) -> list[str]:
    return [name for name in imports(source) if within(name, WORLD)] if source.room == "domain" else []


Rule = Callable[[Source], list[str]]

RULES: dict[str, Rule] = {
    "no path of a machine, no registry, nothing outside the checkout": forbidden_marks,
    "no unlisted invisible or bidirectional character": invisible_characters,
    "every module says what it is for": missing_docstring,
    f"no module above {MAX_LINES} lines": too_long,
    "no room for odds and ends": vague_names,
    "pyHanko's PDF side in reports only": pyhanko_outside_reports,
    "no network": network_calls,
    "a domain without clock, disk and chance": impure_domain,
}

PLANTED = [
    (forbidden_marks, Source("docs/a.md", f"see {MARKS[0]}main"), [MARKS[0]]),
    (forbidden_marks, Source("requirements.lock", f"--index-url https://{MARKS[7]}/simple"), [MARKS[7]]),
    (invisible_characters, Source("fieldtool/domain/a.py", "a = 'b\u202ec'"), ["U+202E"]),
    (invisible_characters, Source("docs/a.md", "zero\u200bwidth\ufeff"), ["U+200B", "U+FEFF"]),
    (invisible_characters, Source("fieldtool/domain/a.py", "a\u00a0= 1"), ["U+00A0"]),
    (invisible_characters, Source("docs/a.md", "10\u00a0000 ₸, Қазақстан, საქართველო"), []),
    (missing_docstring, Source("fieldtool/ui/a.py", "import os\n"), ["no docstring"]),
    (too_long, Source("bench/a.py", "\n" * 601), ["601 lines"]),
    (too_long, Source("docs/a.md", "\n" * 601), []),
    (vague_names, Source("fieldtool/sync/utils.py", ""), ["utils"]),
    (vague_names, Source("tests/helpers/a.py", ""), ["helpers"]),
    (pyhanko_outside_reports, Source("fieldtool/identity/a.py", "from pyhanko.sign import signers"), ["pyhanko.sign.signers"]),
    (pyhanko_outside_reports, Source("fieldtool/identity/a.py", "import pyhanko.pdf_utils.reader"), ["pyhanko.pdf_utils.reader"]),
    (pyhanko_outside_reports, Source("fieldtool/identity/a.py", "from pyhanko.sign.ades import cades_asn1"), []),
    (pyhanko_outside_reports, Source("fieldtool/services/a.py", "import pyhanko.sign.ades"), ["pyhanko.sign.ades"]),
    (pyhanko_outside_reports, Source("fieldtool/reports/a.py", "from pyhanko.sign import signers"), []),
    (network_calls, Source("fieldtool/app.py", "import urllib.request"), ["urllib.request"]),
    (network_calls, Source("fieldtool/ui/a.py", "from PySide6 import QtNetwork"), ["PySide6.QtNetwork"]),
    (network_calls, Source("fieldtool/domain/a.py", "import urllib.parse"), []),
    (impure_domain, Source("fieldtool/domain/a.py", "def f():\n    from pathlib import Path"), ["pathlib", "pathlib.Path"]),
    (impure_domain, Source("fieldtool/storage/a.py", "import os"), []),
]


@pytest.mark.parametrize("name", RULES)
def test_every_text_keeps_the_rule(name: str) -> None:
    broken = {source.path: found for source in sources() if (found := RULES[name](source))}
    assert not broken, f"{name}: {broken}"


@pytest.mark.parametrize(("rule", "source", "expected"), PLANTED)
def test_a_planted_violation_is_found(rule: Rule, source: Source, expected: list[str]) -> None:
    assert rule(source) == expected


def test_there_is_something_to_look_at() -> None:
    paths = {source.path for source in sources()}
    assert {"dev.py", "pyproject.toml", "fieldtool/__init__.py", "requirements.lock"} <= paths
    assert re.search(r"Apache License\s+Version 2\.0", (ROOT / "LICENSE").read_text(encoding="utf-8"))
