"""Telegram's webhook: secret and size are checked, the update is stored and committed, then the 200 goes out."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

import structlog
from aiohttp import web

from bot.ports import RawUpdate

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
_LARGEST_BYTES: Final = 1024 * 1024

_log = structlog.get_logger()

Admit = Callable[[dict[str, Any]], RawUpdate]
Receive = Callable[[Sequence[RawUpdate]], Awaitable[None]]


def application(path: str, secret: str, admit: Admit, receive: Receive) -> web.Application:
    """One route. 403 without the right secret, 413 for what no update can be; what cannot be read is answered 200
    and logged, because Telegram would bring it again for a day and hold back the chat behind it.
    """
    expected = secret.encode()

    async def take(request: web.Request) -> web.Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), expected):
            _log.warning("webhook.refused", reason="secret")
            return web.Response(status=403)
        try:
            update = json.loads(await request.read())
        except web.HTTPRequestEntityTooLarge:
            _log.warning("webhook.refused", reason="size")
            raise
        except (ValueError, UnicodeDecodeError):
            update = None
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            _log.error("webhook.unreadable")
            return web.Response()
        await receive([admit(update)])
        return web.Response()

    app = web.Application(client_max_size=_LARGEST_BYTES)
    app.router.add_post(path, take)
    return app


class WebhookServer:
    """Listens until stopped."""

    def __init__(self, app: web.Application, host: str, port: int) -> None:
        self._runner = web.AppRunner(app, access_log=None)
        self._host = host
        self._port = port

    async def start(self) -> int:
        """Listen; the port, which the system chooses where 0 was given."""
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()
        port: int = self._runner.addresses[0][1]
        return port

    async def stop(self) -> None:
        """Let what is under way end, then close."""
        await self._runner.cleanup()
