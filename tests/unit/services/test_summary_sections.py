"""The words of a section: of two records that were made apart the window shows and writes the one that the document shows."""

from __future__ import annotations

from contextlib import closing
from itertools import count
from pathlib import Path

from fieldtool.services import records, summary, vaults

VISIT = {"reference": "V1", "country": "KAZ", "start": "2022-04-11", "end": "2022-04-15", "timezone": "Asia/Almaty"}


def test_the_later_one_with_words_is_shown_printed_and_written_on(tmp_path: Path) -> None:
    clock = count(1_650_000_000_000, 1000)
    passphrase = "six patient storks walk home"
    made = vaults.create_vault(tmp_path / "vault", passphrase, name="Elena", organisation="Sample", clock=lambda: next(clock))
    with closing(made.session) as session:
        (visit,) = records.add_records(session, "visit", [dict(VISIT)]).ids
        common = {"visit": visit, "section": "obstacles", "language": "en"}
        texts = ("Earlier", "Later", None)
        earlier, later, empty = records.add_records(session, "section", [{**common, "text": t} for t in texts]).ids
        records.edit_record(session, later, {"text": "Later, corrected"})
        assert summary.written_sections(session, visit, "en")["obstacles"].id == later
        assert summary.written_sections(session, visit, "ru") == {}
        printed = summary.compose(session, visit=visit, draft=True).summary.sections
        assert [s.text for s in printed] == ["Later, corrected"]
        base = {"text": records.get_record(session, later).heads["text"]}
        summary.write_section(session, visit, "obstacles", "en", "Written on", base=base, origin="test")
        assert records.get_record(session, later).fields["text"] == "Written on"
        assert records.get_record(session, earlier).fields["text"] == "Earlier"
        assert records.get_record(session, empty).fields.get("text") is None
        summary.write_section(session, visit, "obstacles", "ru", "Заново", base={}, origin="test")
        assert summary.written_sections(session, visit, "ru")["obstacles"].fields["text"] == "Заново"
