"""Standard streams that never end the program: characters a terminal lacks are replaced, failed writes are dropped."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import TextIO


def speak_freely() -> None:
    """Call once per process: characters outside the terminal's encoding are shown as question marks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def takes_any_character() -> bool:
    """Whether the terminal's encoding has every character."""
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower()
    return encoding.replace("_", "-").startswith(("utf-8", "utf8", "utf-16"))


def decoded(raw: bytes) -> str:
    """A typed or piped line: UTF-8, else the terminal's own encoding; undecodable bytes are replaced."""
    try:
        return raw.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        encoding = getattr(sys.stdin, "encoding", None) or "utf-8"
        return raw.decode(encoding, errors="replace").rstrip("\r\n")


def argument(text: str) -> str:
    """A command-line argument; bytes that the locale could not decode are decoded as UTF-8."""
    return os.fsencode(text).decode("utf-8", errors="replace")


class Dropping:
    """A stream for log lines: on a full disk or a closed pipe the line is dropped and nothing else happens."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with contextlib.suppress(OSError, ValueError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._stream.flush()


def leave() -> None:
    """Before the exit: output that can no longer be written must not change the exit code."""
    for stream, number in ((sys.stdout, 1), (sys.stderr, 2)):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, number)
                os.close(nowhere)
