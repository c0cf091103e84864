"""What the intake room hands back: a sheet as it was understood, for a person to look at; it is not yet a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fieldtool.domain.errors import KnownError, refuse
from fieldtool.domain.values import JsonValue
from fieldtool.intake.sayings import Saying, say

NOT_TAKEN = ""  # `Column.taken_as` of a column that is left alone


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one sheet.

    `taken_as` is a field of a recommendation, `translations/<language>`, or `NOT_TAKEN`; `why` says what decided.
    """

    sheet: str
    letter: str
    heading: str
    taken_as: str
    why: Saying


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a person should look at before importing; `line` is 0 where it concerns a whole sheet."""

    sheet: str
    line: int
    saying: Saying


@dataclass(frozen=True, slots=True)
class ProposedRecommendation:
    """One recommendation as read.

    `fields` are named and shaped as in the schema, without `report`; sets are lists. `section` is the heading it stands under.
    """

    sheet: str
    line: int
    section: str
    fields: Mapping[str, JsonValue]

    @property
    def key(self) -> tuple[int, str]:
        """Number and sub-letter, the letter "" where there is none."""
        number, letter = self.fields["number"], self.fields.get("letter", "")
        if not isinstance(number, int) or not isinstance(letter, str):
            raise TypeError("a proposed recommendation has a number and perhaps a letter")
        return number, letter


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """A whole file as understood.

    `read_as` names its form, such as "text, windows-1251, semicolon"; `title` is the first line above the headings, or "". Where it is
    `paged`, the lines of recommendations and remarks are pages.
    """

    file: str
    read_as: str
    title: str
    columns: tuple[Column, ...]
    recommendations: tuple[ProposedRecommendation, ...]
    remarks: tuple[Remark, ...]
    paged: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which file something stands: for sentences that name a line. `sheet` is "" where a file has one sheet only."""

    file: str
    sheet: str = ""

    @property
    def name(self) -> str:
        """The file, and the sheet where there are several."""
        return f"{self.file} ({self.sheet})" if self.sheet else self.file


def line_refused(place: Place, line: int, code: str, **values: object) -> KnownError:
    """The error for a line that cannot be read; its `reason_code` lets a screen say it in another language."""
    return refuse("sheet-row", file=place.name, line=line, reason=say(code, **values).text("en"), reason_code=code, **values)


def file_refused(name: str, code: str, **values: object) -> KnownError:
    """The error for a file that cannot be read at all."""
    return refuse("sheet-unreadable", file=name, reason=say(code, **values).text("en"), reason_code=code, **values)
