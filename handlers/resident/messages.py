"""Entry points of residents' events: start, ask, choose, rate, want a person, add, settle."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from faq.content.wish import Wish
from faq.knowledge import KnowledgeBase
from faq.language import Language
from faq.matching.match import Complaint
from handlers.decision import NO_DANGER, Verdict
from handlers.model.buttons import (
    AskPerson,
    ChooseFacility,
    ForgetMe,
    ForWard,
    KeepAnonymous,
    LetFacilityRead,
    NoDanger,
    NoneOfThese,
    NotMyNumber,
    OpenEntry,
    OpenGroup,
    OpenMenu,
    OpenOffered,
    PickFacility,
    PickLanguage,
    Rate,
    Settle,
    WantNoReply,
    WantReply,
    Withdraw,
)
from handlers.model.conversation import Awaiting, Conversation, Held, Piece, stepped
from handlers.model.events import (
    Asked,
    Command,
    Commanded,
    Edited,
    FromResident,
    Pressed,
    PressedUnknown,
    Started,
)
from handlers.model.settings import Rules
from handlers.model.snapshot import Audit, Outcome, Snapshot
from handlers.model.tickets import Desk, Status, Ticket
from handlers.resident import (
    commands,
    complaints,
    danger,
    deciding,
    facilities,
    handoff,
    holding,
    own_data,
    receipts,
    said,
    settling,
    wishing,
)
from handlers.resident.after_done import heard_after_done
from handlers.resident.answering import carry_out, is_miss, missed, want_person
from handlers.resident.asks_after import asks_after_ticket
from handlers.resident.menus import languages, menu, menu_and_person, open_group, show_menu, spoken
from handlers.resident.notices import notice_of
from handlers.resident.reading import Reading, read, without_danger
from handlers.resident.short import Meaning, meaning_of
from handlers.resident.showing import show_entry
from handlers.resident.wishing import Wished
from handlers.wording import resident as words
from handlers.wording.resident import say

BLANK: Final = " \t\r\n\v\f\u00a0\u3000\u200b\u200c\u200d\u2060\u2800\u3164\ufeff\u00ad"
"""Characters that show nothing; a message of these alone is empty."""


_CODE: Final = re.compile(r"\W*(?=\S*\d)[A-Za-z0-9-]+\W*|\W*[A-Z0-9-]{4,12}\W*")
"""A code or a number says nothing about the language of who sends it."""


def conversation_of(event: FromResident, snapshot: Snapshot) -> Conversation:
    """The talk so far, without what belongs to a closed ticket; or a new one in the app's language."""
    held = snapshot.active.id if snapshot.active is not None else 0
    if snapshot.conversation is None:
        return Conversation(event.resident, snapshot.now, event.language or Language.JA, ticket=held)
    talk = replace(snapshot.conversation, updated_at=snapshot.now, reachable=True)
    if talk.ticket not in (0, held):
        return said.fresh(talk, held)
    return replace(talk, ticket=held)


def on_started(event: Started, snapshot: Snapshot, knowledge: KnowledgeBase) -> Outcome:
    """Welcome and menu; a deep link opens its entry."""
    talk = replace(conversation_of(event, snapshot), awaiting=Awaiting.ANYTHING, misses=0, path=())
    if event.payload and event.payload in knowledge.entries:
        return show_entry(talk, event.payload, snapshot, knowledge, "link")
    return spoken(
        talk, say(words.WELCOME, talk.language, knowledge.profile), menu(knowledge, talk.language), "start"
    )


