"""The same message always gets the same decision: in any order, after a restart, with and without kept vectors."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from bot.settings.settings import packaged_faq
from faq.content.example import Example
from faq.content.joining import joined
from faq.content.parse import parse
from faq.knowledge import phrasings_of
from tests.processes import inherited

MESSAGES = 1000


def messages() -> list[str]:
    """The FAQ's examples, then phrasings with a typing error: a missing character or two swapped ones."""
    parsed = [
        parse(path.read_text(encoding="utf-8"), path.relative_to(packaged_faq()).as_posix())
        for path in packaged_faq().rglob("*.yaml")
    ]
    files = [part.file for part in joined(parsed)]
    examples: list[Example] = [example for file in files if file is not None for example in file.examples]
    ways = [p.text for p in phrasings_of([file for file in files if file is not None])]
    found = [example.text for example in examples]
    for number, text in enumerate(ways[:: max(1, len(ways) // (MESSAGES - len(found)))]):
        at = number % max(1, len(text) - 1)
        slipped = (
            text[:at] + text[at + 1 :] if number % 2 else text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
        )
        found.append(slipped.replace("\n", " "))
    return found[:MESSAGES]


def decided(texts: list[str], cache: Path) -> dict[str, dict[str, Any]]:
    """Rows by message, from a separate process."""
    command = [sys.executable, "-P", "-m", "bot", "ask", "--jsonl"]
    told = subprocess.run(
        command,
        input="\n".join(texts),
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
        env=inherited() | {"XDG_CACHE_HOME": str(cache)},
    )
    rows = [json.loads(line) for line in told.stdout.splitlines()]
    assert len(rows) == len(texts)
    return dict(zip(texts, rows, strict=True))


def test_1000_messages_get_the_same_decisions_in_any_order_after_a_restart_and_whatever_is_kept(
    tmp_path: Path,
) -> None:
    texts = messages()
    assert len(texts) == MESSAGES
    (tmp_path / "torn" / "madoguchi").mkdir(parents=True)
    (tmp_path / "torn" / "madoguchi" / "vectors.npz").write_bytes(b"PK\x03\x04 torn")
    first = decided(texts, tmp_path / "one")
    assert decided(texts[::-1], tmp_path / "torn") == first
