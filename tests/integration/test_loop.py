"""The loop that the product is, played with real vaults through files, judged by what people and other programs see."""

from __future__ import annotations

import hashlib
import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fieldtool.domain.errors import KnownError
from fieldtool.services import conflicts, demo, exchange, importing, records, sample
from fieldtool.services.session import Session

VAULTS = ("hq", "head", "expert-1", "expert-2")
TOTALS = {
    "reports": 2, "recommendations": 27, "statuses": 2, "visits": 1, "institutions": 11, "meetings": 11, "notes": 19, "positions": 8,
    "progress": 3, "assistance": 3, "actions": 2, "attachments": 1, "summaries": 1,
}  # fmt: skip


def said(played: Path) -> dict[str, Any]:
    return json.loads((played / "demo.json").read_bytes())  # type: ignore[no-any-return]


def run(*words: str | Path) -> str:
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def openssl(played: Path, folder: Path) -> list[str | Path]:
    """The command by which a third party checks a manifest."""
    files: list[str | Path] = ["-in", folder / "manifest.p7s", "-content", folder / "manifest.json", "-CAfile", played / "root.pem"]
    return ["openssl", "cms", "-verify", "-binary", "-inform", "DER", *files, "-purpose", "any"]


def opened(played: Path, tmp_path: Path) -> list[tuple[Path, dict[str, bytes]]]:
    """Every bundle and receipt that headquarters can read, opened by age and unzip."""
    found = []
    for path in sorted([*(played / "bundles").iterdir(), *(played / "receipts").iterdir()]):
        plain = tmp_path / f"{path.name}.zip"
        run("age", "-d", "-i", played / "hq-recipient.key", "-o", plain, path)
        run("unzip", "-t", plain)
        with zipfile.ZipFile(plain) as archive:
            found.append((path, {n: archive.read(n) for n in archive.namelist()}))
    return found


def test_every_vault_ends_with_the_same_records(played: Path) -> None:
    lists = said(played)["lists"]
    assert {who: lists[who] for who in VAULTS} == dict.fromkeys(VAULTS, lists["hq"])
    assert {kind: lists["hq"][kind]["total"] for kind in TOTALS} == TOTALS


def test_the_disagreement_stands_on_every_vault_until_the_head_settles_it(played: Path) -> None:
    before, after = said(played)["lists_before_settling"], said(played)["lists"]
    assert [before[w]["conflicts"]["total"] for w in VAULTS] == [1, 1, 1, 1]
    assert len({before[w]["conflicts"]["sha256"] for w in VAULTS}) == 1
    assert [after[w]["conflicts"]["total"] for w in VAULTS] == [0, 0, 0, 0]


def test_importing_everything_again_changes_nothing(copy: Path, unlock: Callable[[str], Session]) -> None:
    for who in VAULTS:
        session = unlock(who)
        before, changes = demo.list_digests(session), session.store.change_count()
        results = importing.import_paths(session, [copy / "bundles"])
        assert {r.error.code for r in results if r.error} <= {"bundle-not-for-you"}
        assert any(r.error is None for r in results)
        assert (demo.list_digests(session), session.store.change_count()) == (before, changes)


def test_the_first_import_changed_what_later_ones_do_not(played: Path) -> None:
    taken = [s["changes"] for s in said(played)["steps"] if "takes in 01" in s["step"]]
    assert len(taken) == 3
    assert min(taken) > 300


def test_every_digest_is_what_sha256sum_prints_and_every_count_what_list_shows(played: Path, unlock: Callable[[str], Session]) -> None:
    story = said(played)
    named = {f["file"]: f["sha256"] for step in story["steps"] for f in step["files"]} | {f["file"]: f["sha256"] for f in story["files"]}
    assert len(named) > 15
    for file, digest in named.items():
        assert run("sha256sum", played / file).split()[0] == digest, file
    for who in VAULTS:
        session = unlock(who)
        for plural, facts in story["lists"][who].items():
            rows = conflicts.list_conflicts(session) if plural == "conflicts" else records.list_records(session, plural)
            assert len(rows) == facts["total"], (who, plural)


def test_age_unzip_and_openssl_confirm_every_bundle(played: Path, tmp_path: Path) -> None:
    for path, entries in opened(played, tmp_path):
        manifest = json.loads(entries["manifest.json"])
        for file in manifest["files"]:
            assert hashlib.sha256(entries[file["name"]]).hexdigest() == file["sha256"], path.name
        for name in ("manifest.json", "manifest.p7s"):
            (tmp_path / name).write_bytes(entries[name])
        run(*openssl(played, tmp_path), "-out", tmp_path / "verified")
        assert (tmp_path / "verified").read_bytes() == entries["manifest.json"]


