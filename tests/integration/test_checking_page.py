"""The page for third parties, followed to the letter with the programs it names: on a signed summary, a confirmed one and a forged one."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldtool.services import confirming, demo, stamping, time_authorities
from fieldtool.services.session import Session
from tests.time_authorities import Clockmaker

PAGE = Path(__file__).parents[2] / "docs" / "checking-a-summary.md"
COMMANDS = re.compile(r"^\$ (.*?)(?:  #.*)?$", re.MULTILINE)
BLOCK = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def followed(folder: Path) -> list[tuple[str, int, str]]:
    """(commands, exit code, what was said) of every block of the page, typed in a folder with `summary.pdf` and `root.pem`.

    What the page says of time stamps is typed where there is an `authority.pem`, too.
    """
    (folder / "fieldtool").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m fieldtool "$@"\n')
    (folder / "fieldtool").chmod(0o700)
    done = []
    for block in BLOCK.findall(PAGE.read_text("utf-8")):
        commands = "\n".join(COMMANDS.findall(block))
        if "authority.pem" in commands and not (folder / "authority.pem").exists():
            continue
        script = f'PATH="$PWD:$PATH"\n{commands}\n'
        ran = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True, timeout=60)
        done.append((commands, ran.returncode, ran.stdout + ran.stderr))
    return done


def said_of(content: bytes, played: Path, folder: Path) -> dict[str, tuple[int, str]]:
    """What each block of the page came to, by the program that speaks in it."""
    (folder / "summary.pdf").write_bytes(content)
    shutil.copy(played / "root.pem", folder)
    named = ("openssl x509", "pdfsig", "openssl cms", "qpdf --show-attachment", "grep -abo", "pdffonts", "fieldtool verify")
    blocks = followed(folder)
    found = {name: next((code, said) for commands, code, said in blocks if name in commands) for name in named}
    stamps = {name: (code, said) for commands, code, said in blocks for name in ("openssl ts", "--time-authority") if name in commands}
    assert len(found) + len(stamps) == len(blocks)
    return found | stamps


def holds(said: dict[str, tuple[int, str]], content: bytes) -> None:
    """What the page promises of a file that is whole, but for what pdfsig and our program say of the signatures."""
    assert {name: code for name, (code, _) in said.items()} == dict.fromkeys(said, 0)
    assert "CAdES Verification successful" in said["openssl cms"][1]
    digests = re.findall(r"[0-9a-f]{64}", said["qpdf --show-attachment"][1])
    assert len(digests) == 2
    assert len(set(digests)) == 1
    assert said["grep -abo"][1].split()[0] == hashlib.sha256(content.split(b"%%EOF\n")[0] + b"%%EOF\n").hexdigest()
    assert "No syntax or stream encoding errors found" in said["pdffonts"][1]
    assert said["pdfsig"][1].count("Signature is Valid.") == said["pdfsig"][1].count("Certificate is Trusted.") >= 1
    # The last one covers everything, and only that one.
    assert re.findall(r"(Total|Not total) document signed", said["pdfsig"][1])[-1] == "Total"


def test_a_signed_summary_is_found_good_by_the_page(played: Path, tmp_path: Path) -> None:
    content = (played / "summary-internal.pdf").read_bytes()
    said = said_of(content, played, tmp_path)
    holds(said, content)
    assert "not yet confirmed by headquarters" in said["fieldtool verify"][1]


def test_a_confirmed_summary_is_found_good_by_the_page(unlock: Callable[[str], Session], played: Path, tmp_path: Path) -> None:
    out = tmp_path / "confirmed.pdf"
    confirming.confirm_summary(unlock("hq"), played / "summary-internal.pdf", out, demo.PASSPHRASE)
    said = said_of(out.read_bytes(), played, tmp_path)
    holds(said, out.read_bytes())
    assert said["fieldtool verify"][1].rstrip().endswith("; confirmed by headquarters.")
    assert "Headquarters" in said["pdfsig"][1]


def test_a_stamped_summary_is_found_good_by_the_page(unlock: Callable[[str], Session], played: Path, tmp_path: Path) -> None:
    confirmed, out, clock = tmp_path / "confirmed.pdf", tmp_path / "stamped.pdf", Clockmaker(tmp_path / "clock")
    session = unlock("hq")
    confirming.confirm_summary(session, played / "summary-internal.pdf", confirmed, demo.PASSPHRASE)
    time_authorities.name_authority(session, clock.root.pem)
    stamping.ask_stamp(session, confirmed, tmp_path / "summary.tsq")
    (tmp_path / "summary.tsr").write_bytes(clock.answer((tmp_path / "summary.tsq").read_bytes()))
    stamping.add_stamp(session, confirmed, tmp_path / "summary.tsr", out)
    (tmp_path / "authority.pem").write_bytes(clock.root.pem)
    said = said_of(out.read_bytes(), played, tmp_path)
    assert said.pop("fieldtool verify")[0] == 3  # which was told of no authority
    holds(said, out.read_bytes())
    assert "Verification: OK" in said["openssl ts"][1]
    assert "Time stamp: " in said["openssl ts"][1]
    assert "Sample Clock Stamps saw it on" in said["--time-authority"][1]


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"%%EOF\n", b"%%EOF \n"), (b"/Type", b"/Tyqe")],
)
def test_an_altered_summary_is_found_out_by_each_way(old: bytes, new: bytes, played: Path, tmp_path: Path) -> None:
    altered = (played / "summary-internal.pdf").read_bytes().replace(old, new, 1)
    said = said_of(altered, played, tmp_path)
    assert said["fieldtool verify"][0] == 3
    assert "successful" not in said["openssl cms"][1]
    assert "Signature is Valid." not in said["pdfsig"][1]
