"""What is nobody else's: drafts, settings, the ledger, quarantine, attachments."""

from __future__ import annotations

import dataclasses
import hashlib
import os
from collections.abc import Iterator

import pytest

from fieldtool.domain.errors import KnownError, refuse
from fieldtool.domain.ids import KeyHash, SegmentHash
from fieldtool.domain.values import JsonValue
from fieldtool.storage import BundleEntry, PeerState, Quarantined, Store
from tests.unit.storage.making import ANN, BOB, VISIT, Vaults, arrivals, encode, new_id, write


def entry(number: int, direction: str = "out") -> BundleEntry:
    """A ledger entry."""
    facts: dict[str, JsonValue] = {"notes": number, "имя": "Ә"}
    file, digest = f"{number}.ftbundle", bytes([number]) * 32
    return BundleEntry(direction, "bundle", number, VISIT, ANN.key, "Ann", file, digest, number, (BOB.key,), facts)


def number(store: Store) -> int:
    """The number of a bundle that was written."""
    with store.bundle_number() as given:
        return given


def peer(n: int, *have: bytes) -> PeerState:
    """What Bob signed in his n-th bundle."""
    return PeerState(BOB.key, VISIT, n, frozenset(map(SegmentHash, have)), frozenset(), ("a" * 64,), n)


def test_half_written_words_survive_and_go(vaults: Vaults) -> None:
    store = vaults()
    store.keep_draft("line", "half a sen")
    store.keep_draft("other", "")
    store.keep_draft("line", "half a sentence")
    store.close()
    store = vaults.reopen()
    assert store.drafts() == {"other": "", "line": "half a sentence"}
    store.keep_draft("line", None)
    store.keep_draft("line", None)
    assert store.drafts() == {"other": ""}


def test_settings_are_kept_replaced_and_dropped(vaults: Vaults) -> None:
    store = vaults()
    assert store.setting("theme") is None
    store.set_setting("theme", "dark")
    store.set_setting("theme", "light")
    assert store.setting("theme") == "light"
    store.set_setting("theme", None)
    assert store.setting("theme") is None


def test_the_ledger_knows_each_file_once_and_who_was_given_it(vaults: Vaults) -> None:
    store = vaults()
    assert [number(store) for _ in range(3)] == [1, 2, 3]
    first, second = store.add_bundles([entry(1), entry(2)])
    assert store.add_bundles([dataclasses.replace(entry(1), file="renamed")]) == [first]
    store.hand_over(first, [BOB.key, ANN.key])
    given = store.bundles(VISIT)[0].handed_over
    store.hand_over(first, [BOB.key])
    one, two = store.bundles(VISIT)
    assert (one.number, one.handed_over, one.recipients, one.facts) == (first, given, (BOB.key,), {"notes": 1, "имя": "Ә"})
    assert given.keys() == {BOB.key}
    assert (two.number, two.handed_over) == (second, {})
    assert store.bundles(new_id()) == []
    assert len(store.bundles()) == 2
    store.close()
    assert number(vaults.reopen()) == 4


def test_a_bundle_that_was_not_written_uses_up_no_number(vaults: Vaults) -> None:
    store = vaults()
    number(store)
    with pytest.raises(KeyboardInterrupt), store.bundle_number() as given, store.bundle_number():
        raise KeyboardInterrupt
    assert number(store) == given == 2
    with store.bundle_number() as three, pytest.raises(KeyboardInterrupt), store.bundle_number():
        raise KeyboardInterrupt
    assert (three, number(store)) == (3, 4)


def test_an_older_receipt_is_harmless(vaults: Vaults) -> None:
    store = vaults()
    assert store.note_peer(peer(2, b"x" * 32, b"y" * 32))
    assert not store.note_peer(peer(1))
    assert not store.note_peer(peer(2))
    assert store.peers(VISIT) == [peer(2, b"x" * 32, b"y" * 32)]
    assert store.note_peer(peer(3))
    assert store.peers(VISIT) == [peer(3)]


