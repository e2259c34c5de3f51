"""P8: each fault that Telegram or people may cause, and what resident and staff saw. P11: access to the webhook."""

from __future__ import annotations

import asyncio
import contextlib
import io
import resource
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any, Final

import aiohttp

from tests.drill.report import Line
from tests.drill.rig import Rig, rig
from tests.tgsim.driver import Person, migrate, said, until
from tests.tgsim.faults import Fault
from tests.tgsim.process import SECRET

_LONGER_THAN_A_RETRY_SECONDS: Final = 2.5

_LOCK_SECONDS: Final = 8
_SIDE_BY_SIDE: Final = 4
_PHOTOS: Final = 3

Drill = Callable[[Rig], Awaitable[str]]


async def _ticket(it: Rig, number: int = 41) -> tuple[Person, dict[str, Any]]:
    """A resident with a claimed ticket, and its card."""
    who = it.resident(number)
    who.write("白鳥ボート いくら")
    await who.hears("確認できません")
    who.write("職員と話したい")
    await who.hears("受付番号")
    await said(it.sim, it.desk.id, "未担当")
    card = next(m for m in it.sim.world.said_by_bot[it.desk.id] if "未担当" in str(m.get("text")))
    it.staff.press("担当する", it.desk, card)
    await who.hears("ここからは人が答えます")
    return who, card


async def blocked(it: Rig) -> str:
    """403: the resident has blocked the bot."""
    who, card = await _ticket(it)
    who.block()
    it.staff.reply("お返事です", card, it.desk)
    return "staff: " + await said(it.sim, it.desk.id, "届きません")


async def topic_deleted(it: Rig) -> str:
    """Somebody deletes the ticket's topic."""
    who, card = await _ticket(it)
    thread = card["message_thread_id"]
    del it.desk.topics[thread]
    who.write("追加で聞きたいことがあります")
    await said(it.sim, it.desk.id, "追加で聞きたい")
    await said(it.sim, it.desk.id, "受付番号 1 · 担当中", after=2)
    threads = {m.get("message_thread_id") for m in it.sim.world.said_by_bot[it.desk.id]} - {thread}
    return f"staff: a new topic with the resident's words and the card ({len(threads)} new)"


async def migrated(it: Rig) -> str:
    """The staff group becomes a supergroup under another id."""
    who, _ = await _ticket(it)
    moved = migrate(it.sim, it.desk, -1009000)
    who.write("まだ聞きたいことがあります")
    told = (await said(it.sim, moved.id, "まだ聞きたい")).replace("\n", " ")
    await it.bot.stop()
    await it.bot.start()
    before = len(it.sim.world.said_by_bot[moved.id])
    it.staff.write("/queue", moved)
    await said(it.sim, moved.id, "受付 1件", after=before)
    return "staff, in the new group and after a restart too: " + told


async def too_long(it: Rig) -> str:
    """A reply of more than 4096 UTF-16 units."""
    who, card = await _ticket(it)
    before = len(who.received)
    paragraph = "とても長い説明です🙂。" * 60
    it.staff.reply("\n\n".join([paragraph] * 9) + "\n\nおわり", card, it.desk)
    await who.hears("おわり", seconds=20, after=before)
    return f"resident: {len(who.received) - before} messages, the last ends with おわり"


async def edited(it: Rig) -> str:
    """The resident edits what they sent."""
    who, _ = await _ticket(it)
    who.write("300円でいいですか")
    await said(it.sim, it.desk.id, "300円でいいですか")
    message = max(n for n, m in who.chat.messages.items() if m["from"]["id"] == who.user.id)
    who.edit(message, "500円でいいですか")
    return "staff: " + (await said(it.sim, it.desk.id, "直しました", "500円")).replace("\n", " ")


async def stale_press(it: Rig) -> str:
    """A button from long ago: the query has expired, and its code is of no build of ours."""
    who = it.resident(41)
    who.write("白鳥ボート いくら")
    await who.hears("確認できません")
    old = who.received[0]
    who.press_data("zz:from:long:ago", old)
    text = await who.hears("古くなっています", after=1)
    it.sim.world.presses.clear()
    who.press("解決した", message=old)
    return (
        "resident: "
        + text[:40].replace("\n", " ")
        + " … and a press that expired: "
        + (await who.hears("よかった", after=2))[:20]
    )


async def album(it: Rig) -> str:
    """Three photos sent as one album, to a person who has the case."""
    who, card = await _ticket(it)
    for _ in range(3):
        who.photo(media_group_id="an-album")
    await until(it.sim, lambda: len(_photos(it)) == _PHOTOS, 15)
    groups = {m.get("media_group_id") for m in _photos(it)}
    threads = {m.get("message_thread_id") for m in _photos(it)}
    if len(groups) != 1 or threads != {card["message_thread_id"]}:
        raise AssertionError(f"torn apart: {groups} in {threads}")
    return "staff: 3 photos as one album in the ticket's topic"


