"""Required content of the profile, and references to it."""

from __future__ import annotations

import pytest

from faq.checks.validate import judge
from faq.content.problem import Severity
from faq.content.profile import PROFILE_NAME
from handlers.preview import decide_alone
from tests import small_town
from tests.small_faq import TODAY, lock_of

TEXTS = small_town.texts()
REPLIES = "entries/replies.yaml"
CASES = {
    "no profile": (PROFILE_NAME, None, None, "profile.yaml:1:1: この町のこと (profile:) がどこにもありません"),
    "a purpose that is not there": (PROFILE_NAME, "[grievance]", "[grievence]", "profile.yaml:18:24: 用件「grievence」はありません; 「grievance」の"),
    "a group that is not there": (PROFILE_NAME, "identity_groups: []", "identity_groups: [swams]", "yaml:20:21: 分類「swams」はありません"),
    "a caution that is not there": (PROFILE_NAME, "    not_found:", "    official:", "「not_found」の注意がありません; cautions に not_found の文を"),
    "two wishes for a person": (REPLIES, "  - id: hello\n", "  - id: hello\n    hands_over: true\n", "hands_over は hello にもあります"),
}  # fmt: skip
WARNINGS = {
    "no wish for a person": (REPLIES, "    hands_over: true\n", "", "「職員と話したい」と書かれたときの返事がありません"),
    "a name without Korean": (PROFILE_NAME, ", ko: 미즈우미초}", "}", "profile.yaml:5:3: municipality に ko の言葉がないので"),
}  # fmt: skip


def findings(name: str, old: str | None, new: str | None, severity: Severity) -> list[str]:
    files = dict(TEXTS)
    if old is None:
        del files[name]
    else:
        assert old in files[name]
        files[name] = files[name].replace(old, new or "", 1)
    judged = judge(files, lock_of(TEXTS), TODAY, decide_alone)
    assert (judged.knowledge is None) == (severity is Severity.ERROR)
    return [str(problem) for problem in judged.problems if problem.severity is severity]


@pytest.mark.parametrize(("name", "old", "new", "words"), CASES.values(), ids=CASES.keys())
def test_a_fault_is_told_once_with_its_place(name: str, old: str, new: str, words: str) -> None:
    found = findings(name, old, new, Severity.ERROR)
    assert len(found) == 1, found
    assert words in found[0]


@pytest.mark.parametrize(("name", "old", "new", "words"), WARNINGS.values(), ids=WARNINGS.keys())
def test_what_only_serves_worse_is_a_warning(name: str, old: str, new: str, words: str) -> None:
    assert sum(words in one for one in findings(name, old, new, Severity.WARNING)) == 1


def test_a_second_profile_is_told_where_it_stands() -> None:
    files = TEXTS | {"entries/zz.yaml": TEXTS[PROFILE_NAME]}
    judged = judge(files, lock_of(TEXTS), TODAY, decide_alone)
    found = [problem for problem in judged.problems if problem.severity is Severity.ERROR]
    assert [(p.code, p.source) for p in found] == [("profile-twice", "profile.yaml")]
    assert "entries/zz.yaml:3" in found[0].message
