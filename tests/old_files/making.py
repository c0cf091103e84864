"""Writes the files that an older version is remembered by, and reads from a vault what is compared; it changes no file that is there.

    python -m tests.old_files.making NAME

makes `tests/old_files/NAME/`. Run it once when the format of bundles or of vaults gets a new version, before anything else changes, and
never again for that version: what stands there is opened by every version to come.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from fieldtool import __version__
from fieldtool.domain.authority import Role
from fieldtool.domain.ids import EntityId
from fieldtool.domain.schema import RECORD_KINDS
from fieldtool.domain.values import JsonValue
from fieldtool.identity.certificates import read_certificate
from fieldtool.services import attachments, exchange, importing, people, records, redaction, summary, upkeep, vaults
from fieldtool.services.session import Session
from fieldtool.sync import limits

FOLDER = Path(__file__).resolve().parent
PASSPHRASE = "old files open for whoever reads this"
HEAD, HEADQUARTERS, NEWCOMER = "Elena Marković", "Katarina Holm", "Ә. Үлгі"
ATTACHED = "Хаттама № 7\n".encode()
TEXTS = ("Сайлау учаскесі кеш ашылды.", "The minutes were posted at the door.", "A draft law is planned for spring.")


def facts(session: Session) -> dict[str, JsonValue]:
    """What has to be in a vault for ever: per kind how many records and a digest over what they say, with the conflicts and the changes."""
    kinds: dict[str, JsonValue] = {}
    for spec in RECORD_KINDS:
        found = session.store.list_(spec.name, deleted=True)
        said: list[JsonValue] = [
            [r.id, r.fields, r.made_at, r.made_by, r.changed_at, r.changed_by, r.deleted, r.private, [*r.conflicts]]
            for r in sorted(found, key=lambda r: r.id)
        ]
        if said:
            kinds[spec.plural] = {"total": len(said), "sha256": digest(json.dumps(said, ensure_ascii=False, sort_keys=True).encode())}
    segments: list[JsonValue] = [*sorted(f.hash.hex() for f in session.store.segments())]
    return {"changes": session.store.change_count(), "conflicts": len(session.store.conflicts()), "kinds": kinds, "segments": segments}


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def make(out: Path) -> None:
    """Play one short visit, and leave its files in the new folder `out`."""
    out.mkdir()
    try:
        with tempfile.TemporaryDirectory() as scratch:
            os.environ["XDG_STATE_HOME"] = scratch
            said = _play(Path(scratch), out)
    except BaseException:
        shutil.rmtree(out)
        raise
    files: dict[str, JsonValue] = {
        p.relative_to(out).as_posix(): digest(p.read_bytes()) for p in sorted(out.rglob("*")) if p.is_file() and p.name != "expected.json"
    }
    about: dict[str, JsonValue] = {"version": __version__, "format": limits.FORMAT, "passphrase": PASSPHRASE, **said, "files": files}
    (out / "expected.json").write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _play(scratch: Path, out: Path) -> Mapping[str, JsonValue]:
    new = vaults.create_vault(scratch / "head", PASSPHRASE, name=HEAD, name_latin="Elena Markovic", installation="laptop")
    head = new.session
    hq = vaults.create_vault(scratch / "hq", PASSPHRASE, name=HEADQUARTERS, organisation="Sample Organisation").session
    (out / "recovery-sheet.txt").write_text(new.sheet.printable(HEAD), encoding="utf-8")
    (out / "root.pem").write_bytes(vaults.root_pem(hq))
    (out / "hq-recipient.key").write_text(hq.keys.reader.as_key_file(), encoding="ascii")
    visit = _plan(hq)
    people.add_person(hq, people.identity_request(head), visit=visit, role=Role.HEAD)
    sent = exchange.export_bundle(hq, scratch / "visit.ftbundle", to=["team"], visit=visit)
    root = people.fingerprint(read_certificate(hq.root or b"").key)
    importing.import_file(head, sent.path, expect_root=root.words)
    notes = _record(head, visit)
    importing.import_file(hq, exchange.export_bundle(head, scratch / "first.ftbundle", to=["hq"]).path)
    redaction.redact(hq, notes[2], "text", reason="The source withdrew consent.")
    records.edit_record(hq, visit, {"purpose": "Follow-up of the recommendations."})
    upkeep.back_up(hq, out / "hq.ftbackup")
    before = facts(hq)
    _finish(head, visit, notes, out)
    importing.import_file(hq, out / "work.ftbundle")
    after = facts(hq)
    exchange.export_receipt(hq, out / "receipt.ftreceipt", to=[HEAD], visit=visit)
    _newcomer(scratch, out)
    field = facts(head)
    head.close()
    hq.close()
    (out / "head-vault").mkdir()
    for name in ("keys.json", "vault.db"):
        shutil.copy(scratch / "head" / name, out / "head-vault" / name)
    return {"visit": visit, "hq": before, "hq with the bundle": after, "head": field}


def _plan(hq: Session) -> EntityId:
    """Headquarters' library, restated for the team, and the visit."""
    country: dict[str, JsonValue] = {"iso3": "KAZ", "name": {"en": "Kazakhstan", "ru": "Казахстан"}}
    records.add_records(hq, "countries", [country])
    report: dict[str, JsonValue] = {
        "reference": "KAZ-2021-PAR",
        "country": "KAZ",
        "title": "Parliamentary elections",
        "recommendation_count": 1,
    }
    (made,) = records.add_records(hq, "reports", [report]).ids
    wanted: dict[str, JsonValue] = {
        "report": made,
        "number": 1,
        "class": "priority",
        "themes": ["legal framework"],
        "text": "Review the law.",
    }
    (recommendation,) = records.add_records(hq, "recommendations", [wanted]).ids
    status: dict[str, JsonValue] = {"recommendation": recommendation, "value": "not evaluated", "set_by": made, "date": "2022-01-01"}
    records.add_records(hq, "statuses", [status])
    institution: dict[str, JsonValue] = {
        "name": {"en": "Central Election Commission"},
        "type": "election management body",
        "country": "KAZ",
    }
    records.add_records(hq, "institutions", [institution])
    planned: dict[str, JsonValue] = {
        "reference": "KAZ-2022-1", "country": "KAZ", "start": "2022-04-10", "end": "2022-04-14", "timezone": "Asia/Almaty",
        "reports": [made],
    }  # fmt: skip
    return records.add_records(hq, "visits", [planned]).ids[0]


