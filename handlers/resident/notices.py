"""Notices that something was masked, with a button that lets it through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from faq.language import Language, Words, pick
from handlers.model.actions import Buttons
from handlers.model.buttons import Button, NotMyNumber
from handlers.model.events import Secret
from handlers.wording import withheld as words

_SAID: Final[dict[Secret, tuple[Words, Words]]] = {
    Secret.MY_NUMBER: (words.MASKED_NUMBER, words.NOT_MY_NUMBER),
    Secret.CARD: (words.MASKED_CARD, words.NOT_A_CARD),
    Secret.PASSWORD: (words.MASKED_PASSWORD, words.NOT_A_PASSWORD),
}


def notice_of(withheld: Sequence[Secret], language: Language) -> tuple[str, Buttons]:
    """The notices, and the button that denies them; both empty where nothing was masked."""
    said = [_SAID[secret] for secret in withheld if secret in _SAID]
    if not said:
        return "", ()
    label = said[0][1] if len(said) == 1 else words.NONE_OF_THEM
    button = Button(pick(label, language)[1], NotMyNumber())
    return "\n".join(pick(sentence, language)[1] for sentence, _ in said), ((button,),)
