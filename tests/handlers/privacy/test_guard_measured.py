"""Error rates of the guard: look-alikes of every kind, and secrets in every form."""

from __future__ import annotations

import random

import pytest

from handlers.model.events import Secret
from handlers.privacy.personal_data import Guard
from tests.number_samples import LOOK_ALIKES, card, disguised, my_number

DIRECTORY = ("0354132711", "0337698864", "0335835487", "0354723710", "0335782050", "0335782111", "0335782046")
GUARD = Guard(DIRECTORY)
SAMPLES = 2_000
MOST_FALSE = 0.01


@pytest.mark.parametrize("kind", LOOK_ALIKES)
def test_of_what_only_looks_like_a_secret_one_in_a_hundred_is_masked_at_most(kind: str) -> None:
    dice = random.Random(f"{kind} 8")
    masked = [
        text for text in (LOOK_ALIKES[kind](dice) for _ in range(SAMPLES)) if GUARD.inspect(text).masked
    ]
    assert len(masked) <= SAMPLES * MOST_FALSE, f"{len(masked) / SAMPLES:.2%}: {masked[:5]}"


def test_every_my_number_is_masked_in_every_disguise() -> None:
    dice = random.Random(12)
    missed = []
    for _ in range(6_000):
        text = disguised(my_number(dice), dice)
        inspected = GUARD.inspect(text)
        if Secret.MY_NUMBER not in inspected.masked or any(c.isdigit() for c in inspected.text):
            missed.append(text)
    assert not missed, f"{len(missed)}: {missed[:5]}"


def test_every_card_is_masked_in_every_disguise_the_old_visa_of_thirteen_digits_too() -> None:
    dice = random.Random(16)
    missed = []
    for _ in range(6_000):
        text = disguised(card(dice), dice)
        inspected = GUARD.inspect(text)
        if not inspected.masked or any(c.isdigit() for c in inspected.text):
            missed.append(text)
    assert not missed, f"{len(missed)}: {missed[:5]}"


@pytest.mark.parametrize(
    "text",
    [
        "利用者登録をしたいです 123456789018",
        "団体の申請 1234-5678-9018",
        "受付で 1234 5678 9018 と言われました",
        "一二三四五六七八九〇一八",
        "①②③④⑤⑥⑦⑧⑨⓪①⑧",
        "⑴⑵⑶⑷⑸⑹⑺⑻⑼0⑴⑻",
        "⒈⒉⒊⒋⒌⒍⒎⒏⒐0⒈⒏",
        "⑫34㊄6七89018",
        "1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣9️⃣0️⃣1️⃣8️⃣",
        "1234\u200d5678\ufeff90\u00ad1\u202e8",
        "1234    5678    9018",
        "1234\n\n\n5678\n\n\n9018",
        *(f"1234{sign}5678{sign}9018" for sign in "、:|·〜=→#"),
        "(1234)(5678)(9018)",
        "【1234】【5678】【9018】",
        "1234一5678一9018",
        "番号は1234の5678の9018です",
        "1234 5678 9018 3名 18:00から",
        "2026/11/23 1234-5678-9018 090-1234-5678",
        "4,000円と123456789018",
    ],
)
def test_a_my_number_is_seen_through(text: str) -> None:
    inspected = GUARD.inspect(text)
    assert inspected.masked == (Secret.MY_NUMBER,)
    assert "9018" not in inspected.text


@pytest.mark.parametrize(
    "text",
    [
        "予約番号は123456789018です",
        "受付番号:1234-5678-9018",
        "123456789018が予約番号です",
        "1234-5678-9018 is my booking number",
        "+81 90 1234 5678 / +819012345678",
        "202611231808",
        "2015-2016-2017",
        "〒106-0032 6-16-45",
        "4,000、3,500、1,200、500",
        "料金は 1230 4560 7890",
        "26-11-23と26-12-01",
        "10 12 14 16 18 20",
        "マイナンバーの電話は0120-95-0178ですか",
        "マイナンバーカードの有効期限は2027年です",
        "マイナンバーは12桁ですか",
        "マイナンバーカード 4000円",
    ],
)
def test_what_is_something_else_by_its_form_or_its_name_stays(text: str) -> None:
    inspected = GUARD.inspect(text)
    assert (inspected.text, inspected.masked) == (text, ())


def test_two_numbers_in_one_text_are_both_masked() -> None:
    text = "夫 1234 5678 9018、カード 4111 1111 1111 1111"
    assert GUARD.inspect(text).text == "夫 ●●●● ●●●● ●●●●、カード ●●●● ●●●● ●●●● ●●●●"


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        (("マイナンバーは 1234", "5678 9018"), ("マイナンバーは ●●●●", "●●●● ●●●●")),
        (("マイナンバーは 1234です", "5678", "9018です"), ("マイナンバーは ●●●●です", "●●●●", "●●●●です")),
        (("個人番号:", "123456", "すみません、続きを書き忘れました 789018 です"), (
            "個人番号:", "●●●●●●", "すみません、続きを書き忘れました ●●●●●● です")),
        (("カード番号は 4111 1111", "1111 1111"), ("カード番号は ●●●● ●●●●", "●●●● ●●●●")),
        (("my number is 1234-5678", "9018"), ("my number is ●●●●-●●●●", "●●●●")),
        (("マイナンバーは 1234", "5678 9018", "5678 9018"), ("マイナンバーは ●●●●", "●●●● ●●●●", "●●●● ●●●●")),
        (("パスワードは", "abc12345"), ("パスワードは", "●●●●●●●●")),
    ],
)  # fmt: skip
def test_a_secret_told_in_parts_is_masked_in_every_part(
    texts: tuple[str, ...], shown: tuple[str, ...]
) -> None:
    begun, said = None, []
    for text in texts:
        inspected = GUARD.inspect(text, begun=begun)
        begun = inspected.begun
        said.append(inspected.text)
    assert tuple(said) == shown


@pytest.mark.parametrize(
    "texts",
    [
        ("マイナンバーは必要ですか", "1234"),
        ("マイナンバーは", "2026年11月23日です", "3名です", "18:00からです", "03-5413-2711"),
        ("マイナンバーカード", "5678 9018"),
        ("パスワードは", "忘れました"),
        ("パスワードは", "reset"),
        ("1234", "5678 9018"),
    ],
)
def test_what_follows_and_is_no_part_of_it_stays(texts: tuple[str, ...]) -> None:
    begun = None
    for text in texts:
        inspected = GUARD.inspect(text, begun=begun)
        begun = inspected.begun
        assert inspected.text == text
