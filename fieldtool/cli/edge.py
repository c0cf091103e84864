"""The outermost edge of a command: faults become sentences and exit codes, a bug a crash report without anybody's words."""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from fieldtool.cli.arguments import parse
from fieldtool.cli.terminal import Terminal
from fieldtool.domain.errors import ExitCode, KnownError, refuse

OpenWindow = Callable[[Path | None], int]


@dataclass(frozen=True, slots=True)
class Call:
    """One command as it was typed, with where it speaks and how a window is opened (None where this program has none)."""

    arguments: argparse.Namespace
    terminal: Terminal
    open_window: OpenWindow | None = None


Command = Callable[[Call], int]


def main(words: Sequence[str], *, open_window: OpenWindow | None = None) -> int:
    """Run one command; its exit code. Wrong usage, `--help` and `--version` end in `SystemExit`, as argparse does."""
    _speak_utf8()
    arguments = parse(words)
    terminal = Terminal(arguments.lang, arguments.json, arguments.quiet)
    call = Call(arguments, terminal, open_window)
    return guarded(lambda: _run(call), terminal)


def guarded(action: Callable[[], int], terminal: Terminal) -> int:
    """The exit code of `action`, whatever it raises."""
    try:
        with_terminate_as_interrupt()
        return int(action())
    except KnownError as error:
        return _refused(error, terminal)
    except KeyboardInterrupt:
        return _refused(refuse("cancelled"), terminal)
    except BrokenPipeError:
        # Whoever read our output (`| head`) has gone: there is nobody to tell, and nothing failed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except Exception as bug:  # noqa: BLE001 - the outermost edge: what is no known fault is a bug, and its report has to be written
        from fieldtool.services.crash import write_crash_report

        path = write_crash_report(bug)
        terminal.warn("This is a bug in the tool, not a fault of yours. A report without any of your words is in {path}.", path=path)
        terminal.answer({"error": {"code": "bug", "report": str(path)}})
        return ExitCode.BUG


def _run(call: Call) -> int:
    serve = call.arguments.serve
    if serve is None:
        if call.open_window is None:
            raise refuse("no-display")
        return call.open_window(call.arguments.vault)
    module, _, function = serve.partition(":")
    # Each command's module is imported when it is needed: `fieldtool --version` waits for no database and no cryptography.
    command: Command = getattr(importlib.import_module(f"fieldtool.cli.{module}"), function)
    return command(call)


def _refused(error: KnownError, terminal: Terminal) -> int:
    terminal.refuse(error)
    terminal.answer({"error": {"code": error.code, "what": error.what, "next": error.next_step}})
    return error.exit_code


def with_terminate_as_interrupt() -> None:
    """Let a polite request to end (SIGTERM) leave everything as it was, exactly like Ctrl-C; only the main thread may ask for that."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    try:
        signal.signal(signal.SIGTERM, interrupt)
    except ValueError:
        return  # not the main thread: whoever runs us there has its own way to end


def _speak_utf8() -> None:
    """Scripts and files get UTF-8 whatever the code page is; a console that cannot show a letter shows a mark instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace") if stream.isatty() else reconfigure(encoding="utf-8", errors="replace")
