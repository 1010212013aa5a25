"""Lines, spaces and adverts: undoing what a page's layout did to its sentences, leaving tables alone."""

from __future__ import annotations

import itertools
import re

from zhaoshang.reading.pinyin import HAN
from zhaoshang.reading.tracked import Edit, Tracked

_NUMBER = r"[-+]?[\d,.]+[%％]?"
CELL_GAP = re.compile(r"(?<![ \t])[ \t]{0,40}[|｜│]+[ \t]{0,40}|(?<![ \t])[ \t]+")
_SENTENCE_MARK = re.compile(r"[，。；：！？;:!?、]|,(?!\d{3})|(?<!\d),|\d\.(?!\d)|(?<!\d)\.")
_NUMERIC_CELL = re.compile(rf"^{_NUMBER}$")

_SPLIT_DECIMAL = re.compile(r"(?<=\d)(?: \. ?|\. )(?=\d{1,4} ?(?:[%％万亿千百元美倍公平亩]|个百分))")
_SPLIT_THOUSANDS = re.compile(
    r"(?<=\d)(?: [,，] ?|[,，] )(?=\d{3}(?!\d))"
    r"|(?:(?<=[^\d.]\d)|(?<=[^\d.]\d\d)) (?=\d{3}(?:\.\d+)? ?(?:[万亿]|[美港]?元))|(?<=\d\.\d) (?=\d{1,2}[%％])"
)
_SPACE_BEFORE_NUMBER = re.compile(rf"(?<=[{HAN}，。；：、（）(),;:“”《》—–~～\-]) {{1,8}}(?=[-+]?\d)")
_SPACE_AFTER_NUMBER = re.compile(
    rf"(?<=[\d%])(?<![-/.]\d\d)(?<!:\d\d) {{1,8}}(?=[{HAN}%，。；：、（）(),;:—–~～])|(?<=[\d%]) {{1,8}}(?=[%万亿元])"
)
_ORDINAL = re.compile(r"[ \t]{0,8}\d{1,2} +")
_SPACE_IN_UNIT = re.compile(
    r"(?<=[万亿]) {1,8}(?=[元美亩平公])|(?<=个) {1,8}(?=百分点)|(?<=百分) {1,8}(?=点)|(?<=[平]) {1,8}(?=方[公米])"
)

_TERMINAL = "。！？!?;；:：”」》】…|"
_LIST_MARK = re.compile(
    r"[ \t]*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．)）](?!\d)"
    r"|[●■◆★▲•·*#|\-–—]|第[一二三四五六七八九十\d]+[章节条])"
)
_CONTINUES = re.compile(r"[，。；、）)%％,;.:：”亿万元个家项]")
_OPEN_END = re.compile(rf"(?:[,，、（(“]|\d\.?|[{HAN}]的|同比|增长|完成|达到?|其中|[万亿])$")
_WRAP_MINIMUM = 12

_ORPHAN_PERCENT = re.compile(r"(?<![\d%％\s.个(（|])[ \t\n]{0,6}[%％]")
_PENDING_NUMBER = re.compile(r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)(?=[^\d.%％|\-—–~至][^%％。|]{1,80}\Z)", re.DOTALL)
_UNITLESS = re.compile(
    rf"[ \t\n]{{0,6}}(?![多余]?[万亿千百]?(?:[元美亿万家个项次场人户年月日号位名批种倍件亩吨㎡]|平方|公))[^\d{HAN}%％]{{0,40}}[【\[(（<《]?"
)
_ADVERT_LIMIT = 90


def is_table_row(line: str) -> bool:
    """Whether a line is a row of cells: drawn with bars, or short words and bare numbers apart, without a sentence's punctuation."""
    if line.count("|") + line.count("｜") >= 2:
        return True
    cells = [cell for cell in CELL_GAP.split(line.strip()) if cell]
    numbers = sum(1 for cell in cells if _NUMERIC_CELL.match(cell))
    return (
        len(cells) >= 3 and numbers >= 2 and not _SENTENCE_MARK.search(line) and all(len(cell) <= 14 for cell in cells)
    )


def join(text: Tracked) -> Tracked:
    """Close the gaps that wrapping, justification and inserted adverts left inside figures and sentences."""
    text = text.apply(_wraps(text.text))
    text = text.apply(_spaces(text.text))
    return text.apply(_adverts(text.text))


def _wraps(text: str) -> list[Edit]:
    """The line breaks that fall inside a sentence or a number."""
    rows = text.split("\n")
    width = _wrap_width(rows)
    edits, at = [], 0
    for row, following in itertools.pairwise(rows):
        at += len(row)
        upper, lower = row.rstrip(" \t"), following.lstrip(" \t")
        if (
            upper
            and lower
            and not is_table_row(row)
            and not is_table_row(following)
            and _wrapped(upper, lower, following, width)
        ):
            edits.append(Edit(at - (len(row) - len(upper)), at + 1 + len(following) - len(lower), ""))
        at += 1
    return edits


def _wrap_width(rows: list[str]) -> int:
    """The length from which a line counts as full: most of the longest unfinished lines."""
    unfinished = sorted(len(row.rstrip()) for row in rows if row.rstrip() and row.rstrip()[-1] not in _TERMINAL)
    if len(unfinished) < 2:
        return 10**9
    return max(_WRAP_MINIMUM, int(unfinished[len(unfinished) * 3 // 4] * 0.8))


def _wrapped(upper: str, lower: str, following: str, width: int) -> bool:
    if upper[-1] in _TERMINAL and not (upper[-1] in ":：" and lower[0] in "，。"):
        return False
    if _CONTINUES.match(lower) and not lower.startswith(("元旦", "万众", "家家")):
        return True
    if _LIST_MARK.match(lower) or following.startswith(("  ", "\t", "　")):
        return False
    if _OPEN_END.search(upper[-4:]):
        return True
    return len(upper) >= width


def _spaces(text: str) -> list[Edit]:
    """Spaces inside and round numbers, outside tables."""
    edits, at = [], 0
    for line in text.split("\n"):
        first = _ORDINAL.match(line)
        if " " in line and any(c.isdigit() for c in line) and not is_table_row(line):
            closed: dict[tuple[int, int], str] = {}
            for pattern in (
                _SPLIT_DECIMAL,
                _SPLIT_THOUSANDS,
                _SPACE_BEFORE_NUMBER,
                _SPACE_AFTER_NUMBER,
                _SPACE_IN_UNIT,
            ):
                for match in pattern.finditer(line, first.end() if first else 0):
                    closed.setdefault(match.span(), match.group().replace(" ", ""))
            edits += _apart(Edit(at + start, at + end, by) for (start, end), by in sorted(closed.items()))
        at += len(line) + 1
    return edits


def _apart(edits: object) -> list[Edit]:
    """Ordered edits without those that overlap an earlier one."""
    kept: list[Edit] = []
    for edit in edits:  # type: ignore[attr-defined]
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _adverts(text: str) -> list[Edit]:
    """What stands between a figure and its orphaned % sign."""
    edits: list[Edit] = []
    for percent in _ORPHAN_PERCENT.finditer(text):
        window = max(edits[-1].end if edits else 0, percent.start() - _ADVERT_LIMIT)
        found = [
            m
            for m in _PENDING_NUMBER.finditer(text[window : percent.start()])
            if _UNITLESS.match(text, window + m.end())
        ]
        if found:
            edits.append(Edit(window + found[0].end(), percent.end() - 1, ""))
    return edits
