"""Realistic records by the thousand for looking and measuring: `python3 dev.py seed FOLDER [--notes N]` makes a head's vault there.

Two authors, one conflict that nobody has settled, and N more notes over the sample's meetings, in four scripts. The passphrase is printed.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from fieldtool.domain.ids import EntityId
from fieldtool.domain.values import JsonValue
from fieldtool.services import records, vaults
from fieldtool.services.session import Session
from tests.ui.vaults import PASSPHRASE, Made, make_disputed

TOGETHER = 500
WORDS = (
    "комиссия", "протокол", "наблюдатель", "участок", "бюллетень", "жалоба", "срок", "закон", "проект", "список", "подсчёт",
    "избиратель", "суд", "решение", "порог", "регистрация", "комиссияның", "хаттамасы", "сайлау", "учаскесі", "бақылаушы", "өтініш",
    "мерзімі", "заңның", "жобасы", "дауыс", "санау", "тіркеу", "тәртібі", "commission", "minutes", "observer", "polling", "station",
    "ballot", "complaint", "deadline", "draft", "law", "register", "threshold", "count", "voter", "court", "decision", "საარჩევნო",
    "კომისიის", "ოქმი", "დამკვირვებელი", "საჩივარი", "ვადა", "კანონის", "პროექტი",
)  # fmt: skip
KINDS = ("statement", "fact or document", "commitment", "plan announced", "obstacle", "expert assessment", "internal")


def make_seeded(folder: Path, notes: int, seed: int = 1) -> Made:
    """The disputed sample vault with that many more notes; `folder` must be new or empty."""
    made = make_disputed(folder)
    session = vaults.unlock_vault(made.folder, PASSPHRASE)
    try:
        add_notes(session, made.visit, notes, seed)
    finally:
        session.close()
    return made


def add_notes(session: Session, visit: EntityId, notes: int, seed: int = 1) -> None:
    """Add that many notes to the visit's meetings, and bring them all into the search index."""
    rows = list(_notes(session, visit, notes, random.Random(seed)))
    for start in range(0, len(rows), TOGETHER):
        records.add_records(session, "notes", rows[start : start + TOGETHER], visit=visit, origin="seed", label="seed")
    while session.store.index_pending(2_000):
        pass


def _notes(session: Session, visit: EntityId, count: int, made: random.Random) -> Iterator[dict[str, JsonValue]]:
    meetings = session.store.list_("meeting", visit=visit)
    recommendations = [r.id for r in session.store.list_("recommendation", visit=visit)]
    for n in range(count):
        meeting = meetings[n % len(meetings)]
        speakers = meeting.fields.get("institutions")
        chosen: list[JsonValue] = [*made.sample(recommendations, made.choice((0, 1, 1, 2, 3)))]
        text = " ".join(made.choices(WORDS, k=made.randint(6, 40)))
        minute = 9 * 60 + n * 7 % 480
        yield {
            "meeting": meeting.id, "kind": made.choice(KINDS), "text": f"{text.capitalize()}.", "recommendations": chosen,
            "speakers": speakers if isinstance(speakers, list) else [], "language": "ru",
            "at": f"{str(meeting.fields['start'])[:11]}{minute // 60:02d}:{minute % 60:02d}",
        }  # fmt: skip


def main(arguments: list[str]) -> int:
    """Make the vault where it was asked for."""
    parser = argparse.ArgumentParser(prog="dev.py seed", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--notes", type=int, default=400, help="how many more notes than the sample has (default: 400)")
    asked = parser.parse_args(arguments)
    if asked.folder.exists() and any(asked.folder.iterdir()):
        print(f"{asked.folder} is not empty; name a new folder.", file=sys.stderr)
        return 1
    staged = asked.folder.with_name(f"{asked.folder.name}.making")
    staged.mkdir(parents=True)
    try:
        made = make_seeded(staged, asked.notes)
        if asked.folder.exists():
            asked.folder.rmdir()
        made.folder.rename(asked.folder)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    print(f"A vault with {asked.notes} more notes is in {asked.folder}. Its passphrase: {PASSPHRASE}")
    print(f"Open it with: python3 dev.py run --vault {asked.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
