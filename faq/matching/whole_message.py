"""Messages that are only a call for help or a courtesy: 「たすけて!!」 is one, 「助けて、登録できない」 is not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from faq.matching.normalize import fold, to_hiragana

_LONGEST: Final = 60
"""Most characters of such a message."""
_TIMES: Final = 8
_BESIDE: Final = re.compile(r"[\W_ー〜]+")
_DRAWN_OUT: Final = r"[あいうえおっ]{0,60}"


class WholeMessages:
    """Built from pairs of a whole message and its id; repetitions of the message match, too."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._ids: dict[str, str] = {}
        for text, name in pairs:
            self._ids.setdefault(_bare(text), name)
        self._ids.pop("", None)
        longest_first = sorted(self._ids, key=lambda key: (-len(key), key))
        said = "|".join(map(re.escape, longest_first))
        self._pattern = re.compile(rf"(?:({said}){_DRAWN_OUT}){{1,{_TIMES}}}") if said else None

    def id_of(self, text: str) -> str:
        """The id of a message that says only this; empty for any other."""
        if self._pattern is None or len(text) > _LONGEST:
            return ""
        said = self._pattern.fullmatch(_bare(text))
        return self._ids[said[1]] if said is not None else ""


def _bare(text: str) -> str:
    """Folded letters only; a message without letters is unchanged."""
    return _BESIDE.sub("", to_hiragana(fold(text))) or "".join(text.split())
