"""`verify`: who made a file and whether it is whole, with a vault or without one; it judges nothing itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fieldtool.cli.edge import Call
from fieldtool.cli.vaults import folder_of, may_ask, opened
from fieldtool.domain.errors import refuse
from fieldtool.services import vaults, verifying
from fieldtool.services.session import Session


def verify(call: Call) -> int:
    """`fieldtool verify FILE…`; 0 only when every file is proven."""
    asked, terminal = call.arguments, call.terminal
    root = None
    if asked.trust is not None:
        try:
            root = asked.trust.read_bytes()
        except OSError as error:
            raise refuse("file-unreadable", file=asked.trust.name, reason=error.strerror or "the disk does not answer") from error
    readers = [verifying.read_identity(asked.identity)] if asked.identity is not None else []
    authorities = [verifying.read_authority(path) for path in asked.time_authority]
    judged = []
    with _vault_if_needed(call, have_all=root is not None) as session:
        for path in asked.paths:
            one = verifying.verify_file(path, root=root, readers=readers, authorities=authorities, session=session)
            judged.append(one)
            if one.error is None:
                terminal.show(f"{path.name}: {terminal.sentence(one.remarks)}")
            else:
                terminal.refuse(one.error, path.name)
    terminal.answer(
        {
            "files": [
                {
                    "file": str(one.path),
                    "type": one.kind,
                    "proven": one.error is None,
                    "sentence": one.sentence,
                    "exit_code": int(one.exit_code),
                    "error": {"code": one.error.code, "what": one.error.what, "next": one.error.next_step} if one.error else None,
                    "facts": one.facts,
                }
                for one in judged
            ]
        }
    )
    return max((one.exit_code for one in judged), default=0)


@contextmanager
def _vault_if_needed(call: Call, *, have_all: bool) -> Iterator[Session | None]:
    """The vault, where one is named or there is one and its passphrase can be had; without it only what was given counts."""
    named = call.arguments.vault is not None
    can_open = call.arguments.passphrase_file is not None or may_ask(call)
    if named or (not have_all and can_open and vaults.has_vault(folder_of(call))):
        with opened(call) as session:
            yield session
    else:
        yield None
