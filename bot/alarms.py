"""Alarms for operators and admins that do not need the record: a log line, and a message sent directly by the channel."""

from __future__ import annotations

import asyncio
import contextlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from bot.ports import StoreUnavailableError, Trouble
from handlers.wording import operating

_QUIET_SECONDS: Final = 1800.0
"""Least time between two reports of the same loop's fault."""
_STEADY_SECONDS: Final = 30.0
"""How long writing must succeed again before the trouble is reported as over."""
_AT_MOST_WAITING: Final = 20
_LONGEST_WAIT_SECONDS: Final = 60.0
_LAST_WORDS_SECONDS: Final = 3.0
"""How long a shutdown may take to report that a trouble is over."""

_log = structlog.get_logger()

SayStraight = Callable[[str], Awaitable[bool]]
"""Sends a text to the admins without the record; returns whether it arrived."""


class Alarms:
    """Reports each kind of trouble once while it lasts, and once when it has been over for a while."""

    def __init__(self, say: SayStraight | None = None, *, speed: float = 1.0) -> None:
        """Without ``say`` alarms only go to the log. ``speed`` multiplies the clock, for drills."""
        self._say = say
        self._speed = speed
        self._said_at: dict[str, float] = {}
        self._lasting: set[str] = set()
        self._ending: asyncio.TimerHandle | None = None
        self._waiting: OrderedDict[str, str] = OrderedDict()
        self._woken = asyncio.Event()

    def trouble(self, trouble: Trouble | None) -> None:
        """Note why the record cannot be written, or (``None``) that it can again."""
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None
        if trouble is None:
            _log.info("database.well_again")
            if self._lasting:
                self._ending = asyncio.get_running_loop().call_later(
                    _STEADY_SECONDS / self._speed, self._over
                )
            return
        kind = trouble.value
        _log.error("database.trouble", trouble=kind, remedy=operating.REMEDIES[kind])
        if kind not in self._lasting:
            self._lasting.add(kind)
            self.say(kind, operating.TROUBLES[kind])

    def _over(self) -> None:
        self._ending = None
        unsaid = [kind for kind in self._lasting if self._waiting.pop(kind, None) is not None]
        if len(unsaid) < len(self._lasting):  # the end is reported only where some beginning was
            self.say("over", operating.WELL_AGAIN)
        self._lasting.clear()

    async def end(self) -> None:
        """At shutdown: report now what is over, because nothing would report it later. Never raises; takes seconds
        at most.
        """
        if self._ending is not None:
            self._ending.cancel()
            self._over()
        text = self._waiting.pop("over", "")
        if text and self._say is not None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._say(text), _LAST_WORDS_SECONDS)

    def loop_failed(self, name: str, error: Exception) -> None:
        """Report a loop that failed and goes on. Failures caused by the record are reported by :meth:`trouble`."""
        if isinstance(error, StoreUnavailableError):
            return
        fault = type(error).__name__
        kind, now = f"loop:{name}:{fault}", asyncio.get_running_loop().time()
        before = self._said_at.get(kind)
        if before is None or now - before >= _QUIET_SECONDS / self._speed:
            self._said_at[kind] = now
            self.say(kind, operating.LOOP_FAILED.format(loop=name, error=fault))

    async def run(self) -> None:
        """Send waiting alarms until cancelled; one that does not arrive is sent again."""
        failures = 0
        while True:
            if not self._waiting:
                self._woken.clear()
                await self._woken.wait()
                continue
            kind, text = next(iter(self._waiting.items()))
            arrived = self._say is None or await self._say(text)
            if arrived:
                failures = 0
                if self._waiting.get(kind) == text:
                    del self._waiting[kind]
                continue
            failures += 1
            await asyncio.sleep(min(_LONGEST_WAIT_SECONDS, 2.0 ** min(failures, 6)) / self._speed)

    def say(self, kind: str, text: str) -> None:
        """Queue a text; it replaces a waiting one of the same kind."""
        if kind in self._waiting or len(self._waiting) < _AT_MOST_WAITING:
            self._waiting[kind] = text
            self._woken.set()
