"""Makes and opens vaults for the window; imports the vault's own rooms only when asked, for they are heavy."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fieldtool.services.session import Session

KEYS_FILE = "keys.json"
# Imported in idle time after the first paint, the lightest first, so that no pause between two key presses is long.
HEAVY = (
    "fieldtool.domain.values",
    "sqlcipher3.dbapi2",
    "cryptography.hazmat.primitives.asymmetric.ec",
    "sqlalchemy",
    "fieldtool.services.vaults",
)


class Gate:
    """The only place of the window that turns a passphrase into a session."""

    def exists(self, folder: Path) -> bool:
        """Whether there is a vault in the folder."""
        return (folder / KEYS_FILE).is_file()

    def holder(self, folder: Path) -> str:
        """Whose vault it is, as its key file says in the open; empty when it does not."""
        try:
            found = json.loads((folder / KEYS_FILE).read_bytes()).get("name", "")
        except (OSError, ValueError, AttributeError):
            return ""
        return found if isinstance(found, str) else ""

    def unlock(self, folder: Path, passphrase: str) -> Session:
        """Open the vault. Raises `KnownError`."""
        from fieldtool.services.vaults import unlock_vault

        return unlock_vault(folder, passphrase)

    def warm(self) -> list[Callable[[], None]]:
        """The imports that unlocking will need, one job each."""
        return [partial(_load, name) for name in HEAVY]


def _load(name: str) -> None:
    importlib.import_module(name)
