"""Writes docs/conversations.md: ten conversations as a phone shows them, 46 columns wide and 40 lines high.

python scripts/conversations.py [--check]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from bot.knowledge.offline import OfflineKnowledge
from bot.settings.settings import load
from faq.answer import part_names
from faq.knowledge import KnowledgeBase
from faq.phone_lines import wrapped
from handlers.engine import Engine
from handlers.model.actions import Say, ToResident
from handlers.model.buttons import Button
from handlers.model.conversation import Conversation
from handlers.model.events import Asked, Event, Pressed
from handlers.model.settings import Rules
from handlers.model.snapshot import Outcome, Snapshot
from handlers.privacy.personal_data import Guard

COLUMNS, LINES = 46, 40
PAGE: Final = Path(__file__).parents[1] / "docs" / "conversations.md"
TALKS: Final = PAGE.with_suffix(".tsv")
"""A title and the resident's turns in each line."""
NOON: Final = datetime(2026, 12, 1, 12, tzinfo=ZoneInfo("Asia/Tokyo"))
ME: Final = "r:1"


def main(check: bool) -> int:
    """Write the page, or say that it is not what is answered today."""
    page = written()
    if check:
        return 0 if PAGE.read_text(encoding="utf-8") == page else 1
    PAGE.write_text(page, encoding="utf-8")
    return 0


def written() -> str:
    """The whole page."""
    parts = [
        "# Ten conversations on a phone\n\n"
        f"As a screen of {COLUMNS} half-width columns and {LINES} lines shows them when the last message has come; written by\n"
        "`python scripts/conversations.py` with the shipped FAQ. 〉 is the resident, ▼ a part that opens at a tap.\n"
    ]
    settings = load(None)
    knowledge = OfflineKnowledge(settings).knowledge
    lines = TALKS.read_text(encoding="utf-8").splitlines()
    for number, (title, *turns) in enumerate((line.split("\t") for line in lines), 1):
        screen = "\n".join(list(played(turns, knowledge, settings.rules))[-LINES:])
        parts.append(f"## {number}. {title}\n\n```text\n{screen}\n```\n")
    return "\n".join(parts)


def played(turns: Sequence[str], knowledge: KnowledgeBase, rules: Rules) -> Iterator[str]:
    """The lines of a talk; a turn in brackets presses the button of that name."""
    engine, guard = Engine(knowledge, rules), Guard(knowledge.directory.phones())
    talk: Conversation | None = None
    buttons: list[Button] = []
    for number, turn in enumerate(turns):
        name = turn.strip("[]")
        yield from ("", *wrapped(f"〉 {turn}", COLUMNS), "")
        pressed = next((b for b in buttons if turn.startswith("[") and b.label == name), None)
        text = guard.inspect(turn).text
        event: Event = (
            Pressed(id=f"e{number}", resident=ME, press=pressed.press)  # type: ignore[arg-type]
            if pressed is not None
            else Asked(id=f"e{number}", resident=ME, text=text)
        )
        outcome: Outcome = engine.handle(event, Snapshot(NOON + timedelta(minutes=number), conversation=talk))
        talk = outcome.conversation
        for action in outcome.actions:
            if isinstance(action, Say) and action.to == ToResident(ME):
                yield from _shown(action)
                buttons = [button for row in action.buttons for button in row]


def _shown(action: Say) -> Iterator[str]:
    yield from wrapped(action.text[: action.fold or None], COLUMNS)
    if action.fold:
        yield from ("", *wrapped("  ".join(part_names(action.text[action.fold :])), COLUMNS))
    yield ""
    for row in action.buttons:
        yield from wrapped(" ".join(f"[{button.label}]" for button in row), COLUMNS)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
