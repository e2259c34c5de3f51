"""What residents do: start, ask, choose, rate, want a person, add, settle."""

from __future__ import annotations

from dataclasses import replace

from faq.knowledge import KnowledgeBase
from faq.language import Language
from handlers import handoff, own_data, settling
from handlers.actions import Buttons
from handlers.answering import carry_out, missed, show_entry, want_person
from handlers.buttons import (
    AskPerson,
    Button,
    ForgetMe,
    NoneOfThese,
    NotMyNumber,
    OpenEntry,
    OpenGroup,
    OpenMenu,
    PickLanguage,
    Rate,
    Settle,
    WantNoReply,
    Withdraw,
)
from handlers.conversation import Awaiting, Conversation, stepped
from handlers.events import (
    Asked,
    Command,
    Commanded,
    Edited,
    FromResident,
    Pressed,
    PressedUnknown,
    Secret,
    Started,
)
from handlers.menus import languages, menu, menu_and_person, open_group, spoken
from handlers.rules import Rules, decide
from handlers.snapshot import Audit, Outcome, Record, Snapshot
from handlers.tickets import Status
from handlers.wording import resident as words
from handlers.wording.resident import say


def conversation_of(event: FromResident, snapshot: Snapshot) -> Conversation:
    """The talk so far, or a new one in the language of the resident's app."""
    if snapshot.conversation is not None:
        return replace(snapshot.conversation, updated_at=snapshot.now, reachable=True)
    return Conversation(event.resident, snapshot.now, event.language or Language.JA)


def on_started(event: Started, snapshot: Snapshot, knowledge: KnowledgeBase) -> Outcome:
    """Welcome and menu; a deep link opens its entry."""
    talk = replace(conversation_of(event, snapshot), awaiting=Awaiting.ANYTHING, misses=0, path=())
    if event.payload and event.payload in knowledge.entries:
        return show_entry(talk, event.payload, snapshot, knowledge, "link")
    return spoken(talk, say(words.WELCOME, talk.language), menu(knowledge, talk.language), "start")


def on_commanded(event: Commanded, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules) -> Outcome:
    """/menu /help /privacy /language /person, and a kind word for what is none of them."""
    talk = conversation_of(event, snapshot)
    language = talk.language
    match event.command:
        case Command.MENU:
            return spoken(talk, say(words.MENU, language), menu(knowledge, language), "menu")
        case Command.HELP:
            return spoken(talk, say(words.HELP, language), (menu_and_person(language),), "help")
        case Command.PRIVACY:
            return spoken(talk, _privacy(rules, language), (), "privacy")
        case Command.LANGUAGE:
            return spoken(talk, say(words.LANGUAGE, language), languages(), "language")
        case Command.PERSON:
            return want_person(talk, snapshot, knowledge, rules, "asked")
        case Command.STATUS:
            return own_data.status(talk, snapshot, rules)
        case Command.HISTORY:
            return own_data.history(talk, snapshot)
        case Command.MYDATA:
            return own_data.my_data(talk, snapshot)
        case Command.FORGET:
            return own_data.ask_before_forgetting(talk)
        case Command.STOP:
            return own_data.stop(talk, snapshot)
        case Command.FOR_STAFF:
            outcome = spoken(talk, say(words.FOR_STAFF, language), (menu_and_person(language),), "for-staff")
            return replace(outcome, audit=Audit(event.resident, "", f"/{event.word}", detail="refused"))
        case Command.UNKNOWN:
            text = say(words.UNKNOWN_COMMAND, language) + "\n\n" + say(words.HELP, language)
            return spoken(talk, text, (menu_and_person(language),), "unknown-command")


def on_asked(event: Asked, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules) -> Outcome:
    """A text: to the person who holds the case, into a new ticket, or to the FAQ."""
    talk = conversation_of(event, snapshot)
    text = event.text.strip()
    if not text:
        return spoken(talk, say(words.EMPTY, talk.language), (menu_and_person(talk.language),), "empty")
    found = knowledge.search(text[: handoff.SEARCHED])
    if (
        found.language is not None
        and not talk.language_chosen
        and not _same_reader(found.language, talk.language)
    ):
        talk = replace(talk, language=found.language)
    notice, extra = _notice(event.withheld, talk.language)
    ticket = snapshot.active
    if ticket is not None and ticket.status is Status.CLAIMED:
        emergency = knowledge.reply(found.reply, talk.language) if found.reply else ""
        return handoff.add_to_ticket(talk, ticket, text, notice, emergency, extra)
    if talk.awaiting is Awaiting.QUESTION_FOR_PERSON and not found.reply:
        talk = replace(talk, awaiting=Awaiting.ANYTHING, question=text)
        return handoff.with_notice(want_person(talk, snapshot, knowledge, rules, "asked"), notice, extra)
    talk = stepped(talk, "asked")
    decision = decide(found, knowledge.thresholds, rules, talk.misses)
    outcome = carry_out(decision, replace(talk, awaiting=Awaiting.ANYTHING), text, snapshot, knowledge, rules)
    if ticket is not None:
        outcome = handoff.also_to_ticket(outcome, ticket, text, talk.language)
    return handoff.with_notice(outcome, notice, extra)


