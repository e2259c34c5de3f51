"""Updates a second from the POST of an update to the arrival of its reply, for us and for bare echo bots beside us.

    python benchmarks/throughput.py [--seconds 6] [--only madoguchi,ptb-aiohttp]

Every bot is a process of its own on a webhook over loopback; the fake API answers at once. Pacing is off, one chat for
each update in flight. A press is answered by two calls (answerCallbackQuery, sendMessage), a text by one. Madoguchi
commits every update twice (inbox; decision and outbox) and every delivery once, with ``synchronous = full``.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import signal
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs

import aiohttp
from aiohttp import web

ROOT: Final = Path(__file__).parent.parent
TOKEN: Final = "123456789:SIMULATED-token-of-the-tests-000000"  # noqa: S105 - no secret: nobody answers to it
SECRET: Final = "a-long-random-word"  # noqa: S105 - likewise
IN_FLIGHT: Final = (1, 64, 256)
RATE: Final = 30
QUESTIONS: Final = ("団体登録に必要な書類は", "予約の取り消しはいつまでできますか", "アプリを消したのに情報が残っている",
                    "how do I register a group", "使用料はいくら")  # fmt: skip


@dataclass
class Api:
    """The fake API: records when each chat was answered."""

    waiting: dict[int, asyncio.Future[float]] = field(default_factory=dict)
    numbers: int = 0

    async def handle(self, request: web.Request) -> web.Response:
        name = request.match_info["method"].lower()
        raw = await request.read()
        if name == "sendmessage":
            chat = _chat_of(raw, request.content_type)
            self.numbers += 1
            waiting = self.waiting.pop(chat, None)
            if waiting is not None and not waiting.done():
                waiting.set_result(time.perf_counter())
            message = {
                "message_id": self.numbers,
                "date": 1,
                "chat": {"id": chat, "type": "private"},
                "text": "x",
            }
            return _ok(message)
        if name == "getme":
            return _ok({"id": 1, "is_bot": True, "first_name": "窓口", "username": "bench_bot"})
        return _ok(True)


def _chat_of(raw: bytes, kind: str) -> int:
    if kind == "application/json":
        return int(json.loads(raw)["chat_id"])
    if kind == "application/x-www-form-urlencoded":
        return int(parse_qs(raw.decode())["chat_id"][0])
    text = raw.decode()
    after = text[text.index('name="chat_id"') :]
    return int(after.split("\r\n\r\n", 1)[1].split("\r\n", 1)[0])


def _ok(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


@dataclass
class Bot:
    """A bot process and the connection to it."""

    name: str
    process: asyncio.subprocess.Process
    hook: str
    api: Api
    session: aiohttp.ClientSession
    updates: int = 1000

    async def once(self, chat: int, text: str | None) -> float:
        """POST one update and wait for its reply; returns seconds."""
        self.updates += 1
        user = {"id": chat, "is_bot": False, "first_name": "住民", "language_code": "ja"}
        place = {"id": chat, "type": "private", "first_name": "住民"}
        message = {"message_id": self.updates, "date": 1_700_000_000, "chat": place, "from": user}
        if text is None:
            body = {"id": str(self.updates), "from": user, "chat_instance": "1", "data": "m",
                    "message": message | {"text": "?", "from": {"id": 1, "is_bot": True, "first_name": "窓口"}}}  # fmt: skip
            update = {"update_id": self.updates, "callback_query": body}
        else:
            update = {"update_id": self.updates, "message": message | {"text": text}}
        arrived: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self.api.waiting[chat] = arrived
        begun = time.perf_counter()
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        async with self.session.post(self.hook, json=update, headers=headers) as answer:
            await answer.read()
        return await asyncio.wait_for(arrived, 60) - begun

    async def in_flight(self, count: int, seconds: float, *, typed: bool) -> tuple[float, list[float]]:
        """``count`` residents who write again after each answer: updates/s, and latencies in seconds."""
        latencies: list[float] = []
        end = time.perf_counter() + seconds

        async def resident(chat: int) -> None:
            number = 0
            while time.perf_counter() < end:
                latencies.append(await self.once(chat, _question(chat + number) if typed else None))
                number += 1

        begun = time.perf_counter()
        await asyncio.gather(*(resident(10_000 + number) for number in range(count)))
        return len(latencies) / (time.perf_counter() - begun), latencies

    async def at_rate(self, seconds: float, *, typed: bool) -> list[float]:
        """Thirty residents per second, one message each, whether or not earlier ones were answered."""
        tasks = []
        for number in range(int(seconds * RATE)):
            tasks.append(
                asyncio.create_task(self.once(100_000 + number, _question(number) if typed else None))
            )
            await asyncio.sleep(1 / RATE)
        return list(await asyncio.gather(*tasks))

    def cpu_seconds(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident_mib(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def _question(number: int) -> str:
    return QUESTIONS[number % len(QUESTIONS)]


@contextlib.asynccontextmanager
async def started(name: str) -> AsyncIterator[Bot]:
    """The fake API with one bot."""
    api = Api()
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", api.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url, port = f"http://127.0.0.1:{runner.addresses[0][1]}", _free_port()
    with tempfile.TemporaryDirectory() as folder:
        command, environment = _command(name, url, port, Path(folder))
        process = await asyncio.create_subprocess_exec(
            *command,
            env=environment,
            cwd=ROOT,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as session:
            await _listening(port)
            yield Bot(name, process, f"http://127.0.0.1:{port}/hook", api, session)
        process.send_signal(signal.SIGKILL)
        await process.wait()
    await runner.cleanup()


def _command(name: str, url: str, port: int, folder: Path) -> tuple[list[str], dict[str, str]]:
    if name != "madoguchi":
        return [sys.executable, str(ROOT / "benchmarks" / "echoes.py"), name, url, str(port)], dict(
            os.environ
        )
    config = {
        "telegram": {"api_url": url, "webhook_url": f"http://127.0.0.1:{port}/hook", "webhook_listen": f"127.0.0.1:{port}",
                     "limits": {"overall_per_second": 0, "chat_per_second": 0, "group_per_minute": 0}},
        "rules": {"messages_per_minute": 0},
        "storage": {"path": "bench.db"},
    }  # fmt: skip
    (folder / "config.yaml").write_text(json.dumps(config), encoding="utf-8")
    given = {"MADOGUCHI_TELEGRAM_TOKEN": TOKEN, "MADOGUCHI_WEBHOOK_SECRET": SECRET}
    return [sys.executable, "-m", "bot", "--config", str(folder / "config.yaml"), "run"], {
        **os.environ,
        **given,
    }


async def _listening(port: int) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def measure(name: str, seconds: float, *, typed: bool) -> dict[str, float]:
    """Measure one row."""
    async with started(name) as bot:
        await bot.in_flight(8, 1.5, typed=typed)
        row: dict[str, float] = {}
        for count in IN_FLIGHT:
            row[f"{count}"], _ = await bot.in_flight(count, seconds, typed=typed)
        before, begun = bot.cpu_seconds(), time.perf_counter()
        latencies = sorted(await bot.at_rate(seconds, typed=typed))
        row["cpu"] = 100 * (bot.cpu_seconds() - before) / (time.perf_counter() - begun)
        row["p50"] = 1000 * statistics.median(latencies)
        row["p99"] = 1000 * latencies[int(len(latencies) * 0.99)]
        row["rss"] = bot.resident_mib()
    return row


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--only", default="madoguchi,ptb-httpx,ptb-aiohttp,aiogram")
    options = parser.parse_args()
    print(f"{'':24} {'updates/s in flight':>24}   {'at 30 updates/s':>26}")
    print(
        f"{'':24} {'1':>7} {'64':>8} {'256':>8}   {'p50 ms':>8} {'p99 ms':>8} {'CPU %':>7} {'RSS MiB':>8}   of ptb-aiohttp at 64, 256"
    )
    for typed in (False, True):
        rows = {name: await measure(name, options.seconds, typed=typed) for name in options.only.split(",")}
        beside = rows.get("ptb-aiohttp")
        for name, row in rows.items():
            ratio = f"{row['64'] / beside['64']:.2f} {row['256'] / beside['256']:.2f}" if beside else ""
            print(f"{name + (' typed' if typed else ' press'):<24} {row['1']:>7.0f} {row['64']:>8.0f} {row['256']:>8.0f}   "
                  f"{row['p50']:>8.1f} {row['p99']:>8.1f} {row['cpu']:>7.0f} {row['rss']:>8.0f}   {ratio}", flush=True)  # fmt: skip


if __name__ == "__main__":
    asyncio.run(main())
