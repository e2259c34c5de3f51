"""The one way in for updates, by polling and webhook alike: whatever comes is kept, masked, or becomes a dead letter."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

import structlog

from bot.channels.telegram.names import lane_of, update_of
from bot.ports import RawUpdate, StoreUnavailableError

UNREADABLE: Final = "unreadable"
"""The key of a stored body that holds the name of a fault in place of an update."""
_NO_LANE: Final = lane_of("unreadable")
_LARGEST_ID: Final = 2**52
"""Numbers of the Bot API have at most 52 significant bits; a larger one would confirm what has not come yet."""
_LONGEST_NUMBER: Final = 400

_log = structlog.get_logger()

Admit = Callable[[dict[str, Any]], RawUpdate]
Receive = Callable[[Sequence[RawUpdate]], Awaitable[None]]


class UnreadableUpdateError(Exception):
    """What was stored is no update, but the note that one could not be read."""


def parsed(text: str | bytes) -> Any:
    """JSON, with numbers of thousands of digits as infinity. Raises ``ValueError`` or ``RecursionError``."""
    return json.loads(
        text, parse_int=lambda digits: int(digits) if len(digits) <= _LONGEST_NUMBER else float("inf")
    )


def id_of(update: Any) -> int | None:
    """The update's own number, if it has one that can be."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if type(number) is int and 0 <= number < _LARGEST_ID else None


def unreadable(number: int | None, fault: str, content: bytes) -> RawUpdate:
    """A note in place of an update: its content is not kept, because what cannot be read cannot be masked.

    Without a number of its own it gets one from its content, so that it counts once however often it is brought.
    """
    if number is None:
        number = -1 - int.from_bytes(hashlib.sha256(content).digest()[:6])
    return RawUpdate(update_of(number), number, _NO_LANE, json.dumps({UNREADABLE: fault}))


class Door:
    """Lets updates in. Raises :class:`StoreUnavailableError` where none of them could be kept, and nothing else."""

    def __init__(self, admit: Admit, receive: Receive) -> None:
        self._admit = admit
        self._receive = receive

    async def take(self, updates: Sequence[Any]) -> None:
        """Keep them all; durable on return."""
        admitted = [self._admitted(update) for update in updates]
        try:
            await self._receive(admitted)
        except StoreUnavailableError:
            raise
        except Exception as error:  # one of them is at fault: the others must not wait for it
            _log.error("telegram.batch_not_kept", error=type(error).__name__, updates=len(admitted))
            for update in admitted:
                await self._one(update)

    async def refuse(self, number: int | None, fault: str, content: bytes) -> None:
        """Something came that is not even JSON."""
        _log.error("telegram.unreadable", update=number, error=fault)
        await self._receive([unreadable(number, fault, content)])

    async def _one(self, update: RawUpdate) -> None:
        try:
            await self._receive([update])
        except StoreUnavailableError:
            raise
        except Exception as error:
            await self.refuse(update.number, type(error).__name__, b"")

    def _admitted(self, update: Any) -> RawUpdate:
        number = id_of(update)
        try:
            if number is None:
                raise UnreadableUpdateError
            return self._admit(without_lone_surrogates(update))
        except Exception as error:
            fault = "no update_id" if number is None else type(error).__name__
            _log.error("telegram.unreadable", update=number, error=fault)
            return unreadable(number, fault, _bytes_of(update))


def without_lone_surrogates(update: dict[str, Any]) -> dict[str, Any]:
    """Halves of characters, which no file can hold, as U+FFFD."""
    text = json.dumps(update, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        mended: dict[str, Any] = json.loads(whole)
        return mended
    return update


def _bytes_of(update: Any) -> bytes:
    try:
        return json.dumps(update, sort_keys=True, default=str).encode()
    except (ValueError, TypeError, RecursionError):
        return repr(type(update)).encode()
