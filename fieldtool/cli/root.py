"""`root …`: the organisation's root, for third parties, and a new one in its place; it reads no certificate itself."""

from __future__ import annotations

from fieldtool.cli.edge import Call
from fieldtool.cli.vaults import new_passphrase, opened, passphrase_of
from fieldtool.domain.errors import refuse
from fieldtool.services import files, succession, vaults, who


def export(call: Call) -> int:
    """`fieldtool root export`."""
    out = call.arguments.out
    with opened(call) as session:
        content, organisation = vaults.root_pem(session), who.organisation_of(session)
    if organisation is None:
        raise refuse("no-identity")
    files.write_whole(out, content)
    terminal = call.terminal
    terminal.tell("{path}: the root of {name}. Whoever relies on it compares these words by voice:", path=out, name=organisation.name)
    terminal.tell("    {words}", words=organisation.words)
    terminal.answer({"file": str(out), "organisation": who.organisation_json(organisation)})
    return 0


def succeed(call: Call) -> int:
    """`fieldtool root succeed`."""
    with opened(call) as session:
        old = passphrase_of(call, "Passphrase of the organisation's root key: ")
        made = succession.succeed(session, old, new_passphrase(call))
    terminal = call.terminal
    terminal.tell(
        "The organisation has a new root; {count} installations of headquarters stay believed. New files bring it to every vault.",
        count=made.kept,
    )
    terminal.tell("Its words, for whoever joins from now on: {words}", words=made.words)
    terminal.tell(
        "{new} and a backup go to a safe place; destroy {old} and its copies once nobody needs them.",
        new=succession.ROOT_KEY, old=succession.BEFORE,
    )  # fmt: skip
    terminal.answer({"fingerprint": made.digits, "words": made.words, "kept": made.kept})
    return 0
