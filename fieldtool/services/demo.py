"""The whole loop on the sample visit, played with four real vaults through files only; it has no way in that a user has not."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fieldtool import __version__
from fieldtool.domain.authority import Role
from fieldtool.domain.errors import refuse
from fieldtool.domain.remarks import in_english
from fieldtool.domain.schema import RECORD_KINDS
from fieldtool.domain.values import JsonValue
from fieldtool.identity.certificates import read_certificate
from fieldtool.services import conflicts, exchange, files, hq, importing, people, records, sample, summary, tables, vaults
from fieldtool.services.session import Session

PASSPHRASE = "sample passphrase of the demo, known to everybody"
VAULTS = {"hq": sample.HEADQUARTERS, "head": sample.HEAD, "expert-1": sample.TOMAS, "expert-2": sample.NINO}
LATIN = {"expert-2": "Nino Beradze"}
MARK = "fieldtool demo"  # the `what` of demo.json, by which a folder of ours is known

Tell = Callable[[str], None]


@dataclass(slots=True)
class _Play:
    """The stage: folders, open vaults, and the log that becomes demo.json."""

    out: Path
    tell: Tell
    database: str | None = None  # where headquarters' records are, if not in its vault
    sample: sample.Sample = field(default_factory=sample.load_sample)
    sessions: dict[str, Session] = field(default_factory=dict)
    steps: list[JsonValue] = field(default_factory=list)

    def step(self, what: str, *files: Path, **facts: JsonValue) -> None:
        """Log one step with the files that it made, each by its SHA-256."""
        made: list[JsonValue] = [{"file": f.relative_to(self.out).as_posix(), "sha256": sha256(f), "size": f.stat().st_size} for f in files]
        self.steps.append({"step": what, "files": made, **facts})
        self.tell(what)

    def send(self, who: str, name: str, *to: str) -> Path:
        """One vault writes a bundle."""
        path = self.out / "bundles" / f"{name}.ftbundle"
        written = exchange.export_bundle(self.sessions[who], path, to=to, visit=self.sample.visit)
        counts = written.facts.manifest.counts
        self.step(f"{who} sends {name}", path, to=[*written.recipients], changes=counts.changes, segments=counts.segments)
        return path

    def receive(self, path: Path, *who: str, **options: str) -> None:
        """Some vaults take a file in."""
        for one in who:
            taken = importing.import_file(self.sessions[one], path, expect_root=options.get("expect_root"))
            self.steps.append({"step": f"{one} takes in {path.stem}", "files": [], "changes": taken.changes, "conflicts": taken.conflicts})

    def everybody(self, but: str) -> list[str]:
        """The other vaults."""
        return [w for w in self.sessions if w != but]


def sha256(path: Path) -> str:
    """The digest of a file, as `sha256sum` prints it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def play(out: Path, tell: Tell = lambda _: None, *, database: str | None = None) -> dict[str, JsonValue]:
    """Play the loop into the folder `out` and return what `demo.json` says. Replaces only a folder that holds a demo of this tool.

    With `database`, the URL of an empty one, headquarters keeps its records there. Raises `KnownError` demo-foreign, database-foreign where
    it is not empty, and whatever a step of it raises.
    """
    place = _make_room(out)
    stage = _Play(place, tell, database)
    try:
        try:
            _people(stage)
            _meetings(stage)
            before = _state(stage)
            _settle(stage)
            _finish(stage)
            said = _report(stage, before)
        finally:
            for session in stage.sessions.values():
                session.close()
        if out.exists():
            shutil.rmtree(out)
        place.rename(out)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    return said


def list_digests(session: Session) -> dict[str, JsonValue]:
    """Per kind, how many records there are and the SHA-256 of their list as JSON; the conflicts too."""
    found: dict[str, JsonValue] = {}
    for spec in RECORD_KINDS:
        items = [records.record_json(session, r) for r in records.list_records(session, spec.name)]
        found[spec.plural] = {"total": len(items), "sha256": _digest(items)}
    torn = [conflicts.conflict_json(session, c) for c in conflicts.list_conflicts(session)]
    found["conflicts"] = {"total": len(torn), "sha256": _digest(torn)}
    return found


# -------------------------------------------------------------------------------------------------------------- the acts


