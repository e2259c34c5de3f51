"""Where facts come from: the pages that were read, and how far they can be relied on."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from faq.content.forms import ADDRESS, SOURCE_KEY
from faq.content.model import LocalText, Model


class Provenance(StrEnum):
    """Where an answer's facts come from; anything but ``official`` is said aloud below the answer."""

    OFFICIAL = "official"
    THIRD_PARTY = "third_party"
    RESIDENT_ACCOUNT = "resident_account"
    INFERRED = "inferred"
    MIXED = "mixed"
    NOT_FOUND = "not_found"


SourceKey = Annotated[str, Field(pattern=SOURCE_KEY)]


class Source(Model):
    """A page that was read. ``page_date`` is what the page says of its own age, in words."""

    key: SourceKey
    title: LocalText
    url: Annotated[str, Field(pattern=ADDRESS)]
    page_date: LocalText
