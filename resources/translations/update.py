"""Keeps the window's catalogues in step with its source: collects sentences, keeps translations, compiles; run by hand, never by the
product.

Sentences are the first arguments of `tr` and `later` in fieldtool/ui, those of `Remark` anywhere, both templates of every known fault, and
the reasons that are given with faults. A sentence with `%n` has
plural forms.
English needs a catalogue for those alone. Obsolete sentences are dropped.

French, German, Italian and Spanish are prepared: their catalogues hold every sentence with its plural forms. When the last one is
translated a catalogue is compiled, and with that offered in the window. `--coverage` says how far each has come.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "resources" / "translations"
FORMS = {"en": 2, "ru": 3}  # complete: a sentence without a translation is a fault
PREPARED = {"de": 2, "es": 2, "fr": 2, "it": 2}  # as many plural forms as Qt's rules have for them
CONTEXT = "fieldtool"


def sentences() -> dict[str, str]:
    """Every sentence that the window may say, with the place it stands at."""
    found: dict[str, str] = {}
    sys.path.insert(0, str(ROOT))
    from fieldtool.domain.errors import CATALOGUE, REASONS
    from fieldtool.reports.verdict import Flaw

    for path in sorted((ROOT / "fieldtool").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                for said in _said(node, "ui" in path.relative_to(ROOT).parts, REASONS):
                    found.setdefault(said, path.relative_to(ROOT).as_posix())
    for flaw in Flaw:
        found.setdefault(flaw.value, "fieldtool/reports/verdict.py")
    for fault in CATALOGUE.values():
        for text in (fault.what, fault.next_step):
            if text:
                found.setdefault(text, "fieldtool/domain/errors.py")
    return found


def _said(call: ast.Call, in_window: bool, reasons: frozenset[str]) -> list[str]:
    """The sentences of one call: its first argument, or the reason that goes with a fault."""
    name = _name(call.func)
    given = call.args[:1] if name == "Remark" or (in_window and name in ("tr", "later")) else []
    given += [k.value for k in call.keywords if k.arg in reasons]
    return [said for one in given for said in _constants(one) if said.strip("; ")]


def _constants(value: ast.expr) -> list[str]:
    """The texts that an expression may come to; those that are put together are not among them."""
    if isinstance(value, ast.BoolOp):
        return [said for one in value.values for said in _constants(one)]
    if isinstance(value, ast.IfExp):
        return [*_constants(value.body), *_constants(value.orelse)]
    return [value.value] if isinstance(value, ast.Constant) and isinstance(value.value, str) else []


def _name(called: ast.expr) -> str:
    """What is called: `tr` in `tr(…)` and in `words.tr(…)`."""
    return called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""


def read(path: Path) -> dict[str, list[str]]:
    """The translations of a catalogue: sentence → its forms; unfinished ones are left out."""
    if not path.exists():
        return {}
    known: dict[str, list[str]] = {}
    for message in ET.parse(path).iter("message"):
        source, translation = message.findtext("source") or "", message.find("translation")
        if translation is None or translation.get("type") == "unfinished":
            continue
        forms = [form.text or "" for form in translation.findall("numerusform")]
        known[source] = forms or [translation.text or ""]
    return known


def write(path: Path, language: str, found: dict[str, str], known: dict[str, list[str]]) -> list[str]:
    """Write a catalogue; returns the sentences that have no translation."""
    top = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context, missing = ET.SubElement(top, "context"), []
    ET.SubElement(context, "name").text = CONTEXT
    for source in sorted(found):
        plural = "%n" in source
        if language == "en" and not plural:
            continue
        message = ET.SubElement(context, "message", {"numerus": "yes"} if plural else {})
        ET.SubElement(message, "source").text = source
        forms = known.get(source, [])
        count = (FORMS | PREPARED)[language]
        whole = len(forms) == (count if plural else 1) and all(forms)
        translation = ET.SubElement(message, "translation", {} if whole else {"type": "unfinished"})
        if not whole:
            missing.append(source)
        if plural:
            for k in range(count):
                ET.SubElement(translation, "numerusform").text = forms[k] if k < len(forms) else ""
        else:
            translation.text = forms[0] if forms else ""
    ET.indent(top)
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(head + ET.tostring(top, encoding="unicode") + "\n", encoding="utf-8")
    return missing


def compile_catalogue(path: Path) -> None:
    """Make the `.qm` beside a `.ts`."""
    import PySide6

    folder = Path(PySide6.__file__).parent
    tool = next(p for p in (folder / "lrelease", folder / "lrelease.exe", folder / "Qt" / "libexec" / "lrelease") if p.exists())
    subprocess.run([str(tool), "-silent", str(path), "-qm", str(path.with_suffix(".qm"))], check=True)


def prepare(found: dict[str, str]) -> dict[str, int]:
    """Update the catalogues that are under way; the per cent of each that is translated, rounded down."""
    coverage = {}
    for language in PREPARED:
        path = FOLDER / f"fieldtool_{language}.ts"
        missing = write(path, language, found, read(path))
        coverage[language] = 100 * (len(found) - len(missing)) // len(found)
        if not missing:
            compile_catalogue(path)
        else:
            path.with_suffix(".qm").unlink(missing_ok=True)
    return coverage


def main() -> int:
    """Update and compile every catalogue; the exit code is 1 when a sentence of a complete language has no translation."""
    found, left = sentences(), 0
    coverage = prepare(found)
    if "--coverage" in sys.argv[1:]:
        for language, share in coverage.items():
            print(f"{language}: {share} % of {len(found)} sentences")
    for language in FORMS:
        path = FOLDER / f"fieldtool_{language}.ts"
        missing = write(path, language, found, read(path))
        compile_catalogue(path)
        left += len(missing)
        for source in missing:
            print(f"{language}: {source}")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
