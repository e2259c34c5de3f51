"""After /forget: every table of the record, the write-ahead log, and what staff were shown; in process, with the
real store.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from bot.channels.telegram.groups import OurGroup
from bot.channels.telegram.outbound import TelegramMessenger
from bot.places import Place
from bot.ports import Delivery, DeliveryResult, Lease, OutboxRow
from bot.storage.backup import backup
from bot.storage.store import SqliteStore
from faq.language import Language
from handlers.engine import Engine
from handlers.model.actions import Erase, PostCard, Say, ToDesk, ToResident, ToTicket
from handlers.model.buttons import ForgetMe
from handlers.model.conversation import Conversation
from handlers.model.delivery_events import MessageRefused
from handlers.model.events import Asked, Event, Looked, Pressed, Searched, Tagged, View
from handlers.model.settings import Rules
from handlers.model.snapshot import Author, Message, Outcome, Snapshot
from handlers.model.tickets import Status, Ticket
from handlers.resident import own_data
from tests.small_faq import OPEN, TOKYO, knowledge
from tests.updates import an_update

ID, WORDS = "tg:918273645", "消えるべきことばQ7"
OTHERS_WORDS = "ほかの人のことばZ4"
MOMENT = "2026-11-24T01:00:00.000000+00:00"
ENGINE = Engine(knowledge(), Rules())
TICKET = Ticket(1, ID, Status.CLAIMED, Language.JA, WORDS, "asked", (), OPEN, OPEN)

VALUES: Final[dict[str, dict[str, Any]]] = {
    "conversation": {"resident": ID, "language": "ja", "awaiting": "anything", "updated_at": MOMENT,
                     "given": "[]", "path": f'["{WORDS}"]', "said": f'[["{WORDS}", "{MOMENT}"]]',
                     "held": f'["{MOMENT}", "{WORDS}", 0, "", [["{WORDS}", "{MOMENT}", "", "", "", "", "", 0]]]',
                     "held_since": MOMENT, "offered": f'["{WORDS}"]'},
    "ticket": {"id": 1, "resident": ID, "status": "claimed", "language": "ja", "desk": "facility", "turn": "staff",
               "reason": "asked", "given": "[]", "top": "[]", "alerts": "[]", "opened_at": MOMENT, "touched_at": MOMENT,
               "snoozed_until": MOMENT, "replied_at": MOMENT, "holder": "tg:8",
               **dict.fromkeys(("path", "chosen", "tags", "ward_tags", "earlier"), f'["{WORDS}"]')},
    "message": {"ticket": 1, "author": "staff", "desk": "ward", "written_at": MOMENT},
    "record": {"resident": ID, "decision": "answer", "reason": "sure", "entry": "swan-fee", "decided_at": MOMENT},
    "inbox": {"id": "tg:{n}", "lane": ID, "state": "failed", "received_at": MOMENT},
    "outbox": {"lane": f"resident:{ID}", "state": "pending", "due_at": MOMENT, "desk": "facility",
               "action": f'{{"do": "Say", "text": "{WORDS}"}}'},
    "card": {"ticket": 1},
    "shown": {"ticket": 1},
    "topic": {"ticket": 1},
    "former_topic": {"ticket": 1},
    "draft": {"ticket": 1, "made_at": MOMENT},
    "audit": {"actor": "tg:8", "name": "花子", "action": "Tagged", "event": "tg:1", "ticket": 1, "done_at": MOMENT,
              "place": "-1:5", "desk": "ward"},
    "parked": {"resident": ID, "ticket": 1, "parked_at": MOMENT},
    "put_off": {"resident": ID, "ticket": 1, "until": "2026-12-24T01:00:00.000000+00:00", "told_at": MOMENT},
}  # fmt: skip
"""Tables with personal data: required column values; every other text column gets the words."""
NOBODYS: Final = {
    "counter": "numbers",
    "handled": "numbers of updates",
    "moved": "numbers of groups",
    "refusal": "our own groups and Telegram's error",
    "notice": "what leads tell everybody",
}
"""Tables without residents' data, and their content."""


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    opened = await SqliteStore.open(tmp_path / "desk.db", label="the bot", zone=TOKYO)
    yield opened
    await opened.close()


@contextlib.contextmanager
def raw(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(tmp_path / "desk.db")) as connection:
        yield connection
        connection.commit()


def bytes_of(tmp_path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in tmp_path.glob("*") if file.suffix != ".lock")


