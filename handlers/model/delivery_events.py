"""Events about the delivery of messages; part of the union of all events."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.model.delivery import Cause, GroupName, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFailed:
    """A resident can permanently not be reached by a message."""

    id: str
    resident: str
    reason: str
    cause: Cause = Cause.BLOCKED


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack:
    """A resident who could not be reached can be reached again."""

    id: str
    resident: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRefused:
    """A message was not taken (``is_sure``), or it is unknown whether it arrived.

    ``resident`` is set where it was for one, ``ticket`` where it is about one. ``is_copy``: of a photo, file or
    voice. ``place`` is the channel's name of the staff message that it came from.
    """

    id: str
    resident: str | None
    reason: str
    cause: Cause = Cause.OTHER
    is_sure: bool = False
    is_kept: bool = False
    """It is still being retried."""
    ticket: int | None = None
    is_copy: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRefused:
    """A group takes nothing, or makes no topics; its messages wait. ``detail`` is the other side's answer."""

    id: str
    group: GroupName
    part: Part
    cause: Cause
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupWorks:
    """A group takes messages, or makes topics, again. ``is_seen``: a look shows it; no message was posted yet."""

    id: str
    group: GroupName
    part: Part
    is_seen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveriesChecked:
    """Periodic check: residents who were told to wait for the desk, and whose words are there now."""

    id: str
