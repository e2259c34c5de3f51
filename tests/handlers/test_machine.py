"""Any events in any order keep the invariants of ARCHITECTURE.md."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from faq.language import Language
from handlers.engine import Engine
from handlers.model.actions import Say, ToResident
from handlers.model.buttons import (
    AskPerson,
    Claim,
    DeskPress,
    FaqIsWrong,
    FixDraft,
    ForgetMe,
    NoneOfThese,
    OpenEntry,
    OpenGroup,
    OpenMenu,
    PickLanguage,
    QuoteEntry,
    Rate,
    Release,
    ResidentPress,
    Resolve,
    SendAsException,
    SendDraft,
    SendGreeting,
    Settle,
    ShowGreetings,
    ShowHistory,
    StartReply,
    TakeOver,
    WantNoReply,
    WantReply,
    Withdraw,
)
from handlers.model.conversation import Conversation
from handlers.model.delivery_events import DeliveryFailed
from handlers.model.events import (
    Asked,
    Command,
    Commanded,
    DeskEvent,
    DeskPressed,
    Edited,
    Event,
    Excepted,
    FromDesk,
    FromResident,
    Merged,
    Noted,
    Pressed,
    PressedUnknown,
    Quoted,
    Replied,
    RepliedMedia,
    SentMedia,
    Snoozed,
    Started,
    Tagged,
    TimePassed,
    Transferred,
)
from handlers.model.roles import Roles
from handlers.model.settings import Rules
from handlers.model.snapshot import Draft, Message, Outcome, Snapshot
from handlers.model.tickets import TRANSITIONS, Status, Ticket, Turn
from tests.small_faq import OPEN, knowledge

KNOWLEDGE = knowledge()
ROLES = Roles({"花子": "花子", "太郎": "太郎"})
ENGINE = Engine(KNOWLEDGE, Rules(roles=ROLES, greetings={"やあ": {Language.JA: "やあ"}}))
ANSWERS = [
    KNOWLEDGE.answer(entry, language, OPEN.date()) for entry in KNOWLEDGE.entries for language in Language
]
ANSWER_TEXTS = {answer.text for answer in ANSWERS if answer is not None}
NOTE = "内緒のメモ"

residents = st.sampled_from(["r:1", "r:2", "r:3"])
staff = st.sampled_from(["花子", "太郎"])
ticket_ids = st.integers(1, 5)
texts = st.sampled_from(
    ["白鳥ボート 登録", "白鳥のお金", "あひる係の態度がひどい", "量子もつれ", "こんにちは", "職員と話したい", "火事です", "今日の天気は",
     "where do I sign up my swan", "怎么登记", "まだです", "解決しました", "やっぱり返事がほしいです", "両方です", "  ", "あ" * 3000]
)  # fmt: skip
resident_presses: st.SearchStrategy[ResidentPress] = st.one_of(
    st.sampled_from(
        [OpenMenu(), AskPerson(), NoneOfThese(), OpenGroup("swans"), OpenGroup("gone"), PickLanguage("en")]
    ),
    st.sampled_from(
        [OpenEntry("swan-fee"), OpenEntry("gone"), Rate("swan-fee", 1, 0), Rate("swan-fee", 9, 1)]
    ),
    st.builds(Settle, ticket_ids, st.integers(0, 1)),
    st.builds(Withdraw, ticket_ids),
    st.builds(WantNoReply, ticket_ids),
    st.builds(WantReply, ticket_ids),
    st.builds(ForgetMe, st.integers(0, 1)),
)
desk_presses: st.SearchStrategy[DeskPress] = st.one_of(
    *(
        st.builds(cls, ticket_ids)
        for cls in (Claim, TakeOver, Release, StartReply, Resolve, ShowHistory, ShowGreetings)
    ),
    st.builds(QuoteEntry, ticket_ids, st.sampled_from(["swan-fee", "gone"])),
    st.builds(SendGreeting, ticket_ids, st.sampled_from(["やあ", "無い"])),
    *(
        st.builds(cls, ticket_ids, st.integers(1, 4))
        for cls in (FixDraft, SendAsException, FaqIsWrong, SendDraft)
    ),
)


class Desk(RuleBasedStateMachine):
    """A world in memory that stores outcomes as the store does."""

    def __init__(self) -> None:
        super().__init__()
        self.now = OPEN
        self.talks: dict[str, Conversation] = {}
        self.tickets: dict[int, Ticket] = {}
        self.messages: list[Message] = []
        self.next_id = 1
        self.drafts: dict[int, Draft] = {}
        self.next_draft = 1
        self.ids = (f"e:{n}" for n in itertools.count())

    def active(self, resident: str) -> Ticket | None:
        return next((t for t in self.tickets.values() if t.resident == resident and t.is_active), None)

    def settling(self, event: Event) -> Ticket | None:
        mine = [t for t in self.tickets.values() if t.resident == getattr(event, "resident", "")]
        return next((t for t in reversed(mine) if t.status is Status.RESOLVED), None)

    def snapshot(self, event: Event) -> Snapshot:
        ticket = None
        talk = None
        active = None
        if isinstance(event, (FromResident, DeliveryFailed)):
            talk, active = self.talks.get(event.resident), self.active(event.resident)
            if isinstance(event, Pressed) and isinstance(
                event.press, (Settle, Withdraw, WantNoReply, WantReply)
            ):
                ticket = self.tickets.get(event.press.ticket)
        elif isinstance(event, FromDesk):
            number = event.press.ticket if isinstance(event, DeskPressed) else getattr(event, "ticket", None)
            ticket = self.tickets.get(number or 0)
            active = self.active(ticket.resident) if ticket else None
        queue = tuple(t for t in self.tickets.values() if t.status is not Status.CLOSED)
        resident = ticket.resident if ticket else getattr(event, "resident", "") or ""
        cases = tuple(t for t in self.tickets.values() if resident and t.resident == resident)
        return Snapshot(
            now=self.now, conversation=talk, ticket=ticket, active=active, settling=self.settling(event),
            next_ticket_id=self.next_id, queue=queue, messages=tuple(self.messages), is_card=True,
            other=self.tickets.get(getattr(event, "into", 0)), draft=self.draft_for(event, ticket),
            next_draft_id=self.next_draft, cases=cases,
        )  # fmt: skip

    def draft_for(self, event: Event, ticket: Ticket | None) -> Draft | None:
        if isinstance(event, DeskPressed):
            return self.drafts.get(getattr(event.press, "draft", 0))
        if isinstance(event, Excepted) and ticket is not None:
            mine = [d for d in self.drafts.values() if d.ticket == ticket.id and d.staff == event.staff]
            return mine[-1] if mine else None
        return None

    def keep_drafts(self, outcome: Outcome) -> None:
        if outcome.draft is not None:
            assert outcome.draft.id == self.next_draft
            self.drafts[outcome.draft.id] = outcome.draft
            self.next_draft += 1
        if outcome.draft_done is not None:
            del self.drafts[outcome.draft_done]

    def forget(self, resident: str) -> None:
        """As in the record: rows stay, emptied."""
        self.talks.pop(resident, None)
        for ticket in [t for t in self.tickets.values() if t.resident == resident]:
            self.tickets[ticket.id] = replace(
                ticket, resident="", status=Status.CLOSED, question="", holder=None
            )
            self.messages = [m for m in self.messages if m.ticket != ticket.id]
            self.drafts = {d.id: d for d in self.drafts.values() if d.ticket != ticket.id}

    def happens(self, event: Event) -> Outcome:
        snapshot = self.snapshot(event)
        before = dict(self.tickets)
        outcome = ENGINE.handle(event, snapshot)
        assert outcome == ENGINE.handle(event, snapshot), "the same event and snapshot decide the same"
        if outcome.conversation is not None:
            self.talks[outcome.conversation.resident] = outcome.conversation
        for ticket in outcome.tickets:
            old = before.get(ticket.id)
            if old is None:
                assert ticket.id == self.next_id, "numbers are never reused"
                self.next_id += 1
            elif old.status is not ticket.status:
                steps = {after for (status, _), after in TRANSITIONS.items() if status is old.status}
                further = {after for (status, _), after in TRANSITIONS.items() if status in steps}
                assert ticket.status in steps | further
                assert ticket.question == old.question
            self.tickets[ticket.id] = ticket
        self.messages += outcome.messages
        self.keep_drafts(outcome)
        if outcome.forget is not None:
            assert outcome.conversation is None
            self.forget(outcome.forget)
        if isinstance(event, FromDesk) and not (isinstance(event, Noted) and event.is_chat):
            assert outcome.audit is not None, "every action of staff is a row"
        for action in outcome.actions:
            if isinstance(action, Say) and isinstance(action.to, ToResident):
                assert NOTE not in action.text, "notes never leave"
        return outcome

    def spoken_to(self, outcome: Outcome, resident: str) -> list[str]:
        return [a.text for a in outcome.actions if isinstance(a, Say) and a.to == ToResident(resident)]

    def resident_does(self, event: FromResident) -> None:
        held, finished = self.active(event.resident), self.settling(event)  # type: ignore[arg-type] # as below
        outcome = self.happens(event)  # type: ignore[arg-type] # every subclass is in the union
        spoken = self.spoken_to(outcome, event.resident)
        assert len(spoken) == 1, "never silent, never two answers"
        if isinstance(event, Asked) and (held or finished) and (words := event.text.strip()):
            assert any(words in m.text for m in outcome.messages), "words reach the ticket there is"
        assert spoken[0].strip()
        others = [
            a
            for a in outcome.actions
            if isinstance(a, Say) and isinstance(a.to, ToResident) and a.to.resident != event.resident
        ]
        assert not others
        if (
            isinstance(event, Asked)
            and held is not None
            and held.status is Status.CLAIMED
            and event.text.strip()
        ):
            assert not any(text in spoken[0] for text in ANSWER_TEXTS), (
                "the bot does not answer over a person"
            )
            assert any(m.ticket == held.id and m.text == event.text.strip() for m in outcome.messages)

    @rule(resident=residents, text=texts)
    def asks(self, resident: str, text: str) -> None:
        self.resident_does(Asked(id=next(self.ids), resident=resident, text=text))

    @rule(resident=residents, text=texts)
    def edits(self, resident: str, text: str) -> None:
        self.resident_does(Edited(id=next(self.ids), resident=resident, text=text))

    @rule(resident=residents, press=resident_presses)
    def presses(self, resident: str, press: ResidentPress) -> None:
        self.resident_does(Pressed(id=next(self.ids), resident=resident, press=press))

    @rule(resident=residents, command=st.sampled_from(Command))
    def commands(self, resident: str, command: Command) -> None:
        self.resident_does(Commanded(id=next(self.ids), resident=resident, command=command))

    @rule(resident=residents, payload=st.sampled_from(["", "swan-fee", "gone"]))
    def starts(self, resident: str, payload: str) -> None:
        self.resident_does(Started(id=next(self.ids), resident=resident, payload=payload))

    @rule(
        resident=residents,
        caption=st.sampled_from(["", "白鳥のお金", "免許証です"]),
        kind=st.sampled_from(["photo", "contact"]),
    )
    def sends_media(self, resident: str, caption: str, kind: str) -> None:
        event = SentMedia(id=next(self.ids), resident=resident, kind=kind, caption=caption, place="1:2")
        self.resident_does(event)

    @rule(resident=residents)
    def presses_something_old(self, resident: str) -> None:
        self.resident_does(PressedUnknown(id=next(self.ids), resident=resident))

    def desk_does(self, event: DeskEvent, ticket_id: int) -> None:
        ticket = self.tickets.get(ticket_id)
        outcome = self.happens(event)
        assert outcome.toast or outcome.actions or isinstance(event, RepliedMedia), (
            "the desk is never left without a sign"
        )
        if ticket is not None and ticket.no_reply:
            assert not self.spoken_to(outcome, ticket.resident), "返信不要 is honoured"

    @rule(name=staff, press=desk_presses)
    def desk_presses(self, name: str, press: DeskPress) -> None:
        self.desk_does(DeskPressed(id=next(self.ids), staff=name, name=name, press=press), press.ticket)

    @rule(
        name=staff,
        ticket=ticket_ids,
        do=st.sampled_from(["tag", "snooze", "transfer", "merge", "exception", "media"]),
    )
    def works(self, name: str, ticket: int, do: str) -> None:
        who: Any = {"id": next(self.ids), "staff": name, "name": name, "ticket": ticket}
        events: dict[str, DeskEvent] = {
            "tag": Tagged(**who, tags=("急ぎ",)),
            "snooze": Snoozed(**who, until="30分"),
            "transfer": Transferred(**who, to="太郎"),
            "merge": Merged(**who, into=ticket % 5 + 1),
            "exception": Excepted(**who, reason="頼まれた"),
        }
        media: Any = {key: value for key, value in who.items() if key != "ticket"}
        self.desk_does(
            events.get(do) or RepliedMedia(**media, kind="contact", card="-1:1"),
            ticket if do != "media" else 0,
        )

    @rule(name=staff, ticket=ticket_ids, text=st.sampled_from(["お返事です", " ", "090-1234-5678 へ"]))
    def replies(self, name: str, ticket: int, text: str) -> None:
        self.desk_does(Replied(id=next(self.ids), staff=name, name=name, ticket=ticket, text=text), ticket)

    @rule(name=staff, ticket=ticket_ids, entry=st.sampled_from(["swan-fee", "gone"]))
    def quotes(self, name: str, ticket: int, entry: str) -> None:
        self.desk_does(Quoted(id=next(self.ids), staff=name, name=name, ticket=ticket, entry=entry), ticket)

    @rule(name=staff, ticket=ticket_ids)
    def notes(self, name: str, ticket: int) -> None:
        self.desk_does(Noted(id=next(self.ids), staff=name, name=name, ticket=ticket, text=NOTE), ticket)

    @rule(minutes=st.sampled_from([1, 31, 60 * 24 * 8]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        quiet = {t.resident for t in self.tickets.values() if t.no_reply}
        unheard = [t.id for t in self.tickets.values() if t.turn is Turn.AGAIN]
        outcome = self.happens(TimePassed(id=next(self.ids)))
        assert not [t.id for t in outcome.tickets if t.id in unheard and t.status is Status.CLOSED]
        for resident in quiet:
            loud = {t.resident for t in outcome.tickets if not t.no_reply}
            assert resident in loud or not self.spoken_to(outcome, resident)

    @rule(resident=residents)
    def delivery_fails(self, resident: str) -> None:
        outcome = self.happens(DeliveryFailed(id=next(self.ids), resident=resident, reason="forbidden"))
        assert not self.spoken_to(outcome, resident)

    @invariant()
    def at_most_one_active_ticket_per_resident(self) -> None:
        active = [t.resident for t in self.tickets.values() if t.is_active]
        assert len(active) == len(set(active))


Desk.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestDesk = Desk.TestCase
