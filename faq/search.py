"""From a message to ranked candidates. Word rules stand above every score."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from faq.decoy import Reply
from faq.entry import Entry
from faq.index import Phrasing
from faq.language import detect
from faq.lexical import Lexical
from faq.match import Evidence, Found, Kind, Match
from faq.normalize import Folder
from faq.terms import Lexicon, folded_groups, satisfied

FORBIDDEN: Final = "forbidden-word"
REQUIRED: Final = "required-word"
_SENTENCE: Final = re.compile(r"[^。．.!?！？\n]+[。．.!?！？]*")
_LONG: Final = 25
_MAX_SENTENCES: Final = 12
_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class _Words:
    requires: tuple[frozenset[str], ...]
    forbids: frozenset[str]


class Search:
    """Built once from the entries, decoys and replies; searching has no state."""

    def __init__(
        self,
        entries: Sequence[Entry],
        replies: Sequence[Reply],
        phrasings: Sequence[Phrasing],
        folder: Folder,
        vocabulary: Sequence[str] = (),
    ) -> None:
        self._phrasings = phrasings
        self._folder = folder
        self._lexical = Lexical(phrasings, folder)
        self._rules: Mapping[str, _Words] = {
            e.id: _Words(folded_groups(e.requires), folded_groups([e.forbids])[0]) for e in entries
        }
        self._alone = [
            (r.id, folded_groups(r.any)) for r in sorted(replies, key=lambda r: -r.priority) if r.any
        ]
        rule_words = [word for e in entries for group in (*e.requires, e.forbids) for word in group]
        rule_words += [word for r in replies for group in r.any for word in group]
        self._lexicon = Lexicon([*rule_words, *vocabulary])

    def search(self, text: str) -> Found:
        """Candidates for one message, best first. Long messages are read sentence by sentence as well."""
        words = self._lexicon.words_in(text)
        language = detect(text)
        for reply, groups in self._alone:
            if satisfied(groups, words):
                return Found(language, (), reply)
        best: dict[tuple[Kind, str], Match] = {}
        for part in _parts(text):
            for likeness in self._lexical.nearest(self._folder.fold(part)):
                phrasing = self._phrasings[likeness.phrasing]
                key = (phrasing.kind, phrasing.target)
                if key in best and best[key].score >= likeness.score:
                    continue
                evidence = tuple(
                    Evidence(channel, phrasing.text, round(score, 4))
                    for channel, score in likeness.by_channel.items()
                )
                best[key] = Match(
                    *key, round(min(1.0, likeness.score), 4), evidence, self._blocked(key, words)
                )
        ranked = sorted(best.values(), key=lambda m: (-m.score, m.kind, m.id))
        return Found(language, tuple(ranked[:_SHOWN]))

    def _blocked(self, key: tuple[Kind, str], words: frozenset[str]) -> str:
        kind, target = key
        if kind is not Kind.ENTRY:
            return ""
        rule = self._rules[target]
        if rule.forbids & words:
            return FORBIDDEN
        return "" if satisfied(rule.requires, words) else REQUIRED


def _parts(text: str) -> list[str]:
    if len(text) <= _LONG:
        return [text]
    sentences = [s.strip() for s in _SENTENCE.findall(text) if s.strip()]
    return [text, *sentences[:_MAX_SENTENCES]] if len(sentences) > 1 else [text]
