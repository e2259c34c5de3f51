"""A folder older than profiles goes on serving; a folder that lost its profile is a fault."""

from __future__ import annotations

import pytest

from bot.knowledge.folder import PROFILE_BORROWED, Texts, with_profile
from bot.settings.settings import packaged_faq
from faq.content.problem import Problem
from faq.content.profile import PROFILE_NAME

SHIPPED = (packaged_faq() / PROFILE_NAME).read_text(encoding="utf-8")
OLD = {"entries/a.yaml": "entries: []\n"}


def texts(files: dict[str, str], *unreadable: Problem) -> Texts:
    return Texts(files, None, None, unreadable)


def test_a_folder_of_before_is_served_with_the_shipped_town_and_says_so() -> None:
    found = with_profile(texts(OLD), SHIPPED, {})
    assert found.files == {**OLD, PROFILE_NAME: SHIPPED}
    assert [problem.code for problem in found.unreadable] == [PROFILE_BORROWED]


def test_it_goes_on_so_after_a_restart_which_remembers_what_was_served() -> None:
    assert PROFILE_NAME in with_profile(texts(OLD), SHIPPED, {**OLD, PROFILE_NAME: SHIPPED}).files


def test_a_town_that_has_lost_its_profile_is_not_called_by_anothers_name() -> None:
    before = {**OLD, PROFILE_NAME: SHIPPED.replace("港区", "みどり市")}
    assert with_profile(texts(OLD), SHIPPED, before) == texts(OLD)


@pytest.mark.parametrize(
    "there",
    [
        texts({**OLD, PROFILE_NAME: "profile: {}\n"}),
        texts({**OLD, "entries/town.yaml": "# ours\nprofile:\n  time_zone: Asia/Tokyo\n"}),
        texts(OLD, Problem("profile.yml", 1, 1, "file-misnamed", "", "")),
        texts({}),
    ],
    ids=["its own", "in another file", "misnamed", "nothing that can be read"],
)
def test_what_is_there_or_cannot_be_read_is_left_as_it_is(there: Texts) -> None:
    assert with_profile(there, SHIPPED, {}) == there
