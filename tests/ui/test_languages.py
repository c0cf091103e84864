"""Languages under way: whole in structure, with Qt's own plural forms, and offered when the last sentence is translated, never before."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from fieldtool import resources
from fieldtool.ui import words

CATALOGUES = Path(__file__).resolve().parents[2] / "resources" / "translations"
SAMPLE = {"Seal it now": "a.py", "%n note(s)": "b.py"}


@pytest.fixture
def update() -> ModuleType:
    """The script that keeps the catalogues."""
    spec = importlib.util.spec_from_file_location("update", CATALOGUES / "update.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_the_window_and_the_script_prepare_the_same_languages(update: ModuleType) -> None:
    assert set(update.PREPARED) == set(words.PREPARED)
    assert set(update.FORMS) == set(words.LANGUAGES)


@pytest.mark.parametrize("language", sorted(words.PREPARED))
def test_a_prepared_catalogue_holds_every_sentence(language: str) -> None:
    def sources(code: str) -> list[str | None]:
        return [m.findtext("source") for m in ElementTree.parse(CATALOGUES / f"fieldtool_{code}.ts").iter("message")]

    assert sources(language) == sources("ru")


@pytest.mark.parametrize(("language", "none"), [("de", "B"), ("es", "B"), ("fr", "A"), ("it", "B")])
def test_plural_forms_are_those_of_qt(update: ModuleType, tmp_path: Path, language: str, none: str) -> None:
    path = tmp_path / f"fieldtool_{language}.ts"
    assert update.write(path, language, SAMPLE, {"Seal it now": ["x"], "%n note(s)": ["A", "B"]}) == []
    update.compile_catalogue(path)
    catalogue = QTranslator()
    assert catalogue.load(str(path.with_suffix(".qm")))
    told = [catalogue.translate("fieldtool", "%n note(s)", None, n) for n in (0, 1, 2)]
    assert told == [none, "A", "B"]


def test_a_language_with_a_gap_is_not_compiled_and_a_whole_one_is(
    update: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update, "FOLDER", tmp_path)
    (tmp_path / "fieldtool_de.qm").write_bytes(b"of yesterday, when it was whole")
    update.write(tmp_path / "fieldtool_fr.ts", "fr", SAMPLE, {"Seal it now": ["x"], "%n note(s)": ["A", "B"]})
    update.write(tmp_path / "fieldtool_it.ts", "it", SAMPLE, {"%n note(s)": ["A", "B"]})
    assert update.prepare(SAMPLE) == {"de": 0, "es": 0, "fr": 100, "it": 50}
    assert [p.name for p in tmp_path.glob("*.qm")] == ["fieldtool_fr.qm"]


def test_only_a_compiled_language_is_offered_and_another_falls_back_to_english(
    dressed: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "root", lambda: tmp_path / "resources")
    shutil.copytree(CATALOGUES, tmp_path / "resources" / "translations")
    assert "fr" not in words.offered()
    words.language.use("fr")
    assert words.language.code == "en"
    shutil.copy(CATALOGUES / "fieldtool_en.qm", tmp_path / "resources" / "translations" / "fieldtool_fr.qm")
    assert words.offered()["fr"] == "Français"
    words.language.use("fr")
    assert words.language.locale.dayName(1) == "lundi"
    words.language.use("en")


@pytest.mark.parametrize(
    ("language", "said"), [("en", ("1 note", "999 notes", "12,345 notes")), ("ru", ("1 запись", "999 записей", "12\u00a0345 записей"))]
)
def test_counts_are_grouped_and_what_names_something_is_not(dressed: QApplication, language: str, said: tuple[str, ...]) -> None:
    words.language.use(language)
    try:
        assert tuple(words.tr("%n note(s)", n) for n in (1, 999, 12_345)) == said
        assert words.number(12_345) in words.tr("%n of {total} shown", 2, total=12_345)
        assert "12345" in words.tr("Meeting {number}", number=12_345)
    finally:
        words.language.use("en")
