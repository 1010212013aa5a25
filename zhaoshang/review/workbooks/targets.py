"""A sheet of targets as a bureau issues it: units in rows, indicators in columns, their quarters beside them. Read whole or not at all.

A heading names the indicator, its unit (万元, 亿元) and, where the target is phased, up to when: 一季度, 上半年, 前三季度, 全年.
Quarters are cumulative, as amounts or as percentages of the year. A 合计 row is only checked; 全市 is the city's own target.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from zhaoshang.common.problems import N_, Problem
from zhaoshang.common.sheets import Cell, Kind, Row, Sheet, Workbook, column_letter
from zhaoshang.review.workbooks.amounts import AmountError, amount_of_cell, unit_in_header, unit_in_line
from zhaoshang.review.workbooks.messages import MESSAGES

CITY = ""
SEARCHED_ROWS = 20
YEAR = 4
_PHASES = (
    (1, re.compile(r"(?:第?一|1)季度(?:累计)?|Q1|1[-—至]3月")),
    (2, re.compile(r"上半年|(?:第?二|2)季度累计|1[-—至]6月|半年累计")),
    (3, re.compile(r"前三季度|前3季度|(?:第?三|3)季度累计|1[-—至]9月")),
    (YEAR, re.compile(r"全年|年度|1[-—至]12月")),
)
_ALONE = re.compile(r"(?:第?[二三四]|[234])季度|Q[234]")
_FILLING = re.compile(r"20\d\d年?|目标任务|目标|任务|计划|累计|数$|[\s:：]")
_BRACKETS = re.compile(r"[(\[【〔][^)\]】〕]*[)\]】〕]")
_SUM = re.compile(r"(?:各地区|地区)?(?:合计|总计|小计|合\s*计)")
_SKIPPED = re.compile(r"序号|备注|文号|说明|编号")
_REUSED = ("amount_formula", "amount_error", "amount_date", "amount_digits", "amount_currency", "amount_scaled_format")
TARGET_MESSAGES = {code: MESSAGES[code] for code in _REUSED} | {
    "no_targets_table": N_("没有找到目标表：表头要有指标字典里的指标名称，第一列是地区；请核对后再上传"),
    "column_unknown": N_("“{value}”不是指标字典里的指标；请改成字典里的名称，或删去这一列"),
    "column_repeated": N_("“{value}”与 {other} 列重复；请只留一列"),
    "phase_unclear": N_("“{value}”分不清是当季还是累计；请写成“上半年”“前三季度”或“二季度累计”"),
    "target_unit_missing": N_("“{value}”没有写明金额单位；请在表头写明万元或亿元，或在上传时选定"),
    "row_unknown": N_("认不出地区“{value}”；请改成填报地区的名称，或写“全市”“合计”"),
    "row_repeated": N_("“{value}”与第 {other} 行重复；请只留一行"),
    "target_unreadable": N_("“{value}”不是可识别的数；请写成数字，如 120 或 1,200.5"),
    "target_not_positive": N_("目标须大于零（写的是 {value}）；没有目标请留空"),
    "count_not_whole": N_("“{value}”不是整数；按个计的目标请写整数"),
    "phases_incomplete": N_("分季度的目标要么三个累计数都写，要么都不写"),
    "phases_fall": N_("累计数不能比前一个季度少，也不能超过全年目标（{value}）"),
    "year_missing": N_("写了分季度的目标，没有写全年目标；请补上"),
    "sum_differs": N_("合计写的是 {stated}，各地区相加为 {summed}；请核对是否有漏行或错数"),
    "nothing_to_set": N_("表里没有一个目标；请填上数再上传"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """A unit or an indicator with the names it may be written by, the first being its own."""

    code: str
    names: tuple[str, ...]
    is_money: bool = True


@dataclass(frozen=True, slots=True)
class ReadTarget:
    """One target: ``unit`` is a code or :data:`CITY`; amounts in fen or as counts; ``cell`` is where the year's amount stands."""

    unit: str
    indicator: str
    amount: int
    phases: tuple[int, int, int] | None
    cell: str


@dataclass(slots=True)
class TargetSheet:
    """What a file says, and what is wrong with it; any problem keeps the whole of it out."""

    targets: list[ReadTarget] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Column:
    number: int
    heading: str
    indicator: Named
    phase: int
    unit: str | None


def read_targets(
    book: Workbook,
    units: Sequence[Named],
    indicators: Sequence[Named],
    city_names: Sequence[str],
    amount_unit: str = "",
) -> TargetSheet:
    """Every target of the first sheet that has a table of them. ``amount_unit``: for money columns that state none."""
    for sheet in book.sheets:
        reader = _Reader(sheet, units, indicators, city_names, amount_unit)
        if reader.find_heading():
            return reader.read()
    return TargetSheet(problems=[_problem("no_targets_table", book.sheets[0].name if book.sheets else "")])


def _problem(code: str, sheet: str, row: int = 0, column: str = "", value: str = "", **params: object) -> Problem:
    shown = value[:60]
    filled = {"value": shown, **params}
    return Problem(sheet, row, column, shown, TARGET_MESSAGES[code].format(**filled), code, True, filled)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


