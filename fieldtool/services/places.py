"""Where things lie on this platform when nobody names a folder; it makes, reads and writes none of them."""

from __future__ import annotations

from pathlib import Path

PROGRAM = "fieldtool"


def default_vault() -> Path:
    """The folder of the vault."""
    import platformdirs

    return platformdirs.user_data_path(PROGRAM, appauthor=False) / "vault"
