"""Questions outside the FAQ's scope (decoys) and fixed courtesies: both are answered, neither by an entry."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from faq.content.model import Id, LocalText, Model, Phrasings, Terms, Text
from faq.language import Language


class DecoyKind(Model):
    """A class of decoys that are somebody else's matter; ``reply`` may hold ``{subject}`` and ``{window:ID|PURPOSE}``."""

    id: Id
    reply: LocalText


class Decoy(Model):
    """A matter outside our scope (dog registration, a hotel booking), with its phrasings.

    A word of ``any`` decides alone, unless a word of the base's ``ours`` or of this decoy's ``unless`` is in the
    message, too: a new phone is not our matter, but registering again with a new phone is.
    """

    id: Id
    kind: Id
    subject: dict[Language, Text] = Field(default_factory=dict)
    any: Terms = ()
    unless: tuple[Text, ...] = ()
    utterances: Phrasings = Field(default_factory=dict)


class Reply(Model):
    """A fixed courtesy or emergency number. ``any`` decides alone; ``utterances`` are scored like other phrasings.

    A message that equals one of ``whole`` decides before any words: 「たすけて」. ``danger``: the reply precedes
    everything, and nothing follows it. ``hands_over``: the message is the wish for a person. ``label`` is its name
    for staff; by default its id. ``figures`` are figures of speech that resemble the danger, or in a courtesy a
    complaint: they are not heard, but the rest of the message is.
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
