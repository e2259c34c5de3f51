"""Insults get their fixed reply; a name alone is answered in the language of the talk. With the shipped FAQ."""

from __future__ import annotations

import pytest

from bot.knowledge.offline import OfflineKnowledge
from bot.settings.settings import load
from faq.knowledge import KnowledgeBase
from faq.language import Language
from handlers.model.buttons import AskPerson, ForWard, OpenEntry, Rate
from tests.conftest import ROOT
from tests.one_talk import Talk


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return OfflineKnowledge(load(ROOT / "config.yaml")).knowledge


@pytest.mark.parametrize("insult", ["しね", "死ね", "うせろ", "you suck", "去死", "滾開", "꺼져"])
def test_an_insult_gets_the_calm_sentence_for_it(insult: str, knowledge: KnowledgeBase) -> None:
    told = Talk(knowledge).says(insult)
    assert told in {knowledge.reply("abuse", language) for language in Language}


def test_the_name_of_the_bot_alone_is_answered_in_the_language_of_the_talk(knowledge: KnowledgeBase) -> None:
    told = Talk(knowledge).says("@sim_bot")
    assert any("\u3040" <= letter <= "\u30ff" for letter in told)


def test_who_calls_it_rude_is_not_told_goodbye_but_asked_whether_it_is_a_complaint(
    knowledge: KnowledgeBase,
) -> None:
    talk = Talk(knowledge)
    assert knowledge.reply("goodbye", Language.JA) not in talk.says("失礼すぎる")
    assert any(isinstance(b, OpenEntry | Rate) and b.entry == "contact-complaint" for b in talk.buttons[:2])
    talk.presses(AskPerson())
    assert ForWard(0, 1, 1) in talk.buttons


def test_who_takes_their_leave_is_told_goodbye(knowledge: KnowledgeBase) -> None:
    assert Talk(knowledge).says("それでは失礼します") == knowledge.reply("goodbye", Language.JA)
