"""Real vaults for the window's tests and pictures: a head's vault on the sample visit, with a disagreement that nobody has settled."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fieldtool.domain.authority import Role
from fieldtool.domain.ids import EntityId, KeyHash
from fieldtool.services import exchange, importing, people, records, sample, vaults
from fieldtool.services.session import Session

PASSPHRASE = "seven quiet herons cross the ford"
HIS, HERS = "Constructive; the commission accepts publication of minutes.", "Constructive on publication; on observers it left a door open."


@dataclass(frozen=True, slots=True)
class Made:
    """Where a vault lies, and the sample visit in it."""

    folder: Path
    visit: EntityId


def make_disputed(folder: Path) -> Made:
    """Headquarters plans the visit and records what Tomas and Nino heard; the head receives it, and both write the same summary."""
    hq = vaults.create_vault(folder / "hq", PASSPHRASE, name=sample.HEADQUARTERS, organisation=sample.ORGANISATION).session
    head = vaults.create_vault(folder / "head", PASSPHRASE, name=sample.HEAD, installation="laptop 1").session
    content = sample.load_sample()
    sample.enter_library(hq, content)
    sample.enter_visit(hq, content)
    people.add_person(hq, people.identity_request(head), visit=content.visit, role=Role.HEAD)
    sample.enter_agenda(hq, content)
    for author in (sample.HEAD, sample.TOMAS, sample.NINO):
        sample.enter_meetings(hq, content, author)
    sample.enter_outcomes(hq, content)
    for number in (10, 11):
        records.edit_record(hq, content.ids[f"meeting {number}"], {"state": "planned"})
    send(hq, head, folder / "1.ftbundle", sample.HEAD, people.fingerprint(KeyHash(hq.org)).digits)
    meeting = content.ids["meeting 2"]
    records.edit_record(hq, meeting, {"summary": HIS})
    records.edit_record(head, meeting, {"summary": HERS})
    send(hq, head, folder / "2.ftbundle", sample.HEAD, None)
    hq.close()
    head.close()
    return Made(folder / "head", content.visit)


def send(sender: Session, receiver: Session, path: Path, to: str, compared: str | None) -> None:
    """One bundle from one vault to the other; fails the caller where it was refused."""
    exchange.export_bundle(sender, path, to=[to])
    importing.import_file(receiver, path, expect_root=compared)