def _photos(it: Rig) -> list[dict[str, Any]]:
    return [m for m in it.sim.world.said_by_bot[it.desk.id] if "photo" in m]


def with_fault(fault: Fault, method: str = "sendmessage", *, times: int = 1) -> Drill:
    """One fault when sending: what the resident gets nevertheless, at most this many times."""

    async def drill(it: Rig) -> str:
        who = it.resident(41)
        it.sim.faults.plan(fault, method, seconds=2)
        who.write("白鳥ボート いくら")
        await who.hears("確認できません", seconds=15)
        await asyncio.sleep(_LONGER_THAN_A_RETRY_SECONDS)
        if not it.sim.faults.happened:
            raise AssertionError("the fault never happened")
        if len(who.received) > times:
            raise AssertionError(f"said {len(who.received)} times")
        return f"resident: the answer, {len(who.received)} time(s)"

    return drill


async def locked(it: Rig) -> str:
    """Another program holds the database's write lock for eight seconds."""
    with contextlib.closing(sqlite3.connect(it.bot.database, isolation_level=None)) as other:
        other.execute("begin immediate")
        who = it.resident(41)
        who.write("白鳥ボート いくら")
        told = await said(it.sim, it.admins.id, "ほかのプログラムが", seconds=15)
        await asyncio.sleep(_LOCK_SECONDS - 5)
    await who.hears("確認できません", seconds=15)
    return f"admins: {told.splitlines()[0]} … and the resident has the answer"


async def no_room(it: Rig) -> str:
    """No file can grow, including the bot's log; then they can again."""
    if it.bot.process is None:
        raise AssertionError("not started")
    before = resource.prlimit(it.bot.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(it.bot.process.pid, resource.RLIMIT_FSIZE, (0, before[1]))
    who = it.resident(41)
    who.write("白鳥ボート いくら")
    told = await said(it.sim, it.admins.id, "届いたメッセージは失われません", seconds=15)
    resource.prlimit(it.bot.process.pid, resource.RLIMIT_FSIZE, before)
    await who.hears("確認できません", seconds=30)
    if len(who.received) > 1:
        raise AssertionError(f"said {len(who.received)} times")
    return f"admins: {told.splitlines()[0]} … and the resident has the answer, once"


FAULTS: Final[dict[str, Drill]] = {
    "403 blocked": blocked,
    "topic deleted": topic_deleted,
    "group migrated": migrated,
    "over 4096 units": too_long,
    "album": album,
    "edit": edited,
    "stale press": stale_press,
    "429": with_fault(Fault.FLOOD),
    "502": with_fault(Fault.SERVER),
    "HTML": with_fault(Fault.HTML),
    "dropped after accepting": with_fault(Fault.DROP_AFTER, times=2),
    "delay": with_fault(Fault.DELAY),
    "locked for 8 s": locked,
    "no room": no_room,
}


async def faults() -> list[Line]:
    """One line per fault."""
    room = asyncio.Semaphore(_SIDE_BY_SIDE)

    async def one(name: str, drill: Drill) -> Line:
        async with room, rig() as it:
            try:
                came, kept = await drill(it), True
            except AssertionError as error:
                came, kept = str(error)[:300], False
            clean = it.violations()
        return Line("P8", name, came + clean, kept and not clean)

    return list(await asyncio.gather(*(one(name, drill) for name, drill in FAULTS.items())))


async def webhook() -> Line:
    """Missing, wrong, right secret; and an update that comes by it is answered."""
    port = await _free_port()
    address = f"http://127.0.0.1:{port}/hook"
    settings = {"telegram": {"webhook_url": address, "webhook_listen": f"127.0.0.1:{port}"}}
    async with rig(settings=settings) as it, aiohttp.ClientSession() as session:
        statuses = []
        body = {"update_id": 1}
        for headers in (
            {},
            {"X-Telegram-Bot-Api-Secret-Token": "wrong"},
            {"X-Telegram-Bot-Api-Secret-Token": SECRET},
        ):
            async with session.post(address, json=body, headers=headers) as answer:
                statuses.append(answer.status)
        big = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        async with session.post(address, data=io.BytesIO(b"x" * 2_000_000), headers=big) as answer:
            statuses.append(answer.status)
        async with session.post(address, data=b"{broken", headers=big) as answer:
            statuses.append(answer.status)
        who = it.resident(41)
        who.write("白鳥ボート いくら")
        await who.hears("確認できません")
        clean = it.violations()
    told = "missing, wrong, right secret, 2 MB, broken JSON: " + ", ".join(map(str, statuses))
    return Line(
        "P11",
        "webhook",
        f"{told}; a question by it is answered" + clean,
        statuses == [403, 403, 200, 413, 200] and not clean,
    )


async def _free_port() -> int:
    server = await asyncio.start_server(lambda r, w: None, "127.0.0.1", 0)
    port: int = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    return port
