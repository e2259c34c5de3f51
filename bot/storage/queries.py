"""Every query by name, read when the first store is opened. The SQL is in ``sql/``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

import aiosql

_FOLDER: Final = Path(__file__).parent / "sql"


@cache
def queries() -> Any:
    """Queries for daily work."""
    return aiosql.from_path(_FOLDER / "queries.sql", "sqlite3", mandatory_parameters=False)


@cache
def forgetting() -> Any:
    """Queries that erase, on request and by age."""
    return aiosql.from_path(_FOLDER / "forget.sql", "sqlite3", mandatory_parameters=False)
