"""What a command says and asks: words for people, one JSON object for scripts, prompts on a terminal only; it decides no exit code."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TextIO

from fieldtool.cli.wording import translated
from fieldtool.domain.errors import REASONS, KnownError
from fieldtool.domain.numbers import spoken
from fieldtool.domain.remarks import Remark, joined

_BAR = 40  # characters of a bar
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(slots=True)
class Terminal:
    """The two streams of one command. With `as_json` nothing but `answer`'s object reaches standard output."""

    language: str = "en"
    as_json: bool = False
    quiet: bool = False
    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)
    barred: int = 0  # characters of the bar that stands on the line

    def tell(self, sentence: str, /, **values: object) -> None:
        """A remark in the user's language; silent with --json and --quiet."""
        self._wipe()
        if not self.as_json and not self.quiet:
            print(self.words(sentence, **values), file=self.out)

    def show(self, text: str = "") -> None:
        """A line of the result itself, as it is: what --quiet leaves."""
        self._wipe()
        if not self.as_json:
            print(printable(text), file=self.out)

    def warn(self, sentence: str, /, **values: object) -> None:
        """Something to look at, on standard error."""
        self._wipe()
        if not self.quiet:
            print(self.words(sentence, **values), file=self.err)

    def refuse(self, error: KnownError, subject: str = "") -> None:
        """The two sentences of a known fault, on standard error."""
        self._wipe()
        said, named = self.fault(error), printable(subject)
        print(f"{named}: {said}" if named and named not in said else said, file=self.err)

    def fault(self, error: KnownError) -> str:
        """Both sentences of a fault in the user's language."""
        values = {name: self._known(name, value) for name, value in error.values.items()}
        said = (translated(part, self.language).format(**values) for part in (error.fault.what, error.fault.next_step))
        return " ".join(part for part in said if part)

    def sentence(self, remarks: Sequence[Remark]) -> str:
        """Remarks as one sentence in the user's language."""
        return joined([self.words(r.words, **r.values) for r in remarks])

    def _known(self, name: str, value: object) -> str:
        """A fault's value; a reason is a sentence of ours."""
        if isinstance(value, Remark):
            return self.words(value.words, **value.values)
        said = printable(str(value))
        return "; ".join(translated(part, self.language) for part in said.split("; ")) if name in REASONS else said

    def bar(self) -> Callable[[str, int, int], None] | None:
        """Shows on a terminal how far something is, in one line of its own; None where nobody watches."""
        if self.as_json or self.quiet or not self.err.isatty():
            return None

        def show(_step: str, done: int, total: int) -> None:
            filled = _BAR * done // max(total, 1)
            line = f"[{'#' * filled}{' ' * (_BAR - filled)}] {100 * done // max(total, 1):3} %"
            print(f"\r{line}", end="", file=self.err, flush=True)
            self.barred = len(line)

        return show

    def _wipe(self) -> None:
        """Take the bar away before something else is said."""
        if self.barred:
            print(f"\r{' ' * self.barred}\r", end="", file=self.err, flush=True)
            self.barred = 0

    def words(self, sentence: str, /, **values: object) -> str:
        """A sentence in the user's language with its values, counts grouped, safe to print."""
        told = spoken(values, self.language)
        return translated(sentence, self.language).format(**{name: printable(str(value)) for name, value in told.items()})

    def answer(self, content: Mapping[str, object]) -> None:
        """The one JSON object of a command, with --json; keys sorted, so that equal contents are equal bytes."""
        if self.as_json:
            print(json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1), file=self.out)

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]], *, widest: int = 60) -> None:
        """Rows under headings, one line each, cut where a cell is too wide; nothing but the rows with --quiet."""
        lines = [
            [_one_line(translated(h, self.language), widest) for h in headings],
            *([_one_line(c, widest) for c in row] for row in rows),
        ]
        widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
        for line in lines[1 if self.quiet else 0 :]:
            self.show("  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)).rstrip())


def printable(text: str) -> str:
    """`text` without what could steer a terminal or turn the reading direction around; line ends and tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("\ufffd" if (unicodedata.category(c) == "Cc" and c not in "\n\t") or c in _TURNING else c for c in text)


def _one_line(text: str, widest: int) -> str:
    line = " ".join(printable(text).split())
    return line if len(line) <= widest else line[: widest - 1] + "…"


def _width(text: str) -> int:
    """Columns on a terminal: combining marks take none, wide characters two."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
