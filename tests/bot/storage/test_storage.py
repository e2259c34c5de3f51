"""The record with real files."""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.places import Place
from bot.ports import Delivery, DeliveryResult, StaleLeaseError
from bot.storage.migrations import shipped
from bot.storage.store import SqliteStore
from faq.language import Language
from handlers.model.actions import EditCard, PostCard, Say, ToAdmins, ToDesk, ToResident, ToTicket
from handlers.model.buttons import Button, Claim, OpenEntry
from handlers.model.conversation import Awaiting, Conversation, Given
from handlers.model.events import Asked, Event, Looked, Replied, View
from handlers.model.snapshot import Author, Message, Outcome, Record, Snapshot
from handlers.model.tickets import Holder, Status, Ticket
from tests.small_faq import OPEN, TOKYO
from tests.updates import an_update

ASKED = Asked(id="e:1", resident="r:1", text="x")
TICKET = Ticket(1, "r:1", Status.OPEN, Language.JA, "問い", "asked", ("swan-fee v1",), OPEN, OPEN)


IDS = (f"e:{number}" for number in itertools.count(100))


async def save(store: SqliteStore, outcome: Outcome) -> None:
    await store.decide(replace(ASKED, id=next(IDS)), OPEN, lambda _, __: outcome)


async def look(store: SqliteStore, event: Event) -> Snapshot:
    """What the event's handler would see."""
    seen: list[Snapshot] = []

    def handle(_: Event, snapshot: Snapshot) -> Outcome:
        seen.append(snapshot)
        return Outcome()

    await store.decide(replace(event, id=next(IDS)), OPEN, handle)
    return seen[0]


async def test_conversation_and_ticket_come_back_as_they_were_saved(store: SqliteStore) -> None:
    talk = Conversation(
        "r:1", OPEN, Language.KO, True, "물음", 1, (Given("a", 2),), Awaiting.QUESTION_FOR_PERSON, False
    )
    held = replace(
        TICKET, status=Status.CLAIMED, holder=Holder("s:1", "花子"), no_reply=True, former_holder="太郎"
    )
    await save(store, Outcome(conversation=talk, tickets=(held,)))

    snapshot = await look(store, ASKED)

    assert snapshot.conversation == talk
    assert snapshot.active == held
    assert snapshot.next_ticket_id == 2


async def test_actions_come_back_from_the_outbox_in_the_order_they_were_decided(store: SqliteStore) -> None:
    actions = (
        Say(ToResident("r:1"), "一", ((Button("押す", OpenEntry("swan-fee", 1)),),)),
        PostCard(1, "二", ((Button("担当する", Claim(1)),),)),
        EditCard(1, "三"),
        Say(ToTicket(1), "四"),
        Say(ToDesk(), "五"),
        Say(ToAdmins(), "六"),
    )
    await save(store, Outcome(tickets=(TICKET,), actions=actions))
    assert tuple(row.action for row in await store.outbox_after(0, 10)) == actions


async def test_a_block_that_fails_leaves_nothing_behind(store: SqliteStore) -> None:
    broken = replace(TICKET, status="nonsense")  # type: ignore[arg-type] # the database refuses it, after other writes
    with pytest.raises(AttributeError):
        await store.decide(ASKED, OPEN, lambda _, __: Outcome(tickets=(TICKET, broken)))
    assert await store.tickets() == []
    assert await store.outbox_after(0, 10) == []
    assert await store.decide(ASKED, OPEN, lambda _, __: Outcome()) is not None


async def test_an_event_is_new_only_once(store: SqliteStore) -> None:
    assert await store.decide(ASKED, OPEN, lambda _, __: Outcome()) is not None
    assert await store.decide(ASKED, OPEN, lambda _, __: Outcome()) is None


async def test_the_database_itself_refuses_a_second_active_ticket(store: SqliteStore) -> None:
    await save(store, Outcome(tickets=(TICKET,)))
    with pytest.raises(sqlite3.IntegrityError):
        await save(store, Outcome(tickets=(replace(TICKET, id=2),)))
    await save(store, Outcome(tickets=(replace(TICKET, status=Status.CLOSED), replace(TICKET, id=2))))


async def test_a_number_is_never_given_twice_even_when_old_tickets_are_gone(store: SqliteStore) -> None:
    await save(store, Outcome(tickets=(replace(TICKET, id=7),)))
    await store._database.run(lambda raw: raw.execute("delete from ticket"))
    assert (await look(store, ASKED)).next_ticket_id == 8


