"""Where a long title breaks: in lines of like length, and never within a word (GB/T 9704-2012, 7.3.1)."""

import re

from zhaoshang.ui.documents.paper import PT_PER_MM, STYLES, TEXT_WIDTH_MM, width_chars

LINE_CHARS = int(TEXT_WIDTH_MM * PT_PER_MM / STYLES["Title"].size_pt)
# Held together: a number with its unit, Latin words, and the bureau's own compounds.
_WHOLE = re.compile(
    r"\d+(?:年\d+月|年[上下]半年|年[前一二三四]?[一二三四]?季度|[年月日个项亿万元%])?|[A-Za-z][\w.-]*|招商引资|到位内资|实际到位|区市县|开发区|功能区|先导区|"
    r"领导小组|办公室|人民政府|工作|情况|通报|进展|全市|全省|重点|项目|签约|开工|季度|年度|完成|调度|考核|评价|清单|指南|[上下]半年|公告|报告|方案"
)
_NOT_FIRST = set(" 的了和与及、，。：；！？）》」』”’〕】%")
_NOT_LAST = set("（《「『“‘〔【")


def title_lines(title: str) -> tuple[str, ...]:
    """``title`` in as few lines as it needs, each as near to the same length as its words allow; put together again they are the title."""
    count = -(-int(width_chars(title) * 2) // (LINE_CHARS * 2))
    lines, rest = [], title
    for remaining in range(count, 1, -1):
        place = _break_near(rest, width_chars(rest) / remaining)
        lines.append(rest[:place])
        rest = rest[place:]
    return (*lines, rest)


def _break_near(text: str, aim_chars: float) -> int:
    """The allowed break nearest to ``aim_chars`` that keeps the line within the paper; after ``aim`` if there is none."""
    within = [place for place in _breaks(text) if width_chars(text[:place]) <= LINE_CHARS]
    if not within:
        return max(1, round(aim_chars))
    return min(within, key=lambda place: abs(width_chars(text[:place]) - aim_chars))


def _breaks(text: str) -> list[int]:
    inside = {place for whole in _WHOLE.finditer(text) for place in range(whole.start() + 1, whole.end())}
    return [
        place
        for place in range(1, len(text))
        if place not in inside and text[place] not in _NOT_FIRST and text[place - 1] not in _NOT_LAST
    ]
