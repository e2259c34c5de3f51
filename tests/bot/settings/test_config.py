"""Settings: every fault at once, with its line and what to do."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.settings.settings import load
from tests.conftest import ROOT


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(written(tmp_path, text), {})
    return str(caught.value).splitlines()


@pytest.mark.checkout
def test_the_shipped_settings_are_the_defaults(tmp_path: Path) -> None:
    shipped = load(ROOT / "config.yaml", {"HOME": "/h"})
    bare = load(written(tmp_path, ""), {"HOME": "/h"})
    assert shipped.rules == bare.rules
    assert shipped.faq_folder == bare.faq_folder


def test_all_faults_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    told = faults(
        tmp_path,
        'rules:\n  offers: 9\n  mises_before_person: 2\ndesk:\n  hours: ["17:00-9:00"]\n  weekdays: [月, 祝]\n'
        "  closed_from: 13-45\ntelegram:\n  desk_chat: abc\n",
    )
    expected = [
        ("config.yaml:2: rules.offers: ", "3 以下にしてください", "9 is not usable; it has to be 3 or less"),
        ("config.yaml:3: rules.mises_before_person: ", "misses_before_person のことですか", "did you mean misses_before_person?"),
        ("config.yaml:5: desk.hours: ", "入れかえるか", "17:00-24:00, 0:00-9:00"),
        ("config.yaml:6: desk.weekdays: ", "曜日ではありません", "祝 is not a weekday; use 月 火 水 木 金 土 日"),
        ("config.yaml:7: desk.closed_from: ", "12-29 のように", "13-45 is not a day; write month and day like 12-29"),
        ("config.yaml:9: telegram.desk_chat: ", "整数ではありません", "'abc' is not a whole number; write one"),
    ]  # fmt: skip
    assert len(told) == len(expected)
    for line, (place, japanese, english) in zip(told, expected, strict=True):
        assert line.startswith(place)
        assert japanese in line
        assert line.endswith(english)


@pytest.mark.parametrize(
    ("text", "line", "japanese", "english"),
    [
        ("telegram:\n  desk_chat: -5\n  admin_chat: -5\n", 3, "telegram.desk_chat と同じチャットです", "the same chat"),
        ("telegram:\n  desk_chat: -5\n  ward_chat: -5\n", 3, "同じチャットです", "the same chat as telegram.desk_chat"),
        ("telegram:\n  desk_chat: 5\n", 2, "グループのidではありません", "a negative number"),
        ("telegram:\n  webhook_listen: 127.0.0.1:99999\n", 2, "1〜65535", "a port from 1 to 65535"),
        ("telegram:\n  webhook_listen: 127.0.0.1:0\n", 2, "1〜65535", "a port from 1 to 65535"),
        ("telegram:\n  webhook_listen: here\n", 2, "127.0.0.1:8080 のように", "like 127.0.0.1:8080"),
        (f"telegram:\n  webhook_listen: {'a' * 64}:8080\n", 2, "127.0.0.1:8080 のように", "like 127.0.0.1:8080"),
        ("telegram:\n  webhook_url: https://[::1\n", 2, "Webのアドレスではありません", "is not a web address"),
        ("telegram:\n  webhook_url: hook\n", 2, "Webのアドレスではありません", "is not a web address"),
        ("telegram:\n  api_url: https://a.example/\n", 2, "末尾の / なしで", "without a slash at the end"),
        ("desk:\n  closed_from: 2026-02-30\n", 2, "", ""),
        ("desk:\n  greetings: {'a:b': x}\n", 2, "「:」と改行を取って", "take out colons"),
        ("desk:\n  public_holidays: maybe\n", 2, "選んでください", "use 'closed' or 'open'"),
        ("storage:\n  path: ''\n", 2, "空です", "is empty"),
        ("storage:\n  path: 5\n", 2, "文字ではありません", "put it in quotes"),
        ("rules: [1]\n", 1, "「offers: …」のように", "like `offers: …`"),
    ],
)  # fmt: skip
def test_every_fault_has_place_and_remedy_in_the_files_language_and_in_english(
    tmp_path: Path, text: str, line: int, japanese: str, english: str
) -> None:
    told = faults(tmp_path, text)
    assert len(told) == 1
    assert told[0].startswith(f"config.yaml:{line}:")
    assert japanese in told[0]
    assert english in told[0]


def test_a_speed_that_is_none_is_told(tmp_path: Path) -> None:
    for given in ("fast", "0", "-1", "inf", "nan"):
        with pytest.raises(ConfigError, match=r"MADOGUCHI_DRILL_SPEED: .*remove it"):
            load(written(tmp_path, ""), {"MADOGUCHI_DRILL_SPEED": given})


def test_settings_that_are_no_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_bytes("desk: {}  # 窓口".encode("cp932"))
    with pytest.raises(ConfigError, match=r"UTF-8で保存し直して.*save it as UTF-8 text"):
        load(tmp_path / "config.yaml", {})


def test_text_that_is_no_yaml_is_told_with_line_and_column(tmp_path: Path) -> None:
    assert faults(tmp_path, "rules: [\n  a: b: c\n")[0].startswith("config.yaml:1:8: ")


def test_a_key_that_stands_twice_is_a_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, "rules: {}\nrules: {}\n") == [
        "config.yaml:2: rules が2回あります。1つにしてください / rules stands twice; remove one"
    ]


def test_a_lunch_break_is_two_spans(tmp_path: Path) -> None:
    settings = load(written(tmp_path, 'desk:\n  hours: ["13:00-17:00", "9:00-12:00"]\n'), {})
    assert [span.opens for span in settings.rules.hours.spans] == [time(9), time(13)]


def test_the_token_comes_from_the_environment_and_is_never_shown(tmp_path: Path) -> None:
    settings = load(written(tmp_path, ""), {"MADOGUCHI_TELEGRAM_TOKEN": " 123:secret \n"})
    assert settings.token == "123:secret"
    assert "secret" not in repr(settings)


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        load(tmp_path / "other.yaml", {})


def test_paths_are_relative_to_the_settings(tmp_path: Path) -> None:
    settings = load(written(tmp_path, "faq:\n  folder: mine\nstorage:\n  path: data/a.db\n"), {})
    assert settings.faq_folder == tmp_path / "mine"
    assert settings.database == tmp_path / "data/a.db"


def test_a_bare_off_switches_the_encoder_off(tmp_path: Path) -> None:
    assert load(written(tmp_path, "faq:\n  encoder: off\n"), {}).encoder is False


def test_roles_greetings_and_days_are_judged_with_line_and_remedy(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(
        "roles:\n  staff: 花子\n  leads: {abc: 太郎}\n  admins: [1, 2]\n"
        "desk:\n  greetings:\n    英語だけ: {en: Hello}\n    'a:b': x\n    変な: {xx: y, ja: z}\n"
        "retention:\n  ticket_days: -1\n",
        encoding="utf-8",
    )
    with pytest.raises(ConfigError) as caught:
        load(tmp_path / "config.yaml", {})
    told = str(caught.value).splitlines()
    for line, words in (
        (2, "write ids with names"),
        (3, "abc is not a Telegram id"),
        (7, "with ja among them"),
        (8, "desk.greetings.a:b"),
        (9, "xx is not a language"),
        (11, "it has to be 1 or more"),
    ):
        assert any(fault.startswith(f"config.yaml:{line}:") and words in fault for fault in told), (
            line,
            told,
        )
    assert len(told) == 6


def test_people_are_known_by_id_and_greetings_by_language(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(
        "telegram: {ward_chat: -5}\nroles:\n  staff: {8: 花子, '9': 太郎}\n  admins: [11]\ndesk:\n  greetings: {やあ: こんにちは}\n",
        encoding="utf-8",
    )
    rules = load(tmp_path / "config.yaml", {}).rules
    assert rules.roles.staff == {"tg:8": "花子", "tg:9": "太郎"}
    assert rules.roles.admins == {"tg:11": "11"}
    assert rules.greetings["やあ"] == {"ja": "こんにちは"}
    assert rules.has_ward_desk


@pytest.mark.parametrize(
    "environment", [{"HOME": "{}/home"}, {}, {"XDG_CACHE_HOME": "{}/cache"}, {"XDG_CACHE_HOME": "here"}]
)
def test_caches_are_the_users_and_never_below_the_folder_where_a_verb_is_typed(
    environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value.format(tmp_path))
    (tmp_path / "checkout").mkdir()
    monkeypatch.chdir(tmp_path / "checkout")
    folder = load(None).cache_folder
    assert folder.is_absolute()
    assert folder.name == "madoguchi"
    assert not folder.is_relative_to(tmp_path / "checkout")
