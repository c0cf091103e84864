"""`dev.py mutants [NAME ...]`: every seeded fault, one at a time in a copy of the checkout, is noticed by an assertion of a test.

An import error, a time-out, an exception that no test asserted about, or a fault whose place in the source has changed, does not count.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from tests.campaigns.faults import FAULTS, Fault

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 400  # for the tests of one fault
ASSERTED = ("AssertionError", "assert ", "Failed: DID NOT RAISE", "Regex pattern did not match")


def misplaced(root: Path = ROOT) -> list[str]:
    """The faults whose text does not stand exactly once in its file."""
    return [f.name for f in FAULTS if (root / f.file).read_text(encoding="utf-8").count(f.old) != 1]


def copied(folder: Path) -> Path:
    """A copy of every file that git knows or would add."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    target = folder / "checkout"
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    return target


def judge(checkout: Path, tests: Sequence[str], report: Path) -> tuple[str, str]:
    """Run tests in the checkout until one fails: "survived", "killed" by an assertion, or "spoilt"; and by which test, or why."""
    report.unlink(missing_ok=True)
    words = [sys.executable, "-m", "pytest", "-x", "-q", "-n0", "-p", "no:cacheprovider", f"--junitxml={report}", *tests]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")} | {"PYTHONPATH": str(checkout)}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    try:
        done = subprocess.run(words, cwd=checkout, env=environment, capture_output=True, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return "spoilt", "the tests did not end"
    if done.returncode == 0:
        return "survived", ""
    if not report.exists():
        return "spoilt", done.stdout[-300:]
    return read_report(report)


def read_report(report: Path) -> tuple[str, str]:
    """What the first failing test says: an assertion, or something that shows only that the program broke."""
    for case in ElementTree.parse(report).iter("testcase"):
        name = f"{case.get('classname', '').rpartition('.')[2]}::{case.get('name')}"
        if (error := case.find("error")) is not None:
            return "spoilt", f"{name}: {error.get('message')}"
        if (failure := case.find("failure")) is not None:
            message = failure.get("message") or ""
            lines = [line[2:].strip() for line in (failure.text or "").splitlines() if line.startswith("E ")]
            asserted = message.startswith(ASSERTED) or any(line.startswith(ASSERTED) for line in lines)
            return ("killed" if asserted else "spoilt"), name if asserted else f"{name}: {message}"
    return "spoilt", "no test failed, and yet the run did"


def try_fault(fault: Fault, checkout: Path, report: Path) -> tuple[str, str]:
    """The verdict on one fault; the copy is whole again afterwards."""
    file = checkout / fault.file
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole.replace(fault.old, fault.new), encoding="utf-8")
    try:
        compile(file.read_text(encoding="utf-8"), fault.file, "exec")
        verdict = ("survived", "")
        for tests in fault.tests:
            verdict = judge(checkout, [tests], report)
            if verdict[0] != "survived":
                break
        return verdict
    finally:
        file.write_text(whole, encoding="utf-8")


def main(arguments: list[str]) -> int:
    """All faults, or those whose names hold one of the words; prints the table; 1 unless each was killed by an assertion."""
    parser = argparse.ArgumentParser(prog="dev.py mutants", description=__doc__)
    parser.add_argument("words", nargs="*", metavar="NAME", help="only faults whose name holds one of these")
    asked = parser.parse_args(arguments)
    if names := misplaced():
        print("These faults no longer fit the source; put their text right: " + "; ".join(names))
        return 1
    chosen = [f for f in FAULTS if not asked.words or any(w in f.name for w in asked.words)]
    killed = 0
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="fieldtool-mutants-") as folder:
        checkout = copied(Path(folder))
        for fault in chosen:
            verdict, by = try_fault(fault, checkout, Path(folder) / "report.xml")
            killed += verdict == "killed"
            print(f"{verdict:9} {fault.name:80} {by}", flush=True)
    print(f"{killed} of {len(chosen)} faults were killed by an assertion, in {time.monotonic() - begun:.0f} s")
    return 0 if killed == len(chosen) and chosen else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
