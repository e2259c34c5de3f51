"""Single values of config.yaml: bounded numbers, texts, file names, addresses; and why one is not valid."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Mapping, Sequence, Sized
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import urlsplit

from bot.errors import both
from faq.content.problem import shown

Reader = Callable[[object], Any]
"""Takes a value as YAML gives it. Raises :class:`ValueError` with both languages where it is not valid."""

LARGEST_ID: Final = 2**52
"""Telegram's ids have no more than 52 significant bits."""
_WHOLE: Final = re.compile(r"[-+]?[0-9]+")
_LONGEST_WHOLE: Final = 19
_SHOWN_PARTS: Final = 5
_LONGEST_NAME: Final = 200
"""Bytes of a file name: a file system takes 255, and we add suffixes."""
_LONGEST_PATH: Final = 3000
_LONGEST_ADDRESS: Final = 2000
_HOST: Final = re.compile(r"[0-9A-Za-z_]([0-9A-Za-z_.-]{0,251}[0-9A-Za-z_])?")
_LAST_PORT: Final = 65535


def quoted(value: object) -> str:
    """A value as a finding shows it: as YAML, in one line, shortened."""
    return f"'{shown(value)}'" if isinstance(value, str) else shown(_as_yaml(value))


def _as_yaml(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(_as_yaml(part) for part in value[:_SHOWN_PARTS])}]"
    if isinstance(value, dict):
        parts = itertools.islice(value.items(), _SHOWN_PARTS)
        return f"{{{', '.join(f'{_as_yaml(key)}: {_as_yaml(part)}' for key, part in parts)}}}"
    return shown(value)


def bare(value: object) -> str:
    """The value without quotation marks."""
    return quoted(value).strip("'")


def empty() -> ValueError:
    """The error for a key without a value."""
    return ValueError(
        both("空です。値を書くか、この行を消してください", "is empty; write a value or remove the line")
    )


def number(low: int, high: int) -> Reader:
    """Reads an integer between two bounds, both included."""

    def read(value: object) -> int:
        if value is None:
            raise empty()
        found = _whole(value)
        if found is None:
            raise ValueError(
                both(
                    f"{quoted(value)} は整数ではありません。{low} から {high} までの数を書いてください",
                    f"{quoted(value)} is not a whole number; write one from {low} to {high}",
                )
            )
        if found < low:
            raise ValueError(
                both(
                    f"{shown(value)} は使えません。{low} 以上にしてください",
                    f"{shown(value)} is not usable; it has to be {low} or more",
                )
            )
        if found > high:
            raise ValueError(
                both(
                    f"{shown(value)} は使えません。{high} 以下にしてください",
                    f"{shown(value)} is not usable; it has to be {high} or less",
                )
            )
        return found

    return read


def chat_id(*, is_group: bool) -> Reader:
    """Reads a chat id; a group's is negative."""

    def read(value: object) -> int:
        found = _whole(value)
        if found is None:
            raise ValueError(
                both(
                    f"{quoted(value)} は整数ではありません。チャットの id の数を書いてください"
                    " (空にして起動すると、id を表示します)",
                    f"{quoted(value)} is not a whole number; write one",
                )
            )
        if not 0 < abs(found) <= LARGEST_ID:
            raise ValueError(
                both(
                    f"{shown(value)} はTelegramの id ではありません。空にして起動すると、チャットの id を表示します",
                    f"{shown(value)} is not an id of Telegram's; start with it empty to be shown the id",
                )
            )
        if is_group and found > 0:
            raise ValueError(
                both(
                    f"{found} はグループのidではありません (グループのidは -100… のように負の数です)。"
                    "空にして起動すると、グループのidを表示します",
                    f"{found} is not a group's id, which is a negative number; start with it empty to be shown the id",
                )
            )
        return found

    return read


