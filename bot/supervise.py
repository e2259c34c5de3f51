"""Loops that restart after faults, side by side, until the process is asked to stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any, Final

import structlog

from bot.errors import TokenRefusedError
from bot.ports import StoreUnavailableError

_LONGEST_WAIT_SECONDS: Final = 60.0
_LONGEST_STORE_WAIT_SECONDS: Final = 5.0
_WELL_SECONDS: Final = 120.0
"""A loop that has run this long starts again with the shortest wait."""
_STOP_SECONDS: Final = 5.0
_END_SECONDS: Final = 20.0
"""How long closing may take before it is cancelled again."""

_log = structlog.get_logger()

OnFault = Callable[[str, Exception], None]
"""Called with the loop's name and its exception."""


async def supervised(
    name: str, work: Callable[[], Awaitable[None]], on_fault: OnFault, *, speed: float = 1.0
) -> None:
    """Restart ``work`` whenever it fails, after a growing wait. Only a refused token ends it.

    Logs the type of a fault and never its text, which may hold residents' words.
    """
    failures = 0
    while True:
        begun = asyncio.get_running_loop().time()
        try:
            await work()
        except TokenRefusedError:
            raise
        except Exception as error:
            if asyncio.get_running_loop().time() - begun > _WELL_SECONDS:
                failures = 0
            failures += 1
            longest = (
                _LONGEST_STORE_WAIT_SECONDS
                if isinstance(error, StoreUnavailableError)
                else _LONGEST_WAIT_SECONDS
            )
            wait = min(longest, 2.0 ** min(failures - 1, 6)) / speed
            _log.error("loop.failed", loop=name, error=type(error).__name__, again_in_seconds=wait)
            on_fault(name, error)
            await asyncio.sleep(wait)
        else:
            return


async def side_by_side(works: Iterable[Coroutine[Any, Any, None]]) -> None:
    """Run all until cancelled or until one ends or fails; then stop the others and wait for them."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await cancel([task for task in tasks if not task.done()])
    for task in done:
        task.result()


async def until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Run until SIGINT or SIGTERM, wherever ``work`` is, or until it ends or fails."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    task, waiting = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait([task, waiting], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if task.done():
        task.result()
        return
    await cancel([task], patience=_END_SECONDS)
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.error("stop.with_fault", error=type(error).__name__)


async def cancel(tasks: list[asyncio.Task[None]], *, patience: float = _STOP_SECONDS) -> None:
    """Cancel tasks and wait for them; one that swallowed its cancellation is cancelled again."""
    waiting = set(tasks)
    while waiting:
        for task in waiting:
            task.cancel()
        _, waiting = await asyncio.wait(waiting, timeout=patience)
