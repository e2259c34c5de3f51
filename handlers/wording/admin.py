"""Texts for the FAQ's editors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from faq.content.problem import Problem, errors
from handlers.model.events import KnowledgeRejected, KnowledgeReloaded

_SHOWN = 10
PROFILE = "この町のこと (profile.yaml)"
ZONE_LATER = "この町のこと (profile.yaml。time_zone は、起動し直すと変わります)"
UPDATE_FAILED = "届いたメッセージを1件、処理できませんでした({update}、{reason})。記録に残してあり、住民にはお詫びを送りました。"

UPDATE_UNREADABLE = (
    "Telegramから、読めない形のメッセージが1件届きました({update}、{reason})。だれからかは分からず、内容は記録していません。"
    "ほかのメッセージは、ふつうに処理しています。"
)


def rejected(event: KnowledgeRejected) -> str:
    """Number of faults and what serves; then places and remedies, at most ten."""
    faults = errors(event.problems)
    serving = f"(版 {event.revision}、{_moment(event.since)}から)" if event.since is not None else ""
    head = f"FAQ集に{len(faults)}件の誤りがあるため、前の版のまま動いています{serving}。直すと自動で読み直します。"
    if event.is_kept_copy and event.since is not None:
        head = (
            f"FAQ集に{len(faults)}件の誤りがあり、起動のときに読めませんでした。"
            f"{_moment(event.since)}に取っておいた版 ({event.revision}) で答えています。直すと自動で読み直します。"
        )
    return "\n".join([head, *_listed(faults)])


def reloaded(event: KnowledgeReloaded) -> str:
    """The revision that serves and what changed; and that faults are gone, where there were some."""
    names = "、".join(event.changed[:_SHOWN])
    if len(event.changed) > _SHOWN:
        names += f"、ほか{len(event.changed) - _SHOWN}件"
    lines = [f"FAQ集を読み直しました(版 {event.revision})。変わった回答: {names or 'なし'}"]
    warnings = event.warnings
    if event.is_mended:
        lines.insert(0, "FAQ集の誤りはなくなりました。")
    if warnings:
        lines.append(f"注意が{len(warnings)}件あります。")
        lines += _listed(warnings)
    return "\n".join(lines)


def checked(warnings: Sequence[Problem], serving: str, found: str) -> str:
    """Result of a check without errors that changed nothing; ``serving`` and ``found`` are revisions."""
    lines = ["FAQ集に誤りはありません。"]
    if found == serving:
        lines.append(f"いま答えている版 ({serving}) と同じ内容です。")
    else:
        lines.append(f"いま答えている版は {serving}、調べた版は {found} です。/reload で切り替わります。")
    if warnings:
        lines += [f"注意が{len(warnings)}件あります。", *_listed(warnings)]
    return "\n".join(lines)


def _moment(moment: datetime) -> str:
    return f"{moment.month}月{moment.day}日 {moment:%H:%M}"


def _listed(problems: Sequence[Problem]) -> list[str]:
    lines = [str(problem) for problem in problems[:_SHOWN]]
    if len(problems) > _SHOWN:
        lines.append(f"ほか{len(problems) - _SHOWN}件。madoguchi check ですべて見られます。")
    return lines
