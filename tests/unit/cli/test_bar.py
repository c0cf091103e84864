"""The bar of long work: on a terminal only, and gone before anything else is said."""

from __future__ import annotations

import io
from collections.abc import Callable

from fieldtool.cli.terminal import Terminal
from fieldtool.domain.errors import refuse


class Screen(io.StringIO):
    """Standard error that somebody watches."""

    def isatty(self) -> bool:
        return True


def test_a_bar_is_wiped_before_anything_is_said() -> None:
    says: list[Callable[[Terminal], None]] = [
        lambda t: t.tell("Done."),
        lambda t: t.show("Done."),
        lambda t: t.warn("Done."),
        lambda t: t.refuse(refuse("cancelled")),
    ]
    for say in says:
        screen = Screen()
        terminal = Terminal(out=screen, err=screen)
        bar = terminal.bar()
        assert bar is not None
        bar("import", 1, 4)
        say(terminal)
        shown = screen.getvalue().split("\r")
        assert "25 %" in shown[1]
        assert shown[2] == " " * len(shown[1])
        assert shown[3][0] in "DS"


def test_nobody_is_shown_a_bar_who_does_not_watch() -> None:
    assert Terminal(err=io.StringIO()).bar() is None
    assert Terminal(err=Screen(), as_json=True).bar() is None
    assert Terminal(err=Screen(), quiet=True).bar() is None
