"""Independent judges: requests and answers are checked with aiogram's models of the Bot API and Telegram's own limits."""

from __future__ import annotations

import json
import warnings
from typing import Any, Final

import aiogram.methods
from aiogram.types import Update
from pydantic import TypeAdapter, ValidationError

_TEXT_UNITS, _CAPTION_UNITS, _DATA_BYTES, _TOPIC_UNITS, _TOAST_UNITS = 4096, 1024, 64, 128, 200
_STRINGS: Final = (
    "text",
    "caption",
    "name",
    "callback_query_id",
    "file_id",
    "secret_token",
    "url",
    "language_code",
)
_METHODS: Final[dict[str, Any]] = {
    method.__api_method__.lower(): method
    for name in aiogram.methods.__all__
    if isinstance(method := getattr(aiogram.methods, name), type) and hasattr(method, "__api_method__")
    and isinstance(getattr(method, "__api_method__", None), str)
}  # fmt: skip


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def decoded(given: dict[str, Any]) -> dict[str, Any]:
    """Form fields as values: Telegram parses JSON in fields of some types."""
    values: dict[str, Any] = {}
    for key, value in given.items():
        values[key] = value
        if isinstance(value, str) and key not in _STRINGS:
            try:
                values[key] = json.loads(value)
            except ValueError:
                continue
    return values


class Judge:
    """Records every violation; a run must have none."""

    def __init__(self) -> None:
        self.violations: list[str] = []
        self.judged = 0
        self._answers: dict[str, TypeAdapter[Any]] = {}
        self._updates = TypeAdapter(Update)

    def request(self, method: str, values: dict[str, Any]) -> None:
        """Check one request of the bot."""
        self.judged += 1
        model = _METHODS.get(method.lower())
        if model is None:
            self._note(f"{method}: no such method")
            return
        unknown = set(values) - set(model.model_fields)
        if unknown:
            self._note(f"{method}: unknown fields {sorted(unknown)}")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                model.model_validate({key: value for key, value in values.items() if key not in unknown})
        except ValidationError as error:
            self._note(f"{method}: {error.errors()[0]['loc']} {error.errors()[0]['msg']}")
        for key, limit in (("text", _TEXT_UNITS), ("caption", _CAPTION_UNITS), ("name", _TOPIC_UNITS)):
            text = values.get(key)
            allowed = _TOAST_UNITS if key == "text" and method.lower() == "answercallbackquery" else limit
            if isinstance(text, str) and units(text) > allowed:
                self._note(f"{method}: {key} has {units(text)} units, {allowed} are allowed")
        markup = values.get("reply_markup")
        rows = markup.get("inline_keyboard", []) if isinstance(markup, dict) else []
        for button in (button for row in rows for button in row):
            data = str(button.get("callback_data", ""))
            if not 1 <= len(data.encode()) <= _DATA_BYTES:
                self._note(f"{method}: callback data of {len(data.encode())} bytes")

    def answer(self, method: str, result: Any) -> None:
        """Check one result of the simulator: the Bot API must be able to give it."""
        model = _METHODS.get(method.lower())
        if model is None or method.lower() == "getupdates":
            return
        adapter = self._answers.setdefault(method, TypeAdapter(model.__returning__))
        self._parsed(adapter, result, f"answer to {method}")

    def update(self, body: dict[str, Any]) -> None:
        """Check one update of the simulator."""
        self._parsed(self._updates, body, "update")

    def _parsed(self, adapter: TypeAdapter[Any], value: Any, what: str) -> None:
        try:
            adapter.validate_python(value)
        except ValidationError as error:
            self._note(f"{what}: {error.errors()[0]['loc']} {error.errors()[0]['msg']}")

    def _note(self, violation: str) -> None:
        if len(self.violations) < 1000:
            self.violations.append(violation)
