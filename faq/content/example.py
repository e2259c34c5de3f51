"""A labelled example: a question and its right entry, used to test the FAQ."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from faq.content.model import Id, Model, Text

NONE = "none"


class Example(Model):
    """``entry`` is an entry's id or ``none``; ``also`` are other right ids; a ``must`` example has to come out right."""

    text: Text
    entry: Annotated[Id, Field(description="正しい回答の id、または none")]
    also: tuple[Id, ...] = ()
    must: bool = False
