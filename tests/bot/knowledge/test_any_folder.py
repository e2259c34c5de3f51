"""Any content of an FAQ folder: nothing is raised, and it is served or reported with its place."""
# ruff: noqa: E501 - the lines are quoted as they are read

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.errors import ConfigError
from bot.knowledge import folder as folders
from bot.knowledge.folder import Texts
from bot.knowledge.library import Library
from bot.settings.settings import load
from faq.content.problem import errors
from tests.small_faq import TODAY, lock_of, texts

LOCK, FITTED, PONDS, COMMON = (
    "entries/versions.lock",
    "entries/fitted.json",
    "entries/ponds.yaml",
    "entries/_common.yaml",
)
EXAMPLES = "examples/a.yaml"
KINDS = (PONDS, COMMON, EXAMPLES, LOCK, FITTED)
SOUND: dict[str, bytes] = {
    **{name: text.encode() for name, text in texts().items()},
    LOCK: lock_of(texts()).encode(),
    EXAMPLES: "examples:\n  - {text: 白鳥 登録したい, entry: swan-register}\n".encode(),
    FITTED: b"{}",
}
WRONG: tuple[object, ...] = (
    None, True, 0, -1, 10**30, 1.5, "", "x", "2027-02-30", [], {}, [[]], [None], {"a": None}, "あ" * 30_000, "\u202e", "{", "｛",
)  # fmt: skip
SCALARS = (
    "2027-02-30", "2026-13-45 99:99:99", "0001-01-01", ".inf", "-.inf", ".nan", "9" * 6000, "0x" + "f" * 4000, "190:20:30:40",
    "!!binary 'x'", "!!python/object/apply:os.system ['x']", "!!set {a, b}", "!!timestamp x", "!!int x", "!!bool x", "!!float x",
    "!!omap [a]", "=", "<<", "~", "*a", "&a b", "[&a x, *a]", "&a [*a]", "{<<: [x]}", "{<<: *a}", "{? [a] : b}", "? x", "|", ">",
    "'", '"\\ud800"', '"\\x00"', "%", "@", "`", "-", "---", "...", "\t", "\x00", "\ufeff", "\u2028", "\x85", "yes", "0o8", "1_0",
)  # fmt: skip


def write(root: Path, files: dict[str, bytes]) -> None:
    for name, raw in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(raw)


def served_or_told(root: Path) -> None:
    """Either a base or at least one error; every finding has file, line, column, text and remedy."""
    examined = Library(root, lambda: TODAY).judge()
    assert (examined.knowledge is None) == bool(errors(examined.problems))
    for problem in examined.problems:
        assert problem.source
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.message
        assert problem.hint
        assert len(str(problem)) < 700
        assert problem.code != "check-failed", str(problem)


def with_file(name: str, raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), {k: v for k, v in SOUND.items() if k != FITTED} | {name: raw})
        served_or_told(Path(folder))


MANY = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@MANY
@given(st.sampled_from(KINDS), st.binary(max_size=400))
@example(LOCK, "あ".encode("utf-16"))
@example(LOCK, '{"あ": 1}'.encode("cp932"))
@example(FITTED, '{"あ": 1}'.encode("utf-16"))
@example(COMMON, "# 窓口".encode("cp932"))
@example(PONDS, b"")
def test_any_bytes(name: str, raw: bytes) -> None:
    with_file(name, raw)


@MANY
@given(
    st.sampled_from(KINDS),
    st.integers(0, 2**32),
    st.sampled_from(("flip", "cut", "double", "drop", "insert")),
)
def test_any_damage_to_a_sound_file(name: str, seed: int, how: str) -> None:
    dice = random.Random(seed)
    raw = bytearray(SOUND[name])
    for _ in range(dice.randint(1, 3)):
        at, end = sorted((dice.randrange(len(raw) + 1), dice.randrange(len(raw) + 1)))
        match how:
            case "flip" if raw:
                raw[min(at, len(raw) - 1)] ^= 1 << dice.randrange(8)
            case "cut":
                del raw[at:]
            case "double":
                raw[at:at] = raw[at:end]
            case "drop":
                del raw[at:end]
            case _:
                raw[at:at] = dice.choice(SCALARS).encode("utf-8", "surrogatepass")
    with_file(name, bytes(raw))


