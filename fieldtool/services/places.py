"""Where things lie on this platform when nobody names a folder; it makes, reads and writes none of them."""

from __future__ import annotations

from pathlib import Path

PROGRAM = "fieldtool"


def default_vault() -> Path:
    """The folder of the vault."""
    import platformdirs

    return platformdirs.user_data_path(PROGRAM, appauthor=False) / "vault"


def anchor_folder() -> Path:
    """Where anchors are kept: outside every vault, so that a copied or restored one does not bring its own."""
    import platformdirs

    return platformdirs.user_state_path(PROGRAM, appauthor=False) / "anchors"
