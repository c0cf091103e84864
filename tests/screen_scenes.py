"""What opens over a screen, or stands on it only at times: alarms, previews, panels, refusals, empty vaults; only for looking at.

What a second laptop or a broken file would bring is made by hand here: the screens are shown what their own models are made of.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import EntityId, LocalChange
from fieldtool.services.alarms import Alarm, AlarmKind
from fieldtool.services.hq import Inbox
from fieldtool.services.importing import Imported
from fieldtool.services.screens.exchange import ExchangeModel, FileLine, PairLine, ProposalLine, QuarantineLine, RecipientLine

if TYPE_CHECKING:
    from fieldtool.ui.screens.exchange import Exchange
    from fieldtool.ui.shell import Window

BEFORE = ("recovery", "make-vault", "sheet", "rehearsal", "own-words", "compare", "unlock-refused")  # before a vault is open
EMPTY = ("empty-visit", "empty-meetings", "empty-recommendations", "empty-exchange", "empty-summary")
AT_HEADQUARTERS = ("status", "inbox")
WORDS = "birthday-napkin-clover-oxygen-tapestry-peacock-woodpecker-mercury-fountain-guitar-longboat-onion"
WHEN = 1_668_000_000_000
_KEY = b"\x01" * 32


def _nothing() -> None:
    return


def play(name: str, window: Window, rest: Callable[[], None] = _nothing) -> None:
    """Bring the window to a scene; `rest` waits until what was asked for has arrived."""
    if name in BEFORE:
        _before(name, window)
    elif name in EMPTY:
        _show(window, name.partition("-")[2])
    else:
        SCENES_OVER[name](window, rest)


def _show(window: Window, place: str, target: str = "") -> object:
    assert window.frame is not None
    window.frame.show_screen(place, target)
    return window.frame.screens.get(place)


def _before(name: str, window: Window) -> None:
    from fieldtool.services.first_steps import Comparison
    from fieldtool.ui.screens.first_run import FirstRun
    from fieldtool.ui.screens.unlock import Unlock
    from fieldtool.ui.words import fault_sentences
    from tests.ui.vaults import PASSPHRASE

    page = window.page()
    if name == "recovery":
        window.show_recovery()
    elif isinstance(page, Unlock):
        page.refuse(fault_sentences(refuse("wrong-passphrase")))
    elif isinstance(page, FirstRun):
        if name == "make-vault":
            page.show_vault()
            return
        page._on_made(window.gate.create(window.folder, PASSPHRASE, "Aru Bekova", "", "laptop 1"))
        if name == "rehearsal":
            page.show_rehearsal()
            page._typed.edit.setText("AAAA-BBBB")
            page._on_rehearsed()
        elif name == "own-words":
            page.show_request()
        elif name == "compare":
            page._on_opened(Path("visit.ftbundle"), Comparison(WORDS, "a1b2c3d4e5f60718293a"))


# ------------------------------------------------------------------------------------------------------------ exchange


def _exchange(window: Window, rest: Callable[[], None]) -> Exchange:
    from fieldtool.ui.screens.exchange import Exchange

    screen = _show(window, "exchange")
    rest()
    assert isinstance(screen, Exchange)
    return screen


def _full(model: ExchangeModel) -> ExchangeModel:
    """A ledger of a week: every state, every kind of thing that waits."""
    people = [("Katarina Holm (sample headquarters)", "hq", 12, 0, 3, 812), ("Nino Beridze", "expert", 0, 40, 12, 320)]
    people += [("Tomas Lindqvist", "expert", 12, 0, 0, 411), ("Aru Bekova", "deputy", 0, 0, 0, 823)]
    lines = tuple(RecipientLine(n, model.recipients[0].key, r, "saved", a, b, c, d) for n, r, a, b, c, d in people)
    files = tuple(
        FileLine(k, k % 2 == 0, "bundle", k, f"KAZ-2022-1-{k:03}.ftbundle", WHEN + k * 3_600_000, "Nino Beridze", ("Nino Beridze",), 40 * k,
                 20_000, ("packed", "handed over", "confirmed")[k // 2 % 3] if k % 2 == 0 else "")
        for k in range(9, 0, -1)
    )  # fmt: skip
    title = "2. Central Election Commission"
    proposals = (ProposalLine(LocalChange(1), "meeting", "attribution", title, "off the record", "Nino Beridze"),)
    pairs = (PairLine("meeting", EntityId("a"), EntityId("b"), "Central Election Commission", "CEC of Kazakhstan", "same-time"),)
    aside = (QuarantineLine(_KEY, "team-7.ftbundle", refuse("bundle-truncated", detail="part 3 ends early"), 30_000, WHEN),)
    return replace(model, recipients=lines, files=files, gaps=(("Tomas Lindqvist", 3),), newer=2, quarantine=aside, proposals=proposals,
                   pairs=pairs)  # fmt: skip


def ledger(window: Window, rest: Callable[[], None]) -> None:
    """The exchange screen after a week."""
    screen = _exchange(window, rest)
    assert screen._model is not None
    screen._show(_full(screen._model))


def alarms(window: Window, rest: Callable[[], None]) -> None:
    """Copied and restored vaults."""
    screen, visit = _exchange(window, rest), window.frame.desk.visit if window.frame else None
    screen._alarms.show_alarms(
        [
            Alarm(AlarmKind.FORKED, "Nino Beridze", "laptop 7", WORDS[:42], visit, ours=False, parts=2),
            Alarm(AlarmKind.RESTORED, "Tomas Lindqvist", "laptop 2", WORDS[:42], visit, ours=False, parts=4),
            Alarm(AlarmKind.MOVED, "", "", "", None, ours=True, parts=0),
        ]
    )


def export(window: Window, rest: Callable[[], None]) -> None:
    """Handing over."""
    screen = _exchange(window, rest)
    assert screen._model is not None
    screen._show(_full(screen._model))
    screen.show_export()


def _found() -> list[Imported]:
    return [
        Imported(Path("nino-4.ftbundle"), "bundle", "Nino Beridze", 4, None, 12, 1, conflicts=1, proposals=2, held=1, bundle=4),
        Imported(Path("tomas-2.ftbundle"), "bundle", "Tomas Lindqvist", known=True),
        Imported(Path("receipt-3.ftreceipt"), "receipt", "Katarina Holm (sample headquarters)"),
        Imported(Path("holiday.jpg"), "", error=refuse("file-foreign", file="holiday.jpg")),
    ]


def preview(window: Window, rest: Callable[[], None]) -> None:
    """What files would bring."""
    _exchange(window, rest)._show_preview([f.path for f in _found()], _found(), None)


def taken(window: Window, rest: Callable[[], None]) -> None:
    """What was taken in, and how to take it back."""
    _exchange(window, rest)._on_taken(_found())


def request(window: Window, rest: Callable[[], None]) -> None:
    """An identity request that the head may accept."""
    found = Imported(Path("aru.ftrequest"), "request", detail={"name": "Aru Bekova", "words": WORDS})
    _exchange(window, rest)._show_preview([found.path], [found], None)


def under_way(window: Window, rest: Callable[[], None]) -> None:
    """Long work, and a refusal above it."""
    screen = _exchange(window, rest)
    screen._wait("Taking in…").progress("", 3, 8)
    screen.refuse(refuse("disk-full", file="/media/stick/hand-over-3.ftbundle"))


# ------------------------------------------------------------------------------------------------------------ the others


def border(wipe: bool) -> Callable[[Window, Callable[[], None]], None]:
    """Sealing or wiping, with its warning."""

    def scene(window: Window, rest: Callable[[], None]) -> None:
        from fieldtool.ui.screens.border import SEAL, WIPE
        from fieldtool.ui.screens.settings import Settings

        screen = _show(window, "settings")
        rest()
        assert isinstance(screen, Settings)
        screen.border.ask(WIPE if wipe else SEAL)

    return scene


def signing(window: Window, rest: Callable[[], None]) -> None:
    """The shareable edition, about to be signed."""
    from fieldtool.ui.screens.summary import Summary

    screen = _show(window, "summary")
    rest()
    assert isinstance(screen, Summary)
    screen._edition.group.button(1).click()
    rest()
    screen.signing.ask()
    screen._sign.setEnabled(True)


def status(window: Window, rest: Callable[[], None]) -> None:
    """Headquarters sets an official status."""
    from fieldtool.ui.screens.recommendations import Recommendations

    screen = _show(window, "recommendations")
    rest()
    assert isinstance(screen, Recommendations)
    screen.set_status()


def inbox(window: Window, rest: Callable[[], None]) -> None:
    """Headquarters has taken an inbox in."""
    from fieldtool.ui.screens.headquarters import Headquarters

    screen = _show(window, "headquarters")
    rest()
    assert isinstance(screen, Headquarters)
    flood = Imported(Path("copied-vault.ftbundle"), "bundle", error=refuse("too-many-conflicts", count=212))
    screen._on_inbox(Inbox((*_found(), flood), (Path("receipt-nino.ftreceipt"),)), Path("inbox"))


def nothing_found(window: Window, rest: Callable[[], None]) -> None:
    """A search without a hit."""
    _show(window, "visit")
    rest()
    assert window.frame is not None
    window.frame.finder.open("ombudsperson xyz")


SCENES_OVER: dict[str, Callable[[Window, Callable[[], None]], None]] = {
    "ledger": ledger, "alarms": alarms, "export": export, "preview": preview, "taken": taken, "request": request, "under-way": under_way,
    "seal": border(wipe=False), "wipe": border(wipe=True), "signing": signing, "status": status, "inbox": inbox,
    "nothing-found": nothing_found,
}  # fmt: skip
SCENES = (*BEFORE, *EMPTY, *SCENES_OVER)
