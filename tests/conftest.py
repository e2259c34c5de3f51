"""Fixtures for many tests."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.clock import SystemClock
from bot.knowledge.library import Library
from bot.settings.settings import packaged_faq
from bot.storage.store import SqliteStore
from faq.knowledge import KnowledgeBase
from tests import small_town
from tests.fakes_desk import DeskUnderTest
from tests.small_faq import TOKYO

ROOT = Path(__file__).parent.parent

# The time to generate examples depends on the machine's load, not on the code.
settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")


LONGEST = (
    "tests/scenarios/test_sameness.py", "tests/drill/test_complaints_and_silence.py", "tests/test_benchmarks.py",
    "tests/drill/test_drills.py", "tests/scenarios/test_ask_says_the_same.py", "tests/faq/checks/test_shipped.py",
    "tests/scenarios/test_words_that_wait_on_telegram.py", "tests/scenarios/test_refused_and_verified_again.py",
    "tests/drill/test_editing.py",
)  # fmt: skip
"""Files of more than a minute are run first, so that no core is idle at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Longest files first; otherwise the order is kept."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.nodeid.partition("::")[0], len(LONGEST)))


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The user's cache folder during the tests: processes they start inherit it, and workers share it."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


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
    """The folder with evaluation files and the catalogue; missing where a user runs the tests."""
    folder = Path(os.environ.get("MADOGUCHI_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the folder shared/ with the catalogue is not beside this checkout")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with settings and the FAQ of a fictional town, as an operator's working directory."""
    small_town.written_to(tmp_path / "faq")
    (tmp_path / "config.yaml").write_text("faq:\n  folder: faq\n  encoder: off\n", encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="session")
def shipped(cache: Path) -> KnowledgeBase:
    """The shipped FAQ, matched by letters alone."""
    library = Library(packaged_faq(), lambda: SystemClock(TOKYO).now().date(), None, cache / "desk")
    judged = library.judge(ask_examples_again=False)
    assert judged.knowledge is not None
    return judged.knowledge
