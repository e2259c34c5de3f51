"""A labelled talk: messages in turn, and what is right for the last one."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from faq.content.model import Id, Model, Text


class Talk(Model):
    """An example with turns, to test follow-ups and wishes; each entry in ``entries`` is right."""

    turns: Annotated[tuple[Text, ...], Field(min_length=2, description="順に書いたメッセージ")]
    entries: Annotated[
        tuple[Id, ...], Field(description="最後のメッセージの、正しい回答の id (どれでもよい)")
    ] = ()
    action: Annotated[
        str, Field(description="最後のメッセージがしてほしいこと (repeat、language:en、choose:2 など)")
    ] = ""
    facility: Annotated[str, Field(description="話に出ている施設の窓口の id")] = ""
    kind: Annotated[str, Field(description="何を聞くか (money、time、phone など)。点数はこれごとに出る")] = ""
