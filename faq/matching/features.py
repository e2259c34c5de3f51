"""What the detectors look at in a text: its sense, and its letters where they are those of a language they have learned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from faq.matching.detector import SLOTS, rows_of
from faq.matching.foreign import KnownWords, is_senseless
from faq.matching.meaning import Vectors

Encode = Callable[[str], Vectors | None]
"""A text to its vector; ``None`` where there is no encoder."""
InKana = Callable[[str], str]
"""A text in kana or romaji alone, in hiragana; empty for any other."""
_NOTHING: Final = np.float32(0)


class Features:
    """Built once; it has no state."""

    def __init__(self, encode: Encode, in_kana: InKana, known: KnownWords) -> None:
        self._encode = encode
        self._in_kana = in_kana
        self._known = known

    def rows(self, texts: Sequence[str]) -> Vectors:
        """One row a text: shape (texts, components of a vector + ``SLOTS``); without an encoder the letters alone.

        The letters of a foreign text are left out, and its sense where the encoder does not know the language: both would
        be anything.
        """
        rows = rows_of([self._in_kana(text) or text for text in texts], self._vectors(texts))
        for row, text, foreign in zip(rows, texts, self.are_foreign(texts), strict=True):
            if foreign:
                row[-SLOTS:] = _NOTHING
                row[:] = _NOTHING if is_senseless(text) else row
        return rows

    def are_foreign(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Which texts are in a language that nothing was learned in."""
        return np.array(
            [not self._in_kana(text) and self._known.is_foreign(text) for text in texts], dtype=np.bool_
        )

    def _vectors(self, texts: Sequence[str]) -> Vectors | None:
        vectors = [self._encode(text) for text in texts]
        known = [vector for vector in vectors if vector is not None]
        return np.stack(known) if known and len(known) == len(texts) else None
