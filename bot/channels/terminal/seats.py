"""Resident and staff seats in one terminal, for trying, training and tests."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from rich.console import Console
from rich.text import Text

from bot.inbox.withheld import Withheld
from bot.places import Place
from bot.ports import Delivery, DeliveryResult, Dispatch, OutboxRow
from faq.answer import part_names
from faq.language import Language
from handlers.desk import commands as desk_commands
from handlers.model.actions import Action, Buttons, PostCard, Say, ToAdmins, ToResident, ToTicket
from handlers.model.buttons import Button, DeskPress, NotMyNumber
from handlers.model.events import Asked, DeskPressed, Event, Pressed, Started
from handlers.privacy.personal_data import Guard
from handlers.resident import commands

CHANNEL: Final = "tty"
DESK_CHAT: Final = f"{CHANNEL}:desk"
_UNFOLD: Final = "+"
_HELP: Final = (
    "書いた文が、いまの席の人の発言になります。番号を書くと、そのボタンを押します。+ を書くと、回答の続きが出ます。\n"
    "/as resident 住民の席 (/as resident 2 で別の人)   /as staff 職員の席 (/as staff 花子)\n"
    "/quit 終わる   住民: /start /menu /person /status /history /language /privacy /mydata /forget /stop   職員: /queue /help"
)


@dataclass
class Seat:
    """One person at this terminal, and the buttons shown to them."""

    name: str
    is_staff: bool
    buttons: list[Button] = field(default_factory=list)

    @property
    def title(self) -> str:
        return f"職員 {self.name}" if self.is_staff else f"住民 {self.name}"


class TerminalMessenger:
    """Prints what would be sent, with its buttons numbered."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._numbers = itertools.count(1)
        self.buttons: dict[str, list[Button]] = {}
        """The buttons of the last message that had any, by recipient."""
        self.folded: dict[str, str] = {}
        """What of the last message is not shown yet, by recipient."""

    async def perform(self, row: OutboxRow) -> Delivery:
        """Print the action; always succeeds."""
        receiver, title = _receiver(row.action)
        fold = row.action.fold if isinstance(row.action, Say) else 0
        self.folded[receiver] = row.action.text[fold:].strip() if fold else ""
        self.show(title, row.action.text, row.action.buttons, fold)
        if row.action.buttons:
            self.buttons[receiver] = [button for line in row.action.buttons for button in line]
        return Delivery(DeliveryResult.SENT, Place(DESK_CHAT, str(next(self._numbers))))

    def slot(self, row: OutboxRow) -> None:
        """A terminal has no rate limits."""
        del row

    def show(self, title: str, text: str, buttons: Buttons = (), fold: int = 0) -> None:
        """Print a heading, the text as written up to its fold, and the numbered buttons."""
        self._console.print(Text(f"── {title}", style="bold cyan"))
        self._console.print(Text(text[: fold or None]))
        if fold:
            self._console.print(Text(f"[{_UNFOLD}] {' '.join(part_names(text[fold:]))}", style="green"))
        number = itertools.count(1)
        for line in buttons:
            choices = "   ".join(f"[{next(number)}] {button.label}" for button in line)
            self._console.print(Text(choices, style="green"))
        self._console.print()


