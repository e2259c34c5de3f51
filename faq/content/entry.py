"""An entry: one question, one fixed answer per version, and its phrasings."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from faq.content.model import Day, Id, LocalText, Model, Phrasings, Terms, Text
from faq.content.provenance import Provenance, SourceKey

_HIGHEST: Final = 99_999


class Change(Model):
    """What changed in a version of an answer, for staff and the history."""

    version: Annotated[int, Field(ge=1, le=_HIGHEST)]
    date: Day
    note: Text


class Entry(Model):
    """One FAQ item, as an admin writes it in ``faq/entries/<topic>.yaml``.

    ``utterances`` includes those of ``faq/phrasings/`` after :func:`faq.content.joining.joined`.
    """

    id: Id
    group: Annotated[Id, Field(description="メニューの分類 (_common.yaml の groups の id)")]
    version: Annotated[
        int, Field(ge=1, le=_HIGHEST, description="回答を変えたら1つ上げ、changes に理由を書く")
    ]
    question: LocalText
    button: Annotated[LocalText, Field(description="ボタンに出る短い題 (日本語18字、英語32字まで)")]
    answer: Annotated[LocalText, Field(description="電話番号は書かず {window:ID|PURPOSE} と書く")]
    utterances: Annotated[
        Phrasings, Field(description="住民の言い方。言語ごとに。ふつうは phrasings/ のファイルに書く")
    ] = Field(default_factory=dict)
    sources: Annotated[
        tuple[SourceKey, ...], Field(description="sources.yaml の key。not_found のときだけ空でよい")
    ] = ()
    checked_on: Annotated[Day, Field(description="出典を読んで確かめた日")]
    verified_on: Annotated[Day | None, Field(description="人が実際のページを見て確かめた日")] = None
    verified_by: Text | None = None
    provenance: Provenance
    review_on: Annotated[Day, Field(description="この日までに見直す")]
    valid_from: Day | None = None
    valid_until: Day | None = None
    requires: Annotated[Terms, Field(description="語の組。どの組からも1語以上が必要")] = ()
    forbids: Annotated[tuple[Text, ...], Field(description="この語があれば答えない (長い語を先に読む)")] = ()
    must_not_say: Annotated[
        tuple[Text, ...], Field(description="職員の返信に書いてはいけない文の正規表現")
    ] = ()
    windows: tuple[Id, ...] = ()
    changes: Annotated[tuple[Change, ...], Field(min_length=1)]


class EntryGroup(Model):
    """A group of entries: one button on the menu's first page."""

    id: Id
    label: LocalText
