"""Signing that is stopped, dies or cannot be recorded: no file, no process and no record is left, and it can be done again."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from fieldtool.domain.errors import KnownError, refuse
from fieldtool.reports.worker import WorkerFailed
from fieldtool.services import summary, vaults
from fieldtool.services.session import Session
from fieldtool.storage.transactions import Transactions
from tests.unit.cli.commands import PASSPHRASE, Desk


@pytest.fixture
def session(head: Desk) -> Iterator[Session]:
    """The head's vault, open, at one standing time."""
    with closing(vaults.unlock_vault(head.vault, PASSPHRASE, clock=lambda: 1_650_110_400_000)) as opened:
        yield opened


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where the signed file would be, in a folder of its own."""
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "summary.pdf"


class Watch:
    """Sees every worker process of a signing."""

    def __init__(self) -> None:
        self.seen: list[int] = []
        self.steps: list[str] = []

    def look(self) -> int:
        """How many workers there have been, this one included."""
        self.seen += [p.pid for p in multiprocessing.active_children() if p.pid is not None and p.pid not in self.seen]
        return len(self.seen)

    def progress(self, step: str, done: int, total: int) -> None:
        self.steps.append(step)


def nothing_is_left(session: Session, out: Path, watch: Watch) -> None:
    """Neither file, nor part of one, nor process, nor record."""
    assert list(out.parent.iterdir()) == []
    assert watch.seen
    assert multiprocessing.active_children() == []
    for pid in watch.seen:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    assert session.store.list_("signed_summary") == []
    (visit,) = session.visits()
    assert visit.fields.get("state") != "signed"


@pytest.mark.parametrize("stage", ["layout", "signature"])
def test_signing_that_is_stopped_leaves_nothing_and_can_be_done_again(stage: str, session: Session, out: Path) -> None:
    watch = Watch()

    def cancelled() -> bool:
        workers = watch.look()
        return stage in watch.steps or (stage == "signature" and workers == 2)

    with pytest.raises(KnownError) as refused:
        summary.sign_summary(session, out, PASSPHRASE, progress=watch.progress, cancelled=cancelled)
    assert refused.value.code == "cancelled"
    assert len(watch.seen) == (2 if stage == "signature" else 1)
    nothing_is_left(session, out, watch)
    if stage == "signature":
        assert summary.sign_summary(session, out, PASSPHRASE).sha256 == session.store.list_("signed_summary")[0].fields["sha256"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
@pytest.mark.parametrize("worker", [1, 2])
def test_a_worker_that_dies_leaves_nothing(worker: int, session: Session, out: Path) -> None:
    watch = Watch()

    def cancelled() -> bool:
        if watch.look() == worker:
            os.kill(watch.seen[-1], signal.SIGKILL)
        return False

    with pytest.raises(WorkerFailed):
        summary.sign_summary(session, out, PASSPHRASE, cancelled=cancelled)
    nothing_is_left(session, out, watch)


def test_what_cannot_be_recorded_is_not_left_as_a_file(session: Session, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watch, commits = Watch(), list[bool]()
    end = Transactions._end

    def full(store: Transactions, error: BaseException | None) -> None:
        """The first commit after the file was written meets a full disk; every other one succeeds."""
        fails = error is None and out.exists() and not commits
        commits.extend([fails] if out.exists() else [])
        end(store, refuse("disk-full", file="vault.db") if fails else error)
        if fails:
            raise refuse("disk-full", file="vault.db")

    monkeypatch.setattr(Transactions, "_end", full)
    with pytest.raises(KnownError) as refused:
        summary.sign_summary(session, out, PASSPHRASE, cancelled=lambda: watch.look() > 9)
    assert refused.value.code == "disk-full"
    nothing_is_left(session, out, watch)
    summary.sign_summary(session, out, PASSPHRASE)
    (visit,) = session.visits()
    assert len(session.store.list_("signed_summary")) == 1
    assert visit.fields["state"] == "signed"
    assert commits == [True, False]  # one transaction holds both, so that no kill can come between them


def test_the_same_records_make_the_same_bytes(session: Session) -> None:
    first, again = (summary.render_summary(session, draft=False) for _ in range(2))
    assert first.content == again.content
    assert first.record_sha256 == again.record_sha256
