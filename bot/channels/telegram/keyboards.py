"""Buttons as Telegram takes them."""

from __future__ import annotations

import json
from functools import lru_cache

from telegram import InlineKeyboardMarkup

from handlers.model.actions import Buttons
from handlers.model.buttons import encode


@lru_cache(maxsize=1024)
def to_markup(buttons: Buttons) -> InlineKeyboardMarkup | None:
    """The inline keyboard, as the text that goes into the request.

    The library's own objects would be built and taken apart again for every message (a fifth of what a message costs);
    it passes a text through unchanged, which its types do not say.
    """
    if not buttons:
        return None
    rows = [
        [{"text": button.label, "callback_data": encode(button.press)} for button in row] for row in buttons
    ]
    return json.dumps({"inline_keyboard": rows}, ensure_ascii=False, separators=(",", ":"))  # type: ignore[return-value]
