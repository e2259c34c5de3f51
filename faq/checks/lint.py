"""Faults that only show across the whole base: dead ids, doubles, numbers where a window should be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final

from faq.checks.cross_reference import Spot, Survey
from faq.checks.easy_japanese import easy_japanese
from faq.checks.lint_phrasings import owners, phrasings
from faq.checks.lint_profile import hand_over, profile
from faq.content.entry import Entry
from faq.content.example import NONE
from faq.content.problem import Problem, Severity, shown, unforeseen
from faq.content.provenance import Provenance
from faq.content.signal import SignalKind
from faq.content.window import WrongWindowError
from faq.language import Language
from faq.matching.normalize import fold
from faq.window_text import PLACEHOLDER, windows_in

_PHONE: Final = re.compile(r"(?<![0-9])0[0-9]{1,4}[-ー‐−( ]?[0-9]{1,4}[-ー‐−) ]?[0-9]{3,4}(?![0-9])")
_URL: Final = re.compile(r"https?://|www\.|[a-z0-9-]+\.(?:jp|com|org|net|app|io)\b", re.IGNORECASE)
_BRACE: Final = re.compile(r"[{｛][^}｝]*[}｝]?|window\s*[:：]\s*[\w-]+")
_REPEATED_REPEAT: Final = re.compile(r"\((?:[^()\\]|\\.)*(?:[+*]|,\})(?:[^()\\]|\\.)*\)(?:[+*]|\{\d*,\})")
"""Nested unbounded repetition in a pattern: exponential time on a text that almost matches."""
_BUTTON_LIMITS: Final = {Language.JA: 18, Language.EN: 32}
_MANY_IN_GROUP: Final = 12
_WHOLE_BASE: Final = 20
_EXAMPLES, _EXAMPLES_NONE = 150, 50


def lint(base: Survey, today: date) -> list[Problem]:
    """Every finding across the readable files; dead references are recorded in ``base``."""
    checks: tuple[Callable[[Survey], Iterable[Problem]], ...] = (
        _double_ids, _entries_refer, _answers, _windows, _decoys_and_replies, owners, phrasings, _groups, _examples,
        profile, hand_over, easy_japanese,
        lambda base: _dates(base, today),
    )  # fmt: skip
    return [problem for check in checks for problem in _guarded(check, base)]


def _guarded(check: Callable[[Survey], Iterable[Problem]], base: Survey) -> list[Problem]:
    """A check's findings. Where it raises, the file is reported without which it does not."""
    try:
        return list(check(base))
    except Exception as error:
        for part in base.parts:
            try:
                list(check(base.without(part)))
            except Exception:  # noqa: S112 - another file, or more than this one
                continue
            return [unforeseen(part.name, error)]
        return [unforeseen("entries", error)]


def _double_ids(base: Survey) -> Iterator[Problem]:
    named: tuple[tuple[str, Iterable[tuple[Spot, str]]], ...] = (
        ("回答", ((s, e.id) for s, e in base.entries)),
        ("窓口", ((s, w.id) for s, w in base.windows)),
        ("出典", ((s, x.key) for s, x in base.sources)),
        ("分類", ((s, g.id) for s, g in base.groups)),
        ("用件", ((s, x.id) for s, x in base.purposes)),
        ("決まった返事", ((s, r.id) for s, r in base.replies)),
        ("対象外の種類", ((s, k.id) for s, k in base.kinds)),
        ("対象外の用件", ((s, d.id) for s, d in base.decoys)),
    )
    for name, items in named:
        first: dict[str, Spot] = {}
        doubles: dict[tuple[str, str], list[tuple[Spot, str]]] = {}
        for spot, key in items:
            if key in first:
                doubles.setdefault((spot.part.name, first[key].part.name), []).append((spot, key))
            first.setdefault(key, spot)
        for (here, there), found in doubles.items():
            spot, key = found[0]
            if len(found) == 1 or here == there:
                for spot, key in found:
                    told = f"{name}の id「{key}」は {first[key]} にもあります"
                    yield spot.problem("id-duplicate", told, "どちらかの id を変えてください")
                continue
            told = f"{name}の id{len(found)}件 (「{key}」など) は {there} にもあります"
            yield spot.problem("id-duplicate", told, "写しのファイルなら、どちらかのファイルを消してください")


