"""``madoguchi ask`` shows what residents get: the same text and buttons, for messages of writers unknown to the
authors.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from bot.dispatch import Dispatcher
from bot.knowledge.offline import OfflineKnowledge
from bot.ports import OutboxRow
from bot.settings.settings import load
from bot.storage.store import SqliteStore
from faq.knowledge import KnowledgeBase
from handlers.engine import Engine
from handlers.model.actions import Say, ToResident
from handlers.model.events import Asked
from handlers.model.settings import Rules
from handlers.preview import Asking, ask, decide_alone
from handlers.privacy.personal_data import Guard
from tests.fakes_desk import StandingClock
from tests.small_faq import OPEN

MESSAGES = 500
DANGEROUS = [
    "死にたい",
    "職員と話したい",
    "受付の人に怒鳴られました",
    "マイナンバーは 123456789018 です",
    "  ",
    "ごみの日は?",
]
Shown = tuple[list[str], list[list[str]]]


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return OfflineKnowledge(load(None)).knowledge


def strangers(folder: Path) -> list[str]:
    """Messages of the development files, in order."""
    found: list[str] = []
    for name in ("dev-messages.tsv", "dev-messages-2.tsv"):
        with (folder / "eval" / name).open(encoding="utf-8", newline="") as file:
            found += [row["text"].replace("\\n", "\n") for row in csv.DictReader(file, delimiter="\t")]
    return found


async def sent(dispatcher: Dispatcher, rows: list[OutboxRow], guard: Guard, text: str, number: int) -> Shown:
    """What is sent to a resident whose first message this is."""
    resident, seen = f"tg:{number}", guard.inspect(text)
    rows.clear()
    await dispatcher.dispatch(Asked(id=f"e:{number}", resident=resident, text=seen.text, withheld=seen.found))
    actions = [row.action for row in rows]
    said = [action for action in actions if isinstance(action, Say) and action.to == ToResident(resident)]
    return [action.text for action in said], [labels(action.buttons) for action in said]


def labels(rows: Sequence[Sequence[object]]) -> list[str]:
    return [str(getattr(button, "label", "")) for row in rows for button in row]


def shown(asking: Asking) -> Shown:
    return [asking.spoken], [labels(asking.buttons)]


async def compared(store: SqliteStore, base: KnowledgeBase, texts: Sequence[str], now: datetime) -> list[str]:
    guard, clock = Guard(base.directory.phones()), StandingClock(now)
    rows: list[OutboxRow] = []
    dispatcher = Dispatcher(store, Engine(base, Rules()), clock, rows.extend)
    differ = []
    for number, text in enumerate(texts):
        ours = shown(ask(text, base, guard, Rules(), now))
        if ours != await sent(dispatcher, rows, guard, text, number + 1):
            differ.append(text)
    return differ


async def test_500_messages_of_strangers_get_the_same_bytes_and_buttons(
    store: SqliteStore, knowledge: KnowledgeBase, shared: Path
) -> None:
    texts = strangers(shared)[:MESSAGES]
    assert len(texts) == MESSAGES
    assert await compared(store, knowledge, texts, OPEN) == []


async def test_dangers_persons_complaints_and_secrets_too(
    store: SqliteStore, knowledge: KnowledgeBase
) -> None:
    assert await compared(store, knowledge, DANGEROUS, OPEN) == []


def test_what_examples_are_judged_by_is_the_decision_of_the_bot(
    knowledge: KnowledgeBase, shared: Path
) -> None:
    rules = Rules()
    guard = Guard(knowledge.directory.phones())
    for text in [*strangers(shared)[:MESSAGES:5], *DANGEROUS]:
        shown = ask(text, knowledge, guard, rules, OPEN)
        judged = decide_alone(knowledge, guard.inspect(text).text)
        assert (judged.decision, judged.entries) == (
            shown.decision.verdict.value, tuple(match.id for match in shown.decision.entries),
        )  # fmt: skip
