"""What this computer remembers before a vault is open: language, theme, text size, lock time, last vault; nothing about any visit."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

TEXT_SIZES = (90, 100, 110, 125, 150)  # per cent of the system's own size
LOCK_MINUTES = (1, 3, 5, 10, 20)


@dataclass(frozen=True, slots=True)
class Preferences:
    """The values; an empty text means "as the system says"."""

    language: str = ""
    theme: str = ""
    text_size: int = 100
    lock_minutes: int = 5
    vault: str = ""


class PreferenceFile:
    """Reads and writes the preferences; a damaged or missing file counts as the defaults, for it holds nothing that matters."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.values = self._read()

    def _read(self) -> Preferences:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return Preferences()
        default = Preferences()
        if not isinstance(found, dict):
            return default
        made = replace(default, **{name: found[name] for name, value in asdict(default).items() if type(found.get(name)) is type(value)})
        if made.text_size not in TEXT_SIZES or made.lock_minutes not in LOCK_MINUTES:
            made = replace(made, text_size=default.text_size, lock_minutes=default.lock_minutes)
        return made

    def change(self, **values: str | int) -> Preferences:
        """Remember some values from now on; where the folder cannot be written they last as long as the process."""
        self.values = replace(self.values, **values)  # type: ignore[arg-type]  # the callers name fields with their types
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._path.with_suffix(".new")
            fresh.write_text(json.dumps(asdict(self.values), ensure_ascii=False, indent=1), encoding="utf-8")
            os.replace(fresh, self._path)
        except OSError:
            return self.values
        return self.values
