"""Code that waits in a user's home is never run by the program: reportlab would execute two files there when it is imported."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

IMPORT = "import {first}reportlab, reportlab.rl_config; print(reportlab.Version)"


def run_with_traps(home: Path, first: str) -> str:
    """Import reportlab after `first` in a home with traps; the names of those that ran."""
    for name in (".reportlab_mods", ".reportlab_settings"):
        (home / name).write_text(f"open({str(home / 'ran')!r}, 'a').write({name + ' '!r})\n")
    child = subprocess.run(
        [sys.executable, "-c", IMPORT.format(first=first)], cwd=ROOT, env=os.environ | {"HOME": str(home)}, capture_output=True, text=True
    )
    assert child.returncode == 0, child.stderr
    return (home / "ran").read_text() if (home / "ran").exists() else ""


def test_reports_do_not_run_what_lies_in_the_home(tmp_path: Path) -> None:
    assert run_with_traps(tmp_path, "fieldtool.reports, ") == ""


def test_the_traps_would_catch_it(tmp_path: Path) -> None:
    assert run_with_traps(tmp_path, "") == ".reportlab_mods .reportlab_settings "