class Terminal:
    """Reads lines, turns them into events, and prints each one's results before reading the next."""

    def __init__(
        self,
        messenger: TerminalMessenger,
        dispatch: Dispatch,
        drain: Callable[[], Awaitable[None]],
        guard: Guard,
        withheld: Withheld,
        now: Callable[[], datetime],
        next_event_id: Iterable[str],
    ) -> None:
        self._messenger = messenger
        self._dispatch = dispatch
        self._drain = drain
        self._guard = guard
        self._withheld = withheld
        self._now = now
        self._ids = iter(next_event_id)
        self._seats = {"resident 1": Seat("1", False)}
        self.seat = self._seats["resident 1"]

    async def welcome(self) -> None:
        """Print what the first resident sees."""
        await self._handle(Started(id=next(self._ids), resident=self._resident))

    async def line(self, line: str) -> bool:
        """Handle one typed line; ``False`` for the command to leave."""
        text = line.strip("\n")
        words = text.split()
        if words[:1] == ["/quit"]:
            return False
        if words[:1] == ["/as"]:
            self._sit_down(words[1:])
        elif self._is_number(text) and self._pressed(text.strip()) is None:
            self._say("その番号のボタンはありません。")
        elif _narrow(text) == _UNFOLD:
            self._unfold()
        elif words == ["/help"] and not self.seat.is_staff:
            self._say(_HELP)
            await self._handle(self._resident_event(text))
        else:
            event = self._desk_event(text) if self.seat.is_staff else self._resident_event(text)
            if event is not None:
                await self._handle(event)
        return True

    @property
    def _resident(self) -> str:
        return f"{CHANNEL}:{self.seat.name}"

    async def _handle(self, event: Event) -> None:
        toast = await self._dispatch(event)
        if toast:
            self._say(toast)
        await self._drain()

    def _say(self, text: str) -> None:
        self._messenger.show("端末", text)

    def _unfold(self) -> None:
        """Print the rest of the last message."""
        receiver = DESK_CHAT if self.seat.is_staff else self._resident
        rest = self._messenger.folded.get(receiver, "")
        self._say(rest or "いまは、ひらくものがありません。")

    def _sit_down(self, words: list[str]) -> None:
        kind = words[0] if words else ""
        if kind not in ("resident", "staff"):
            self._say("席は /as resident か /as staff で選んでください。")
            return
        name = words[1] if len(words) > 1 else ("1" if kind == "resident" else "花子")
        self.seat = self._seats.setdefault(f"{kind} {name}", Seat(name, kind == "staff"))
        self._say(f"{self.seat.title} の席に着きました。")

    @staticmethod
    def _is_number(text: str) -> bool:
        """One or two digits alone, full-width or not, press a button: no real question consists of two digits."""
        bare = _narrow(text)
        return bare.isascii() and bare.isdigit() and len(bare) <= 2

    def _pressed(self, text: str) -> Button | None:
        if not self._is_number(text):
            return None
        offered = self._messenger.buttons.get(DESK_CHAT if self.seat.is_staff else self._resident, [])
        number = int(_narrow(text))
        return offered[number - 1] if 1 <= number <= len(offered) else None

    def _desk_event(self, text: str) -> Event | None:
        event_id, staff = next(self._ids), f"{CHANNEL}:staff:{self.seat.name}"
        button = self._pressed(text.strip())
        if button is not None and isinstance(button.press, DeskPress):
            return DeskPressed(id=event_id, staff=staff, name=self.seat.name, press=button.press)
        masked = self._guard.inspect(text).text
        event = desk_commands.parse(masked, event_id=event_id, staff=staff, name=self.seat.name)
        if event is None and text.strip():
            self._say("職員どうしの会話として扱いました。住民には届きません。返信は /reply 番号 文 です。")
        return event

    def _resident_event(self, text: str) -> Event:
        event_id, resident = next(self._ids), self._resident
        button = self._pressed(text.strip())
        if button is not None and not isinstance(button.press, DeskPress):
            original = None
            if isinstance(button.press, NotMyNumber):
                original = self._withheld.take(resident, self._now())
            return Pressed(id=event_id, resident=resident, press=button.press, original=original)
        inspected = self._guard.inspect(text, begun=self._withheld.begun(resident, self._now()))
        self._withheld.begin(resident, inspected.begun, self._now())
        if inspected.masked:
            self._withheld.hold(resident, text, self._now())
        who = {"id": event_id, "resident": resident, "language": Language.JA}
        command = commands.parse(inspected.text.strip(), desk_commands.VERBS, inspected.masked, **who)
        return command or Asked(
            id=event_id, resident=resident, text=inspected.text, withheld=inspected.masked
        )


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _receiver(action: Action) -> tuple[str, str]:
    """The recipient: the key of their buttons, and the heading."""
    if isinstance(action, Say):
        match action.to:
            case ToResident(resident):
                return resident, f"→ 住民 {resident.removeprefix(f'{CHANNEL}:')}"
            case ToAdmins():
                return f"{CHANNEL}:admins", "→ FAQ管理者"
            case ToTicket(ticket):
                return DESK_CHAT, f"→ 窓口 (受付番号 {ticket})"
            case _:
                return DESK_CHAT, "→ 窓口"
    shown = "新しい受付票" if isinstance(action, PostCard) else "受付票の更新"
    return DESK_CHAT, f"→ 窓口 {shown}"
