"""`madoguchi pause`, `resume` and `banner`: give an order to the bot that uses this database, and report whether it
was taken.
"""

from __future__ import annotations

import getpass
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.errors import BotError
from bot.orders import Order, give, is_taken
from bot.standing import remedy_of
from bot.storage.holding import holder_of
from handlers.desk.ticket_actions import moment
from handlers.model.settings import Rules

_WAIT_SECONDS: Final = 10.0


def order(database: Path, rules: Rules, now: datetime, do: str, text: str = "", until: str = "") -> str:
    """Give the order and return the result as text. Raises :class:`BotError` where the time is not valid or the
    folder cannot be written.
    """
    if until and moment(until.removesuffix("まで"), now, rules) is None:
        raise BotError(f"--until {until}: is not a future time; write 30分, 2時間, 14:00, 明日 or 12-01")
    words = f"{until} {text}".strip()
    try:
        path = give(database, Order(do, words, _who()))
    except OSError as error:
        raise BotError(
            f"{database.parent}: cannot be written ({error.strerror}); {remedy_of(error)}"
        ) from error
    if not holder_of(database):
        return f"{do}: no bot is running on {database}; it holds from the next start on ({path})"
    if is_taken(path, _WAIT_SECONDS):
        return f"{do}: done, and the desk has been told"
    return f"{do}: not taken yet; the bot takes it as soon as it can ({path}), see its log"


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name
        return "operator"
