"""By which clock a town goes: read before anything else is, since the record tells its times by it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, tzinfo
from typing import Final

from faq.content.parse import parse

_PROFILE: Final = re.compile(r"^profile:", re.MULTILINE)


def zone_of(texts: Iterable[str]) -> tzinfo:
    """The zone of the first of these YAML texts that holds a sound profile; UTC where none does."""
    for text in texts:
        if not _PROFILE.search(text):
            continue
        file = parse(text, "profile").file
        if file is not None and file.profile is not None:
            return file.profile.zone
    return UTC
