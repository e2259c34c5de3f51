"""One message, one decision, no side effects: what ``madoguchi ask`` shows, scores and tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from faq.knowledge import KnowledgeBase
from faq.language import Language
from faq.matching.match import Found, Kind, Match
from faq.training.evaluation import Prediction
from handlers.decision import NOT_IN_FORCE, Decision, Verdict, decide
from handlers.model.events import Secret
from handlers.model.settings import Rules
from handlers.privacy.personal_data import Guard
from handlers.wording import answers
from handlers.wording import resident as words


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
    """What a resident would read, without buttons."""

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
        }


def ask(text: str, knowledge: KnowledgeBase, guard: Guard, rules: Rules, today: date) -> Asking:
    """Decide on one message as the first of a conversation."""
    inspected = guard.inspect(text)
    words_asked = inspected.text.strip()
    if not words_asked:
        empty = Found(None)
        spoken = words.say(words.EMPTY, Language.JA)
        return Asking(
            inspected.text,
            inspected.found,
            Language.JA,
            empty,
            Decision(Verdict.REPHRASE, "empty"),
            (),
            spoken,
        )
    found = knowledge.search(words_asked)
    gone = knowledge.not_in_force((match.id for match in found.matches), today)
    decision = decide(found, knowledge.thresholds, rules, not_in_force=gone)
    language = found.language or Language.JA
    spoken, windows = _spoken(decision, knowledge, language, today)
    return Asking(inspected.text, inspected.found, language, found, decision, windows, spoken)


def decide_alone(knowledge: KnowledgeBase, text: str) -> Prediction:
    """Only the decision, with the rules as shipped: what examples and scores are judged by."""
    decision = decide(knowledge.search(text), knowledge.thresholds, Rules())
    return Prediction(decision.verdict.value, tuple(match.id for match in decision.entries))


def _spoken(
    decision: Decision, knowledge: KnowledgeBase, language: Language, today: date
) -> tuple[str, tuple[str, ...]]:
    courtesy = decision.courtesy
    match decision.verdict:
        case Verdict.ANSWER:
            answer = knowledge.answer(decision.entries[0].id, language, today)
            return (
                (words.answered(answer, language), answer.windows)
                if answer
                else (words.say(words.ENTRY_GONE, language), ())
            )
        case Verdict.OFFER if decision.reason == NOT_IN_FORCE:
            return _not_in_force(decision.entries, knowledge, language, today), ()
        case Verdict.OFFER:
            offered = [f"・{knowledge.button(m.id, language)}" for m in decision.entries]
            return "\n".join([words.say(words.OFFER, language), *offered]), ()
        case Verdict.REPLY if courtesy is not None and courtesy.kind is Kind.DECOY:
            return knowledge.decoy_reply(courtesy.id, language), knowledge.decoy_windows(courtesy.id)
        case Verdict.REPLY if courtesy is not None:
            return knowledge.reply(courtesy.id, language), ()
        case Verdict.REPHRASE:
            return words.say(words.REPHRASE, language), ()
        case _:
            return words.say(words.HANDOFF, language), ()


def _not_in_force(
    entries: tuple[Match, ...], knowledge: KnowledgeBase, language: Language, today: date
) -> str:
    gone, *others = (match.id for match in entries)
    out = knowledge.out_of_force(gone, language, today)
    if out is None:
        raise AssertionError("an entry that is in force was decided to be not")
    about = knowledge.button(gone, language)
    text = answers.not_in_force(about, out, language, has_others=bool(others))
    return "\n".join([text, *(f"・{knowledge.button(other, language)}" for other in others)])
