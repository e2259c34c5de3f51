"""P12: whatever editors do to the FAQ while the bot runs, residents get the old text and the admins are told why."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.settings.settings import packaged_faq
from bot.settings.starter import copy_faq
from tests.drill.report import Line
from tests.drill.rig import Rig, rig
from tests.drill.soak import resident_mib
from tests.tgsim.driver import said

_TOLD_WITHIN_SECONDS: Final = 5.0
_GROWTH_MIB: Final = 200
_QUESTION, _ANSWER = (
    "利用者番号 忘れた",
    "番号の調べ方と、仮のパスワードの受け取り方は、公開されている資料では確認できませんでした",
)
_ACCOUNT, _WINDOWS, _BOOKING = "entries/account.yaml", "entries/windows.yaml", "entries/booking.yaml"
_ASKED: Final = "phrasings/account.yaml"
_LOCK, _FITTED = "entries/versions.lock", "entries/fitted.json"
_BOMB: Final = "\nours: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"x{n}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 10)}]\n" for n in range(8)
)


@dataclass(frozen=True, slots=True)
class Slip:
    """One edit: the change to the folder, and the beginning of the admins' message, which is the place."""

    name: str
    do: Callable[[Path], object]
    words: tuple[str, ...]
    warns: bool = False
    """Served nevertheless, with a warning."""


def _swap(name: str, old: str, new: str) -> Callable[[Path], object]:
    def do(faq: Path) -> None:
        path = faq / name
        text = path.read_text(encoding="utf-8")
        assert old in text, (name, old)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return do


def _append(name: str, text: str) -> Callable[[Path], object]:
    return lambda faq: (faq / name).write_text(
        (faq / name).read_text(encoding="utf-8") + text, encoding="utf-8"
    )


def _encode(name: str, encoding: str) -> Callable[[Path], object]:
    return lambda faq: (faq / name).write_bytes(
        (faq / name).read_text(encoding="utf-8").encode(encoding, "replace")
    )


def _conflict(name: str) -> Callable[[Path], object]:
    def do(faq: Path) -> None:
        lines = (faq / name).read_text(encoding="utf-8").splitlines()
        lines[3:4] = ["<<<<<<< HEAD", lines[3], "=======", lines[3], ">>>>>>> other"]
        (faq / name).write_text("\n".join(lines), encoding="utf-8")

    return do


def _into_folder(faq: Path) -> None:
    (faq / "entries" / "more").mkdir()
    (faq / _BOOKING).rename(faq / "entries" / "more" / "booking.yaml")


def _as_folder(faq: Path) -> None:
    (faq / _BOOKING).unlink()
    (faq / _BOOKING).mkdir()


def _dangling(faq: Path) -> None:
    (faq / _BOOKING).unlink()
    (faq / _BOOKING).symlink_to(faq / "nowhere.yaml")


def _copy_with_other_ids(faq: Path) -> None:
    text = (faq / "entries" / "account.yaml").read_text(encoding="utf-8")
    first = text.split("\n  - id: ")[1]
    (faq / "entries" / "zz-new.yaml").write_text(f"entries:\n  - id: new-{first}\n", encoding="utf-8")
    ways = (faq / _ASKED).read_text(encoding="utf-8").split("\n  reg-id:")[1].split("\n  reg-")[0]
    new = f"phrasings:\n  new-reg-id:{ways}\n"
    (faq / "phrasings" / "zz-new.yaml").write_text(new, encoding="utf-8")


_REVIEW: Final = "review_on: "
_CHECKED: Final = "    checked_on: "
_GROUP: Final = "    group: manage\n"
_PLACEHOLDER: Final = "{window:akasaka-centre|registration}"

