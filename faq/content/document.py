"""One YAML file of the FAQ as a value. Any section may stand in any file; the shipped files hold one kind each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Final

from pydantic import Field

from faq.content.decoy import Decoy, DecoyKind, Reply
from faq.content.entry import Entry, EntryGroup
from faq.content.example import Example
from faq.content.model import Model, Phrasings, Text, Texts
from faq.content.profile import Profile
from faq.content.provenance import Source
from faq.content.signal import Lookalike, Signal
from faq.content.talk import Talk
from faq.content.window import Purpose, Window
from faq.content.wish import Wish

ENTRIES: Final = "entries/"
PHRASINGS: Final = "phrasings/"
FOLDERS: Final = ("entries", "phrasings", "examples")
"""Folders of an FAQ's files: answers, phrasings, and labelled examples."""


class Document(Model):
    """The sections that a file may have."""

    profile: Annotated[Profile | None, Field(description="この町のこと (profile.yaml)")] = None
    entries: Annotated[tuple[Entry, ...], Field(description="質問と回答")] = ()
    phrasings: Annotated[
        dict[Text, Phrasings],
        Field(description="住民の言い方。回答・返事・対象外の用件の id ごと、言語ごとに"),
    ] = Field(default_factory=dict)
    wishes: Annotated[
        dict[Wish, Phrasings],
        Field(description="質問でなく、してほしいことの言い方 (もう一度、短く、英語で、戻る…)"),
    ] = Field(default_factory=dict)
    groups: Annotated[tuple[EntryGroup, ...], Field(description="メニューの分類。この順に並ぶ")] = ()
    synonyms: Annotated[tuple[Texts, ...], Field(description="同じ意味・表記ゆれの語の組")] = ()
    readings: Annotated[dict[Text, Text], Field(description="語とその読み (ひらがな)")] = Field(
        default_factory=dict
    )
    ours: Annotated[tuple[Text, ...], Field(description="この語があれば、対象外の語だけでは決めない")] = ()
    sources: Annotated[tuple[Source, ...], Field(description="出典のページ")] = ()
    purposes: Annotated[tuple[Purpose, ...], Field(description="窓口が受ける用件")] = ()
    windows: Annotated[tuple[Window, ...], Field(description="窓口")] = ()
    replies: Annotated[tuple[Reply, ...], Field(description="あいさつ・緊急などの決まった返事")] = ()
    signals: Annotated[tuple[Signal, ...], Field(description="聞きのがさない文 (危険・苦情)")] = ()
    lookalikes: Annotated[tuple[Lookalike, ...], Field(description="似ているが、そうでない文")] = ()
    kinds: Annotated[tuple[DecoyKind, ...], Field(description="ここの仕事でない用件の種類")] = ()
    decoys: Annotated[tuple[Decoy, ...], Field(description="ここの仕事でない用件")] = ()
    talks: Annotated[tuple[Talk, ...], Field(description="続きのある話の例 (テスト)")] = ()
    examples: Annotated[tuple[Example, ...], Field(description="言い方と、正しい回答の id (テスト)")] = ()


def profile_of(files: Iterable[Document]) -> Profile:
    """The town's profile, whichever file holds it; the checks see to it that one does."""
    return next(file.profile for file in files if file.profile is not None)
