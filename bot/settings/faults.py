"""Pydantic's faults in config.yaml, in our words: what is wrong and what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any, Final

from pydantic_core import ErrorDetails

from bot.errors import both
from bot.settings.config_file import ConfigFile
from bot.settings.values import bare, quoted

_KEY: Final = "[key]"
"""Pydantic's mark that a key is at fault, not its value."""

KeyPath = tuple[str | int, ...]


def place(detail: ErrorDetails) -> KeyPath:
    """The part of the file that a fault is about."""
    return tuple(part for part in detail["loc"] if isinstance(part, (str, int)) and part != _KEY)


def told(detail: ErrorDetails, where: KeyPath) -> str:
    """One fault in both languages: the setting, what is wrong, what to do."""
    setting = ".".join(bare(part) for part in where if isinstance(part, str)) or "config.yaml"
    return f"{setting}: {_explained(detail, where)}"


def _explained(detail: ErrorDetails, where: KeyPath) -> str:
    kind, given = detail["type"], quoted(detail["input"])
    context: Mapping[str, Any] = detail.get("ctx", {})
    if kind == "extra_forbidden":
        return _did_you_mean(where)
    if kind == "value_error":
        return str(context["error"])
    if kind == "literal_error":
        return both(
            f"{given} は使えません。{context['expected'].replace(' or ', '、')} から選んでください",
            f"{given} is not possible; use {context['expected']}",
        )
    if kind == "string_too_long":
        return both(f"長すぎます。{context['max_length']} 字までにしてください",
                    f"is too long; at most {context['max_length']} characters")  # fmt: skip
    if kind == "string_pattern_mismatch":
        return both(f"{given} は名前に使えません。「:」と改行を取ってください",
                    f"{given} cannot be a name; take out colons and line breaks")  # fmt: skip
    return both(
        "書き方が違います。config.yaml の説明の行を見てください (madoguchi init DIR で見本ができます)",
        "is not written as it has to be; see the comments in the shipped config.yaml (madoguchi init DIR writes one)",
    )


def _did_you_mean(where: KeyPath) -> str:
    model: Any = ConfigFile
    for part in where[:-1]:
        model = model.model_fields[part].annotation
    known = list(model.model_fields)
    near = difflib.get_close_matches(bare(where[-1]), known, 1, 0.5)
    if near:
        return both(f"知らない設定です。{near[0]} のことですか", f"unknown setting; did you mean {near[0]}?")
    return both(
        f"知らない設定です。使えるのは {'、'.join(known)} です",
        f"unknown setting; known are {', '.join(known)}",
    )
