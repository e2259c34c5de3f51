"""Texts for the admins about the machine, sent without the record."""

from __future__ import annotations

from typing import Final

TROUBLES: Final = {
    "full": "⚠️ ディスクがいっぱいで、記録ができません。\n"
    "届いたメッセージは失われません(書けるようになるまで、Telegram側で待ちます)。返事はしばらく止まります。\n"
    "サーバーの空きを作ってください。空けば、自動で続けます。",
    "locked": "⚠️ ほかのプログラムがデータベースを使っているため、記録ができません。\n"
    "届いたメッセージは失われません。終わるのを待って、自動で続けます。\n"
    "長く続くときは、サーバーでデータベースを開いているプログラム(バックアップ、閲覧ソフトなど)を止めてください。",
    "damaged": "🚨 データベースが壊れているところがあります。\n"
    "サーバーで まどぐち を止め、madoguchi doctor で確かめて、madoguchi restore FILE でバックアップに戻してください。"
    "今のファイルは横に残ります。",
    "unusable": "🚨 データベースのファイルを読み書きできません。\n"
    "届いたメッセージは失われません。サーバーのディスクと、ファイルの権限を確かめてください。直れば、自動で続けます。",
}
REMEDIES: Final = {
    "full": "make room on the disk; it goes on by itself",
    "locked": "waiting; if it lasts, stop the other program that uses the database (fuser FILE)",
    "damaged": "stop the bot, run `madoguchi doctor`, then `madoguchi restore FILE` (a backup)",
    "unusable": "check the disk and the rights of the database's file; it goes on by itself",
}
WELL_AGAIN: Final = "✅ また記録できるようになりました。待っていたメッセージから、続けています。"
LOOP_FAILED: Final = (
    "⚠️ 内部の不具合がありました({loop}、{error})。自動でやり直しています。"
    "くり返すときは、サーバーのログを開発元に知らせてください。"
)
