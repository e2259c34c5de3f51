"""An edit of the FAQ while the bot runs: served within five seconds, or refused and reported to the admins."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot.root import Root
from bot.settings.settings import load
from bot.storage.store import SqliteStore
from handlers.model.actions import Say, ToAdmins
from handlers.model.events import Asked
from tests.fakes_channel import RememberingChannel
from tests.fakes_desk import RememberingMessenger
from tests.small_faq import lock_of, texts


async def until(condition: Callable[[], object], seconds: float = 5.0) -> None:
    """Wait for something to become true."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - a watcher notices the file, there is no event
            await asyncio.sleep(0.05)


def on_own_folder(tmp_path: Path, store: SqliteStore, messenger: RememberingMessenger) -> tuple[Root, Path]:
    """A bot that serves its own folder, and the file with the entries about ponds."""
    folder = tmp_path / "faq"
    for name, text in texts().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "entries" / "versions.lock").write_text(lock_of(texts()), encoding="utf-8")
    settings = replace(load(None, faq_folder=folder), database=tmp_path / "bot.db")
    return Root(settings, store, RememberingChannel(messenger)), folder / "entries" / "ponds.yaml"


async def test_an_admins_check_changes_nothing_and_a_reload_does(store: SqliteStore, tmp_path: Path) -> None:
    root, ponds = on_own_folder(tmp_path, store, RememberingMessenger())
    serving, sound = root.serving.knowledge, ponds.read_text(encoding="utf-8")
    assert "と同じ内容です" in await root.serving.on_admin_command("check")
    ponds.write_text(sound.replace("白鳥ボート いくら", "あひるぶねのってみたい"), encoding="utf-8")
    told = await root.serving.on_admin_command("check")
    assert "誤りはありません" in told
    assert "/reload で切り替わります" in told
    assert root.serving.knowledge is serving
    ponds.write_text(sound.replace("    group: ducks", "    gruop: ducks"), encoding="utf-8")
    assert "1件の誤り" in await root.serving.on_admin_command("check")
    ponds.write_text(sound.replace("白鳥ボート いくら", "あひるぶねのってみたい"), encoding="utf-8")
    assert "swan-fee" in await root.serving.on_admin_command("reload")
    assert root.serving.knowledge is not serving


async def test_a_good_edit_is_served_and_a_broken_one_keeps_the_old_answers(
    store: SqliteStore, tmp_path: Path
) -> None:
    messenger = RememberingMessenger()
    root, ponds = on_own_folder(tmp_path, store, messenger)

    def told_admins() -> list[str]:
        return [
            r.action.text for r in messenger.sent if isinstance(r.action, Say) and r.action.to == ToAdmins()
        ]

    async def ask(number: int) -> str:
        await root.dispatcher.dispatch(Asked(id=f"a:{number}", resident="r:1", text="あひるぶねのってみたい"))
        await until(lambda: len(messenger.to("r:1")) == number)
        return messenger.to("r:1")[-1]

    running = asyncio.create_task(root.run())
    try:
        before = await ask(1)
        sound = ponds.read_text(encoding="utf-8")
        ponds.write_text(sound.replace("    group: ducks", "    gruop: ducks"), encoding="utf-8")
        await until(told_admins)
        assert "entries/ponds.yaml:" in told_admins()[0]
        assert "「group」のことですか" in told_admins()[0]
        assert await ask(2) == before

        ponds.write_text(sound.replace("白鳥ボート いくら", "あひるぶねのってみたい"), encoding="utf-8")
        await until(lambda: len(told_admins()) == 2)
        assert "FAQ集を読み直しました" in told_admins()[1]
        assert "swan-fee" in told_admins()[1]
        assert "確認できませんでした" in await ask(3)
        assert "変わった回答: なし" in await root.serving.on_admin_command("reload")
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
