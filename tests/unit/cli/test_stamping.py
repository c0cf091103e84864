"""Time stamps by command: asked for at headquarters, answered by openssl on files, checked by anybody, withdrawn; and every refusal."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from fieldtool.identity.stamps import read_stamp, stamp_request
from fieldtool.reports.stamping import fill_stamp, prepare_stamp
from tests.time_authorities import Clockmaker
from tests.unit.cli.commands import Desk, run
from tests.unit.cli.test_summary import told


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Clockmaker:
    """An authority that nobody has named yet."""
    return Clockmaker(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def once(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The desks of the head and of headquarters after the head's summary was confirmed, and that summary; nobody changes them."""
    folder = tmp_path_factory.mktemp("confirmed")
    head = Desk(made / "team" / "head" / "vault", made / "team" / "head").copied(folder / "head")
    hq = Desk(made / "headquarters" / "hq", made / "headquarters").copied(folder / "headquarters")
    told(head)
    head.done("export", "summary", "--sign", "-o", folder / "signed.pdf")
    head.done("export", "bundle", "--to", "hq", "-o", folder / "final.ftbundle")
    hq.done("import", folder / "final.ftbundle")
    hq.done("hq", "confirm", folder / "signed.pdf", "-o", folder / "confirmed.pdf")
    return folder


@pytest.fixture
def head(once: Path, tmp_path: Path) -> Desk:
    """The head, whose summary is confirmed."""
    return Desk(once / "head" / "vault", once / "head").copied(tmp_path / "head")


@pytest.fixture
def hq(once: Path, tmp_path: Path) -> Desk:
    """Headquarters, which has confirmed it."""
    return Desk(once / "headquarters" / "hq", once / "headquarters").copied(tmp_path / "headquarters")


@pytest.fixture
def confirmed(once: Path, tmp_path: Path) -> Path:
    """The summary that headquarters has confirmed, beside the head's own."""
    for name in ("signed.pdf", "final.ftbundle", "confirmed.pdf"):
        shutil.copyfile(once / name, tmp_path / name)
    return tmp_path / "confirmed.pdf"


def fault(desk: Desk, *words: object) -> tuple[int, str]:
    """The exit code and the error's code of a command that is refused; of `verify`, of its one file."""
    outcome = desk.run("--json", *words)
    found = outcome.json
    return outcome.code, (found["error"] if "error" in found else found["files"][0]["error"] or {"code": ""})["code"]


def answer(authority: Clockmaker, request: Path, **how: bool) -> Path:
    """What the authority answers, as a file."""
    path = request.with_suffix(".tsr")
    path.write_bytes(authority.answer(request.read_bytes(), **how))
    return path


def test_a_stamp_is_fetched_on_a_stick_and_checked_by_everybody(
    confirmed: Path, head: Desk, hq: Desk, authority: Clockmaker, tmp_path: Path
) -> None:
    request, out = tmp_path / "summary.tsq", tmp_path / "stamped.pdf"
    certificate = authority.folder / "root.pem"
    assert fault(hq, "hq", "stamp-request", confirmed, "-o", request) == (1, "authority-needed")
    named = hq.json("authority", "add", certificate)["authority"]
    assert (named["name"], named["withdrawn"]) == ("Sample Clock Root", False)
    asked = hq.json("hq", "stamp-request", confirmed, "-o", request)
    assert asked["authorities"] == ["Sample Clock Root"]
    told_of = answer(authority, request)
    before = confirmed.read_bytes()
    done = hq.json("hq", "stamp", confirmed, "--response", told_of, "-o", out)
    assert (done["authority"], done["level"]) == ("Sample Clock Stamps", "B-T")
    assert confirmed.read_bytes() == before == out.read_bytes()[: len(before)]
    assert done["sha256"] in {s["sha256"] for s in hq.items("summaries")}
    # The head's vault believes it once the visit's next file has come, and not before.
    assert fault(head, "verify", out) == (3, "pdf-stamp-unknown")
    hq.done("export", "bundle", "--to", "team", "-o", tmp_path / "stamped.ftbundle")
    head.done("import", tmp_path / "stamped.ftbundle")
    (judged,) = head.json("verify", out)["files"]
    assert judged["facts"]["stamp"] == {"authority": "Sample Clock Stamps", "issuer": "Sample Clock Root", "at": done["stamped_at"]}
    assert judged["facts"]["level"] == "B-T"
    head.done("export", "attachment", done["attachment"], "-o", tmp_path / "kept.pdf")
    assert (tmp_path / "kept.pdf").read_bytes() == out.read_bytes()
    # Whoever has no vault says themselves whom they believe.
    hq.done("root", "export", "-o", tmp_path / "root.pem")
    third = ("--json", "verify", "--trust", tmp_path / "root.pem", out)
    assert run(*third).json["files"][0]["error"]["code"] == "pdf-stamp-unknown"
    assert run(*third, "--time-authority", certificate).code == 0
    for again in (
        ("stamp-request", out, "-o", tmp_path / "again.tsq"),
        ("stamp", out, "--response", told_of, "-o", tmp_path / "again.pdf"),
    ):
        assert fault(hq, "hq", *again) == (1, "summary-stamped")


