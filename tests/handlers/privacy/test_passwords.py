"""Passwords in a text are masked; text about passwords is not."""

from __future__ import annotations

import random
from typing import Final

import pytest

from handlers.model.events import Secret
from handlers.privacy.personal_data import Guard

GUARD = Guard()
TOLD: Final = (
    ("パスワードは abc123 です", ("abc123",)),
    ("パスワードはTaro2024です。ログインできません", ("Taro2024",)),
    ("パスワードは「himitsu」です", ("himitsu",)),
    ("パスワード:hunter2!", ("hunter2!",)),
    ("パスワード abc12345 で入れません", ("abc12345",)),
    (
        "ログインIDは taro01 パスワードは Xy9!kk です",
        (
            "Xy9!kk",
            "taro01",
        ),
    ),
    (
        "ID: taro01 / PW: abc-123",
        (
            "abc-123",
            "taro01",
        ),
    ),
    (
        "IDとパスワードは taro01 / abc12345 です",
        (
            "abc12345",
            "taro01",
        ),
    ),
    ("暗証番号は1234です", ("1234",)),
    ("暗証番号 5678 です", ("5678",)),
    ("ＰＩＮは９８７６です", ("９８７６",)),
    ("PINコードは 4455 です", ("4455",)),
    ("my password is hunter2", ("hunter2",)),
    ("my password is sunshine", ("sunshine",)),
    ("The password is: correcthorse9, please help", ("correcthorse9",)),
    ("password = Qwerty12", ("Qwerty12",)),
    ("pin is 0427", ("0427",)),
    ("密码是abc123456", ("abc123456",)),
    ("我的密码：Hello2024，登录不了", ("Hello2024",)),
    ("密碼是 taipei101", ("taipei101",)),
    ("비밀번호는 abcd1234 입니다", ("abcd1234",)),
    ("비밀번호: qwer1234!", ("qwer1234!",)),
    ("パスワードはさくら2024です", ("さくら2024",)),
    ("パスワードを abc123 に変更したい", ("abc123",)),
    ("abc123がパスワードです", ("abc123",)),
    ("パスワードはpassword123なのに入れない", ("password123",)),
    ("パスワードはSakuraSakuraです", ("SakuraSakura",)),
    ("パスワードは tanaka です", ("tanaka",)),
    ("パスワードは、abc123です", ("abc123",)),
    ("パスワード(利用者登録)は abc123 です", ("abc123",)),
    ("パスは abc123 です", ("abc123",)),
)
SPOKEN_OF: Final = (
    "パスワードを忘れました",
    "パスワードは8文字以上ですか",
    "パスワードは何文字ですか",
    "パスワードは英数字8文字以上20文字以内ですか",
    "パスワードは8桁ですか",
    "暗証番号は4桁ですか",
    "暗証番号は4ケタの数字ですか",
    "パスワードはどこで変更できますか",
    "パスワードの再設定メールが届きません",
    "パスワードはメールで送られますか",
    "パスワードはIDと同じですか",
    "パスワードはIDと違うものですか",
    "パスワードは30日で切れますか",
    "パスワードは3回間違えるとロックされますか",
    "パスワードを3回間違えました",
    "パスワードは必要ですか",
    "パスワードは初期のままです",
    "パスワードとIDを教えてください",
    "パスワード入力でエラー123が出る",
    "パスワードは https://www.city.minato.tokyo.jp で変えますか",
    "I forgot my password",
    "my password is not working",
    "The password is wrong",
    "password is required?",
    "is the password case sensitive?",
    "My password is 8 characters, is that ok",
    "password is too short",
    "Password reset email never came",
    "the password is expired",
    "what is the pin?",
    "password must be 8 or more characters",
    "密码忘了",
    "密码是什么",
    "密码是几位",
    "密码是8位吗",
    "密码需要多少位",
    "비밀번호를 잊었어요",
    "비밀번호는 8자리인가요",
    "비밀번호는 어디서 바꾸나요",
    "パスワードはPCから変更できますか",
    "パスワードはSMSで届きますか",
    "パスワードは10月に変えました",
    "パスワードは2026年に変えました",
    "パスワードは2つ必要ですか",
    "パスワード変更 2026年11月",
    "Wi-Fiのパスワードは何ですか",
    "会議室のWi-Fiパスワードはどこに書いてありますか",
    "パスワードリセット",
    "暗証番号は必要？",
    "ID,パスワードを忘れた",
    "パスワードはLINEで送れますか",
    "私のパスワードは合っているのに",
    "wifi password is where?",
    "the password was changed by my son",
    "パスワードは8〜16文字ですか",
    "パスワードは大文字小文字を区別しますか",
    "パスワードはABCのような英字だけでいいですか",
    "エラー E1234 パスワードが違います",
)


