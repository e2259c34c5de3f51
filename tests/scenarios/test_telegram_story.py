"""The same stories in the Telegram channel: real library objects, recorded requests, the real record, no mocks."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.channels.port import Core, Loop, Receive, Receiver
from bot.channels.telegram.admission import Admission
from bot.channels.telegram.door import Door
from bot.channels.telegram.groups import OurGroup
from bot.channels.telegram.lookout import Lookout
from bot.channels.telegram.names import CHANNEL
from bot.channels.telegram.outbound import TelegramMessenger
from bot.channels.telegram.poller import Poller
from bot.channels.telegram.receiving import TelegramReceiver
from bot.delivery.courier import Courier
from bot.dispatch import Dispatcher
from bot.inbox.intake import Intake
from bot.inbox.withheld import Withheld
from bot.ports import Limits
from bot.storage.store import SqliteStore
from handlers.engine import Engine
from handlers.model.actions import Action
from handlers.model.settings import Rules
from handlers.privacy.personal_data import Guard
from tests.fakes_desk import StandingClock
from tests.fakes_telegram import ADMINS, DESK, RecordingRequest, a_bot, a_user, in_group, press, private
from tests.small_faq import knowledge

RESIDENT = 7
MY_NUMBER = "1234 5678 9018"


class Rig:
    """Everything `madoguchi run` builds, with requests recorded."""

    def __init__(self, store: SqliteStore, desk: int | None = DESK, speed: float = 1.0) -> None:
        self.wire = RecordingRequest()
        bot = a_bot(self.wire)
        self.clock, withheld, guard = StandingClock(), Withheld(), Guard(knowledge().directory.phones())
        dispatcher = Dispatcher(store, Engine(knowledge(), Rules()), self.clock, lambda _: None)
        groups = OurGroup(desk), OurGroup(ADMINS), OurGroup(None)
        self.courier = Courier(store, dispatcher.dispatch, desk=CHANNEL)
        self.courier.serve(CHANNEL, TelegramMessenger(bot, *groups), Limits(0, 0, 0))
        self.met: list[int] = []
        self.admin_said: list[str] = []

        async def on_admin(command: str) -> str:
            self.admin_said.append(command)
            return "読み直しました"

        async def put_out(actions: Sequence[Action]) -> None:
            await store.put_out(actions, self.clock.now())

        def inbox(receiver: Receiver) -> Receive:
            self.intake = Intake(
                store, receiver.handle, receiver.set_aside, channel="tg", token="a run", speed=speed
            )
            return self.intake.receive

        async def run_all(loops: Mapping[str, Loop]) -> None:
            raise AssertionError(f"nothing runs here by itself: {list(loops)}")

        core = Core(
            dispatcher.dispatch, put_out, self.courier.drain, inbox, guard, withheld, self.clock.now, on_admin,
            self.courier.try_now, store.moved, store.note_moved, lambda: knowledge().revision, run_all,
        )  # fmt: skip
        lookout = Lookout(bot, groups, dispatcher.dispatch, self.courier.try_now)
        receiver = TelegramReceiver(bot, *groups, core, lambda chat, _: self.met.append(chat), lookout)
        self.door = Door(Admission(guard, withheld, self.clock.now), inbox(receiver))
        self.poller = Poller(bot, self.wire, self.door)
        self.numbers = itertools.count(1)

    async def comes(self, update: dict[str, Any]) -> None:
        """Handle one update from receiving to sending."""
        self.wire.updates.append(update)
        await self.poller.poll(0)
        await self.intake.work_off()
        await self.courier.drain()

    async def says(self, text: str, **more: Any) -> str:
        await self.comes(private(next(self.numbers), text, **more))
        return self.wire.said_to(RESIDENT)[-1]

    async def presses(self, label: str, chat: int = RESIDENT, user: dict[str, Any] | None = None) -> None:
        code = self.wire.last_buttons(chat)[label]
        await self.comes(
            press(next(self.numbers), code, chat, user or (a_user() if chat > 0 else a_user(8, "花子")))
        )

    async def staff_say(self, text: str, **more: Any) -> None:
        await self.comes(in_group(next(self.numbers), text, **more))


@pytest.fixture
def rig(store: SqliteStore) -> Rig:
    return Rig(store)


async def test_a_question_is_answered_with_window_and_source(rig: Rig) -> None:
    answer = await rig.says("白鳥ボート 登録")
    assert "池の窓口" in answer
    assert "出典: 池のしおり" in answer


async def test_handoff_claim_reply_done_and_not_yet(rig: Rig) -> None:
    await rig.says("白鳥ボート いくら")
    await rig.presses("解決しない")
    await rig.presses("職員に聞く")
    assert "受付番号 1" in rig.wire.said_to(RESIDENT)[-1]
    assert "白鳥ボート いくら" in rig.wire.said_to(DESK)[-1]

    await rig.presses("担当する", DESK)
    assert "ここからは人が答えます" in rig.wire.said_to(RESIDENT)[-1]
    edits = [given["text"] for name, given in rig.wire.calls if name == "editMessageText"]
    assert "担当中 · 花子" in edits[-1]

    card = rig.wire.last_message_id(DESK, "未担当")
    await rig.staff_say("300円です", reply_to=card)
    assert "300円です" in rig.wire.said_to(RESIDENT)[-1]

    await rig.presses("対応完了", DESK)
    await rig.presses("まだ")
    assert "もう一度開きました" in rig.wire.said_to(RESIDENT)[-1]
    assert any("別の職員" in text for text in rig.wire.said_to(DESK))


async def test_talk_among_colleagues_never_reaches_a_resident(rig: Rig) -> None:
    await rig.says("白鳥ボート いくら")
    await rig.presses("職員に聞く")
    before = len(rig.wire.said_to(RESIDENT))
    card = rig.wire.last_message_id(DESK, "未担当")
    for line in (
        "この人どう思う？",
        "// 返信に見えるメモ",
        "/note 1 内緒",
        "/unknown 1",
        "/reply",
        "/reply x",
    ):
        await rig.staff_say(line)
    await rig.staff_say("// これもメモ", reply_to=card)
    assert len(rig.wire.said_to(RESIDENT)) == before


async def test_a_my_number_is_masked_before_anything_is_stored_and_the_question_is_answered(
    rig: Rig, tmp_path: Path
) -> None:
    answer = await rig.says(f"{MY_NUMBER} で白鳥ボート 登録できる")
    assert "伏せました" in answer
    assert "池の窓口" in answer
    assert "マイナンバーではありません" in rig.wire.last_buttons(RESIDENT)
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.suffix != ".lock")
    for form in (MY_NUMBER, MY_NUMBER.replace(" ", "")):
        assert form.encode() not in stored


async def test_one_tap_lets_a_number_through_that_is_none(rig: Rig, tmp_path: Path) -> None:
    await rig.says(f"{MY_NUMBER} 白鳥ボート 登録")
    await rig.presses("マイナンバーではありません")
    assert "池の窓口" in rig.wire.said_to(RESIDENT)[-1]
    kept = sqlite3.connect(tmp_path / "test.db").execute("select question from conversation").fetchone()[0]
    assert MY_NUMBER in kept


async def test_an_update_is_confirmed_only_after_it_is_stored(rig: Rig, store: SqliteStore) -> None:
    rig.wire.updates.append(private(41, "白鳥ボート 登録"))
    await rig.poller.poll(0)
    assert [lease.update.number for lease in await store.pending(10)] == [41]
    await rig.poller.poll(0)
    offsets = [given["offset"] for name, given in rig.wire.calls if name == "getUpdates"]
    assert offsets == ["0", "42"]


async def test_an_update_that_cannot_be_parsed_stops_nobody(rig: Rig) -> None:
    rig.wire.updates.append({"update_id": 1, "message": {"broken": True}})
    rig.wire.updates.append(private(2, "白鳥ボート 登録"))
    await rig.poller.poll(0)
    await rig.intake.work_off()
    await rig.courier.drain()
    assert "池の窓口" in rig.wire.said_to(RESIDENT)[-1]


async def test_an_edit_is_not_taken_for_a_new_question(rig: Rig) -> None:
    update = private(1, "白鳥ボート 登録")
    await rig.comes({"update_id": 1, "edited_message": update["message"]})
    assert "もう一度送ってください" in rig.wire.said_to(RESIDENT)[-1]


async def test_a_photo_is_refused_in_words_and_its_caption_is_answered(rig: Rig) -> None:
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    update = private(1, "")
    del update["message"]["text"]
    update["message"] |= {"photo": photo, "caption": "白鳥ボート 登録"}
    await rig.comes(update)
    assert "写真" in rig.wire.said_to(RESIDENT)[-1]
    assert "池の窓口" in rig.wire.said_to(RESIDENT)[-1]


async def test_every_press_is_answered_also_an_old_one(rig: Rig) -> None:
    await rig.comes(press(1, "zz:old"))
    assert "古くなっています" in rig.wire.said_to(RESIDENT)[-1]
    assert [name for name, _ in rig.wire.calls].count("answerCallbackQuery") == 1


async def test_a_desk_button_pressed_by_a_resident_does_nothing_to_the_ticket(
    rig: Rig, store: SqliteStore
) -> None:
    await rig.says("白鳥ボート いくら")
    await rig.presses("職員に聞く")
    await rig.comes(press(50, "c:1"))
    assert (await store.tickets())[0].holder is None


async def test_without_a_desk_chat_the_bot_says_what_to_write_and_loses_nothing(store: SqliteStore) -> None:
    rig = Rig(store, desk=None)
    await rig.says("白鳥ボート いくら")
    await rig.presses("職員に聞く")
    await rig.staff_say("こんにちは", chat=-5005)
    await rig.staff_say("また来ました", chat=-5005)
    assert rig.met == [-5005]
    assert len(rig.wire.said_to(-5005)) == 1
    assert "desk_chat" in rig.wire.said_to(-5005)[0]
    rig.clock.advance(minutes=2)
    waiting = await store.outbox_after(0, 10)
    assert any("未担当" in row.action.text for row in waiting)


async def test_an_admin_can_reload_and_only_there(rig: Rig) -> None:
    await rig.staff_say("/reload", chat=ADMINS)
    assert rig.admin_said == ["reload"]
    assert rig.wire.said_to(ADMINS) == ["読み直しました"]
    await rig.says("/reload")
    assert rig.admin_said == ["reload"]


async def test_english_and_korean_residents_are_answered_in_a_language_they_read(rig: Rig) -> None:
    assert "Register swan boats" in await rig.says("where do I sign up my swan", user=a_user(language="en"))
    assert rig.wire.last_buttons(RESIDENT).keys() >= {"Solved", "Ask a person"}
