"""A start with a faulty FAQ folder: the process, Telegram, the verbs and their exit codes."""

from __future__ import annotations

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from tests.drill.rig import rig
from tests.tgsim.driver import said

pytestmark = pytest.mark.checkout


async def test_a_restart_with_a_broken_folder_serves_the_kept_copy_and_says_so_and_without_one_says_all_and_ends() -> (
    None
):
    async with rig(started=False) as it:
        ponds, lock = (it.bot.folder / "faq" / "entries" / name for name in ("ponds.yaml", "versions.lock"))
        sound, locked = ponds.read_text(encoding="utf-8"), lock.read_bytes()
        ponds.write_text(sound.replace("review_on: 2027-05-01", "review_on: 2027-02-30"), encoding="utf-8")
        lock.write_bytes(locked.decode().encode("utf-16"))
        code, told = await it.bot.verb("run")
        assert code == 2
        assert "entries/versions.lock:1:1: UTF-8の文字ではありません (UTF-16" in told
        assert told.count("「2027-02-30」は暦にありません") == 3
        assert "Traceback" not in told

        ponds.write_text(sound, encoding="utf-8")
        lock.write_bytes(locked)
        await it.bot.start()
        who = it.resident(41)
        who.write("白鳥ボート いくら")
        before = await who.hears("確認できません")
        assert await it.bot.stop() == 0

        ponds.write_text(sound.replace("group: ducks", "group： ducks"), encoding="utf-8")
        await it.bot.start()
        who = it.resident(42)
        who.write("白鳥ボート いくら")
        assert await who.hears("確認できません") == before
        heard = await said(it.sim, it.admins.id, "起動のときに読めませんでした")
        assert "に取っておいた版 (" in heard
        assert (
            "entries/ponds.yaml:36:10: コロンが全角の「：」です (ほかのファイルの6か所が、この中の項目を待っています); 半角の"
            in heard
        )
        assert "faq.kept_copy_serves" in it.bot.log.read_text(encoding="utf-8")
        for verb, expected in ((("check",), 1), (("ask", "白鳥"), 2)):
            code, told = await it.bot.verb(*verb)
            assert code == expected
            assert "entries/ponds.yaml:36:10: コロンが全角の「：」です" in told
            assert "Traceback" not in told
        ponds.write_text(sound, encoding="utf-8")
        await said(it.sim, it.admins.id, "FAQ集の誤りはなくなりました")
        assert await it.bot.stop() == 0
        kept = list((it.bot.folder / "bot-faq").iterdir())
        assert [path.stat().st_mode & 0o777 for path in kept] == [0o600]
        assert it.violations() == ""
