"""What may stand in config.yaml: sections, their defaults, and why a value is not usable."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from bot.config_calendar import closure, no_overlap, none_is_nothing, span
from bot.errors import both
from faq.hours import Closure, Span
from faq.language import Language
from handlers.roles import Roles

_WEEKDAYS: Final = {"月": 0, "火": 1, "水": 2, "木": 3, "金": 4, "土": 5, "日": 6}
_LAST_PORT: Final = 65535


def _weekday(text: object) -> int:
    if text not in _WEEKDAYS:
        raise ValueError(
            both(
                f"{text} は曜日ではありません。月 火 水 木 金 土 日 から選んでください",
                f"{text} is not a weekday; use 月 火 水 木 金 土 日",
            )
        )
    return _WEEKDAYS[str(text)]


def _day_of_year(text: object) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,2})-(\d{1,2})", str(text))
    try:
        if found is None:
            raise ValueError
        day = date(2024, int(found[1]), int(found[2]))  # a leap year: 02-29 is a day
    except ValueError:
        raise ValueError(
            both(
                f"{text} は日付ではありません。12-29 のように月と日を書いてください",
                f"{text} is not a day; write month and day like 12-29",
            )
        ) from None
    return (day.month, day.day)


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


_ADDRESS: Final = re.compile(r"https?://[^/\s]+(/[^\s]*[^/\s])?")
_WEB_ADDRESS: Final = re.compile(r"https?://\S+")
_LISTEN: Final = re.compile(r"[^\s:]+:(\d{1,5})")


def _group_id(number: int) -> int:
    if number >= 0:
        raise ValueError(
            both(
                f"{number} はグループのidではありません (グループのidは -100… のように負の数です)。"
                "空にして起動すると、グループのidを表示します",
                f"{number} is not a group's id, which is a negative number; start with it empty to be shown the id",
            )
        )
    return number


def _address(text: str) -> str:
    if not _ADDRESS.fullmatch(text):
        raise ValueError(
            both(
                f"{text} はアドレスではありません。https://api.telegram.org のように、末尾の / なしで書いてください",
                f"{text} is not an address; write it like https://api.telegram.org, without a slash at the end",
            )
        )
    return text


def _web_address(text: str) -> str:
    if not _WEB_ADDRESS.fullmatch(text):
        raise ValueError(
            both(
                f"{text} はWebのアドレスではありません。https://example.org/madoguchi のように書いてください",
                f"{text} is not a web address; write it like https://example.org/madoguchi",
            )
        )
    return text


def _listen(text: str) -> str:
    found = _LISTEN.fullmatch(text)
    if found is None or not 0 < int(found[1]) <= _LAST_PORT:
        raise ValueError(
            both(
                f"{text} では待ち受けられません。127.0.0.1:8080 のように、アドレスと1〜65535のポートを書いてください",
                f"{text} cannot be listened on; write an address and a port from 1 to 65535, like 127.0.0.1:8080",
            )
        )
    return text


_GroupId = Annotated[int, AfterValidator(_group_id)]


class TelegramSection(_Section):
    desk_chat: _GroupId | None = None
    admin_chat: int | None = None
    ward_chat: _GroupId | None = None
    api_url: Annotated[str, AfterValidator(_address)] = "https://api.telegram.org"
    webhook_url: Annotated[str, AfterValidator(_web_address)] | None = None
    webhook_listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:8080"
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
        raise ValueError(
            both(
                "定型文には、文か、言語ごとの文 (ja は必ず) が要ります",
                "a greeting needs a text, or texts by language with ja among them",
            )
        )
    unknown = [tag for tag in words if tag not in set(Language)]
    if unknown:
        raise ValueError(
            both(
                f"{unknown[0]} は言語ではありません。{'、'.join(Language)} から選んでください",
                f"{unknown[0]} is not a language; use {', '.join(Language)}",
            )
        )
    return {Language(tag): str(text) for tag, text in words.items()}


_Greeting = Annotated[dict[Language, str], BeforeValidator(_greeting)]


class DeskSection(_Section):
    hours: Annotated[
        tuple[Annotated[Span, BeforeValidator(span)], ...], Field(min_length=1), AfterValidator(no_overlap)
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
    closures: Annotated[
        tuple[Annotated[Closure, BeforeValidator(closure)], ...], BeforeValidator(none_is_nothing)
    ] = ()
    claim_lapse_minutes: Annotated[int, Field(ge=1)] = 30
    close_after_days: Annotated[int, Field(ge=1)] = 7
    first_response_minutes: Annotated[int, Field(ge=1)] = 60
    resolution_hours: Annotated[int, Field(ge=1)] = 16
    remind_minutes_before: Annotated[int, Field(ge=1)] = 15
    greetings: Annotated[
        dict[Annotated[str, Field(max_length=15, pattern=r"^[^:\n]+$")], _Greeting],
        BeforeValidator(_none_is_empty),
    ] = Field(default_factory=dict)


class StorageSection(_Section):
    path: Annotated[str, Field(min_length=1)] = "madoguchi.db"
    chat_path: Annotated[str, Field(min_length=1)] = "madoguchi-chat.db"


def _people(value: object) -> object:
    """A list of ids, or ids with names. A group's or a channel's id stands for whoever writes as it."""
    if isinstance(value, list):
        value = {number: str(number) for number in value}
    if value is not None and not isinstance(value, dict):
        raise ValueError(
            both(
                "{123456789: 花子} のように、idと名前を書いてください",
                "write ids with names, like {123456789: 花子}",
            )
        )
    for number in value or {}:
        if not str(number).removeprefix("-").isdecimal():
            raise ValueError(
                both(
                    f"{number} はTelegramのidではありません (idは数です)。{{123456789: 花子}} のように書いてください",
                    f"{number} is not a Telegram id, which is a number; write them like {{123456789: 花子}}",
                )
            )
    return {int(number): name for number, name in (value or {}).items()}


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


class File(_Section):
    """config.yaml as it is written: every section may be left out."""

    faq: FaqSection = FaqSection()
    telegram: TelegramSection = TelegramSection()
    rules: RulesSection = RulesSection()
    desk: DeskSection = DeskSection()
    storage: StorageSection = StorageSection()
    roles: RolesSection = RolesSection()
    retention: RetentionSection = RetentionSection()
