"""A version that does not exist yet is played against this one, both ways: nothing it says is lost here, and it finds all of it again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from fieldtool.domain.changes import Draft, Scope, SealedSegment, SegmentState
from fieldtool.domain.errors import KnownError
from fieldtool.domain.fields import FieldSpec, KindSpec, Shape
from fieldtool.domain.ids import EntityId, new_entity_id
from fieldtool.domain.schema import BY_PLURAL, KINDS
from fieldtool.domain.values import JsonValue, canonical
from fieldtool.identity.pen import SEGMENT_TYPE
from fieldtool.services import (
    announcing,
    conflicts,
    demo,
    exchange,
    importing,
    records,
    redaction,
    sample,
    summary,
    upgrading,
    upkeep,
    vaults,
    verifying,
)
from fieldtool.services.screens.exchange import exchange_model
from fieldtool.services.screens.history import history_model
from fieldtool.services.session import Session
from fieldtool.storage import OpenSegment
from fieldtool.storage.upkeep import Upkeep
from fieldtool.sync import limits, rows
from fieldtool.sync.segments import segment_hash
from tests.unit.cli.commands import run

Unlock = Callable[[str], Session]
Seal = Callable[[Session, OpenSegment], SealedSegment]
Newer = Callable[..., tuple[Path, EntityId, EntityId]]
FEATURE = "threads"
OBSERVATION = KindSpec(
    "observation",
    "observations",
    (FieldSpec("visit", Shape.LINK, "visit", required=True), FieldSpec("text", Shape.TEXT), FieldSpec("witnesses", Shape.WORDS)),
    "visit",
    "text",
)
MOOD = FieldSpec("mood", Shape.WORD)
WORDS = "Бақылаушы жаңа нұсқада жазды."


@contextmanager
def next_version(seal: Seal | None = None) -> Iterator[None]:
    """The program as it may be one day: one feature, one kind and one field of notes more. Open and close vaults inside."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "FEATURES", frozenset({FEATURE}))
        patch.setattr(limits, "SCHEMA", 2)
        patch.setitem(KINDS, "observation", OBSERVATION)
        patch.setitem(BY_PLURAL, "observations", OBSERVATION)
        patch.setitem(KINDS, "note", replace(KINDS["note"], fields=(*KINDS["note"].fields, MOOD)))
        if seal is not None:
            patch.setattr(Session, "seal", seal)
        rows.is_salted.cache_clear()
        yield
    rows.is_salted.cache_clear()


_seal = Session.seal


def demanding(session: Session, segment: OpenSegment) -> SealedSegment:
    """Seals for those only who know the feature."""
    return _seal(session, replace(segment, must=(FEATURE,)))


def second_format(session: Session, segment: OpenSegment) -> SealedSegment:
    """Seals in a format whose number is one higher and whose rows nobody here can know."""
    made = _seal(session, segment)
    parts = msgspec.msgpack.decode(made.body)
    parts[0] = 2
    body = msgspec.msgpack.encode([*parts[:11], {"rows": parts[11:]}])
    pen = session.keys.pen
    assert pen is not None
    return SealedSegment(segment_hash(body), body, pen.sign(SEGMENT_TYPE, body), made.values)


def say(session: Session, visit: EntityId) -> tuple[EntityId, EntityId]:
    """A note and an observation in words that only the next version knows."""
    note, observation = (new_entity_id(session.clock, session.randomness) for _ in range(2))
    said: dict[tuple[EntityId, str], dict[str, JsonValue]] = {
        (note, "note"): {"visit": visit, "kind": "whisper", "text": WORDS, "mood": "calm"},
        (observation, "observation"): {"visit": visit, "text": WORDS, "witnesses/A": True, "witnesses/B": True},
    }
    drafts = [Draft(e, kind, key, canonical(value), ()) for (e, kind), fields in said.items() for key, value in fields.items()]
    session.append(drafts, visit=visit, scope=Scope.SHARED, origin="test", label="say")
    session.seal_all()
    return note, observation


def send(sender: Session, to: str, *receivers: Session) -> importing.Imported:
    """One file from vault to vault."""
    path = sender.folder / f"{to}-{sender.clock()}.ftbundle"
    exchange.export_bundle(sender, path, to=[to])
    return [importing.import_file(r, path) for r in receivers][-1]


def of_next(session: Session) -> list[SealedSegment]:
    """The segments that came from the next version."""
    return session.store.sealed(f.hash for f in session.store.segments() if f.state is SegmentState.HELD)


