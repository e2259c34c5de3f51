"""Texts are read in threads before a transaction opens; readings that are missing in it are made outside, too."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dispatch import Dispatcher
from bot.ports import Decide, Decided, Lease
from bot.storage.store import SqliteStore
from faq.matching.hearing import Hearing
from faq.matching.match import Found, Heard
from faq.matching.search import Search
from faq.readings import Readings, UnreadError
from handlers.engine import Engine
from handlers.model.actions import PostCard
from handlers.model.buttons import AskPerson, Claim, Settle
from handlers.model.conversation import Conversation
from handlers.model.events import Asked, DeskPressed, Edited, Event, Noted, Pressed, Replied, SentMedia
from handlers.model.settings import Rules
from handlers.model.snapshot import Snapshot
from tests.fakes_desk import DeskUnderTest, StandingClock
from tests.small_faq import OPEN, knowledge

STAFF = {"staff": "花子", "name": "花子", "ticket": 1}


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Names of the threads that searched or heard anything."""
    seen: set[str] = set()
    search, hear = Search.search, Hearing.hear

    def searched(self: Search, text: str, *, by_words: bool = True) -> Found:
        seen.add(threading.current_thread().name)
        return search(self, text, by_words=by_words)

    def listened(self: Hearing, text: str, by_words: str = "") -> Heard:
        seen.add(threading.current_thread().name)
        return hear(self, text, by_words)

    monkeypatch.setattr(Search, "search", searched)
    monkeypatch.setattr(Hearing, "hear", listened)
    return seen


async def test_nothing_is_searched_while_the_database_is_held(desk: DeskUnderTest, threads: set[str]) -> None:
    events: list[Event] = [
        Asked(id="1", resident="r:1", text="白鳥 いくら"),
        Asked(id="2", resident="r:1", text="それはいつまでですか"),
        Pressed(id="3", resident="r:1", press=AskPerson()),
        Asked(id="4", resident="r:1", text="もう一つ、白鳥ボートの登録はどこですか"),
        SentMedia(id="5", resident="r:1", kind="photo", caption="これです", place="1:5"),
        Edited(id="6", resident="r:1", text="やはり池の登録です", place="1:4"),
        DeskPressed(id="7", staff="花子", name="花子", press=Claim(1)),
        Noted(id="8", text="覚え", **STAFF),  # type: ignore[arg-type] # one ticket's staff
        Replied(id="9", text="お調べします", **STAFF),  # type: ignore[arg-type] # likewise
        Pressed(id="10", resident="r:1", press=Settle(1, 0)),
        Asked(id="11", resident="r:1", text="白鳥" * 300),
    ]
    for event in events:
        await desk.dispatcher.dispatch(event)
    assert threads
    assert all(name.startswith("reading-") for name in threads), threads


async def test_a_letter_that_is_being_read_holds_up_no_button_and_no_short_question(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    let, begun, search = threading.Event(), threading.Event(), Search.search

    def slow(self: Search, text: str, *, by_words: bool = True) -> Found:
        if len(text) > 1000:
            begun.set()
            let.wait(20)
        return search(self, text, by_words=by_words)

    monkeypatch.setattr(Search, "search", slow)
    dispatcher = Dispatcher(store, Engine(knowledge(), Rules()), StandingClock(OPEN), lambda _: None)
    letter = asyncio.create_task(
        dispatcher.dispatch(Asked(id="letter", resident="r:1", text="白鳥の話です。" * 600))
    )
    await asyncio.to_thread(begun.wait, 20)
    try:
        async with asyncio.timeout(10):
            await dispatcher.dispatch(Pressed(id="press", resident="r:2", press=AskPerson()))
            await dispatcher.dispatch(Asked(id="short", resident="r:3", text="白鳥 いくら"))
        assert not letter.done()
        assert {"resident:r:2", "resident:r:3"} <= {row.lane for row in await store.outbox_after(0, 100)}
    finally:
        let.set()
    await letter
    assert "resident:r:1" in {row.lane for row in await store.outbox_after(0, 100)}


async def test_what_changes_while_it_is_read_is_read_anew(
    desk: DeskUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The talk changes after it was first read: the ticket has the newer words, too."""
    await desk.says("白鳥 いくら")
    decide, looks = desk.store.decide, 0

    async def interrupted(
        event: Event, now: datetime, handle: Decide, leases: Sequence[Lease] = ()
    ) -> Decided | None:
        nonlocal looks
        looks += 1
        try:
            return await decide(event, now, handle, leases)
        except UnreadError:
            if looks == 1:
                between = Asked(id="between", resident="r:1", text="白鳥ボート 登録")
                await decide(between, now, desk.dispatcher.engine.handle)
            raise

    monkeypatch.setattr(desk.store, "decide", interrupted)
    await desk.presses(AskPerson())
    assert looks >= 2
    cards = [row.action.text for row in desk.messenger.sent if isinstance(row.action, PostCard)]
    assert "白鳥ボート 登録" in cards[-1]


@given(
    st.lists(
        st.sampled_from(["白鳥 いくら", "白鳥ボート 登録", "死にたい", "それは?", "苦情です", "はい"]),
        max_size=4,
    )
)
def test_an_engine_that_reads_once_decides_as_one_that_reads_again(texts: list[str]) -> None:
    engine = Engine(knowledge(), Rules())
    talk: Conversation | None = None
    for number, text in enumerate(texts):
        event = Asked(id=str(number), resident="r:1", text=text)
        once = engine.with_readings(Readings()).handle(event, Snapshot(OPEN, conversation=talk))
        assert once == engine.handle(event, Snapshot(OPEN, conversation=talk))
        talk = once.conversation or talk


def test_a_text_that_was_not_read_raises_where_nothing_may_be_read() -> None:
    readings = Readings()
    base = replace(knowledge(), readings=readings)
    base.search("白鳥 いくら")
    readings.may_read = False
    assert base.search("白鳥 いくら").matches
    with pytest.raises(UnreadError):
        base.search("白鳥ボート 登録")
