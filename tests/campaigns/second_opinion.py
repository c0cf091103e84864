"""`dev.py conform [--lock]`: a second validator, outloud, on every edition in every language at each of the four stages.

It has parts under the AGPL, so it is no dependency of this project: it gets an environment of its own, pinned by hash, and is run as a
program. The suite asks the first validator (page-validation) about the same files. Any error or warning fails, but for two guesses of its
that are wrong here (`_mistaken`). `--lock` resolves its versions again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pikepdf

from fieldtool.reports.wording import Wording
from tests.time_authorities import Clockmaker
from tests.unit.reports.test_stages import EVERY, lived
from tests.unit.reports.tools import words_of_heads

HERE = Path(__file__).resolve().parent
LOCK, WANTED = HERE / "second_opinion.lock", HERE / "second_opinion.in"
HOME = HERE.parents[1] / ".second-opinion"  # ignored by git
CONTROL = "control-without-language"  # a document that it has to find fault with


def main(words: Sequence[str]) -> int:
    """0 where it finds neither an error nor a warning, 1 elsewhere."""
    parser = argparse.ArgumentParser(prog="dev.py conform", description=__doc__)
    parser.add_argument("--lock", action="store_true", help="resolve the validator's versions again, and stop")
    if parser.parse_args(words).lock:
        return _resolve()
    program = _installed()
    with tempfile.TemporaryDirectory(prefix="fieldtool-conform-") as folder:
        files = list(_written(Path(folder)))
        judged = _asked(program, files, Path(folder) / "found.json")
    for name, (verdict, remarks) in judged.items():
        told = "unreadable" if verdict == "unreadable" else "remarks" if remarks else "good"
        print(f"{name:<34} {told}" + "".join(f"\n    {r}" for r in remarks))
    bad = [name for name, (verdict, remarks) in judged.items() if verdict == "unreadable" or remarks]
    print(f"{len(judged)} documents; with remarks: {', '.join(bad) or 'none'} (wanted: {CONTROL} alone)")
    return 0 if bad == [CONTROL] and len(judged) == len(files) else 1


def _resolve() -> int:
    words = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url",
             "--no-annotate", "--custom-compile-command", "python3 dev.py conform --lock", "-o", str(LOCK), str(WANTED)]  # fmt: skip
    return subprocess.call([sys.executable, "-m", *words])


def _installed() -> Path:
    """The validator's own program; its environment is made anew where the lock is another one."""
    stamp, seal = HOME / "lock.sha256", hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    if not stamp.exists() or stamp.read_text() != seal:
        subprocess.run([sys.executable, "-m", "venv", "--clear", HOME], check=True)
        subprocess.run([_in_home("python"), "-m", "pip", "install", "-q", "--require-hashes", "-r", LOCK], check=True)
        stamp.write_text(seal)
    return _in_home("outloud")


def _in_home(name: str) -> Path:
    return HOME / ("Scripts" if sys.platform == "win32" else "bin") / name


def _written(folder: Path) -> Iterator[Path]:
    path, authority = folder, Clockmaker(folder / "authority")
    for edition, languages in EVERY:
        for stage, content in lived(edition, languages, authority).items():
            path = folder / f"{edition.value}-{'+'.join(languages)}-{stage}.pdf"
            path.write_bytes(content)
            yield path
    spoilt = folder / f"{CONTROL}.pdf"
    with pikepdf.open(path) as pdf:
        del pdf.Root.Lang
        pdf.save(spoilt)
    yield spoilt


def _asked(program: Path, files: Sequence[Path], report: Path) -> dict[str, tuple[str, list[str]]]:
    """Per file: the verdict, and whatever it has to remark."""
    done = subprocess.run([program, "--quiet", "--fail-on", "never", "--json", report, *files], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"The validator ended with {done.returncode}: {done.stderr[-2000:]}")
    found = json.loads(report.read_text(encoding="utf-8"))
    return {Path(one["path"]).stem: (one["verdict"], _remarks(one)) for one in found["results"]}


def _remarks(one: dict[str, object]) -> list[str]:
    findings = one["findings"]
    assert isinstance(findings, list)
    weighty = [f for f in findings if f["severity"] in ("error", "warning") and not _mistaken(f)]
    return [f"{f['severity']} {f['rule']}: {f['message']} ({f.get('evidence', '')})" for f in weighty]


def _mistaken(finding: dict[str, str]) -> bool:
    """The head of a table, repeated as furniture on the next page, looks like prose to it where it has eight words; and a heading that
    happens to stand first or last on three pages looks like furniture. Nothing else of either kind passes."""
    said = finding.get("evidence", "")
    if finding["rule"] == "TAG-002":
        return set(said.split()) <= words_of_heads("en", "ru")
    heads = (Wording((language,))("evidence") for language in ("en", "ru"))
    return finding["rule"] == "PAG-001" and any(re.fullmatch(rf"{re.escape(head)}: \w-\d+", said) for head in heads)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