def _whole(value: object) -> int | None:
    """The value as an integer. One with too many digits becomes a number outside all bounds."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if math.isfinite(value) and value == int(value) else None
    if not isinstance(value, str) or not _WHOLE.fullmatch(value.strip()):
        return None
    digits = value.strip()
    if len(digits) > _LONGEST_WHOLE:
        return -(10**_LONGEST_WHOLE) if digits.startswith("-") else 10**_LONGEST_WHOLE
    return int(digits)


def text(longest: int) -> Reader:
    """Reads words for people, of several lines if needed."""

    def read(value: object) -> str:
        if value is None or (isinstance(value, str) and not value.strip()):
            raise empty()
        if not isinstance(value, str):
            raise ValueError(
                both(
                    f'{quoted(value)} は文字ではありません。" " で囲んでください',
                    f"{quoted(value)} is not text; put it in quotes",
                )
            )
        if len(value) > longest:
            raise ValueError(
                both(
                    f"長すぎます。{longest} 字までにしてください",
                    f"is too long; at most {longest} characters",
                )
            )
        if any((ord(sign) < ord(" ") and sign not in "\n\t") or sign == "\x7f" or "\ud800" <= sign <= "\udfff"
               for sign in value):  # fmt: skip
            raise ValueError(
                both(
                    f"{quoted(value)} に、目に見えない文字があります。消してください",
                    f"{quoted(value)} has characters that cannot be seen; take them out",
                )
            )
        return value

    return read


def path_text(*, is_file: bool) -> Reader:
    """Reads a path that a file system accepts; a file's path must end in a name."""
    words = text(_LONGEST_PATH)

    def read(value: object) -> str:
        given: str = words(value)
        if "\n" in given or any(len(part.encode()) > _LONGEST_NAME for part in PurePosixPath(given).parts):
            raise ValueError(
                both(
                    f"{quoted(value)} はファイルの名前に使えません。改行のない、{_LONGEST_NAME}バイトまでの名前にしてください",
                    f"{quoted(value)} cannot be the name of a file; write one without line breaks, up to {_LONGEST_NAME} bytes",
                )
            )
        if is_file and (given.endswith("/") or PurePosixPath(given).name in ("", ".", "..")):
            raise ValueError(
                both(
                    f"{quoted(value)} はフォルダです。{PurePosixPath(given, 'madoguchi.db')} のように、ファイルの名前まで書いてください",
                    f"{quoted(value)} is a folder; write the name of a file, like {PurePosixPath(given, 'madoguchi.db')}",
                )
            )
        return given

    return read


def address(like: str, *, has_no_slash: bool = False) -> Reader:
    """Reads a web address; ``like`` is an example."""
    words = text(_LONGEST_ADDRESS)

    def read(value: object) -> str:
        given: str = words(value)
        if not _is_address(given) or (has_no_slash and given.endswith("/")):
            raise ValueError(
                both(
                    f"{quoted(given)} はWebのアドレスではありません。{like} のように"
                    f"{'、末尾の / なしで' if has_no_slash else ''}書いてください",
                    f"{quoted(given)} is not a web address; write it like {like}"
                    + (", without a slash at the end" if has_no_slash else ""),
                )
            )
        return given

    return read


def _is_address(given: str) -> bool:
    if re.fullmatch(r"https?://[^\s{}\\]+", given) is None:
        return False
    try:
        parts = urlsplit(given)
        host, port = parts.hostname or "", parts.port
    except ValueError:  # malformed brackets or ports
        return False
    return (":" in host or _is_host(host)) and port != 0


def _is_host(name: str) -> bool:
    """Whether a name is a valid host name: letters, digits, hyphens and dots after IDNA encoding."""
    try:
        return _HOST.fullmatch(name.encode("idna").decode()) is not None
    except UnicodeError:  # an empty or too long label
        return False


def listen(value: object) -> str:
    """Reads an address of this machine and a port."""
    given = value.strip() if isinstance(value, str) else ""
    host, _, port = given.rpartition(":")
    if not (_is_host(host) and re.fullmatch("[0-9]{1,5}", port) and 0 < int(port) <= _LAST_PORT):
        if value is None:
            raise empty()
        raise ValueError(
            both(
                f"{quoted(value)} では待ち受けられません。127.0.0.1:8080 のように、アドレスと1〜65535のポートを書いてください",
                f"{quoted(value)} cannot be listened on; write an address and a port from 1 to 65535, like 127.0.0.1:8080",
            )
        )
    return given


def listed(like: Callable[[object], str], most: int, *, may_be_empty: bool = False) -> Reader:
    """Reads a list; ``like`` writes the given value as a list, for the remedy."""

    def read(value: object) -> Sequence[object]:
        if value is None or value == []:
            if may_be_empty:
                return []
            raise empty()
        if not isinstance(value, list):
            raise ValueError(
                both(
                    f"{quoted(value)} は [ ] で囲まれていません。{like(value)} のように [ ] で囲んでください",
                    f"{quoted(value)} is not a list; put it in brackets, like {like(value)}",
                )
            )
        _check_count(value, most)
        return value

    return read


def _check_count(items: Sized, most: int) -> None:
    if len(items) > most:
        raise ValueError(
            both(f"多すぎます。{most} 個までにしてください", f"has too many items; at most {most}")
        )


def mapped(like: str, most: int) -> Reader:
    """Reads values by name; an empty mapping is valid."""

    def read(value: object) -> Mapping[str, object]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise ValueError(
                both(
                    f"{quoted(value)} は「名前: 値」の形ではありません。{like} のように書いてください",
                    f"{quoted(value)} is not of the form `name: value`; write it like {like}",
                )
            )
        _check_count(value, most)
        return value

    return read
