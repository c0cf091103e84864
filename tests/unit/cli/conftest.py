"""The desks of headquarters, the head and an expert, made once and copied for each test; log folders of their own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldtool.identity.keyfile import Stretching
from tests.unit.cli.commands import Desk, make_headquarters, make_team


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read from or written to the folders of whoever runs the tests."""
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture(scope="session", autouse=True)
def cheap_passphrases() -> Iterator[None]:
    """New vaults of these tests ask Argon2id for 1 MiB and one pass: a hundred commands open a vault, and its cost is tested elsewhere."""
    real = Stretching.__init__.__defaults__
    Stretching.__init__.__defaults__ = (1024, 1, 4)
    yield
    Stretching.__init__.__defaults__ = real


@pytest.fixture(scope="session")
def made(cheap_passphrases: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with `hq/`, `head/` and `expert/` desks that nobody changes."""
    folder = tmp_path_factory.mktemp("desks")
    headquarters = make_headquarters(folder / "headquarters")
    make_team(headquarters, folder / "team")
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def hq(made: Path, tmp_path: Path) -> Desk:
    """Headquarters, which has sent the visit to the team."""
    folder = made / "headquarters"
    return Desk(folder / "hq", folder).copied(tmp_path / "headquarters")


@pytest.fixture
def head(made: Path, tmp_path: Path) -> Desk:
    """The head of the visit, who has taken it in."""
    folder = made / "team" / "head"
    return Desk(folder / "vault", folder).copied(tmp_path / "head")


@pytest.fixture
def expert(made: Path, tmp_path: Path) -> Desk:
    """An expert, who has taken the visit in."""
    folder = made / "team" / "expert"
    return Desk(folder / "vault", folder).copied(tmp_path / "expert")
