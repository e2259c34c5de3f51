"""Actions of staff on a ticket that is not here any more: moved to the other desk, or merged into another number."""

from __future__ import annotations

from faq.content.profile import Profile
from handlers.model.events import FromDesk, Looked, Searched, View
from handlers.model.snapshot import Outcome, Snapshot
from handlers.model.tickets import Desk
from handlers.wording import cases, desk

_OF_ONE_TICKET = frozenset({View.TICKET, View.HISTORY})


def answered(event: FromDesk, snapshot: Snapshot, town: Profile, *, has_ward_desk: bool) -> Outcome | None:
    """A line that says where the ticket went, and nothing of its content; ``None`` where the ticket is here.

    The facility's desk gets it for every ticket that was once shown there. The ward's desk may look at a facility's
    ticket by its number, but not by replying to its old messages in the ward's group.
    """
    ticket = snapshot.ticket
    looks = isinstance(event, Looked) and event.view is View.TICKET
    if ticket is None or isinstance(event, Searched):
        return None
    if isinstance(event, Looked) and event.view not in _OF_ONE_TICKET:
        return None
    has_left = has_ward_desk and ticket.desk is not event.desk and snapshot.has_stood_here
    if has_left and (event.desk is Desk.FACILITY or not snapshot.is_numbered):
        return Outcome(
            toast=cases.ELSEWHERE.format(ticket=ticket.id, desk=desk.desk_called(ticket.desk, town))
        )
    if ticket.merged_into is not None and not looks:
        return Outcome(toast=cases.GOES_ON.format(ticket=ticket.id, into=ticket.merged_into))
    return None