def test_an_import_enters_ledger_and_peer_with_its_changes_or_not_at_all(vaults: Vaults) -> None:
    a, b = vaults("a"), vaults("b")
    write(a, new_id(), "note", text="x")
    a.seal_all(encode)
    pieces = arrivals(a.segments_after(VISIT, []))
    b.merge(pieces, origin="import", bundle=entry(1, "in"), peer=peer(1), preview=True)
    assert (b.bundles(), b.peers(VISIT)) == ([], [])
    outcome = b.merge(pieces, origin="import", bundle=entry(1, "in"), peer=peer(1))
    assert [e.number for e in b.bundles()] == [outcome.bundle]
    assert [f.bundle for f in b.segments()] == [outcome.bundle]
    assert b.peers(VISIT) == [peer(1)]


def test_quarantine_keeps_the_last_reason(vaults: Vaults) -> None:
    store = vaults()
    held = Quarantined(b"q" * 32, "x.ftbundle", "signer-unknown", {"changes": 3}, 10, 1)
    store.quarantine(held)
    store.quarantine(dataclasses.replace(held, code="bundle-newer", at=2))
    assert [(q.code, q.facts, q.size) for q in store.quarantined()] == [("bundle-newer", {"changes": 3}, 10)]
    store.release(held.digest)
    assert store.quarantined() == []


@pytest.mark.parametrize("size", [0, 1, 256 << 10, (256 << 10) + 1, 5 << 20])
def test_attachments_come_back_byte_for_byte(vaults: Vaults, size: int) -> None:
    store = vaults()
    content = os.urandom(size)
    seen: list[int] = []
    name = store.add_blob([content[i : i + 100_000] for i in range(0, size, 100_000)], progress=seen.append)
    assert name == hashlib.sha256(content).hexdigest()
    assert b"".join(store.read_blob(name)) == content
    assert (store.blob_size(name), store.has_blob(name), store.blobs_here([name, "0" * 64])) == (size, True, {name})
    assert seen == sorted(seen)
    assert store.add_blob([content], expected=name) == name
    assert store.drop_blob(name)
    assert not store.drop_blob(name)
    with pytest.raises(LookupError):
        list(store.read_blob(name))


def test_an_attachment_of_another_content_or_stopped_half_way_leaves_nothing(vaults: Vaults) -> None:
    store = vaults()
    with pytest.raises(KnownError, match="attachment"):
        store.add_blob([b"x" * 600_000], expected="0" * 64)

    def stop(_: int) -> None:
        raise refuse("cancelled")

    def breaking() -> Iterator[bytes]:
        yield b"x" * 5_000_000
        raise OSError("the stick was pulled")

    with pytest.raises(KnownError, match="Stopped"):
        store.add_blob([b"x" * 9_000_000], progress=stop)
    with pytest.raises(OSError, match="stick"):
        store.add_blob(breaking())
    with store._read() as work:
        assert (work.number("SELECT count(*) FROM blob"), work.number("SELECT count(*) FROM blob_chunk")) == (0, 0)


def test_what_a_crash_left_of_an_attachment_is_swept_at_opening(vaults: Vaults) -> None:
    store = vaults()
    with store._write() as work:
        work.run("INSERT INTO blob (id, digest, size, at) VALUES (1, NULL, 0, 0)")
        work.run("INSERT INTO blob_chunk (blob, n, content) VALUES (1, 0, ?)", (b"half",))
    store.close()
    store = vaults.reopen()
    with store._read() as work:
        assert (work.number("SELECT count(*) FROM blob"), work.number("SELECT count(*) FROM blob_chunk")) == (0, 0)


def test_a_recipient_named_twice_is_one(vaults: Vaults) -> None:
    store = vaults()
    twice = dataclasses.replace(entry(1), recipients=(BOB.key, BOB.key, KeyHash(b"c" * 32)))
    store.add_bundles([twice])
    assert store.bundles()[0].recipients == (BOB.key, KeyHash(b"c" * 32))
