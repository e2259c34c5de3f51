"""Any content of an update, by polling or webhook: other updates are answered and serving goes on."""

from __future__ import annotations

import contextlib
import copy
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.telegram.door import Door, parsed
from bot.channels.telegram.poller import Poller
from bot.channels.telegram.transport import AiohttpRequest, TooDeepAnswerError
from bot.channels.telegram.webhook import SECRET_HEADER, Webhook
from bot.ports import RawUpdate, StoreUnavailableError, Trouble
from bot.storage.store import SqliteStore
from tests.fakes_telegram import RecordingRequest, a_bot, a_user, in_group, press, private
from tests.scenarios.test_telegram_story import Rig
from tests.small_faq import TOKYO
from tests.updates import an_update

OTHER = 990
"""A resident who is not part of the noise."""

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.integers(2**60, 2**70), st.floats(), st.text(max_size=20),
    st.sampled_from(["", "abc", "-1", "0", "/start", "\ud800", "a\udfffb", "\x00", "1" * 500, "tg:7"]),
)  # fmt: skip
JSON = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)


def models() -> list[dict[str, Any]]:
    """One update of each kind."""
    user = a_user(7)
    member = {
        "chat": {"id": -1001, "type": "supergroup", "title": "x"}, "from": user, "date": 0,
        "old_chat_member": {"status": "member", "user": user}, "new_chat_member": {"status": "kicked", "user": user, "until_date": 0},
    }  # fmt: skip
    photo = private(
        1, "x", photo=[{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}], caption="x"
    )
    return [
        private(1, "白鳥ボート いくら"), private(1, "/status"), press(1, "zz:old"), press(1, "c:1", -1001, a_user(8)),
        in_group(1, "/queue"), in_group(1, "お返事", reply_to=5), {"update_id": 1, "my_chat_member": member}, photo,
        {"update_id": 1, "edited_message": private(1, "x")["message"] | {"edit_date": 1}},
        private(1, "x", migrate_to_chat_id=-5), private(1, "x", contact={"phone_number": "03", "first_name": "x"}),
    ]  # fmt: skip


def paths(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Places in an update whose value can be replaced."""
    yield here
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from paths(part, (*here, key))


PLACES = [(number, path) for number, model in enumerate(models()) for path in paths(model)]


@st.composite
def updates(draw: st.DrawFn) -> Any:
    """An update with arbitrary values in one or two places."""
    number, path = draw(st.sampled_from(PLACES))
    update: Any = copy.deepcopy(models()[number])
    for place in (path, *draw(st.lists(st.sampled_from([p for n, p in PLACES if n == number]), max_size=1))):
        update = put(update, place, draw(JSON))
    return update


def put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    with contextlib.suppress(TypeError, KeyError, IndexError):  # an earlier replacement removed the place
        value[path[0]] = put(value[path[0]], path[1:], new)
    return value


def numbered(noise: list[Any]) -> list[Any]:
    """The updates with distinct numbers, unless the number itself was replaced."""
    for number, update in enumerate(noise, 10):
        if isinstance(update, dict) and update.get("update_id") == 1:
            update["update_id"] = number
    return noise


def on_the_wire(value: Any) -> Any:
    """The value after encoding and decoding as JSON."""
    return parsed(json.dumps(value))


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(noise=st.lists(updates(), min_size=60, max_size=80))
async def test_anything_in_place_of_any_field_stops_neither_polling_nor_the_webhook(noise: list[Any]) -> None:
    polled, posted = numbered(noise)[::2], numbered(noise)[1::2]
    wanted = [
        private(500 + n, "白鳥ボート いくら", user=a_user(who)) for n, who in enumerate((OTHER, OTHER + 1))
    ]
    with tempfile.TemporaryDirectory() as folder:
        store = await SqliteStore.open(Path(folder) / "a.db", label="a test", zone=TOKYO)
        rig = Rig(store, speed=10_000)
        await rig.door.take([*(on_the_wire(update) for update in polled), wanted[0]])
        hook = Webhook("/h", "s", rig.door, "127.0.0.1", 0)
        port = await hook.start()
        try:
            async with aiohttp.ClientSession(headers={SECRET_HEADER: "s"}) as session:
                for update in [*posted, wanted[1]]:
                    async with session.post(f"http://127.0.0.1:{port}/h", data=json.dumps(update)) as answer:
                        assert answer.status == 200
        finally:
            await hook.stop()
        await rig.intake.work_off()
        await rig.courier.drain()
        for who in (OTHER, OTHER + 1):
            assert any("確認できません" in text for text in rig.wire.said_to(who))
        assert await store.pending(99) == []
        await store.close()


class Raw(RecordingRequest):
    """Answers getUpdates with raw bytes; the next offset confirms them."""

    def __init__(self, bodies: dict[int, str]) -> None:
        super().__init__()
        self.bodies = bodies

    parse_json_payload = staticmethod(AiohttpRequest.parse_json_payload)

    async def do_request(self, url: str, method: str, *args: Any, **more: Any) -> tuple[int, bytes]:
        if "getUpdates" not in url:
            return await super().do_request(url, method, *args, **more)
        query = dict(part.split("=") for part in url.partition("?")[2].split("&"))
        waiting = [body for number, body in sorted(self.bodies.items()) if number >= int(query["offset"])]
        return 200, ('{"ok": true, "result": [' + ",".join(waiting[: int(query["limit"])]) + "]}").encode()


async def test_one_update_that_nests_too_deeply_to_be_read_is_set_aside_and_the_others_arrive() -> None:
    deep = '{"update_id": 12, "message": ' + "[" * 100_000 + "]" * 100_000 + "}"
    bodies = {number: json.dumps({"update_id": number}) for number in (10, 11, 13, 14)} | {12: deep}
    received: list[RawUpdate] = []

    async def receive(updates: Any) -> None:
        received.extend(updates)

    wire = Raw(bodies)
    with pytest.raises(TooDeepAnswerError):
        wire.parse_json_payload(deep.encode())
    poller = Poller(a_bot(wire), wire, Door(lambda u: an_update(u["update_id"], "tg:1", "{}"), receive))
    for _ in range(8):
        await poller.poll(0)
    assert [(update.number, "unreadable" in update.body) for update in received] == [
        (10, False), (11, False), (12, True), (13, False), (14, False),
    ]  # fmt: skip


async def test_one_update_that_cannot_be_kept_holds_back_no_other_and_an_unusable_record_all() -> None:
    kept: list[RawUpdate] = []
    trouble: list[Exception] = []

    async def receive(updates: Any) -> None:
        if trouble:
            raise trouble[0]
        if any(update.number == 2 and "unreadable" not in update.body for update in updates):
            raise OverflowError("too large")
        kept.extend(updates)

    wire = RecordingRequest()
    poller = Poller(a_bot(wire), wire, Door(lambda u: an_update(u["update_id"], "tg:1", "{}"), receive))
    wire.updates = [{"update_id": number} for number in (1, 2, 3)]
    trouble.append(StoreUnavailableError(Trouble.FULL))
    with pytest.raises(StoreUnavailableError):
        await poller.poll(0)
    trouble.clear()
    await poller.poll(0)
    assert [(update.number, "unreadable" in update.body) for update in kept] == [
        (1, False),
        (2, True),
        (3, False),
    ]
    await poller.poll(0)
    assert [given["offset"] for name, given in wire.calls if name == "getUpdates"] == ["0", "0", "4"]
