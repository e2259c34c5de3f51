"""What is at a path where a file is wanted, and what to do where the system refuses to write one: for messages."""

from __future__ import annotations

import errno
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True, slots=True)
class Standing:
    """A kind of thing that is not a regular file, in both languages."""

    japanese: str
    english: str


NOTHING: Final = Standing("ファイルがありません", "no such file")
FOLDER: Final = Standing("フォルダです。ファイルではありません", "is a folder, not a file")
LOOP: Final = Standing(
    "リンクが、ぐるぐる回っていて、どのファイルにも着きません", "is a link that leads back to itself"
)
DANGLING: Final = Standing(
    "リンクの先に、ファイルがありません", "is a link that leads to nothing: the file it names is not there"
)
HIDDEN: Final = Standing(
    "フォルダの権限がなく、見られません", "cannot be read: a folder in its path forbids it"
)
UNNAMEABLE: Final = Standing(
    "ファイルの名前に使えません (長すぎるか、使えない文字があります)",
    "cannot be the name of a file (too long, or with characters that none may have)",
)
DEVICE: Final = Standing(
    "ふつうのファイルではありません (装置か、パイプです)", "is a device or a pipe, not a file"
)


def in_the_way(path: Path) -> Standing | None:
    """Why no regular file can be used at ``path``; ``None`` where there is one. Links are followed."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return DANGLING if path.is_symlink() else NOTHING
    except NotADirectoryError:
        return NOTHING
    except PermissionError:
        return HIDDEN
    except ValueError:  # a null byte
        return UNNAMEABLE
    except OSError as error:
        return LOOP if error.errno == errno.ELOOP else UNNAMEABLE
    if stat.S_ISREG(mode):
        return None
    return FOLDER if stat.S_ISDIR(mode) else DEVICE


_REMEDIES: Final[Mapping[int, str]] = {
    errno.ENOSPC: "the disk is full: make room on it (df -h shows how much there is) and try again",
    errno.EDQUOT: "this user's share of the disk is used up: make room and try again",
    errno.EROFS: "the disk is mounted read-only: mount it for writing, or choose another place",
    errno.EACCES: "run this as the user who runs the bot, or check the rights of the folder",
    errno.EPERM: "run this as the user who runs the bot, or check the rights of the folder",
    errno.ENOENT: "make the folder first, or choose another place",
    errno.ENOTDIR: "a part of the path is a file, where a folder is wanted: choose another place",
    errno.EEXIST: "a file has the name that a folder is to have: move it away, or choose another place",
    errno.ENAMETOOLONG: "the name is too long: choose a shorter one",
    errno.EIO: "the disk cannot be read or written: check it (dmesg), and choose another place",
}


def remedy_of(error: OSError) -> str:
    """What to do where the system refuses to write."""
    return _REMEDIES.get(error.errno or 0, "check the disk, its room and the rights, or choose another place")
