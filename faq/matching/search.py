"""From a message to ranked candidates with probabilities. Word rules override every score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Final

from faq.content.decoy import Decoy, Reply
from faq.content.entry import Entry
from faq.language_detection import detect
from faq.matching.match import Found, Kind, Match
from faq.matching.message_reader import MessageReader
from faq.matching.negation import affirmed
from faq.matching.targets import Targets
from faq.matching.whole_message import WholeMessages
from faq.matching.word_rules import Lexicon, folded_groups, satisfied

FORBIDDEN: Final = "forbidden-word"
REQUIRED: Final = "required-word"
_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class _Words:
    requires: tuple[frozenset[str], ...]
    forbids: frozenset[str]


class Search:
    """Built once from entries, replies and what knows their targets; searching is stateless."""

    def __init__(
        self,
        entries: Sequence[Entry],
        replies: Sequence[Reply],
        decoys: Sequence[Decoy],
        ours: Sequence[str],
        reader: MessageReader,
        targets: Targets,
        vocabulary: Sequence[str] = (),
    ) -> None:
        self.reader = reader
        self._targets = targets
        self._rules: Mapping[str, _Words] = {
            e.id: _Words(folded_groups(e.requires), folded_groups([e.forbids])[0]) for e in entries
        }
        self._alone = [
            (r.id, folded_groups(r.any)) for r in sorted(replies, key=lambda r: -r.priority) if r.any
        ]
        # Apart, so that a cry beside a courtesy is no courtesy.
        self._whole = tuple(
            WholeMessages((text, r.id) for r in replies if r.danger is danger for text in r.whole)
            for danger in (True, False)
        )
        self._elsewhere = [
            (d.id, folded_groups(d.any), folded_groups([d.unless])[0]) for d in decoys if d.any
        ]
        self._ours = folded_groups([ours])[0]
        rule_words = [word for e in entries for group in (*e.requires, e.forbids) for word in group]
        rule_words += [word for r in replies for group in r.any for word in group]
        rule_words += [
            word for r in replies for word in r.figures
        ]  # read longest first, they hide words of danger
        rule_words += [word for d in decoys for group in (*d.any, d.unless) for word in group]
        rule_words += ours
        self._lexicon = Lexicon([*rule_words, *vocabulary] if rule_words else [])

    def with_targets(self, reader: MessageReader, targets: Targets) -> Search:
        """The same word rules with other knowledge of the targets."""
        other = copy(self)
        other.reader, other._targets = reader, targets
        return other

    def search(self, text: str, *, by_words: bool = True) -> Found:
        """Candidates for one message, best first; their probabilities and that of "none" sum to one.

        ``by_words``: whether words may decide alone.
        """
        asked = self._lexicon.words_in(affirmed(text))
        if by_words:
            language = detect(text)
            if reply := self.said_by_words(text):
                return Found(language, (), reply)
            if decoy := self._elsewhere_by_words(asked):
                return Found(language, (Match(Kind.DECOY, decoy, 1.0),))
        return self._by_likeness(text, asked)

    def said_by_words(self, text: str) -> str:
        """The reply that words alone decide, including refused words; empty where they decide nothing.

        Text typed without kanji conversion is also read in other spellings.
        """
        written = (text, *self.reader.spellings(text))
        if reply := self._whole_of(written):
            return reply
        words = frozenset(word for spelling in written for word in self._lexicon.words_in(spelling))
        return next((reply for reply, groups in self._alone if satisfied(groups, words)), "")

    def said_whole(self, text: str) -> str:
        """The reply to a message that is only a call for help or a courtesy, in any spelling; empty where it says more."""
        return self._whole_of((text, *self.reader.spellings(text)))

    def _whole_of(self, written: Sequence[str]) -> str:
        said = (whole.id_of(spelling) for whole in self._whole for spelling in written)
        return next((reply for reply in said if reply), "")

    def words_decide(self, text: str) -> bool:
        """Whether words alone decide for a courtesy or decoy, whatever the channels score."""
        asked = self._lexicon.words_in(affirmed(text))
        return bool(self.said_by_words(text) or self._elsewhere_by_words(asked))

    def _elsewhere_by_words(self, words: frozenset[str]) -> str:
        if words & self._ours:
            return ""
        decoys = self._elsewhere
        return next(
            (d for d, groups, unless in decoys if satisfied(groups, words) and not words & unless), ""
        )

    def _by_likeness(self, text: str, words: frozenset[str]) -> Found:
        likely = self._targets.likely(text)
        matches = [
            Match(kind, name, round(share, 4), evidence, self._blocked(kind, name, words))
            for (kind, name), (share, evidence) in likely.shares.items()
        ]
        matches.sort(key=lambda m: (-m.score, m.kind, m.id))
        return Found(detect(text), tuple(matches[:_SHOWN]), nothing=round(likely.nothing, 4))

    def _blocked(self, kind: Kind, name: str, words: frozenset[str]) -> str:
        if kind is not Kind.ENTRY:
            return ""
        rule = self._rules[name]
        if rule.forbids & words:
            return FORBIDDEN
        return "" if satisfied(rule.requires, words) else REQUIRED