def _entries_refer(base: Survey) -> Iterator[Problem]:
    for spot, entry in base.entries:
        base.refer(spot.at("group"), "group", "分類", entry.group)
        for number, key in enumerate(entry.sources):
            base.refer(spot.at("sources", number), "source", "出典", key)
        if not entry.sources and entry.provenance is not Provenance.NOT_FOUND:
            yield spot.at("sources").problem(
                "source-missing", f"{entry.id}: 出典がありません", "sources に出典の key を書いてください"
            )
        for number, window in enumerate(entry.windows):
            base.refer(spot.at("windows", number), "window", "窓口", window)
        used = {w for _, _, text in entry.texts() for w, _ in windows_in(text)}
        if used != set(entry.windows) and used | set(entry.windows) <= base.ids["window"]:
            should = "、".join(sorted(used)) or "(なし)"
            yield spot.at("windows").problem(
                "windows-differ",
                f"{entry.id}: windows と回答の文の窓口が違います",
                f"windows を {should} にしてください",
            )


def _answers(base: Survey) -> Iterator[Problem]:
    for spot, entry in base.entries:
        for key, language, text in entry.texts():
            yield from _text(base, spot.at(key, language.value), entry.id, text, {"window"})
        for number, pattern in enumerate(entry.must_not_say):
            at = spot.at("must_not_say", number)
            if _REPEATED_REPEAT.search(pattern):
                yield at.problem(
                    "pattern-endless",
                    f"{entry.id}: 正規表現「{shown(pattern)}」は繰り返しの中に繰り返しがあり、調べ終わらないことがあります",
                    "かっこの中か外の、どちらか片方だけに + や * を書いてください",
                )
                continue
            try:
                hit = any(re.search(pattern, text) for _, _, text in entry.texts())
            except re.error:
                yield at.problem(
                    "pattern-broken",
                    f"{entry.id}: 正規表現「{pattern}」が読めません",
                    "かっこや記号の対応を見直してください",
                )
                continue
            if hit:
                yield at.problem(
                    "pattern-hits-answer", f"{entry.id}: 「{pattern}」は自分の回答の文にも当てはまります",
                    "正規表現をせまくするか、回答の文を見直してください",
                )  # fmt: skip
        for name in ("question", "button"):
            for language, text in getattr(entry, name).items():
                yield from _text(base, spot.at(name, language.value), entry.id, text, set())
        for language, text in entry.button.items():
            if "\n" in text:
                yield spot.at("button", language.value).problem(
                    "button-lines", f"{entry.id}: ボタンの題が2行以上あります", "1行に書いてください"
                )
        for name, number, word in _terms(entry):
            if "、" in word:
                yield spot.at(name, number).problem(
                    "separator-other",
                    f"{entry.id}: {name} の語「{shown(word)}」に「、」があります",
                    f"「、」ではなく半角の「, 」で区切ってください (例: [{word.replace('、', ', ')}])",
                )
        for language, limit in _BUTTON_LIMITS.items():
            if len(entry.button[language]) > limit:
                yield spot.at("button", language.value).problem(
                    "button-long",
                    f"{entry.id}: ボタンの題が{limit}字より長いです",
                    "短い題にしてください",
                    Severity.WARNING,
                )


def _terms(entry: Entry) -> Iterator[tuple[str, int, str]]:
    """The words of an entry's rules, with their places."""
    yield from (("forbids", number, word) for number, word in enumerate(entry.forbids))
    yield from (("requires", number, word) for number, group in enumerate(entry.requires) for word in group)


