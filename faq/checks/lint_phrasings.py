"""Faults of phrasings: without an item, too few, repeated, too similar for two items, or against the entry's word
rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import Indel

from faq.checks.cross_reference import SECTIONS, Spot, Survey
from faq.content.model import Phrasings
from faq.content.near import near
from faq.content.problem import Problem, Severity
from faq.matching.normalize import fold, to_hiragana
from faq.matching.word_rules import Lexicon, folded_groups, satisfied

_FEW_UTTERANCES: Final = 10
_NEARLY_SAME: Final = 0.92
_LEAST_TO_COMPARE: Final = 12
"""In shorter texts one character (個人 or 団体) changes the meaning."""
_NEIGHBOURS: Final = 4
_ASKED_FOR: Final = {"entry": "回答", "decoy": "対象外の用件", "reply": "決まった返事"}
"""Kinds of items that may have phrasings, and their names for people."""


@dataclass(frozen=True, slots=True)
class _Way:
    """One phrasing with its place; ``key`` is equal for phrasings that differ only in kana, width and spaces."""

    spot: Spot
    owner: str
    text: str
    key: str


def owners(base: Survey) -> Iterator[Problem]:
    """Phrasings of no item or of two; items without any phrasing."""
    is_lost = False
    for spot, key in base.phrasings:
        whose = [what for what in _ASKED_FOR if key in base.ids[what]]
        if len(whose) > 1:
            named = "と".join(_ASKED_FOR[what] for what in whose)
            told = f"「{key}」は{named}の両方にあり、どちらの言い方か分かりません"
            yield spot.problem("phrasings-ambiguous", told, "どちらかの id を変えてください")
        elif not whose:
            is_lost = True
            what = _meant(base, spot.part.name, key)
            base.refer(spot, what, _ASKED_FOR[what], key)
    in_faulty_files = any("phrasings" in (part.named or {}) for part in base.parsed if part.file is None)
    if is_lost or in_faulty_files:  # the items' own findings already report this cause
        return
    silent = [
        *((s, e.id) for s, e in base.entries if not e.utterances),
        *((s, d.id) for s, d in base.decoys if not d.utterances and not d.any),
        *((s, r.id) for s, r in base.replies if not r.utterances and not r.any and not r.whole),
    ]
    for spot, key in silent:
        base.refer(spot, "phrasing", "言い方", key)


def _meant(base: Survey, name: str, key: str) -> str:
    """The likely kind of an unknown id: that of the item before it, otherwise the file's usual kind."""
    stem = name.rpartition("/")[2].removesuffix(".yaml")
    usual = next((what for what in _ASKED_FOR if SECTIONS[what] == stem), "entry")
    return next((what for what in _ASKED_FOR if near(key, base.ids[what])), usual)


def phrasings(base: Survey) -> Iterator[Problem]:
    """Every finding about phrasings."""
    ways = list(_ways(base))
    doubles: dict[tuple[str, str], list[tuple[_Way, _Way]]] = {}
    _doubles(ways, doubles)
    twice = {key for key, count in Counter(e.id for _, e in base.entries).items() if count > 1}
    # Entries with the same id, or with many phrasings in common, have a finding of their own.
    yield from (_told(found) for (owner, _), found in doubles.items() if owner not in twice)
    alike = {frozenset(pair) for pair, found in doubles.items() if len(found) > 1}
    yield from _near(ways, alike)
    for spot, entry in base.entries:
        count = sum(len(texts) for texts in entry.utterances.values())
        if 0 < count < _FEW_UTTERANCES:
            yield spot.at("utterances").problem(
                "utterances-few", f"{entry.id}: 言い方が{count}個しかありません",
                f"住民が実際に書く言い方を{_FEW_UTTERANCES}個以上にしてください",
                Severity.WARNING,
            )  # fmt: skip
    yield from _word_rules(base)


