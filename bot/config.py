"""config.yaml and the environment as one frozen value. All faults at once, each with its line and what to do."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from math import inf
from pathlib import Path
from typing import Any, Final

from pydantic import (
    ValidationError,
)
from pydantic_core import ErrorDetails

from bot.config_file import File
from bot.errors import ConfigError, both
from bot.pace import Limits
from faq.compose import Composed, compose
from faq.hours import Hours
from handlers.rules import Retention, Rules
from handlers.targets import Targets

TOKEN_VARIABLE: Final = "MADOGUCHI_TELEGRAM_TOKEN"  # noqa: S105 - the name of the variable, not its value
SECRET_VARIABLE: Final = "MADOGUCHI_WEBHOOK_SECRET"  # noqa: S105 - likewise
DRILL_VARIABLE: Final = "MADOGUCHI_DRILL_SPEED"
FILE_NAME: Final = "config.yaml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator decided. Paths are resolved; ``token`` is never shown."""

    faq_folder: Path
    encoder: bool
    cache_folder: Path
    """Where vectors of phrasings are kept between starts; deleting it costs seconds, nothing else."""
    desk_chat: int | None
    admin_chat: int | None
    rules: Rules
    database: Path
    chat_database: Path
    ward_chat: int | None = None
    messages_per_minute: int = 30
    """What one person may send before the rest of theirs is handled slowly; 0 means no limit. Nothing is lost."""
    api_url: str = "https://api.telegram.org"
    webhook_url: str = ""
    webhook_host: str = "127.0.0.1"
    webhook_port: int = 8080
    limits: Limits = field(default_factory=Limits)
    drill_speed: float = 1.0
    """How fast Telegram's clock runs: 1 but in drills against the simulator."""
    token: str = ""
    webhook_secret: str = ""

    def __repr__(self) -> str:
        return f"Settings(faq_folder={self.faq_folder}, token={'set' if self.token else 'not set'})"


def load(
    path: Path | None, environment: Mapping[str, str] | None = None, *, faq_folder: Path | None = None
) -> Settings:
    """Settings from a file (or ``config.yaml`` here, or the defaults) and the environment.

    ``faq_folder`` stands above what the file says. Raises :class:`ConfigError` with one line per fault.
    """
    environment = os.environ if environment is None else environment
    chosen = path or Path(FILE_NAME)
    if not chosen.is_file():
        if path is not None:
            raise ConfigError(
                f"{path}: "
                + both(
                    "ファイルがありません。あるファイルの名前を書くか、madoguchi init DIR で作ってください",
                    "no such file; name an existing one, or run `madoguchi init DIR`",
                )
            )
        return _settings(File(), Path(), environment, faq_folder)
    try:
        text = chosen.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        is_text = isinstance(error, UnicodeDecodeError)
        raise ConfigError(
            f"{chosen}: "
            + both(
                f"読めません。{'文字コードUTF-8で保存し直してください' if is_text else 'ファイルの権限を見直してください'}",
                f"cannot be read; {'save it as UTF-8 text' if is_text else 'check the rights of the file'}",
            )
        ) from None
    return _settings(_parsed(text, chosen.name), chosen.parent, environment, faq_folder)


def packaged_faq() -> Path:
    """The FAQ that came with the program."""
    import faq  # noqa: PLC0415 - only its place is wanted

    return Path(faq.__file__).parent


