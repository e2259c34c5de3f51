"""Buttons as Telegram's inline keyboard."""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.actions import Buttons
from handlers.buttons import encode


def to_markup(buttons: Buttons) -> InlineKeyboardMarkup | None:
    """Rows as given; ``None`` where there is nothing to press."""
    rows = [
        [InlineKeyboardButton(button.label, callback_data=encode(button.press)) for button in row]
        for row in buttons
    ]
    return InlineKeyboardMarkup(rows) if rows else None