def _ways(base: Survey) -> Iterator[_Way]:
    owners: list[tuple[Spot, str, Phrasings]] = [
        *((s, e.id, e.utterances) for s, e in base.entries),
        *((s, d.id, d.utterances) for s, d in base.decoys),
        *((s, r.id, r.utterances) for s, r in base.replies),
    ]
    for spot, owner, utterances in owners:
        for language, texts in utterances.items():
            for number, text in enumerate(texts):
                key = to_hiragana(fold(text)).replace(" ", "") or text
                yield _Way(spot.at("utterances", language.value, number), owner, text, key)


def _doubles(ways: Sequence[_Way], pairs: dict[tuple[str, str], list[tuple[_Way, _Way]]]) -> None:
    """Repeated phrasings by pair of owners; the later phrasing is first in each pair."""
    first: dict[str, _Way] = {}
    for way in ways:
        other = first.setdefault(way.key, way)
        if other is not way:
            pairs.setdefault((way.owner, other.owner), []).append((way, other))


def _told(doubles: Sequence[tuple[_Way, _Way]]) -> Problem:
    way, other = doubles[0]
    if way.owner == other.owner:
        more = f" (ほか{len(doubles) - 1}個も2回あります)" if len(doubles) > 1 else ""
        return way.spot.problem(
            "utterance-duplicate", f"{way.owner}: 言い方「{way.text}」は {other.spot} にもあります{more}",
            "どちらかを消してください", Severity.WARNING,
        )  # fmt: skip
    if len(doubles) == 1:
        told = f"{way.owner}: 言い方「{way.text}」は {other.spot} にもあります ({other.owner})"
        return way.spot.problem("utterance-duplicate", told, "どちらかを消してください")
    return way.spot.problem(
        "utterance-duplicate",
        f"{way.owner}: 言い方{len(doubles)}個が {other.owner} と同じです (初めは「{way.text}」、{other.spot})",
        f"同じ用件なら {way.owner} を消して {other.owner} の回答を直し、version を上げてください。"
        "ちがう用件なら、同じ言い方を片方から消してください",
    )


def _near(ways: Sequence[_Way], alike: set[frozenset[str]]) -> Iterator[Problem]:
    """Nearly equal phrasings of two items; only neighbours in alphabetical order are compared, forwards and backwards."""
    told: set[tuple[str, str]] = set()
    for order in (sorted(ways, key=lambda w: w.key), sorted(ways, key=lambda w: w.key[::-1])):
        for number, way in enumerate(order):
            for other in order[number + 1 : number + 1 + _NEIGHBOURS]:
                pair = (min(way.key, other.key), max(way.key, other.key))
                owners = frozenset((way.owner, other.owner))
                if len(owners) == 1 or owners in alike or way.key == other.key or pair in told:
                    continue
                if len(pair[0]) >= _LEAST_TO_COMPARE and Indel.normalized_similarity(*pair) >= _NEARLY_SAME:
                    told.add(pair)
                    yield other.spot.problem(
                        "utterance-near",
                        f"{other.owner}: 言い方「{other.text}」は {way.spot} ({way.owner}) の「{way.text}」とほとんど同じです",
                        "違いがはっきりする言い方に変えるか、どちらかを消してください",
                        Severity.WARNING,
                    )


def _word_rules(base: Survey) -> Iterator[Problem]:
    entries = [entry for _, entry in base.entries]
    words = [word for e in entries for group in (*e.requires, e.forbids) for word in group]
    if not words:
        return
    lexicon = Lexicon(words)
    for spot, entry in base.entries:
        requires, forbids = folded_groups(entry.requires), folded_groups([entry.forbids])[0]
        if not requires and not forbids:
            continue
        for language, texts in entry.utterances.items():
            for number, text in enumerate(texts):
                found = lexicon.words_in(text)
                at = spot.at("utterances", language.value, number)
                if found & forbids:
                    yield at.problem(
                        "utterance-forbidden", f"{entry.id}: 言い方「{text}」に forbids の語があります", "語か言い方を見直してください",
                        Severity.WARNING,
                    )  # fmt: skip
                elif not satisfied(requires, found):
                    yield at.problem(
                        "utterance-not-required", f"{entry.id}: 言い方「{text}」に requires の語がありません",
                        "requires に語を足すか、言い方を見直してください", Severity.WARNING,
                    )  # fmt: skip