def _people(stage: _Play) -> None:
    """Headquarters founds its organisation and plans the visit; three people get their cards, and the visit with them."""
    out, content = stage.out, stage.sample
    for who, name in VAULTS.items():
        organisation = sample.ORGANISATION if who == "hq" else None
        new = vaults.create_vault(
            out / "vaults" / who,
            PASSPHRASE,
            name=name,
            name_latin=LATIN.get(who, ""),
            installation=f"laptop of {who}",
            organisation=organisation,
        )
        stage.sessions[who] = new.session
    if stage.database is not None:
        stage.sessions.pop("hq").close()
        stage.sessions = {"hq": vaults.unlock_database(out / "vaults" / "hq", PASSPHRASE, stage.database), **stage.sessions}
        stage.step("headquarters opens its database")
    headquarters = stage.sessions["hq"]
    _write(out / "passphrase.txt", PASSPHRASE.encode() + b"\n")
    _write(out / "root.pem", vaults.root_pem(headquarters))
    _write(out / "hq-recipient.key", headquarters.keys.reader.as_key_file().encode())
    stage.step("four vaults are made", out / "passphrase.txt", out / "root.pem", out / "hq-recipient.key", vaults=[*VAULTS])
    sample.enter_library(headquarters, content)
    visit = sample.enter_visit(headquarters, content)
    stage.step("headquarters enters reports, recommendations and the visit", recommendations=headquarters.store.count("recommendation"))
    for who in stage.everybody("hq"):
        request = out / "requests" / f"{who}.ftrequest"
        _write(request, people.identity_request(stage.sessions[who]))
        card = people.add_person(headquarters, request.read_bytes(), visit=visit, role=Role.HEAD if who == "head" else Role.EXPERT)
        stage.step(f"{who} asks for a card and gets one", request, role=card.role.value, fingerprint=people.fingerprint(card.key).digits)
    root = people.fingerprint(read_certificate(headquarters.root or b"").key)
    stage.receive(stage.send("hq", "01-hq-to-team", "team"), *stage.everybody("hq"), expect_root=root.words)


def _meetings(stage: _Play) -> None:
    """The head shares the agenda; everybody records; two experts write one summary without seeing the other's; all files go round."""
    head, one, two = (stage.sessions[w] for w in ("head", "expert-1", "expert-2"))
    sample.enter_agenda(head, stage.sample)
    stage.receive(stage.send("head", "02-head-agenda", "team", "hq"), *stage.everybody("head"))
    sample.enter_meetings(one, stage.sample, sample.TOMAS)
    sample.enter_disagreement(one, stage.sample, sample.TOMAS)
    sample.enter_meetings(two, stage.sample, sample.NINO)
    sample.enter_disagreement(two, stage.sample, sample.NINO)
    sample.enter_meetings(head, stage.sample, sample.HEAD)
    sample.enter_outcomes(head, stage.sample)
    stage.step("the team records eleven meetings")
    stage.receive(stage.send("expert-1", "03-expert-1-to-expert-2", sample.NINO), "expert-2")
    stage.receive(stage.send("expert-2", "04-expert-2-to-expert-1", sample.TOMAS), "expert-1")
    stage.receive(stage.send("expert-1", "05-expert-1-to-head", sample.HEAD, "hq"), "head", "hq")
    stage.receive(stage.send("expert-2", "06-expert-2-to-head", sample.HEAD, "hq"), "head", "hq")
    stage.receive(stage.send("head", "07-head-to-all", "team", "hq"), *stage.everybody("head"))


def _settle(stage: _Play) -> None:
    """The head settles the disagreement, keeping what both say."""
    head = stage.sessions["head"]
    (conflict,) = conflicts.list_conflicts(head)
    view = conflicts.show_conflict(head, conflict)
    first, second = (json.loads(h.value or '""') for h in reversed(conflict.heads))
    merged = f"{first} {second}"
    conflicts.resolve(head, conflict, text=merged, origin="demo")
    stage.step("the head settles the conflict", record=conflict.entity, field=conflict.field, title=view.title)


