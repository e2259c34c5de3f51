"""Reading an FAQ folder: its texts, and every fault of the disk as a finding. No content raises an exception."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from faq.checks.version_lock import LOCK_NAME
from faq.content.document import FOLDERS
from faq.content.problem import Problem, Severity, unforeseen
from faq.content.profile import PROFILE_NAME, holds_profile
from faq.training.fitted_file import FITTED_NAME

_MOST_BYTES: Final = 20_000_000
_MOST_BYTES_TOGETHER: Final = 100_000_000
_MOST_FILES: Final = 1_000
_MISNAMED: Final = (".yml", ".yaml.txt", ".yml.txt", ".txt", ".yam", ".ymal")
"""Wrong suffixes that an editor or a system may give a ``.yaml`` file."""
_SECTION_LINE: Final = ("entries:", "groups:", "sources:", "purposes:", "windows:", "replies:", "kinds:", "decoys:",
                        "examples:", "readings:", "synonyms:", "ours:", "phrasings:", "signals:", "lookalikes:", "profile:")  # fmt: skip

PROFILE_BORROWED: Final = "profile-borrowed"
"""Code of the finding that the shipped profile is used because the folder has none."""
_PROFILE_STEM: Final = PROFILE_NAME.removesuffix(".yaml")

Stamp = tuple[tuple[str, int, int, int], ...]
"""Name, size, modification time (ns) and kind of everything in the folders; an edit changes it."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The folder's content. ``files`` are by their path below the folder; ``unreadable`` are faults of the disk."""

    files: Mapping[str, str]
    lock: str | None
    fitted: str | None
    unreadable: tuple[Problem, ...] = ()


def read(folder: Path) -> Texts:
    """Read every file of the FAQ. A file that cannot be read, or is where none is read, becomes a problem."""
    files: dict[str, str] = {}
    beside: dict[str, str] = {}
    faults: list[Problem] = []
    total = 0
    try:
        if not (folder / "entries").is_dir():
            return Texts({}, None, None, (_no_folder(folder),))
        found = list(_listed(folder))
    except Exception as error:
        return Texts({}, None, None, (_refused("entries", error),))
    for number, path in enumerate(found):
        name = path.relative_to(folder).as_posix()
        is_ours = path.name in (LOCK_NAME, FITTED_NAME)
        try:
            if not (is_ours or path.suffix == ".yaml"):
                faults += _misnamed(path, name)
                continue
            if number >= _MOST_FILES or total > _MOST_BYTES_TOGETHER:
                hint = "使わないファイルをフォルダの外に移してください"
                faults.append(
                    Problem(name, 1, 1, "folder-too-large", "フォルダの中のファイルが多すぎます", hint)
                )
                break
            read_text = _text(path, name)
        except Exception as error:  # a disk may fail in any way; one file must not hide the others
            read_text = _refused(name, error)
        if isinstance(read_text, Problem):
            faults.append(read_text)
            continue
        total += len(read_text)
        (beside if is_ours else files)[path.name if is_ours else name] = read_text
    return Texts(files, beside.get(LOCK_NAME), beside.get(FITTED_NAME), tuple(faults))


def with_profile(texts: Texts, shipped: str, before: Mapping[str, str]) -> Texts:
    """The texts, with the shipped profile and a finding where the folder is older than profiles and has none.

    Where ``before`` has a profile, the folder has lost it: that is a fault, and no other town's profile is used.
    """
    is_known = before.get(PROFILE_NAME, shipped) != shipped
    if (
        not shipped
        or is_known
        or not texts.files
        or any(holds_profile(text) for text in texts.files.values())
    ):
        return texts
    if any(problem.source.startswith(f"{_PROFILE_STEM}.") for problem in texts.unreadable):
        return texts
    hint = (
        f"madoguchi migrate-content DIR が {PROFILE_NAME} を書きます。書けたら、この町のことに直してください"
    )
    told = f"{PROFILE_NAME} がないので、配られたものに書いてある町の名前などを使っています"
    missing = Problem(PROFILE_NAME, 1, 1, PROFILE_BORROWED, told, hint, Severity.WARNING)
    return replace(
        texts, files={**texts.files, PROFILE_NAME: shipped}, unreadable=(*texts.unreadable, missing)
    )


def stamp(folder: Path) -> Stamp:
    """The folder's stamp; empty where it cannot be read."""
    stamps = []
    try:
        for path in _listed(folder):
            try:
                state = path.stat()
            except OSError:
                stamps.append((str(path), -1, 0, 0))
                continue
            stamps.append((str(path), state.st_size, state.st_mtime_ns, state.st_mode))
    except OSError:
        return ()
    return tuple(stamps)


