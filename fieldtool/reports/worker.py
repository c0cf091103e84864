"""Rendering and signing in a process of their own, so that typing never waits; keys stay in the caller's process and no file is written.

The frozen app has to call `multiprocessing.freeze_support()` before anything else.
"""

from __future__ import annotations

import datetime
import multiprocessing
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TypeAlias, cast

from fieldtool.domain.errors import KnownError, refuse
from fieldtool.reports.leaks import CheckedSummary
from fieldtool.reports.pens import DocumentPen
from fieldtool.reports.rendering import Cancelled, Progress, UnsignedPdf, render
from fieldtool.reports.signing import SignedPdf, sign_pdf

POLL_SECONDS = 0.05  # how long a wish to stop may go unnoticed


@dataclass(frozen=True, slots=True)
class _RenderTask:
    checked: CheckedSummary


@dataclass(frozen=True, slots=True)
class _SignTask:
    unsigned: UnsignedPdf
    certificate_der: bytes
    chain_der: tuple[bytes, ...]
    signed_at: datetime.datetime
    signer_name: str
    location: str


_Task: TypeAlias = _RenderTask | _SignTask


@dataclass(frozen=True, slots=True)
class _Step:
    name: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class _ToSign:
    content: bytes


@dataclass(frozen=True, slots=True)
class _Refused:
    code: str
    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class _Failed:
    report: str


class WorkerFailed(RuntimeError):
    """The worker hit a bug or died; the text is its own report."""


def render_in_worker(checked: CheckedSummary, progress: Progress | None = None, cancelled: Cancelled | None = None) -> UnsignedPdf:
    """`rendering.render` elsewhere. Raises what it raises; `KnownError` cancelled within a moment of the wish; `WorkerFailed` for a bug."""
    return cast(UnsignedPdf, _run(_RenderTask(checked), None, progress, cancelled))


def sign_in_worker(
    unsigned: UnsignedPdf,
    pen: DocumentPen,
    signed_at: datetime.datetime,
    signer_name: str = "",
    location: str = "",
    cancelled: Cancelled | None = None,
) -> SignedPdf:
    """`signing.sign_pdf` elsewhere; the pen writes here, in the caller's process. Raises what it raises, and as above."""
    task = _SignTask(unsigned, pen.certificate_der, pen.chain_der, signed_at, signer_name, location)
    return cast(SignedPdf, _run(task, pen.sign, None, cancelled))


def _run(
    task: _Task, sign: Callable[[bytes], bytes] | None, progress: Progress | None, cancelled: Cancelled | None
) -> UnsignedPdf | SignedPdf:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, task), name="fieldtool-summary", daemon=True)
    process.start()
    theirs.close()
    try:
        return _attend(ours, sign, progress, cancelled)
    except EOFError:
        process.join()
        raise WorkerFailed(f"the summary's worker ended with code {process.exitcode}") from None
    finally:
        if process.is_alive():
            process.terminate()
        process.join()
        process.close()
        ours.close()


def _attend(
    connection: Connection, sign: Callable[[bytes], bytes] | None, progress: Progress | None, cancelled: Cancelled | None
) -> UnsignedPdf | SignedPdf:
    while True:
        while not connection.poll(POLL_SECONDS):
            if cancelled and cancelled():
                raise refuse("cancelled")
        message = connection.recv()
        if isinstance(message, _Step):
            if progress:
                progress(message.name, message.done, message.total)
            if cancelled and cancelled():
                raise refuse("cancelled")
        elif isinstance(message, _ToSign) and sign is not None:
            connection.send_bytes(sign(message.content))
        elif isinstance(message, _Refused):
            raise refuse(message.code, **message.values)
        elif isinstance(message, UnsignedPdf | SignedPdf):
            return message
        else:
            raise WorkerFailed(message.report if isinstance(message, _Failed) else f"unexpected {type(message).__name__}")


# --- in the worker


class _FarPen:
    """Asks the caller's process to sign."""

    def __init__(self, connection: Connection, task: _SignTask) -> None:
        self._connection = connection
        self.certificate_der = task.certificate_der
        self.chain_der = task.chain_der

    def sign(self, data: bytes) -> bytes:
        """The signature, made where the key is."""
        self._connection.send(_ToSign(data))
        return self._connection.recv_bytes()


def _work(connection: Connection, task: _Task) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal: whoever waits for us decides
    try:
        connection.send(_done(connection, task))
    except KnownError as error:
        connection.send(_Refused(error.code, error.values))
    except BrokenPipeError:
        sys.exit(1)  # nobody waits any more
    except Exception:  # noqa: BLE001 - the outermost edge of this process
        connection.send(_Failed(traceback.format_exc()))
    finally:
        connection.close()


def _done(connection: Connection, task: _Task) -> UnsignedPdf | SignedPdf:
    if isinstance(task, _RenderTask):
        return render(task.checked, lambda name, done, total: connection.send(_Step(name, done, total)))
    return sign_pdf(task.unsigned, _FarPen(connection, task), task.signed_at, task.signer_name, task.location)
