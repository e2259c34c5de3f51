"""Why a message was not taken, in a closed list, and which groups take nothing at the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

UNREACHABLE: Final = "unreachable"
"""Among a ticket's alerts: the desk has heard that nothing reaches the resident."""
UNPLACED: Final = "unplaced"
"""Among a ticket's alerts: the resident has heard that staff do not have their words yet."""
PUT_OFF: Final = "put-off "
"""Begins an alert of a ticket whose resident is not served for a time; its end follows, as staff read it."""


def is_lasting(alert: str) -> bool:
    """Whether an alert is about a state that a reopened ticket is still in, not about a clock that begins anew."""
    return alert in (UNREACHABLE, UNPLACED) or alert.startswith(PUT_OFF)


class Cause(StrEnum):
    """What the other side said, or what it comes to."""

    # about a person
    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    NEVER_STARTED = "never-started"
    NO_SUCH_PERSON = "no-such-person"
    # about one message
    VOICE_FORBIDDEN = "voice-forbidden"
    VIDEO_FORBIDDEN = "video-forbidden"
    MEDIA_FORBIDDEN = "media-forbidden"
    TOO_LONG = "too-long"
    EMPTY = "empty"
    TOO_BIG = "too-big"
    ORIGINAL_GONE = "original-gone"
    PROTECTED = "protected"
    WRONG_FILE = "wrong-file"
    # about a group
    NOT_SET = "not-set"
    NOT_FOUND = "not-found"
    KICKED = "kicked"
    DELETED = "deleted"
    RESTRICTED = "restricted"
    NO_RIGHT_TO_WRITE = "no-right-to-write"
    # about a group's topics
    NOT_A_FORUM = "not-a-forum"
    NO_RIGHT_TO_TOPICS = "no-right-to-topics"
    # nothing that is known
    OTHER = "other"
    NO_ANSWER = "no-answer"


class GroupName(StrEnum):
    """The groups that messages go to; the first two are those of the desks."""

    FACILITY = "facility"
    WARD = "ward"
    ADMINS = "admins"


class Part(StrEnum):
    """What of a group does not work: any message to it, or only rooms of their own for tickets."""

    MESSAGES = "messages"
    TOPICS = "topics"


@dataclass(frozen=True, slots=True)
class Refused:
    """A group takes nothing (or no topics) since a moment; ``detail`` is what the other side said, never a text of ours."""

    group: GroupName
    part: Part
    cause: Cause
    since: datetime
    detail: str = ""