def visit_of(session: Session) -> EntityId:
    return session.visit_or_only(None)


@pytest.fixture
def newer(copy: Path) -> Newer:
    """The head works with the next version: writes one bundle for everybody."""

    def written(seal: Seal | None = None, times: int = 1) -> tuple[Path, EntityId, EntityId]:
        path = copy / "newer.ftbundle"
        with next_version(seal):
            head = vaults.unlock_vault(copy / "vaults" / "head", demo.PASSPHRASE)
            note, observation = [say(head, visit_of(head)) for _ in range(times)][-1]
            exchange.export_bundle(head, path, to=["team", "hq"])
            head.close()
        return path, note, observation

    return written


@contextmanager
def upgraded(folder: Path) -> Iterator[Session]:
    """A vault opened by the next version."""
    with next_version():
        session = vaults.unlock_vault(folder, demo.PASSPHRASE)
        try:
            yield session
        finally:
            session.close()


def lists(session: Session, kinds: Sequence[str] = ("note", "observation")) -> dict[str, list[object]]:
    """Everything these records say."""
    return {k: [(r.id, r.fields, r.changed_by) for r in session.store.list_(k, deleted=True) if not r.private] for k in kinds}


def test_what_only_a_newer_version_can_read_is_kept_and_handed_on_byte_for_byte(copy: Path, unlock: Unlock, newer: Newer) -> None:
    path, note, _ = newer(demanding)
    one, two = unlock("expert-1"), unlock("expert-2")
    before = demo.list_digests(one)
    taken = importing.import_file(one, path)
    assert (taken.error, taken.changes, taken.held) == (None, 0, 1)
    assert demo.list_digests(one) == before
    assert one.store.get(note) is None
    records.add_records(one, "notes", [{"kind": "statement", "text": "Work goes on."}])
    send(one, sample.NINO, two)
    assert of_next(one) == of_next(two) != []
    upkeep.back_up(two, copy / "two.ftbackup")
    two.store.rebuild()
    assert upkeep.check(two).faults == ()
    upkeep.restore(copy / "two.ftbackup", copy / "restored", demo.PASSPHRASE)
    restored = vaults.unlock_vault(copy / "restored", demo.PASSPHRASE)
    assert of_next(restored) == of_next(one)
    restored.close()


@pytest.mark.parametrize("way", ["opened", "restored"])
def test_the_newer_version_finds_all_that_was_held(copy: Path, unlock: Unlock, newer: Newer, way: str) -> None:
    path, note, _ = newer(demanding)
    one, two = unlock("expert-1"), unlock("expert-2")
    importing.import_file(one, path)
    send(one, sample.NINO, two)
    upkeep.back_up(two, copy / "two.ftbackup")
    one.close()
    two.close()
    folder = copy / "vaults" / "expert-2"
    if way == "restored":
        folder = copy / "restored"
        upkeep.restore(copy / "two.ftbackup", folder, demo.PASSPHRASE)
    with upgraded(copy / "vaults" / "head") as head, upgraded(folder) as session:
        assert of_next(session) == []
        assert session.store.get(note) is not None
        assert lists(session)["observation"] == lists(head)["observation"] != []
        assert lists(session)["note"] == lists(head)["note"]
        assert upkeep.check(session).faults == ()
        assert list(session.store.links("observation", visit_of(session))) != []


def test_a_chain_of_the_next_format_stays_a_chain(copy: Path, unlock: Unlock, newer: Newer) -> None:
    path, _, _ = newer(second_format, 3)
    one, two = unlock("expert-1"), unlock("expert-2")
    taken = importing.import_file(one, path)
    assert (taken.error, taken.changes, taken.held) == (None, 0, 3)
    with next_version(second_format):
        head = vaults.unlock_vault(copy / "vaults" / "head", demo.PASSPHRASE)
        say(head, visit_of(head))
        exchange.export_bundle(head, copy / "more.ftbundle", to=["team"])
        head.close()
    importing.import_file(one, copy / "more.ftbundle")
    send(one, sample.NINO, two)
    assert [s.hash for s in of_next(one)] == [s.hash for s in of_next(two)]
    assert len(of_next(two)) == 4
    two.store.rebuild()
    assert upkeep.check(two).faults == ()
    assert [f for f in two.store.segments() if f.state in (SegmentState.FAULTY, SegmentState.WAITING)] == []


