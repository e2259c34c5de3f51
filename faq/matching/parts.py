"""The parts of a message: its sentences, and what of a long one is read at all."""

from __future__ import annotations

import re
from typing import Final

_SENTENCE: Final = re.compile(r"[^。．.!?！？\n]+[。．.!?！？]*")
_LONG: Final = 25
_MAX_SENTENCES: Final = 12
_WHOLE: Final = 400
"""Characters of a message that are compared as a whole; longer texts have no single sense."""
_HEAD: Final = 160
"""Characters from the beginning of a longer message that are read as a whole; the rest comes from its end."""
_PIECE: Final = 200
_IN_SENTENCES: Final = 600
"""Most characters compared sentence by sentence, which bounds the cost of a long message."""
_HEARD: Final = 60
"""Most sentences of a long message that are heard, half from each end."""
PARTS_KEPT: Final = _MAX_SENTENCES + 1
"""Most parts of one message that are compared."""


def sentences_of(text: str) -> list[str]:
    """The sentences of a text; without full stops it is split into pieces of fixed length."""
    sentences = [s.strip() for s in _SENTENCE.findall(text) if s.strip()]
    if len(text) > _WHOLE:
        sentences = [s[at : at + _PIECE] for s in sentences for at in range(0, len(s), _PIECE)]
    return sentences


def whole_of(text: str) -> str:
    """The message; of a long one the beginning and the end, where letters say what they are about and what they ask."""
    return text if len(text) <= _WHOLE else f"{text[:_HEAD]} {text[_HEAD - _WHOLE :]}"


def all_parts_of(text: str) -> list[str]:
    """The message and, when it is long, its sentences, for hearing: a signal may be anywhere in it."""
    sentences = sentences_of(text)
    if len(sentences) > _HEARD:
        sentences = [*sentences[: _HEARD // 2], *sentences[-_HEARD // 2 :]]
    return [text[:_WHOLE], *sentences] if len(sentences) > 1 else [text[:_WHOLE]]


def parts_of(text: str) -> list[str]:
    """The message and, when it is long, as many of its sentences as the limits allow, for comparing with phrasings."""
    if len(text) <= _LONG:
        return [text]
    sentences = sentences_of(text)
    if len(sentences) < 2:
        return [text[:_WHOLE]]
    parts, room = [text[:_WHOLE]], _IN_SENTENCES
    for sentence in sentences[:_MAX_SENTENCES]:
        if room <= 0:
            break
        parts.append(sentence[:room])
        room -= len(sentence)
    return parts
