"""How a message is read before anything is compared: words restored, refused matters left out, sense and letters."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

import numpy as np

from faq.matching.kana_restore import Repair
from faq.matching.meaning import Encoder, Vectors, rounded
from faq.matching.negation import affirmed
from faq.matching.normalize import Folded, Folder
from faq.matching.parts import PARTS_KEPT

SLOTS: Final = 4096
"""Grams share slots by hashing (Weinberger et al. 2009)."""
_SPELLING: Final = (1, 2, 3)
_SOUND: Final = (2, 3)
_SIGN: Final = 0x1000000


class MessageReader:
    """Built once from the FAQ's readings and synonyms; reading has no state but a cache of vectors."""

    def __init__(self, folder: Folder, repair: Repair, encoder: Encoder | None) -> None:
        self.folder = folder
        self.repair = repair
        self._encoder = encoder
        self._known: Mapping[str, Vectors] = {}
        self._encoded = lru_cache(PARTS_KEPT)(self._encode_now)

    @property
    def has_encoder(self) -> bool:
        return self._encoder is not None

    def having_encoded(self, texts: Iterable[str], vectors: Encoder) -> MessageReader:
        """The same reader with the vectors of these texts, which ``vectors`` encodes at once."""
        restored = list(dict.fromkeys(self.restored(text) for text in texts))
        other = MessageReader(self.folder, self.repair, self._encoder)
        other._known = dict(zip(restored, vectors(restored), strict=True))
        return other

    @property
    def digest(self) -> str:
        """Of everything that decides how a text is read, except the code and the encoder's version."""
        return f"{self.folder.digest}{self.repair.digest}{self.has_encoder}"

    def restored(self, text: str) -> str:
        """The text with its words restored, without what it refuses."""
        return affirmed(self.repair.repair(text))

    def vector(self, restored: str) -> Vectors | None:
        """A restored text's unit vector, float32 of shape (d,); ``None`` without an encoder."""
        return self._encoded(restored) if self._encoder is not None else None

    def encode(self, text: str) -> Vectors | None:
        """A text's vector with all that it says, also what it refuses; ``None`` without an encoder."""
        return self.vector(self.repair.repair(text))

    def row(self, text: str) -> Vectors:
        """The features of a text: float32 of shape (d + ``SLOTS``,), without an encoder (``SLOTS``,)."""
        restored = self.restored(text)
        vector, letters = self.vector(restored), gram_row(self.folder.fold(restored))
        return letters if vector is None else np.concatenate([vector, letters])

    def in_kana(self, text: str) -> str:
        """The hiragana of a text written in kana or romaji only; empty for any other."""
        return self.repair.in_kana(text)

    def spellings(self, text: str) -> tuple[str, ...]:
        """Spellings of a text written in kana or romaji only, without spaces: by sound, and with words restored;
        else none.
        """
        kana = self.in_kana(text)
        return ("".join(kana.split()), "".join(self.repair.repair(kana).split())) if kana else ()

    def _encode_now(self, text: str) -> Vectors:
        if (known := self._known.get(text)) is not None:
            return known
        if self._encoder is None:
            raise ValueError("there is no encoder")
        vector: Vectors = rounded(self._encoder([text]))[0]
        return vector


def gram_row(folded: Folded) -> Vectors:
    """Hashed character n-grams of spelling (n = 1 to 3) and sound (2 and 3): a unit vector, float32 of shape
    (``SLOTS``,).

    Counts are dampened by their root, so that a repeated word does not fill a long letter's row.
    """
    row = np.zeros(SLOTS, dtype=np.float32)
    for kind, text, sizes in (("a", folded.plain, _SPELLING), ("b", folded.reading, _SOUND)):
        spaced = f" {text} "
        for size in sizes:
            for at in range(len(spaced) - size + 1):
                number = zlib.crc32((kind + spaced[at : at + size]).encode())
                row[number % SLOTS] += 1.0 if number & _SIGN else -1.0
    row = np.sign(row) * np.sqrt(np.abs(row))
    length = float(np.linalg.norm(row))
    return row / np.float32(length) if length else row
