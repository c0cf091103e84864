"""Programs that nobody here wrote, asked about our documents; a missing one fails."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from fieldtool import reports
from fieldtool.reports.wording import Wording
from tests.unit.reports import certificates


def run(*command: str | int | Path, ok: tuple[int, ...] = (0,)) -> str:
    """What a program prints; an exit code outside `ok` fails."""
    done = subprocess.run([str(c) for c in command], capture_output=True, timeout=60)
    text = (done.stdout + done.stderr).decode("utf-8", "replace")
    assert done.returncode in ok, text
    return text


def text_of(file: Path) -> str:
    """The document's text as pdftotext reads it, in one line with single spaces."""
    return " ".join(run("pdftotext", "-enc", "UTF-8", "-layout", file, "-").split())


def raw_text_of(file: Path) -> str:
    """The document's text in the order of its content streams, in one line."""
    return " ".join(run("pdftotext", "-enc", "UTF-8", "-raw", file, "-").split())


def pdfsig(file: Path, folder: Path) -> list[tuple[str, str, str]]:
    """Per signature: signature validation, certificate validation, and whether the total document is signed; with our root trusted."""
    database = folder / "nss"
    if not database.exists():
        database.mkdir()
        run("certutil", "-N", "-d", f"sql:{database}", "--empty-password")
        (folder / "root.pem").write_bytes(certificates.root().pem)
        run("certutil", "-A", "-d", f"sql:{database}", "-n", "root", "-t", "CT,C,C", "-i", folder / "root.pem")
    said = run("pdfsig", "-nssdir", f"sql:{database}", file, ok=(0, 2))
    found = zip(
        re.findall(r"Signature Validation: (.*)", said),
        re.findall(r"Certificate Validation: (.*)", said),
        re.findall(r"(Total document signed|Not total document signed)", said),
        strict=False,
    )
    return [(a, b, c) for a, b, c in found]


def words_of_heads(*languages: str) -> set[str]:
    """Every word that may stand in the head of a table."""
    source = "".join(path.read_text("utf-8") for path in Path(reports.__file__).parent.glob("*.py"))
    keys, wording = set(re.findall(r'"(column-[a-z0-9-]+)"', source)), Wording(languages)
    assert len(keys) > 15
    return {word for key in keys for word in wording(key).split()}


def openssl_verifies(content: bytes, folder: Path) -> str:
    """What openssl says of the first signature of a document, under our root, over the bytes that it covers."""
    match = re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)", content)
    assert match
    start, first, second, rest = map(int, match.groups())
    raw = bytes.fromhex(content[start + first + 1 : second - 1].decode())
    (folder / "signature.der").write_bytes(raw[: 4 + int.from_bytes(raw[2:4], "big")])
    (folder / "content").write_bytes(content[:first] + content[second : second + rest])
    (folder / "root.pem").write_bytes(certificates.root().pem)
    return run(
        "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", folder / "signature.der", "-content", folder / "content",
        "-CAfile", folder / "root.pem", "-purpose", "any", "-cades", "-out", folder / "out",
    )  # fmt: skip


def code_on(file: Path, page: int, folder: Path) -> str:
    """What a camera reads off a page, at the resolution of a poor scan."""
    run("pdftoppm", "-r", "150", "-gray", "-f", page, "-l", page, "-singlefile", file, folder / "page")
    return run("zbarimg", "-q", "--nodbus", "--raw", folder / "page.pgm").strip()


def conformance(file: Path, profile: str) -> list[str]:
    """The rules of a profile (3a, ua1) that a document breaks, by an independent validator."""
    import page

    return sorted({failure.rule_id for failure in page.validate_pdf(str(file), profile=profile).failures})
