"""One message without a talk: what ``madoguchi ask`` shows and scores, decided by the bot's engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from faq.answer import Answer, Detail
from faq.content.wish import Wish
from faq.knowledge import KnowledgeBase
from faq.language import Language
from faq.matching.match import Found, Kind, Match
from faq.readings import Readings
from faq.training.evaluation import Prediction
from handlers.decision import DANGER, WANTS_PERSON, Decision, Verdict, decide
from handlers.engine import Engine
from handlers.model.actions import Buttons, Say, ToResident
from handlers.model.conversation import Conversation
from handlers.model.events import Asked, Secret
from handlers.model.settings import Rules
from handlers.model.snapshot import Outcome, Snapshot
from handlers.privacy.personal_data import Guard, Inspected
from handlers.resident.messages import BLANK
from handlers.resident.reading import Reading, found_in, read
from handlers.resident.wishing import Wished, understood

_NOBODY = "ask"
_BETWEEN = timedelta(minutes=1)
"""Time between two messages of a talk: more than makes them one."""
_EMPTY = Decision(Verdict.REPHRASE, "empty")


@dataclass(frozen=True, slots=True)
class Asking:
    """A message without a talk, and the answer it would get."""

    text: str
    """The message, secrets masked."""
    guard: tuple[Secret, ...]
    language: Language
    found: Found
    decision: Decision
    windows: tuple[str, ...]
    spoken: str
    """The text a resident would read."""
    core: str
    """What of it is seen at once."""
    details: tuple[Detail, ...]
    """The parts of an answer that are one tap away."""
    buttons: Buttons
    """The buttons below it."""
    facility: str = ""
    """The window of the resident's facility, as far as the talk tells it."""
    action: str = ""
    """What the message wishes to be done, where it asks nothing."""

    def as_row(self) -> dict[str, object]:
        """The same as plain values with stable keys."""
        return {
            "message": self.text,
            "text": self.spoken,
            "spoken": self.spoken,
            "core": self.core,
            "details": {part.name: part.text for part in self.details},
            "decision": self.decision.verdict.value,
            "entries": [{"id": m.id, "score": m.score} for m in self.decision.entries],
            "windows": list(self.windows),
            "guard": [secret.value for secret in self.guard],
            "language": self.language.value,
            "reason": self.decision.reason,
            "facility": self.facility or None,
            "action": self.action or None,
            "buttons": [button.label for row in self.buttons for button in row],
        }


def ask(text: str, knowledge: KnowledgeBase, guard: Guard, rules: Rules, now: datetime) -> Asking:
    """Decision and answer for one message; ``now`` has the desk's time zone."""
    return ask_in_turn([text], knowledge, guard, rules, now)


def ask_in_turn(
    turns: Sequence[str], knowledge: KnowledgeBase, guard: Guard, rules: Rules, now: datetime
) -> Asking:
    """Decision and answer for the last of several messages of one talk."""
    engine = Engine(knowledge, rules)
    snapshot = Snapshot(now)
    for number, text in enumerate(turns[:-1]):
        inspected = guard.inspect(text)
        event = Asked(
            id=f"{_NOBODY}{number}", resident=_NOBODY, text=inspected.text, withheld=inspected.found
        )
        outcome = engine.with_readings(Readings()).handle(event, snapshot)
        snapshot = Snapshot(snapshot.now + _BETWEEN, conversation=outcome.conversation)
    return _asked(guard.inspect(turns[-1]), snapshot, engine.with_readings(Readings()), rules)


def _asked(inspected: Inspected, snapshot: Snapshot, engine: Engine, rules: Rules) -> Asking:
    event = Asked(id=_NOBODY, resident=_NOBODY, text=inspected.text, withheld=inspected.found)
    outcome = engine.handle(event, snapshot)
    knowledge, now = engine.knowledge, snapshot.now
    said = [a for a in outcome.actions if isinstance(a, Say) and a.to == ToResident(_NOBODY)]
    words = inspected.text.strip(BLANK)
    before = snapshot.conversation or Conversation(_NOBODY, now)
    # A base with readings returns the reading that the engine used.
    reading = read(before, words, snapshot, knowledge, rules) if words else Reading(Found(None), _EMPTY, "")
    is_danger = outcome.record is not None and outcome.record.reason.startswith(DANGER)
    wished = understood(before, words, snapshot, knowledge) if words and not is_danger else None
    decision = _done(wished, outcome, reading.decision) if wished is not None else reading.decision
    talk = outcome.conversation or before
    language = talk.language
    answer = _answer(decision, knowledge, talk, now.date())
    return Asking(
        text=inspected.text,
        guard=inspected.found,
        language=language,
        found=reading.found,
        decision=decision,
        windows=answer.windows if answer is not None else _windows(decision, knowledge),
        spoken="\n\n".join(action.text for action in said),
        core="\n\n".join(action.text[: action.fold or None] for action in said),
        details=answer.details if answer is not None and any(action.fold for action in said) else (),
        buttons=tuple(row for action in said for row in action.buttons),
        facility=talk.facility if talk.facility in knowledge.directory.windows else "",
        action=wished.action if wished is not None else "person" if decision.reason == WANTS_PERSON else "",
    )


def _done(wished: Wished, outcome: Outcome, otherwise: Decision) -> Decision:
    """The decision that a wish came to, by what was recorded of it."""
    record = outcome.record
    if record is None:
        return otherwise
    if wished.wish is Wish.PERSON:
        return Decision(Verdict.HANDOFF, WANTS_PERSON)
    entries = (Match(Kind.ENTRY, record.entry, 1.0),) if record.entry else ()
    verdict = Verdict(record.decision) if record.decision in set(Verdict) else Verdict.REPLY
    return Decision(verdict, record.reason, entries)


def _answer(decision: Decision, knowledge: KnowledgeBase, talk: Conversation, today: date) -> Answer | None:
    if decision.verdict is not Verdict.ANSWER or not decision.entries:
        return None
    return knowledge.answer(decision.entries[0].id, talk.language, today, talk.facility)


def _windows(decision: Decision, knowledge: KnowledgeBase) -> tuple[str, ...]:
    """Ids of the windows named in a reply."""
    courtesy = decision.courtesy
    if decision.verdict is not Verdict.REPLY or courtesy is None or courtesy.kind is not Kind.DECOY:
        return ()
    return knowledge.decoy_windows(courtesy.id)


def decide_alone(knowledge: KnowledgeBase, text: str) -> Prediction:
    """Only the decision, with the shipped rules; used to judge examples and scores.

    It uses the engine's own functions and treats every entry as in force: an expired answer must not make its examples,
    and with them the whole FAQ, fail.
    """
    decision = decide(found_in(text.strip(BLANK), knowledge), knowledge.thresholds, Rules())
    return Prediction(decision.verdict.value, tuple(match.id for match in decision.entries))
