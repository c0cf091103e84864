"""Preferences hold nothing of a visit, and nothing that is wrong in their file can hinder a start."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldtool import app
from fieldtool.services.places import default_vault
from fieldtool.ui.preferences import PreferenceFile, Preferences


def test_what_was_changed_is_there_next_time(tmp_path: Path) -> None:
    PreferenceFile(tmp_path / "c" / "window.conf").change(language="ru", text_size=125, vault="/somewhere/a=b")
    again = PreferenceFile(tmp_path / "c" / "window.conf").values
    assert (again.language, again.text_size, again.vault) == ("ru", 125, "/somewhere/a=b")


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"text_size=7\nlock_minutes=never\n", b"text_size=-100", b"no equals sign", b"=\n==\n"]
)
def test_a_damaged_file_counts_as_the_defaults(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "window.conf"
    path.write_bytes(content)
    found = PreferenceFile(path).values
    assert [getattr(found, n) for n in Preferences.__slots__] == [getattr(Preferences(), n) for n in Preferences.__slots__]


def test_a_folder_that_cannot_be_written_hinders_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    preferences = PreferenceFile(tmp_path / "file" / "window.conf")
    preferences.change(language="ru")
    assert preferences.values.language == "ru"


def test_the_window_and_the_command_line_look_for_the_vault_in_the_same_place() -> None:
    assert app.default_vault() == default_vault()
