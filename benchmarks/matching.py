"""Speed and memory of matching: the shipped FAQ and 500, 5,000 and 50,000 phrasings, with and without the encoder.

    python benchmarks/matching.py [phrasings ...]

Generated bases have the shipped phrasings, fewer or with polite phrases and typing errors added (seeded). Every row
is measured in its own process; for comparison, rapidfuzz WRatio scans the same phrasings in that process.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

SIZES: Final = (0, 500, 5_000, 50_000)
"""0 stands for the shipped FAQ."""
QUESTIONS: Final = 400
SCANNED: Final = 60
_BEGIN: Final = (
    "",
    "すみません、",
    "あの、",
    "教えてください。",
    "至急 ",
    "Hi, ",
    "初めてなんですが、",
    "昨日も聞いたのですが",
)
_END: Final = (
    "",
    "",
    "お願いします",
    "でしょうか",
    "を知りたい",
    "!!",
    " thanks",
    "、困っています",
    "って何",
)
_HEAD: Final = (
    f"{'phrasings':>10} {'encoder':>8} {'first s':>8} {'load s':>7} {'RSS MiB':>8} {'p50 ms':>7} {'p95 ms':>7} "
    f"{'scan p50':>9} {'scan p95':>9} {'scan/ours p95':>14}"
)


def main(sizes: Sequence[int]) -> None:
    """One process per row."""
    print(_HEAD, flush=True)
    for size in sizes:
        for encoder in (True, False):
            with tempfile.TemporaryDirectory() as cache:
                first = _in_process(size, encoder, cache)
                again = _in_process(size, encoder, cache)
            print(
                f"{again['phrasings']:>10,} {'on' if encoder else 'off':>8} {first['load']:>8.2f} {again['load']:>7.2f} "
                f"{again['rss']:>8.0f} {again['p50']:>7.2f} {again['p95']:>7.2f} {again['scan_p50']:>9.2f} "
                f"{again['scan_p95']:>9.2f} {again['scan_p95'] / again['p95']:>14.1f}",
                flush=True,
            )
    print(
        "\nfirst s: with an empty cache; load s: from what was kept. Both from process start to first decision."
    )
    print(
        "RSS: the most the process held (before the scan). p50, p95: one decision; scan: one WRatio scan, alone."
    )


def _in_process(size: int, encoder: bool, cache: str) -> Mapping[str, Any]:
    command = [sys.executable, __file__, "--measure", str(size), "on" if encoder else "off", cache]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    row: Mapping[str, Any] = json.loads(done.stdout)
    return row


def measure(size: int, encoder: bool, cache: str) -> None:
    """Build, decide, and print the figures as JSON."""
    begun = time.perf_counter()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from bot.knowledge.offline import OfflineKnowledge
    from bot.settings.settings import load, packaged_faq
    from faq.checks.validate import read
    from faq.knowledge import phrasings_of
    from faq.matching.fusion import UNFITTED
    from faq.training import fitted_file
    from handlers.preview import decide_alone

    settings = Path(cache) / "config.yaml"
    settings.write_text(f"faq:\n  encoder: {'on' if encoder else 'off'}\n", encoding="utf-8")
    given = load(settings, faq_folder=packaged_faq())
    desk = OfflineKnowledge(replace(given, cache_folder=Path(cache)))
    texts = desk.library.read()
    if size:
        parsed, _ = read(texts.files, texts.lock, desk.today())
        kept = fitted_file.read(texts.fitted or "")
        weights = kept.fitted() if isinstance(kept, fitted_file.FittedFile) else UNFITTED
        files = _resized({part.name: part.file for part in parsed if part.file is not None}, size)
        base = desk.library.build(files, weights)
    else:
        base = desk.knowledge
        files = {}
    decide_alone(base, "登録のしかた")
    load_seconds = time.perf_counter() - begun
    questions = [example.text for example in base.examples][:QUESTIONS]
    random.Random(1).shuffle(questions)
    ours = _timed(lambda text: decide_alone(base, text), questions)
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ways = (
        [p.text for p in base.phrasings]
        if not files
        else [p.text for p in phrasings_of(list(files.values()))]
    )

    from rapidfuzz import fuzz, process

    scan = _timed(lambda text: process.extractOne(text, ways, scorer=fuzz.WRatio), questions[:SCANNED])
    print(json.dumps({
        "phrasings": len(ways), "load": load_seconds, "rss": rss, "p50": _at(ours, 0.5), "p95": _at(ours, 0.95),
        "scan_p50": _at(scan, 0.5), "scan_p95": _at(scan, 0.95),
    }))  # fmt: skip


def _resized(files: Mapping[str, Any], size: int) -> dict[str, Any]:
    """The same entries with about ``size`` phrasings in all."""
    owners = [item for file in files.values() for item in (*file.entries, *file.decoys, *file.replies)]
    each = max(1, round(size / len(owners)))
    dice = random.Random(7)

    def grown(item: Any) -> Any:
        pool = [(language, text) for language, texts in item.utterances.items() for text in texts]
        wanted = list(_ways(pool, each, dice))
        utterances: dict[Any, tuple[str, ...]] = {}
        for language, text in wanted:
            utterances[language] = (*utterances.get(language, ()), text)
        return item.model_copy(update={"utterances": utterances})

    return {
        name: file.model_copy(
            update={
                part: tuple(grown(item) for item in getattr(file, part))
                for part in ("entries", "decoys", "replies")
            }
        )
        for name, file in files.items()
    }


def _ways(pool: Sequence[tuple[Any, str]], count: int, dice: random.Random) -> Iterator[tuple[Any, str]]:
    if not pool:
        return
    yield from dice.sample(pool, min(count, len(pool)))
    for _ in range(count - len(pool)):
        language, text = dice.choice(pool)
        at = dice.randrange(len(text))
        slipped = text[:at] + text[at + 1 :] if dice.random() < 0.3 and len(text) > 4 else text
        yield language, f"{dice.choice(_BEGIN)}{slipped}{dice.choice(_END)}"


def _timed(work: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Milliseconds per text, after ten warm-up texts."""
    for text in texts[:10]:
        work(text)
    times = []
    for text in texts:
        begun = time.perf_counter()
        work(text)
        times.append((time.perf_counter() - begun) * 1000)
    return sorted(times)


def _at(times: Sequence[float], share: float) -> float:
    return times[min(len(times) - 1, int(share * len(times)))]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(int(sys.argv[2]), sys.argv[3] == "on", sys.argv[4])
    else:
        main([int(size) for size in sys.argv[1:]] or SIZES)
