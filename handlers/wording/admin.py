"""What the bot says to those who edit the FAQ."""

from __future__ import annotations

from collections.abc import Sequence

from faq.problem import Problem, errors

_SHOWN = 10
UPDATE_FAILED = "届いたメッセージを1件、処理できませんでした({update}、{reason})。記録に残してあり、住民にはお詫びを送りました。"

UPDATE_UNREADABLE = (
    "Telegramから、読めない形のメッセージが1件届きました({update}、{reason})。だれからかは分からず、内容は記録していません。"
    "ほかのメッセージは、ふつうに処理しています。"
)


def rejected(problems: Sequence[Problem]) -> str:
    """Counts first, then places and remedies, at most ten."""
    faults = errors(problems)
    head = f"FAQ集に{len(faults)}件の誤りがあるため、前の版のまま動いています。直すと自動で読み直します。"
    return "\n".join([head, *_listed(faults)])


def reloaded(revision: str, changed: Sequence[str], warnings: Sequence[Problem]) -> str:
    """Which revision serves now and what is different."""
    names = "、".join(changed[:_SHOWN]) + (
        f"、ほか{len(changed) - _SHOWN}件" if len(changed) > _SHOWN else ""
    )
    lines = [f"FAQ集を読み直しました(版 {revision})。変わった回答: {names or 'なし'}"]
    if warnings:
        lines.append(f"注意が{len(warnings)}件あります。")
        lines += _listed(warnings)
    return "\n".join(lines)


def _listed(problems: Sequence[Problem]) -> list[str]:
    lines = [str(problem) for problem in problems[:_SHOWN]]
    if len(problems) > _SHOWN:
        lines.append(f"ほか{len(problems) - _SHOWN}件。madoguchi check ですべて見られます。")
    return lines
