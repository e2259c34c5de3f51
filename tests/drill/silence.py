"""P17: every kind of message of residents and staff, in every state of a ticket, gets a visible sign."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from handlers.model.buttons import encode
from tests.drill import sendings
from tests.drill.report import Line
from tests.drill.rig import Rig, rig
from tests.drill.staff_kinds import KINDS, AtDesk
from tests.on_telegram import OnTelegram
from tests.tgsim.driver import until
from tests.ticket_states import EDITS, MESSAGES, STATES, presses

_SETTINGS: Final[dict[str, Any]] = {
    "telegram": {"limits": {"overall_per_second": 0, "chat_per_second": 0, "group_per_minute": 0}},
    "rules": {"messages_per_minute": 0},
    "roles": {"staff": {8: "花子", 9: "太郎"}, "leads": {10: "課長"}},
}
_WITHOUT_TICKET: Final = frozenset({"none", "answered", "asked for words"})
_AT_ONCE: Final = 8
_STATES_AT_ONCE: Final = 2
"""Each has its own bot; most of the time is spent waiting."""
_GRACE_SECONDS: Final = 10.0
"""Wait after everything stored was handled and sent, because ticks and toasts are not in the outbox. Only silence
uses all of it.
"""
_PATIENCE_SECONDS: Final = 120.0
_ROUNDS: Final = 4
_STAFF: Final = 10_000
"""Numbers of residents at whose tickets staff act start here."""


@dataclass
class _Count:
    """What happened, and which acts had no sign or two."""

    events: Counter[str] = field(default_factory=Counter)
    silent: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    anew: int = 0
    """Acts repeated because the bot had to resend something while they were judged."""


async def silence(states: Sequence[str] = tuple(STATES), every: int = 1) -> Line:
    """``every``: test only every n-th kind, a different one in each state."""
    count, places = _Count(), asyncio.Semaphore(_STATES_AT_ONCE)

    async def one(number: int, state: str) -> str:
        async with places, rig(settings=_SETTINGS, started=False) as it:
            it.sim.limits.enforced = False
            await it.bot.start()
            await _residents(it, state, list(_acts())[number % every :: every], count)
            if state not in _WITHOUT_TICKET:
                await _staff(it, state, list(KINDS)[number % every :: every], count)
            count.faults += sendings.failed(it)
            return it.violations()

    broken = "; ".join(
        filter(None, await asyncio.gather(*(one(number, state) for number, state in enumerate(states))))
    )
    wrong = [
        *(f"silent: {s}" for s in count.silent),
        *(f"doubled: {d}" for d in count.doubled),
        *count.faults,
    ]
    came = (
        f"residents' events {count.events['resident']}, staff's {count.events['staff']}, without a sign "
        f"{len(count.silent)}, doubled answers {len(count.doubled)}; done anew after a sending without an answer {count.anew}"
    )
    done = f"every kind of message, edit and press in {len(states)} states of a ticket"
    return Line("P17", done, "; ".join([came, *wrong[:12]]) + broken, not wrong and not broken)


# -- residents --------------------------------------------------------------------------------------------------------


_Act = Callable[[OnTelegram], None]


def _acts() -> Iterable[tuple[str, _Act]]:
    for name, content in MESSAGES.items():
        yield name, partial(_sends, content)
    for name, content in EDITS.items():
        yield name, partial(_edits, content)
    for name in presses(0):
        yield f"the button: {name}", partial(_presses, name)


def _sends(content: dict[str, Any], hands: OnTelegram) -> None:
    hands.who.send(content)


def _edits(content: dict[str, Any], hands: OnTelegram) -> None:
    who, world = hands.who, hands.it.sim.world
    own = [m for m in who.chat.messages.values() if m["from"]["id"] == who.user.id]
    before = own[-1] if own else world.message_from(who.user, who.chat, {"text": "前の文"})
    kept = {k: v for k, v in before.items() if k not in ("text", "caption")}
    edited = kept | content | {"edit_date": int(hands.it.sim.clock.now())}
    world.enqueue({"edited_message": edited}, who.chat.id)


def _presses(name: str, hands: OnTelegram) -> None:
    press = presses([0, *hands.tickets][-1])[name]
    who, world = hands.who, hands.it.sim.world
    shown = (
        who.received[-1] if who.received else world.message_from(world.bot, who.chat, {"text": "前の案内"})
    )
    who.press_data(press if isinstance(press, str) else encode(press), shown)


async def _residents(it: Rig, state: str, acts: Sequence[tuple[str, _Act]], count: _Count) -> None:
    """Everybody reaches the state, acts once, and is judged when all effects are visible.

    Where the bot resent something meanwhile, an act that seems answered twice is repeated by somebody else.
    """
    count.events["resident"] += len(acts)
    for turn in range(1, _ROUNDS + 1):
        people = await _all_in(it, state, 1000 * turn, len(acts), count)
        before, repeated = [len(hands.who.received) for hands in people], sendings.repeated(it)
        for hands, (_, act) in zip(people, acts, strict=True):
            act(hands)
        await _idle(it)
        doubled: dict[str, tuple[str, _Act]] = {}
        for hands, (name, act), heard in zip(people, acts, before, strict=True):
            said = sendings.answers([text for text in hands.who.texts[heard:] if text.strip()])
            count.silent += [] if said else [f"{name} ({state})"]
            if len(said) > 1:
                doubled[f"{name} ({state}): {' | '.join(text[:30] for text in said)}"] = (name, act)
        if turn == _ROUNDS or sendings.repeated(it) == repeated:
            count.doubled += doubled
            return
        acts = list(doubled.values())
        count.anew += len(acts)


async def _all_in(it: Rig, state: str, first: int, people: int, count: _Count) -> list[OnTelegram]:
    places = asyncio.Semaphore(_AT_ONCE)

    async def comes(number: int) -> OnTelegram:
        hands = OnTelegram(it, number)
        async with places:
            try:
                for step in STATES[state]:
                    await hands.act(step)
            except (AssertionError, TimeoutError, LookupError) as error:
                count.faults.append(f"on the way to {state}: {type(error).__name__} {str(error)[:100]}")
        return hands

    found = await asyncio.gather(*(comes(first + number) for number in range(people)))
    await _idle(it)
    return list(found)


# -- staff ------------------------------------------------------------------------------------------------------------


async def _staff(
    it: Rig,
    state: str,
    kinds: Sequence[tuple[str, Callable[[AtDesk], Awaitable[None] | None]]],
    count: _Count,
) -> None:
    """One ticket per act, one after another, so that each sign has one cause."""
    people = await _all_in(it, state, _STAFF, len(kinds), count)
    spare = _STAFF + len(kinds)
    for hands, (name, act) in zip(people, kinds, strict=True):
        if not hands.tickets:
            continue
        count.events["staff"] += 1
        repeated = sendings.repeated(it)
        signs = await _acted(it, hands, act)
        while _twice(signs) and sendings.repeated(it) > repeated and spare < _STAFF + len(kinds) + _ROUNDS:
            [another] = await _all_in(it, state, spare, 1, count)
            spare, repeated, count.anew = spare + 1, sendings.repeated(it), count.anew + 1
            signs = await _acted(it, another, act)
        count.silent += [] if signs else [f"staff, {name} ({state})"]
        count.doubled += [f"staff, {name} ({state}): {text[:30]}" for text in _twice(signs)[:1]]


def _twice(signs: Sequence[str]) -> list[str]:
    return [text for text, times in Counter(text for text in signs if text).items() if times > 1]


async def _acted(it: Rig, hands: OnTelegram, act: Callable[[AtDesk], Awaitable[None] | None]) -> list[str]:
    """Do it at the resident's ticket; returns the visible effects."""
    at = AtDesk(it, hands.tickets[-1], lambda: _idle(it))
    prepared = act(at)
    if prepared is not None:
        await prepared
    await _idle(it)
    with contextlib.suppress(TimeoutError):
        await until(at.it.sim, at.signs, _GRACE_SECONDS)
    return at.signs()


async def _idle(it: Rig) -> None:
    """Wait until every update was fetched and handled, and its messages are sent."""
    quiet = 0
    with contextlib.closing(sqlite3.connect(f"{it.bot.database.as_uri()}?mode=ro", uri=True)) as connection:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while quiet < 3:
                waits = it.sim.world.updates or connection.execute(_WAITING).fetchone()[0]
                quiet = 0 if waits else quiet + 1
                await asyncio.sleep(0.01)


_WAITING: Final = "select exists(select 1 from inbox where state = 'new') or exists(select 1 from outbox where state = 'pending')"
