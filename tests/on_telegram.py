"""Acts for one resident, and for staff on their ticket, on the real bot in the simulated Telegram."""

from __future__ import annotations

import re
from typing import Any

from tests.drill.rig import Rig
from tests.tgsim.driver import until
from tests.ticket_states import Step

_PATIENCE_SECONDS = 60
_NUMBER = re.compile(r"受付番号 (\d+) で職員に引き継ぎました")


class OnTelegram:
    """Each act waits until its effect is visible to the resident or on the ticket's card."""

    def __init__(self, it: Rig, number: int) -> None:
        self.it = it
        self.who = it.resident(number)

    @property
    def tickets(self) -> list[int]:
        """The resident's tickets as they were told to them, oldest first."""
        return [int(found[1]) for text in self.who.texts if (found := _NUMBER.match(text))]

    async def act(self, step: Step) -> None:
        own = [0, 0, *self.tickets]
        what = step.what.replace("{n-1}", str(own[-2])).replace("{n}", str(own[-1]))
        if step.who == "resident":
            if step.does == "presses":  # the message with the button may not have arrived yet
                await until(self.it.sim, lambda: self._has_button(what), _PATIENCE_SECONDS)
            before = len(self.who.received)
            self.who.write(what) if step.does == "writes" else self.who.press(what)
            await until(self.it.sim, lambda: len(self.who.received) > before, _PATIENCE_SECONDS)
        else:
            await self._staff(step.does, what, own[-1])

    def _has_button(self, label: str) -> bool:
        shown = [m.get("reply_markup", {}).get("inline_keyboard", []) for m in self.who.received]
        return any(button["text"] == label for rows in shown for row in rows for button in row)

    async def _staff(self, does: str, what: str, ticket: int) -> None:
        await until(self.it.sim, lambda: self._cards(ticket), _PATIENCE_SECONDS)
        if does == "presses":
            await until(self.it.sim, lambda: self._with_button(what, ticket), _PATIENCE_SECONDS)
            before = self._heads(ticket)
            self.it.staff.press(what, self.it.desk, self._with_button(what, ticket)[-1])
        else:
            before = self._heads(ticket)
            self.it.staff.write(what, self.it.desk)
        await until(self.it.sim, lambda: self._heads(ticket) != before, _PATIENCE_SECONDS)

    def _heads(self, ticket: int) -> tuple[int, list[str]]:
        """What changes when something happens to a ticket: the number of lines at the desk, and its cards."""
        said = len(self.it.sim.world.said_by_bot[self.it.desk.id])
        return said, [str(card["text"]) for card in self._cards(ticket)]

    def _cards(self, ticket: int) -> list[dict[str, Any]]:
        shown = self.it.desk.messages.values()
        return [m for m in shown if str(m.get("text", "")).startswith(f"受付番号 {ticket} · ")]

    def _with_button(self, label: str, ticket: int) -> list[dict[str, Any]]:
        return [
            card
            for card in self._cards(ticket)
            for row in card.get("reply_markup", {}).get("inline_keyboard", [])
            if any(button["text"] == label for button in row)
        ]