def on_commanded(event: Commanded, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules) -> Outcome:
    """Commands without words, and an answer to unknown ones."""
    talk = conversation_of(event, snapshot)
    language = talk.language
    match event.command:
        case Command.MENU:
            return show_menu(talk, knowledge)
        case Command.HELP:
            return spoken(
                talk, say(words.HELP, language, knowledge.profile), (menu_and_person(language),), "help"
            )
        case Command.PRIVACY:
            return spoken(talk, _privacy(rules, language), (), "privacy")
        case Command.LANGUAGE:
            return spoken(talk, say(words.LANGUAGE, language), languages(knowledge), "language")
        case Command.PERSON:
            return want_person(talk, snapshot, knowledge, rules, "asked")
        case Command.STATUS:
            return own_data.status(talk, snapshot, rules)
        case Command.HISTORY:
            return own_data.history(talk, snapshot)
        case Command.MYDATA:
            return own_data.my_data(talk, snapshot)
        case Command.FORGET:
            return own_data.ask_before_forgetting(talk, snapshot)
        case Command.STOP:
            return own_data.stop(talk, snapshot)
        case Command.FOR_STAFF:
            outcome = spoken(talk, say(words.FOR_STAFF, language), (menu_and_person(language),), "for-staff")
            return replace(outcome, audit=Audit(event.resident, "", f"/{event.word}", detail="refused"))
        case Command.UNKNOWN:
            text = (
                say(words.UNKNOWN_COMMAND, language) + "\n\n" + say(words.HELP, language, knowledge.profile)
            )
            return spoken(talk, text, (menu_and_person(language),), "unknown-command")


def on_asked(event: Asked, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules) -> Outcome:
    """A text: for the person who has the case, for a new or a resolved ticket, or for the FAQ."""
    talk = conversation_of(event, snapshot)
    text = event.text.strip(BLANK)
    if not text:
        return spoken(talk, say(words.EMPTY, talk.language), (menu_and_person(talk.language),), "empty")
    wished = wishing.understood(talk, text, snapshot, knowledge)
    reading = read(talk, text, snapshot, knowledge, rules)
    talk = facilities.named(_in_their_language(talk, reading, knowledge), text, knowledge)
    notice, extra = notice_of(event.withheld, talk.language)
    heard = reading.found.heard.danger
    if heard and knowledge.is_wish_alone(text) and not knowledge.finder.said_by_words(text):
        heard = ""  # 「もういい、人を出して」 only sounds like despair
    reply = heard or danger.lasting(reading.found, text, snapshot)
    if reply in knowledge.replies:
        outcome = danger.answered(talk, text, reply, snapshot, knowledge, rules)
        return handoff.with_notice_below(outcome, notice, extra)
    if wished is not None and deciding.choice_in(talk, text, receipts.of_ticket(snapshot)) is None:
        kept = said.heard(talk, text, snapshot.now) if snapshot.active is None else talk
        outcome = wishing.fulfilled(wished, kept, snapshot, knowledge, rules)
        return handoff.with_notice(outcome, notice, extra)
    outcome = _for_whom(reading, talk, event, snapshot, knowledge, rules)
    return handoff.with_notice(outcome, notice, extra)


def _for_whom(
    reading: Reading,
    talk: Conversation,
    event: Asked,
    snapshot: Snapshot,
    knowledge: KnowledgeBase,
    rules: Rules,
) -> Outcome:
    """A decision in words about what waits counts as the button."""
    ticket = receipts.of_ticket(snapshot)
    text = event.text.strip(BLANK)
    choice = deciding.choice_in(talk, text, ticket)
    if choice is not None:
        return deciding.decided(talk, choice, snapshot, knowledge, rules)
    if (held := holding.pending(talk)) is not None and held.for_facility:
        talk = holding.unasked(talk)  # an answer to something else must send nothing
    if reading.found.heard.complaint < Complaint.LIKELY and (
        outcome := _own_status(talk, text, snapshot, rules)
    ):
        return outcome
    if ticket is not None:
        piece = Piece(text, snapshot.now, event.place, quoted=event.quoted, is_joined=bool(event.pieces))
        is_answered = reading.decision.verdict in (Verdict.ANSWER, Verdict.REPLY)
        outcome = complaints.on_added(
            talk, piece, ticket, snapshot, knowledge, rules, is_answered=is_answered
        )
        if outcome is not None:
            return outcome
    return _heard(reading, talk, text, snapshot, knowledge, rules)


def _own_status(talk: Conversation, text: str, snapshot: Snapshot, rules: Rules) -> Outcome | None:
    """The outcome of /status, where the words ask only for that and no person has or has resolved the case."""
    ticket = snapshot.active
    if snapshot.settling is not None or (ticket is not None and ticket.status is not Status.OPEN):
        return None
    if not asks_after_ticket(text, has_one=ticket is not None):
        return None
    outcome = own_data.status(talk, snapshot, rules)
    if ticket is None:
        return outcome
    return handoff.also_to_ticket(outcome, ticket, text, snapshot, talk.language)


