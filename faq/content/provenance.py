"""Provenance: the pages that facts come from, and how far these can be relied on."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from faq.content.forms import ADDRESS, SOURCE_KEY
from faq.content.model import LocalText, Model


class Provenance(StrEnum):
    """Where an answer's facts come from; anything but ``official`` is stated below the answer."""

    OFFICIAL = "official"
    THIRD_PARTY = "third_party"
    RESIDENT_ACCOUNT = "resident_account"
    INFERRED = "inferred"
    MIXED = "mixed"
    NOT_FOUND = "not_found"


SourceKey = Annotated[str, Field(pattern=SOURCE_KEY)]


class Source(Model):
    """A page that was read. ``page_date`` is the page's own date, as written there."""

    key: SourceKey
    title: LocalText
    url: Annotated[str, Field(pattern=ADDRESS)]
    page_date: LocalText
