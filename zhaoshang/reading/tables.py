"""Tables that survive as text: a header that names units, rows of cells, a place or a sum in front of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from zhaoshang.reading import lexicon
from zhaoshang.reading.lines import CELL_GAP, is_table_row
from zhaoshang.reading.numerals import number
from zhaoshang.reading.pinyin import HAN

_NUMERIC = re.compile(r"(?P<number>[-－+]?\d[\d,]*(?:\.\d+)?)(?P<unit>%|％|亿元|万元|个|家)?$")
_UNIT = re.compile(
    r"(?P<unit>亿美元|万美元|亿元|万元|万亩|平方公里|公顷|万平方米|平方米|亩|%|％|个百分点|[个家项次场批户人宗元位])(?:[)）\]]|$)"
)
_CAPTION_UNIT = re.compile(r"单位[:：]\s*(?P<unit>亿美元|万美元|亿元|万元|元)")
_WHOLE = re.compile("^(?:合计|总计|小计|全[市省县区州]|累计|总数|汇总)")
_ORDINAL = re.compile("^(?:序号|编号|№|No)")
_FACTORS = {
    "亿美元": ("USD", 10**8), "万美元": ("USD", 10**4), "亿元": ("CNY", 10**8), "万元": ("CNY", 10**4), "元": ("CNY", 1),
    "平方公里": ("m2", 10**6), "公顷": ("m2", 10**4), "万平方米": ("m2", 10**4), "平方米": ("m2", 1),
    "万亩": ("mu", 10**4), "亩": ("mu", 1),
    "%": ("percent", 1), "％": ("percent", 1), "个百分点": ("percent", 1),
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """What a column's cells say."""

    title: str
    class_name: str
    kind: str
    unit: str
    factor: int
    target: bool = False


@dataclass(frozen=True)
class Cell:
    """A figure of a table, placed in the text."""

    start: int
    end: int
    value: Decimal
    column: Column
    label: str
    is_whole: bool


@dataclass(frozen=True)
class Table:
    """A table at ``start``-``end`` of the text, header included."""

    start: int
    end: int
    cells: list[Cell]


def find(text: str) -> list[Table]:
    """All tables with a header that can be understood; rows without one are left to the sentences."""
    tables: list[Table] = []
    lines = _lines(text)
    at = 0
    while at < len(lines):
        rows = _rows(lines, at + 1) if _cells(*lines[at]) and not _has_numbers(lines[at][1]) else []
        columns = _columns(lines[at][1], text[max(0, lines[at][0] - 80) : lines[at][0]]) if rows else []
        cells = [cell for row in rows for cell in _read_row(*row, _turned(columns, *row))]
        if cells:
            tables.append(Table(lines[at][0], rows[-1][0] + len(rows[-1][1]), cells))
        at += 1 + len(rows)
    return tables


def _lines(text: str) -> list[tuple[int, str]]:
    out, at = [], 0
    for line in text.split("\n"):
        out.append((at, line))
        at += len(line) + 1
    return out


def _rows(lines: list[tuple[int, str]], at: int) -> list[tuple[int, str]]:
    """The rows that follow, rules between header and body left out."""
    rows = []
    for start, line in lines[at:]:
        if not is_table_row(line) and not _short_row(line):
            break
        rows.append((start, line))
    return rows


def _short_row(line: str) -> bool:
    """A row of one label and one or two numbers."""
    cells = [text for _, text in _cells(0, line)]
    return len(cells) >= 2 and not _NUMERIC.match(cells[0]) and all(_NUMERIC.match(cell) for cell in cells[1:])


def _has_numbers(line: str) -> bool:
    return any(_NUMERIC.match(cell) for _, cell in _cells(0, line))


def _cells(start: int, line: str) -> list[tuple[int, str]]:
    """(offset, text) of the cells of a line; none where it has only one."""
    cells, at = [], 0
    for gap in [*CELL_GAP.finditer(line), None]:
        end = gap.start() if gap else len(line)
        if line[at:end].strip():
            cells.append((start + at, line[at:end]))
        at = gap.end() if gap else end
    return cells if len(cells) > 1 else []