def _settings(file: File, base: Path, environment: Mapping[str, str], faq_folder: Path | None) -> Settings:
    desk, telegram, limits = file.desk, file.telegram, file.telegram.limits
    host, _, port = telegram.webhook_listen.rpartition(":")
    hours = Hours(
        spans=desk.hours,
        weekdays=frozenset(desk.weekdays),
        on_public_holidays=desk.public_holidays == "open",
        closed_from=desk.closed_from,
        closed_until=desk.closed_until,
        closures=desk.closures,
    )
    rules = Rules(
        offers=file.rules.offers,
        misses_before_person=file.rules.misses_before_person,
        hours=hours,
        claim_lapse=timedelta(minutes=desk.claim_lapse_minutes),
        close_after=timedelta(days=desk.close_after_days),
        retention=Retention(**file.retention.model_dump()),
        targets=Targets(
            first_response=timedelta(minutes=desk.first_response_minutes),
            resolution=timedelta(hours=desk.resolution_hours),
            remind_before=timedelta(minutes=desk.remind_minutes_before),
        ),
        roles=file.roles.as_roles(),
        greetings=desk.greetings,
        has_ward_desk=telegram.ward_chat is not None,
        has_admin_chat=telegram.admin_chat is not None,
    )
    return Settings(
        faq_folder=faq_folder or (base / file.faq.folder if file.faq.folder else packaged_faq()),
        encoder=file.faq.encoder == "on",
        cache_folder=_cache_folder(environment),
        desk_chat=telegram.desk_chat,
        admin_chat=telegram.admin_chat,
        ward_chat=telegram.ward_chat,
        messages_per_minute=file.rules.messages_per_minute,
        rules=rules,
        database=base / file.storage.path,
        chat_database=base / file.storage.chat_path,
        api_url=telegram.api_url,
        webhook_url=telegram.webhook_url or "",
        webhook_host=host,
        webhook_port=int(port),
        limits=Limits(limits.overall_per_second, limits.chat_per_second, limits.group_per_minute),
        drill_speed=_speed(environment),
        webhook_secret=environment.get(SECRET_VARIABLE, "").strip(),
        token=environment.get(TOKEN_VARIABLE, "").strip(),
    )


def _cache_folder(environment: Mapping[str, str]) -> Path:
    """Where this system keeps what can be made anew."""
    base = environment.get("XDG_CACHE_HOME", "")
    return (Path(base) if base else Path(environment.get("HOME", "."), ".cache")) / "madoguchi"


def _parsed(text: str, name: str) -> File:
    composed = compose(text)
    if (broken := composed.broken) is not None:
        raise ConfigError(f"{name}:{broken.line}:{broken.column}: {broken.message}; {broken.hint}")
    faults = [
        (line, both(f"{key} が2回あります。1つにしてください", f"{key} stands twice; remove one"))
        for key, line, _ in composed.duplicates
    ]
    faults += [(odd.line, f"{odd.message}; {odd.hint}") for odd in composed.oddities if odd.is_sure]
    try:
        file = File.model_validate(_without_empty_sections(composed.data))
    except ValidationError as error:
        details = error.errors(include_url=False)
        within = {detail["loc"][:-1] for detail in details}
        # A list whose only item is faulty is reported as empty, too: the item's own fault says it better.
        faults += [
            _fault(composed, detail)
            for detail in details
            if not (detail["type"] == "too_short" and detail["loc"] in within)
        ]
        raise ConfigError(_told(faults, name)) from None
    faults += _same_chats(file, composed)
    if faults:
        raise ConfigError(_told(faults, name))
    return file


def _same_chats(file: File, composed: Composed) -> list[tuple[int, str]]:
    """Two groups in one would show each what is for the other alone."""
    faults, seen = [], dict[int, str]()
    for key in ("desk_chat", "admin_chat", "ward_chat"):
        chat = getattr(file.telegram, key)
        if chat is None:
            continue
        if chat in seen:
            told = both(
                f"telegram.{key}: telegram.{seen[chat]} と同じチャットです。別のチャットの id を書いてください",
                f"the same chat as telegram.{seen[chat]}; use another one",
            )
            faults.append((_line(composed, ("telegram", key)), told))
        seen.setdefault(chat, key)
    return faults


def _line(composed: Composed, path: tuple[str | int, ...]) -> int:
    """Of a part, or of the nearest part around it (what a reference stands for has no place of its own)."""
    around = (path[:length] for length in range(len(path), -1, -1))
    return next((composed.places[part][0] for part in around if part in composed.places), 1)


