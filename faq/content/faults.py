"""Explains values that do not fit their model: from pydantic's errors to a fault and a remedy."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic_core import ErrorDetails

from faq.content.compose import Path
from faq.content.document import Document
from faq.content.entry import CORE_MISSING, CORE_TWICE
from faq.content.forms import WORDS
from faq.content.near import near
from faq.content.problem import shown
from faq.language import Language

Fault = tuple[str, str, str]
_CORES: Final[Mapping[str, Fault]] = {
    CORE_MISSING: (
        CORE_MISSING,
        "「core」がありません",
        "はじめに見える文を core に書いてください (ja と en)",
    ),
    CORE_TWICE: (
        CORE_TWICE,
        "「core」と「answer」の両方があります",
        "answer は前の書き方です。どちらか片方だけを残してください",
    ),
}
"""Code, what is wrong, remedy."""

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_SEPARATOR: Final = re.compile(r"\s*([、，､,・･；;/／|｜]|\s)\s*")
_BRACKETS: Final = "[]［］【】〔〕〈〉()（）{}｛｝「」"
_DASHES: Final = re.compile("[\u2010-\u2015\u2212\u30fc]")
_SHOWN: Final = 4
_OTHER_TAGS: Final = {"jp": "ja", "jpn": "ja", "eng": "en", "kr": "ko", "zh": "zh-Hans", "cn": "zh-Hans", "zh-cn": "zh-Hans",
                      "tw": "zh-Hant", "zh-tw": "zh-Hant", "easy": "ja-easy"}  # fmt: skip
"""What people write for a language, and its tag."""
_LANGUAGES: Final = frozenset(Language)


def causes_among(details: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """The errors that are not consequences of others.

    Pydantic also reports a list whose only item is faulty as empty, a mistyped key as missing, and a part whose
    lines are indented too little as empty, with each line as unknown.
    """
    within = {detail["loc"][:-1] for detail in details}
    kept = [d for d in details if not (d["type"] == "too_short" and d["loc"] in within)]
    parents = {d["loc"][:-1] for d in kept if d["type"] == "extra_forbidden"}
    for parent in parents:
        unknown = [d for d in kept if d["type"] == "extra_forbidden" and d["loc"][:-1] == parent]
        beside = [d for d in kept if d["type"] != "extra_forbidden" and d["loc"][:-1] == parent]
        missing = [d for d in beside if d["type"] == "missing"]
        meant = {key for d in unknown if (key := meant_by(str(d["loc"][-1]), path_of(d)))}
        if len(unknown) == len(missing) == 1 and str(missing[0]["loc"][-1]) not in meant:
            unknown[0].setdefault("ctx", {})["meant"] = meant = {str(missing[0]["loc"][-1])}
        empty = {str(d["loc"][-1]): d for d in beside if d["input"] is None}
        moved = [d for d in unknown if any(_holds(path_of(e), str(d["loc"][-1])) for e in empty.values())]
        gone = [d for d in missing if str(d["loc"][-1]) in meant]
        for detail in moved:
            owner = next(e for e in empty.values() if _holds(path_of(e), str(detail["loc"][-1])))
            detail.setdefault("ctx", {})["owner"] = str(owner["loc"][-1])
            gone.append(owner)
        gone += moved[1:]
        kept = [d for d in kept if not any(d is other for other in gone)]
    return _one_of_many(kept)


def _one_of_many(details: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """One error for all items of a list that should hold lists, and one for all missing keys of a part."""
    first: dict[tuple[Any, ...], ErrorDetails] = {}
    kept: list[ErrorDetails] = []
    for detail in details:
        kind, loc = detail["type"], detail["loc"]
        is_one = kind == "missing" or (kind == "tuple_type" and isinstance(loc[-1], int))
        head = first.setdefault((kind, loc[:-1]), detail) if is_one else detail
        if head is detail:
            kept.append(detail)
        elif kind == "missing":
            head.setdefault("ctx", {}).setdefault("more", []).append(str(loc[-1]))
    return kept


def path_of(detail: ErrorDetails) -> Path:
    return tuple(part for part in detail["loc"] if part != "[key]")


def explained(detail: ErrorDetails) -> Fault:
    """An error as code, fault and remedy."""
    path = path_of(detail)
    what = ".".join(str(part) for part in path if isinstance(part, str)) or "ファイル"
    kind, value = detail["type"], detail["input"]
    context: Mapping[str, Any] = detail.get("ctx") or {}
    if kind == "extra_forbidden":
        return _unknown_key(path, context)
    if kind == "missing":
        keys = [str(path[-1]), *context.get("more", ())]
        told = "".join(f"「{key}」" for key in keys[:_SHOWN]) + ("など" if len(keys) > _SHOWN else "")
        return "key-missing", f"{told}がありません", "この項目を書いてください"
    if value is None:
        return "value-empty", f"「{what}」に何も書かれていません", "値を書くか、この行を消してください"
    if (fault := _shape(kind, what, value, is_item=isinstance(path[-1] if path else "", int))) is not None:
        return fault
    if kind == "enum":
        allowed = [
            part.strip(" '") for part in str(context.get("expected", "")).replace(" or ", ",").split(",")
        ]
        guess = near(str(value), allowed) or _OTHER_TAGS.get(str(value).lower(), "") * ("ja" in allowed)
        hint = f"使える値: {'、'.join(allowed)}"
        told = f"「{what}」の値「{shown(value)}」は使えません"
        return "value-unknown", told, f"「{guess}」のことですか。{hint}" if guess else hint
    if kind == "value_error" and str(context.get("error", "")).startswith("words-missing:"):
        missing = str(context["error"]).partition(":")[2]
        return "words-missing", f"「{what}」に {missing} の文がありません", "ja と en の両方を書いてください"
    if kind == "value_error" and (fault := _CORES.get(str(context.get("error", "")))) is not None:
        return fault
    if kind == "value_error" and str(context.get("error", "")).startswith("phone-digits:"):
        digits = str(context["error"]).partition(":")[2]
        told = f"電話番号「{shown(value)}」は{digits}桁で、日本の番号になりません"
        return "phone-impossible", told, "番号を確かめてください (固定電話は10桁、050・携帯は11桁)"
    if kind == "value_error" and str(context.get("error", "")).startswith("zone-unknown:"):
        guess = str(context["error"]).partition(":")[2]
        hint = f"「{guess}」のことですか" if guess else "地域/都市の形で書いてください (例: Asia/Tokyo)"
        return "zone-unknown", f"「{shown(value)}」という時刻の地域はありません", hint
    in_list = isinstance(path[-1] if path else "", int)
    if (
        kind in ("string_pattern_mismatch", "string_too_long")
        and in_list
        and (sign := _separator(str(value)))
    ):
        told = f"「{what}」が「{sign}」で区切られています"
        hint = f"「{sign}」ではなく半角の「, 」で区切ってください (例: {_as_list(str(value), most=2)})"
        return "separator-other", told, hint
    if kind == "string_pattern_mismatch":
        told = f"「{what}」の値「{shown(value)}」の形が違います"
        guess = _narrow(str(value), str(context["pattern"]))
        hint = f"{WORDS[str(context['pattern'])]}にしてください"
        return (
            "value-form",
            told,
            f"「{shown(guess)}」と書いてください ({WORDS[str(context['pattern'])]})" if guess else hint,
        )
    if kind == "string_too_long":
        told = f"「{what}」が{context.get('max_length')}字より長いです"
        return "value-long", told, "短くするか、2つに分けてください"
    if kind.startswith("date"):
        if _DATE.fullmatch(str(value)):
            told = f"「{what}」の日付「{value}」は暦にありません"
            return "value-not-date", told, "正しい日を書いてください"
        return "value-not-date", f"「{what}」が日付ではありません", "2026-11-23 の形で書いてください"
    if kind in ("too_short", "string_too_short"):
        return "value-empty", f"「{what}」が空です", "1つ以上書いてください"
    if kind.startswith(("int", "greater", "less", "finite")):
        told = f"「{what}」の数「{shown(value)}」が使えません"
        return "value-not-number", told, "決められた範囲の整数を書いてください"
    return "value-form", f"「{what}」の形が違います", "ほかの項目を見本にして書き直してください"


def meant_by(key: str, path: Path) -> str:
    """The known key that a mistyped one stands for; empty where none is near."""
    folded = unicodedata.normalize("NFKC", key).strip().lower()
    known = _known_keys(path)
    found = [folded] if folded in known else difflib.get_close_matches(folded, known, 1, 0.6)
    return found[0] if found else ""


def _unknown_key(path: Path, context: Mapping[str, Any]) -> Fault:
    key = str(path[-1])
    if owner := context.get("owner"):
        told = f"「{shown(key)}」の字下げが足りません (「{owner}」の中の項目です)"
        return "indent-uneven", told, f"「{owner}」より2つ右に下げてください"
    guess = next(iter(context.get("meant", ())), "") or meant_by(key, path)
    hint = f"「{guess}」のことですか" if guess else "使えるキー: " + "、".join(_known_keys(path))
    return "key-unknown", f"知らないキー「{shown(key)}」です", hint


def _narrow(value: str, pattern: str) -> str:
    """The value in half width and in the pattern's case, if it then matches; otherwise empty."""
    folded = _DASHES.sub("-", unicodedata.normalize("NFKC", value)).strip()
    return next((form for form in (folded, folded.lower(), folded.upper()) if re.search(pattern, form)), "")


