"""One played demo for all integration tests that only read it, and copies of its vaults for those that write."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fieldtool.services import demo, vaults
from fieldtool.services.places import anchor_folder
from fieldtool.services.session import Session


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo that was played once; nobody writes into it."""
    out = tmp_path_factory.mktemp("played") / "demo-out"
    demo.play(out)
    shutil.copytree(anchor_folder(), out.with_name("anchors"))
    return out


@pytest.fixture
def copy(played: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the played demo to break, on a computer of its own that knows its vaults."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    shutil.copytree(played.with_name("anchors"), anchor_folder())
    return Path(shutil.copytree(played, tmp_path / "demo-out"))


@pytest.fixture
def unlock(copy: Path) -> Iterator[Callable[[str], Session]]:
    """Opens vaults of the copied demo by name (hq, head, expert-1, expert-2) and closes them afterwards."""
    opened: list[Session] = []

    def open_one(who: str) -> Session:
        opened.append(vaults.unlock_vault(copy / "vaults" / who, demo.PASSPHRASE))
        return opened[-1]

    yield open_one
    for session in opened:
        session.close()