@pytest.mark.parametrize(("text", "secrets"), TOLD)
def test_a_password_is_masked_with_the_login_name_beside_it(text: str, secrets: tuple[str, ...]) -> None:
    inspected = GUARD.inspect(text)
    assert inspected.masked == (Secret.PASSWORD,)
    assert not any(secret in inspected.text for secret in secrets)


@pytest.mark.parametrize("text", SPOKEN_OF)
def test_what_is_only_said_about_passwords_stays(text: str) -> None:
    assert GUARD.inspect(text).text == text


LABELS: Final = (
    "パスワードは{}です", "パスワード:{}", "パスワードは「{}」です。入れません", "暗証番号は{}", "PIN: {}", "ＰＡＳＳ:{}", "my password is {}",
    "password: {} please help", "密码是{}", "我的密码：{}，登录不了", "密碼是{}", "비밀번호는 {}입니다", "비밀번호: {}", "{}がパスワードです",
    "パスワードを{}に変更したい", "ログインID:taro パスワード:{}", "ID/パスワードは taro/{} です", "パスワードは、{}なのに入れません",
)  # fmt: skip


def test_invented_passwords_are_masked_under_every_label() -> None:
    dice, missed = random.Random(3), []
    for _ in range(2_000):
        kinds = ("abcdefghkmnpq", "ABCDEFGHKM", "23456789", "_!#$%&@")
        letters = "".join(kinds[:3]) + (kinds[3] if dice.random() < 0.4 else "")
        secret = "".join(dice.choice(letters) for _ in range(dice.randrange(6, 14)))
        secret = f"{dice.choice(kinds[0])}{secret}{dice.choice(kinds[2])}"
        text = dice.choice(LABELS).format(secret)
        if secret in GUARD.inspect(text).text:
            missed.append(text)
    assert not missed, f"{len(missed)}: {missed[:5]}"


ABOUT: Final = (
    "{p}を忘れました", "{p}は{n}文字以上ですか", "{p}は{n}桁ですか", "{p}を{n}回間違えました", "{p}の有効期限は{n}日ですか", "{p}はどこで変えますか",
    "{p}は何ですか", "{p}はメールで届きますか", "{p}がわかりません", "{p}は英数字{n}文字ですか", "{p}を変更したい", "{p}はSMSで来ますか",
    "{p}、{n}分後に再送されますか", "{p}は{n}月に変えました", "{p}の再設定ができない",
)  # fmt: skip
ABOUT_EN: Final = (
    "I forgot my {p}", "my {p} is not accepted", "the {p} is wrong", "is the {p} {n} characters?", "{p} reset does not work",
    "{p} must be {n} digits?", "how do I change my {p}", "my {p} is expired after {n} days", "why is the {p} rejected",
)  # fmt: skip


def test_of_talk_about_passwords_one_in_a_hundred_is_masked_at_most() -> None:
    dice, masked = random.Random(4), []
    for _ in range(2_000):
        if dice.random() < 0.6:
            text = dice.choice(ABOUT).format(
                p=dice.choice(["パスワード", "暗証番号", "パスコード"]), n=dice.randrange(3, 31)
            )
        else:
            text = dice.choice(ABOUT_EN).format(
                p=dice.choice(["password", "PIN", "passcode"]), n=dice.randrange(3, 91)
            )
        if GUARD.inspect(text).masked:
            masked.append(text)
    assert len(masked) <= 20, f"{len(masked)}: {masked[:5]}"