def test_unknown_kinds_fields_and_terms_are_kept_shown_and_not_lost_by_an_edit(copy: Path, unlock: Unlock, newer: Newer) -> None:
    path, note, observation = newer()
    one, two = unlock("expert-1"), unlock("expert-2")
    taken = importing.import_file(one, path)
    assert (taken.error, taken.held) == (None, 0)
    assert taken.changes > 0
    found = records.get_record(one, note)
    assert (found.fields["kind"], found.fields["mood"]) == ("whisper", "calm")
    records.edit_record(one, note, {"text": f"{WORDS} Иә."})
    assert WORDS in str(summary.compose(one))
    send(one, sample.NINO, two)
    two.store.rebuild()
    assert upkeep.check(two).faults == ()
    for session in (one, two):
        assert [c.id for c in session.store.list_("observation")] == [observation]
        assert exchange_model(session, visit_of(session), "en").conflicts == ()
        assert history_model(session, note, "en") is not None
        assert history_model(session, observation, "en") is None
    one.close()
    two.close()
    with upgraded(copy / "vaults" / "expert-2") as session:
        assert (kept := session.store.get(note)) is not None
        assert (kept.fields["mood"], kept.fields["text"]) == ("calm", f"{WORDS} Иә.")
        assert session.store.list_("observation")[0].fields["witnesses"] == ["A", "B"]
        assert upkeep.check(session).faults == ()


def test_the_command_line_says_what_only_a_newer_version_can_read(copy: Path, newer: Newer) -> None:
    path, _, _ = newer(demanding)
    said = run("--vault", copy / "vaults" / "expert-1", "--passphrase-file", copy / "passphrase.txt", "import", path)
    assert said.code == 0
    assert "1 of the held parts can be read by a newer version only" in said.err


def test_disagreeing_about_what_only_a_newer_version_knows(copy: Path, unlock: Unlock, newer: Newer) -> None:
    path, note, observation = newer()
    with upgraded(copy / "vaults" / "expert-2") as two:
        importing.import_file(two, path)
        for entity, kind, key in ((note, "note", "mood"), (observation, "observation", "text")):
            head = two.store.heads(entity, key)[0].change
            two.append([Draft(entity, kind, key, '"other"', (head,))], visit=visit_of(two), scope=Scope.SHARED, origin="t", label="t")
        exchange.export_bundle(two, copy / "two.ftbundle", to=[sample.TOMAS])
    with upgraded(copy / "vaults" / "head") as head_again:
        for entity, kind, key in ((note, "note", "mood"), (observation, "observation", "text")):
            head = head_again.store.heads(entity, key)[0].change
            drafts = [Draft(entity, kind, key, '"another"', (head,))]
            head_again.append(drafts, visit=visit_of(head_again), scope=Scope.SHARED, origin="t", label="t")
        exchange.export_bundle(head_again, copy / "head.ftbundle", to=[sample.TOMAS])
    one = unlock("expert-1")
    importing.import_file(one, copy / "two.ftbundle")
    importing.import_file(one, copy / "head.ftbundle")
    model = exchange_model(one, visit_of(one), "en")
    assert [(c.kind, c.field) for c in model.conflicts] == [("note", "mood")]
    fieldtool = ("--vault", copy / "vaults" / "expert-1", "--passphrase-file", copy / "passphrase.txt")
    one.close()
    for words in (("history", observation), ("delete", observation), ("edit", observation, "text=x")):
        said = run(*fieldtool, *words)
        assert (said.code, "is of a kind that only a newer version of the tool knows" in said.err) == (1, True), said
    for asked in (("conflicts", "list"), ("history", note), ("list", "notes"), ("--json", "search", "Бақылаушы")):
        said = run(*fieldtool, *asked)
        assert (said.code, said.err) == (0, ""), said
        assert observation not in said.out
    with upgraded(copy / "vaults" / "expert-1") as session:
        assert sorted((c.kind, c.field) for c in conflicts.list_conflicts(session)) == [("note", "mood"), ("observation", "text")]


def test_the_database_as_it_was_stays_beside_an_upgraded_vault(copy: Path, newer: Newer, monkeypatch: pytest.MonkeyPatch) -> None:
    path, _, _ = newer(demanding)
    folder = copy / "vaults" / "expert-1"
    session = vaults.unlock_vault(folder, demo.PASSPHRASE)
    importing.import_file(session, path)
    session.seal_all()
    segments, changes = len(session.store.segments()), session.store.change_count()
    session.close()
    assert not (folder / upgrading.KEPT).exists()
    with upgraded(folder) as again:
        assert len(again.store.segments()) == segments
        assert again.store.change_count() > changes
    kept = copy / "kept"
    kept.mkdir()
    shutil.copy(folder / "keys.json", kept / "keys.json")
    shutil.copy(folder / upgrading.KEPT, kept / "vault.db")
    old = vaults.unlock_vault(kept, demo.PASSPHRASE)
    assert (len(old.store.segments()), old.store.change_count()) == (segments, changes)
    old.close()
    made = (folder / upgrading.KEPT).stat().st_mtime_ns
    with upgraded(folder):
        assert (folder / upgrading.KEPT).stat().st_mtime_ns == made  # once is enough


