"""A labelled example: how somebody asks, and the entry that is right. Used as a test of the FAQ."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from faq.content.model import Id, Model, Text

NONE = "none"


class Example(Model):
    """``entry`` is an entry's id or ``none``; ``also`` names others that would be right; ``must`` may never fail."""

    text: Text
    entry: Annotated[Id, Field(description="正しい回答の id、または none")]
    also: tuple[Id, ...] = ()
    must: bool = False