def on_edited(event: Edited, snapshot: Snapshot) -> Outcome:
    """An edit goes to the ticket, marked as one; without a ticket the resident is told to send it anew."""
    talk = conversation_of(event, snapshot)
    if snapshot.active is not None:
        return handoff.edit_in_ticket(talk, snapshot.active, event.text)
    return spoken(talk, say(words.EDIT_SEEN, talk.language), (), "edited")


def on_pressed_unknown(event: PressedUnknown, snapshot: Snapshot, knowledge: KnowledgeBase) -> Outcome:
    """Old buttons always answer."""
    talk = conversation_of(event, snapshot)
    return spoken(talk, say(words.OLD_BUTTON, talk.language), menu(knowledge, talk.language), "old-button")


def on_pressed(event: Pressed, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules) -> Outcome:
    """A button under one of our messages."""
    talk = conversation_of(event, snapshot)
    language = talk.language
    match event.press:
        case OpenMenu():
            return spoken(talk, say(words.MENU, language), menu(knowledge, language), "menu")
        case OpenGroup(group):
            return open_group(talk, group, snapshot, knowledge)
        case OpenEntry(entry, offered):
            return show_entry(talk, entry, snapshot, knowledge, "offered" if offered else "menu")
        case NoneOfThese():
            return missed(stepped(talk, "none"), rules, "none-of-these")
        case Rate(entry, version, solved):
            return _rated(talk, entry, version, solved)
        case AskPerson():
            return want_person(talk, snapshot, knowledge, rules, "misses" if talk.misses else "asked")
        case NotMyNumber():
            return _let_through(event, talk, snapshot, knowledge, rules)
        case PickLanguage(tag):
            if tag not in set(Language):
                return spoken(talk, say(words.OLD_BUTTON, language), languages(), "old-button")
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
        case ForgetMe(sure):
            return own_data.forget(talk, bool(sure), snapshot)


def _privacy(rules: Rules, language: Language) -> str:
    days = rules.retention
    return say(words.PRIVACY, language, talk=days.conversation_days, ticket=days.ticket_days)


def _rated(talk: Conversation, entry: str, version: int, solved: int) -> Outcome:
    language = talk.language
    record = Record(talk.resident, "solved" if solved else "not-solved", "rated", entry, version)
    if solved:
        outcome = spoken(replace(talk, misses=0), say(words.SOLVED, language), (), "rated")
    else:
        talk = stepped(replace(talk, misses=talk.misses + 1), f"unsolved:{entry}")
        outcome = spoken(talk, say(words.NOT_SOLVED, language), (menu_and_person(language),), "rated")
    return replace(outcome, record=record)


def _let_through(
    event: Pressed, talk: Conversation, snapshot: Snapshot, knowledge: KnowledgeBase, rules: Rules
) -> Outcome:
    if event.original is None:
        return spoken(talk, say(words.SEND_AGAIN, talk.language), (), "number-gone")
    asked = Asked(id=event.id, resident=event.resident, language=event.language, text=event.original)
    return on_asked(asked, snapshot, knowledge, rules)


def _notice(withheld: tuple[Secret, ...], language: Language) -> tuple[str, Buttons]:
    lines: list[str] = []
    buttons: Buttons = ()
    if Secret.MY_NUMBER in withheld:
        lines.append(say(words.MASKED_NUMBER, language))
        buttons = ((Button(say(words.BUTTON_NOT_MY_NUMBER, language), NotMyNumber()),),)
    if Secret.CARD in withheld:
        lines.append(say(words.MASKED_CARD, language))
    return "\n".join(lines), buttons


def _same_reader(found: Language, reader: Language) -> bool:
    return found is reader or (found is Language.JA and reader is Language.JA_EASY)
