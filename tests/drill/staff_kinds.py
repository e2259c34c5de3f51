"""Every kind of message, press, edit and reply of people in the desk's group, each on its own ticket."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Final

from handlers.model.buttons import (
    Claim,
    FaqIsWrong,
    FixDraft,
    Press,
    QuoteEntry,
    Release,
    Resolve,
    SendAsException,
    SendDraft,
    SendGreeting,
    Settle,
    ShowGreetings,
    ShowHistory,
    StartReply,
    TakeOver,
    encode,
)
from tests.drill.rig import Rig
from tests.tgsim.driver import Person, answering, as_channel, as_group, person
from tests.ticket_states import MESSAGES


class AtDesk:
    """One act at one ticket, and the signs since then that it was noticed."""

    def __init__(self, it: Rig, ticket: int, idle: Callable[[], Awaitable[None]]) -> None:
        self.it, self.ticket, self._idle = it, ticket, idle
        self.card = self._found(f"受付番号 {ticket} ")
        self.thread: int | None = self.card.get("message_thread_id")
        self.message = 0
        self.press = ""
        self._seen()

    def _found(self, head: str) -> dict[str, Any]:
        shown = [m for m in self.it.desk.messages.values() if m["from"]["id"] == self.it.sim.world.bot.id]
        return next(m for m in shown if str(m.get("text", "")).startswith(head))

    def _seen(self) -> None:
        world = self.it.sim.world
        self._said, self._reactions = len(world.said_by_bot[self.it.desk.id]), len(world.reactions)
        self._text = str(self.card)

    def signs(self) -> list[str]:
        """A line in the ticket's topic or beside it, a tick at the message, a toast, a change of the card."""
        world = self.it.sim.world
        lines = [
            str(m.get("text", ""))
            for m in world.said_by_bot[self.it.desk.id][self._said :]
            if m.get("message_thread_id") in (None, self.thread)
        ]
        ticks = ["" for r in world.reactions[self._reactions :] if r["message_id"] == self.message]
        popups = ["" for one, text in world.answered_presses if one == self.press and text]
        return [*lines, *ticks, *popups, *([""] if str(self.card) != self._text else [])]

    def send(self, content: dict[str, Any], by: Person | None = None, **more: Any) -> None:
        """A message of staff in General, or in ``thread``."""
        who = by or self.it.staff
        who.send(content, self.it.desk, **more)
        self.message = max(self.it.desk.messages)

    def write(self, text: str, by: Person | None = None, **more: Any) -> None:
        self.send({"text": text.replace("{n}", str(self.ticket))}, by, **more)

    async def settled(self) -> None:
        """Wait until earlier acts have had their effects, which then no longer count."""
        await self._idle()
        self._seen()

    async def edits(self, text: str, by: Person | None = None) -> None:
        """Edit the message sent last; only effects of the edit count."""
        await self.settled()
        (by or self.it.staff).edit(self.message, text.replace("{n}", str(self.ticket)), self.it.desk)

    def presses(self, press: Press | str, by: Person | None = None) -> None:
        data = press if isinstance(press, str) else encode(press)
        (by or self.it.staff).press_data(data, self.card, self.it.desk)
        self.press = str(self.it.sim.world.updates[-1].body["callback_query"]["id"])

    @property
    def guest(self) -> Person:
        """Somebody in the group who is not staff."""
        return person(self.it.sim, 77, "客")

    @property
    def lead(self) -> Person:
        return person(self.it.sim, 10, "課長")


Act = Callable[[AtDesk], Awaitable[None] | None]

_ABOUT_ONE: Final = (
    "/claim", "/takeover", "/release", "/done", "/r はい", "/reply 9時です", "/note 覚え", "/quote swan-fee", "/quote gone",
    "/hi お待たせ", "/exception 本人の希望", "/tag 急ぎ", "/snooze 30分", "/snooze いつか", "/transfer 太郎", "/transfer だれか",
    "/transfer 町", "/ticket", "/history", "/merge 999", "/block 1時間", "/unblock", "/r 090-1111-2222 へ",
)  # fmt: skip
_OTHERS: Final = (
    "/queue", "/mine", "/audit", "/help", "/start", "/find 白鳥", "/find", "/pause", "/resume", "/notice 休み", "/dance",
    "/claim だれ", "／r {n} 全角", "/r{n} はい", "/Queue@sim_bot", "/r 999999 だれか", "/ticket\n{n}", "/r", "/", "/返信 {n} はい",
)  # fmt: skip
_SENT: Final = (
    "photo", "photo with words", "part of an album", "file", "voice", "audio", "video", "video note", "animation", "sticker",
    "contact", "location", "venue", "dice", "story",
)  # fmt: skip
_POLL: Final = {
    "poll": MESSAGES["poll"]["poll"] | {"options": [{"text": "今日", "voter_count": 0, "persistent_id": "1"}]}
}


