"""A small fictional FAQ, for tests that need a whole desk."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from faq.checks.validate import judge
from faq.checks.version_lock import write
from faq.content.parse import parse
from faq.content.profile import PROFILE_NAME
from faq.knowledge import KnowledgeBase
from handlers.preview import decide_alone
from tests import small_town

TOKYO = ZoneInfo("Asia/Tokyo")
TODAY = date(2026, 11, 24)
OPEN = datetime(2026, 11, 24, 10, 0, tzinfo=TOKYO)
"""A Tuesday morning, desk open."""
HOLIDAY = datetime(2026, 11, 23, 10, 0, tzinfo=TOKYO)
"""勤労感謝の日, desk closed."""

_ENTRY = """
  - id: {id}
    group: {group}
    version: 1
    question: {{ja: {ja}, en: {en}}}
    button: {{ja: {button}, en: {en_button}}}
    answer:
      ja: {answer}
      en: {en_answer}
    utterances:
      ja: [{ja_ways}]
      en: [{en_ways}]
    sources: [{sources}]
    checked_on: 2026-11-01
    provenance: {provenance}
    review_on: 2027-05-01
    windows: [{windows}]
    changes: [{{version: 1, date: 2026-11-01, note: 最初の版}}]
"""


def entries() -> str:
    """Three entries in two groups."""
    return "entries:" + "".join(
        [
            _ENTRY.format(
                id="swan-register", group="swans", ja="白鳥ボートの登録のしかた", en="How to register a swan boat",
                button="白鳥ボートの登録", en_button="Register a swan boat",
                answer='"白鳥ボートは {window:pond|registration} で登録できます。"',
                en_answer='"Register swan boats at {window:pond|registration}."',
                ja_ways="白鳥ボート 登録, 白鳥に乗りたいんだけど手続きある, はくちょうぼーととうろく, 白鳥の届け出はどこ",
                en_ways="register a swan boat, where do I sign up my swan",
                sources="ZZ", provenance="official", windows="pond",
            ),
            _ENTRY.format(
                id="swan-fee", group="swans", ja="白鳥ボートの料金", en="Fee for a swan boat",
                button="白鳥ボートの料金", en_button="Swan boat fee",
                answer="料金は、公開されている資料では確認できませんでした。",
                en_answer="The fee could not be confirmed.",
                ja_ways="白鳥ボート いくら, 白鳥のお金, 乗るのに何円かかる, はくちょうりょうきん",
                en_ways="how much is a swan boat, swan price",
                sources="", provenance="not_found", windows="",
            ),
            _ENTRY.format(
                id="duck-complaint", group="ducks", ja="あひる係への苦情", en="Complaints about the duck keepers",
                button="あひる係への苦情", en_button="Duck keeper complaint",
                answer='"苦情は {window:ear|grievance} に話せます。"', en_answer='"Talk to {window:ear|grievance}."',
                ja_ways="あひる係の態度がひどい, あひるの人に怒鳴られた, あひる係 苦情, あひるがかりにもんくをいいたい",
                en_ways="the duck keeper was rude, complaint about duck staff",
                sources="ZZ", provenance="resident_account", windows="ear",
            ),
        ]
    )  # fmt: skip


COMMON = """
groups:
  - {id: swans, label: {ja: 白鳥, en: Swans}}
  - {id: ducks, label: {ja: あひる, en: Ducks}}
synonyms:
  - [白鳥, スワン, swan]
readings: {白鳥: はくちょう, 登録: とうろく, 料金: りょうきん}
sources:
  - key: ZZ
    title: {ja: 池のしおり, en: Pond leaflet}
    url: https://pond.invalid/leaflet
    page_date: {ja: "2026-01-01", en: "2026-01-01"}
purposes:
  - {id: registration, label: {ja: 登録, en: Registration}}
  - {id: grievance, label: {ja: 苦情, en: Complaints}}
windows:
  - id: pond
    name: {ja: 池の窓口, en: Pond counter}
    phone: 03-0000-0001
    hours: {ja: "9:00-17:00", en: "9:00-17:00"}
    operated_by: {ja: 池の会, en: Pond club}
    handles: [registration]
    does_not_handle: [grievance]
    sources: [ZZ]
    checked_on: 2026-11-01
    provenance: official
  - id: ear
    name: {ja: 聞く係, en: Listening desk}
    phone_note: {ja: 番号は確認できていません。, en: The number is not confirmed.}
    handles: [grievance]
    sources: [ZZ]
    checked_on: 2026-11-01
    provenance: official
replies:
  - id: call-119
    label: {ja: 火事・救急, en: "fire, ambulance"}
    danger: true
    priority: 100
    reply: {ja: まず119に電話してください。, en: Call 119 first.}
    any: [[火事, 救急車]]
    utterances: {ja: [火事です], en: [there is a fire]}
  - id: hello
    reply: {ja: こんにちは。, en: Hello.}
    utterances: {ja: [こんにちは, どうも初めまして], en: [hello there]}
  - id: somebody
    hands_over: true
    reply: {ja: 職員に引き継ぎます。, en: A person will answer.}
    utterances: {ja: [職員と話したい, 人に代わってください], en: [let me talk to a person]}
kinds:
  - {id: not-ours, reply: {ja: "{subject}のことは、ここでは分かりません。", en: "{subject}: not here."}}
decoys:
  - id: weather
    kind: not-ours
    subject: {ja: 天気, en: Weather}
    utterances: {ja: [今日の天気は, 明日は雨かな], en: [will it rain]}
"""


def texts() -> dict[str, str]:
    """The same as one file of entries with their phrasings, and one of everything else."""
    return {
        "entries/ponds.yaml": entries(), "entries/_common.yaml": COMMON, PROFILE_NAME: small_town.texts()[PROFILE_NAME],
    }  # fmt: skip


def lock_of(files: dict[str, str]) -> str:
    """A lock that matches the files."""
    parsed = [parse(text, name).file for name, text in files.items()]
    sound = [file for file in parsed if file is not None]
    return write(
        [e for file in sound for e in file.entries], None, [w for file in sound for w in file.windows]
    )


def knowledge() -> KnowledgeBase:
    """The knowledge base of the fictional town."""
    files = small_town.texts()
    judged = judge(files, lock_of(files), TODAY, decide_alone)
    assert judged.knowledge is not None, [str(problem) for problem in judged.problems]
    return judged.knowledge


def base(*changes: tuple[str, str, str]) -> KnowledgeBase:
    """The small FAQ with replacements: file, old text, new text."""
    files = texts()
    for name, old, new in changes:
        assert old in files[name]
        files[name] = files[name].replace(old, new, 1)
    judged = judge(files, lock_of(files), TODAY, decide_alone)
    assert judged.knowledge is not None, [str(problem) for problem in judged.problems]
    return judged.knowledge