@MANY
@given(st.sampled_from((PONDS, COMMON, EXAMPLES)), st.integers(0, 2**32), st.integers(0, len(WRONG) - 1))
def test_any_value_of_a_wrong_kind_under_any_key(name: str, seed: int, wrong: int) -> None:
    data = yaml.safe_load(SOUND[name])
    dice = random.Random(seed)
    here = data
    while True:
        keys = list(here) if isinstance(here, dict) else range(len(here))
        key = dice.choice(list(keys))
        if dice.random() < 0.3 or not isinstance(here[key], (dict, list)) or not here[key]:
            here[key] = WRONG[wrong]
            break
        here = here[key]
    with_file(name, yaml.safe_dump(data, allow_unicode=True).encode())


@pytest.mark.parametrize("scalar", SCALARS, ids=[ascii(scalar)[:20] for scalar in SCALARS])
def test_any_odd_scalar_anywhere(scalar: str) -> None:
    sound = SOUND[PONDS].decode()
    for old in ("2027-05-01", "swans", "    version: 1", "白鳥ボート 登録", "[ZZ]", "official"):
        new = old.replace("1", scalar) if old.strip().startswith("version") else scalar
        with_file(PONDS, sound.replace(old, new, 1).encode("utf-8", "surrogatepass"))


@MANY
@given(st.recursive(st.text(max_size=8) | st.integers() | st.none() | st.floats() | st.dates(),
                    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)))  # fmt: skip
def test_any_yaml(data: object) -> None:
    with_file(COMMON, yaml.safe_dump(data, allow_unicode=True).encode("utf-8", "surrogatepass"))


@MANY
@given(
    st.binary(max_size=200)
    | st.sampled_from(SCALARS).map(lambda s: f"desk:\n  closed_from: {s}\n".encode("utf-8", "surrogatepass"))
)
@example(b"desk:\n  closed_from: 2026-02-30\n")
@example(b"a: &a [*a]")
@example(b"rules: {offers: " + b"9" * 6000 + b"}")
@example(b"telegram: {webhook_listen: 'x:99999'}")
@example(b"telegram:\n  <<: {desk_chat: -5, admin_chat: -5}\n")
@example(b'faq: {folder: "a\\0b"}')
@example(b"roles: {staff: {9999999999999999999999999999999: x}}")
def test_any_config_is_read_or_refused_in_words(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config.yaml"
        path.write_bytes(raw)
        try:
            load(path, {})
        except ConfigError as error:
            assert str(error)  # noqa: PT017 - either result is right


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, {name: raw for name, raw in SOUND.items() if name != FITTED})
    return tmp_path


def moved(root: Path, new: str) -> None:
    (root / new).parent.mkdir(exist_ok=True)
    (root / COMMON).rename(root / new)


def as_link(root: Path, target: Path) -> None:
    (root / COMMON).unlink()
    (root / COMMON).symlink_to(target)


def as_folder(root: Path) -> None:
    (root / COMMON).unlink()
    (root / COMMON).mkdir()


def as_pipe(root: Path) -> None:
    (root / COMMON).unlink()
    os.mkfifo(root / COMMON)


ON_DISK: dict[str, tuple[Callable[[Path], object], str]] = {
    "another ending": (lambda root: moved(root, "entries/_common.yml"), "entries/_common.yml:1:1: 名前の終わりが .yaml ではないので、読まれません"),
    "an editor's ending": (lambda root: moved(root, "entries/_common.yaml.txt"), "名前を _common.yaml に変えてください"),
    "text": (lambda root: moved(root, "entries/_common.txt"), "entries/_common.txt:1:1: 名前の終わり"),
    "capitals": (lambda root: moved(root, "entries/_common.YAML"), "名前を _common.yaml に変えてください"),
    "a folder below": (lambda root: moved(root, "entries/more/_common.yaml"), "entries/more/_common.yaml:1:1: サブフォルダ「more」の中のファイルは読まれません"),
    "a dangling link": (lambda root: as_link(root, root / "nowhere"), "entries/_common.yaml:1:1: リンクの先にファイルがありません"),
    "a link to itself": (lambda root: as_link(root, root / COMMON), "リンクの先にファイルがありません"),
    "a folder of that name": (as_folder, "entries/_common.yaml:1:1: ファイルではなく、フォルダです"),
    "a pipe": (as_pipe, "ふつうのファイルではありません"),
    "a device": (lambda root: as_link(root, Path("/dev/zero")), "ふつうのファイルではありません"),
    "Shift_JIS": (lambda root: (root / COMMON).write_bytes((root / COMMON).read_text().encode("cp932")), "entries/_common.yaml:3:29: UTF-8の文字ではありません (Shift_JISで保存されたようです)"),
    "UTF-16": (lambda root: (root / COMMON).write_bytes((root / COMMON).read_text().encode("utf-16")), "entries/_common.yaml:1:1: UTF-8の文字ではありません (UTF-16で保存されています)"),
    "the lock in Shift_JIS": (lambda root: (root / LOCK).write_bytes("{\"窓口\": {}}".encode("cp932")), "entries/versions.lock:1:3: UTF-8の文字ではありません (Shift_JIS"),
    "the lock in UTF-16": (lambda root: (root / LOCK).write_bytes((root / LOCK).read_text().encode("utf-16")), "entries/versions.lock:1:1: UTF-8の文字ではありません (UTF-16"),
    "fitted.json in UTF-16": (lambda root: (root / FITTED).write_bytes("{}".encode("utf-16")), "entries/fitted.json:1:1: UTF-8の文字ではありません (UTF-16"),
    "emptied": (lambda root: (root / COMMON).write_bytes(b"\n"), "entries/_common.yaml:1:1: ファイルが空です"),
    "no entries": (lambda root: shutil.rmtree(root / "entries"), "FAQ集のフォルダ (entries/) がありません"),
    "more than fits": (lambda root: os.truncate(root / COMMON, 21_000_000), "entries/_common.yaml:1:1: ファイルが大きすぎます"),
}  # fmt: skip


