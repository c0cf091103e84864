"""Shipped data is found in a checkout and in a frozen app, and a missing file says so."""

import sys
from pathlib import Path

import pytest

from fieldtool import resources


def test_the_checkout_has_its_resources_beside_the_package() -> None:
    assert resources.root() == Path(__file__).resolve().parents[3] / "resources"


def test_a_frozen_app_looks_into_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources" / "fonts").mkdir(parents=True)
    (tmp_path / "resources" / "fonts" / "a.ttf").write_bytes(b"font")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)

    assert resources.path("fonts", "a.ttf").read_bytes() == b"font"


def test_a_missing_file_is_a_broken_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    with pytest.raises(FileNotFoundError, match=r"this installation lacks .*fonts"):
        resources.path("fonts", "a.ttf")
