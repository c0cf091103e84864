"""Where the shipped data files lie, in a checkout and in the frozen app; it finds them and must not read, parse or cache them."""

import sys
from pathlib import Path


def root() -> Path:
    """The folder of shipped data: `resources/` at the top of the checkout, or the frozen app's copy of it."""
    unpacked: str | None = getattr(sys, "_MEIPASS", None)
    top = Path(unpacked) if unpacked else Path(__file__).resolve().parent.parent
    return top / "resources"


def guide(language: str) -> Path:
    """The folder of the user's guide in a language, or in English: the same files in a checkout and in the frozen app."""
    pages = root().parent / "docs" / "user-guide"
    return next((folder for folder in (pages / language, pages / "en") if folder.is_dir()), pages)


def path(*parts: str) -> Path:
    """The path of one shipped file or folder, such as `path("fonts", "Inter-Regular.ttf")`.

    Raises `FileNotFoundError` when the installation lacks it: a broken installation, never the user's fault.
    """
    found = root().joinpath(*parts)
    if not found.exists():
        raise FileNotFoundError(f"this installation lacks {found}")
    return found