def _text(base: Survey, spot: Spot, owner: str, text: str, allowed: set[str]) -> Iterator[Problem]:
    bare = unicodedata.normalize("NFKC", PLACEHOLDER.sub("", text))
    if _PHONE.search(bare):
        yield spot.problem(
            "phone-in-text",
            f"{owner}: 文の中に電話番号があります",
            "番号を消し、{window:窓口のid|用件} と書いてください",
        )
    if _URL.search(bare):
        yield spot.problem(
            "url-in-text", f"{owner}: 文の中にURLがあります", "URLを消し、出典か窓口の url に書いてください"
        )
    for match in _BRACE.finditer(PLACEHOLDER.sub("", text) if "window" in allowed else text):
        if match[0] == "{subject}" and "subject" in allowed:
            continue
        yield spot.problem(
            "placeholder-form",
            f"{owner}: 「{shown(match[0])}」は使えない書き方で、そのまま住民に見えます",
            "すべて半角で {window:窓口のid|用件} の形にしてください"
            if "window" in allowed
            else "ここでは { } の形は使えません。文で書いてください",
        )
    if "window" not in allowed:
        return
    for window, purpose in windows_in(text):
        if window not in base.ids["window"]:
            base.refer(spot, "window", "窓口", window)
        elif purpose not in base.ids["purpose"]:
            base.refer(spot, "purpose", "用件", purpose)
        elif window in base.directory.windows and purpose in base.directory.purposes:
            try:
                base.directory.window_for(window, purpose)
            except WrongWindowError:
                handles = "、".join(base.directory.windows[window].handles)
                yield spot.problem(
                    "window-wrong-purpose", f"{owner}: 窓口「{window}」は用件「{purpose}」を受けません",
                    f"受ける用件: {handles}。ほかの窓口を選んでください",
                )  # fmt: skip


def _windows(base: Survey) -> Iterator[Problem]:
    handled: set[str] = set()
    for spot, window in base.windows:
        handled |= set(window.handles)
        for name in ("handles", "does_not_handle"):
            for number, purpose in enumerate(getattr(window, name)):
                base.refer(spot.at(name, number), "purpose", "用件", purpose)
        for both in sorted(set(window.handles) & set(window.does_not_handle)):
            yield spot.at("does_not_handle").problem(
                "purpose-both",
                f"{window.id}: 用件「{both}」が handles と does_not_handle の両方にあります",
                "どちらかから消してください",
            )
        if window.phone is None and window.phone_note is None:
            yield spot.problem(
                "phone-unexplained",
                f"{window.id}: 電話番号も phone_note もありません",
                "番号の調べ方を phone_note に書いてください",
            )
        if window.phone is not None and window.phone_note is not None:
            yield spot.at("phone_note").problem(
                "phone-unexplained",
                f"{window.id}: 電話番号と phone_note の両方があります",
                "phone_note を消してください",
            )
        for number, key in enumerate(window.sources):
            base.refer(spot.at("sources", number), "source", "出典", key)
        if not window.sources and window.provenance is not Provenance.NOT_FOUND:
            yield spot.problem(
                "source-missing", f"{window.id}: 出典がありません", "sources に出典の key を書いてください"
            )
    for spot, purpose in base.purposes:
        if purpose.id not in handled and base.is_sound:
            yield spot.problem(
                "purpose-unhandled",
                f"用件「{purpose.id}」を受ける窓口がありません",
                "窓口の handles に足すか、用件を消してください",
                Severity.WARNING,
            )


def _decoys_and_replies(base: Survey) -> Iterator[Problem]:
    for spot, decoy in base.decoys:
        base.refer(spot.at("kind"), "kind", "種類", decoy.kind)
    for spot, kind in base.kinds:
        for language, text in kind.reply.items():
            yield from _text(base, spot.at("reply", language.value), kind.id, text, {"window", "subject"})
    for spot, reply in base.replies:
        for language, text in reply.reply.items():
            yield from _text(
                base, spot.at("reply", language.value), reply.id, text, {"window"} if reply.danger else set()
            )
    for spot, signal in base.signals:
        if signal.kind is SignalKind.COMPLAINT:
            base.refer(spot.at("entry"), "entry", "回答", signal.entry or "")
        else:
            base.refer(spot.at("reply"), "reply", "決まった返事", signal.reply or "")