SLIPS: Final = (
    Slip("a day that is no day", _swap(_ACCOUNT, _REVIEW, f"{_REVIEW}2027-02-30 # "), ("account.yaml:", "2027-02-30", "暦にありません")),
    Slip("the lock in UTF-16", _encode(_LOCK, "utf-16"), ("versions.lock:1:1", "UTF-16", "UTF-8を選んで")),
    Slip("windows in Shift_JIS", _encode(_WINDOWS, "cp932"), ("windows.yaml:2", "Shift_JIS", "か所", "UTF-8を選んで")),
    Slip("fitted.json in UTF-16", _encode(_FITTED, "utf-16"), ("fitted.json:1:1", "UTF-16")),
    Slip("a list that holds itself", _append(_ACCOUNT, "ours: &s [P1, *s]\n"), ("account.yaml:", "自分自身を指しています")),
    Slip("3,000 brackets", _append(_ACCOUNT, "ours: " + "[" * 3000 + "\n"), ("account.yaml:", "深くなっています")),
    Slip("nine lines for a hundred million parts", _append(_ACCOUNT, _BOMB), ("account.yaml:", "項目の数が")),
    Slip("no file of windows", lambda faq: (faq / _WINDOWS).unlink(), ("windows.yaml:1:1", "ファイルがなくなりました", "版管理から戻す")),
    Slip("a file renamed to .yml", lambda faq: (faq / _BOOKING).rename(faq / "entries/booking.yml"),
         ("booking.yml:1:1", "読まれません", "名前を booking.yaml に")),
    Slip("a file renamed to .txt", lambda faq: (faq / _BOOKING).rename(faq / "entries/booking.txt"),
         ("booking.txt:1:1", "読まれません", "名前を booking.yaml に")),
    Slip("a file in a folder below", _into_folder, ("more/booking.yaml:1:1", "サブフォルダ", "1つ上のフォルダ")),
    Slip("an emptied file", lambda faq: (faq / _BOOKING).write_text(""), ("booking.yaml:1:1", "ファイルが空です")),
    Slip("a folder in the file's place", _as_folder, ("booking.yaml:1:1", "フォルダです")),
    Slip("a link to nowhere", _dangling, ("booking.yaml:1:1", "リンクの先")),
    Slip("an id twice", _swap(_ACCOUNT, "- id: reg-id", "- id: book-how"),
         ("booking.yaml:", "book-how", "にもあります", "「reg-id」に戻して")),
    Slip("marks of a conflict", _conflict(_ACCOUNT), ("account.yaml:4:1", "変更がぶつかった印")),
    Slip("marks of a conflict in the lock", _conflict(_LOCK), ("versions.lock:4:1", "変更がぶつかった印")),
    Slip("a tab", _swap(_ACCOUNT, _GROUP, "\tgroup: manage\n"), ("account.yaml:5:1", "タブ")),
    Slip("a tag", _swap(_ACCOUNT, "group: manage", "group: !!python/object:os.system manage"), ("account.yaml:5:12", "「!」で始まる印")),
    Slip("no comma", _swap(_ACCOUNT, "sources: [", 'sources: ["AK" '), ("account.yaml:", "カンマがありません")),
    Slip("a colon in a value", _swap(_ACCOUNT, _GROUP, _GROUP + "    note: a: b\n"), ("account.yaml:6:12", "値の文の中に「: 」")),
    Slip("a wide colon", _swap(_ACCOUNT, _GROUP, "    group： manage\n"), ("account.yaml:5:10", "全角の「：」")),
    Slip("a NUL byte", _swap(_ACCOUNT, _GROUP, "    group: ma\0nage\n"), ("account.yaml:5:14", "U+0000")),
    Slip("indentation", _swap(_ACCOUNT, _GROUP, "   group: manage\n"), ("account.yaml:5:", "字下げ")),
    Slip("a wide placeholder", _swap(_ACCOUNT, _PLACEHOLDER, "｛window：akasaka-centre｜registration｝"),
         ("account.yaml:43", "そのまま住民に見えます")),
    Slip("curly quotes", _swap(_ASKED, '- "利用者番号 忘れた"', "- “利用者番号 忘れた”"), ("account.yaml:", "引用符が「“」「”」")),
    Slip("a text cut by #", _swap(_ASKED, '- "利用者番号 忘れた"', "- 利用者番号 #忘れた"),
         ("account.yaml:", "「#忘れた」は読まれません")),
    Slip("a number that cannot be", _swap(_WINDOWS, "03-5413-2711", "03-5413-271"), ("windows.yaml:", "9桁")),
    Slip("a source's key", _swap("entries/sources.yaml", "key: P1", "key: p1"), ("sources.yaml:4", "半角の大文字")),
    Slip("an unknown window", _swap(_ACCOUNT, _PLACEHOLDER, "{window:akasaka-center|registration}"),
         ("account.yaml:43", "「akasaka-centre」のことですか")),
    Slip("an answer changed under its version", _swap(_ACCOUNT, "番号を忘れたら、登録した", "忘れたら、登録した"),
         ("account.yaml:6", "version を 3 に上げ")),
    Slip("a copy under another id", _copy_with_other_ids, ("zz-new.yaml:", "reg-id と同じです")),
    Slip("an entry that is over", _swap(_ACCOUNT, _CHECKED, "    valid_until: 2026-01-01\n" + _CHECKED),
         ("account.yaml:", "reg-id", "有効期限"), warns=True),
    Slip("a number changed in silence", _swap(_WINDOWS, "03-3769-8864", "03-3769-8865"),
         ("windows.yaml:", "03-3769-8864", "確認日"), warns=True),
    Slip("a phrasing's id", _swap(_ASKED, "  reg-password:", "  reg-pasword:"),
         ("phrasings/account.yaml:", "reg-pasword", "「reg-password」のことですか")),
    Slip("no file of phrasings", lambda faq: (faq / _ASKED).unlink(), ("phrasings/account.yaml:1:1", "ファイルがなくなりました", "版管理から戻す")),
    Slip("no folder", lambda faq: (faq / "entries").rename(faq / "elsewhere"), ("FAQ集のフォルダ", "元に戻す")),
)  # fmt: skip


