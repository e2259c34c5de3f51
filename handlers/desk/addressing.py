"""Replies that begin with a number although their place names a ticket: where two tickets are possible, staff are
asked.
"""

from __future__ import annotations

import re
from typing import Final

from handlers.citing import cited
from handlers.model.actions import Buttons, Say, ToTicket
from handlers.model.buttons import Button, SendDraft
from handlers.model.events import FromDesk
from handlers.model.snapshot import Draft, Outcome, Snapshot
from handlers.model.tickets import Ticket
from handlers.wording import replies
from handlers.wording.marked import short

WHICH: Final = "which"
"""Stands in a draft's faults: it is not certain which ticket the words are for."""
_SHOWN: Final = 20
_NUMBER: Final = re.compile(r"(?P<number>\d{1,9})(?:\s+(?P<rest>.*))?", re.DOTALL)


def beginning_number(text: str) -> tuple[int, str] | None:
    """The number at the start of a reply, and the rest: matches 「8 明日です」, not 「8時です」."""
    found = _NUMBER.fullmatch(text.strip())
    return (int(found["number"]), (found["rest"] or "").strip()) if found is not None else None


def readdressed(event: FromDesk, ticket: Ticket, snapshot: Snapshot, text: str) -> Outcome | str:
    """The text of a reply that begins with a number; or a question where the number may mean another ticket.

    The question comes for every number ever given out, so that it does not reveal which tickets are at the other
    desk.
    """
    begins = beginning_number(text)
    if begins is None or not 0 < begins[0] < snapshot.next_ticket_id:
        return text
    named, rest = begins
    if named == ticket.id:
        return rest  # the number only repeats the ticket that the place names
    draft = Draft(
        snapshot.next_draft_id, ticket.id, event.staff, event.name, text, (WHICH,), event.place,
        cited(event, snapshot),
    )  # fmt: skip
    choices = [(ticket.id, text), *([(named, rest)] if rest else [])]
    rows: Buttons = tuple(
        (
            Button(
                replies.SEND_TO.format(ticket=number, text=short(words_, _SHOWN)), SendDraft(number, draft.id)
            ),
        )
        for number, words_ in reversed(choices)
    )
    asked = replies.WHICH_TICKET.format(here=ticket.id, named=named, text=text)
    return Outcome(draft=draft, actions=(Say(ToTicket(ticket.id), asked, rows, reply_to=event.place),))


def meant_for(draft: Draft, ticket: Ticket) -> str:
    """A draft's words for a ticket, without that ticket's number in front of them."""
    if draft.ticket == ticket.id:
        return draft.text
    begins = beginning_number(draft.text) if draft.faults == (WHICH,) else None
    return begins[1] if begins is not None and begins[0] == ticket.id else ""
