"""Fixtures for tests of the desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.knowledge.library import Library
from bot.settings.settings import packaged_faq
from faq.knowledge import KnowledgeBase
from tests.small_faq import TOKYO


@pytest.fixture(scope="session")
def shipped(cache: Path) -> KnowledgeBase:
    """The shipped FAQ, matched by letters alone."""
    library = Library(packaged_faq(), lambda: SystemClock(TOKYO).now().date(), None, cache / "desk")
    judged = library.judge(ask_examples_again=False)
    assert judged.knowledge is not None
    return judged.knowledge
