"""The reporting periods a bulletin names: months, quarters, half-years, «今年以来», and what «去年同期» points back to.

Written as the samples write them: ``2023``, ``2023Q1``, ``2023-01/2023-08``, ``2021/2022`` for whole years.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from zhaoshang.reading.numerals import number

Kind = Literal["cumulative", "month", "year", "day", "same_last_year"]


@dataclass(frozen=True)
class Period:
    """A stretch of whole months; the year is None while the text leaves it open."""

    kind: Kind
    year: int | None = None
    first: int = 1
    last: int = 12
    last_year: int | None = None

    def label(self) -> str | None:
        """The period as claims carry it, None when the year cannot be known or it is a day's event."""
        if self.year is None or self.kind == "day":
            return None
        if self.last_year is not None and (self.first, self.last) == (1, 12):
            return f"{self.year}/{self.last_year}"
        if (self.first, self.last) == (1, 12):
            return str(self.year)
        if self.last - self.first == 2 and self.first % 3 == 1:
            return f"{self.year}Q{self.last // 3}"
        return f"{self.year}-{self.first:02}/{self.last_year or self.year}-{self.last:02}"

    def whole_year(self) -> Period:
        """The year this period lies in: what an annual target belongs to."""
        return Period("year", self.last_year or self.year)

    def year_before(self) -> Period:
        """The same months of the year before."""
        return replace(self, year=None if self.year is None else self.year - 1)


class Mention(NamedTuple):
    """A period named at ``start``-``end``; ``explicit`` when its year stands in the words."""

    start: int
    end: int
    period: Period
    explicit: bool


_Y = r"(?:(?:19|20)\d{2}|(?:一九|二[○〇零Oo])[○〇零Oo一二三四五六七八九]{2}(?=年))"
_N = r"(?:\d{1,2}|十[一二]|[一二三四五六七八九十])"
_YEAR = (
    rf"(?:(?P<year>{_Y})年?度?(?=[年\d一二三四上下前全首]|$)|(?P<year_word>{_Y})年度?"
    r"|(?P<relative>今年|去年|上年|上一年|本年度?|当年|前年|明年))?(?:的)?"
)
_PERIOD = re.compile(
    r"(?=[\d截至到目今去上本当前明同第首全年以一二三四五六七八九十下])(?:"
    r"(?P<date>(?:19|20)\d{2}(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日)"
    r"(?:[至—–-](?:\d{1,2}月)?\d{1,2}日)?)(?![底末])"
    r"|(?P<years>(?:19|20)\d{2})年?[-—–~至到]+(?P<years_end>(?:19|20)\d{2})年"
    r"|(?P<base>(?:(?:去年|上年|前年)|(?<=[比较与]))(?:同期|同一时期))"
    rf"|(?:截至|截止到?|至|到)?(?:目前为止)?{_YEAR}"
    r"(?:"
    rf"(?P<from>{_N})(?:月份?|月\d{{1,2}}日[^，,。；;\d]{{0,4}})?[-—–~～至到]+(?P<to>{_N})(?:个月|月份?(?P<to_day>\d{{1,2}}日)?[底末]?)(?!度)"
    rf"|(?<!提)前(?P<months>{_N})个?月|(?P<quarters>前(?:三|3)个?季度)"
    r"|第?(?P<quarter>[一二三四1-4首])季度?(?!报|.?开门红)"
    r"|(?P<half>[上下])半年|(?P<whole>全年(?!目标|任务|计划))|(?P<since>以来|年初以来)"
    rf"|(?P<month>{_N})月(?:份|当月|单月)*(?:(?P<day>\d{{1,2}})[日号])?(?P<end>[底末])?(?![\d])"
    r"|(?P<bare>(?<=年)|(?<=年度)))"
    r"|(?P<this_month>[本当]月(?:份)?)|(?P<this_year>今年以来|年初以来))"
)


def find(text: str, published: str | None = None) -> list[Mention]:
    """All periods named in a clean text, with years filled in from the dateline, ``published`` (YYYY-MM-DD) or the text itself."""
    matches = [match for match in _PERIOD.finditer(text) if match.group().strip()]
    known = document_year(text, published)
    return [mention for match in matches if (mention := _mention(match, known)) is not None]


