"""What processes that tests start inherit: little, so that no setting of this machine's reaches them."""

from __future__ import annotations

import os
from typing import Final

_KEPT: Final = ("PATH", "XDG_CACHE_HOME", "COVERAGE_PROCESS_CONFIG")
"""The last is how coverage counts the lines that they run."""


def inherited() -> dict[str, str]:
    """Without a token, a home or a language."""
    return {name: os.environ[name] for name in _KEPT if name in os.environ}