def _shape(kind: str, what: str, value: object, *, is_item: bool) -> Fault | None:
    """A single value where a list is expected, a list where a value is, or a text where a mapping is."""
    if kind in ("tuple_type", "list_type"):
        if isinstance(value, str) and is_item:
            told = f"「{what}」は、語の組を並べる項目です"
            return "list-missing", told, f"組ごとに [ ] で囲み、[{_as_list(value)}] のように書いてください"
        if isinstance(value, str):
            wide = bool(value) and value[0] in _BRACKETS
            told = (
                f"「{what}」のかっこが半角の [ ] ではありません"
                if wide
                else f"「{what}」は [ ] で囲むか、「- 」の行に分けて書く項目です"
            )
            return "list-missing", told, f"{_as_list(value)} と書いてください"
        if isinstance(value, dict):
            told = f"「{what}」の項目の初めに「- 」がありません"
            return "list-missing", told, "項目ごとに、初めの行の頭に「- 」を書いてください"
        return (
            "list-missing",
            f"「{what}」が一覧になっていません",
            f"[{shown(value)}] のように [ ] で囲んでください",
        )
    if kind == "dict_type" and what == "phrasings":
        told = "「phrasings」は、回答の id ごとに書く項目です"
        return (
            "ids-missing",
            told,
            "次の行から字下げして「id:」の行を書き、その下に ja: と en: を書いてください",
        )
    if kind == "dict_type":
        told = f"「{what}」は言語ごとに書く項目です"
        return "languages-missing", told, "次の行から字下げして、ja: と en: の行に分けて書いてください"
    if kind in ("model_type", "model_attributes_type"):
        told = f"「{what}」のここが「名前: 値」の形ではありません"
        return "value-form", told, "ほかの項目を見本にして、「名前: 値」の行に分けて書いてください"
    if kind == "string_type":
        if isinstance(value, dict):
            told = f"「{what}」の文の中に「: 」か {{ }} があり、文として読めません"
            return "value-not-text", told, '値全体を引用符 " " で囲んでください'
        if isinstance(value, list):
            told = f"「{what}」は文字を1つだけ書く項目です"
            return (
                "value-not-text",
                told,
                '[ ]・{ }・「- 」を取ってください。文の一部なら全体を引用符 " " で囲んでください',
            )
        return "value-not-text", f"「{what}」が文字ではありません", "値を引用符で囲んでください"
    if kind.startswith("bool"):
        return "value-form", f"「{what}」の値「{shown(value)}」は使えません", "true か false を書いてください"
    return None


