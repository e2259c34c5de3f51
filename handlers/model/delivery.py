"""Why a message was not taken, as a closed list; and which groups take nothing at the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

UNREACHABLE: Final = "unreachable"
"""In a ticket's alerts: the desk was told that the resident cannot be reached."""
UNPLACED: Final = "unplaced"
"""In a ticket's alerts: the resident was told that staff do not have their words yet."""
PUT_OFF: Final = "put-off "
"""Prefix of an alert of a ticket whose resident is put off; the end, as staff read it, follows."""


def is_lasting(alert: str) -> bool:
    """Whether an alert describes a state that lasts when a ticket is reopened, not a clock that starts again."""
    return alert in (UNREACHABLE, UNPLACED) or alert.startswith(PUT_OFF)


class Cause(StrEnum):
    """The reason, from the other side's answer."""

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
    # unknown
    OTHER = "other"
    NO_ANSWER = "no-answer"


class GroupName(StrEnum):
    """The groups that messages go to; the first two are those of the desks."""

    FACILITY = "facility"
    WARD = "ward"
    ADMINS = "admins"


class Part(StrEnum):
    """What a group refuses: any message, or only topics for tickets."""

    MESSAGES = "messages"
    TOPICS = "topics"


@dataclass(frozen=True, slots=True)
class Refused:
    """A group takes nothing (or no topics) since a moment; ``detail`` is the other side's answer and never holds
    our text.
    """

    group: GroupName
    part: Part
    cause: Cause
    since: datetime
    detail: str = ""
