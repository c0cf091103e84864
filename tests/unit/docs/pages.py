"""The product's documents as the tests see them, and the parts of them that are written by a program; it checks nothing itself.

`python -m tests.unit.docs.pages` writes those parts anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from fieldtool.cli.wording import translated
from fieldtool.domain.errors import CATALOGUE, ExitCode, Fault

ROOT = Path(__file__).resolve().parents[3]
DOCS = ROOT / "docs"
GUIDE = DOCS / "user-guide"
BEGIN, END = "<!-- written from the catalogue of errors -->", "<!-- end -->"
_HEADS = {"en": ("What it says", "What to do", "Code"), "ru": ("Что написано", "Что делать", "Код")}
_TOP = ("README.md", "CHANGELOG.md", "SECURITY.md", "CONTRIBUTING.md")


def pages() -> Iterator[Path]:
    """Every document of the product, the top ones first."""
    yield from (ROOT / name for name in _TOP)
    yield from sorted(DOCS.rglob("*.md"))


def prose(text: str) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def error_table(language: str) -> str:
    """The table of every known fault in one language, in the order of the catalogue."""
    heads = _HEADS[language]
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += [f"| {_cell(f.what, language)} | {_cell(f.next_step, language)} | `{f.code}`{_exit(f)} |" for f in CATALOGUE.values()]
    return "\n".join(lines)


def with_table(text: str, language: str) -> str:
    """A page whose table between the two marks is the present one."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{error_table(language)}\n\n{END}{after}"


def _exit(fault: Fault) -> str:
    return "" if fault.exit_code is ExitCode.REFUSED else f", {int(fault.exit_code)}"


def _cell(sentence: str, language: str) -> str:
    """A sentence for a reader: what is named in it stands as an ellipsis."""
    return re.sub(r"\{[^}]*\}", "…", translated(sentence, language)).replace("|", "\\|")


if __name__ == "__main__":
    for spoken in _HEADS:
        page = GUIDE / spoken / "troubleshooting.md"
        page.write_text(with_table(page.read_text("utf-8"), spoken), "utf-8")
