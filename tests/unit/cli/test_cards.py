"""Summaries signed by an organisation's own card: bound by headquarters, used by command, checked by anybody; and every refusal."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from fieldtool.identity.cards import FileCard, open_card_file
from fieldtool.reports.pades import apply_signature, signer_of
from tests.signing_cards import PAST, PIN, make_card
from tests.unit.cli.commands import Desk, run
from tests.unit.cli.test_summary import NOON, told

HEAD, EXPERT = "Elena Marković", "Tomas Lindqvist"


@pytest.fixture(scope="session")
def card(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A card that nobody has bound yet."""
    return make_card(tmp_path_factory.mktemp("card"), "elena")


@pytest.fixture
def pin(tmp_path: Path) -> Path:
    """The file with the card's PIN."""
    path = tmp_path / "pin.txt"
    path.write_text(PIN + "\n")
    return path


def bind(hq: Desk, head: Desk, *words: object) -> None:
    """Headquarters binds a card, and the head hears of it."""
    hq.done("people", "card", *words)
    hq.done("export", "bundle", "--to", "team", "-o", hq.files / "cards.ftbundle")
    head.done("import", hq.files / "cards.ftbundle")
    (hq.files / "cards.ftbundle").unlink()


def sign(head: Desk, card: Path, pin: Path, out: Path) -> tuple[int, str]:
    """The exit code of signing by a card, and the error's code."""
    outcome = head.run("--json", "export", "summary", "--sign", "--card", card, "--pin-file", pin, "-o", out)
    return outcome.code, outcome.json["error"]["code"] if outcome.code else ""


def verdict(outcome_of: Desk, pdf: Path) -> tuple[int, str]:
    """How `verify` ends, and what it says."""
    outcome = outcome_of.run("--json", "verify", pdf)
    (one,) = outcome.json["files"]
    return outcome.code, one["error"]["code"] if one["error"] else one["sentence"]


def test_a_bound_card_signs_and_anybody_with_the_root_can_check_it(hq: Desk, head: Desk, card: Path, pin: Path, tmp_path: Path) -> None:
    told(head)
    bind(hq, head, HEAD, "--certificate", card.with_suffix(".pem"))
    out, root = tmp_path / "signed.pdf", tmp_path / "root.pem"
    assert sign(head, card, pin, out) == (0, "")
    code, sentence = verdict(head, out)
    assert code == 0
    assert sentence.startswith(f"Signed with the card of {HEAD}, head of visit")
    hq.done("root", "export", "-o", root)
    third = run("--json", "verify", "--trust", root, out)
    assert (third.code, third.json["files"][0]["facts"]["signatures"]) == (
        0, [{"field": "HeadOfVisit", "signer": HEAD, "card": True}],
    )  # fmt: skip
    head.done("export", "bundle", "--to", "hq", "-o", tmp_path / "final.ftbundle")
    hq.done("import", tmp_path / "final.ftbundle")
    hq.done("hq", "confirm", out, "-o", tmp_path / "confirmed.pdf")
    code, sentence = verdict(head, tmp_path / "confirmed.pdf")
    assert (code, sentence.endswith("confirmed by headquarters.")) == (0, True)


