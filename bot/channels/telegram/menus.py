"""The command menus that Telegram shows: by scope (private chats, the desk, the admins) and by language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from telegram import Bot, BotCommand, BotCommandScope, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import TelegramError

_Menu = tuple[tuple[str, str], ...]

_NAMES: Final = (
    "start",
    "menu",
    "person",
    "status",
    "history",
    "language",
    "help",
    "privacy",
    "mydata",
    "forget",
    "stop",
)
_PRIVATE: Final[dict[str, tuple[str, ...]]] = {
    "ja": ("はじめから", "一覧から選ぶ", "職員に聞く", "順番と見込み", "これまでの受付", "言語を選ぶ / Language", "使い方",
           "記録の扱い", "保存しているものを見る", "ぜんぶ消す", "取り下げる"),
    "": ("Start again", "Choose from a list", "Ask a person", "Your place in the queue", "Your tickets",
         "Choose a language", "How to use this", "What is kept", "See what is stored", "Erase it all", "Withdraw"),
    "zh": ("重新开始", "从列表中选择", "联系工作人员", "排队情况", "以往的咨询", "选择语言", "使用方法", "记录的处理", "查看保存的内容",
           "全部删除", "撤回"),
    "ko": ("처음부터", "목록에서 고르기", "직원에게 문의", "순서와 예상", "지난 접수", "언어 선택", "사용 방법", "기록의 취급",
           "저장된 내용 보기", "모두 지우기", "취소"),
}  # fmt: skip
_DESK: Final[_Menu] = (
    ("queue", "待っている受付"), ("mine", "自分の担当"), ("ticket", "受付票を見る: /ticket 番号"), ("find", "探す: /find 語"),
    ("reply", "返信: /reply 番号 文 (/r)"), ("quote", "決まった回答: /quote 番号 id"), ("hi", "定型文: /hi 番号 名前"),
    ("note", "メモ: /note 番号 文"), ("tag", "タグ: /tag 番号 語"), ("snooze", "後回し: /snooze 番号 30分"),
    ("transfer", "渡す: /transfer 番号 名前"), ("merge", "まとめる: /merge 番号 番号"), ("history", "その住民の受付: /history 番号"),
    ("done", "対応完了: /done 番号"), ("help", "使い方"),
)  # fmt: skip
_ADMINS: Final[_Menu] = (("reload", "FAQを読み直す"), ("check", "FAQを調べる"))


async def set_commands(bot: Bot, desks: Sequence[int], admins: int | None) -> list[str]:
    """Register every menu; returns the names of those that failed. One failure does not stop the others."""
    failed = []

    async def put(menu: _Menu, scope: BotCommandScope, language: str = "") -> None:
        try:
            await bot.set_my_commands([BotCommand(*c) for c in menu], scope, language or None)
        except TelegramError as error:
            failed.append(f"{scope.type}:{language or '-'} ({type(error).__name__})")

    for language, words in _PRIVATE.items():
        await put(tuple(zip(_NAMES, words, strict=True)), BotCommandScopeAllPrivateChats(), language)
    if admins is not None and admins not in desks:
        await put(_ADMINS, BotCommandScopeChat(admins))
    for chat in desks:
        await put((*_DESK, *_ADMINS) if chat == admins else _DESK, BotCommandScopeChat(chat))
    return failed
