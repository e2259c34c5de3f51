"""What the ward's desk writes, tags and answers stays with the ward after a ticket goes back to the facility."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.storage.migrations import shipped as scripts
from bot.storage.store import SqliteStore
from faq.knowledge import KnowledgeBase
from faq.language import Language
from faq.matching.match import Complaint
from handlers.engine import Engine
from handlers.model.actions import EditCard, PostCard, Relay, Say, ToResident
from handlers.model.buttons import ForWard, KeepAnonymous
from handlers.model.events import (
    Asked,
    Event,
    Looked,
    Merged,
    Noted,
    Pressed,
    Quoted,
    Replied,
    Searched,
    Tagged,
    TimePassed,
    Transferred,
    View,
)
from handlers.model.roles import Roles
from handlers.model.settings import Rules
from handlers.model.snapshot import Outcome
from handlers.model.tickets import Desk, Status, Ticket
from handlers.resident.deciding import FACILITY
from handlers.wording.desk import desk_called
from tests.small_faq import OPEN, TOKYO, knowledge

RULES = Rules(has_ward_desk=True, roles=Roles(staff={"tg:9": "区職員"}, leads={"tg:8": "課長"}))
RESIDENT = "tg:41"
QUESTION = Ticket(
    4, RESIDENT, Status.OPEN, Language.JA, "予約の空きはどこで見ますか", "asked", (), OPEN, OPEN
)
NOTE, TAG, REPLY = (
    "受付の対応への苦情。施設には言わないこと",
    "暴言",
    "受付の山田の暴言の件、施設に注意しました",
)
COMPLAINT, DOUBTED, ADDED = "受付の人に怒鳴られました", "使うのは12月5日です", "利用日は12月5日です"
"""Certainly a complaint; a possible one for the detectors but not for a person; certainly none."""


class Desks:
    """Two desks over one real store, and everything each of them is shown."""

    def __init__(self, store: SqliteStore, knowledge: KnowledgeBase) -> None:
        self._store = store
        self._engine = Engine(knowledge, RULES)
        self._numbers = itertools.count(1)
        self.shown: dict[Desk, list[str]] = {Desk.FACILITY: [], Desk.WARD: []}
        self.heard: list[str] = []

    async def happens(self, event: Event, at: Desk | None = None) -> Outcome:
        decided = await self._store.decide(event, OPEN, self._engine.handle)
        assert decided is not None
        for row in decided.rows:
            action = row.action
            if isinstance(action, (Say, Relay)) and isinstance(action.to, ToResident):
                self.heard.append(action.text)
            elif isinstance(action, (PostCard, EditCard)) or row.desk:
                self.shown[Desk(row.desk or Desk.FACILITY)].append(action.text)
            elif at is not None:
                self.shown[at].append(action.text)
        if at is not None and decided.outcome.toast:
            self.shown[at].append(decided.outcome.toast)
        return decided.outcome

    def who(self, desk: Desk) -> dict[str, Any]:
        staff = "tg:8" if desk is Desk.FACILITY else "tg:9"
        return {"id": f"e:{next(self._numbers)}", "staff": staff, "name": f"職員{desk}", "desk": desk}

    async def ward(self, kind: Any, **what: Any) -> Outcome:
        return await self.happens(kind(**self.who(Desk.WARD), **what), Desk.WARD)

    async def facility(self, kind: Any, **what: Any) -> Outcome:
        return await self.happens(kind(**self.who(Desk.FACILITY), **what), Desk.FACILITY)

    async def resident(self, text: str, **more: Any) -> Outcome:
        number = next(self._numbers)
        return await self.happens(
            Asked(id=f"e:{number}", resident=RESIDENT, text=text, place=f"41:{number}", **more)
        )

    async def everything(self) -> str:
        """Everything the facility's staff can look at, and everything they were shown so far."""
        for view in (View.QUEUE, View.AUDIT, View.MINE):
            await self.facility(Looked, view=view)
        for view in (View.TICKET, View.HISTORY):
            await self.facility(Looked, view=view, ticket=4)
        await self.facility(Tagged, ticket=4, tags=("至急",))
        await self.facility(Transferred, ticket=4, to="課長")
        return "\n".join(self.shown[Desk.FACILITY])


