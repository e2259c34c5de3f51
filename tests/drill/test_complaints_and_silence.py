"""Short forms of P16 and P17: a few complaints in every way, and a few kinds in the most common states."""

from __future__ import annotations

import pytest

pytest.importorskip(
    "aiogram", reason="the simulator judges by aiogram's models; it comes with the dev packages"
)

from tests.drill import complaints, silence
from tests.drill.group_record import found_in, numbers_in, own_pieces, pieces

pytestmark = pytest.mark.checkout


async def test_p16_a_complaint_shows_nothing_of_itself_in_the_group_of_the_facility_complained_about() -> (
    None
):
    line = await complaints.complaints(4, 4, 1)
    assert line.kept, str(line)


async def test_p17_whatever_residents_and_staff_do_shows_them_a_sign() -> None:
    line = await silence.silence(("claimed", "resolved", "merged"), every=8)
    assert line.kept, str(line)


def test_eight_characters_of_a_complaint_are_found_whatever_stands_between_them() -> None:
    own = own_pieces(
        ["受付の人にひどく怒鳴られました", "二度と行くか"], ["受付の人にきれいな花をもらいました"]
    )
    assert found_in("受付番号 7 · 未担当\n▏受付の人にひどく\n▏怒鳴られました", own)
    assert found_in("▏もう二度と 行くか", own) == "二度と行くか"
    assert not found_in("受付の人にきれいな花をもらいました", own)
    assert pieces("九文字のことばです") == {"九文字のことばで", "文字のことばです"}
    assert numbers_in("受付番号 4830002 · c:4830003 · 03-5413-2711", 4_830_000) == {4_830_002, 4_830_003}