def _columns(header: str, caption: str) -> list[Column]:
    said = _CAPTION_UNIT.search(caption)
    columns: list[Column] = []
    for _, title in _cells(0, header):
        columns.append(_column(title, said.group("unit") if said else None, columns))
    return _aimed(columns)


def _aimed(columns: list[Column]) -> list[Column]:
    """«年度目标» alone names no indicator: it is the aim of the column to its right."""
    following = [*columns[1:], Column("", "", "", "", 1)]
    return [
        replace(column, class_name=right.class_name)
        if column.target and not column.class_name and column.unit == right.unit
        else column
        for column, right in zip(columns, following, strict=True)
    ]


def _column(title: str, usual: str | None, left: list[Column]) -> Column:
    """A column by its title, the caption's unit and the columns to its left, whose growth or share it may give."""
    written = _UNIT.search(title)
    unit = written.group("unit") if written else ""
    bare = re.sub(r"[(（\[][^()（）\[\]]*[)）\]]$", "", title)
    if _ORDINAL.match(title) or bare in {
        "地区",
        "单位",
        "县区",
        "区县",
        "名称",
        "备注",
        "项目名称",
        "指标",
        "县市区",
        "市州",
    }:
        return Column(title, "", "", "", 1)
    kind = _kind(bare, unit)
    owner = next((column.class_name for column in reversed(left) if column.class_name), "")
    term = lexicon.money_term(bare)
    own = term.class_name if term and term.class_name != lexicon.GENERIC else ""
    if kind in {"growth", "share", "completion", "rank", "difference"}:
        return Column(title, own or owner, kind, "rank" if kind == "rank" else "percent", 1)
    counted = unit in {"个", "家", "项", "次", "场", "批", "户", "人", "宗"} or (
        not unit and re.search("数量?$|个数$", bare)
    )
    if counted or (not term and "项目" in bare):
        return Column(title, _counted(bare, unit or "个"), "level", "count", 1, _is_aim(bare))
    currency, factor = _FACTORS.get(unit or (usual or "" if term else ""), ("", 1))
    class_name = (
        "area"
        if currency in {"m2", "mu"}
        else own or (lexicon.STAGE_MONEY[lexicon.stage(bare) or "total"] if term else owner)
    )
    return Column(title, class_name if currency else "", "level", currency, factor, _is_aim(bare))


def _turned(columns: list[Column], start: int, line: str) -> list[Column]:
    """The columns for one row: where the rows, not the columns, name the indicators, each takes its row's class and unit."""
    cells = _cells(start, line)
    if not cells or any(column.class_name for column in columns):
        return columns
    row = _column(cells[0][1].strip(), None, [])
    return [
        replace(column, class_name=row.class_name)
        if column.kind != "level"
        else replace(row, title=row.title, target=_is_aim(column.title))
        for column in columns
    ]


def _kind(title: str, unit: str) -> str:
    if re.search("位次|排名|名次", title):
        return "rank"
    if unit == "个百分点":
        return "difference"
    if re.search("增长|增幅|增速|同比|环比", title) and unit in {"%", "％", ""}:
        return "growth"
    if re.search("完成(?:率|进度|比例|%)|进度|占(?:目标|任务|计划)", title):
        return "completion"
    return "share" if unit in {"%", "％"} or re.search("占比|比重", title) else "level"


def _is_aim(title: str) -> bool:
    return re.search("目标|任务|计划(?!总?投资)", title) is not None


def _counted(title: str, measure: str) -> str:
    found = lexicon.count_class(title, "", measure)
    if found in {"projects", "signed_projects"}:
        return lexicon.STAGE_COUNT[lexicon.stage(title) or "total"]
    return "other" if found in {"skip", "information"} else found


def _read_row(start: int, line: str, columns: list[Column]) -> list[Cell]:
    cells = _cells(start, line)
    if len(cells) != len(columns):
        return []
    label = next((text.strip() for _, text in cells if re.match(rf"[{HAN}]", text)), "")
    found = []
    for (at, written), column in zip(cells, columns, strict=True):
        match = _NUMERIC.match(written.strip())
        if match and column.class_name:
            value = number(match.group("number").replace("－", "-")) * column.factor
            begin = at + written.index(match.group("number")[0])
            found.append(
                Cell(begin, begin + len(match.group("number")), value, column, label, _WHOLE.match(label) is not None)
            )
    return found
