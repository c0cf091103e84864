"""Vaults of a test, closed and removed after it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.storage.making import Vaults


@pytest.fixture
def vaults() -> Iterator[Vaults]:
    """Makes vaults by name in a folder of their own."""
    with tempfile.TemporaryDirectory() as name:
        made = Vaults(Path(name))
        yield made
        made.close()
