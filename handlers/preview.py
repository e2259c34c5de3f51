"""One message as the first of a talk: what ``madoguchi ask`` shows and scores, decided by the same engine as the bot's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from faq.knowledge import KnowledgeBase
from faq.language import Language
from faq.matching.match import Found, Kind
from faq.readings import Readings
from faq.training.evaluation import Prediction
from handlers.decision import Decision, Verdict, decide
from handlers.engine import Engine
from handlers.model.actions import Buttons, Say, ToResident
from handlers.model.conversation import Conversation
from handlers.model.events import Asked, Secret
from handlers.model.settings import Rules
from handlers.model.snapshot import Snapshot
from handlers.privacy.personal_data import Guard
from handlers.resident.messages import BLANK
from handlers.resident.reading import Reading, found_in, read

_NOBODY = "ask"
_EMPTY = Decision(Verdict.REPHRASE, "empty")


@dataclass(frozen=True, slots=True)
class Asking:
    """A message without a conversation around it, and what would be said to it."""

    text: str
    """The message, secrets masked."""
    guard: tuple[Secret, ...]
    language: Language
    found: Found
    decision: Decision
    windows: tuple[str, ...]
    spoken: str
    """What a resident would read."""
    buttons: Buttons
    """What they could press below it."""

    def as_row(self) -> dict[str, object]:
        """For programs: plain values, stable keys."""
        return {
            "text": self.text,
            "decision": self.decision.verdict.value,
            "entries": [{"id": m.id, "score": m.score} for m in self.decision.entries],
            "windows": list(self.windows),
            "guard": [secret.value for secret in self.guard],
            "language": self.language.value,
            "reason": self.decision.reason,
            "spoken": self.spoken,
            "buttons": [button.label for row in self.buttons for button in row],
        }


def ask(text: str, knowledge: KnowledgeBase, guard: Guard, rules: Rules, now: datetime) -> Asking:
    """What becomes of one message, and why; ``now`` is aware, in the desk's time zone."""
    inspected = guard.inspect(text)
    engine = Engine(knowledge, rules).with_readings(Readings())
    event = Asked(id=_NOBODY, resident=_NOBODY, text=inspected.text, withheld=inspected.found)
    outcome = engine.handle(event, Snapshot(now))
    said = [a for a in outcome.actions if isinstance(a, Say) and a.to == ToResident(_NOBODY)]
    words = inspected.text.strip(BLANK)
    reading = _read(words, engine.knowledge, rules, now) if words else Reading(Found(None), _EMPTY, "")
    language = outcome.conversation.language if outcome.conversation is not None else Language.JA
    return Asking(
        text=inspected.text,
        guard=inspected.found,
        language=language,
        found=reading.found,
        decision=reading.decision,
        windows=_windows(reading.decision, knowledge, language, now.date()),
        spoken="\n\n".join(action.text for action in said),
        buttons=tuple(row for action in said for row in action.buttons),
    )


def _read(text: str, knowledge: KnowledgeBase, rules: Rules, now: datetime) -> Reading:
    """As the engine has read it: a base with readings finds the same again."""
    return read(Conversation(_NOBODY, now), text, Snapshot(now), knowledge, rules)


def _windows(
    decision: Decision, knowledge: KnowledgeBase, language: Language, today: date
) -> tuple[str, ...]:
    """Ids of the windows that the answer or the reply names."""
    courtesy = decision.courtesy
    match decision.verdict:
        case Verdict.ANSWER:
            answer = knowledge.answer(decision.entries[0].id, language, today)
            return answer.windows if answer is not None else ()
        case Verdict.REPLY if courtesy is not None and courtesy.kind is Kind.DECOY:
            return knowledge.decoy_windows(courtesy.id)
        case _:
            return ()


def decide_alone(knowledge: KnowledgeBase, text: str) -> Prediction:
    """Only the decision, with the rules as shipped: what examples are judged by.

    It reads and decides by the engine's own functions, as on a day on which every entry holds: an answer whose time is over
    must not make its examples fail, and with them the whole FAQ.
    """
    decision = decide(found_in(text.strip(BLANK), knowledge), knowledge.thresholds, Rules())
    return Prediction(decision.verdict.value, tuple(match.id for match in decision.entries))