async def edits(slips: tuple[Slip, ...] = SLIPS, *, within: float = _TOLD_WITHIN_SECONDS) -> Line:
    """On a copy of the shipped FAQ, one edit after another, each followed by restoring the files.

    ``within``: seconds until the admins must be told.
    """
    faults: list[str] = []
    slowest = 0.0
    # Limits are off: ten edits a minute exceed the group's limit, which is not measured here.
    settings = {"rules": {"messages_per_minute": 0}, "telegram": {"limits": {"group_per_minute": 0}}}
    async with rig(settings=settings, started=False) as it:
        it.sim.limits.enforced = False
        faq, sound = it.bot.folder / "faq", it.bot.folder / "sound"
        await asyncio.to_thread(copy_faq, packaged_faq(), sound)
        await asyncio.to_thread(_put_back, sound, faq)
        await it.bot.verb("check")  # makes the cache of indexes, which speeds up the start
        await it.bot.start()
        before = await _ask(it, 0)
        assert it.bot.process is not None
        first = most = resident_mib(it.bot.process.pid)
        for number, slip in enumerate(slips, 1):
            try:
                slowest = max(slowest, await _slip(it, slip, faq, within))
                if not slip.warns and await _ask(it, number) != before:
                    faults.append(f"{slip.name}: another answer")
                most = max(most, resident_mib(it.bot.process.pid))
                heard = len(it.sim.world.said_by_bot[it.admins.id])
                await asyncio.to_thread(_put_back, sound, faq)
                told = "誤りはなくなりました" if not slip.warns else "読み直しました"
                await said(it.sim, it.admins.id, told, seconds=90, after=heard)
                if await _ask(it, 1000 + number) != before:
                    faults.append(f"{slip.name}: another answer after mending")
            except (AssertionError, TimeoutError) as error:
                faults.append(f"{slip.name}: {str(error)[:200]}")
                await asyncio.to_thread(_put_back, sound, faq)
                await asyncio.sleep(6)
        stopped = await it.bot.stop()
        clean = it.violations()
    if most - first > _GROWTH_MIB:
        faults.append(f"memory grew by {most - first:.0f} MiB")
    if stopped:
        faults.append(f"exit code {stopped}")
    came = (
        f"residents always heard the old text, admins told within {slowest:.1f} s with file, line and remedy, one "
        f"finding each, and the all-clear; memory {first:.0f} MiB, at most {most:.0f}" + clean
    )
    told = f"{len(slips)} faulty edits of the shipped FAQ under a running bot"
    return Line("P12", told, "; ".join(faults) or came, not faults and not clean)


async def _slip(it: Rig, slip: Slip, faq: Path, within: float) -> float:
    """Make the edit; returns the seconds until the admins were told."""
    heard = len(it.sim.world.said_by_bot[it.admins.id])
    await asyncio.to_thread(slip.do, faq)
    begun = time.monotonic()
    text = await said(it.sim, it.admins.id, *slip.words, seconds=90, after=heard)
    took = time.monotonic() - begun
    if took > within and not slip.warns:
        raise AssertionError(f"told after {took:.1f} s")
    if not slip.warns and "FAQ集に1件の誤り" not in text:
        raise AssertionError(f"not one finding: {text[:300]}")
    return took if not slip.warns else 0.0


async def _ask(it: Rig, number: int) -> str:
    who = it.resident(10_000 + number)
    who.write(_QUESTION)
    return await who.hears(_ANSWER, seconds=60)


def _put_back(sound: Path, faq: Path) -> None:
    """Restore the files; their times and sizes also differ from the edit's."""
    shutil.rmtree(faq)
    copy_faq(sound, faq)
    for path in faq.rglob("*.yaml"):
        path.touch()
