"""The town's time zone, read before anything else, because the record uses it for its times."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, tzinfo

from faq.content.parse import parse
from faq.content.profile import holds_profile


def zone_of(texts: Iterable[str]) -> tzinfo:
    """The time zone in the first of these YAML texts that has a valid profile; UTC where none has."""
    for text in texts:
        if not holds_profile(text):
            continue
        file = parse(text, "profile").file
        if file is not None and file.profile is not None:
            return file.profile.zone
    return UTC