async def went_to_the_ward(store: SqliteStore, knowledge: KnowledgeBase) -> Desks:
    desks = Desks(store, knowledge)
    await store.decide(TimePassed(id="t"), OPEN, lambda _, __: Outcome(tickets=(QUESTION,)))
    await desks.facility(Noted, ticket=4, text="施設のメモ")
    await desks.facility(Tagged, ticket=4, tags=("会議室",))
    await desks.facility(Transferred, ticket=4, to="区")
    await desks.ward(Noted, ticket=4, text=NOTE)
    await desks.ward(Tagged, ticket=4, tags=(TAG,))
    await desks.ward(Replied, ticket=4, text=REPLY)
    await desks.ward(Quoted, ticket=4, entry="reg-fee")
    assert any(REPLY in text for text in desks.heard)
    return desks


def test_the_words_here_are_heard_as_they_are_meant(shipped: KnowledgeBase) -> None:
    heard = [shipped.hearing.hear(text).complaint for text in (COMPLAINT, DOUBTED, ADDED)]
    assert heard == [Complaint.SURE, Complaint.POSSIBLE, Complaint.NO]


async def test_nothing_of_the_wards_work_is_shown_to_the_facility(
    store: SqliteStore, shipped: KnowledgeBase
) -> None:
    desks = await went_to_the_ward(store, shipped)
    await desks.resident(ADDED, quoted=REPLY)
    await desks.resident(COMPLAINT)
    asked = await desks.ward(Transferred, ticket=4, to="施設")
    assert not asked.tickets, "a complaint is in it: the ward is asked first"
    await desks.ward(Transferred, ticket=4, to="施設 苦情ではない")
    seen = await desks.everything()
    for secret in (NOTE, TAG, REPLY, COMPLAINT, "山田", "reg-fee"):
        assert secret not in seen, secret
    for known in ("施設のメモ", "#会議室", QUESTION.question, ADDED):
        assert known in seen, known


async def test_the_facility_finds_nothing_by_what_is_the_wards(
    store: SqliteStore, shipped: KnowledgeBase
) -> None:
    desks = await went_to_the_ward(store, shipped)
    await desks.resident(COMPLAINT)
    await desks.ward(Transferred, ticket=4, to="施設 苦情ではない")
    for words in (TAG, "言わないこと", "山田", "怒鳴られ"):
        before = len(desks.shown[Desk.FACILITY])
        await desks.facility(Searched, words=words)
        assert "見つかりませんでした" in "".join(desks.shown[Desk.FACILITY][before:]), words
        await desks.ward(Searched, words=words)
        assert "4 · " in desks.shown[Desk.WARD][-1], words


async def test_the_ward_still_sees_its_own_work_when_the_ticket_is_elsewhere(
    store: SqliteStore, shipped: KnowledgeBase
) -> None:
    desks = await went_to_the_ward(store, shipped)
    await desks.ward(Transferred, ticket=4, to="施設")
    await desks.ward(Looked, view=View.TICKET, ticket=4)
    for own in (NOTE, f"#{TAG}", REPLY, "施設のメモ"):
        assert own in desks.shown[Desk.WARD][-1], own


async def test_the_ward_is_told_what_will_be_seen_and_what_will_not(
    store: SqliteStore, shipped: KnowledgeBase
) -> None:
    desks = await went_to_the_ward(store, shipped)
    plain = await desks.ward(Transferred, ticket=4, to="施設")
    assert "区で書いたメモ・返信・タグ" in (plain.toast or "")
    await desks.facility(Transferred, ticket=4, to="区")
    await desks.resident(COMPLAINT)
    asked = await desks.ward(Transferred, ticket=4, to="施設")
    for words in (QUESTION.question, "見えないもの", "苦情ではない"):
        assert words in (asked.toast or ""), words


async def test_what_the_ward_does_with_a_ticket_of_the_facilitys_is_its_own(
    store: SqliteStore, shipped: KnowledgeBase
) -> None:
    desks = Desks(store, shipped)
    await store.decide(TimePassed(id="t"), OPEN, lambda _, __: Outcome(tickets=(QUESTION,)))
    await desks.ward(Noted, ticket=4, text=NOTE)
    await desks.ward(Tagged, ticket=4, tags=(TAG,))
    await desks.ward(Quoted, ticket=4, entry="reg-fee")
    seen = await desks.everything()
    assert not [secret for secret in (NOTE, TAG, "reg-fee") if secret in seen]


async def test_a_resident_who_answers_the_wards_words_does_not_show_them_to_the_facility(
    store: SqliteStore, shipped: KnowledgeBase
) -> None:
    desks = await went_to_the_ward(store, shipped)
    await desks.ward(Transferred, ticket=4, to="施設")
    await desks.resident(ADDED, quoted=f"受付番号 4 の返事:\n{REPLY}")
    seen = await desks.everything()
    assert ADDED in seen
    assert "山田" not in seen


