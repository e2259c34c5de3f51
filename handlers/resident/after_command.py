"""Words after a command are handled like any other message. A danger in them is answered first and alone, and then
no command that ends or erases something is carried out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from faq.knowledge import KnowledgeBase
from faq.language import Language
from handlers.model.actions import Buttons, Say, ToResident
from handlers.model.buttons import Button, PickLanguage, Withdraw
from handlers.model.conversation import Awaiting
from handlers.model.events import Asked, Command, Commanded, Pressed, Started
from handlers.model.settings import Rules
from handlers.model.snapshot import Outcome, Snapshot
from handlers.model.tickets import Status
from handlers.resident import handoff, own_data, receipts
from handlers.resident.messages import conversation_of, on_asked, on_commanded, on_pressed, on_started
from handlers.resident.short import meaning_of
from handlers.wording import after_command as words
from handlers.wording import resident as told
from handlers.wording.resident import say

_LINK: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""The text that a deep link can carry."""
_LETTER: Final = re.compile(r"[^\W\d_]")
_LANGUAGES: Final = {
    **{name.casefold(): tag for tag, name in told.LANGUAGE_NAMES.items()},
    **{tag.casefold(): tag for tag in Language},
    "japanese": Language.JA, "英語": Language.EN, "英文": Language.EN, "chinese": Language.ZH_HANS,
    "中文": Language.ZH_HANS, "中国語": Language.ZH_HANS, "korean": Language.KO, "韓国語": Language.KO,
}  # fmt: skip


def on_command(
    event: Started | Commanded, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules
) -> Outcome:
    """A command, with or without words; the resident gets one message in every case."""
    text = _words(event, knowledge)
    asked = Asked(id=event.id, resident=event.resident, language=event.language, place=event.place, quoted=event.quoted,
                  text=text, withheld=event.withheld)  # fmt: skip
    if text and knowledge.danger_in(text):
        return on_asked(asked, snapshot, knowledge, rules)
    if isinstance(event, Started):
        done = on_started(replace(event, payload="") if text else event, snapshot, knowledge)
        return _both(done, asked, snapshot, knowledge, rules) if text else done
    if not text or (event.command is Command.FOR_STAFF and not _LETTER.search(text)):
        return on_commanded(event, snapshot, knowledge, rules)
    return _with_words(event, asked, snapshot, knowledge, rules)


def without_words(event: Commanded, knowledge: KnowledgeBase) -> Commanded:
    """For a resident who is put off: the command is carried out, and its words are only checked for a danger."""
    return event if knowledge.danger_in(event.text) else replace(event, text="")


def _words(event: Started | Commanded, knowledge: KnowledgeBase) -> str:
    """The words to read. A link carries a code: only a code of letters alone may be a word, and then only a call
    for help counts.
    """
    text = (event.payload if isinstance(event, Started) else event.text).strip()
    if not isinstance(event, Started) or not _LINK.fullmatch(text):
        return text
    return text if text.isalpha() and text not in knowledge.entries and knowledge.danger_in(text) else ""


def _with_words(
    event: Commanded, asked: Asked, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules
) -> Outcome:
    tag = _LANGUAGES.get(asked.text.casefold())
    if event.command is Command.LANGUAGE and tag is not None:
        press = PickLanguage(tag.value)
        picked = Pressed(id=event.id, resident=event.resident, language=event.language, press=press)
        return on_pressed(picked, snapshot, knowledge, rules)
    if event.command is Command.PERSON:
        return _for_person(event, asked, snapshot, knowledge, rules)
    if event.command is Command.STOP and own_data.not_over(snapshot):
        return _before_stopping(asked, snapshot, knowledge, rules)
    done = on_commanded(replace(event, text=""), snapshot, knowledge, rules)
    if event.command is Command.FORGET:  # it asks before erasing, so the words are answered first
        heard = on_asked(asked, snapshot, knowledge, rules)
        return receipts.below(heard, *_spoken(done))
    if event.command is Command.UNKNOWN:
        heard = on_asked(asked, snapshot, knowledge, rules)
        language = (heard.conversation or conversation_of(event, snapshot)).language
        return handoff.with_notice(heard, say(words.NO_SUCH_COMMAND, language), ())
    return _both(done, asked, snapshot, knowledge, rules)


def _for_person(
    event: Commanded, asked: Asked, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules
) -> Outcome:
    """The words are for a person: they go into a new ticket, or are added to the one that staff have.

    After 対応完了, まだ and 解決した count as their buttons, as everywhere; any other text is a new case.
    """
    if snapshot.active is not None or (snapshot.settling is not None and meaning_of(asked.text)):
        return on_asked(asked, snapshot, knowledge, rules)
    talk = replace(conversation_of(event, snapshot), awaiting=Awaiting.QUESTION_FOR_PERSON)
    return on_asked(asked, replace(snapshot, conversation=talk, settling=None), knowledge, rules)


def _before_stopping(asked: Asked, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules) -> Outcome:
    """Send the words to where they belong; a ticket that remains open is withdrawn only by a button."""
    heard = on_asked(asked, snapshot, knowledge, rules)
    over = {ticket.id for ticket in heard.tickets if ticket.status is Status.CLOSED}
    left = [case for case in own_data.not_over(snapshot) if case.id not in over]
    if not left:
        return heard
    language = (heard.conversation or conversation_of(asked, snapshot)).language
    button = Button(say(told.BUTTON_WITHDRAW, language), Withdraw(left[0].id))
    return receipts.below(heard, say(words.NOT_WITHDRAWN, language, ticket=left[0].id), ((button,),))


def _both(done: Outcome, asked: Asked, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules) -> Outcome:
    """The command's own text, with the answer to the words below it; a menu alone adds no text, only buttons."""
    before = replace(snapshot, conversation=done.conversation or snapshot.conversation)
    heard = on_asked(asked, before, knowledge, rules)
    text, buttons = _spoken(done)
    outcome = handoff.with_notice(heard, text, ())
    seen = {button.press for row in _spoken(heard)[1] for button in row}
    rows = tuple(row for row in buttons if not {button.press for button in row} <= seen)
    return replace(receipts.below(outcome, "", rows), audit=done.audit)


def _spoken(outcome: Outcome) -> tuple[str, Buttons]:
    """The text and buttons for the resident."""
    said = [a for a in outcome.actions if isinstance(a, Say) and isinstance(a.to, ToResident)]
    return (said[0].text, said[0].buttons) if said else ("", ())