def test_strangers_find_an_rsa_signature_of_pkcs1(hq: Desk, head: Desk, card: Path, pin: Path, tmp_path: Path) -> None:
    """3072 bits by PKCS#1 v1.5 with SHA-256, that openssl verifies under the organisation's root."""
    told(head)
    bind(hq, head, HEAD, "--certificate", card.with_suffix(".pem"))
    out, root = tmp_path / "signed.pdf", tmp_path / "root.pem"
    assert sign(head, card, pin, out) == (0, "")
    hq.done("root", "export", "-o", root)
    whole = out.read_bytes()
    first, second = whole.index(b"/ByteRange"), whole.index(b"]", whole.index(b"/ByteRange"))
    start, size, after, rest = (int(n) for n in whole[first:second].split(b"[")[1].split())
    (tmp_path / "signed.bin").write_bytes(whole[start : start + size] + whole[after : after + rest])
    (tmp_path / "signature.der").write_bytes(bytes.fromhex(whole[size + 1 : after - 1].decode()))
    shown = subprocess.run(
        ["openssl", "cms", "-cmsout", "-print", "-inform", "DER", "-in", tmp_path / "signature.der"],
        capture_output=True, text=True, timeout=60, check=True,
    ).stdout  # fmt: skip
    assert "algorithm: rsaEncryption" in shown or "algorithm: sha256WithRSAEncryption" in shown
    assert "rsassaPss" not in shown
    subprocess.run(
        ["openssl", "cms", "-verify", "-binary", "-purpose", "any", "-inform", "DER", "-in", tmp_path / "signature.der", "-content",
         tmp_path / "signed.bin", "-CAfile", root, "-out", tmp_path / "same.bin"], capture_output=True, timeout=60, check=True,
    )  # fmt: skip


def test_a_card_that_nobody_bound_or_that_is_anothers_signs_nothing(
    hq: Desk, head: Desk, expert: Desk, card: Path, pin: Path, tmp_path: Path
) -> None:
    told(head)
    assert sign(head, card, pin, tmp_path / "no.pdf") == (1, "card-unbound")
    hq.done("people", "add", expert.files / "me.ftrequest", "--role", "deputy")
    bind(hq, head, EXPERT, "--certificate", card.with_suffix(".pem"))
    assert sign(head, card, pin, tmp_path / "no.pdf") == (1, "card-of-another")
    assert refused(hq, "people", "card", HEAD, "--certificate", card.with_suffix(".pem")) == "card-unfit"
    assert not (tmp_path / "no.pdf").exists()
    assert head.items("summaries") == []


def refused(desk: Desk, *words: object) -> str:
    """The code of a refusal that a person can mend."""
    outcome = desk.run("--json", *words)
    assert outcome.code == 1, outcome
    return str(outcome.json["error"]["code"])


def test_a_card_that_has_expired_is_neither_bound_nor_used(hq: Desk, head: Desk, pin: Path, tmp_path: Path) -> None:
    card = make_card(tmp_path / "cards", "elena", days=PAST)
    assert refused(hq, "people", "card", HEAD, "--certificate", card.with_suffix(".pem")) == "card-unfit"
    assert sign(head, card, pin, tmp_path / "no.pdf") == (1, "card-unfit")
    told = hq.run("--lang", "ru", "people", "card", HEAD, "--certificate", card.with_suffix(".pem")).err
    assert "срок действия — только с 2010-01-01 по 2020-01-01" in told
    assert not (tmp_path / "no.pdf").exists()


def test_a_wrong_pin_or_a_file_that_is_no_card_leaves_nothing(head: Desk, card: Path, pin: Path, tmp_path: Path) -> None:
    (wrong := tmp_path / "wrong.txt").write_text("11111111")
    (empty := tmp_path / "empty.txt").write_text("\n")
    (text := tmp_path / "text.p12").write_bytes(card.with_suffix(".pem").read_bytes())
    (torn := tmp_path / "torn.p12").write_bytes(card.read_bytes()[:-40])
    subprocess.run(["openssl", "pkcs12", "-export", "-nokeys", "-in", card.with_suffix(".pem"), "-out", tmp_path / "bare.p12",
                    "-passout", f"pass:{PIN}"], check=True, timeout=60)  # fmt: skip
    out = tmp_path / "no.pdf"
    assert sign(head, card, wrong, out) == (1, "wrong-pin")
    assert sign(head, card, empty, out) == (1, "pin-missing")
    assert sign(head, torn, pin, out) == (1, "wrong-pin")
    assert sign(head, text, pin, out) == (1, "card-unreadable")
    assert sign(head, tmp_path / "bare.p12", pin, out) == (1, "card-unreadable")
    assert sign(head, tmp_path / "nothing.p12", pin, out) == (1, "file-unreadable")
    assert refused(head, "export", "summary", "--sign", "--card", card, "-o", out) == "pin-missing"
    assert not out.exists()


