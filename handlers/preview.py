"""One message without a talk: what ``madoguchi ask`` shows and scores, decided by the bot's engine."""

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
    buttons: Buttons
    """The buttons below it."""

    def as_row(self) -> dict[str, object]:
        """The same as plain values with stable keys."""
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
    """Decision and answer for one message; ``now`` has the desk's time zone."""
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
    """The reading that the engine used: a base with readings returns it again."""
    return read(Conversation(_NOBODY, now), text, Snapshot(now), knowledge, rules)


def _windows(
    decision: Decision, knowledge: KnowledgeBase, language: Language, today: date
) -> tuple[str, ...]:
    """Ids of the windows named in the answer or reply."""
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
    """Only the decision, with the shipped rules; used to judge examples and scores.

    It uses the engine's own functions and treats every entry as in force: an expired answer must not make its examples,
    and with them the whole FAQ, fail.
    """
    decision = decide(found_in(text.strip(BLANK), knowledge), knowledge.thresholds, Rules())
    return Prediction(decision.verdict.value, tuple(match.id for match in decision.entries))
