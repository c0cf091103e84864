"""What people type finds what people wrote, in any script, indexed or not; and the places shown are the words found."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.domain.changes import Draft, Scope
from fieldtool.domain.values import canonical
from fieldtool.storage.folding import fold, words, words_with_places
from tests.unit.storage.making import ANN, BOB, VISIT, Vaults, encode, exchange, new_id, write

TEXTS = {
    "kk": "Қазақстан Өскемен ғимарат Ұлы Үкімет әділет һәм іс ңа",
    "ru": "Ёж нашёл Йод; СЪЕЗД",
    "uz": "oʻzbek gʻalaba",
    "fr": "l’élection à l'œuvre",
    "tr": "İstanbul ısı",
    "ka": "ᲡᲐᲥᲐᲠᲗᲕᲔᲚᲝ",
    "de": "Straße Größe",
    "marks": unicodedata.normalize("NFC", "за\u0301мок e\u0301te\u0301"),
    "plain": "snake_case 2021-10 A/B",
}
FOUND: list[tuple[str, str | None]] = [
    ("казак", "kk"), ("ҚАЗАҚСТАН", "kk"), ("оскемен", "kk"), ("гимарат", "kk"), ("улы укимет", "kk"),
    ("адилет хам", "kk"), ("ис на", "kk"), ("еж йод", "ru"), ("ёж иод", "ru"), ("нашел", "ru"), ("сьезд", "ru"),
    ("ozbek", "uz"), ("o'zbek", "uz"), ("o‘zbek g`alaba", "uz"), ("galaba", "uz"), ("election", "fr"), ("istanbul", "tr"),
    ("ISTANBUL isi", "tr"), ("საქარ", "ka"), ("gro", "de"), ("замок", "marks"), ("ete", "marks"), ("snake", "plain"),
    ("case", "plain"), ("2021", "plain"), ("nothing", None), ("...", None), ("", None), ("kaz*", None), ('"', None),
    ("a OR b", None), ("snake NOT case", None), ("words:snake", None),
]  # fmt: skip


@pytest.mark.parametrize("indexed", [False, True])
def test_any_script(vaults: Vaults, indexed: bool) -> None:
    store = vaults()
    notes = {name: new_id() for name in TEXTS}
    for name, text in TEXTS.items():
        write(store, notes[name], "note", text=text)
    if indexed:
        assert store.index_pending() == len(TEXTS)
        assert store.index_pending() == 0
    for query, found in FOUND:
        hits = store.search(query)
        assert [h.id for h in hits] == ([notes[found]] if found else []), query
        for hit in hits:
            assert hit.marks
            shown = " ".join(hit.excerpt[a:b] for a, b in hit.marks)
            assert any(word in fold(shown) for word in words(query))


def test_the_index_and_the_scan_agree_whatever_is_pending(vaults: Vaults) -> None:
    store = vaults()
    rng = random.Random(7)
    vocabulary = ["министр", "министрлік", "Қазақ", "report", "élection", "reports"]
    notes = [new_id() for _ in range(30)]
    texts: dict[str, str] = {}
    for step in range(120):
        note = rng.choice(notes)
        texts[note] = " ".join(rng.sample(vocabulary, 2))
        write(store, note, "note", text=texts[note])
        if step % 7 == 0:
            store.index_pending(rng.randrange(1, 20))
        if step % 10 == 0:
            for query in ("мин", "министрл", "казак rep", "election"):
                wanted = words(query)
                right = {n for n, t in texts.items() if all(any(w.startswith(q) for w in words(t)) for q in wanted)}
                assert {h.id for h in store.search(query, limit=100)} == right
                assert [r.id for r in store.matching(query, limit=100)] == [h.id for h in store.search(query, limit=100)]


def test_every_text_is_found_and_links_terms_and_deleted_records_are_not(vaults: Vaults) -> None:
    store = vaults()
    meeting, person = new_id(), new_id()
    write(store, meeting, "meeting", place="Ministry palace", attendees__a1={"person": person, "name": "Tall guest", "role": "host"})
    write(store, meeting, "meeting", team_present__Lefebvre=True, attribution="background", languages__ru=False)
    write(store, new_id(), "institution", name__kk="Әділет министрлігі")
    for query, count in (("palace", 1), ("guest", 1), ("lefebvre", 1), ("адилет", 1), (person[:8], 0), ("background", 0), ("ru", 0)):
        assert len(store.search(query)) == count, query
    write(store, meeting, "meeting", deleted=True)
    store.index_pending()
    assert store.search("palace") == []
    write(store, meeting, "meeting", deleted=False)
    assert len(store.search("palace")) == 1


def test_kinds_visits_limit_and_order(vaults: Vaults) -> None:
    store = vaults()
    first, second, third = (new_id() for _ in range(3))
    for entity, kind, place in ((first, "note", VISIT), (second, "comment", VISIT), (third, "note", new_id())):
        drafts = [Draft(entity, kind, "visit", canonical(place), ()), Draft(entity, kind, "text", '"word"', ())]
        store.append(drafts, visit=VISIT, scope=Scope.SHARED, author=ANN, origin="t", label="l")
    for indexed in (False, True):
        if indexed:
            store.index_pending()
        assert {h.id for h in store.search("word", kinds={"comment"})} == {second}
        assert store.search("word", kinds={"meeting"}) == []
        assert store.search("word", visit=new_id()) == []
        assert {h.id for h in store.search("word", visit=VISIT)} == {first, second}
        hits = store.search("word", limit=2)
        assert [h.id for h in hits] == [third, second]


def test_many_changed_records_are_indexed_before_the_answer(vaults: Vaults) -> None:
    a, b = vaults("a"), vaults("b")
    for number in range(600):
        write(a, new_id(), "note", BOB, text=f"word {number}")
    exchange(a, b)
    assert len(b.search("word", limit=1000)) == 600
    assert b.index_pending() == 0
    a.seal_all(encode)


@settings(max_examples=200)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30))
def test_places_lead_back_to_the_words(text: str) -> None:
    found = words_with_places(text)
    assert [w.folded for w in found] == words(text)
    for word in found:
        assert 0 <= word.start < word.end <= len(text)
        assert word.folded in fold(text[word.start : word.end])
    assert fold(fold(text)) == fold(text)