def _listed(folder: Path) -> Iterator[Path]:
    """Everything an editor may have put there, also one folder deeper; without files that programs leave behind."""
    for name in FOLDERS:
        if not (folder / name).is_dir():
            continue
        for path in sorted((folder / name).iterdir()):
            if path.name.startswith((".", "#", "~")) or path.suffix == ".npz" or path.name == "schema.json":
                continue
            yield path
            if path.is_dir() and path.suffix != ".yaml":
                yield from sorted(path.glob("*.yaml"))
    yield from sorted(path for path in folder.glob(f"{_PROFILE_STEM}.*") if path.suffix != ".py")


def _text(path: Path, name: str) -> str | Problem:
    if path.parent.parent.name in FOLDERS and path.parent.name not in FOLDERS:
        hint = f"{path.name} を1つ上のフォルダに移してください"
        told = f"サブフォルダ「{path.parent.name}」の中のファイルは読まれません"
        return Problem(name, 1, 1, "file-in-subfolder", told, hint)
    if path.is_symlink() and not path.exists():
        hint = "リンク先のファイルを戻すか、リンクを消してファイルそのものを置いてください"
        return Problem(name, 1, 1, "link-dangling", "リンクの先にファイルがありません", hint)
    state = path.stat()
    if stat.S_ISDIR(state.st_mode):
        hint = "フォルダの名前から .yaml を取るか、フォルダを消してください"
        return Problem(name, 1, 1, "file-is-folder", "ファイルではなく、フォルダです", hint)
    if not stat.S_ISREG(state.st_mode):
        return Problem(
            name,
            1,
            1,
            "file-special",
            "ふつうのファイルではありません",
            "消して、ふつうのファイルを置いてください",
        )
    if state.st_size > _MOST_BYTES:
        hint = f"{_MOST_BYTES // 1_000_000}MBより小さいファイルに分けてください"
        return Problem(name, 1, 1, "file-too-large", "ファイルが大きすぎます", hint)
    with path.open("rb") as file:
        raw = file.read(_MOST_BYTES + 1)
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return _other_encoding(raw, name, error.start)


def _other_encoding(raw: bytes, name: str, start: int) -> Problem:
    hint = "エディタで文字コードUTF-8を選んで保存し直してください"
    line = raw.count(b"\n", 0, start) + 1
    column = len(raw[raw.rfind(b"\n", 0, start) + 1 : start].decode("utf-8", "replace")) + 1
    kind = ""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        kind, line, column = " (UTF-16で保存されています)", 1, 1
    else:
        for encoding, called in (("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP")):
            try:
                raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            kind = f" ({called}で保存されたようです)"
            break
    return Problem(name, line, column, "file-not-utf8", f"UTF-8の文字ではありません{kind}", hint)


def _misnamed(path: Path, name: str) -> list[Problem]:
    """A file with a wrong suffix: an error, unless the file with the right name exists, too."""
    if path.is_dir():
        return []
    end = next((end for end in _MISNAMED if path.name.lower().endswith(end)), "")
    is_cased = path.suffix != ".yaml" and path.suffix.lower() == ".yaml"
    if not end and not is_cased:
        return []
    right = path.with_name((path.name[: -len(end)] if end else path.stem) + ".yaml")
    if end == ".txt" and not _looks_like_faq(path):
        return []
    there = right.exists() and not (is_cased and right.samefile(path))
    hint = (
        f"要らなければ消してください ({right.name} は読まれています)"
        if there
        else f"名前を {right.name} に変えてください"
    )
    told = "名前の終わりが .yaml ではないので、読まれません"
    severity = Severity.WARNING if there else Severity.ERROR
    return [Problem(name, 1, 1, "file-misnamed", told, hint, severity)]


def _looks_like_faq(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(_MOST_BYTES).decode("utf-8", "replace")
    return any(line.startswith(_SECTION_LINE) for line in head.splitlines())


def _no_folder(folder: Path) -> Problem:
    hint = "フォルダを元に戻すか、config.yaml の faq: folder: (または --faq) を直してください。新しく作るなら madoguchi init DIR"
    return Problem(str(folder), 1, 1, "folder-missing", "FAQ集のフォルダ (entries/) がありません", hint)


def _refused(name: str, error: Exception) -> Problem:
    if not isinstance(error, OSError):
        return unforeseen(name, error)
    if isinstance(error, PermissionError):
        return Problem(
            name,
            1,
            1,
            "file-unreadable",
            "読む権限がありません",
            "ファイルとフォルダの権限を見直してください",
        )
    if isinstance(error, FileNotFoundError):
        return Problem(
            name,
            1,
            1,
            "file-vanished",
            "読むあいだに消えました",
            "保存し終えてから、もう一度確かめてください",
        )
    told = f"ディスクから読めません ({error.strerror or type(error).__name__})"
    return Problem(name, 1, 1, "file-unreadable", told, "ファイルを置き直してください")