def test_answers_that_do_not_fit_are_refused_and_leave_nothing(
    confirmed: Path, head: Desk, hq: Desk, authority: Clockmaker, tmp_path: Path
) -> None:
    request, out, bad = tmp_path / "1.tsq", tmp_path / "out.pdf", tmp_path / "bad.tsr"
    hq.done("authority", "add", authority.folder / "root.pem")

    def refused(response: Path | bytes) -> tuple[int, str]:
        if isinstance(response, bytes):
            bad.write_bytes(response)
            response = bad
        found = fault(hq, "hq", "stamp", confirmed, "--response", response, "-o", out)
        assert not out.exists()
        return found

    assert refused(b"") == (1, "stamp-not-asked")
    hq.done("hq", "stamp-request", confirmed, "-o", request)
    first = answer(authority, request)
    hq.done("hq", "stamp-request", confirmed, "-o", tmp_path / "2.tsq")
    assert refused(first) == (3, "stamp-stale")
    stranger = Clockmaker(tmp_path / "stranger", "Strange Clock")
    assert refused(answer(stranger, tmp_path / "2.tsq")) == (3, "stamp-unknown")
    good = answer(authority, tmp_path / "2.tsq")
    assert refused(good.read_bytes()[:-1]) == (3, "stamp-unreadable")
    assert refused(confirmed.read_bytes()) == (3, "stamp-unreadable")
    assert refused(answer(authority, tmp_path / "2.tsq", refusing=True)) == (1, "stamp-refused")
    assert refused(tmp_path / "away.tsr") == (1, "file-unreadable")
    good = answer(authority, tmp_path / "2.tsq")
    for source, target, code in (
        (confirmed, confirmed, (1, "file-exists")),
        (tmp_path / "signed.pdf", out, (1, "summary-unconfirmed")),
    ):
        assert fault(hq, "hq", "stamp", source, "--response", good, "-o", target) == code
    assert fault(head, "hq", "stamp", confirmed, "--response", good, "-o", out) == (1, "role-needed")
    assert fault(head, "authority", "add", authority.folder / "root.pem") == (1, "role-needed")
    assert len(hq.items("summaries")) == 2
    assert hq.run("hq", "stamp", confirmed, "--response", good, "-o", out).code == 0  # after all of that the good one still counts


