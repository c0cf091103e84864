"""Summaries signed by a card in a reader: bound by headquarters from the card itself, signed by command, checked by strangers."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from fieldtool.cli import exporting
from fieldtool.cli.edge import Call
from tests.card_readers import Readers, make_readers
from tests.signing_cards import PIN
from tests.unit.cli.commands import Desk
from tests.unit.cli.test_cards import EXPERT, HEAD, bind, refused, verdict
from tests.unit.cli.test_summary import told


@pytest.fixture(scope="session")
def readers(tmp_path_factory: pytest.TempPathFactory) -> Readers:
    """One card with one key, one with two, one with none that fits."""
    return make_readers(tmp_path_factory.mktemp("readers"), ("Elena's card", "Two keys", "Curve"))


@pytest.fixture
def pin(tmp_path: Path) -> Path:
    """The file with the card's PIN."""
    path = tmp_path / "pin.txt"
    path.write_text(PIN + "\n")
    return path


def sign(head: Desk, module: Path, pin: Path, out: Path, *words: object) -> tuple[int, str]:
    """The exit code of signing by a card in the reader, and the error's code."""
    outcome = head.run("--json", "export", "summary", "--sign", "--token", module, "--pin-file", pin, "-o", out, *words)
    return outcome.code, outcome.json["error"]["code"] if outcome.code else ""


def test_a_card_in_a_reader_signs_and_strangers_confirm_it(
    hq: Desk, head: Desk, readers: Readers, pin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the two keys on it headquarters binds one, and that one signs unasked: for our verifier, pdfsig and openssl."""
    told(head)
    module, out = readers.plug(tmp_path / "reader", monkeypatch, "Two keys"), tmp_path / "signed.pdf"
    assert refused(hq, "people", "card", HEAD, "--token", module) == "token-keys-several"
    bind(hq, head, HEAD, "--token", module, "--token-key", "signing")
    assert sign(head, module, pin, out) == (0, "")
    code, sentence = verdict(head, out)
    assert (code, sentence.startswith(f"Signed with the card of {HEAD}, head of visit")) == (0, True)
    root, database = tmp_path / "root.pem", f"sql:{tmp_path / 'nss'}"
    hq.done("root", "export", "-o", root)
    (tmp_path / "nss").mkdir()
    _run("certutil", "-N", "-d", database, "--empty-password")
    _run("certutil", "-A", "-d", database, "-n", "root", "-t", "CT,CT,CT", "-i", root)
    shown = _run("pdfsig", "-nssdir", database, out)
    for said in ("Signature is Valid.", "Certificate is Trusted.", "Total document signed"):
        assert said in shown, shown
    whole = out.read_bytes()
    at = whole.index(b"/ByteRange")
    start, size, after, rest = (int(n) for n in whole[at : whole.index(b"]", at)].split(b"[")[1].split())
    (tmp_path / "text").write_bytes(whole[start : start + size] + whole[after : after + rest])
    (tmp_path / "cms").write_bytes(bytes.fromhex(whole[size + 1 : after - 1].decode()))
    _run("openssl", "cms", "-verify", "-binary", "-purpose", "any", "-inform", "DER", "-in", tmp_path / "cms",
         "-content", tmp_path / "text", "-CAfile", root, "-out", tmp_path / "same")  # fmt: skip


def _run(*words: object) -> str:
    return subprocess.run(list(map(str, words)), check=True, capture_output=True, text=True, timeout=60).stdout


def test_what_is_refused_leaves_nothing(
    hq: Desk, head: Desk, readers: Readers, pin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(head)
    module, out = readers.plug(tmp_path / "reader", monkeypatch, "Elena's card", "Curve"), tmp_path / "no.pdf"
    (wrong := tmp_path / "wrong.txt").write_text("11111111")
    assert sign(head, module, pin, out) == (1, "tokens-several")
    assert sign(head, module, wrong, out, "--token-name", "Elena's card") == (1, "wrong-pin")
    assert sign(head, module, pin, out, "--token-name", "Elena's card") == (1, "card-unbound")
    assert sign(head, module, pin, out, "--token-name", "Curve") == (1, "token-without-key")
    assert refused(hq, "people", "card", HEAD, "--token", module, "--token-name", "Curve") == "token-bare"
    assert refused(head, "export", "summary", "--sign", "--token", module, "--token-name", "Curve", "-o", out) == "pin-missing"
    forging = readers.plug_stubborn(tmp_path / "forging", monkeypatch, "forge")
    bind(hq, head, HEAD, "--token", forging)
    assert sign(head, forging, pin, out) == (3, "token-forged")
    assert not out.exists()
    assert head.items("summaries") == []


def test_a_pin_is_asked_of_a_person_who_knows_what_is_at_stake(
    head: Desk, readers: Readers, pin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last PIN that a card will take comes from no file; a reader with keys asks itself; the PIN stands in no output."""
    out = tmp_path / "no.pdf"
    module = readers.plug_stubborn(tmp_path / "reader", monkeypatch, "counts")
    (tmp_path / "reader" / "count").write_text("xx")
    assert sign(head, module, pin, out) == (1, "token-last-try")
    asked: list[str] = []

    def answer(_call: Call) -> str:
        asked.append("asked")
        return PIN

    monkeypatch.setattr(exporting, "pin_of", answer)
    words = ("export", "summary", "--sign", "--token", module, "-o", out)
    outcome = head.run(*words)
    assert (outcome.code, asked) == (1, ["asked"])  # opened, and bound to nobody
    assert "The next wrong PIN locks Elena's card." in outcome.err
    assert PIN not in outcome.out + outcome.err
    monkeypatch.setenv("STUBBORN_DOES", "keypad")
    outcome = head.run(*words)
    assert (outcome.code, asked) == (1, ["asked"])
    assert "Type the PIN of Elena's card at the reader." in outcome.err
    (tmp_path / "reader" / "count").write_text("xxx")
    monkeypatch.setenv("STUBBORN_DOES", "counts")
    assert refused(head, *words) == "token-locked"
    assert asked == ["asked"]


def test_words_that_mean_nothing_together_are_wrong_usage(head: Desk, hq: Desk, readers: Readers, tmp_path: Path) -> None:
    out, token = tmp_path / "no.pdf", ("--token", readers.module)
    for words in (
        token, ("--sign", *token, "--card", "a.p12"), ("--sign", "--edition", "press", *token), ("--sign", "--token-name", "x"),
        ("--sign", "--card", "a.p12", "--token-key", "x"),
    ):  # fmt: skip
        with pytest.raises(SystemExit, match="2"):
            head.run("export", "summary", *words, "-o", out)
    for more in (("--token-key", "x", "--withdraw"), (*token, "--withdraw"), (*token, "--certificate", "a.pem")):
        with pytest.raises(SystemExit, match="2"):
            hq.run("people", "card", EXPERT, *more)
