"""The schema of config.yaml: sections, their defaults and bounds, and why a value is not valid."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from bot.errors import both
from bot.settings.calendar import closure, no_overlap, span
from bot.settings.values import (
    LARGEST_ID,
    address,
    bare,
    chat_id,
    empty,
    listed,
    listen,
    mapped,
    number,
    path_text,
    quoted,
    text,
)
from faq.hours import Closure, Span
from faq.language import Language
from handlers.model.roles import Roles

_WEEKDAYS: Final = {"月": 0, "火": 1, "水": 2, "木": 3, "金": 4, "土": 5, "日": 6}
_MINUTES_OF_A_MONTH: Final = 31 * 24 * 60
_HUNDRED_YEARS: Final = 36_500
_LONGEST_GREETING: Final = 2000
_LONGEST_NAME: Final = 64


def _weekday(given: object) -> int:
    if not isinstance(given, str) or given not in _WEEKDAYS:
        raise ValueError(
            both(
                f"{bare(given)} は曜日ではありません。月 火 水 木 金 土 日 から選んでください",
                f"{bare(given)} is not a weekday; use 月 火 水 木 金 土 日",
            )
        )
    return _WEEKDAYS[given]


def _day_of_year(given: object) -> tuple[int, int]:
    if given is None:
        raise empty()
    found = re.fullmatch(r"([0-9]{1,2})-([0-9]{1,2})", str(given).strip()) if isinstance(given, str) else None
    try:
        if found is None:
            raise ValueError
        day = date(2024, int(found[1]), int(found[2]))  # a leap year, so that 02-29 is valid
    except ValueError:
        shown = bare(given)
        raise ValueError(
            both(
                f"{shown} は日付ではありません。12-29 のように月と日を書いてください",
                f"{shown} is not a day; write month and day like 12-29",
            )
        ) from None
    return (day.month, day.day)


def _hours_like(given: object) -> str:
    spans = given.replace("、", ",").split(",") if isinstance(given, str) else []
    if not spans or not all(re.fullmatch(r"[0-9:〜~– -]{1,20}", span) for span in spans):
        spans = ["9:00-17:00"]
    written = ", ".join(f'"{one.strip()}"' for one in spans)
    return f"[{written}]"


def _weekdays_like(given: object) -> str:
    named = [sign for sign in given if sign in _WEEKDAYS] if isinstance(given, str) else []
    return f"[{', '.join(named or '月火水木金')}]"


def _closures_like(given: object) -> str:
    return f"[{given if isinstance(given, date) else '2027-08-14'}]"


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    is_whole_file: ClassVar[bool] = False

    @model_validator(mode="before")
    @classmethod
    def _is_mapping(cls, value: Any) -> Any:
        """An empty section, with all its lines commented out, means the defaults."""
        if value is None:
            return {}
        if isinstance(value, (dict, BaseModel)):
            return value
        first = next(iter(cls.model_fields))
        if cls.is_whole_file:
            raise ValueError(
                both(
                    f"{quoted(value)} は設定ではありません。「{first}:」のような段の名前から書き始めてください"
                    " (madoguchi init DIR で見本ができます)",
                    f"{quoted(value)} is not a setting; begin with the name of a section, like `{first}:`"
                    " (madoguchi init DIR writes a file to start from)",
                )
            )
        raise ValueError(
            both(
                f"{quoted(value)} は、ここには書けません。"
                f"次の行から字下げして「{first}: …」のように、設定を1行ずつ書いてください",
                f"{quoted(value)} cannot stand here; write the settings on the lines below, indented, like `{first}: …`",
            )
        )


class FaqSection(_Section):
    folder: Annotated[str, BeforeValidator(path_text(is_file=False))] | None = None
    encoder: Literal["on", "off"] = "on"

    @field_validator("encoder", mode="before")
    @classmethod
    def _yaml_switch(cls, value: object) -> object:
        """YAML reads bare on and off as true and false."""
        return {True: "on", False: "off"}.get(value, value) if isinstance(value, bool) else value


class LimitsSection(_Section):
    overall_per_second: Annotated[int, BeforeValidator(number(0, 10_000))] = 30
    chat_per_second: Annotated[int, BeforeValidator(number(0, 10_000))] = 1
    group_per_minute: Annotated[int, BeforeValidator(number(0, 10_000))] = 20


_GroupId = Annotated[int, BeforeValidator(chat_id(is_group=True))]


class TelegramSection(_Section):
    desk_chat: _GroupId | None = None
    admin_chat: Annotated[int, BeforeValidator(chat_id(is_group=False))] | None = None
    ward_chat: _GroupId | None = None
    api_url: Annotated[str, BeforeValidator(address("https://api.telegram.org", has_no_slash=True))] = (
        "https://api.telegram.org"
    )
    webhook_url: Annotated[str, BeforeValidator(address("https://example.org/madoguchi"))] | None = None
    webhook_listen: Annotated[str, BeforeValidator(listen)] = "127.0.0.1:8080"
    limits: LimitsSection = LimitsSection()


class RulesSection(_Section):
    offers: Annotated[int, BeforeValidator(number(1, 3))] = 3
    misses_before_person: Annotated[int, BeforeValidator(number(1, 5))] = 2
    messages_per_minute: Annotated[int, BeforeValidator(number(0, 10_000))] = 30


_greeting_text: Final = text(_LONGEST_GREETING)


def _greeting(value: object) -> object:
    """A plain text is Japanese; a mapping has texts by language."""
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
                f"{bare(unknown[0])} は言語ではありません。{'、'.join(Language)} から選んでください",
                f"{bare(unknown[0])} is not a language; use {', '.join(Language)}",
            )
        )
    return {Language(tag): _greeting_text(words_of) for tag, words_of in words.items()}


_Greeting = Annotated[dict[Language, str], BeforeValidator(_greeting)]


class DeskSection(_Section):
    hours: Annotated[
        tuple[Annotated[Span, BeforeValidator(span)], ...],
        BeforeValidator(listed(_hours_like, 24)),
        AfterValidator(no_overlap),
    ] = (Span(time(9), time(17)),)
    weekdays: Annotated[
        tuple[Annotated[int, BeforeValidator(_weekday)], ...], BeforeValidator(listed(_weekdays_like, 7))
    ] = (0, 1, 2, 3, 4)
    public_holidays: Literal["closed", "open"] = "closed"
    closed_from: Annotated[tuple[int, int], BeforeValidator(_day_of_year)] = (12, 29)
    closed_until: Annotated[tuple[int, int], BeforeValidator(_day_of_year)] = (1, 3)
    closures: Annotated[
        tuple[Annotated[Closure, BeforeValidator(closure)], ...],
        BeforeValidator(listed(_closures_like, 400, may_be_empty=True)),
    ] = ()
    claim_lapse_minutes: Annotated[int, BeforeValidator(number(1, _MINUTES_OF_A_MONTH))] = 30
    close_after_days: Annotated[int, BeforeValidator(number(1, 366))] = 7
    first_response_minutes: Annotated[int, BeforeValidator(number(1, _MINUTES_OF_A_MONTH))] = 60
    resolution_hours: Annotated[int, BeforeValidator(number(1, 366 * 24))] = 16
    remind_minutes_before: Annotated[int, BeforeValidator(number(1, _MINUTES_OF_A_MONTH))] = 15
    greetings: Annotated[
        dict[Annotated[str, Field(max_length=15, pattern=r"^[^:\n]+$")], _Greeting],
        BeforeValidator(mapped("{お待たせ: お待たせしています。}", 50)),
    ] = Field(default_factory=dict)


class StorageSection(_Section):
    path: Annotated[str, BeforeValidator(path_text(is_file=True))] = "madoguchi.db"
    chat_path: Annotated[str, BeforeValidator(path_text(is_file=True))] = "madoguchi-chat.db"


_name: Final = text(_LONGEST_NAME)


def _people(value: object) -> object:
    """A list of ids, or ids with names. The id of a group or channel stands for people who write in its name."""
    pairs: list[tuple[object, object]] = []
    if isinstance(value, list):
        pairs = [(given, str(given)) for given in value]
    elif isinstance(value, dict):
        pairs = list(value.items())
    elif value is not None:
        raise ValueError(
            both(
                "{123456789: 花子} のように、idと名前を書いてください",
                "write ids with names, like {123456789: 花子}",
            )
        )
    people: dict[int, str] = {}
    for given, name in pairs:
        written = str(given) if isinstance(given, (int, str)) and not isinstance(given, bool) else ""
        is_id = re.fullmatch("-?[0-9]{1,16}", written) is not None and 0 < abs(int(written)) <= LARGEST_ID
        if not is_id:
            shown = bare(given)
            raise ValueError(
                both(
                    f"{shown} はTelegramのidではありません (idは数です)。{{123456789: 花子}} のように書いてください",
                    f"{shown} is not a Telegram id, which is a number; write them like {{123456789: 花子}}",
                )
            )
        people[int(written)] = _name(name)
    return people


_People = Annotated[dict[int, str], BeforeValidator(_people)]


class RolesSection(_Section):
    staff: _People = Field(default_factory=dict)
    leads: _People = Field(default_factory=dict)
    admins: _People = Field(default_factory=dict)

    def as_roles(self) -> Roles:
        """Roles by the names that the Telegram channel gives to people."""
        staff, leads, admins = (
            {f"tg:{number}": name for number, name in people.items()}
            for people in (self.staff, self.leads, self.admins)
        )
        return Roles(staff, leads, admins)


class RetentionSection(_Section):
    conversation_days: Annotated[int, BeforeValidator(number(1, _HUNDRED_YEARS))] = 30
    ticket_days: Annotated[int, BeforeValidator(number(1, _HUNDRED_YEARS))] = 365
    record_days: Annotated[int, BeforeValidator(number(1, _HUNDRED_YEARS))] = 730
    audit_days: Annotated[int, BeforeValidator(number(1, _HUNDRED_YEARS))] = 1095
    update_days: Annotated[int, BeforeValidator(number(2, _HUNDRED_YEARS))] = 14


class ConfigFile(_Section):
    """config.yaml as written; every section may be omitted."""

    is_whole_file = True

    faq: FaqSection = FaqSection()
    telegram: TelegramSection = TelegramSection()
    rules: RulesSection = RulesSection()
    desk: DeskSection = DeskSection()
    storage: StorageSection = StorageSection()
    roles: RolesSection = RolesSection()
    retention: RetentionSection = RetentionSection()
