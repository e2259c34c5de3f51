"""How many connections the webhook may have open, and how long one may stay without having sent the secret."""

from __future__ import annotations

import asyncio
import resource
from collections import OrderedDict
from typing import Final

from aiohttp import web

SECONDS_WITHOUT_SECRET: Final = 10.0
_AT_MOST: Final = 256
"""Telegram opens at most 100; the rest is for health checks by a proxy."""
_PART_OF_HANDLES: Final = 4
_AT_LEAST: Final = 8


def most_connections() -> int:
    """Well below this process's limit of open files: the database and the connections to Telegram need some, too."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return _AT_MOST
    return max(_AT_LEAST, min(_AT_MOST, soft // _PART_OF_HANDLES))


class Connections:
    """Makes the protocol for each connection, and closes connections that are too many or too slow.

    One that has not sent the secret within some seconds is closed. Where there are too many, the oldest without the
    secret is closed, so that idle connections cannot keep Telegram out.
    """

    def __init__(self, server: web.Server, at_most: int, seconds: float = SECONDS_WITHOUT_SECRET) -> None:
        self._server = server
        self._at_most = at_most
        self._seconds = seconds
        self._unknown: OrderedDict[asyncio.BaseTransport, asyncio.TimerHandle] = OrderedDict()
        self._known: set[asyncio.BaseTransport] = set()

    def __call__(self) -> asyncio.Protocol:
        """The protocol of one new connection."""
        return _Counted(self, self._server())

    def __len__(self) -> int:
        """How many are open."""
        return len(self._unknown) + len(self._known)

    def trust(self, transport: asyncio.BaseTransport | None) -> None:
        """Note that the secret came by this connection."""
        timer = self._unknown.pop(transport, None) if transport is not None else None
        if timer is not None and transport is not None:
            timer.cancel()
            self._known.add(transport)

    def opened(self, transport: asyncio.BaseTransport) -> None:
        while len(self) >= self._at_most:
            oldest = next(iter(self._unknown), transport)
            self._end(oldest)
            if oldest is transport:
                return  # all others have sent the secret
        timer = asyncio.get_running_loop().call_later(self._seconds, self._end, transport)
        self._unknown[transport] = timer

    def closed(self, transport: asyncio.BaseTransport) -> None:
        self._known.discard(transport)
        if timer := self._unknown.pop(transport, None):
            timer.cancel()

    def _end(self, transport: asyncio.BaseTransport) -> None:
        self.closed(transport)
        if isinstance(transport, asyncio.Transport):
            transport.abort()


class _Counted(asyncio.Protocol):
    """Passes everything on to aiohttp's protocol, and reports opening and closing."""

    def __init__(self, connections: Connections, inner: asyncio.Protocol) -> None:
        self._connections = connections
        self._inner = inner
        self._transport: asyncio.BaseTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._inner.connection_made(transport)
        self._connections.opened(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._transport is not None:
            self._connections.closed(self._transport)
        self._inner.connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        return self._inner.eof_received()

    def pause_writing(self) -> None:
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        self._inner.resume_writing()
