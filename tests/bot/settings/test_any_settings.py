"""Any content of config.yaml is accepted, or reported with its line and what to write, in plain words."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel

from bot.errors import ConfigError
from bot.settings.calendar_check import odd
from bot.settings.config_file import ConfigFile
from bot.settings.settings import Settings, load

_JARGON: Final = re.compile(
    r"\b(tuple|dict\w*|mapping|instance|input|valid|validation|none|nonetype|model|pydantic|str\b|int\b|"
    r"literal|iterable|unhashable|object|error|exceeds|parse|datetime|section\w*section)\b|section'",
    re.IGNORECASE,
)
"""Technical terms that a message for operators must not contain."""


def settings_of(model: type[BaseModel] = ConfigFile, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every setting and every section."""
    for name, field in model.model_fields.items():
        yield (*path, name)
        inner: Any = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from settings_of(inner, (*path, name))


def value_of(path: tuple[str, ...]) -> Any:
    found: Any = ConfigFile()
    for part in path:
        found = getattr(found, part)
    return found


EVERY: Final = tuple(settings_of())
NUMBERS: Final = tuple(path for path in EVERY if type(value_of(path)) is int or path[-1].endswith("_chat"))
LISTS: Final[dict[tuple[str, ...], str]] = {
    ("desk", "hours"): '["9:00-17:00"]',
    ("desk", "weekdays"): "[月, 火, 水]",
    ("desk", "closures"): "[2027-08-14]",
    ("desk", "greetings"): "{お待たせ: お待たせしています。}",
    ("roles", "staff"): "{123456789: 花子}",
    ("roles", "leads"): "{123456789: 花子}",
    ("roles", "admins"): "{123456789: 花子}",
}


def faults(text: str) -> list[str]:
    """The faults reported for a file; empty where it is accepted."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "config.yaml")
        file.write_text(text, encoding="utf-8")
        try:
            loaded = load(file, {})
        except ConfigError as error:
            return str(error).splitlines()
        usable(loaded)
        return []


def usable(loaded: Settings) -> None:
    """Accepted settings can be used: calendar, periods and targets, from the first to the last day."""
    rules = loaded.rules
    for today in (date(2026, 11, 25), date(2099, 12, 31)):
        odd(rules.hours, loaded.lines, loaded.source, today)
    for days in (getattr(rules.retention, name) for name in type(rules.retention).__slots__):
        assert date(2026, 11, 25).toordinal() - days > 1, days
    assert all(
        part.days <= 36_500 for part in (rules.claim_lapse, rules.close_after, rules.targets.resolution)
    )


def written(path: tuple[str, ...], value: str) -> str:
    """YAML with one setting, on the line numbered by its path's length."""
    lines = [f"{'  ' * depth}{part}:" for depth, part in enumerate(path)]
    return "\n".join(lines) + f" {value}\n"


def check_told(path: tuple[str, ...], value: str, told: list[str]) -> None:
    for line in told:
        assert re.match(r"config\.yaml:\d+:", line), (path, value, line)
        words = line.replace(value, "").replace(value.strip("'\""), "")
        japanese, slash, _ = words.partition(" / ")
        if slash:  # faults of YAML itself are told in Japanese only
            assert not _JARGON.search(words.partition(": ")[2]), (path, value, line)
            assert re.search(
                r"ください|選んで|ことですか|のように|要ります|使えるのは|まで|表示します", japanese
            ), line


WRONG: Final = (
    "5", "-5", "1.5", ".nan", ".inf", "-.inf", "true", "null", "''", "' '", "9:00-17:00", "月火水", "2027-08-14",
    "[]", "[1, x]", "[[1]]", "[null]", "[{a: b}]", "{}", "{a: b}", "{a: {b: [c]}}", "{1: null}", "{ja: [1]}", "abc",
    "99999999999999999999", "-99999999999999999999", "9" * 5000, "1e400", "0x10", '"\\0"', '"a\\nb"', '"\\x1b[31m"',
    "x" * 5000, "../../..", "/", ".", "https://[::1", "https://a..b", "https://a:99999", "http://x:0", "{x}", "http://{token}",
    "!!python/object:os.system x", "*nowhere", "&a [*a]", "'%s%n'", "1_000", "0o17", "12:30:45", "2027-02-30",
)  # fmt: skip


