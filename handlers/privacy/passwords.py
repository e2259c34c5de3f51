"""Passwords in a text: a word such as パスワード, and beside it a value that looks like one.

Text that is only about passwords (「パスワードは8文字以上ですか」, "my password is not working") contains none and
is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_LABEL: Final = (
    r"(?:パスワード|ぱすわーど|パスワド|パスコード|パス(?=\s*[:：=＝はがを])|暗証番号|暗唱番号|あんしょうばんごう|認証コード|確認コード|合い?言葉"
    r"|密[码碼]|口令|验证码|驗證碼|비밀\s?번호|비번|패스워드|암호|인증\s?번호"
    r"|(?<![A-Za-z])(?:pass\s?-?(?:word|code|phrase)|passwd|pwd|pw|pass(?=\s*[:=はが])|pin(?:\s?code|\s?number|コード|番号)?)(?![A-Za-z]))"
)
_ID_LABEL: Final = re.compile(
    r"(?:ログイン|ユーザー?|利用者|会員|login\s?|user\s?|登录|登入|用户|아이디|로그인)?(?<![A-Za-z])(?:ID|アカウント名?|名|アイディー|아이디|账号|帳號|name)"
    r"\s*(?:は|が|[:：=＝]|is|是|는|은)\s*(?P<value>[!-~]{3,40})",
    re.IGNORECASE,
)
_IS: Final = r"\s*(?:[(（][^()（）]{0,12}[)）]\s*)?(?P<is>は、?|が|って|を|[:：=＝→]|is\s*:?|was|是|为|為|就是|는|은|가|이|:)\s*"
_OPEN: Final = r"(?P<open>[「『\"'“‘`【〈《]?)"
_VALUE: Final = r"(?P<value>[!-~]{3,64})"
_TOLD: Final = re.compile(_LABEL + _IS + _OPEN + _VALUE, re.IGNORECASE)
_BESIDE: Final = re.compile(_LABEL + r"[ \t\u3000\n]{1,3}" + _OPEN + _VALUE, re.IGNORECASE)
_MIXED: Final = re.compile(
    _LABEL
    + _IS
    + r"(?P<open>)(?P<value>[ぁ-んァ-ヶー一-龥가-힣]{1,8}[0-9]{2,12})(?=\s*(?:です|だよ|。|$|\n|입니다|예요))"
)
_QUOTED: Final = re.compile(
    _LABEL + _IS + r"(?P<open>[「『“\"【])(?P<value>[^「」『』”\"】\s]{3,40})[」』”\"】]", re.IGNORECASE
)
_AFTER: Final = re.compile(
    r"(?<![!-~])(?P<value>[!-~]{4,64})\s*[」』\"]?\s*(?:が|は|という|っていう|を|is my|是我?的?|가|이)\s*(?:私の|my\s)?"
    + _LABEL,
    re.IGNORECASE,
)
_BOTH: Final = re.compile(
    r"ID\s*(?:[/／・&＆+＋と、,]|and)\s*"
    + _LABEL
    + r"\s*(?:は|が|[:：=＝]|is|are|是|는)\s*(?P<one>[!-~]{3,40}?)"
    r"(?:\s*[/／、,と]\s*|\s+)(?P<value>[!-~]{3,64})",
    re.IGNORECASE,
)
_ABOUT: Final = re.compile(
    r"\s*(?:文字|桁|ケタ|けた|字|回|分|時間|日|月|年|か所|箇所|以上|以下|以内|未満|つ|個|種類|歳|円|番目|ページ|[~〜-]\s?\d+\s*(?:文字|桁|字|char|位|자)"
    r"|位|个|個字|次|天|자리|자|글자|번|일"
    r"|\s?(?:characters?|chars?|digits?|letters?|times?|days?|hours?|minutes?|or more|to\s\d|and \d|at least))",
    re.IGNORECASE,
)
"""Words after a figure that counts something."""
_USUAL: Final = """
a about access accepted again all allowed already also always an and any app are as ask asked asking at available
be because been being blank blocked bot but by can case cannot change changed changing check code correct different
does email empty enough entered error expired failed fails for forgot forgotten from good google hard has have hello
help here how id if in incorrect input invalid is it just known letters line locked login long longer lost mail
missing must my needed needs never new no not nothing ok okay old on only or out password pc phone please
protected rejected remembered required reset right safe same saved secret secure sending sent set short should sms
so something stored strong that the there this to too two unclear unknown updated url used valid via was weak web
what when where which who why wifi wi-fi will with working wrong yes you your
"""
_WORDS: Final = frozenset(_USUAL.split())
"""Usual words in text about passwords, which are not passwords."""
_ONLY_WORD: Final = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_ENDS: Final = re.compile(
    r"\s*(?:$|[\n.!。、,;！」』\"'”]|です|だ|でした|と|で|に|なの|を|として|입니다|예요|이에요|and\b|but\b)",
    re.IGNORECASE,
)
_TRIM: Final = ".,;:!?)」』\"'`"
_SITE: Final = re.compile(
    r"https?://|www\.|[\w.-]+@[\w-]+\.|[\w-]+\.(?:jp|com|org|net|html?)\b", re.IGNORECASE
)
_LEAST_DIGITS: Final = 4
_ENDS_IN_LABEL: Final = re.compile(_LABEL + r"\s*(?:は|[:：=＝]|is|是|는|은)\s*$", re.IGNORECASE)
_ALONE: Final = re.compile(r"\s*[「『\"]?(?P<value>[!-~]{4,64})[」』\"]?\s*(?:です|だ|입니다)?[。.]?\s*")


def passwords_in(plain: str) -> Iterator[tuple[int, int]]:
    """Spans (start, end) of passwords, and of login names beside them, in :func:`handlers.privacy.digits.narrow` form."""
    found: list[tuple[int, int]] = []
    for pattern in (_TOLD, _BESIDE, _AFTER):
        for match in pattern.finditer(plain):
            start, end = _trimmed(plain, *match.span("value"))
            if _is_password(plain, start, end, is_told=pattern is _TOLD, is_quoted=_has_quote(match)):
                found.append((start, end))
    found += [match.span("value") for pattern in (_MIXED, _QUOTED) for match in pattern.finditer(plain)
              if not _speaks_of_it(match["value"])]  # fmt: skip
    for match in _BOTH.finditer(plain):
        start, end = _trimmed(plain, *match.span("value"))
        if _is_password(plain, start, end, is_told=True, is_quoted=False):
            found += [match.span("one"), (start, end)]
    if found:
        found += [match.span("value") for match in _ID_LABEL.finditer(plain)]
    yield from found


def announces_password(plain: str) -> bool:
    """Whether a text ends where the password would follow: 「パスワードは」."""
    return bool(_ENDS_IN_LABEL.search(plain[-60:]))


def password_alone(plain: str) -> tuple[int, int] | None:
    """The span of the password in a text that is nothing else, after a message that announced it."""
    match = _ALONE.fullmatch(plain)
    if match is None or match["value"].casefold() in _WORDS or _SITE.search(match["value"]):
        return None
    return match.span("value")


def _has_quote(match: re.Match[str]) -> bool:
    return bool(match.groupdict().get("open"))


def _trimmed(plain: str, start: int, end: int) -> tuple[int, int]:
    while end > start and plain[end - 1] in _TRIM and plain[end - 1] != "!":
        end -= 1
    return start, end


def _is_password(plain: str, start: int, end: int, *, is_told: bool, is_quoted: bool) -> bool:
    """Whether it is no word of a language and no counted figure; a value that only follows the label must look like
    a password.
    """
    value = plain[start:end]
    if len(value) < 3 or _SITE.match(value) or (value.isdecimal() and _ABOUT.match(plain, end)):
        return False
    if _ONLY_WORD.fullmatch(value):
        lowered = value.casefold()
        is_last = bool(_ENDS.match(plain, end))
        looks_made = not (value.islower() or value.isupper() or value.istitle())
        return lowered not in _WORDS and (is_quoted or looks_made or (is_told and is_last and len(value) > 3))
    if value.isdecimal():
        return len(value) >= _LEAST_DIGITS
    has_digit = any(character.isdigit() for character in value)
    has_letter = any(character.isalpha() for character in value)
    if has_digit and has_letter:
        return not _ABOUT.match(plain, end) or len(value) > 5
    return (
        is_told
        and not has_letter
        and has_digit
        and len(value) > 4
        and not re.fullmatch(r"[\d~:/.,-]+", value)
    )


_SPOKEN_OF: Final = re.compile(
    r"忘|変更|再設定|リセット|違|間違|何|どこ|いつ|英|数字|文字|記号|設定|入力|パスワード|エラー|ログイン|確認|forgot|reset|error|wrong|invalid"
    r"|忘|错误|錯誤|重置|修改|잊|오류|변경",
    re.IGNORECASE,
)


def _speaks_of_it(value: str) -> bool:
    """「パスワードは「忘れた場合」から」: a label on a page, not a secret."""
    return bool(_SPOKEN_OF.search(value))