def test_a_card_goes_with_signing_pages_and_a_pin_with_a_card(head: Desk, card: Path, pin: Path, tmp_path: Path) -> None:
    for words in (("--card", card), ("--sign", "--edition", "press", "--card", card), ("--sign", "--pin-file", pin)):
        with pytest.raises(SystemExit, match="2"):
            head.run("export", "summary", *words, "-o", tmp_path / "no.pdf")


def test_only_headquarters_binds_and_only_for_who_leads(hq: Desk, head: Desk, card: Path) -> None:
    pem = card.with_suffix(".pem")
    assert refused(head, "people", "card", HEAD, "--certificate", pem) == "role-needed"
    assert refused(hq, "people", "card", EXPERT, "--certificate", pem) == "value-refused"
    assert refused(hq, "people", "card", "Nobody", "--certificate", pem) == "person-unknown"
    assert refused(hq, "people", "card", HEAD, "--certificate", card) == "card-unfit"


@pytest.mark.parametrize("ended", [("revoke", HEAD), ("card", HEAD, "--withdraw")], ids=["revoked", "withdrawn"])
def test_what_a_card_signs_after_its_end_is_refused_and_what_came_before_holds(
    hq: Desk, head: Desk, card: Path, pin: Path, tmp_path: Path, ended: tuple[str, ...]
) -> None:
    told(head)
    bind(hq, head, HEAD, "--certificate", card.with_suffix(".pem"))
    before, after = tmp_path / "before.pdf", tmp_path / "after.pdf"
    assert sign(head, card, pin, before) == (0, "")
    head.done("export", "bundle", "--to", "hq", "-o", tmp_path / "final.ftbundle")
    hq.done("import", tmp_path / "final.ftbundle")
    hq.done("people", *ended)
    assert sign(head, card, pin, after) == (0, "")  # the laptop in the field has not heard of it
    assert verdict(hq, before)[0] == 0
    assert verdict(hq, after) == (3, "pdf-revoked")


def test_a_new_card_of_headquarters_keeps_what_was_bound(hq: Desk, head: Desk, card: Path, pin: Path, tmp_path: Path) -> None:
    """Issued again for another role, the person still signs by the same card; withdrawn, by none."""
    told(head)
    bind(hq, head, HEAD, "--certificate", card.with_suffix(".pem"))
    hq.done("people", "add", head.files / "me.ftrequest", "--role", "deputy")
    bind(hq, head, HEAD, "--certificate", card.with_suffix(".pem"))
    assert sign(head, card, pin, tmp_path / "1.pdf") == (0, "")
    bind(hq, head, HEAD, "--withdraw")
    assert sign(head, card, pin, tmp_path / "2.pdf") == (1, "card-unbound")


def test_the_cards_own_certificate_proves_nothing(hq: Desk, head: Desk, card: Path, tmp_path: Path) -> None:
    """Signed under the certificate that came with a bound card, whose issuer the organisation does not know."""
    told(head)
    bind(hq, head, HEAD, "--certificate", card.with_suffix(".pem"))
    head.done("export", "summary", "--sign", "-o", tmp_path / "signed.pdf")
    whole = (tmp_path / "signed.pdf").read_bytes()
    unsigned = whole[: whole.index(b"%%EOF") + len(b"%%EOF\n")]
    pen = Foreign(open_card_file(card.read_bytes(), PIN, card.name))
    out = tmp_path / "foreign.pdf"
    out.write_bytes(apply_signature(unsigned, signer_of(pen), "HeadOfVisit", ["x"], "12355B", NOON, certify_document=True))
    assert verdict(head, out) == (3, "pdf-untrusted")


class Foreign:
    """A card as any other program would use it."""

    chain_der = ()

    def __init__(self, key: FileCard) -> None:
        self.certificate_der, self.sign = key.certificate_der, key.sign
