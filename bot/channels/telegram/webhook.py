"""Telegram's webhook: secret and size are checked, the update is stored and committed, then the 200 goes out."""

from __future__ import annotations

import asyncio
import hmac
from typing import Any, Final

import structlog
from aiohttp import web

from bot.channels.telegram.connections import Connections, most_connections
from bot.channels.telegram.door import Door, parsed
from bot.ports import StoreUnavailableError

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
_LARGEST_BYTES: Final = 1024 * 1024
_BODY_SECONDS: Final = 20.0
_IDLE_SECONDS: Final = 75.0
_STOP_SECONDS: Final = 3.0
_SAID_EVERY_SECONDS: Final = 60.0

_log = structlog.get_logger()


class Webhook:
    """An HTTP server with one route.

    403 without the right secret, before the body is read; 413 for a body larger than any update; 503 where it cannot
    be stored, so that Telegram sends it again. An unreadable body is answered with 200 and becomes a dead letter,
    because Telegram would repeat it for a day and hold back later updates of the chat.
    """

    def __init__(
        self,
        path: str,
        secret: str,
        door: Door,
        host: str,
        port: int,
        *,
        at_most: int | None = None,
        seconds_without_secret: float | None = None,
    ) -> None:
        """The number of connections is limited by the process's limit of open files, unless ``at_most`` is given."""
        self._secret = secret.encode()
        self._door = door
        self._host = host
        self._port = port
        self._at_most = at_most or most_connections()
        self._without_secret = {} if seconds_without_secret is None else {"seconds": seconds_without_secret}
        self._refused = 0
        self._say_from = 0.0
        app = web.Application(client_max_size=_LARGEST_BYTES)
        app.router.add_post(path, self._take)
        self._runner = web.AppRunner(
            app, access_log=None, keepalive_timeout=_IDLE_SECONDS, shutdown_timeout=_STOP_SECONDS
        )
        self._connections: Connections | None = None
        self._listening: asyncio.Server | None = None

    async def start(self) -> int:
        """Listen; returns the port, which the system chooses where 0 was given. Raises ``OSError``."""
        await self._runner.setup()
        if self._runner.server is None:
            raise RuntimeError("set up without a server")
        self._connections = Connections(self._runner.server, self._at_most, **self._without_secret)
        loop = asyncio.get_running_loop()
        self._listening = await loop.create_server(self._connections, self._host, self._port)
        port: int = self._listening.sockets[0].getsockname()[1]
        return port

    async def stop(self) -> None:
        """Finish requests under way, then close."""
        if self._listening is not None:
            self._listening.close()
        await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        # A header may hold any bytes; aiohttp decodes those that are not UTF-8 as surrogates.
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            self._refuse()
            refused = web.Response(status=403)
            refused.force_close()
            return refused
        if self._connections is not None:
            self._connections.trust(request.transport)
        try:
            async with asyncio.timeout(_BODY_SECONDS):
                content = await request.read()
        except web.HTTPRequestEntityTooLarge:
            _log.warning("webhook.refused", reason="size")
            raise
        except TimeoutError:
            return web.Response(status=408)
        return web.Response(status=await self._keep(content))

    async def _keep(self, content: bytes) -> int:
        """The HTTP status: 200 only where the update is on disk."""
        try:
            try:
                update: Any = parsed(content)
            except (ValueError, RecursionError) as error:
                await self._door.refuse(None, type(error).__name__, content)
            else:
                await self._door.take([update])
        except StoreUnavailableError as error:
            _log.warning("webhook.not_kept", trouble=error.trouble.value, remedy="Telegram sends it again")
            return 503
        except Exception as error:  # not stored: Telegram sends it again
            _log.error("webhook.failed", error=type(error).__name__)
            return 500
        return 200

    def _refuse(self) -> None:
        """Logged at intervals only, so that repeated requests without the secret cannot fill the disk."""
        self._refused += 1
        now = asyncio.get_running_loop().time()
        if now >= self._say_from:
            _log.warning("webhook.refused", reason="secret", times=self._refused)
            self._refused, self._say_from = 0, now + _SAID_EVERY_SECONDS
