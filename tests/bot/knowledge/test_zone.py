"""Which profile gives the time zone: the town's own, wherever it is, otherwise the next valid one."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

from bot.knowledge.offline import clock_of
from bot.knowledge.zone import zone_of
from bot.settings.settings import load

OURS = "# ours\nprofile:\n  time_zone: Asia/Tokio\n"


def test_the_clock_is_that_of_the_folders_profile(home: Path) -> None:
    profile = home / "faq" / "profile.yaml"
    profile.write_text(
        profile.read_text(encoding="utf-8").replace("Asia/Tokyo", "Europe/Lisbon"), encoding="utf-8"
    )
    clock = clock_of(load(home / "config.yaml"))
    assert str(clock.zone) == "Europe/Lisbon"
    assert str(clock.now().tzinfo) == "Europe/Lisbon"


def test_a_profile_with_a_slip_or_no_folder_at_all_leaves_the_shipped_clock(home: Path) -> None:
    profile = home / "faq" / "profile.yaml"
    profile.write_text(
        profile.read_text(encoding="utf-8").replace("Asia/Tokyo", "Asia/Tokio"), encoding="utf-8"
    )
    assert str(clock_of(load(home / "config.yaml")).zone) == "Asia/Tokyo"
    (home / "faq").rename(home / "gone")
    assert str(clock_of(load(home / "config.yaml")).zone) == "Asia/Tokyo"


def test_without_any_profile_it_is_utc() -> None:
    assert zone_of([]) is UTC
    assert zone_of(["entries: []\n", OURS, "profile: 3\n"]) is UTC