def _separator(text: str) -> str:
    """The separator used instead of a comma and space; empty where the text is one name."""
    found = _SEPARATOR.search(text.strip()[:1000])
    parts = [part for part in _SEPARATOR.split(text.strip())[::2] if part]
    return (found[1].strip() or "空白") if found and len(parts) > 1 and text.strip().isprintable() else ""


def _as_list(text: str, most: int = 6) -> str:
    bare = text.strip(_BRACKETS + " \u3000")
    parts = [part.strip(_BRACKETS) for part in _SEPARATOR.split(bare[:1000])[::2]]
    if not bare.isascii() and not all(part.isascii() for part in parts):
        return f'["{shown(bare)}"]'
    return "[" + ", ".join(shown(part) for part in parts[:most] if part) + "]"


def _holds(path: Path, key: str) -> bool:
    """Whether the part at ``path`` may have this key."""
    known = _known_keys((*path, key))
    return key in known if known else key in _LANGUAGES and _is_by_language(path)


def _is_by_language(path: Path) -> bool:
    """Whether texts by language are expected there."""
    model: Any = Document
    for part in path[:-1]:
        if isinstance(part, str):
            model = _model_in(model.model_fields[part].annotation) if part in _fields(model) else None
    fields = _fields(model)
    return bool(path) and str(path[-1]) in fields and "Language" in str(fields[str(path[-1])].annotation)


def _known_keys(path: Path) -> list[str]:
    """The keys that the models allow at this path."""
    model: Any = Document
    for part in path[:-1]:
        if isinstance(part, int):
            continue
        if part not in _fields(model):
            return []
        model = _model_in(_fields(model)[part].annotation)
        if model is None:
            return []
    return sorted(_fields(model))


def _fields(model: Any) -> Mapping[str, Any]:
    fields: Mapping[str, Any] = getattr(model, "model_fields", {})
    return fields


def _model_in(annotation: Any) -> Any:
    if hasattr(annotation, "model_fields"):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if (found := _model_in(argument)) is not None:
            return found
    return None
