"""A number presses its button, whatever the width of its digits."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.test_terminals import run


@pytest.mark.parametrize("digit", ["１", " １ ", "①"])
def test_a_wide_digit_presses_the_button_and_is_no_message(home: Path, digit: str) -> None:
    typed = f"白鳥ボート いくら\n{digit}\n９９\n/quit\n".encode()
    shown = run(home, "chat", typed=typed).stdout.decode()
    assert "よかったです" in shown
    assert "その番号のボタンはありません" in shown
    assert "受付番号" not in shown
