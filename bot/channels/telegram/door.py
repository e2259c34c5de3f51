"""The only entry for updates, for polling and webhook alike: each is masked and stored, or becomes a dead letter."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

import structlog

from bot.channels.telegram.names import lane_of, update_of
from bot.ports import RawUpdate, StoreUnavailableError

UNREADABLE: Final = "unreadable"
"""Key of a stored body that holds the name of a fault instead of an update."""
_NO_LANE: Final = lane_of("unreadable")
_LARGEST_ID: Final = 2**52
"""Bot API numbers have at most 52 significant bits; a larger one would confirm updates that have not come yet."""
_LONGEST_NUMBER: Final = 400

_log = structlog.get_logger()

Admit = Callable[[dict[str, Any]], RawUpdate]
Receive = Callable[[Sequence[RawUpdate]], Awaitable[None]]


class UnreadableUpdateError(Exception):
    """The stored body is not an update but the note that one could not be read."""


def parsed(text: str | bytes) -> Any:
    """JSON; numbers too long for Python's parser become infinity. Raises ``ValueError`` or ``RecursionError``."""
    return json.loads(
        text, parse_int=lambda digits: int(digits) if len(digits) <= _LONGEST_NUMBER else float("inf")
    )


def id_of(update: Any) -> int | None:
    """The update's own number; ``None`` where it has no valid one."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if type(number) is int and 0 <= number < _LARGEST_ID else None


def unreadable(number: int | None, fault: str, content: bytes) -> RawUpdate:
    """A note that replaces an update: its content is not kept, because what cannot be read cannot be masked.

    Without a valid number it gets one derived from its content, so that repeated deliveries count once.
    """
    if number is None:
        number = -1 - int.from_bytes(hashlib.sha256(content).digest()[:6])
    return RawUpdate(update_of(number), number, _NO_LANE, json.dumps({UNREADABLE: fault}))


class Door:
    """Stores incoming updates. Raises only :class:`StoreUnavailableError`, where none of them could be kept."""

    def __init__(self, admit: Admit, receive: Receive) -> None:
        self._admit = admit
        self._receive = receive

    async def take(self, updates: Sequence[Any]) -> None:
        """Store all of them; durable on return."""
        admitted = [self._admitted(update) for update in updates]
        try:
            await self._receive(admitted)
        except StoreUnavailableError:
            raise
        except (
            Exception
        ) as error:  # one of them is at fault; each is stored alone, so that the others do not wait for it
            _log.error("telegram.batch_not_kept", error=type(error).__name__, updates=len(admitted))
            for update in admitted:
                await self._one(update)

    async def refuse(self, number: int | None, fault: str, content: bytes) -> None:
        """Store a note that something arrived which is not JSON."""
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
    """The update with lone surrogates, which UTF-8 cannot encode, replaced by U+FFFD."""
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