def test_an_upgrade_that_would_lose_something_does_not_count_as_done(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = copy / "vaults" / "expert-1"
    with monkeypatch.context() as broken:
        broken.setattr(Upkeep, "rebuild", lambda _, work: work.run("UPDATE record SET state = 0"))
        for _try in range(2):  # what the first try has left is no measure for the second
            with pytest.raises(KnownError) as refused, upgraded(folder):
                raise AssertionError("the vault was opened")
            assert refused.value.code == "vault-damaged"
    assert (folder / upgrading.UNDER_WAY).exists()
    with upgraded(folder) as session:
        assert upkeep.check(session).faults == ()
    assert not (folder / upgrading.UNDER_WAY).exists()
    assert (folder / upgrading.KEPT).exists()


def test_whoever_goes_back_to_this_version_keeps_what_the_newer_one_has_read(copy: Path, unlock: Unlock, newer: Newer) -> None:
    _, note, observation = newer(demanding)
    head = unlock("head")
    assert [r.id for r in head.store.list_("observation")] == [observation]
    assert upkeep.check(head).faults == ()
    records.edit_record(head, note, {"text": "Changed by the older version."})
    head.store.rebuild()
    assert upkeep.check(head).faults == ()
    head.close()
    with upgraded(copy / "vaults" / "head") as session:
        assert (found := session.store.get(note)) is not None
        assert (found.fields["text"], found.fields["mood"]) == ("Changed by the older version.", "calm")
        assert upkeep.check(session).faults == ()


def test_what_headquarters_takes_back_of_a_part_that_cannot_be_read_goes_when_it_can(copy: Path, newer: Newer) -> None:
    path, note, _ = newer(demanding)
    with upgraded(copy / "vaults" / "hq") as hq:
        importing.import_file(hq, path)
        assert redaction.redact(hq, note, "text") == 1
        exchange.export_bundle(hq, copy / "taken-back.ftbundle", to=["team"])
    folder = copy / "vaults" / "expert-1"
    session = vaults.unlock_vault(folder, demo.PASSPHRASE)
    assert importing.import_file(session, path).newer == 1
    assert importing.import_file(session, copy / "taken-back.ftbundle").error is None
    session.close()
    with upgraded(folder) as again:
        assert (found := again.store.get(note)) is not None
        assert found.fields.get("text") is None
        assert upkeep.check(again).faults == ()


@pytest.mark.parametrize("first", ["part", "redaction"])
def test_what_headquarters_takes_back_of_the_next_format_is_kept_until_it_can_be_read(
    copy: Path, unlock: Unlock, newer: Newer, first: str
) -> None:
    path, _, _ = newer(second_format)
    hq, one = unlock("hq"), unlock("expert-1")
    importing.import_file(hq, path)
    (part,) = of_next(hq)
    said: dict[str, JsonValue] = {"segment": part.hash.hex(), "rows": ["0", "99"], "epoch": hq.store.epoch(visit_of(hq)) + 1}
    announcing.write_admin(hq, visit_of(hq), "redaction", said, "test")
    redaction.apply_redactions(hq, visit_of(hq))
    back = exchange.export_bundle(hq, copy / "taken-back.ftbundle", to=["team"]).path
    files = [path, back] if first == "part" else [back, path]
    assert [importing.import_file(one, file).error for file in files] == [None, None]
    assert of_next(one) == [part]
    assert [upkeep.check(session).faults for session in (hq, one)] == [(), ()]


def test_a_file_with_parts_for_a_newer_version_is_judged_as_far_as_can_be(copy: Path, unlock: Unlock, newer: Newer) -> None:
    path, _, _ = newer(second_format)
    found = verifying.verify_file(path, session=unlock("expert-1"))
    assert (found.error, found.facts["newer"], found.facts["unchecked"]) == (None, 1, 0)
    assert "; parts that only a newer version of this tool can read and check: 1." in found.sentence
