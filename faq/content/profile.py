"""The town's profile: names of town and desks, time zone, languages, emergency numbers, cautions for its sources."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import tzinfo
from typing import Annotated, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, Field

from faq.content.forms import CALL, ZONE
from faq.content.model import Id, LocalText, Model
from faq.content.near import near
from faq.content.provenance import Provenance
from faq.language import Language, Words, pick

PROFILE_NAME: Final = "profile.yaml"
"""The profile's file in the FAQ folder, beside ``entries/``."""
_OR: Final[Words] = {
    Language.JA: "か", Language.EN: " or ", Language.ZH_HANS: "或", Language.ZH_HANT: "或", Language.KO: " 또는 ",
}  # fmt: skip
_AND: Final[Words] = {
    Language.JA: "・", Language.EN: " and ", Language.ZH_HANS: "和", Language.ZH_HANT: "和", Language.KO: ", ",
}  # fmt: skip
ZONE_UNKNOWN: Final = "zone-unknown"
_SECTION: Final = re.compile(r"^profile:", re.MULTILINE)
_NEEDED: Final = (Language.JA, Language.EN)
_FULL_WIDTH: Final = (Language.ZH_HANS, Language.ZH_HANT)


def holds_profile(text: str) -> bool:
    """Whether a YAML text has the section of the profile, sound or not: any file may hold it."""
    return bool(_SECTION.search(text))


def _with_the_needed(spoken: tuple[Language, ...]) -> tuple[Language, ...]:
    missing = [language for language in _NEEDED if language not in spoken]
    if missing:
        raise ValueError(f"words-missing:{','.join(missing)}")
    return tuple(dict.fromkeys(spoken))


def _known(zone: str) -> str:
    """The name, if the time zone database has it."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        raise ValueError(f"{ZONE_UNKNOWN}:{near(zone, available_timezones())}") from None
    return zone


class EmergencyNumber(Model):
    """An emergency number, and who answers there."""

    number: Annotated[str, Field(pattern=CALL)]
    answers: Annotated[LocalText, Field(description="だれにつながるか (火事・救急、警察)")]


class Profile(Model):
    """What belongs to this town alone. The bot's texts are the same in every town; these words are filled in."""

    municipality: Annotated[LocalText, Field(description="自治体の名前 (みどり市)")]
    facilities: Annotated[
        LocalText, Field(description="案内する施設の呼び方。あいさつの文に入る (みどり市の施設)")
    ]
    government: Annotated[LocalText, Field(description="役所を短く呼ぶ名 (市)。職員の /transfer でも使う")]
    complaints_desk: Annotated[LocalText, Field(description="苦情を受ける窓口の呼び方 (市の窓口)")]
    facility_desk: Annotated[
        LocalText, Field(description="施設の窓口を短く呼ぶ名 (施設)。/transfer でも使う")
    ]
    time_zone: Annotated[
        str, Field(pattern=ZONE, description="時刻の地域 (Asia/Tokyo)"), AfterValidator(_known)
    ]
    languages: Annotated[
        tuple[Language, ...],
        Field(description="案内する言語。この順に選べる"),
        AfterValidator(_with_the_needed),
    ]
    complaint_purposes: Annotated[
        tuple[Id, ...], Field(min_length=1, description="苦情として扱う用件の id。初めのものの窓口を案内する")
    ]
    identity_groups: Annotated[
        tuple[Id, ...], Field(description="本人確認の話をする分類。その話のあとに届く写真は受け取らない")
    ] = ()
    emergency_numbers: Annotated[
        tuple[EmergencyNumber, ...], Field(min_length=1, description="命の危険があるときの番号")
    ]
    cautions: Annotated[
        dict[Provenance, LocalText],
        Field(description="出典の種類ごとに、回答の下に書く注意。公式 (official) には要らない"),
    ]

    @property
    def zone(self) -> tzinfo:
        """The town's time zone."""
        return ZoneInfo(self.time_zone)

    def spoken(self, language: Language) -> Language:
        """The town's language that a reader of ``language`` gets."""
        return (
            language
            if language in self.languages
            else (Language.JA if language is Language.JA_EASY else Language.EN)
        )

    def words(self, language: Language) -> Mapping[str, str]:
        """Values for the names in braces in a text of that language."""
        return {
            "municipality": pick(self.municipality, language)[1],
            "facilities": pick(self.facilities, language)[1],
            "government": pick(self.government, language)[1],
            "complaints_desk": pick(self.complaints_desk, language)[1],
            "facility_desk": pick(self.facility_desk, language)[1],
            "emergency": self._numbers(language, _OR),
            "emergencies": self._numbers(language, _AND),
        }

    def caution(self, provenance: Provenance, language: Language) -> str:
        """The caution below an answer with this provenance; empty where none is needed."""
        told = self.cautions.get(provenance)
        return pick(told, language)[1] if told else ""

    def _numbers(self, language: Language, between: Words) -> str:
        left, right = ("（", "）") if language in _FULL_WIDTH else ("(", ")")
        space = " " if language is Language.EN else ""
        return pick(between, language)[1].join(
            f"{one.number}{space}{left}{pick(one.answers, language)[1]}{right}"
            for one in self.emergency_numbers
        )
