"""Processes of their own that hand a long attachment from vault to vault and tell the most memory each took; they time nothing.

    python -m bench._film_memory STEP FOLDER
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench._import_memory import ROOT, peak
from fieldtool.services import attachments, demo, exchange, importing, records, sample, vaults
from fieldtool.services.session import Session

FILE, BUNDLE, SAVED = "film.bin", "film.ftbundle", "saved.bin"


def film_memory(folder: Path, size: int) -> dict[str, int]:
    """What attaching, exporting, importing and saving a file of that many bytes costs beyond a file of one kilobyte, in bytes of memory."""
    folder.mkdir()
    demo.play(folder / "demo")
    least = _peaks(folder, 1024)
    return {step: most - least[step] for step, most in _peaks(folder, size).items()}


def _peaks(folder: Path, size: int) -> dict[str, int]:
    with (folder / FILE).open("wb") as file:
        file.truncate(size)
    found = {}
    for step in STEPS:
        child = subprocess.run([sys.executable, "-m", "bench._film_memory", step, str(folder)], cwd=ROOT, check=True, capture_output=True)
        found[step] = int(child.stdout)
    if (folder / SAVED).stat().st_size != size:
        raise AssertionError("another file came out than went in")
    return found


def _attach(folder: Path, session: Session) -> None:
    attachments.attach_file(session, records.list_records(session, "meetings")[0].id, folder / FILE)


def _export(folder: Path, session: Session) -> None:
    exchange.export_bundle(session, folder / BUNDLE, to=[sample.HEAD])


def _import(folder: Path, session: Session) -> None:
    importing.import_file(session, folder / BUNDLE)


def _save(folder: Path, session: Session) -> None:
    size = (folder / FILE).stat().st_size
    found = next(r for r in records.list_records(session, "attachments") if r.fields["size"] == size)
    attachments.save_attachment(session, found.id, folder / SAVED)


STEPS = {"attach": ("expert-1", _attach), "export": ("expert-1", _export), "import": ("head", _import), "save": ("head", _save)}


def main(step: str, folder: Path) -> int:
    """Do one step, and print the peak in bytes."""
    who, work = STEPS[step]
    session = vaults.unlock_vault(folder / "demo" / "vaults" / who, demo.PASSPHRASE)
    work(folder, session)
    session.close()
    print(peak())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