_DATELINE = re.compile(r"(?<!\d)(20\d{2}|19\d{2})(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日)")
_PLAIN_YEAR = re.compile(rf"(?<![\d—–~-])({_Y})年(?!前)")
_ASIDE = re.compile(r"《[^》\n]{0,80}》|[(（][^()（）\n]{0,40}年[)）]")


def document_year(text: str, published: str | None) -> int | None:
    """The year «今年» means: of publication, of the dateline, else the first year the text names outside titles and plans."""
    if published and re.match(r"(19|20)\d{2}", published):
        return int(published[:4])
    dateline = _DATELINE.search(text, 0, 400)
    if dateline:
        return int(dateline.group(1))
    plain = _PLAIN_YEAR.search(_ASIDE.sub("", text))
    if plain is None:
        return None
    year = _year_number(plain.group(1))
    told_of_last_year = _LOOKS_AHEAD.search(text, plain.end()) and _WHOLE_YEAR.match(
        text[plain.end() : plain.end() + 40]
    )
    return year + 1 if told_of_last_year else year


_LOOKS_AHEAD = re.compile(
    r"今年(?:的)?(?:(?:全年|全市)?(?:工作|招商)?(?:目标|任务|计划|要|将|力争|预期)|前?\d|[一上]|以来)"
)
_WHOLE_YEAR = re.compile(
    r"(?:全年|度)?[,，]?(?![^,，。]{0,8}(?:计划|力争|目标|将|安排))[^,，。;；\d]{0,14}(?:完成|实现|引进|到位|实际|利用)[^,，。;；\d]{0,14}\d"
)


def _year_number(written: str) -> int:
    """«2013», «二○一三»."""
    return int(number(written.translate(_CIRCLES)))


_CIRCLES = str.maketrans("○Oo〇", "零零零零")


def _mention(match: re.Match[str], known: int | None) -> Mention | None:
    if match.group("date"):
        return Mention(match.start(), match.end(), Period("day", int(match.group("date")[:4])), True)
    if match.group("years"):
        period = Period("year", int(match.group("years")), last_year=int(match.group("years_end")))
        return Mention(match.start(), match.end(), period, True)
    if match.group("base"):
        return Mention(match.start(), match.end(), Period("same_last_year"), False)
    year, explicit = _year(match, known)
    months = _months(match)
    if months is None:
        return None
    kind, first, last = months
    return Mention(match.start(), match.end(), Period(kind, year, first, last), explicit)


def _year(match: re.Match[str], known: int | None) -> tuple[int | None, bool]:
    written = match.group("year") or match.group("year_word")
    if written:
        return _year_number(written), True
    word = match.group("relative") or ""
    if known is None:
        return None, False
    shift = {"去年": -1, "上年": -1, "上一年": -1, "前年": -2, "明年": 1}.get(word, 0)
    return known + shift, shift != 0


def _months(match: re.Match[str]) -> tuple[Kind, int, int] | None:
    """(kind, first month, last month); None for numbers that are no months."""
    group = match.groupdict()
    if group["from"]:
        return _range(int(number(group["from"])), int(number(group["to"])))
    if group["months"]:
        return _range(1, int(number(group["months"])))
    if group["quarters"]:
        return "cumulative", 1, 9
    if group["quarter"]:
        quarter = {"首": 1}.get(group["quarter"]) or int(number(group["quarter"]))
        return "cumulative", quarter * 3 - 2, quarter * 3
    if group["half"]:
        return ("cumulative", 1, 6) if group["half"] == "上" else ("cumulative", 7, 12)
    if group["month"]:
        return _one_month(match, int(number(group["month"])))
    if group["this_month"]:
        return "month", 0, 0
    return "year", 1, 12


def _range(first: int, last: int) -> tuple[Kind, int, int] | None:
    return ("cumulative", first, last) if 1 <= first <= last <= 12 else None


def _one_month(match: re.Match[str], month: int) -> tuple[Kind, int, int] | None:
    """A month, a day in it, or («截至6月底») all months up to it."""
    if not 1 <= month <= 12:
        return None
    if match.group().startswith(("截", "至", "到")) or match.group("end"):
        return "cumulative", 1, month
    return ("day", month, month) if match.group("day") else ("month", month, month)
