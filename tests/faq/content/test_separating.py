"""Moving phrasings out of the files of answers line by line keeps comments, quotes and line endings."""

from __future__ import annotations

import pytest

from faq.content.separating import MeaningChangedError, separated
from tests.small_faq import texts

NAME, THERE = "entries/a.yaml", "phrasings/a.yaml"
HEAD = "# yaml-language-server: $schema=schema.json\n# あいさつ\nreplies:\n"
REPLY = "  - id: {id}\n    reply: {{ja: はい, en: hi}}\n"


def moved(text: str, **others: str) -> tuple[str, str]:
    found = separated({NAME: text} | others).texts
    return found[NAME], found.get(THERE, "")


def test_lines_keep_their_comments_quotes_and_order() -> None:
    text = (
        HEAD
        + REPLY.format(id="hello")
        + "    # 朝の言い方\n"
        + "    utterances:  # ここから\n"
        + "      ja:\n      # 丁寧\n        - 'おはよう'\n\n# 夜\n        - |\n            こんばんは\n             です\n"
        + "      en: [\"hi\",\n        'hello']  # short\n      # まで\n"
        + "    # 順\n    priority: 3\n"
        + REPLY.format(id="bye")
        + "    utterances: {ja: [さようなら]}\n"
    )
    kept, there = moved(text)
    assert kept == (HEAD + REPLY.format(id="hello") + "    # 順\n    priority: 3\n" + REPLY.format(id="bye"))
    assert there == (
        "# yaml-language-server: $schema=../entries/schema.json\n"
        "# entries/a.yaml にあるものの言い方。id ごと、言語ごとに書きます。\n"
        "phrasings:\n"
        "  # 朝の言い方\n"
        "  hello:  # ここから\n"
        "    ja:\n    # 丁寧\n      - 'おはよう'\n\n# 夜\n      - |\n          こんばんは\n           です\n"
        "    en: [\"hi\",\n      'hello']  # short\n    # まで\n"
        "  bye: {ja: [さようなら]}\n"
    )


def test_line_ends_of_windows_and_a_sign_at_the_start_stay() -> None:
    text = "\ufeff" + (HEAD + REPLY.format(id="hello") + "    utterances:\n      ja: [はい]").replace(
        "\n", "\r\n"
    )
    kept, there = moved(text)
    assert kept == "\ufeff" + (HEAD + REPLY.format(id="hello")).replace("\n", "\r\n")
    assert there.endswith("phrasings:\r\n  hello:\r\n    ja: [はい]\n")
    assert there.startswith("# yaml-language-server")


def test_what_was_moved_is_not_moved_again() -> None:
    once = separated(texts())
    assert once.moved == [
        ("entries/_common.yaml", "phrasings/_common.yaml", 4, 11), (NAME.replace("a.", "ponds."), THERE.replace("a.", "ponds."), 3, 18),
    ]  # fmt: skip
    again = separated(once.texts)
    assert (again.moved, again.left) == ([], [])
    assert again.texts == once.texts


def test_phrasings_are_added_below_those_that_are_there_as_far_to_the_right() -> None:
    text = HEAD + REPLY.format(id="hello") + "    utterances:\n      ja: [はい]\n" + REPLY.format(id="bye")
    kept, there = moved(text, **{THERE: "phrasings:\n    bye:\n        ja: [またね]"})
    assert "utterances" not in kept
    assert there == "phrasings:\n    bye:\n        ja: [またね]\n    hello:\n      ja: [はい]\n"


@pytest.mark.parametrize(
    ("text", "there", "words"),
    [
        ("  - {id: hello, reply: {ja: a, en: b}, utterances: {ja: [c]}}\n", None, "「hello」の言い方は、行に分かれていません"),
        ("  - utterances: {ja: [c]}\n    id: hello\n    reply: {ja: a, en: b}\n", None, "「hello」の言い方は、行に分かれていません"),
        (REPLY.format(id="hello") + "    utterances: {ja: [c]}\n", "phrasings:\n  hello: {en: [c]}\n", "「hello」の言い方は phrasings/ にもあります"),
        (REPLY.format(id="hello") + "    utterances: {ja: [c]}\n", "ours: [c]\nphrasings:\n  hi: {en: [c]}\n", "ほかのものもあります"),
    ],
)  # fmt: skip
def test_what_cannot_be_cut_out_stays_and_is_named(text: str, there: str | None, words: str) -> None:
    files = {NAME: HEAD + text} | ({THERE: there} if there else {})
    found = separated(files)
    assert found.texts == files
    (stays,) = found.left
    assert stays.source == NAME
    assert words in stays.message
    assert "phrasings/a.yaml に書き写してください" in stays.hint


def test_lines_that_other_lines_refer_to_are_refused_with_the_file() -> None:
    first = REPLY.format(id="hello") + "    utterances: &u\n      ja: [はい]\n"
    text = HEAD + first + REPLY.format(id="bye") + "    whole: &w [やあ]\n    utterances:\n      ja: *w\n"
    with pytest.raises(MeaningChangedError, match=r"^entries/a\.yaml:1:1: .*「&」「\*」"):
        separated({NAME: text, "entries/b.yaml": "ours: [x]\n"})


def test_a_file_of_labelled_messages_moves_whole() -> None:
    body = "signals:\n  - {id: fire, kind: danger, writer: a, reply: hello, messages: {ja: [火事]}}\n"
    files = {"entries/signals-x.yaml": "# yaml-language-server: $schema=schema.json\n# 危険\n" + body}
    found = separated(files)
    assert found.moved == [("entries/signals-x.yaml", "phrasings/signals-x.yaml", 1, 1)]
    assert found.texts == {
        "phrasings/signals-x.yaml": "# yaml-language-server: $schema=../entries/schema.json\n# 危険\n" + body
    }