class _Reader:
    """Goes through one sheet; every finding lands in ``found``."""

    def __init__(
        self, sheet: Sheet, units: Sequence[Named], indicators: Sequence[Named], city_names: Sequence[str], unit: str
    ) -> None:
        self.sheet, self.amount_unit, self.found = sheet, unit, TargetSheet()
        self.places = _by_name(units) | {_plain(name): Named(CITY, (name,)) for name in ("全市", *city_names)}
        self.indicators = _by_name(indicators)
        self.columns: list[_Column] = []
        self.last_heading = 0
        self.label_column = 0

    def fault(self, code: str, row: int = 0, column: int = 0, value: str = "", **params: object) -> None:
        """Note a problem at a cell."""
        self.found.problems.append(
            _problem(code, self.sheet.name, row, column_letter(column) if column else "", value, **params)
        )

    # -- the heading -------------------------------------------------------------------------------------------------

    def find_heading(self) -> bool:
        """Whether a row near the top names an indicator; its columns are then known."""
        rows = self.sheet.rows[:SEARCHED_ROWS]
        for place, row in enumerate(rows):
            if not any(self._indicator(cell.text) for cell in row.cells.values()):
                continue
            below = rows[place + 1] if place + 1 < len(rows) and _is_phases(rows[place + 1]) else None
            self.last_heading = below.number if below else row.number
            self._take_columns(self._headings(row, below), self._stated_unit(rows[:place]))
            return True
        return False

    def _stated_unit(self, above: Sequence[Row]) -> str | None:
        """单位：万元 above the table."""
        told = (unit_in_line(cell.text) for row in above for cell in row.cells.values())
        return next((unit for unit in told if unit), None)

    def _headings(self, row: Row, below: Row | None) -> dict[int, str]:
        """Heading by column; over a row of quarters an indicator's name holds until the next."""
        if below is None:
            return {number: cell.text for number, cell in row.cells.items() if cell.text.strip()}
        found, name = {}, ""
        for number in sorted({*row.cells, *below.cells}):
            name = row.cell(number).text.strip() or name
            found[number] = f"{name} {below.cell(number).text}".strip()
        return found

    def _take_columns(self, headings: Mapping[int, str], stated: str | None) -> None:
        names = [number for number, text in headings.items() if self._indicator(text) is None]
        self.label_column = next((number for number in names if not _SKIPPED.search(headings[number])), 1)
        taken: dict[tuple[str, int], int] = {}
        for number, text in headings.items():
            if number == self.label_column or _SKIPPED.search(text):
                continue
            column = self._column(number, text, stated)
            if column is None:
                continue
            other = taken.setdefault((column.indicator.code, column.phase), number)
            if other != number:
                self.fault("column_repeated", self.last_heading, number, text, other=column_letter(other))
                continue
            self.columns.append(column)

    def _column(self, number: int, text: str, stated: str | None) -> _Column | None:
        phase = _phase(text)
        if phase is None:
            self.fault("phase_unclear", self.last_heading, number, text)
            return None
        indicator = self._indicator(text)
        if indicator is None:
            self.fault("column_unknown", self.last_heading, number, text)
            return None
        unit = (unit_in_header(text) or stated or self.amount_unit or None) if indicator.is_money else None
        if indicator.is_money and unit is None and not self._cells_state_units(number):
            self.fault("target_unit_missing", self.last_heading, number, text)
        return _Column(number, text, indicator, phase, unit)

    def _cells_state_units(self, number: int) -> bool:
        texts = [row.cell(number) for row in self.sheet.rows if row.number > self.last_heading]
        return all(
            cell.kind in (Kind.BLANK, Kind.PERCENT) or (cell.kind is Kind.TEXT and re.search("[元亿万]", cell.text))
            for cell in texts
        )

    def _indicator(self, heading: str) -> Named | None:
        bare = _BRACKETS.sub("", _plain(heading))
        for _, pattern in _PHASES:
            bare = pattern.sub("", bare)
        return self.indicators.get(_FILLING.sub("", _ALONE.sub("", bare)))

    # -- the rows ----------------------------------------------------------------------------------------------------

    def read(self) -> TargetSheet:
        """Every row below the heading."""
        seen: dict[str, int] = {}
        sums: list[Row] = []
        for row in self.sheet.rows:
            label = row.cell(self.label_column).text.strip()
            if row.number <= self.last_heading or not self._has_numbers(row):
                continue
            place = self.places.get(_plain(label))
            if place is None and _SUM.fullmatch(_plain(label)):
                sums.append(row)
            elif place is None:
                self.fault("row_unknown", row.number, self.label_column, label)
            elif (other := seen.setdefault(place.code, row.number)) != row.number:
                self.fault("row_repeated", row.number, self.label_column, label, other=other)
            else:
                self.found.targets += self._targets(row, place)
        for row in sums:
            self._check_sum(row)
        if not self.found.targets and not self.found.problems:
            self.fault("nothing_to_set")
        return self.found

    def _has_numbers(self, row: Row) -> bool:
        return any(row.cell(column.number).kind is not Kind.BLANK for column in self.columns)

    def _targets(self, row: Row, place: Named) -> Iterator[ReadTarget]:
        by_indicator: dict[str, dict[int, _Column]] = {}
        for column in self.columns:
            by_indicator.setdefault(column.indicator.code, {})[column.phase] = column
        for code, columns in by_indicator.items():
            target = self._target(row, place, code, columns)
            if target is not None:
                yield target

    def _target(self, row: Row, place: Named, code: str, columns: Mapping[int, _Column]) -> ReadTarget | None:
        filled = {phase: one for phase, one in columns.items() if row.cell(one.number).kind is not Kind.BLANK}
        if not filled:
            return None
        if YEAR not in filled:
            self.fault("year_missing", row.number, next(iter(filled.values())).number)
            return None
        amount = self._value(row, filled[YEAR], None)
        steps = {phase: self._value(row, one, amount) for phase, one in filled.items() if phase != YEAR}
        if amount is None or None in steps.values():
            return None
        if steps and set(steps) != {1, 2, 3}:
            self.fault("phases_incomplete", row.number, filled[YEAR].number)
            return None
        phases = (steps[1] or 0, steps[2] or 0, steps[3] or 0) if steps else None
        for phase, (earlier, later) in enumerate(pairwise((*(phases or ()), amount)), start=2):
            if later < earlier:
                self.fault("phases_fall", row.number, filled[phase].number, row.cell(filled[phase].number).text)
                return None
        cell = f"{column_letter(filled[YEAR].number)}{row.number}"
        return ReadTarget(place.code, code, amount, phases, cell)

    def _value(self, row: Row, column: _Column, of_year: int | None) -> int | None:
        """The cell in fen or as a count; a quarter's percentage is taken of the year's amount. None after noting what is wrong."""
        cell = row.cell(column.number)
        if cell.kind is Kind.PERCENT and column.phase != YEAR and not cell.formula:
            assert isinstance(cell.value, Decimal)
            return None if of_year is None else int(of_year * cell.value)
        try:
            amount = amount_of_cell(cell)
            if not column.indicator.is_money:
                return self._count(amount.number, row, column)
            unit = amount.unit or column.unit
            return None if unit is None else amount.fen(unit)
        except AmountError as error:
            code = error.code if error.code in _REUSED else "target_unreadable"
            code = "target_not_positive" if error.code in ("amount_zero", "amount_negative") else code
            self.fault(code, row.number, column.number, cell.text)
            return None

    def _count(self, number: Decimal, row: Row, column: _Column) -> int | None:
        if number != number.to_integral_value():
            self.fault("count_not_whole", row.number, column.number, row.cell(column.number).text)
            return None
        if number <= 0:
            self.fault("target_not_positive", row.number, column.number, row.cell(column.number).text)
            return None
        return int(number)

    def _check_sum(self, row: Row) -> None:
        """What the 合计 row says beside the units' own numbers; a formula's result will do here."""
        for column in self.columns:
            stated = _number(row.cell(column.number))
            summed = sum((self._stated(other, column) for other in self._unit_rows()), Decimal(0))
            if stated is not None and row.cell(column.number).kind is not Kind.PERCENT and stated != summed:
                self.fault("sum_differs", row.number, column.number, stated=f"{stated:f}", summed=f"{summed:f}")

    def _unit_rows(self) -> Iterator[Row]:
        for row in self.sheet.rows:
            place = self.places.get(_plain(row.cell(self.label_column).text))
            if row.number > self.last_heading and place is not None and place.code != CITY:
                yield row

    def _stated(self, row: Row, column: _Column) -> Decimal:
        return _number(row.cell(column.number)) or Decimal(0)


def _number(cell: Cell) -> Decimal | None:
    return cell.value if isinstance(cell.value, Decimal) else None


def _phase(heading: str) -> int | None:
    """Up to which quarter's end (4: the year); None when that cannot be told."""
    plain = _plain(heading)
    for phase, pattern in _PHASES:
        if pattern.search(plain):
            return phase
    return None if _ALONE.search(plain) else YEAR


def _is_phases(row: Row) -> bool:
    texts = [_plain(cell.text) for cell in row.cells.values() if cell.text.strip()]
    told = [text for text in texts if _ALONE.search(text) or any(pattern.search(text) for _, pattern in _PHASES)]
    return len(told) >= 2 and len(told) == len([text for text in texts if not _SKIPPED.search(text)])


def _by_name(things: Sequence[Named]) -> dict[str, Named]:
    """By each name as written without spaces; own names win over others', and a word of two things names neither."""
    own = {_plain(thing.names[0]): thing for thing in things}
    words: dict[str, Named | None] = {}
    for thing in things:
        for name in thing.names[1:]:
            plain = _plain(name)
            words[plain] = thing if words.get(plain, thing) is thing else None
    return {name: thing for name, thing in words.items() if thing is not None and name} | own