def _groups(base: Survey) -> Iterator[Problem]:
    members: dict[str, list[Entry]] = {}
    for _, entry in base.entries:
        members.setdefault(entry.group, []).append(entry)
    for spot, group in base.groups:
        count = len(members.get(group.id, []))
        if not count and base.is_sound:
            yield spot.problem(
                "group-empty",
                f"分類「{group.id}」に回答がありません",
                "分類を消すか、回答の group に書いてください",
                Severity.WARNING,
            )
        if count > _MANY_IN_GROUP:
            yield spot.problem(
                "group-crowded",
                f"分類「{group.id}」の回答が{count}個あります",
                f"{_MANY_IN_GROUP}個以下に分けてください",
                Severity.WARNING,
            )
    for spot, entry in base.entries:
        for other in members[entry.group]:
            if other.id < entry.id and other.button[Language.JA] == entry.button[Language.JA]:
                yield spot.at("button").problem(
                    "button-same",
                    f"{entry.id}: ボタンの題が {other.id} と同じです",
                    "見分けのつく題にしてください",
                    Severity.WARNING,
                )


def _examples(base: Survey) -> Iterator[Problem]:
    utterances = {fold(t): e.id for _, e in base.entries for texts in e.utterances.values() for t in texts}
    for spot, example in base.examples:
        for wanted in (example.entry, *example.also):
            if wanted != NONE:
                base.refer(spot, "entry", "回答", wanted)
        if fold(example.text) in utterances:
            yield spot.problem(
                "example-is-utterance",
                f"例「{example.text}」は言い方と同じで、何も確かめません",
                "別の言い方にしてください",
                Severity.WARNING,
            )
    if len(base.entries) < _WHOLE_BASE or not base.is_sound or not base.examples:
        return
    none = sum(example.entry == NONE for _, example in base.examples)
    if len(base.examples) < _EXAMPLES or none < _EXAMPLES_NONE:
        yield base.examples[0][0].problem(
            "examples-few", f"例が{len(base.examples)}個 (none は{none}個) しかありません",
            f"{_EXAMPLES}個以上 (none は{_EXAMPLES_NONE}個以上) にしてください", Severity.WARNING,
        )  # fmt: skip


def _dates(base: Survey, today: date) -> Iterator[Problem]:
    for spot, entry in base.entries:
        if entry.checked_on > today:
            yield spot.at("checked_on").problem(
                "date-future", f"{entry.id}: 確認日が未来です", "読んで確かめた日を書いてください"
            )
        if entry.review_on < today:
            yield spot.at("review_on").problem(
                "review-overdue",
                f"{entry.id}: 見直しの期日を過ぎています",
                "出典を読み直し、review_on を新しくしてください",
                Severity.WARNING,
            )
        if entry.valid_until and entry.valid_until < today:
            yield spot.at("valid_until").problem(
                "validity-over",
                f"{entry.id}: 有効期限 (valid_until) を過ぎていて、住民にはこの回答が出ません",
                "新しい内容にして version を上げ、valid_until を直すか消してください",
                Severity.WARNING,
            )
        if entry.valid_from and entry.valid_until and entry.valid_from > entry.valid_until:
            yield spot.at("valid_from").problem(
                "dates-reversed",
                f"{entry.id}: valid_from が valid_until より後です",
                "2つの日付を見直してください",
            )
        if (entry.verified_on is None) != (entry.verified_by is None):
            yield spot.problem(
                "verification-half",
                f"{entry.id}: verified_on と verified_by の片方だけがあります",
                "両方書くか、両方消してください",
            )