def _finish(stage: _Play) -> None:
    """The head signs the summary and hands over; headquarters imports its inbox twice, confirms, and tells the team."""
    head, headquarters, out = stage.sessions["head"], stage.sessions["hq"], stage.out
    document = out / "summary-internal.pdf"
    signed = summary.sign_summary(head, document, PASSPHRASE, visit=stage.sample.visit)
    stage.step("the head signs the summary", document, verdict=in_english(signed.remarks), record_sha256=signed.record_sha256)
    records.edit_record(head, stage.sample.visit, {"state": "handed over"}, origin="demo", label="hand-over")
    last = stage.send("head", "08-head-final", "team", "hq")
    stage.receive(last, "expert-1", "expert-2")
    inbox = hq.import_inbox(headquarters, [out / "bundles"], receipts=out / "receipts")
    refused = [r for r in inbox.files if r.error is not None]
    if refused:
        raise refused[0].error or RuntimeError("a file was refused without a reason")
    stage.step("headquarters imports its inbox and confirms", *inbox.receipts, taken=len(inbox.files))
    for receipt in inbox.receipts:
        for who in stage.everybody("hq"):
            if stage.sessions[who].name in _recipients(stage.sessions[who], receipt):
                stage.receive(receipt, who)
    for who in ("expert-1", "expert-2"):
        receipt = out / "receipts" / f"{who}{hq.RECEIPT}"
        exchange.export_receipt(stage.sessions[who], receipt, to=[sample.HEAD, "hq"], visit=stage.sample.visit)
        stage.step(f"{who} confirms", receipt)
        stage.receive(receipt, "head", "hq")
    tables_out = out / "recommendations.xlsx"
    rows = tables.export_table(headquarters, "recommendations", tables_out)
    stage.step("headquarters publishes the recommendations as a table", tables_out, rows=rows)


def _report(stage: _Play, before: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    after = _state(stage)
    counts = {who: s.store.change_count() for who, s in stage.sessions.items()}
    for path in sorted((stage.out / "bundles").iterdir()):
        for session in stage.sessions.values():
            if path.name in {e.file for e in session.store.bundles() if e.direction == "out"}:
                continue
            refused = next((r.error for r in importing.import_paths(session, [path]) if r.error), None)
            if refused is not None and refused.code != "bundle-not-for-you":
                raise refused
    again = _state(stage)
    unchanged = again == after and counts == {who: s.store.change_count() for who, s in stage.sessions.items()}
    if not unchanged:
        raise AssertionError("importing every bundle again changed a vault")
    files: list[JsonValue] = [
        {"file": f.relative_to(stage.out).as_posix(), "sha256": sha256(f), "size": f.stat().st_size}
        for f in sorted(stage.out.rglob("*"))
        if f.is_file() and "vaults" not in f.relative_to(stage.out).parts
    ]
    said: dict[str, JsonValue] = {
        "what": MARK,
        "version": __version__,
        "sample": "Written for this project; persons and quotations are invented.",
        "steps": stage.steps,
        "files": files,
        "lists_before_settling": dict(before),
        "lists": after,
        "changes": dict(counts),
        "imported_again_unchanged": unchanged,
    }
    _write(stage.out / "demo.json", json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n")
    return said


# ------------------------------------------------------------------------------------------------------------- inside


def _state(stage: _Play) -> dict[str, JsonValue]:
    return {who: list_digests(session) for who, session in stage.sessions.items()}


def _recipients(session: Session, path: Path) -> list[str]:
    """The names a file is addressed to, as far as this vault can open it."""
    from fieldtool.services.verifying import verify_file

    facts = verify_file(path, session=session).facts
    named = facts.get("recipients")
    return [str(n) for n in named] if isinstance(named, list) else []


def _digest(items: object) -> str:
    return hashlib.sha256(json.dumps(items, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    files.write_whole(path, content)


def _make_room(out: Path) -> Path:
    """A fresh folder beside `out`, which takes its place when the play has ended well.

    Raises `KnownError` demo-foreign, file-unwritable.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        try:
            ours = json.loads((out / "demo.json").read_bytes()).get("what") == MARK
        except (OSError, ValueError, AttributeError):
            ours = False
        if not ours:
            raise refuse("demo-foreign", folder=out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        place = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
        (place / "bundles").mkdir()
    except OSError as error:
        raise refuse("file-unwritable", file=out.name, reason=error.strerror or "the disk does not answer") from error
    return place