@pytest.mark.parametrize("path", EVERY, ids=".".join)
def test_every_setting_with_every_kind_of_value_is_taken_or_told_with_line_and_remedy(
    path: tuple[str, ...],
) -> None:
    for value in WRONG:
        check_told(path, value, faults(written(path, value)))


@pytest.mark.parametrize("path", NUMBERS, ids=".".join)
@pytest.mark.parametrize(
    "value",
    ["999999999999", "99999999999999999999", "-1", "-99999999999999999999", "1.5", ".nan", ".inf", "-.inf", "many",
     "true", "9" * 6000, "[1]", "{a: 1}"],
    ids=lambda value: value[:22],
)  # fmt: skip
def test_every_number_has_bounds_and_what_is_none_is_told_on_its_line(
    path: tuple[str, ...], value: str
) -> None:
    if path[-1].endswith("_chat") and value in ("-1", "999999999999"):
        return  # equal to another id
    told = faults(written(path, value))
    assert len(told) == 1, told
    assert told[0].startswith(f"config.yaml:{len(path)}: {'.'.join(path)}: ")
    check_told(path, value, told)


@pytest.mark.parametrize("path", LISTS, ids=".".join)
def test_a_list_or_names_written_as_plain_text_are_told_how_to_write_them(path: tuple[str, ...]) -> None:
    plain = {"hours": "9:00-17:00", "weekdays": "月火水", "closures": "2027-08-14"}.get(path[-1], "花子")
    (told,) = faults(written(path, plain))
    assert told.startswith(f"config.yaml:2: {'.'.join(path)}: ")
    assert LISTS[path] in told
    if path[-1] in ("hours", "weekdays", "closures"):
        assert "のように [ ] で囲んでください" in told


@pytest.mark.parametrize("section", [*ConfigFile.model_fields, "telegram.limits"])
def test_a_section_written_as_a_value_is_told_how_to_write_it(section: str) -> None:
    path = tuple(section.split("."))
    for value in ("5", "[1]", "text", "true"):
        (told,) = faults(written(path, value))
        assert told.startswith(f"config.yaml:{len(path)}: {section}: ")
        assert "次の行から字下げして" in told
        assert "on the lines below, indented" in told
    assert faults(written(path, "")) == []


@pytest.mark.parametrize("whole", ["5", "[1, 2]", "text", "- a\n- b"])
def test_a_file_that_is_no_settings_is_told_how_to_begin(whole: str) -> None:
    (told,) = faults(whole)
    assert "begin with the name of a section" in told
    assert not _JARGON.search(told.partition(" / ")[2])


def test_a_section_that_stands_twice_is_one_finding() -> None:
    twice = 'desk:\n  hours: ["9:00-17:00"]\n  close_after_days: 3\ndesk:\n  hours: ["9:00-12:00"]\n  close_after_days: 4\n'
    assert faults(twice) == [
        "config.yaml:4: desk が2回あります。1つにしてください / desk stands twice; remove one"
    ]
    assert len(faults("rules:\n  offers: 1\n  offers: 2\n")) == 1


_SCALARS: Final = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(10**17, 10**30),
    st.floats(),
    st.text(max_size=30),
    st.dates(),
)
_VALUES: Final = st.recursive(
    _SCALARS.map(lambda value: str(value) if isinstance(value, date) else value),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


@given(path=st.sampled_from(EVERY), value=_VALUES)
@example(path=("retention", "conversation_days"), value=999_999)
@example(path=("desk", "claim_lapse_minutes"), value=10**20)
@example(path=("roles", "staff"), value=[[1]])
def test_no_value_of_any_setting_raises_anything_but_a_finding(path: tuple[str, ...], value: Any) -> None:
    told = faults(written(path, json.dumps(value)))
    for line in told:
        assert re.match(r"config\.yaml:\d+:", line), line
