"""Checks of the profile: exactly one, with existing purposes, and a caution for each kind of source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from faq.checks.cross_reference import Survey
from faq.content.problem import Problem, Severity
from faq.content.profile import PROFILE_NAME
from faq.content.provenance import Provenance
from faq.language import Language

_NAMES: Final = ("municipality", "facilities", "government", "complaints_desk", "facility_desk")


def profile(base: Survey) -> Iterator[Problem]:
    """Findings about the profile; a missing one is reported only if all files could be read."""
    if not base.profiles:
        if base.is_sound and base.parts:
            told, hint = (
                "この町のこと (profile:) がどこにもありません",
                "版管理から戻すか、配られたものを写してください",
            )
            yield Problem(PROFILE_NAME, 1, 1, "profile-missing", told, hint)
        return
    (spot, town), *others = base.profiles
    for other, _ in others:
        yield other.problem(
            "profile-twice", f"この町のことは {spot} にもあります", "どちらかを消してください"
        )
    for number, purpose in enumerate(town.complaint_purposes):
        base.refer(spot.at("complaint_purposes", number), "purpose", "用件", purpose)
    for number, group in enumerate(town.identity_groups):
        base.refer(spot.at("identity_groups", number), "group", "分類", group)
    used = {entry.provenance for _, entry in base.entries} | {w.provenance for _, w in base.windows}
    if {window.provenance for _, window in base.windows} - {Provenance.OFFICIAL}:
        used.add(Provenance.MIXED)  # used in a reply that names several windows
    for provenance in sorted(used - {Provenance.OFFICIAL} - set(town.cautions)):
        yield spot.at("cautions").problem(
            "caution-missing",
            f"出典の種類「{provenance.value}」の注意がありません",
            f"cautions に {provenance.value} の文を書いてください",
        )
    for name in _NAMES:
        words = getattr(town, name)
        missing = [t.value for t in town.languages if t not in words and t is not Language.JA_EASY]
        if missing:
            yield spot.at(name).problem(
                "profile-words-missing",
                f"{name} に {'、'.join(missing)} の言葉がないので、英語か日本語のまま文に入ります",
                "その言語の言葉を書いてください",
                Severity.WARNING,
            )


def hand_over(base: Survey) -> Iterator[Problem]:
    """The wish for a person must be recognised by the words of exactly one reply."""
    marked = [(spot, reply) for spot, reply in base.replies if reply.hands_over]
    if not marked and base.replies and base.is_sound:
        yield base.replies[0][0].problem(
            "hand-over-missing",
            "「職員と話したい」と書かれたときの返事がありません。ボタンでしか職員に聞けません",
            "その返事に hands_over: true を書いてください",
            Severity.WARNING,
        )
    for spot, _ in marked[1:]:
        yield spot.at("hands_over").problem(
            "hand-over-twice", f"hands_over は {marked[0][1].id} にもあります", "どちらかを消してください"
        )