def fill(connection: sqlite3.Connection, table: str, times: int) -> None:
    columns = connection.execute(f'pragma table_info("{table}")').fetchall()
    fixed = VALUES[table]
    for number in range(2, times + 2):
        row = {}
        for _, name, kind, _, _, is_key in columns:
            row[name] = fixed.get(name, WORDS if kind == "TEXT" else number)
            if is_key and name not in fixed:
                row[name] = f"{WORDS}{number}" if kind == "TEXT" else number
            if isinstance(row[name], str):
                row[name] = row[name].replace("{n}", str(number))
        if table in ("ticket", "conversation", "put_off", "topic") and number > 2:
            return
        flags = ("draft", "no_reply", "language_chosen", "reachable")
        row |= {key: 0 for key in row if key in flags or key.startswith("is_")}
        marks = ", ".join("?" for _ in row)
        connection.execute(f'insert into "{table}" ({", ".join(row)}) values ({marks})', list(row.values()))


async def forget(store: SqliteStore) -> Outcome:
    event = Pressed(id="forget", resident=ID, press=ForgetMe(1))
    decided = await store.decide(event, OPEN, ENGINE.handle)
    assert decided is not None
    done = [(row, Delivery(DeliveryResult.SENT)) for row in decided.rows]
    await store.keep_deliveries(done)
    return decided.outcome


async def test_of_every_table_nothing_is_left_and_a_new_table_must_say_what_it_holds(
    store: SqliteStore, tmp_path: Path
) -> None:
    with raw(tmp_path) as connection:
        named = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
        tables = {row[0] for row in connection.execute(named)}
        assert tables == VALUES.keys() | NOBODYS.keys()
        for table in VALUES:
            fill(connection, table, 200)
    others = replace(TICKET, id=900, resident="tg:2", question=OTHERS_WORDS)
    await decides(store, Asked(id="o", resident="tg:2", text="x"), Outcome(tickets=(others,)))
    assert WORDS.encode() in bytes_of(tmp_path)
    await forget(store)
    assert await store.wipe_log()
    backup(tmp_path / "desk.db", tmp_path / "copy.db")
    assert OTHERS_WORDS.encode() in (tmp_path / "copy.db").read_bytes(), "the copy holds what others wrote"
    left = bytes_of(tmp_path)
    assert left.count(ID.encode()) == 0
    assert left.count(WORDS.encode()) == 0


async def decides(store: SqliteStore, event: Event, outcome: Outcome | None = None) -> tuple[OutboxRow, ...]:
    handle = ENGINE.handle if outcome is None else lambda _event, _snapshot: outcome
    decided = await store.decide(event, OPEN, handle)
    assert decided is not None
    return decided.rows


async def opened(store: SqliteStore, *tickets: Ticket) -> None:
    for ticket in tickets:
        outcome = Outcome(
            conversation=Conversation(ticket.resident, OPEN, question=WORDS),
            tickets=(ticket,),
            messages=(Message(ticket.id, Author.STAFF, WORDS, "花子", "-1:77"),),
        )
        await decides(store, Asked(id=f"open:{ticket.id}", resident=ticket.resident, text="x"), outcome)


WHO: Final[dict[str, Any]] = {"staff": "tg:8", "name": "花子", "room": "-1:", "place": "-1:5"}


async def test_lists_searches_and_stories_that_staff_were_shown_are_taken_back_part_by_part(
    store: SqliteStore,
) -> None:
    other = replace(TICKET, id=2, resident="tg:2", question="ほかの人の白鳥")
    await opened(store, TICKET, other)
    looks: list[Event] = [
        Looked(id="l1", view=View.QUEUE, **WHO),
        Looked(id="l2", view=View.TICKET, ticket=1, **WHO),
        Looked(id="l3", view=View.HISTORY, ticket=1, **WHO),
        Searched(id="l4", words=WORDS[:4], **WHO),
        Looked(id="l5", view=View.TICKET, ticket=2, **WHO),
    ]
    for number, event in enumerate(looks):
        (row,) = await decides(store, event)
        await store.keep_part(row, Place("-1", f"{number}1"))
        await store.keep_deliveries([(row, Delivery(DeliveryResult.SENT, Place("-1", f"{number}2")))])
    erased = [action for action in (await forget(store)).actions if isinstance(action, Erase)]
    taken = {place for action in erased for place in action.places}
    assert taken == {f"-1:{number}{part}" for number in range(4) for part in (1, 2)} | {"-1:77"}


