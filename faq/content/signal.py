"""Signals that are heard in a message whatever it asks: danger to a person, and complaints."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from faq.content.model import Id, Model, Phrasings, Terms


class SignalKind(StrEnum):
    """A danger gets its reply before anything else; a complaint decides who may read the message."""

    DANGER = "danger"
    COMPLAINT = "complaint"


class Signal(Model):
    """Messages that carry one signal, as residents write them: training data of a detector.

    A danger names its ``reply``, a complaint its ``entry``. Messages of several writers are in several signals with
    the same ``id``. ``held`` messages are not used for training but to choose the lines; their writers may not have
    written training messages. A text with a word of every group in ``words`` may be a complaint, whatever the
    detector says: its writer is asked.
    """

    id: Id
    kind: SignalKind
    writer: Annotated[Id, Field(description="だれが書いたか(似た書き方をまとめる名前)")]
    reply: Annotated[Id | None, Field(description="危険のとき: 決まった返事の id")] = None
    entry: Annotated[Id | None, Field(description="苦情のとき: 回答の id")] = None
    held: Annotated[bool, Field(description="true なら学習に使わず、線を引くのに使う")] = False
    words: Annotated[
        Terms, Field(description="苦情のとき: 語の組。どの組からも1語以上あれば、苦情かどうかを本人に聞く")
    ]
    messages: Phrasings


class Lookalike(Model):
    """Messages that share words with a signal without carrying it (「死ぬほど忙しい」, 「苦情ではないのですが」)."""

    kind: SignalKind
    writer: Id
    held: bool = False
    messages: Phrasings
