"""An answer: the core fits the screen, the parts behind it hold the rest, and nothing differs from channel to channel."""

from __future__ import annotations

from datetime import date

import pytest

from faq.answer import Answer, first_sentence
from faq.checks import line_budget
from faq.knowledge import KnowledgeBase
from faq.language import Language
from faq.phone_lines import phone_lines
from handlers.wording import resident as words

TODAY = date(2026, 11, 30)


def answers(shipped: KnowledgeBase) -> list[Answer]:
    found = [shipped.answer(i, language, TODAY) for i in shipped.entries for language in Language]
    return [answer for answer in found if answer is not None]


def test_every_answer_exists_in_every_language(shipped: KnowledgeBase) -> None:
    missing = [
        (entry, language.value)
        for entry in shipped.entries
        for language in Language
        if (answer := shipped.answer(entry, language, TODAY)) is None or answer.language is not language
    ]
    assert missing == []


def test_half_of_the_cores_fill_12_lines_at_most_and_none_in_japanese_or_english_more_than_18(
    shipped: KnowledgeBase,
) -> None:
    for language in Language:
        lines = sorted(one.lines for one in line_budget.seen(shipped, [language]))
        assert len(lines) == len(shipped.entries)
        if language is not Language.JA_EASY:
            assert lines[len(lines) // 2] <= 12
        assert lines[-1] <= 18, (language, lines[-1])


def test_the_core_ends_with_one_line_that_has_version_and_number(shipped: KnowledgeBase) -> None:
    for answer in answers(shipped):
        last = answer.core.splitlines()[-1]
        assert answer.receipt in last
        assert str(answer.version) in last
        assert phone_lines(last) == 1 or answer.language is Language.JA_EASY, last


def test_the_text_is_the_core_and_every_part_under_its_name(shipped: KnowledgeBase) -> None:
    for answer in answers(shipped):
        assert answer.text.startswith(answer.core)
        for part in answer.details:
            assert f"▼ {part.name}\n{part.text}" in answer.text
        assert len({part.name for part in answer.details}) == len(answer.details)


def test_no_english_stands_in_an_answer_for_readers_of_chinese_or_korean(shipped: KnowledgeBase) -> None:
    english = (" the ", " of ", " and ", "Phone ", "Hours", "Source", "Read on", "Run by")
    for answer in answers(shipped):
        if answer.language in (Language.ZH_HANS, Language.ZH_HANT, Language.KO):
            words_of = "\n".join([answer.core, *(part.text for part in answer.details[:-1])])
            assert [word for word in english if word in words_of] == [], answer.entry


def test_the_number_to_call_is_seen_at_once_where_just_one_is_not_a_facility_s(
    shipped: KnowledgeBase,
) -> None:
    for answer in answers(shipped):
        windows = [shipped.directory.windows[w] for w in answer.windows]
        of_all = [window for window in windows if window.phone and window.facility is None]
        for window in windows:
            if window.phone and shipped.is_about_facility(answer.entry) is False:
                assert (window.phone in answer.core) is (of_all == [window]), (answer.entry, window.id)
                assert window.phone in answer.text


def test_for_one_s_own_facility_its_number_is_seen_and_no_other_facility_s(shipped: KnowledgeBase) -> None:
    own = shipped.directory.windows["azabu-centre"]
    differing = [entry for entry in shipped.entries if shipped.differs_by_facility(entry)]
    assert len(differing) > 20
    for entry in differing:
        answer = shipped.answer(entry, Language.JA, TODAY, own.id)
        everywhere = shipped.answer(entry, Language.JA, TODAY)
        assert answer is not None
        assert everywhere is not None
        assert str(own.phone) in answer.core
        assert answer.core.split("\n\n")[0] == everywhere.core.split("\n\n")[0], (
            "the words are the same for all"
        )
        others = [w for w in answer.windows if shipped.directory.windows[w].facility is not None]
        assert others == [own.id]


def test_an_entry_about_one_facility_tells_that_one_whichever_is_the_reader_s(shipped: KnowledgeBase) -> None:
    everybody = shipped.answer("facility-akasaka", Language.JA, TODAY)
    assert everybody is not None
    assert shipped.answer("facility-akasaka", Language.JA, TODAY, "azabu-centre") == everybody


@pytest.mark.parametrize(
    ("core", "first"),
    [
        ("はい。できます。次です。", "はい。できます。"),
        ("No. You cannot. Ask.", "No. You cannot."),
        ("はい。", "はい。"),
        ("二人から団体です。\n次。", "二人から団体です。"),
        ("You can. Then ask.", "You can."),
        ("Fee: 3.5 points. More.", "Fee: 3.5 points."),
        ("一行だけの文です\n次", "一行だけの文です"),
    ],
)
def test_the_first_sentence(core: str, first: str) -> None:
    assert first_sentence(core) == first


def test_what_is_folded_begins_after_everything_that_must_be_seen(shipped: KnowledgeBase) -> None:
    answer = shipped.answer(next(iter(shipped.entries)), Language.JA, date(2031, 1, 1))
    assert answer is not None
    text, fold = words.answered(answer, Language.JA)
    assert answer.review_overdue
    assert words.say(words.REVIEW_OVERDUE, Language.JA) in text[:fold]
    assert text[fold:] == answer.rest