async def test_what_was_under_way_to_staff_while_its_ticket_was_forgotten_is_taken_back(
    store: SqliteStore,
) -> None:
    await opened(store, TICKET)
    actions = (PostCard(1, WORDS), Say(ToTicket(1), WORDS), Say(ToDesk("-1:"), WORDS, tickets=(1, 5)))
    rows = await decides(store, Asked(id="e", resident="tg:3", text="x"), Outcome(actions=actions))
    await forget(store)
    assert await store.outbox_after(0, 9) == []
    for number, row in enumerate(rows):
        topic = Place("-1", "900") if number == 0 else None
        await store.keep_deliveries(
            [(row, Delivery(DeliveryResult.SENT, Place("-1", str(number)), topic=topic))]
        )
    waiting = [row.action for row in await store.outbox_after(0, 9)]
    assert waiting == [
        Erase("", places=("-1:0",)),
        Erase("", "-1:900"),
        Erase("", places=("-1:1",)),
        Erase("", places=("-1:2",)),
    ]


async def test_an_update_that_is_brought_again_after_it_was_forgotten_is_known_and_leaves_nothing(
    store: SqliteStore, tmp_path: Path
) -> None:
    update = an_update(7, ID, f'{{"from": "{ID}", "text": "{WORDS}"}}')
    later = an_update(8, ID, '{"text": "later"}')
    await store.ingest([update, later], "a run")
    lease = (await store.pending(9))[0]
    event = Pressed(id="tg:7", resident=ID, press=ForgetMe(1))
    decided = await store.decide(event, OPEN, ENGINE.handle, [lease])
    assert decided is not None
    await store.keep_deliveries([(row, Delivery(DeliveryResult.SENT)) for row in decided.rows])
    assert await store.ingest([update], "a run") == []
    assert await store.pending(9) == [Lease(later, "a run")], "what came later is still handled, as it was"
    await store.settle(Lease(later, "a run"))
    with raw(tmp_path) as connection:
        assert connection.execute("select lane from inbox where number = 7").fetchall() == [("",)]


@pytest.mark.parametrize("reason", ["message is too long", "timed out"])
async def test_a_goodbye_that_cannot_be_delivered_writes_nobody_down_again(
    store: SqliteStore, tmp_path: Path, reason: str
) -> None:
    await opened(store, TICKET)
    await forget(store)
    refused = MessageRefused(id="refused:1", resident=ID, reason=reason)
    assert await decides(store, refused) == ()
    await store.wipe_log()
    assert ID.encode() not in bytes_of(tmp_path)


async def test_a_reader_that_holds_the_log_is_not_waited_for_and_the_log_is_empty_once_it_is_gone(
    store: SqliteStore, tmp_path: Path
) -> None:
    await opened(store, TICKET)
    with contextlib.closing(sqlite3.connect(tmp_path / "desk.db")) as reader:
        reader.execute("begin")
        reader.execute("select count(*) from message").fetchall()
        await forget(store)
        loop = asyncio.get_running_loop()
        begun = loop.time()
        assert not await store.wipe_log()
        assert loop.time() - begun < 3, "the thread of the record is everybody's"
    assert await store.wipe_log()
    assert (tmp_path / "desk.db-wal").stat().st_size == 0
    assert WORDS.encode() not in bytes_of(tmp_path)


def test_what_telegram_does_not_let_go_is_told_to_the_person_and_to_staff() -> None:
    talk = Conversation(ID, OPEN, Language.EN)
    places = (Erase("ward", "", ("-1:5", "-1:6"), 12),)
    outcome = own_data.forget(talk, True, Snapshot(OPEN, conversation=talk, places=places))
    erase = next(action for action in outcome.actions if isinstance(action, Erase))
    to_resident, to_staff = own_data.not_all(erase, 2)
    assert to_resident.to == ToResident(ID)
    assert to_resident.is_last
    assert "2 messages about ticket 12" in to_resident.text
    assert "受付番号 12" in to_staff.text
    assert "2 件" in to_staff.text


async def test_a_tag_for_a_ticket_that_is_not_there_keeps_no_words(
    store: SqliteStore, tmp_path: Path
) -> None:
    await decides(store, Tagged(id="t", tags=(WORDS,), ticket=99, **(WHO | {"place": ""})))
    with raw(tmp_path) as connection:
        assert connection.execute("select ticket, detail from audit").fetchall() == [(0, "")]


def test_a_messenger_without_its_group_still_answers_for_what_is_to_be_erased() -> None:
    messenger = TelegramMessenger(None, OurGroup(-1), OurGroup(None))  # type: ignore[arg-type] # nothing is sent
    slot = messenger.slot(OutboxRow(1, Erase("", places=("-1:5",))))
    assert slot is not None
    assert slot.chat == "-1"
