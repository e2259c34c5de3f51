"""Logging: one event name with fields, to stderr. Ids and outcomes, never a resident's words or the token."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, Final, TextIO, cast

import structlog

from bot.streams import Dropping

_QUIET: Final = ("httpx", "httpcore", "telegram", "asyncio", "aiosqlite")
"""Libraries whose own log lines could contain the token or texts."""


def set_up(*, verbose: bool = False, secret: str = "") -> None:
    """Call once per process. ``secret`` is masked wherever it appears."""
    level = logging.DEBUG if verbose else logging.INFO
    logging.raiseExceptions = False  # a line that cannot be written is dropped, without a traceback
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s", force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.CRITICAL)

    def redact(_: Any, __: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        if secret:
            for key, value in fields.items():
                if isinstance(value, str) and secret in value:
                    fields[key] = value.replace(secret, "***")
        return fields

    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False),
            redact,
            structlog.dev.ConsoleRenderer(colors=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", Dropping(sys.stderr))),
    )
