"""Makes and opens vaults for the window; imports the vault's own rooms only when asked, for they are heavy."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QJsonDocument

if TYPE_CHECKING:
    from fieldtool.services.first_steps import Comparison, Quality
    from fieldtool.services.importing import Imported
    from fieldtool.services.session import Session
    from fieldtool.services.vaults import NewVault

KEYS_FILE = "keys.json"
SAMPLE_PASSPHRASE = "sample passphrase"  # no secret: the sample's
# Imported in idle time after the first paint, the lightest first, so that no pause between two key presses is long.
HEAVY = (
    "fieldtool.domain.values",
    "sqlcipher3.dbapi2",
    "cryptography.hazmat.primitives.asymmetric.ec",
    "sqlalchemy",
    "fieldtool.services.vaults",
    "fieldtool.ui.frame",
    "fieldtool.ui.screens.visit",
    "fieldtool.ui.screens.meetings",
)


class Gate:
    """The only place of the window that turns a passphrase into a session."""

    def exists(self, folder: Path) -> bool:
        """Whether there is a vault in the folder."""
        return (folder / KEYS_FILE).is_file()

    def holder(self, folder: Path) -> str:
        """Whose vault it is, as its key file says in the open; empty when it does not."""
        try:
            found = QJsonDocument.fromJson(QByteArray((folder / KEYS_FILE).read_bytes())).object()
        except OSError:
            return ""
        return str(found.get("name", ""))

    def unlock(self, folder: Path, passphrase: str) -> Session:
        """Open the vault. Raises `KnownError`."""
        from fieldtool.services.vaults import unlock_vault

        return unlock_vault(folder, passphrase)

    def create(self, folder: Path, passphrase: str, name: str, latin: str, installation: str) -> NewVault:
        """Make a vault. Raises `KnownError`."""
        from fieldtool.services.vaults import create_vault

        return create_vault(folder, passphrase, name=name, name_latin=latin, installation=installation)

    def sample(self, folder: Path) -> Session:
        """The vault of the sample visit, made where it is not there yet. Raises `KnownError`."""
        if self.exists(folder):
            return self.unlock(folder, SAMPLE_PASSPHRASE)
        from fieldtool.services.first_steps import make_sample_vault

        return make_sample_vault(folder, SAMPLE_PASSPHRASE)

    def recover(self, folder: Path, typed: str, passphrase: str) -> Session:
        """Open the vault by its recovery sheet: a sealed one for its old passphrase, keys and all; any other gets a new one, and new keys.

        Raises `KnownError` wrong-recovery; wrong-passphrase where a sealed vault, open again now, has another one.
        """
        from fieldtool.services.upkeep import is_sealed, reopen
        from fieldtool.services.vaults import renew_passphrase

        if is_sealed(folder):
            reopen(folder, typed)
        else:
            renew_passphrase(folder, typed, passphrase)
        return self.unlock(folder, passphrase)

    def wipe(self, folder: Path) -> None:
        """Remove a closed vault for good. Raises `KnownError`."""
        from fieldtool.services.upkeep import wipe

        wipe(folder)

    def quality(self, passphrase: str) -> Quality:
        """How good a passphrase is."""
        from fieldtool.services.first_steps import quality_of

        return quality_of(passphrase)

    def mistyped(self, typed: str) -> tuple[int, ...]:
        """The groups of a recovery sheet that are wrong or missing."""
        from fieldtool.services.first_steps import mistyped_groups

        return mistyped_groups(typed)

    def save_sheet(self, made: NewVault, path: Path, language: str) -> None:
        """Write the recovery sheet to print. Raises `KnownError`."""
        from fieldtool.services.first_steps import save_sheet

        save_sheet(made, path, language)

    def save_request(self, session: Session, path: Path) -> None:
        """Write the identity request. Raises `KnownError`."""
        from fieldtool.services.first_steps import save_request

        save_request(session, path)

    def own_words(self, session: Session) -> str:
        """This installation's fingerprint as words."""
        from fieldtool.services.first_steps import own_words

        return own_words(session)

    def open_first_file(self, session: Session, path: Path, compared: str | None) -> Imported | Comparison:
        """Take in the first visit file. Raises `KnownError`."""
        from fieldtool.services.first_steps import open_first_file

        return open_first_file(session, path, compared)

    def warm(self) -> list[Callable[[], object]]:
        """The imports that unlocking will need, one job each."""
        from functools import partial
        from importlib import import_module

        return [*(partial(import_module, name) for name in HEAVY), settle_memory]


def settle_memory() -> None:
    """Leave what was imported out of every later garbage collection, and collect less often.

    A full collection over some hundred thousand objects holds all threads for a tenth of a second: the window would stand still
    in the middle of an import.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)
