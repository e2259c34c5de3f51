"""What residents ask that is not ours, and the fixed courtesies: both are answered, neither by an entry."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from faq.content.model import Id, LocalText, Model, Phrasings, Terms, Text
from faq.language import Language


class DecoyKind(Model):
    """A class of matters that are somebody else's; ``reply`` may hold ``{subject}`` and ``{window:ID|PURPOSE}``."""

    id: Id
    reply: LocalText


class Decoy(Model):
    """A matter that is not ours (dog registration, a hotel booking), as people ask for it.

    ``any`` are words that decide alone, unless one of the base's ``ours`` or of this decoy's ``unless`` stands beside
    them: a new phone is the company's matter, and whether a new phone is to be registered again is ours.
    """

    id: Id
    kind: Id
    subject: dict[Language, Text] = Field(default_factory=dict)
    any: Terms = ()
    unless: tuple[Text, ...] = ()
    utterances: Phrasings = Field(default_factory=dict)


class Reply(Model):
    """A fixed courtesy or an emergency number. ``any`` decides alone; ``utterances`` are weighed with the rest.

    ``whole`` are messages that decide by being just this, before any words: 「たすけて」.
    ``danger``: it is said before anything else, and nothing is said after it. ``hands_over``: it means the wish for a person.
    ``label`` is what staff call it; its id where there is none. ``figures`` are ways to speak that only sound like the danger,
    or in a courtesy like a complaint: they are not heard, and what stands beside them is.
    """

    id: Id
    label: LocalText | None = None
    danger: bool = False
    hands_over: bool = False
    priority: Annotated[int, Field(ge=0, le=100)] = 0
    reply: LocalText
    whole: tuple[Text, ...] = ()
    any: Terms = ()
    figures: Annotated[
        tuple[Text, ...],
        Field(
            description="危険の返事ではたとえ、あいさつでは本人のおわび。そこは危険や苦情と聞かず、残りを聞く"
        ),
    ] = ()
    utterances: Phrasings = Field(default_factory=dict)
