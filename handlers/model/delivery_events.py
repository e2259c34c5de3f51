"""What became of messages: frozen, past tense; part of the union of all events."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.model.delivery import Cause, GroupName, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFailed:
    """A message could not be brought to a resident, for good."""

    id: str
    resident: str
    reason: str
    cause: Cause = Cause.BLOCKED


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack:
    """A resident who could not be reached lets the bot write again."""

    id: str
    resident: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRefused:
    """A message was not taken (``is_sure``), or nobody knows whether it arrived.

    ``resident`` is there where it was for one, ``ticket`` where it is about one. ``is_copy``: of somebody's photo, file
    or voice. ``place`` is the channel's name of the message of staff that it came from.
    """

    id: str
    resident: str | None
    reason: str
    cause: Cause = Cause.OTHER
    is_sure: bool = False
    is_kept: bool = False
    """It is tried again all the same."""
    ticket: int | None = None
    is_copy: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRefused:
    """A group takes nothing, or makes no topics; what was for it waits. ``detail`` is what the other side said."""

    id: str
    group: GroupName
    part: Part
    cause: Cause
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupWorks:
    """A group takes messages, or makes topics, again. ``is_seen``: it says so; no message stands there yet."""

    id: str
    group: GroupName
    part: Part
    is_seen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveriesChecked:
    """Now and then: who was told to wait for the desk's group, and whose words stand there by now."""

    id: str
