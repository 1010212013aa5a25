"""The few words that the paper itself prints, in both languages, and its numbers and dates."""

from dataclasses import dataclass
from datetime import date

from zhaoshang.ui.documents.model import Language

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Words:
    """What is printed around a document's own text."""

    sample: str
    colon: str
    attachment: str
    note: str
    sources: str
    comma: str
    source: str
    source_place: str
    source_digest: str
    page: str


WORDS: dict[Language, Words] = {
    "zh": Words(
        sample="样例数据　纯属虚构，不作依据",
        colon="：",
        attachment="附件：",
        note="（{}）",
        sources="数据来源",
        comma="、",
        source="〔{place}〕{figures}　口径：{definition}（{version}）；规则：",
        source_place="编号：{ref}；快照：{snapshot_id}",
        source_digest="摘要：",
        page="— {} —",
    ),
    "en": Words(
        sample="SAMPLE · invented figures, not to be relied on",
        colon=":",
        attachment="Attachments: ",
        note="({})",
        sources="Sources of figures",
        comma=", ",
        source="[{place}] {figures} · definition: {definition} ({version}); rule: ",
        source_place="reference: {ref}; snapshot: {snapshot_id}",
        source_digest="digest: ",
        page="— {} —",
    ),
}


def date_text(day: date, language: Language) -> str:
    """``2023年4月18日`` (without leading zeros, GB/T 9704-2012, 7.3.5.4) or ``18 April 2023``."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def chinese_number(number: int) -> str:
    """1-99 as headings count them: 一, 十, 十二, 二十, 九十九. Raises ``ValueError`` beyond."""
    if not 0 < number < 100:
        raise ValueError(f"headings are counted from 1 to 99, not {number}")
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def heading_label(counters: tuple[int, ...], language: Language) -> str:
    """The printed number of a heading whose place is ``counters`` (one number a level, at most four).

    一、 （一） 1. （1） by GB/T 9704-2012, 7.3.3; 1. 1.1 1.1.1 in English.
    """
    if language == "en":
        return ".".join(map(str, counters)) + (". " if len(counters) == 1 else " ")
    number = counters[-1]
    if len(counters) <= 2:
        return f"{chinese_number(number)}、" if len(counters) == 1 else f"（{chinese_number(number)}）"
    return f"{number}." if len(counters) == 3 else f"（{number}）"