async def test_a_reply_to_a_card_finds_its_ticket_also_through_later_messages(store: SqliteStore) -> None:
    await save(store, Outcome(tickets=(TICKET,), actions=(PostCard(1, "card"), Say(ToTicket(1), "more"))))
    card, more = await store.outbox_after(0, 10)
    await store.keep_deliveries(
        [
            (card, Delivery(DeliveryResult.SENT, Place("-100", "5"))),
            (more, Delivery(DeliveryResult.SENT, Place("-100", "6"))),
        ]
    )
    for message in ("5", "6"):
        seen = await look(store, Replied(id="e:9", staff="s", name="s", text="x", card=f"-100:{message}"))
        assert seen.ticket == TICKET
        assert seen.is_card == (message == "5")
    await save(store, Outcome(actions=(EditCard(1, "new"),)))
    edit = (await store.outbox_after(0, 10))[0]
    assert edit.card is None
    assert (await store.placed(edit)).card == Place("-100", "5")


async def test_the_story_of_a_ticket_is_kept_word_for_word(store: SqliteStore) -> None:
    told = Message(1, Author.RESIDENT, "そのまま\n二行　目", "")
    await save(store, Outcome(tickets=(TICKET,), messages=(told,), record=Record("r:1", "ticket", "asked")))
    snapshot = await look(store, Looked(id="e", staff="s", name="s", view=View.TICKET, ticket=1))
    assert snapshot.messages == (told,)


async def test_an_update_is_kept_once_and_its_text_goes_when_it_is_handled(
    store: SqliteStore, tmp_path: Path
) -> None:
    update = an_update(1, "tg:1", '{"秘密": 1}')
    assert await store.ingest([update, an_update(2, "tg:1", "{}")], "run") == ["tg:1", "tg:2"]
    assert await store.ingest([update], "run") == []
    first, second = await store.pending(10)
    assert (first.update, first.token) == (update, "run")
    await store.settle(first)
    await store.settle(second, "ValueError")
    assert await store.pending(10) == []
    kept = (
        sqlite3.connect(tmp_path / "test.db")
        .execute("select state, body, error from inbox order by id")
        .fetchall()
    )
    assert kept == [("done", "", ""), ("failed", "{}", "ValueError")]


async def test_what_another_run_has_taken_over_can_be_settled_by_that_run_alone(store: SqliteStore) -> None:
    await store.ingest(
        [an_update(1, "tg:1", "{}"), an_update(2, "tg:1", "{}"), an_update(3, "tg:2", "{}")], "one"
    )
    stale = (await store.pending(10))[0]
    await store.take_over("two", "tg")
    with pytest.raises(StaleLeaseError):
        await store.settle(stale)
    with pytest.raises(StaleLeaseError):
        await store.decide(ASKED, OPEN, lambda _, __: Outcome(), [stale])
    assert await store.decide(ASKED, OPEN, lambda _, __: Outcome()) is not None
    assert [(lease.token, lease.attempts) for lease in await store.pending(10)] == [
        ("two", 1),
        ("two", 0),
        ("two", 1),
    ]


async def test_many_tasks_at_once_do_not_mix_their_transactions(store: SqliteStore) -> None:
    async def one(number: int) -> None:
        await save(store, Outcome(actions=(Say(ToResident(f"r:{number}"), str(number)),)))

    await asyncio.gather(*(one(number) for number in range(50)))
    assert len(await store.outbox_after(0, 100)) == 50


async def test_works_share_a_commit_and_one_that_fails_takes_no_other_with_it(store: SqliteStore) -> None:
    async def one(number: int) -> None:
        status = Status.OPEN if number % 5 else Status.RESOLVED
        ticket = replace(TICKET, id=number + 1, resident=f"r:{number % 2}", status=status)
        await save(store, Outcome(tickets=(ticket,), actions=(Say(ToDesk(), str(number)),)))

    done = await asyncio.gather(*(one(number) for number in range(20)), return_exceptions=True)
    refused = [error for error in done if error is not None]
    assert {type(error) for error in refused} == {sqlite3.IntegrityError}
    assert len(await store.tickets()) == 20 - len(refused) == 6
    assert len(await store.outbox_after(0, 100)) == 6


