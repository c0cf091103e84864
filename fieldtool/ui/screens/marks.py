"""How terms of the domain look: which icon, glyph and chip stands for which word; the words themselves come from the vocabularies."""

from __future__ import annotations

from PySide6.QtGui import QPainter

from fieldtool.services.screens.names import RecommendationName
from fieldtool.ui.look import painting
from fieldtool.ui.look.painting import ChipKind
from fieldtool.ui.look.tokens import XS
from fieldtool.ui.screens.terms import term
from fieldtool.ui.words import later, tr

NOTE_ICON = {
    "statement": "meeting",
    "fact or document": "fact",
    "commitment": "commitment",
    "plan announced": "plan",
    "obstacle": "obstacle",
    "assistance requested": "asked",
    "assistance offered": "offered",
    "expert assessment": "assess",
    "quote": "quote",
    "internal": "lock",
}
ATTRIBUTION: dict[str, tuple[str, ChipKind]] = {
    "on record by name": ("person", "plain"),
    "on record by institution": ("house", "plain"),
    "Chatham House": ("eye_off", "warn"),
    "background": ("eye_off", "warn"),
    "off the record": ("eye_off", "warn"),
    "internal only": ("lock", "warn"),
}
# Interlocutor types as heads of narrow columns: two lines of about eight letters.
_SHORT_TYPES = {
    "head of state": later("Head of\nstate"),
    "ministry of foreign affairs": later("Foreign\nministry"),
    "other ministry": later("Other\nministries"),
    "election management body": later("Election\ncomm."),
    "parliament": later("Parlia-\nment"),
    "court": later("Court"),
    "prosecution or law enforcement": later("Prose-\ncution"),
    "ombudsperson or human-rights institution": later("Ombuds-\nperson"),
    "audit or oversight": later("Audit"),
    "anti-corruption": later("Anti-\ncorrupt."),
    "media regulator": later("Media\nregul."),
    "public broadcaster": later("Public\nmedia"),
    "private media": later("Private\nmedia"),
    "political party": later("Parties"),
    "civil society": later("Civil\nsociety"),
    "citizen observers": later("Citizen\nobs."),
    "voter-register authority": later("Voter\nregister"),
    "academia": later("Aca-\ndemia"),
    "embassy": later("Diplom.\ncorps"),
    "OSCE field operation": later("OSCE\nfield"),
    "international organisation": later("Intern.\norg."),
    "other": later("Other"),
}


def short_type(kind: str) -> str:
    """An interlocutor type as the head of a narrow column."""
    return tr(_SHORT_TYPES[kind]) if kind in _SHORT_TYPES else term("institution_type", kind)


MARKING: dict[str, ChipKind] = {"public": "outline", "internal": "plain", "restricted": "warn", "confidential": "bad"}


def protected(attribution: str) -> bool:
    """Whether a rule hides who spoke."""
    return ATTRIBUTION.get(attribution, ("", "plain"))[1] == "warn"


def chip_kind(name: RecommendationName) -> ChipKind:
    """Priority recommendations carry the accent."""
    return "accent" if name.priority else "plain"


def chips(
    painter: QPainter, x: float, middle: float, names: tuple[RecommendationName, ...], chosen: bool = False, room: float = 10_000
) -> float:
    """A row of recommendation chips as far as they fit; returns the x behind the last."""
    end = x + room
    for number, name in enumerate(names):
        rest = f"+{len(names) - number}"
        if x + painting.chip_width(name.key) + (painting.chip_width(rest) + XS if number < len(names) - 1 else 0) > end:
            return x + painting.chip(painter, x, middle, rest, "plain", "", chosen)
        x += painting.chip(painter, x, middle, name.key, chip_kind(name), "", chosen) + XS
    return x
