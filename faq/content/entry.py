"""An entry: one question, one fixed answer per version, and its phrasings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import Field, model_validator

from faq.content.model import Day, Id, LocalText, Model, Phrasings, Terms, Text
from faq.content.provenance import Provenance, SourceKey
from faq.language import Language, Words

_HIGHEST: Final = 99_999
CORE_MISSING: Final = "core-missing"
CORE_TWICE: Final = "core-twice"


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
    core: Annotated[
        LocalText | None,
        Field(
            description="はじめに見える文。21字で7行くらいまで。電話番号は書かず {window:ID|PURPOSE} と書く"
        ),
    ] = None
    detail: Annotated[
        LocalText | None, Field(description="くわしい文。押すと見える。書き方は core と同じ")
    ] = None
    answer: Annotated[LocalText | None, Field(description="前の書き方。core と同じ意味")] = None
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

    @model_validator(mode="after")
    def _has_one_core(self) -> Entry:
        if self.core is None and self.answer is None:
            raise ValueError(CORE_MISSING)
        if self.core is not None and self.answer is not None:
            raise ValueError(CORE_TWICE)
        return self

    @property
    def first(self) -> Words:
        """The text that is read first, by language."""
        return self.core or self.answer or {}

    def texts(self) -> Iterator[tuple[str, Language, str]]:
        """Every text of the answer, with its key in the YAML and its language."""
        for key, words in (("core", self.core), ("answer", self.answer), ("detail", self.detail)):
            for language, text in (words or {}).items():
                yield key, language, text


class EntryGroup(Model):
    """A group of entries: one button on the menu's first page."""

    id: Id
    label: LocalText
