"""HTTP to the Bot API over aiohttp: unlike the library's default client it does not slow down with calls in flight."""

from __future__ import annotations

import json
from typing import Any, Final

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import JSONDict
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.channels.telegram.door import parsed

_READ_SECONDS: Final = 10.0
_CONNECT_SECONDS: Final = 5.0
_MEDIA_SECONDS: Final = 60.0

Seconds = DefaultValue[Any] | float | None


class UnknownOutcomeError(TimedOut):
    """The request was sent and no answer came: it may or may not have been carried out."""


class NotSentError(NetworkError):
    """No connection was made: the request was not carried out."""


class TooDeepAnswerError(TelegramError):
    """The answer is JSON that nests too deeply to be parsed."""

    def __init__(self, content: bytes) -> None:
        super().__init__("answer nests too deeply")
        self.content = content


class AiohttpRequest(BaseRequest):
    """One session with kept connections; ``connections`` limits the calls in flight."""

    def __init__(self, connections: int = 64) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer."""
        return _READ_SECONDS

    async def initialize(self) -> None:
        """Open the session; repeated calls do nothing."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=30.0)
            self._session = aiohttp.ClientSession(connector=connector, trust_env=True)

    async def shutdown(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        write_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        connect_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        pool_timeout: Seconds = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call. Raises :class:`NotSentError` where it was not sent, :class:`UnknownOutcomeError` where no
        answer came.
        """
        del pool_timeout
        if self._session is None:
            raise RuntimeError("initialize() comes first")
        media = request_data is not None and request_data.contains_files
        read = _seconds(read_timeout, _READ_SECONDS)
        if media:
            read += _seconds(write_timeout, _MEDIA_SECONDS)
        timeout = aiohttp.ClientTimeout(
            total=None, sock_connect=_seconds(connect_timeout, _CONNECT_SECONDS), sock_read=read
        )
        data: aiohttp.FormData | bytes | None = None
        headers = {}
        if request_data is not None and media:
            data = _form(request_data)
        elif request_data is not None:  # JSON: form encoding triples the size of Japanese text
            data = json.dumps(request_data.parameters, ensure_ascii=False).encode()
            headers = {"Content-Type": "application/json"}
        try:
            async with self._session.request(
                method, url, data=data, headers=headers, timeout=timeout
            ) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSentError(type(error).__name__) from error
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise UnknownOutcomeError(type(error).__name__) from error

    @staticmethod
    def parse_json_payload(payload: bytes) -> JSONDict:
        """The library's parser, hardened against numbers of any length and deep nesting; the payload is never logged."""
        try:
            answer: JSONDict = parsed(payload.decode("utf-8", "replace"))
        except RecursionError:
            raise TooDeepAnswerError(payload) from None
        except ValueError:
            raise TelegramError("Invalid server response") from None
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer


def _seconds(given: Seconds, default: float) -> float:
    return default if given is None or isinstance(given, DefaultValue) else float(given)


def _form(request: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in request.json_parameters.items():
        form.add_field(name, value)
    for name, part in request.multipart_data.items():
        filename, content, kind = part
        form.add_field(name, content, filename=filename, content_type=kind)
    return form
