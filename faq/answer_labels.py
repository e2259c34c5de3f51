"""The short words around an answer, in every language: names of its parts, and of what stands in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from faq.content.provenance import Provenance
from faq.language import Language, Words, pick

JA, EASY, EN, HANS, HANT, KO = (
    Language.JA, Language.JA_EASY, Language.EN, Language.ZH_HANS, Language.ZH_HANT, Language.KO,
)  # fmt: skip

_SAID: Final[Mapping[str, Words]] = {
    "steps": {JA: "手順", EASY: "やりかた", EN: "Steps", HANS: "步骤", HANT: "步驟", KO: "순서"},
    "more": {JA: "説明", EASY: "せつめい", EN: "More", HANS: "说明", HANT: "說明", KO: "설명"},
    "windows": {JA: "窓口と電話", EASY: "窓口(まどぐち)と 電話(でんわ)", EN: "Where to ask", HANS: "窗口和电话", HANT: "窗口和電話",
                KO: "창구와 전화"},
    "sources": {JA: "出典・くわしく", EASY: "どこを 見(み)たか", EN: "Sources and dates", HANS: "出处和日期", HANT: "出處和日期",
                KO: "출처와 날짜"},
    "phone": {JA: "電話 {phone}", EASY: "電話(でんわ) {phone}", EN: "Phone {phone}", HANS: "电话 {phone}", HANT: "電話 {phone}",
              KO: "전화 {phone}"},
    "call": {JA: "{window} {phone}", EN: "{window} {phone}"},
    "hours": {JA: "受付 {hours}", EASY: "時間(じかん) {hours}", EN: "Hours: {hours}", HANS: "时间 {hours}", HANT: "時間 {hours}",
              KO: "시간 {hours}"},
    "no_hours": {JA: "受付時間は確認できていません", EASY: "時間(じかん)は まだ わかりません", EN: "Hours: not confirmed",
                 HANS: "时间未能确认", HANT: "時間未能確認", KO: "시간은 확인되지 않았습니다"},
    "run_by": {JA: "運営 {who}", EASY: "動(うご)かして いる 所(ところ): {who}", EN: "Run by {who}", HANS: "运营 {who}",
               HANT: "營運 {who}", KO: "운영 {who}"},
    "section": {JA: "担当課 {who}", EASY: "区(く)の 係(かかり): {who}", EN: "Responsible section: {who}", HANS: "主管科室 {who}",
                HANT: "主管科室 {who}", KO: "담당과 {who}"},
    "source": {JA: "出典", EASY: "見(み)た もの", EN: "Source", HANS: "出处", HANT: "出處", KO: "출처"},
    "page_date": {JA: "ページの日付: {date}", EASY: "ページの 日(ひ): {date}", EN: "page date: {date}", HANS: "页面日期: {date}",
                  HANT: "頁面日期: {date}", KO: "페이지 날짜: {date}"},
    "checked": {JA: "資料を読んだ日 {date}", EASY: "読(よ)んだ 日(ひ) {date}", EN: "Read on {date}", HANS: "查阅资料的日期 {date}",
                HANT: "查閱資料的日期 {date}", KO: "자료를 읽은 날 {date}"},
    "verified": {JA: "{date} に {who} が実際のページと照合", EASY: "{date} に {who} が 本当(ほんとう)の ページと くらべました",
                 EN: "Compared with the live page on {date} by {who}", HANS: "{date} 由 {who} 与实际页面核对",
                 HANT: "{date} 由 {who} 與實際頁面核對", KO: "{date} {who}이(가) 실제 페이지와 대조"},
    "receipt": {JA: "回答番号 {receipt} ({entry} 第{version}版)", EASY: "こたえの 番号(ばんごう) {receipt} ({entry} 第{version}版)",
                EN: "Answer no. {receipt} ({entry}, version {version})", HANS: "回答编号 {receipt} ({entry} 第{version}版)",
                HANT: "回答編號 {receipt} ({entry} 第{version}版)", KO: "답변 번호 {receipt} ({entry} 제{version}판)"},
    "evidence": {JA: "出典 {mark}・第{version}版・番号 {receipt}", EASY: "もと: {mark}・第{version}版・番号 {receipt}",
                 EN: "Source: {mark} · v{version} · no. {receipt}", HANS: "出处 {mark}·第{version}版·编号 {receipt}",
                 HANT: "出處 {mark}·第{version}版·編號 {receipt}", KO: "출처 {mark}·제{version}판·번호 {receipt}"},
}  # fmt: skip

_MARKS: Final[Mapping[Provenance, Words]] = {
    Provenance.OFFICIAL: {JA: "公式の資料", EASY: "公式", EN: "official", HANS: "官方资料", HANT: "官方資料", KO: "공식 자료"},
    Provenance.THIRD_PARTY: {JA: "公式以外の資料", EASY: "公式では ない", EN: "not official", HANS: "非官方资料", HANT: "非官方資料",
                             KO: "공식 외 자료"},
    Provenance.RESIDENT_ACCOUNT: {JA: "利用者の体験談", EASY: "人の 話", EN: "a user's account", HANS: "使用者的经历",
                                  HANT: "使用者的經歷", KO: "이용자의 경험"},
    Provenance.INFERRED: {JA: "資料からの推測", EASY: "たぶん", EN: "inferred", HANS: "推测", HANT: "推測", KO: "추정"},
    Provenance.MIXED: {JA: "公式とそれ以外", EASY: "公式と ほか", EN: "partly official", HANS: "官方及其他", HANT: "官方及其他",
                       KO: "공식 및 기타"},
    Provenance.NOT_FOUND: {JA: "資料で未確認", EASY: "わかりません", EN: "not confirmed", HANS: "未能确认", HANT: "未能確認",
                           KO: "확인 안 됨"},
}  # fmt: skip


def labelled(key: str, language: Language, **values: object) -> str:
    """A label with its values filled in. Raises ``KeyError`` for an unknown key."""
    return pick(_SAID[key], language)[1].format(**values)


def mark(provenance: Provenance, language: Language) -> str:
    """In a few words, what an answer rests on."""
    return pick(_MARKS[provenance], language)[1]
