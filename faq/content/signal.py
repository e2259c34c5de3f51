"""What is to be heard in a message whatever else it asks: danger to a person, and complaints."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from faq.content.model import Id, Model, Phrasings, Terms


class SignalKind(StrEnum):
    """A danger gets a reply of its own before anything else; a complaint decides who may read it."""

    DANGER = "danger"
    COMPLAINT = "complaint"


class Signal(Model):
    """Messages that carry one signal, as residents write them: a detector learns from them.

    A danger names the ``reply`` it gets, a complaint the ``entry``. Messages of several writers stand in signals of the
    same ``id``: the writer tells which of them resemble one another. Messages that are ``held`` back teach nothing; the
    lines are drawn on them, and nobody who wrote one of them may have written any that teach. A text that holds a word of
    every group in ``words`` may complain, whatever the detector says: its writer is asked.
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
    """Messages that share words with a signal and do not carry it (「死ぬほど忙しい」, 「苦情ではないのですが」)."""

    kind: SignalKind
    writer: Id
    held: bool = False
    messages: Phrasings