def _told(faults: list[tuple[int, str]], name: str) -> str:
    """From top to bottom of the file, one line a fault."""
    return "\n".join(f"{name}:{line}: {fault}" for line, fault in sorted(faults))


def _without_empty_sections(data: Any) -> Any:
    """A section whose lines are all commented out means: the defaults."""
    return (
        {key: value for key, value in data.items() if value is not None} if isinstance(data, dict) else data
    )


def _fault(composed: Composed, detail: ErrorDetails) -> tuple[int, str]:
    path = tuple(part for part in detail["loc"] if isinstance(part, (str, int)))
    line = _line(composed, path)
    setting = ".".join(part for part in path if isinstance(part, str) and part != "[key]") or "the file"
    return line, f"{setting}: {_explained(detail, path)}"


def _explained(detail: ErrorDetails, path: tuple[str | int, ...]) -> str:
    kind, given = detail["type"], repr(detail["input"])
    context: Mapping[str, Any] = detail.get("ctx", {})
    if kind == "extra_forbidden":
        return _did_you_mean(path)
    if kind == "value_error":
        return str(context["error"])
    if kind == "literal_error":
        return both(
            f"{given} は使えません。{context['expected'].replace(' or ', '、')} から選んでください",
            f"{given} is not possible; use {context['expected']}",
        )
    if kind == "greater_than_equal":
        return both(f"{given} は使えません。{context['ge']} 以上にしてください",
                    f"{given} is not usable; it has to be {context['ge']} or more")  # fmt: skip
    if kind == "less_than_equal":
        return both(f"{given} は使えません。{context['le']} 以下にしてください",
                    f"{given} is not usable; it has to be {context['le']} or less")  # fmt: skip
    if kind.startswith("int"):
        return both(f"{given} は整数ではありません。数を書いてください",
                    f"{given} is not a whole number; write one")  # fmt: skip
    if kind in {"too_short", "string_too_short"}:
        return both("空です。値を書いてください", "is empty; write a value")
    if kind == "string_too_long":
        return both(f"長すぎます。{context['max_length']} 字までにしてください",
                    f"is too long; at most {context['max_length']} characters")  # fmt: skip
    if kind == "string_pattern_mismatch":
        return both(f"{given} は名前に使えません。「:」と改行を取ってください",
                    f"{given} cannot be a name; take out colons and line breaks")  # fmt: skip
    if kind == "string_type":
        return both(f"{given} は文字ではありません。\" \" で囲んでください",
                    f"{given} is not text; put it in quotes")  # fmt: skip
    return both(
        "書き方が違います。config.yaml の説明の行を見てください (madoguchi init DIR で見本ができます)",
        f"{detail['msg'].lower()}; see the comments in the shipped config.yaml (madoguchi init DIR writes one)",
    )


def _did_you_mean(path: tuple[str | int, ...]) -> str:
    model: Any = File
    for part in path[:-1]:
        model = model.model_fields[part].annotation
    known = list(model.model_fields)
    near = difflib.get_close_matches(str(path[-1]), known, 1, 0.5)
    if near:
        return both(f"知らない設定です。{near[0]} のことですか", f"unknown setting; did you mean {near[0]}?")
    return both(
        f"知らない設定です。使えるのは {'、'.join(known)} です",
        f"unknown setting; known are {', '.join(known)}",
    )


def _speed(environment: Mapping[str, str]) -> float:
    given = environment.get(DRILL_VARIABLE) or "1"
    try:
        speed = float(given)
    except ValueError:
        speed = 0.0
    if not 0 < speed < inf:
        raise ConfigError(
            f"{DRILL_VARIABLE}: "
            + both(
                f"{given} は速さではありません。消すか、1 にしてください",
                f"{given} is no speed; remove it or use 1",
            )
        )
    return speed
