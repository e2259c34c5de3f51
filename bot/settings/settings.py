"""config.yaml and the environment as one frozen value. All faults are reported together, with line and remedy."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from math import inf
from pathlib import Path
from typing import Final

from platformdirs import user_cache_path
from pydantic import ValidationError

from bot.errors import ConfigError, both
from bot.ports import Limits
from bot.settings.calendar_check import Lines
from bot.settings.config_file import ConfigFile
from bot.settings.faults import place, told
from bot.standing import FOLDER, NOTHING, in_the_way
from faq.content.compose import Composed, compose
from faq.hours import Hours
from handlers.model.settings import Retention, Rules
from handlers.model.targets import Targets

TOKEN_VARIABLE: Final = "MADOGUCHI_TELEGRAM_TOKEN"  # noqa: S105 - the name of the variable, not its value
SECRET_VARIABLE: Final = "MADOGUCHI_WEBHOOK_SECRET"  # noqa: S105 - likewise
DRILL_VARIABLE: Final = "MADOGUCHI_DRILL_SPEED"
FILE_NAME: Final = "config.yaml"


@dataclass(frozen=True, slots=True)
class Settings:
    """The operator's settings. Paths are resolved; ``token`` is never shown."""

    faq_folder: Path
    encoder: bool
    cache_folder: Path
    """Folder of caches kept between starts; deleting it only costs time."""
    desk_chat: int | None
    admin_chat: int | None
    rules: Rules
    database: Path
    chat_database: Path
    ward_chat: int | None = None
    messages_per_minute: int = 30
    """Messages per minute from one person before further ones are slowed down; 0 means no limit. None is lost."""
    api_url: str = "https://api.telegram.org"
    webhook_url: str = ""
    webhook_host: str = "127.0.0.1"
    webhook_port: int = 8080
    limits: Limits = field(default_factory=Limits)
    drill_speed: float = 1.0
    """Speed of Telegram's clock; other than 1 only in drills against the simulator."""
    source: str = FILE_NAME
    lines: Lines = field(default_factory=dict)
    """Lines of the desk's settings, for later findings about them."""
    token: str = ""
    webhook_secret: str = ""

    def __repr__(self) -> str:
        return f"Settings(faq_folder={self.faq_folder}, token={'set' if self.token else 'not set'})"


def load(
    path: Path | None, environment: Mapping[str, str] | None = None, *, faq_folder: Path | None = None
) -> Settings:
    """Settings from a file (or ``config.yaml`` in the current folder, or the defaults) and the environment.

    ``faq_folder`` overrides the file. Raises :class:`ConfigError` with one line per fault.
    """
    environment = os.environ if environment is None else environment
    chosen = path or Path(FILE_NAME)
    if (found := in_the_way(chosen)) is not None:
        if path is None and found is NOTHING:
            return _settings(ConfigFile(), {}, chosen, environment, faq_folder)
        within = f" ({chosen / FILE_NAME} のことですか)" if _is_file_within(chosen) else ""
        mean = f" (did you mean {chosen / FILE_NAME}?)" if within else ""
        raise ConfigError(
            f"{chosen}: "
            + both(
                f"{found.japanese}{within}。あるファイルの名前を書くか、madoguchi init DIR で作ってください",
                f"{found.english}{mean}; name an existing one, or run `madoguchi init DIR`",
            )
        )
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
    return _settings(*_parsed(text, chosen.name), chosen, environment, faq_folder)


def _is_file_within(folder: Path) -> bool:
    return in_the_way(folder) is FOLDER and in_the_way(folder / FILE_NAME) is None


def packaged_faq() -> Path:
    """The FAQ that is part of the installed program."""
    import faq  # noqa: PLC0415 - only its place is wanted

    return Path(faq.__file__).parent


def _settings(
    file: ConfigFile, lines: Lines, chosen: Path, environment: Mapping[str, str], faq_folder: Path | None
) -> Settings:
    base = chosen.parent
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
        cache_folder=user_cache_path("madoguchi", appauthor=False),
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
        source=chosen.name,
        lines=lines,
        webhook_secret=environment.get(SECRET_VARIABLE, "").strip(),
        token=environment.get(TOKEN_VARIABLE, "").strip(),
    )


def _parsed(text: str, name: str) -> tuple[ConfigFile, Lines]:
    composed = compose(text)
    if (broken := composed.broken) is not None:
        raise ConfigError(f"{name}:{broken.line}:{broken.column}: {broken.message}; {broken.hint}")
    faults = [
        (line, both(f"{key} が2回あります。1つにしてください", f"{key} stands twice; remove one"))
        for key, line, _ in composed.duplicates
    ]
    faults += [(odd.line, f"{odd.message}; {odd.hint}") for odd in composed.oddities if odd.is_sure]
    try:
        file = ConfigFile.model_validate(composed.data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            where = place(detail)
            faults.append((_line(composed, where), told(detail, where)))
        raise ConfigError(_told(faults, name)) from None
    faults += _same_chats(file, composed)
    if faults:
        raise ConfigError(_told(faults, name))
    return file, {part: at[0] for part, at in composed.places.items() if part[:1] == ("desk",)}


def _same_chats(file: ConfigFile, composed: Composed) -> list[tuple[int, str]]:
    """Two roles must not share one group: each would see what is for the other alone."""
    faults, seen = [], dict[int, str]()
    for key in ("desk_chat", "admin_chat", "ward_chat"):
        chat = getattr(file.telegram, key)
        if chat is None:
            continue
        if chat in seen:
            same = both(
                f"telegram.{key}: telegram.{seen[chat]} と同じチャットです。別のチャットの id を書いてください",
                f"the same chat as telegram.{seen[chat]}; use another one",
            )
            faults.append((_line(composed, ("telegram", key)), same))
        seen.setdefault(chat, key)
    return faults


def _line(composed: Composed, path: tuple[str | int, ...]) -> int:
    """The line of a part, or of its nearest parent (content of a YAML alias has no line of its own)."""
    around = (path[:length] for length in range(len(path), -1, -1))
    return next((composed.places[part][0] for part in around if part in composed.places), 1)


def _told(faults: list[tuple[int, str]], name: str) -> str:
    """The faults in the file's order, one per line."""
    return "\n".join(f"{name}:{line}: {fault}" for line, fault in sorted(faults))


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
                f"{given} is not a valid speed; remove it or use 1",
            )
        )
    return speed