async def test_a_task_that_is_cancelled_anywhere_in_a_transaction_stops_no_other(store: SqliteStore) -> None:
    async def one(number: int) -> None:
        await save(store, Outcome(actions=(Say(ToDesk(), str(number)),)))

    for steps in range(12):
        task = asyncio.create_task(one(steps))
        for _ in range(steps):
            await asyncio.sleep(0.0002)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await one(1000)


async def test_a_second_process_is_told_who_holds_the_database(store: SqliteStore, tmp_path: Path) -> None:
    code = (
        "import asyncio, sys\nfrom datetime import UTC\nfrom bot.errors import StorageError\n"
        "from bot.storage.store import SqliteStore\n"
        "try:\n    asyncio.run(SqliteStore.open(sys.argv[1], label='second', zone=UTC))\n"
        "except StorageError as error:\n    print(error)\n"
    )
    path = tmp_path / "test.db"
    said = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    ).stdout
    assert said.startswith(f"{path}: held by a test (process ")
    assert "stop it first" in said


@pytest.mark.parametrize("migration", shipped()[1:], ids=lambda m: f"{m.number:04d}")
async def test_rows_of_the_previous_schema_survive_a_migration(migration: object, tmp_path: Path) -> None:
    number = migration.number  # type: ignore[attr-defined]
    path = tmp_path / "old.db"
    old = sqlite3.connect(path)
    for earlier in shipped():
        if earlier.number < number:
            old.executescript(earlier.script)
    moment = "2026-11-24T01:00:00.000000+00:00"
    old.execute(
        "insert into conversation (resident,language,language_chosen,question,misses,given,awaiting,reachable,updated_at)"
        " values ('r:1','ja',0,'問',0,'[]','anything',1,?)", (moment,)
    )  # fmt: skip
    old.execute(
        "insert into ticket (id,resident,status,language,question,reason,given,former_holder,no_reply,opened_at,touched_at)"
        " values (1,'r:1','open','ja','問','asked','[]','',0,?,?)",
        (moment, moment),
    )
    old.execute(
        "insert into message (ticket,author,name,text,written_at) values (1,'resident','','問',?)", (moment,)
    )
    old.execute(
        "insert into record (event,resident,decision,reason,entry,version,score,decided_at)"
        " values ('e','r:1','answer','sure','swan-fee',1,0.9,?)", (moment,)
    )  # fmt: skip
    priority = ("priority,", "1,") if number > 3 else ("", "")
    old.execute(
        f"insert into outbox (lane,{priority[0]}action,state,attempts,detail,due_at)"
        f" values ('desk',{priority[1]}'{{}}','sent',0,'',?)",
        (moment,),
    )
    inbox = ("id,number", "'tg:1',1") if number > 14 else ("id", "1")
    old.execute(
        f"insert into inbox ({inbox[0]},lane,body,state,error,received_at)"
        f" values ({inbox[1]},'tg:1','{{}}','done','',?)",
        (moment,),
    )
    old.execute("insert into card (chat,message,ticket,is_main) values ('-1','2',1,1)")
    old.execute("insert into handled values ('e',?)", (moment,))
    old.execute(f"pragma user_version = {number - 1}")
    old.commit()
    old.close()

    store = await SqliteStore.open(path, label="x", zone=TOKYO)
    assert await store.schema() == shipped()[-1].number
    assert [t.question for t in await store.tickets()] == ["問"]
    await store.close()
    kept = sqlite3.connect(path)
    for table in ("conversation", "ticket", "message", "record", "outbox", "inbox", "card", "handled"):
        assert kept.execute(f"select count(*) from {table}").fetchone() == (1,), table


async def test_a_migration_that_fails_leaves_schema_and_rows_as_they_were(tmp_path: Path) -> None:
    import aiosqlite

    from bot.storage.migrations import Migration, migrate, schema_of

    connection = await aiosqlite.connect(tmp_path / "x.db", isolation_level=None)
    good = Migration(1, "create table a (b integer);")
    bad = Migration(2, "insert into a values (1); create table a (b integer);")
    with pytest.raises(StorageError, match="migration 0002 failed"):
        await migrate(connection, (good, bad), "x.db")
    assert await schema_of(connection) == 1
    async with connection.execute("select count(*) from a") as cursor:
        assert await cursor.fetchone() == (0,)
    await connection.close()