def test_headquarters_is_a_recipient_of_every_bundle(played: Path, tmp_path: Path) -> None:
    assert len(opened(played, tmp_path)) >= 8


def test_openssl_refuses_a_changed_manifest(played: Path, tmp_path: Path) -> None:
    _, entries = opened(played, tmp_path)[0]
    (tmp_path / "manifest.json").write_bytes(entries["manifest.json"].replace(b'"n":1', b'"n":2'))
    (tmp_path / "manifest.p7s").write_bytes(entries["manifest.p7s"])
    assert subprocess.run([str(w) for w in openssl(played, tmp_path)], capture_output=True).returncode != 0


def test_pdfsig_finds_one_valid_signature_over_the_whole_document(played: Path, tmp_path: Path) -> None:
    run("certutil", "-N", "-d", f"sql:{tmp_path}", "--empty-password")
    run("certutil", "-A", "-d", f"sql:{tmp_path}", "-n", "root", "-t", "C,C,C", "-a", "-i", played / "root.pem")
    judged = run("pdfsig", "-nssdir", f"sql:{tmp_path}", played / "summary-internal.pdf")
    assert "Signature is Valid" in judged
    assert "Certificate is Trusted" in judged
    assert "Total document signed" in judged
    assert "Not total document signed" not in judged


def test_no_signature_stands_alone_on_the_last_page(played: Path) -> None:
    document = played / "summary-internal.pdf"
    last = next(line.split()[-1] for line in run("pdfinfo", document).splitlines() if line.startswith("Pages:"))
    words = run("pdftotext", "-f", last, document, "-")
    assert "Prepared and approved" in words
    assert "Counter-signature of headquarters" in words


def test_every_font_of_the_summary_is_embedded(played: Path) -> None:
    rows = run("pdffonts", played / "summary-internal.pdf").splitlines()[2:]
    assert len(rows) >= 4
    # Columns are read from the right: a font's name may hold blanks.
    assert {row.split()[-5] for row in rows} == {"yes"}


def test_another_program_draws_every_page_without_a_complaint(played: Path, tmp_path: Path) -> None:
    words = ["pdftoppm", "-r", "20", "-png", str(played / "summary-internal.pdf"), str(tmp_path / "page")]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list(tmp_path.glob("page-*.png"))) > 10


def test_the_summary_says_every_sample_text_that_it_may(played: Path) -> None:
    found = " ".join(run("pdftotext", "-raw", played / "summary-internal.pdf", "-").split())
    story = sample.load_sample().content
    marked = {"public": 0, "internal": 1, "restricted": 2, "confidential": 3}
    ceiling = marked[story["visit"]["marking_ceiling"]]
    allowed = [n["text"] for m in story["meetings"] if marked[m["marking"]] <= ceiling for n in m["notes"]]
    withheld = [n["text"] for m in story["meetings"] if marked[m["marking"]] > ceiling for n in m["notes"]]
    assert len(allowed) >= 15
    assert len(withheld) == 2
    assert [t for t in allowed if t not in found] == []
    assert [t for t in withheld if t in found] == []


@pytest.mark.parametrize("who", VAULTS)
def test_nothing_is_left_to_send_when_everybody_has_confirmed(who: str, copy: Path, unlock: Callable[[str], Session]) -> None:
    session = unlock(who)
    others = {"hq": ["team"], "head": ["team", "hq"], "expert-1": ["hq"], "expert-2": ["hq"]}[who]
    with pytest.raises(KnownError) as refused:
        exchange.export_bundle(session, copy / "again.ftbundle", to=others)
    assert refused.value.code == "nothing-to-export"
    assert not (copy / "again.ftbundle").exists()


def test_a_change_goes_round_as_the_only_thing_in_a_bundle(copy: Path, unlock: Callable[[str], Session]) -> None:
    one, hq = unlock("expert-1"), unlock("hq")
    note = records.list_records(one, "notes")[0]
    records.edit_record(one, note.id, {"text": "Said once more, in other words."})
    written = exchange.export_bundle(one, copy / "change.ftbundle", to=["hq"])
    assert written.facts.manifest.counts.changes == 1
    taken = importing.import_file(hq, copy / "change.ftbundle")
    assert (taken.changes, taken.conflicts) == (1, 0)
    assert records.get_record(hq, note.id).fields["text"] == "Said once more, in other words."
