"""config.yaml and the environment as one frozen value. All faults at once, each with its line and what to do."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
)
from pydantic_core import ErrorDetails

from bot.errors import ConfigError
from bot.pace import Limits
from faq.hours import Hours, Span
from faq.language import Language
from faq.parse import Composed, compose
from handlers.roles import Roles
from handlers.rules import Retention, Rules
from handlers.targets import Targets

TOKEN_VARIABLE: Final = "MADOGUCHI_TELEGRAM_TOKEN"  # noqa: S105 - the name of the variable, not its value
SECRET_VARIABLE: Final = "MADOGUCHI_WEBHOOK_SECRET"  # noqa: S105 - likewise
DRILL_VARIABLE: Final = "MADOGUCHI_DRILL_SPEED"
FILE_NAME: Final = "config.yaml"
_WEEKDAYS: Final = {"月": 0, "火": 1, "水": 2, "木": 3, "金": 4, "土": 5, "日": 6}
_SPAN: Final = re.compile(r"(\d{1,2}):(\d{2})\s*[-–〜~]\s*(\d{1,2}):(\d{2})")


def _span(text: object) -> Span:
    found = _SPAN.fullmatch(str(text).strip())
    if found is None:
        raise ValueError(f"{text} is not a span of time; write it like 9:00-17:00")
    numbers = [int(n) for n in found.groups()]
    try:
        opens, closes = time(numbers[0], numbers[1]), time(numbers[2], numbers[3])
    except ValueError:
        raise ValueError(f"{text} is not a time of day; write it like 9:00-17:00") from None
    if opens >= closes:
        raise ValueError(f"{text} ends before it starts; swap the two")
    return Span(opens, closes)


def _weekday(text: object) -> int:
    if text not in _WEEKDAYS:
        raise ValueError(f"{text} is not a weekday; use 月 火 水 木 金 土 日")
    return _WEEKDAYS[str(text)]


def _day_of_year(text: object) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,2})-(\d{1,2})", str(text))
    try:
        if found is None:
            raise ValueError
        day = date(2024, int(found[1]), int(found[2]))  # a leap year: 02-29 is a day
    except ValueError:
        raise ValueError(f"{text} is not a day; write month and day like 12-29") from None
    return (day.month, day.day)


def _no_overlap(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    ordered = sorted(spans, key=lambda span: span.opens)
    if any(a.closes > b.opens for a, b in pairwise(ordered)):
        raise ValueError("two spans overlap; make them one or part them")
    return tuple(ordered)


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class FaqSection(_Section):
    folder: str | None = None
    encoder: Literal["on", "off"] = "on"

    @field_validator("encoder", mode="before")
    @classmethod
    def _yaml_switch(cls, value: object) -> object:
        """YAML reads a bare on and off as true and false."""
        return {True: "on", False: "off"}.get(value, value) if isinstance(value, bool) else value


class LimitsSection(_Section):
    overall_per_second: Annotated[int, Field(ge=0)] = 30
    chat_per_second: Annotated[int, Field(ge=0)] = 1
    group_per_minute: Annotated[int, Field(ge=0)] = 20


class TelegramSection(_Section):
    desk_chat: int | None = None
    admin_chat: int | None = None
    ward_chat: int | None = None
    api_url: Annotated[str, Field(pattern=r"^https?://[^/\s]+(/[^\s]*[^/\s])?$")] = "https://api.telegram.org"
    webhook_url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None
    webhook_listen: Annotated[str, Field(pattern=r"^[^\s:]+:\d{1,5}$")] = "127.0.0.1:8080"
    limits: LimitsSection = LimitsSection()


class RulesSection(_Section):
    offers: Annotated[int, Field(ge=1, le=3)] = 3
    misses_before_person: Annotated[int, Field(ge=1, le=5)] = 2
    messages_per_minute: Annotated[int, Field(ge=0)] = 30


def _none_is_empty(value: object) -> object:
    return {} if value is None else value


def _greeting(value: object) -> object:
    """A text is Japanese; otherwise texts by language."""
    words = {"ja": value} if isinstance(value, str) else value
    if not isinstance(words, dict) or "ja" not in words:
        raise ValueError("a greeting needs a text, or texts by language with ja among them")
    unknown = [tag for tag in words if tag not in set(Language)]
    if unknown:
        raise ValueError(f"{unknown[0]} is not a language; use {', '.join(Language)}")
    return {Language(tag): str(text) for tag, text in words.items()}


_Greeting = Annotated[dict[Language, str], BeforeValidator(_greeting)]


class DeskSection(_Section):
    hours: Annotated[
        tuple[Annotated[Span, BeforeValidator(_span)], ...], Field(min_length=1), AfterValidator(_no_overlap)
    ] = (Span(time(9), time(17)),)
    weekdays: Annotated[tuple[Annotated[int, BeforeValidator(_weekday)], ...], Field(min_length=1)] = (
        0,
        1,
        2,
        3,
        4,
    )
    public_holidays: Literal["closed", "open"] = "closed"
    closed_from: Annotated[tuple[int, int], BeforeValidator(_day_of_year)] = (12, 29)
    closed_until: Annotated[tuple[int, int], BeforeValidator(_day_of_year)] = (1, 3)
    claim_lapse_minutes: Annotated[int, Field(ge=1)] = 30
    close_after_days: Annotated[int, Field(ge=1)] = 7
    first_response_minutes: Annotated[int, Field(ge=1)] = 60
    resolution_hours: Annotated[int, Field(ge=1)] = 16
    remind_minutes_before: Annotated[int, Field(ge=1)] = 15
    greetings: Annotated[
        dict[Annotated[str, Field(max_length=15)], _Greeting], BeforeValidator(_none_is_empty)
    ] = Field(default_factory=dict)


class StorageSection(_Section):
    path: Annotated[str, Field(min_length=1)] = "madoguchi.db"
    chat_path: Annotated[str, Field(min_length=1)] = "madoguchi-chat.db"


def _people(value: object) -> object:
    """A list of ids, or ids with names."""
    if isinstance(value, list):
        return {number: str(number) for number in value}
    return {} if value is None else value


_People = Annotated[dict[int, Annotated[str, Field(min_length=1)]], BeforeValidator(_people)]


class RolesSection(_Section):
    staff: _People = Field(default_factory=dict)
    leads: _People = Field(default_factory=dict)
    admins: _People = Field(default_factory=dict)

    def as_roles(self) -> Roles:
        """By the names the Telegram channel gives to people."""
        staff, leads, admins = (
            {f"tg:{number}": name for number, name in people.items()}
            for people in (self.staff, self.leads, self.admins)
        )
        return Roles(staff, leads, admins)


class RetentionSection(_Section):
    conversation_days: Annotated[int, Field(ge=1)] = 30
    ticket_days: Annotated[int, Field(ge=1)] = 365
    record_days: Annotated[int, Field(ge=1)] = 730
    audit_days: Annotated[int, Field(ge=1)] = 1095
    update_days: Annotated[int, Field(ge=2)] = 14


class _File(_Section):
    faq: FaqSection = FaqSection()
    telegram: TelegramSection = TelegramSection()
    rules: RulesSection = RulesSection()
    desk: DeskSection = DeskSection()
    storage: StorageSection = StorageSection()
    roles: RolesSection = RolesSection()
    retention: RetentionSection = RetentionSection()


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
            raise ConfigError(f"{path}: no such file; name an existing one, or run `madoguchi init DIR`")
        return _settings(_File(), Path(), environment, faq_folder)
    try:
        text = chosen.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{chosen}: cannot be read ({type(error).__name__}); save it as UTF-8 text"
        ) from None
    return _settings(_parsed(text, chosen.name), chosen.parent, environment, faq_folder)


def packaged_faq() -> Path:
    """The FAQ that came with the program."""
    import faq  # noqa: PLC0415 - only its place is wanted

    return Path(faq.__file__).parent


def _settings(file: _File, base: Path, environment: Mapping[str, str], faq_folder: Path | None) -> Settings:
    desk, telegram, limits = file.desk, file.telegram, file.telegram.limits
    host, _, port = telegram.webhook_listen.rpartition(":")
    hours = Hours(
        spans=desk.hours,
        weekdays=frozenset(desk.weekdays),
        on_public_holidays=desk.public_holidays == "open",
        closed_from=desk.closed_from,
        closed_until=desk.closed_until,
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
        drill_speed=float(environment.get(DRILL_VARIABLE) or 1),
        webhook_secret=environment.get(SECRET_VARIABLE, "").strip(),
        token=environment.get(TOKEN_VARIABLE, "").strip(),
    )


def _cache_folder(environment: Mapping[str, str]) -> Path:
    """Where this system keeps what can be made anew."""
    base = environment.get("XDG_CACHE_HOME", "")
    return (Path(base) if base else Path(environment.get("HOME", "."), ".cache")) / "madoguchi"


def _parsed(text: str, name: str) -> _File:
    composed = compose(text)
    if composed.broken_at is not None:
        line, column = composed.broken_at
        raise ConfigError(
            f"{name}:{line}:{column}: not YAML from here on; check indentation, colons and quotes"
        )
    faults = [(line, f"{key} stands twice; remove one") for key, line, _ in composed.duplicates]
    try:
        file = _File.model_validate(_without_empty_sections(composed.data))
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
    if faults:
        raise ConfigError(_told(faults, name))
    return file


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
    line = next(
        (composed.places[path[:n]][0] for n in range(len(path), -1, -1) if path[:n] in composed.places), 1
    )
    setting = ".".join(str(part) for part in path if isinstance(part, str)) or "the file"
    return line, f"{setting}: {_explained(detail, path)}"


def _explained(detail: ErrorDetails, path: tuple[str | int, ...]) -> str:
    if detail["type"] == "extra_forbidden":
        return _did_you_mean(path)
    if detail["type"] == "value_error":
        return str(detail["ctx"]["error"])
    if detail["type"].startswith(("int", "greater", "less")):
        return f"{detail['input']!r} is not usable; {detail['msg'].lower()}"
    if detail["type"] == "literal_error":
        return f"{detail['input']!r} is not possible; use {detail['ctx']['expected']}"
    return f"{detail['msg'].lower()}; see the comments in the shipped config.yaml"


def _did_you_mean(path: tuple[str | int, ...]) -> str:
    model: Any = _File
    for part in path[:-1]:
        model = model.model_fields[part].annotation
    known = list(model.model_fields)
    near = difflib.get_close_matches(str(path[-1]), known, 1, 0.5)
    return (
        f"unknown setting; did you mean {near[0]}?"
        if near
        else f"unknown setting; known are {', '.join(known)}"
    )