def _no_danger(talk: Conversation, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules) -> Outcome:
    """Answer the last message as a question, because nobody is in danger."""
    if not talk.said:
        return show_menu(talk, knowledge)
    text = talk.said[-1].text
    before = replace(snapshot, conversation=talk)
    reading = without_danger(read(replace(talk, said=talk.said[:-1]), text, before, knowledge, rules),
                             talk, snapshot, knowledge, rules)  # fmt: skip
    talk = stepped(stepped(talk, NO_DANGER), "asked")
    return carry_out(reading, talk, snapshot, knowledge, rules)


def _heard(
    reading: Reading,
    talk: Conversation,
    text: str,
    snapshot: Snapshot,
    knowledge: KnowledgeBase,
    rules: Rules,
) -> Outcome:
    ticket, found = snapshot.active, reading.found
    if ticket is not None and ticket.no_reply and meaning_of(text) is Meaning.WANTS_REPLY:
        return settling.want_reply(talk, settling.of(snapshot, ticket), knowledge, rules, text)
    if ticket is not None and ticket.status is Status.CLAIMED:
        return handoff.add_to_ticket(talk, ticket, text, snapshot)
    if ticket is None and snapshot.settling is not None:
        talk = stepped(talk, "asked")
        return heard_after_done(reading, talk, text, snapshot.settling, snapshot, knowledge, rules)
    if ticket is None:
        talk = said.heard(talk, text, snapshot.now)
    if talk.awaiting is Awaiting.QUESTION_FOR_PERSON and not found.reply:
        talk = replace(talk, awaiting=Awaiting.ANYTHING, question=text)
        return want_person(talk, snapshot, knowledge, rules, "asked")
    if ticket is not None and snapshot.pause is None and is_miss(reading.decision):
        return handoff.add_to_ticket(
            talk, ticket, text, snapshot
        )  # a resident who already waits for a person is not offered one
    talk = replace(stepped(talk, "asked"), awaiting=Awaiting.ANYTHING)
    outcome = carry_out(reading, talk, snapshot, knowledge, rules)
    if ticket is not None:
        outcome = handoff.also_to_ticket(outcome, ticket, text, snapshot, talk.language)
    return outcome


def _in_their_language(talk: Conversation, reading: Reading, knowledge: KnowledgeBase) -> Conversation:
    found = None if _CODE.fullmatch(reading.question) else reading.found.language
    found = found and knowledge.profile.spoken(found)
    if found is None or talk.language_chosen or _same_reader(found, talk.language):
        return talk
    return replace(talk, language=found)


def on_edited(event: Edited, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules) -> Outcome:
    """Add an edit to the ticket, marked; without a ticket ask the resident to send it again."""
    talk = conversation_of(event, snapshot)
    ticket, text = receipts.of_ticket(snapshot), event.text.strip(BLANK)
    notice, extra = notice_of(event.withheld, talk.language)
    if text and (reply := knowledge.danger_in(text)):
        outcome = danger.answered(talk, text, reply, snapshot, knowledge, rules, name=handoff.EDITED)
        return handoff.with_notice_below(outcome, notice, extra)
    corrected = holding.edited(talk, event.place, text)
    if corrected is not None and (held := holding.pending(corrected)) is not None:
        outcome = _corrected(corrected, held, text, ticket, snapshot, knowledge, rules)
        return handoff.with_notice(outcome, notice, extra)
    if ticket is None:
        seen = spoken(talk, say(words.EDIT_SEEN, talk.language), (), "edited")
        return handoff.with_notice(seen, notice, extra)
    if not text:
        outcome = spoken(talk, say(words.CANNOT_READ, talk.language), (), "edited")
        return handoff.mention_media(outcome, ticket, "編集")
    piece = Piece(text, snapshot.now, event.place, name=handoff.EDITED, quoted=event.quoted)
    outcome = complaints.on_added(talk, piece, ticket, snapshot, knowledge, rules) or handoff.edit_in_ticket(
        talk, ticket, text, snapshot
    )
    return handoff.with_notice(outcome, notice, extra)


