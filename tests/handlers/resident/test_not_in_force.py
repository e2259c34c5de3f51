"""Entries not in force are never the answer, never hide a current one, and are shown with a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from faq.knowledge import KnowledgeBase
from faq.language import Language
from faq.matching.fusion import Thresholds
from faq.matching.match import Found, Kind, Match
from handlers.decision import NOT_IN_FORCE, Verdict, decide
from handlers.engine import Engine
from handlers.model.actions import Say
from handlers.model.buttons import AskPerson, OpenEntry
from handlers.model.conversation import Conversation
from handlers.model.events import Asked, Pressed, Started
from handlers.model.settings import Rules
from handlers.model.snapshot import Outcome, Snapshot
from handlers.preview import ask
from handlers.privacy.personal_data import Guard
from handlers.resident.reading import read
from tests.small_faq import OPEN, TODAY, knowledge

LINES = Thresholds()


def dated(**dates: date) -> KnowledgeBase:
    """The small base with dates on the entry about registration."""
    base = knowledge()
    entry = base.entries["swan-register"].model_copy(update=dates)
    return replace(base, entries={**base.entries, "swan-register": entry})


ENDED = dated(valid_until=TODAY - timedelta(days=1))
TO_COME = dated(valid_from=TODAY + timedelta(days=3))


def happens(event: Any, base: KnowledgeBase) -> tuple[str, list[Any], Outcome]:
    outcome = Engine(base, Rules()).handle(event, Snapshot(OPEN))
    action = outcome.actions[0]
    assert isinstance(action, Say)
    return action.text, [button.press for row in action.buttons for button in row], outcome


WHO: dict[str, Any] = {"id": "e:1", "resident": "r:1"}


@pytest.mark.parametrize(
    ("base", "when"), [(ENDED, "2026年11月23日までのもの"), (TO_COME, "2026年11月27日からのもの")]
)
@pytest.mark.parametrize(
    "event",
    [
        Asked(**WHO, text="白鳥ボート 登録"),
        Started(**WHO, payload="swan-register"),
        Pressed(**WHO, press=OpenEntry("swan-register")),
        Pressed(**WHO, press=OpenEntry("swan-register", 1)),
    ],
    ids=["matched", "linked", "pressed in the menu", "pressed among offers"],
)
def test_it_says_when_names_the_window_and_offers_a_person(
    event: Any, base: KnowledgeBase, when: str
) -> None:
    text, buttons, outcome = happens(event, base)
    assert when in text
    for shown in ("白鳥ボートの登録", "池の窓口", "03-0000-0001", "9:00-17:00"):
        assert shown in text
    assert "で登録できます" not in text
    assert AskPerson() in buttons
    assert outcome.record is not None
    assert outcome.record.reason == NOT_IN_FORCE
    assert outcome.conversation is not None
    assert outcome.conversation.given == ()
    assert outcome.conversation.question


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("where do I sign up my swan", "in force until 23 November 2026"),
        ("白鳥ボート 登録", "までのもの"),
    ],
)
def test_the_command_line_says_the_same(text: str, shown: str) -> None:
    asking = ask(text, ENDED, Guard(()), Rules(), OPEN)
    assert shown in asking.spoken
    assert "03-0000-0001" in asking.spoken


@pytest.mark.parametrize("language", list(Language))
def test_in_every_language(language: Language) -> None:
    event = Pressed(**WHO, press=OpenEntry("swan-register"), language=language)
    text, _, _ = happens(event, ENDED)
    assert "2026" in text
    assert "03-0000-0001" in text


def test_a_message_is_never_read_as_surely_answered_by_it() -> None:
    for base in (ENDED, TO_COME):
        reading = read(Conversation("r:1", OPEN), "白鳥ボート 登録", Snapshot(OPEN), base, Rules())
        assert reading.decision.verdict is Verdict.OFFER
        assert reading.decision.reason == NOT_IN_FORCE


def match(name: str, score: float, kind: Kind = Kind.ENTRY) -> Match:
    return Match(kind, name, score)


def decided(*matches: Match, gone: tuple[str, ...] = ("old",)) -> tuple[Verdict, str, list[str]]:
    decision = decide(Found(Language.JA, tuple(matches)), LINES, Rules(), not_in_force=gone)
    return decision.verdict, decision.reason, [m.id for m in decision.entries]


def test_what_is_surely_meant_and_over_is_said_to_be_over_with_current_ones_beside_it() -> None:
    verdict, reason, entries = decided(match("old", 0.97), match("new", 0.02))
    assert (verdict, reason) == (Verdict.OFFER, NOT_IN_FORCE)
    assert entries == ["old", "new"]


def test_a_current_text_does_not_lose_its_answer_to_what_an_old_one_takes_from_it() -> None:
    assert decided(match("new", 0.5), match("old", 0.49))[0] is Verdict.ANSWER
    assert decided(match("new", 0.5), match("old", 0.49), gone=())[0] is Verdict.OFFER


def test_an_old_text_that_is_likelier_is_not_turned_into_an_answer_by_another() -> None:
    verdict, reason, entries = decided(match("old", 0.6), match("new", 0.39))
    assert verdict is Verdict.OFFER
    assert reason == "unsure"
    assert entries == ["new", "old"], "the current one first"


def test_without_dates_nothing_changes() -> None:
    assert decided(match("new", 0.97), gone=()) == (Verdict.ANSWER, "sure", ["new"])
