"""What this computer remembers before a vault is open: language, theme, text size, lock time, last vault; nothing about any visit.

Plain lines and a plain class: it is read before the first paint, and a parser would have to be imported for anything richer.
"""

from __future__ import annotations

import os
from pathlib import Path

TEXT_SIZES = (90, 100, 110, 125, 150, 200)  # per cent of the system's own size
LOCK_MINUTES = (1, 3, 5, 10, 20)


class Preferences:
    """The values; an empty text means "as the system says", of the accent: the program's own."""

    __slots__ = ("accent", "contrast", "language", "lock_minutes", "text_size", "theme", "vault")

    def __init__(self) -> None:
        self.accent = ""  # "system" for the system's own
        self.contrast = ""  # "high" or "normal"
        self.language = ""
        self.theme = ""
        self.text_size = 100
        self.lock_minutes = 5
        self.vault = ""


class PreferenceFile:
    """Reads and writes the preferences, one `name=value` a line; what is damaged or missing counts as its default."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.values = Preferences()
        self._read()

    def _read(self) -> None:
        try:
            lines = self._path.read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError):
            return
        found = dict(line.split("=", 1) for line in lines if "=" in line)
        values = self.values
        values.language, values.theme, values.vault = found.get("language", ""), found.get("theme", ""), found.get("vault", "")
        values.accent = "system" if found.get("accent") == "system" else ""
        values.contrast = found["contrast"] if found.get("contrast") in ("high", "normal") else ""
        values.text_size = _one_of(found.get("text_size"), TEXT_SIZES, values.text_size)
        values.lock_minutes = _one_of(found.get("lock_minutes"), LOCK_MINUTES, values.lock_minutes)

    def change(self, **values: str | int) -> None:
        """Remember some values from now on; where the folder cannot be written they last as long as the process."""
        for name, value in values.items():
            setattr(self.values, name, value)
        lines = [f"{name}={getattr(self.values, name)}" for name in Preferences.__slots__]
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._path.with_suffix(".new")
            fresh.write_text("\n".join(lines) + "\n", encoding="utf-8")
            os.replace(fresh, self._path)
        except OSError:
            return


def _one_of(text: str | None, allowed: tuple[int, ...], default: int) -> int:
    return int(text) if text is not None and text.isdecimal() and int(text) in allowed else default
