"""The profile: which texts use it, in which language, and what an editor may get wrong."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.settings.settings import packaged_faq
from bot.settings.starter import EMPTY
from faq.content.parse import parse
from faq.content.profile import PROFILE_NAME, Profile
from faq.content.provenance import Provenance
from faq.language import Language
from handlers.wording import facility_reads, resident, signals, switches, unsent
from handlers.wording.resident import say

TEXT = (EMPTY / PROFILE_NAME).read_text(encoding="utf-8")


def profile(text: str = TEXT) -> Profile:
    parsed = parse(text, PROFILE_NAME)
    assert parsed.file is not None, [str(problem) for problem in parsed.problems]
    assert parsed.file.profile is not None
    return parsed.file.profile


TOWN = profile()
SHIPPED = profile((packaged_faq() / PROFILE_NAME).read_text(encoding="utf-8"))
MODULES = (resident, signals, unsent, facility_reads, switches)
SENTENCES = [
    (f"{module.__name__}.{name}", words)
    for module in MODULES
    for name, words in vars(module).items()
    if name.isupper()
    and isinstance(words, dict)
    and Language.EN in words
    and words is not resident.LANGUAGE_NAMES
]
NAMES = ("municipality", "facilities", "government", "complaints_desk", "facility_desk")


@pytest.mark.parametrize(
    "language", [Language.JA, Language.EN, Language.ZH_HANS, Language.ZH_HANT, Language.KO]
)
def test_emergency_numbers_are_joined_as_the_language_joins(language: Language) -> None:
    told = TOWN.words(language)["emergency"]
    assert (
        told
        == {
            Language.JA: "119(火事・救急)か110(警察)",
            Language.EN: "119 (fire, ambulance) or 110 (police)",
            Language.ZH_HANS: "119（火警、急救）或110（警察）",
            Language.ZH_HANT: "119（火警、急救）或110（警察）",
            Language.KO: "119(화재·구급) 또는 110(경찰)",
        }[language]
    )


@pytest.mark.parametrize(("name", "words"), SENTENCES, ids=[name for name, _ in SENTENCES])
def test_a_sentence_names_what_every_town_has_and_nothing_else_of_a_town(
    name: str, words: dict[Language, str]
) -> None:
    for language, sentence in words.items():
        for town in (TOWN, SHIPPED):
            named = {key for key in (*NAMES, "emergency", "emergencies") if f"{{{key}}}" in sentence}
            filled = sentence
            for key in named:
                filled = filled.replace(f"{{{key}}}", town.words(language)[key])
            for value in (*SHIPPED.municipality.values(), *TOWN.municipality.values()):
                assert (value in filled) == (value in "".join(town.words(language)[k] for k in named)), name
    assert len({frozenset(k for k in NAMES if f"{{{k}}}" in s) for s in words.values()}) == 1


def test_a_sentence_with_a_town_in_it_is_filled_in_the_language_it_is_really_in() -> None:
    told = say(signals.AT_WARD, Language.ZH_HANT, TOWN)
    assert "町的窗口" in told
    assert "町(まち)の 人(ひと)に 届(とど)きました" in say(signals.AT_WARD, Language.JA_EASY, TOWN)
    in_japanese = {Language.JA: signals.AT_WARD[Language.JA], Language.EN: signals.AT_WARD[Language.EN]}
    assert "町の窓口に届きました" in say(in_japanese, Language.JA_EASY, TOWN)


def test_a_language_that_the_town_does_not_offer_is_answered_in_english_and_easy_japanese_in_japanese() -> (
    None
):
    small = profile(TEXT.replace("languages: [ja, ja-easy, en, zh-Hans, zh-Hant, ko]", "languages: [en, ja]"))
    assert small.languages == (Language.EN, Language.JA)
    assert [small.spoken(language) for language in Language] == [
        Language.JA, Language.JA, Language.EN, Language.EN, Language.EN, Language.EN,
    ]  # fmt: skip


def test_the_clock_is_that_of_the_zone_with_its_summer_time() -> None:
    town = profile(TEXT.replace("Asia/Tokyo", "Europe/Berlin"))
    assert (
        datetime(2026, 7, 1, 12, tzinfo=town.zone).utcoffset()
        != datetime(2026, 1, 1, 12, tzinfo=town.zone).utcoffset()
    )
    assert resident.moment(datetime(2026, 7, 1, 12, tzinfo=town.zone), Language.EN).endswith("(Berlin time)")
    assert resident.moment(datetime(2026, 7, 1, 12, tzinfo=TOWN.zone), Language.EN).endswith("(Tokyo time)")


def test_official_facts_need_no_caution_and_all_others_of_the_shipped_town_have_one() -> None:
    assert SHIPPED.caution(Provenance.OFFICIAL, Language.JA) == ""
    for provenance in set(Provenance) - {Provenance.OFFICIAL}:
        for language in Language:
            assert SHIPPED.caution(provenance, language), (provenance, language)
    only_two = SHIPPED.cautions[Provenance.MIXED]
    small = SHIPPED.model_copy(
        update={"cautions": {Provenance.MIXED: {tag: only_two[tag] for tag in (Language.JA, Language.EN)}}}
    )
    assert small.caution(Provenance.MIXED, Language.KO).startswith("Note: "), (
        "English stands for what is missing"
    )


SLIPS = {
    "a zone misspelt": ("Asia/Tokyo", "Asia/Tokio", "「Asia/Tokio」という時刻の地域はありません; 「Asia/Tokyo」のことですか"),
    "a zone that is none": ("Asia/Tokyo", "日本", "「profile.time_zone」の値「日本」の形が違います"),
    "a zone of nowhere": ("Asia/Tokyo", "Mars/Base", "「Mars/Base」という時刻の地域はありません; 地域/都市の形で"),
    "no English": ("languages: [ja, ja-easy, en,", "languages: [ja, ja-easy,", "「profile.languages」に en の文がありません"),
    "a language misspelt": ("[ja, ja-easy", "[jp, ja-easy", "「ja」のことですか"),
    "no number": ('"119"', '"いちいちきゅう"', "半角の数字だけ (例: 119)"),
    "one language of a name": ("{ja: 施設, en: the facility,", "{ja: 施設,", "に en の文がありません"),
    "a key misspelt": ("  time_zone:", "  timezone:", "知らないキー「timezone」です; 「time_zone」のことですか"),
    "a caution for nothing": ("    inferred:", "    infered:", "「inferred」のことですか"),
    "no complaints": ("complaint_purposes: [grievance]", "complaint_purposes: []", "「profile.complaint_purposes」が空です"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words"), SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_is_one_finding_with_its_line_and_remedy(old: str, new: str, words: str) -> None:
    assert old in TEXT
    text = TEXT.replace(old, new, 1)
    found = parse(text, PROFILE_NAME).problems
    assert len(found) == 1, [str(problem) for problem in found]
    assert words in str(found[0])
    line = next(
        n for n, (a, b) in enumerate(zip(TEXT.splitlines(), text.splitlines(), strict=True), 1) if a != b
    )
    assert found[0].line in (line, line - 1)
