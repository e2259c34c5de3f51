"""What staff and residents are told is true: numbers shown, where to write, why a merge fails, who wrote the words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from telegram import Update

from bot.channels.telegram.inbound import GroupChats, to_inbound
from bot.channels.telegram.joining import joined
from faq.knowledge import KnowledgeBase
from faq.language import Language
from handlers.engine import Engine
from handlers.model.actions import Say, ToDesk, ToResident, ToTicket
from handlers.model.buttons import NoneOfThese
from handlers.model.conversation import Conversation
from handlers.model.events import Asked, Event, Looked, Merged, Noted, Pressed, UnknownDeskCommand
from handlers.model.roles import Roles
from handlers.model.settings import Rules
from handlers.model.snapshot import Outcome, Snapshot
from handlers.model.tickets import Desk, Status, Ticket
from handlers.wording.marked import marked, one_line
from tests.small_faq import OPEN, knowledge

OPEN_TICKET = Ticket(1, "tg:41", Status.OPEN, Language.JA, "ボートは", "asked", (), OPEN, OPEN)
ENTRY_BUTTONS = "職員に聞く"


def handled(
    event: Event, snapshot: Snapshot, base: KnowledgeBase | None = None, rules: Rules | None = None
) -> Outcome:
    return Engine(base or knowledge(), rules or Rules()).handle(event, snapshot)


def spoken(outcome: Outcome) -> tuple[str, list[str]]:
    """The text for the resident, and its buttons."""
    (said,) = [a for a in outcome.actions if isinstance(a, Say) and isinstance(a.to, ToResident)]
    return said.text, [button.label for row in said.buttons for button in row]


@pytest.mark.parametrize("text", ["👍", "あ", "。", "？", "/", "そうでしたか", "123", "すぐ", "😡"])
@pytest.mark.parametrize("misses", [0, 1, 2])
def test_whoever_waits_for_a_person_is_not_offered_one(
    shipped: KnowledgeBase, text: str, misses: int
) -> None:
    talk = Conversation("tg:41", OPEN, Language.JA, misses=misses, ticket=1)
    outcome = handled(
        Asked(id="e", resident="tg:41", text=text),
        Snapshot(OPEN, conversation=talk, active=OPEN_TICKET, ticket=OPEN_TICKET), shipped,
    )  # fmt: skip
    assert spoken(outcome) == ("✓ 受付番号 1 に書き添えました。", [])
    assert [m.text for m in outcome.messages] == [text]
    assert any(isinstance(a, Say) and isinstance(a.to, ToTicket) and text in a.text for a in outcome.actions)


def test_none_of_these_in_a_ticket_offers_nobody_either() -> None:
    talk = Conversation("tg:41", OPEN, Language.JA, misses=2, ticket=1)
    pressed = Pressed(id="e", resident="tg:41", press=NoneOfThese())
    text, buttons = spoken(handled(pressed, Snapshot(OPEN, conversation=talk, active=OPEN_TICKET)))
    assert "受付番号 1" in text
    assert ENTRY_BUTTONS not in buttons


@pytest.mark.parametrize(
    ("text", "told", "untold"),
    [
        ("火事です", ("「火事・救急」", "119"), ("110", "0120")),
        ("人が刃物を持って暴れています", ("「警察」", "110"), ("0120", "189")),
        ("死にたい", ("「つらい気持ちの相談先」", "119", "110", "0120-279-338"), ("189",)),
        ("近所の子が虐待されているかもしれません", ("「子どもの安全」", "189"), ("0120",)),
    ],
)
def test_the_desk_is_told_the_numbers_that_the_resident_was_shown(
    shipped: KnowledgeBase, text: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    talk = Conversation("tg:41", OPEN, Language.JA, ticket=1)
    outcome = handled(
        Asked(id="e", resident="tg:41", text=text),
        Snapshot(OPEN, conversation=talk, active=OPEN_TICKET),
        shipped,
    )
    (line,) = [
        a.text.splitlines()[0] for a in outcome.actions
        if isinstance(a, Say) and isinstance(a.to, ToTicket) and "命に関わる" in a.text
    ]  # fmt: skip
    shown = spoken(outcome)[0]
    assert all(word in line for word in told), line
    assert not [word for word in untold if word in line], line
    assert all(number in shown for number in told[1:])


ADMINS, DESK = -2000, -1000


def from_group(text: str, chat: int = ADMINS, who: int = 11) -> Any:
    update = Update.de_json(
        {"update_id": 1, "message": {"message_id": 5, "date": 1, "chat": {"id": chat, "type": "supergroup"},
         "from": {"id": who, "is_bot": False, "first_name": "管理"}, "text": text}}, None,
    )  # fmt: skip
    return to_inbound(update, GroupChats(DESK, ADMINS), (), None).event


@pytest.mark.parametrize(
    "line",
    ["/queue", "/r 1 こんにちは", "/help", "/ticket 1", "／queue", "/返信 1 はい", "/find 語", "/claim"],
)
@pytest.mark.parametrize("who", [8, 11, 77])
def test_a_command_of_the_desk_among_the_admins_is_answered_with_where_to_write_it(
    line: str, who: int
) -> None:
    roles = Roles(staff={"tg:8": "花子"}, admins={"tg:11": "管理"})
    event = from_group(line, who=who)
    assert isinstance(event, UnknownDeskCommand)
    outcome = handled(event, Snapshot(OPEN, ticket=OPEN_TICKET), rules=Rules(roles=roles))
    (said,) = outcome.actions
    assert isinstance(said, Say)
    assert said.to == ToDesk(f"{ADMINS}:")
    assert "窓口のグループで書いてください" in said.text
    assert said.reply_to == f"{ADMINS}:5"


@pytest.mark.parametrize("line", ["おはようございます", "// メモ", "1/2 です", "/checkを見て"])
def test_talk_among_the_admins_is_left_alone(line: str) -> None:
    event = from_group(line)
    assert event is None or not isinstance(event, Looked | Noted)
    if not line.startswith("/c"):
        assert event is None


WARDS = replace(OPEN_TICKET, id=3, desk=Desk.WARD, reason="complaint", question="怒鳴られた")


@pytest.mark.parametrize(
    ("ticket", "into", "known", "said"),
    [
        (1, 3, (OPEN_TICKET, WARDS), "受付番号 3 は、この窓口には見当たりません"),
        (1, 99, (OPEN_TICKET, None), "受付番号 99 は、この窓口には見当たりません"),
        (3, 1, (WARDS, OPEN_TICKET), "受付番号 3 は、この窓口には見当たりません"),
        (3, 99, (WARDS, None), "受付番号 3と99 は、この窓口には見当たりません"),
        (1, 1, (OPEN_TICKET, OPEN_TICKET), "受付番号 1 を、それ自身に"),
    ],
)
def test_a_merge_that_cannot_be_says_why_and_nothing_of_the_wards_tickets(
    ticket: int, into: int, known: tuple[Ticket | None, Ticket | None], said: str
) -> None:
    event = Merged(id="e", staff="tg:8", name="花子", ticket=ticket, into=into)
    outcome = handled(event, Snapshot(OPEN, ticket=known[0], other=known[1]), rules=Rules(has_ward_desk=True))
    assert said in (outcome.toast or "")
    assert "2つ書いて" not in (outcome.toast or "") or ticket == into
    assert not outcome.tickets
    assert "区" not in (outcome.toast or "")


FORWARD = {"type": "user", "date": 1, "sender_user": {"id": 5, "is_bot": False, "first_name": "x"}}


def from_resident(number: int, text: str, **more: Any) -> Update:
    message = {
        "message_id": number, "date": 1, "chat": {"id": 41, "type": "private"},
        "from": {"id": 41, "is_bot": False, "first_name": "人", "language_code": "ja"}, **({"text": text} if text else {}), **more,
    }  # fmt: skip
    update = Update.de_json({"update_id": number, "message": message}, None)
    assert update is not None
    return update


def test_what_was_passed_on_stands_on_lines_of_its_own_and_is_marked_for_staff() -> None:
    letter = "あ" * 4096
    parts = [
        (from_resident(1, letter), ()),
        (from_resident(2, "3時に来てください\n受付", forward_origin=FORWARD), ()),
        (from_resident(3, "と言われました"), ()),
    ]
    whole, _ = joined(parts)
    assert whole == f"{letter}\n↪ 3時に来てください\n↪ 受付\nと言われました"
    assert (
        marked(whole.removeprefix(letter + "\n")) == "▏転送: 3時に来てください\n▏転送: 受付\n▏と言われました"
    )
    cut = [(from_resident(1, letter), ()), (from_resident(2, "いいい"), ())]
    assert joined(cut)[0] == letter + "いいい"
    long_forward = [(from_resident(1, letter, forward_origin=FORWARD), ()), (from_resident(2, "これは?"), ())]
    assert joined(long_forward)[0] == f"↪ {letter}\nこれは?"


def test_a_lone_forward_is_marked_and_is_no_command(shipped: KnowledgeBase) -> None:
    event = to_inbound(
        from_resident(1, "/forget", forward_origin=FORWARD), GroupChats(DESK, ADMINS), (), None
    ).event
    assert isinstance(event, Asked)
    assert event.text == "↪ /forget"
    caption = from_resident(2, "", photo=[{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}],
                            caption="この画面", forward_origin=FORWARD)  # fmt: skip
    sent: Any = to_inbound(caption, GroupChats(DESK, ADMINS), (), None).event
    assert sent.caption == "↪ この画面"
    assert one_line("↪ 予約の件", 30) == "▏転送: 予約の件"
    for text in ("予約の取り消しはどうすればいいですか", "登録料はいくら", "死にたい"):
        plain, passed_on = shipped.search(text), shipped.search(f"↪ {text}")
        assert [m.id for m in plain.matches[:1]] == [m.id for m in passed_on.matches[:1]], text
        assert plain.reply == passed_on.reply
