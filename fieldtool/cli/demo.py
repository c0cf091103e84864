"""`demo`: plays the sample visit and shows where everything is, then opens the head's vault; every step is the services'."""

from __future__ import annotations

from fieldtool.cli.edge import Call
from fieldtool.domain.errors import KnownError, refuse


def play(call: Call) -> int:
    """`fieldtool demo`."""
    from fieldtool.services import demo

    asked, terminal = call.arguments, call.terminal
    said = demo.play(asked.out, lambda step: terminal.tell("{step}", step=step), database=asked.database)
    out = asked.out
    terminal.tell(
        "Everything is in {folder}: vaults/, bundles/, receipts/, summary-internal.pdf, recommendations.xlsx, demo.json.", folder=out
    )
    terminal.tell("The passphrase of all four vaults is in {path}.", path=out / "passphrase.txt")
    terminal.answer(
        {
            "out": str(out),
            "demo": str(out / "demo.json"),
            "steps": len(steps) if isinstance(steps := said["steps"], list) else 0,
            "changes": said.get("changes"),
        }
    )
    if asked.no_window or terminal.as_json:
        return 0
    try:
        if call.open_window is None:
            raise refuse("no-display")
        return call.open_window(out / "vaults" / "head")
    except KnownError as error:
        if error.code != "no-display":
            raise
        terminal.tell(
            "There is no screen here to open the head's vault on; run “fieldtool --vault {vault}” where there is one.",
            vault=out / "vaults" / "head",
        )
        return 0
