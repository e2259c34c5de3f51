"""What is stored of an update: none of its strings holds a secret, and the protocol's own strings are unchanged."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.channels.telegram.admission import Admission
from bot.channels.telegram.inbound import GroupChats, to_inbound
from bot.inbox.withheld import Withheld
from handlers.model.events import Asked, Pressed, Secret
from handlers.privacy.personal_data import Guard
from tests.small_faq import OPEN

NUMBER = "123456789018"
CARD = "4222222222222"
WHO = {"id": 41, "is_bot": False, "first_name": "住民", "language_code": "ja"}
CHAT = {"id": 41, "type": "private"}


class Rim:
    """Admission with a clock that tests move."""

    def __init__(self) -> None:
        self.moment: datetime = OPEN
        self.withheld = Withheld()
        self.admit = Admission(Guard(("0354132711",)), self.withheld, lambda: self.moment)

    def __call__(self, **update: Any) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(self.admit({"update_id": 1, **update}).body)
        return body

    def message(self, who: dict[str, Any] = WHO, **content: Any) -> dict[str, Any]:
        body = {"message_id": 5, "date": 1, "chat": CHAT, "from": who, **content}
        return self(message=body)


def fields(secret: str) -> dict[str, dict[str, Any]]:
    """One update for each field that people can write in."""
    sent: dict[str, Any] = {"message_id": 5, "date": 1, "chat": CHAT, "from": WHO}
    file: dict[str, Any] = {"file_id": "f", "file_unique_id": "u"}
    written: dict[str, dict[str, Any]] = {
        "text": {"text": f"登録 {secret}"},
        "caption": {"photo": [file], "caption": secret},
        "file name": {"document": file | {"file_name": f"{secret}.pdf", "mime_type": f"x/{secret}"}},
        "title of a sound": {"audio": file | {"title": secret, "performer": secret}},
        "contact": {"contact": {"phone_number": secret, "first_name": secret, "vcard": f"NOTE:{secret}"}},
        "poll": {"poll": {"id": "9", "question": secret, "options": [{"text": secret, "voter_count": 0}]}},
        "venue": {"venue": {"title": secret, "address": secret, "location": {"latitude": 1.0, "longitude": 2.0}}},
        "link": {"text": "ここ", "entities": [
            {"type": "text_link", "offset": 0, "length": 2, "url": f"https://a.jp/{secret}?n={secret}"}]},
        "quoted": {"text": "はい", "reply_to_message": sent | {"text": secret}, "quote": {"text": secret}},
        "quoted from elsewhere": {"text": "はい", "external_reply": {"poll": {"question": secret}}},
        "forwarded": {"text": "見て", "forward_origin": {"type": "hidden_user", "sender_user_name": secret}},
        "checklist": {"checklist": {"title": secret, "tasks": [{"id": 1, "text": secret}]}},
        "sticker": {"sticker": file | {"set_name": secret}},
        "title of the chat": {"new_chat_title": secret},
    }  # fmt: skip
    made: dict[str, dict[str, Any]] = {name: {"message": sent | content} for name, content in written.items()}
    made["edit"] = {"edited_message": sent | {"text": secret}}
    named = WHO | {"first_name": secret, "last_name": secret, "username": secret}
    made["name"] = {"message": sent | {"from": named, "chat": CHAT | {"first_name": secret}, "text": "a"}}
    press = {"id": "77", "from": WHO, "chat_instance": "1", "message": sent | {"text": secret}}
    made["forged button"] = {"callback_query": press | {"data": f"r:{secret}:1:0"}}
    made["post of a channel"] = {"channel_post": sent | {"text": secret, "author_signature": secret}}
    made["what Telegram may add one day"] = {"message": sent | {"new_thing": {"deep": [{"er": [secret]}]}}}
    return made


@pytest.mark.parametrize("secret", [NUMBER, "1234\u200d5678 9018", "一二三四五六七八九〇一八", CARD])
@pytest.mark.parametrize("field", fields(""))
def test_no_field_of_an_update_keeps_a_secret(field: str, secret: str) -> None:
    kept = json.dumps(Rim()(**fields(secret)[field]), ensure_ascii=False)
    assert secret not in kept
    assert secret[-4:] not in kept
    assert "●" in kept


def test_what_the_protocol_makes_is_kept_as_it_is() -> None:
    ids = {
        "id": NUMBER,
        "file_id": CARD,
        "file_unique_id": NUMBER,
        "media_group_id": CARD,
        "chat_instance": NUMBER,
    }
    kept = Rim()(callback_query={"from": WHO | {"id": int(NUMBER)}, "data": "s:1:0", **ids})
    assert kept["update"]["callback_query"] == {"from": WHO | {"id": int(NUMBER)}, "data": "s:1:0", **ids}


def test_a_place_on_earth_is_no_way_to_write_a_number() -> None:
    kept = Rim().message(location={"latitude": 12.3456789018, "longitude": 0.5})
    assert "9018" not in json.dumps(kept)


@pytest.mark.parametrize(
    ("written", "secret"),
    [
        ("番号は123456789018です", Secret.MY_NUMBER),
        ("4111-1111-1111-1111", Secret.CARD),
        ("パスワードはabc123です", Secret.PASSWORD),
    ],
)
def test_whatever_was_masked_goes_through_with_one_tap(written: str, secret: Secret) -> None:
    rim = Rim()
    assert rim.message(text=written)["withheld"] == [secret.value]
    assert rim.withheld.take("tg:41", rim.moment) == written
    assert rim.withheld.take("tg:41", rim.moment) is None


def test_a_number_in_two_messages_is_remembered_for_minutes_and_by_person_and_forgotten_with_them() -> None:
    rim = Rim()

    def second(who: dict[str, Any] = WHO) -> Any:
        return rim.message(who, text="5678 9018")["update"]["message"]["text"]

    assert "1234" not in json.dumps(rim.message(text="マイナンバーは 1234"))
    assert second(WHO | {"id": 42}) == "5678 9018"
    assert second() == "●●●● ●●●●"
    quoting = rim.message(text="これです", reply_to_message={"text": "5678 9018"})
    assert "9018" not in json.dumps(quoting)
    rim.message(text="マイナンバーは 1234")
    rim.moment += timedelta(minutes=11)
    assert second() == "5678 9018"
    rim.message(text="マイナンバーは 1234")
    rim.withheld.drop("tg:41")
    assert second() == "5678 9018"


def test_events_made_of_masked_updates_hold_no_secret() -> None:
    from telegram import Update

    rim, roles = Rim(), GroupChats(None, None)
    asked = to_inbound(
        Update.de_json(rim(**fields(NUMBER)["text"])["update"], None), roles, (Secret.MY_NUMBER,), None
    ).event
    assert isinstance(asked, Asked)
    assert asked.text == "登録 ●●●●●●●●●●●●"
    pressed = to_inbound(
        Update.de_json(rim(**fields(NUMBER)["forged button"])["update"], None), roles, (), None
    ).event
    assert isinstance(pressed, Pressed)
    assert NUMBER not in repr(pressed)