def test_what_was_stamped_before_an_authority_was_withdrawn_stays_proven_where_headquarters_recorded_it(
    confirmed: Path, head: Desk, hq: Desk, authority: Clockmaker, tmp_path: Path
) -> None:
    """An authority's key that leaked can state any time: afterwards the records say which stamps are older than the leak."""
    hq.done("authority", "add", authority.folder / "root.pem")
    hq.done("hq", "stamp-request", confirmed, "-o", tmp_path / "1.tsq")
    hq.done("hq", "stamp", confirmed, "--response", answer(authority, tmp_path / "1.tsq"), "-o", tmp_path / "recorded.pdf")
    # Somebody else's tool puts a genuine token of the same authority into the same file.
    prepared = prepare_stamp(confirmed.read_bytes())
    response = authority.answer(stamp_request(prepared.digest, b"12345678"))
    token = read_stamp(response, prepared.digest, b"12345678", (authority.root.der,), "x").token
    (tmp_path / "late.pdf").write_bytes(fill_stamp(confirmed.read_bytes(), prepared, token))
    assert hq.run("verify", tmp_path / "late.pdf", tmp_path / "recorded.pdf").code == 0
    assert fault(hq, "authority", "withdraw", "Nobody") == (1, "authority-unknown")
    assert fault(head, "authority", "withdraw", "Sample Clock Root") == (1, "role-needed")
    hq.done("authority", "withdraw", "sample clock root", "--reason", "its key leaked")
    (listed,) = hq.json("authority", "list")["authorities"]
    assert (listed["withdrawn"], listed["reason"]) == (True, "its key leaked")
    hq.done("export", "bundle", "--to", "team", "-o", tmp_path / "w.ftbundle")
    head.done("import", tmp_path / "w.ftbundle")
    for desk in (hq, head):
        assert desk.run("verify", tmp_path / "recorded.pdf").code == 0
        assert fault(desk, "verify", tmp_path / "late.pdf") == (3, "pdf-stamp-withdrawn")
        # A reader cannot believe again, where headquarters' word is at hand, what it has withdrawn.
        named = ("--time-authority", authority.folder / "root.pem")
        assert fault(desk, "verify", *named, tmp_path / "late.pdf") == (3, "pdf-stamp-withdrawn")
    assert fault(hq, "hq", "stamp-request", confirmed, "-o", tmp_path / "3.tsq") == (1, "authority-needed")
    hq.done("authority", "add", authority.folder / "root.pem", "--expect", listed["sha256"].upper())
    assert hq.run("verify", tmp_path / "late.pdf").code == 0  # headquarters may change its mind


def test_an_authority_is_named_by_the_fingerprint_that_it_publishes(hq: Desk, authority: Clockmaker) -> None:
    certificate = authority.folder / "root.pem"
    assert fault(hq, "authority", "add", certificate, "--expect", "00" * 32) == (3, "fingerprint-mismatch")
    assert fault(hq, "authority", "add", authority.folder / "signer.pem") == (1, "authority-unfit")
    assert hq.json("authority", "list") == {"authorities": [], "total": 0}


def test_an_archive_holds_the_lists_of_every_issuer_and_says_what_is_missing(
    confirmed: Path, head: Desk, hq: Desk, authority: Clockmaker, tmp_path: Path
) -> None:
    hq.done("authority", "add", authority.folder / "root.pem")
    request, out, root, theirs = tmp_path / "1.tsq", tmp_path / "archived.pdf", tmp_path / "root.crl", tmp_path / "theirs.crl"
    theirs.write_bytes(authority.root.revocations())
    asking = ("hq", "stamp-request", confirmed, "-o", request, "--list", theirs)
    missing = hq.run("--json", *asking)
    assert (missing.code, missing.json["error"]["code"]) == (1, "archive-incomplete")
    assert "Sample Organisation" in missing.json["error"]["what"]
    assert not request.exists()
    assert head.run("root", "revocations", "-o", root).code == head.run("hq", "revocations", "-o", root).code == 1
    hq.done("root", "revocations", "-o", root)
    (tmp_path / "broken.crl").write_bytes(root.read_bytes()[:-1])
    assert fault(hq, *asking, "--list", tmp_path / "broken.crl") == (1, "list-unfit")
    hq.done(*asking, "--list", root)
    done = hq.json("hq", "stamp", confirmed, "--response", answer(authority, request), "-o", out)
    assert done["level"] == "B-LTA"
    (judged,) = hq.json("verify", out)["files"]
    assert judged["facts"]["level"] == "B-LTA"
    # Without the authority's own list the time counts all the same.
    hq.done("hq", "stamp-request", confirmed, "-o", request, "--list", root)
    less = hq.done("hq", "stamp", confirmed, "--response", answer(authority, request), "-o", tmp_path / "timed.pdf")
    assert "do not prove the time stamp itself" in less.err
    assert "(PAdES B-T)" in less.out
    # What ended is named by whoever issued it, and what is named proves nothing any more.
    hq.done("people", "revoke", "Elena Marković")
    hq.done("hq", "revocations", "-o", tmp_path / "hq.crl")
    said = subprocess.run(
        ["openssl", "crl", "-in", tmp_path / "hq.crl", "-inform", "DER", "-text", "-noout"], capture_output=True, text=True, check=True
    ).stdout
    assert said.count("Serial Number: ") == 2  # the head's installation, and the head's documents
    assert fault(hq, *asking, "--list", root) == (1, "archive-incomplete")
