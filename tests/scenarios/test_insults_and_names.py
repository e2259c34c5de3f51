"""Insults get the calm sentence for them; a name alone is answered in the language of the talk. With the shipped FAQ."""

from __future__ import annotations

import pytest

from bot.config import load
from bot.desk import Desk
from faq.knowledge import KnowledgeBase
from faq.language import Language
from tests.conftest import ROOT
from tests.one_talk import Talk


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return Desk(load(ROOT / "config.yaml")).knowledge


@pytest.mark.parametrize("insult", ["しね", "死ね", "うせろ", "you suck", "去死", "滾開", "꺼져"])
def test_an_insult_gets_the_calm_sentence_for_it(insult: str, knowledge: KnowledgeBase) -> None:
    told = Talk(knowledge).says(insult)
    assert told in {knowledge.reply("abuse", language) for language in Language}


def test_the_name_of_the_bot_alone_is_answered_in_the_language_of_the_talk(knowledge: KnowledgeBase) -> None:
    told = Talk(knowledge).says("@sim_bot")
    assert any("\u3040" <= letter <= "\u30ff" for letter in told)
