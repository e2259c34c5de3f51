"""Commands of staff, their answers, and messages to the FAQ's editors."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.content.problem import Problem, Severity
from faq.language import Language
from handlers import admin
from handlers.desk.commands import parse
from handlers.engine import Engine
from handlers.model.actions import Say, ToAdmins, ToResident
from handlers.model.buttons import Claim, Release, Resolve, StartReply, TakeOver
from handlers.model.events import (
    DeskEvent,
    DeskPressed,
    KnowledgeRejected,
    KnowledgeReloaded,
    Looked,
    Noted,
    Quoted,
    Replied,
    Slip,
    UnknownDeskCommand,
    View,
)
from handlers.model.settings import Rules
from handlers.model.snapshot import Author, Message, Outcome, Snapshot
from handlers.model.tickets import Desk, Holder, Status, Ticket
from handlers.wording import desk
from tests.small_faq import OPEN, knowledge

WHO: Any = {"id": "e:1", "staff": "s:1", "name": "花子"}


def happens(event: DeskEvent, snapshot: Snapshot, rules: Rules | None = None) -> Outcome:
    """Handle an event by the engine, with permissions and audit."""
    return Engine(knowledge(), rules or Rules()).handle(event, snapshot)


def typed(line: str) -> DeskEvent | None:
    return parse(line, event_id="e:1", staff="s:1", name="花子")


@pytest.mark.parametrize(
    ("line", "event"),
    [
        ("/queue", Looked(**WHO, view=View.QUEUE)),
        ("/mine@madoguchi_bot", Looked(**WHO, view=View.MINE)),
        ("/help", Looked(**WHO, view=View.HELP)),
        ("/ticket 12", Looked(**WHO, view=View.TICKET, ticket=12)),
        ("/claim #12", DeskPressed(**WHO, press=Claim(12), is_typed=True)),
        ("/takeover 12", DeskPressed(**WHO, press=TakeOver(12), is_typed=True)),
        ("/release 12", DeskPressed(**WHO, press=Release(12), is_typed=True)),
        ("/done 12", DeskPressed(**WHO, press=Resolve(12), is_typed=True)),
        ("/reply 12 一行\n二行", Replied(**WHO, ticket=12, text="一行\n二行")),
        ("/r 12 はい", Replied(**WHO, ticket=12, text="はい")),
        ("/note 12 内緒", Noted(**WHO, ticket=12, text="内緒")),
        ("/quote 12 reg-fee", Quoted(**WHO, ticket=12, entry="reg-fee")),
        ("/claim", UnknownDeskCommand(**WHO, text="/claim", verb="claim", slip=Slip.ARGUMENTS)),
        ("/claim 12 すぐ", UnknownDeskCommand(**WHO, text="/claim", verb="claim", slip=Slip.ARGUMENTS)),
        ("/note 12", UnknownDeskCommand(**WHO, text="/note", verb="note", slip=Slip.ARGUMENTS)),
        ("/dance 12", UnknownDeskCommand(**WHO, text="/dance")),
    ],
)
def test_a_command_means_its_event(line: str, event: DeskEvent) -> None:
    assert typed(line) == event


CHAT = [
    "この人どう思う?", "12番お願いします", "返信しておきました", "reply 12 hello", "了解", "12 そうですね", "／reply 12 全角", "…/r 12 x",
    "担当する", "対応完了", "http://example.invalid/r 12", "だれか /r 12 して",
]  # fmt: skip


@given(st.one_of(st.sampled_from(CHAT), st.text(max_size=60)))
def test_talk_among_colleagues_is_never_a_message_to_a_resident(line: str) -> None:
    event = typed(line)
    if isinstance(event, (Replied, Quoted)):
        assert line.strip().lower().startswith(("/r", "/quote"))
    elif not line.strip().startswith("/"):
        assert event is None or (
            isinstance(event, UnknownDeskCommand) and event.slip is Slip.FULL_WIDTH_SLASH
        )


def a_ticket(status: Status = Status.CLAIMED, *, no_reply: bool = False) -> Ticket:
    return Ticket(
        12,
        "r:1",
        status,
        Language.JA,
        "問い\n二行目",
        "complaint",
        ("a v1",),
        OPEN,
        OPEN,
        Holder("s:1", "花子"),
        "太郎",
        no_reply,
    )


def test_a_card_shows_number_state_waiting_words_and_answers_but_no_resident() -> None:
    text = desk.card(a_ticket(no_reply=True), OPEN.replace(hour=12, minute=30))
    assert text.splitlines()[0] == "受付番号 12 · 担当中 · 花子"
    assert "待ち 2時間30分" in text
    assert "日本語 · 苦情・意見" in text
    assert "返信不要" in text
    assert "▏問い\n▏二行目" in text
    assert "出した案内: a v1" in text
    assert "r:1" not in text


def test_a_queue_line_holds_the_beginning_of_the_question() -> None:
    long = Ticket(3, "r:1", Status.OPEN, Language.JA, "あ" * 50, "asked", (), OPEN, OPEN)
    lines = desk.queue([long], OPEN.replace(day=27), Desk.FACILITY).splitlines()
    assert lines == ["受付 1件", "3 · 未担当 · 3日0時間 · ▏" + "あ" * 29 + "…"]


def look(view: View, *tickets: Ticket, ticket: Ticket | None = None) -> str:
    said = Message(12, Author.STAFF, "返事", "花子")
    snapshot = Snapshot(OPEN, ticket=ticket, queue=tickets, messages=(said,))
    outcome = happens(Looked(**WHO, view=view, ticket=12), snapshot)
    return outcome.toast or outcome.actions[0].text


def test_staff_see_the_queue_their_own_and_a_whole_story() -> None:
    assert "12 · 担当中 花子" in look(View.QUEUE, a_ticket())
    assert look(View.QUEUE, a_ticket(Status.RESOLVED)) == desk.QUEUE_EMPTY
    assert "12" in look(View.MINE, a_ticket())
    assert look(View.MINE) == desk.MINE_EMPTY
    assert "── 職員 花子\n▏返事" in look(View.TICKET, ticket=a_ticket())
    assert look(View.TICKET) == desk.NO_TICKET
    assert "/quote" in look(View.HELP)
    misspoken = happens(UnknownDeskCommand(**WHO, text="/dance"), Snapshot(OPEN)).toast or ""
    assert misspoken.startswith("分かりませんでした: /dance")


def test_what_cannot_be_done_is_said_with_the_reason() -> None:
    closed = Snapshot(OPEN, ticket=a_ticket(Status.CLOSED))
    for press, said in (
        (Claim(12), "担当できません"),
        (Release(12), "手放せません"),
        (Resolve(12), "対応完了にできません"),
    ):
        outcome = happens(DeskPressed(**WHO, press=press), closed)
        assert outcome.toast is not None
        assert said in outcome.toast
    assert happens(DeskPressed(**WHO, press=Claim(99)), Snapshot(OPEN)).toast == desk.NO_TICKET
    assert "「返信」" in (happens(DeskPressed(**WHO, press=StartReply(12)), closed).toast or "")
    assert "終了" in (happens(Replied(**WHO, ticket=12, text="x"), closed).toast or "")
    assert happens(Replied(**WHO, text="x"), Snapshot(OPEN)).toast == desk.NO_TICKET


def test_a_quote_sends_the_entrys_own_words_with_id_and_version() -> None:
    snapshot = Snapshot(OPEN, ticket=a_ticket())
    outcome = happens(Quoted(**WHO, ticket=12, entry="swan-fee"), snapshot)
    told = next(a for a in outcome.actions if isinstance(a, Say) and a.to == ToResident("r:1"))
    answer = knowledge().answer("swan-fee", Language.JA, OPEN.date())
    assert answer is not None
    assert answer.text in told.text
    assert outcome.messages[0].text == "[swan-fee v1]"
    gone = happens(Quoted(**WHO, ticket=12, entry="gone"), snapshot)
    assert "gone" in (gone.toast or "")
    assert happens(Quoted(**WHO, ticket=9, entry="x"), Snapshot(OPEN)).toast == desk.NO_TICKET


def test_a_reply_to_a_finished_case_takes_it_up_again() -> None:
    outcome = happens(
        Replied(**WHO, ticket=12, text="追伸"), Snapshot(OPEN, ticket=a_ticket(Status.RESOLVED))
    )
    assert outcome.tickets[0].status is Status.CLAIMED


def test_admins_read_file_line_and_remedy_at_most_ten() -> None:
    fault = Problem("moving.yaml", 12, 3, "x", "文がありません", "書いてください")
    warning = Problem("moving.yaml", 1, 1, "y", "長いです", "短くしてください", Severity.WARNING)
    event = KnowledgeRejected(id="e", problems=(fault,) * 13 + (warning,))
    said = admin.on_knowledge_rejected(event).actions[0]
    assert isinstance(said, Say)
    assert said.to == ToAdmins()
    assert said.text.startswith("FAQ集に13件の誤りがあるため、前の版のまま動いています。")
    assert said.text.count("moving.yaml:12:3: 文がありません; 書いてください") == 10
    assert "ほか3件" in said.text

    changed = tuple(f"e{n}" for n in range(12))
    good = admin.on_knowledge_reloaded(
        KnowledgeReloaded(id="e", revision="abc", changed=changed, warnings=(warning,))
    )
    assert "版 abc" in good.actions[0].text
    assert "ほか2件" in good.actions[0].text
    assert "注意が1件" in good.actions[0].text