@pytest.mark.parametrize(("do", "words"), ON_DISK.values(), ids=ON_DISK.keys())
def test_what_the_disk_holds_is_one_finding_that_names_it(
    root: Path, do: Callable[[Path], object], words: str
) -> None:
    do(root)
    found = errors(Library(root, lambda: TODAY).judge().problems)
    assert len(found) == 1, [str(problem) for problem in found]
    assert words in str(found[0])


def test_a_byte_order_mark_line_ends_of_windows_and_good_links_are_read(root: Path, tmp_path: Path) -> None:
    raw = SOUND[PONDS].decode()
    (root / PONDS).write_bytes(b"\xef\xbb\xbf" + raw.replace("\n", "\r\n").encode())
    elsewhere = tmp_path / "elsewhere.yaml"
    (root / COMMON).rename(elsewhere)
    (root / COMMON).symlink_to(elsewhere)
    assert Library(root, lambda: TODAY).judge().knowledge is not None


def test_a_second_copy_and_what_programs_leave_behind_do_not_stop_serving(root: Path) -> None:
    for name in (
        "entries/_common.yml",
        "entries/.ponds.yaml.swp",
        "entries/ponds.yaml~",
        "entries/.DS_Store",
        "entries/notes.txt",
        "README.md",
    ):
        (root / name).write_bytes(b"entries: x" if name.endswith(".yml") else b"\xff words")
    examined = Library(root, lambda: TODAY).judge()
    assert examined.knowledge is not None
    assert [p.source for p in examined.problems if p.code == "file-misnamed"] == ["entries/_common.yml"]


def test_a_fault_of_the_checks_themselves_is_told_with_its_kind_and_the_file(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> object:
        raise RecursionError("too deep")

    monkeypatch.setattr("faq.content.parse.Document.model_validate", fails)
    told = errors(Library(root, lambda: TODAY).judge().problems)
    assert "entries/ponds.yaml:1:1: ここを調べる途中で、調べる側が止まりました (RecursionError)" in "\n".join(
        map(str, told)
    )
    monkeypatch.undo()
    monkeypatch.setattr(
        "faq.checks.lint._answers", lambda base: [1 / (len(base.entries) - 3) for _ in base.entries]
    )
    found = errors(Library(root, lambda: TODAY).judge().problems)
    assert [str(p).split(";")[0] for p in found] == [
        "entries/ponds.yaml:1:1: ここを調べる途中で、調べる側が止まりました (ZeroDivisionError)"
    ]
    monkeypatch.undo()
    monkeypatch.setattr("faq.checks.validate.version_lock.check", fails)
    assert "RecursionError" in str(errors(Library(root, lambda: TODAY).judge().problems)[0])
    monkeypatch.undo()
    monkeypatch.setattr(folders, "_text", fails)
    assert "RecursionError" in str(errors(Library(root, lambda: TODAY).judge().problems)[0])


def test_texts_that_were_judged_already_are_not_judged_again(root: Path) -> None:
    library = Library(root, lambda: TODAY)
    first = library.judge()
    (root / PONDS).touch()
    assert library.judge() is first
    assert first.texts == Texts(first.texts.files, first.texts.lock, None)