def _corrected(
    talk: Conversation,
    held: Held,
    text: str,
    ticket: Ticket | None,
    snapshot: Snapshot,
    knowledge: KnowledgeBase,
    rules: Rules,
) -> Outcome:
    """Replace waiting words by their edit, unless the edit settles what they are."""
    is_sure = complaints.heard_in(text, knowledge) is Complaint.SURE
    if is_sure and rules.has_ward_desk and ticket is not None and ticket.desk is Desk.FACILITY:
        return complaints.to_ward(talk, ticket, (), snapshot, knowledge.profile)
    return deciding.asked_again(talk, held, snapshot, knowledge, rules)


def on_pressed_unknown(event: PressedUnknown, snapshot: Snapshot, knowledge: KnowledgeBase) -> Outcome:
    """Answer a button of an unknown code."""
    talk = conversation_of(event, snapshot)
    return spoken(talk, say(words.OLD_BUTTON, talk.language), menu(knowledge, talk.language), "old-button")


def on_pressed(event: Pressed, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules) -> Outcome:
    """A button under one of our messages."""
    talk = conversation_of(event, snapshot)
    language = talk.language
    match event.press:
        case OpenMenu():
            return show_menu(talk, knowledge)
        case OpenGroup(group):
            return open_group(talk, group, snapshot, knowledge)
        case OpenEntry(entry, offered):
            return show_entry(talk, entry, snapshot, knowledge, "offered" if offered else "menu")
        case OpenOffered():
            return wishing.fulfilled(Wished(Wish.CHOOSE_ALL), talk, snapshot, knowledge, rules)
        case ChooseFacility():
            return facilities.ask(talk, knowledge)
        case PickFacility(window):
            return facilities.picked(talk, window, snapshot, knowledge)
        case NoneOfThese() if snapshot.active is not None:
            return handoff.already_open(stepped(talk, "none"), snapshot.active, snapshot, rules)
        case NoneOfThese():
            return missed(stepped(talk, "none"), rules, "none-of-these")
        case Rate(entry, version, solved):
            if entry not in knowledge.entries:  # deleted since, or a forged code
                return spoken(talk, say(words.ENTRY_GONE, language), menu(knowledge, language), "entry-gone")
            return wishing.rated(talk, entry, version, solved)
        case AskPerson():
            return want_person(talk, snapshot, knowledge, rules, "misses" if talk.misses else "asked")
        case NotMyNumber():
            return _let_through(event, talk, snapshot, knowledge, rules)
        case PickLanguage(tag):
            if tag not in set(knowledge.profile.languages):
                return spoken(talk, say(words.OLD_BUTTON, language), languages(knowledge), "old-button")
            talk = replace(talk, language=Language(tag), language_chosen=True)
            return spoken(
                talk, say(words.LANGUAGE_SET, talk.language), menu(knowledge, talk.language), "language"
            )
        case Settle(_, done):
            return settling.settle(talk, bool(done), snapshot, rules)
        case Withdraw():
            return settling.withdraw(talk, snapshot)
        case WantNoReply():
            return settling.want_no_reply(talk, snapshot)
        case WantReply():
            return settling.want_reply(talk, snapshot, knowledge, rules)
        case NoDanger():
            return _no_danger(talk, snapshot, knowledge, rules)
        case ForWard() | LetFacilityRead():
            return deciding.pressed(talk, event.press, snapshot, knowledge, rules)
        case KeepAnonymous():
            kept = complaints.keep_anonymous(talk, snapshot, knowledge.profile)
            return kept or deciding.nothing_left(talk)
        case ForgetMe(sure):
            return own_data.forget(talk, bool(sure), snapshot)


def _privacy(rules: Rules, language: Language) -> str:
    days = rules.retention
    return say(words.PRIVACY, language, talk=days.conversation_days, ticket=days.ticket_days)


def _let_through(
    event: Pressed, talk: Conversation, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules
) -> Outcome:
    if event.original is None:
        return spoken(talk, say(words.SEND_AGAIN, talk.language), (), "number-gone")
    _, text = commands.split(event.original) or ("", event.original)
    asked = Asked(id=event.id, resident=event.resident, language=event.language, text=text)
    return on_asked(asked, snapshot, knowledge, rules)


def _same_reader(found: Language, reader: Language) -> bool:
    return found is reader or (found is Language.JA and reader is Language.JA_EASY)