def _wrote(line: str) -> Act:
    return lambda at: at.write(line)


def _in_topic(line: str) -> Act:
    return lambda at: at.write(line, thread=at.thread)


def _on_card(line: str, quote: str = "") -> Act:
    return lambda at: at.write(line, **answering(at.card, quote))


def _sent_on_card(content: dict[str, Any]) -> Act:
    return lambda at: at.send(content, **answering(at.card))


def _by_lead(line: str) -> Act:
    return lambda at: at.write(line, at.lead)


def _by_guest(line: str) -> Act:
    return lambda at: at.write(line, at.guest)


def _unnamed(line: str, as_whom: Callable[[AtDesk], dict[str, Any]], *, on_card: bool = False) -> Act:
    return lambda at: at.write(line, **(answering(at.card) if on_card else {}), **as_whom(at))


def _edited(first: str, then: str, *, on_card: bool = False, is_guest: bool = False) -> Act:
    return lambda at: _edit(at, first, then, at.guest if is_guest else None,
                            **(answering(at.card) if on_card else {}))  # fmt: skip


def _edited_in_topic(first: str, then: str) -> Act:
    return lambda at: _edit(at, first, then, thread=at.thread)


def _with_note() -> dict[str, Any]:
    return MESSAGES["photo"] | {"caption": "// この写真のとおり"}


def _pressed(press: Callable[[int], Press | str]) -> Act:
    return lambda at: at.presses(press(at.ticket))


def _draft(press: Callable[[int, int], Press]) -> Act:
    return lambda at: at.presses(press(at.ticket, 9999))


def _kinds() -> Iterator[tuple[str, Act]]:
    yield from _lines()
    yield from _replies_and_edits()
    yield from _buttons()
    yield from _people()


def _lines() -> Iterator[tuple[str, Act]]:
    for line in _ABOUT_ONE:
        verb, _, rest = line.partition(" ")
        yield f"{line}, numbered", _wrote(f"{verb} {{n}} {rest}".strip())
        yield f"{line}, in its topic", _in_topic(line)
        yield f"{line}, as a reply to its card", _on_card(line)
        yield f"{line}, in General without a number", _wrote(line)
    for line in _OTHERS:
        yield repr(line), _wrote(line)
        yield f"{line!r}, in a topic", _in_topic(line)
    for line in ("// 覚え", "／／ 覚え", "//"):
        yield f"{line}, in General", _wrote(line)
        yield f"{line}, in its topic", _in_topic(line)
        yield f"{line}, as a reply to its card", _on_card(line)
    yield "// under a photo in its topic", lambda at: at.send(_with_note(), thread=at.thread)
    for line in ("/audit", "/block {n} 1時間", "/unblock {n}"):
        yield f"{line} by a lead", _by_lead(line)


