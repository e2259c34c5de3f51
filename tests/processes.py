"""The environment of processes that tests start: minimal, so that this machine's settings do not affect them."""

from __future__ import annotations

import os
from typing import Final

_KEPT: Final = ("PATH", "XDG_CACHE_HOME", "COVERAGE_PROCESS_CONFIG")
"""The last one lets coverage count lines run by processes."""


def inherited() -> dict[str, str]:
    """The environment without token, home and language."""
    return {name: os.environ[name] for name in _KEPT if name in os.environ}