def _record(head: Session, visit: EntityId) -> tuple[EntityId, ...]:
    """A meeting, a protected person, an attachment, and notes: one shared, one private, one to be redacted, one deleted."""
    (person,) = records.add_records(head, "people", [{"name": "Г. Үлгі", "title": "chair", "protected": True}], visit=visit).ids
    meeting: dict[str, JsonValue] = {
        "visit": visit, "start": "2022-04-11T10:00", "end": "2022-04-11T11:00", "state": "held",
        "institutions": [head.store.list_("institution")[0].id],
        "attendees": {"01": {"person": person, "name": None, "role": "interlocutor"}},
        "summary": "The commission explained its plans.",
    }  # fmt: skip
    (met,) = records.add_records(head, "meetings", [meeting]).ids
    kinds = ("statement", "internal", "statement", "statement")
    about: list[JsonValue] = [head.store.list_("recommendation")[0].id]
    wanted: list[dict[str, JsonValue]] = [
        {"meeting": met, "kind": kind, "text": text, "private": kind == "internal", "recommendations": about}
        for kind, text in zip(kinds, (*TEXTS, "Typed by mistake."), strict=True)
    ]
    notes = records.add_records(head, "notes", wanted).ids
    records.edit_record(head, notes[0], {"text": f"{TEXTS[0]} Хаттама жоқ."})
    records.delete_record(head, notes[3])
    attachments.attach_bytes(head, met, "хаттама.txt", ATTACHED, media_type="text/plain")
    return notes


def _finish(head: Session, visit: EntityId, notes: tuple[EntityId, ...], out: Path) -> None:
    """Words that disagree with headquarters', a signed summary, and the bundle that carries both."""
    records.edit_record(head, visit, {"purpose": "Follow-up with the commission.", "state": "in field"})
    records.edit_record(head, notes[0], {"language": "kk"})
    summary.sign_summary(head, out / "summary.pdf", PASSPHRASE)
    exchange.export_bundle(head, out / "work.ftbundle", to=["hq"])


def _newcomer(scratch: Path, out: Path) -> None:
    newcomer = vaults.create_vault(scratch / "newcomer", PASSPHRASE, name=NEWCOMER, name_latin="A. Ulgi").session
    (out / "newcomer.ftrequest").write_bytes(people.identity_request(newcomer))
    newcomer.close()


if __name__ == "__main__":
    make(FOLDER / sys.argv[1])