def _replies_and_edits() -> Iterator[tuple[str, Act]]:
    yield "a reply to the card", _on_card("お待たせしました")
    yield "a reply with a quote", _on_card("これですね", "白鳥")
    yield "a reply that is held", _on_card("090-1111-2222 へ")
    yield "a reply to another line of ours", lambda at: _to_a_list(at, {"text": "これを送って"})
    yield "a photo as a reply to another line of ours", lambda at: _to_a_list(at, MESSAGES["photo"])
    for name in _SENT:
        yield f"{name} as a reply", _sent_on_card(MESSAGES[name])
    yield "poll as a reply", _sent_on_card(_POLL)
    yield (
        "a photo under a command",
        lambda at: at.send(MESSAGES["photo"] | {"caption": f"/r {at.ticket} これ"}),
    )
    for first, then in (("/r {n} 9時", "/r {n} 10時"), ("/note {n} 甲", "/note {n} 乙"), ("/queue", "/mine"),
                        ("/quote {n} swan-fee", "/quote {n} swan-register"), ("/dance", "/queue"),
                        ("/r {n} 9時", "/r 999 9時"), ("/r 999 9時", "9時です"), ("/r {n} 9時", "// 9時ではない"),
                        ("/r {n} 9時", "/note {n} 9時ではない"), ("/note {n} 甲", "/r {n} 甲です"), ("/queue", "見てください"),
                        ("/r {n}", "9時からです"), ("/r {n} 9時", "10時からです"), ("相談", "// 相談しました")):  # fmt: skip
        yield f"an edit of {first} to {then}", _edited(first, then)
    for first, then in (
        ("// 甲", "// 乙"),
        ("// 甲", "乙です"),
        ("/note 甲", "乙です"),
        ("// 甲", "/r 乙です"),
        ("/dance", "了解"),
    ):
        yield f"an edit of {first} to {then} in its topic", _edited_in_topic(first, then)
    yield "an edit of a reply to a note", _edited("9時です", "// 9時ではない", on_card=True)
    yield "an edit of a held reply to a note", _edited("090-1111-2222 へ", "// やめた", on_card=True)
    yield "an edit of a reply", _edited("9時です", "10時です", on_card=True)
    yield "an edit of a held reply", _edited("090-1111-2222 へ", "窓口へ", on_card=True)
    yield "an edit of a caption", _edit_of_caption


def _buttons() -> Iterator[tuple[str, Act]]:
    for press in (Claim, TakeOver, Release, StartReply, Resolve, ShowHistory, ShowGreetings):
        yield f"button {press.__name__}", _pressed(press)
    for draft in (FixDraft, SendAsException, FaqIsWrong, SendDraft):
        yield f"button {draft.__name__} of no draft", _draft(draft)
    yield "button QuoteEntry", _pressed(lambda ticket: QuoteEntry(ticket, "swan-fee"))
    yield "button QuoteEntry, gone", _pressed(lambda ticket: QuoteEntry(ticket, "gone"))
    yield "button SendGreeting", _pressed(lambda ticket: SendGreeting(ticket, "お待たせ"))
    yield "button of nobody's ticket", _pressed(lambda _: Claim(999_999))
    yield "a resident's button", _pressed(lambda ticket: Settle(ticket, 1))
    yield "a button of another build", _pressed(lambda _: "zz:9")


def _group(at: AtDesk) -> dict[str, Any]:
    return as_group(at.it.desk)


def _channel(at: AtDesk) -> dict[str, Any]:
    del at
    return as_channel(-1009)


def _people() -> Iterator[tuple[str, Act]]:
    """People who write without a name, and people who are not staff."""
    for name, whom in (("as the group", _group), ("as a channel", _channel)):
        yield f"a reply {name}", _unnamed("はい", whom, on_card=True)
        for line in ("/r {n} はい", "/note {n} 覚え", "/queue", "/dance"):
            yield f"{line} {name}", _unnamed(line, whom)
    yield "a guest's reply", lambda at: at.write("こっそり", at.guest, **answering(at.card))
    yield "a guest's photo", lambda at: at.send(MESSAGES["photo"], at.guest, **answering(at.card))
    for line in ("/r {n} はい", "/queue", "/claim {n}", "/dance"):
        yield f"a guest's {line}", _by_guest(line)
    yield "a guest's press", lambda at: at.presses(Resolve(at.ticket), at.guest)
    yield "a guest's edit", _edited("/r {n} 9時", "/r {n} 10時", is_guest=True)


async def _to_a_list(at: AtDesk, content: dict[str, Any]) -> None:
    at.write("/help")
    await at.settled()
    shown = at.it.sim.world.said_by_bot[at.it.desk.id][-1]
    at.send(content, **answering(shown))


async def _edit(at: AtDesk, first: str, then: str, by: Person | None = None, **more: Any) -> None:
    at.write(first, by, **more)
    await at.edits(then, by)


async def _edit_of_caption(at: AtDesk) -> None:
    at.send(MESSAGES["photo with words"], **answering(at.card))
    await at.edits("別の説明")


KINDS: Final[tuple[tuple[str, Act], ...]] = tuple(_kinds())
"""Without talk among colleagues, and edits from talk to talk, which need no sign. A line after // is a note, not talk."""
