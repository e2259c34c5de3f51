"""What many tests need."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import TOKYO
from bot.storage.store import SqliteStore
from tests.fakes_desk import DeskUnderTest

ROOT = Path(__file__).parent.parent


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    """A real database in a temporary folder."""
    opened = await SqliteStore.open(tmp_path / "test.db", label="a test", zone=TOKYO)
    yield opened
    await opened.close()


@pytest.fixture
async def desk(store: SqliteStore) -> DeskUnderTest:
    """A whole desk without a channel."""
    return DeskUnderTest(store)


@pytest.fixture
def shared() -> Path:
    """The founders' folder with evaluation files and the catalogue; not there where a user runs the tests."""
    folder = Path(os.environ.get("MADOGUCHI_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the folder shared/ with the catalogue is not beside this checkout")
    return folder