async def test_doubtful_words_reach_the_facility_once_the_resident_says_so_and_the_wards_words_never(
    store: SqliteStore, shipped: KnowledgeBase
) -> None:
    desks = await went_to_the_ward(store, shipped)
    await desks.ward(Transferred, ticket=4, to="施設")
    await desks.resident(DOUBTED, quoted=f"受付番号 4 の返事:\n{REPLY}")
    assert "まだ送っていません" in desks.heard[-1]
    assert DOUBTED not in await desks.everything()
    await desks.happens(Pressed(id="p", resident=RESIDENT, press=ForWard(4, FACILITY, 1)))
    assert "\n".join(desks.shown[Desk.FACILITY]).count(DOUBTED) == 1
    seen = await desks.everything()
    assert "山田" not in seen


async def test_no_name_wished_at_the_ward_is_no_tag_for_the_facility(
    store: SqliteStore, shipped: KnowledgeBase
) -> None:
    desks = await went_to_the_ward(store, shipped)
    await desks.happens(Pressed(id="p", resident=RESIDENT, press=KeepAnonymous(4)))
    await desks.ward(Looked, view=View.TICKET, ticket=4)
    assert "#匿名希望" in desks.shown[Desk.WARD][-1]
    await desks.ward(Transferred, ticket=4, to="施設")
    assert "匿名" not in await desks.everything()


async def test_a_merge_at_the_facility_takes_the_wards_words_along_unseen(
    store: SqliteStore, shipped: KnowledgeBase
) -> None:
    desks = await went_to_the_ward(store, shipped)
    await desks.ward(Transferred, ticket=4, to="施設")
    ended = replace(QUESTION, id=5, status=Status.RESOLVED, question="別の質問")
    await store.decide(TimePassed(id="t2"), OPEN, lambda _, __: Outcome(tickets=(ended,)))
    moved = await desks.facility(Merged, ticket=4, into=5)
    assert moved.tickets, moved.toast
    assert not [secret for secret in (NOTE, TAG, REPLY) if secret in await desks.everything()]


async def test_an_faq_that_hears_nothing_keeps_all_words_at_the_ward(store: SqliteStore) -> None:
    desks = await went_to_the_ward_quietly(store, knowledge(), [COMPLAINT])
    asked = await desks.ward(Transferred, ticket=4, to="施設")
    assert not asked.tickets, "what stays is told before"
    await desks.ward(Transferred, ticket=4, to="施設 苦情ではない")
    assert COMPLAINT not in await desks.everything()


async def went_to_the_ward_quietly(
    store: SqliteStore, knowledge: KnowledgeBase, texts: Sequence[str]
) -> Desks:
    desks = Desks(store, knowledge)
    await store.decide(TimePassed(id="t"), OPEN, lambda _, __: Outcome(tickets=(QUESTION,)))
    await desks.facility(Transferred, ticket=4, to=desk_called(Desk.WARD, knowledge.profile))
    for text in texts:
        await desks.resident(text)
    return desks


async def test_what_a_database_of_before_holds_of_the_wards_tickets_is_the_wards(tmp_path: Path) -> None:
    path, moment = tmp_path / "old.db", "2026-11-24T01:00:00.000000+00:00"
    old = sqlite3.connect(path)
    for script in (s for s in scripts() if s.number < 11):
        old.executescript(script.script)
    for number, desk in ((1, "ward"), (2, "facility")):
        old.execute(
            "insert into ticket (id,resident,status,language,question,reason,given,former_holder,no_reply,opened_at,"
            "touched_at,desk,tags) values (?,?,'open','ja','問','asked','[]','',0,?,?,?,?)",
            (number, f"r:{number}", moment, moment, desk, '["暴言"]'),
        )
        old.execute(
            "insert into message (ticket,author,name,text,written_at) values (?,'note','花子','メモ',?)",
            (number, moment),
        )
        old.execute(
            "insert into audit (event,actor,name,action,ticket,detail,done_at) values (?,'s','花子','Tagged',?,'暴言',?)",
            (f"e{number}", number, moment),
        )
    old.execute("pragma user_version = 10")
    old.commit()
    old.close()
    opened = await SqliteStore.open(path, label="x", zone=TOKYO)
    kept = {t.id: (t.tags, t.ward_tags) for t in await opened.tickets()}
    await opened.close()
    assert kept == {1: ((), ("暴言",)), 2: (("暴言",), ())}
    rows = sqlite3.connect(path)
    for table in ("message", "audit"):
        desks = rows.execute(f"select ticket, desk from {table} order by ticket").fetchall()
        assert desks == [(1, "ward"), (2, "facility")], table
    rows.close()
