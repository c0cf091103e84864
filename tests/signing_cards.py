"""Cards as organisations issue them, made by openssl: RSA or not, long or short, valid or expired; the tests bind and use them."""

from __future__ import annotations

import subprocess
from pathlib import Path

PIN = "24681357"
PAST, NOW, AHEAD = ("20100101000000Z", "20200101000000Z"), ("20200101000000Z", "20991231000000Z"), ("20980101000000Z", "20990101000000Z")


def make_card(
    folder: Path, name: str, *, key: str = "rsa:3072", days: tuple[str, str] = NOW, usage: str = "nonRepudiation"
) -> Path:
    """A PKCS#12 file `name.p12`, with `name.pem` (its certificate) and `name.key` beside it, under a root that nobody here knows."""
    folder.mkdir(parents=True, exist_ok=True)
    curve = ["-pkeyopt", "ec_paramgen_curve:P-256"] if key == "ec" else []
    root, its_key, asking = folder / f"{name}-root.pem", folder / f"{name}-root.key", folder / f"{name}.csr"
    _openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-keyout", its_key, "-out", root,
             "-subj", "/O=Sample Ministry/CN=Sample card issuer", "-days", "9000")  # fmt: skip
    _openssl("req", "-newkey", key, *curve, "-noenc", "-keyout", folder / f"{name}.key", "-out", asking, "-subj", f"/CN={name}")
    _issue(folder, name, days, usage)
    out = folder / f"{name}.p12"
    _openssl("pkcs12", "-export", "-inkey", folder / f"{name}.key", "-in", folder / f"{name}.pem", "-out", out, "-passout", f"pass:{PIN}")
    return out


def _issue(folder: Path, name: str, days: tuple[str, str], usage: str) -> None:
    """`openssl ca`, since `openssl x509` of Debian 12 takes no dates."""
    (folder / "index").write_text("")
    (folder / "ca.cnf").write_text(
        "[ca]\ndefault_ca=a\n[a]\nrand_serial=yes\nemail_in_dn=no\ndefault_md=sha256\npolicy=p\nunique_subject=no\n"
        f"database={folder / 'index'}\nnew_certs_dir={folder}\n[p]\ncommonName=supplied\n[x]\nkeyUsage=critical,{usage}\n"
    )
    _openssl("ca", "-batch", "-config", folder / "ca.cnf", "-extensions", "x", "-cert", folder / f"{name}-root.pem",
             "-keyfile", folder / f"{name}-root.key", "-in", folder / f"{name}.csr", "-out", folder / f"{name}.pem", "-notext",
             "-startdate", days[0], "-enddate", days[1])  # fmt: skip


def _openssl(*words: object) -> None:
    subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True, timeout=60)
