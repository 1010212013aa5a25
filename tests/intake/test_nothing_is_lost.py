"""Whatever a sheet holds, every row is accounted for and nothing breaks; whatever a file holds, it opens or is refused."""

import time
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.books import HEADING, TODAY, fill, xlsx
from zhaoshang.common.sheets import Refused, open_workbook
from zhaoshang.review.workbooks import Asked, Reading, understand
from zhaoshang.review.workbooks.messages import MESSAGES

TEXTS = st.sampled_from(
    [
        "示例项目甲",
        "合计",
        "小计",
        "其中：",
        "注：说明",
        "一、新建项目",
        "项目名称",
        "到位金额",
        "2023-03-05",
        "3月5日",
        "1,200",
        "1.2亿",
        "（5）",
        "-",
        "１２",
    ]
)
CELLS = st.one_of(
    st.none(), TEXTS, st.integers(-10, 10**7), st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.text(max_size=8)
)
GRIDS = st.lists(st.lists(CELLS, min_size=3, max_size=5), max_size=12)
MERGES = st.lists(st.tuples(st.integers(1, 8), st.integers(0, 3), st.integers(1, 3)), max_size=2)


def book_of(lines: list[list[Any]], merges: list[tuple[int, int, int]]) -> bytes:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("明细")
    covered: set[int] = set()
    for top, column, height in merges:
        if column not in covered:
            sheet.merge_range(top, column, top + height, column, "")
            covered.add(column)
    fill(sheet, lines)
    book.close()
    return buffer.getvalue()


def accounted(reading: Reading) -> set[int]:
    """The rows that appear somewhere in the answer."""
    shown = (
        {row.row for row in reading.rows} | {row.row for row in reading.totals} | {row.row for row in reading.ignored}
    )
    return shown | {problem.row for problem in reading.problems if problem.fatal}


@settings(max_examples=100, deadline=None)
@given(grid=GRIDS, merges=MERGES)
def test_every_row_below_the_heading_is_a_payment_a_problem_or_named(grid, merges):
    workbook = open_workbook(book_of([list(HEADING), *grid], merges))
    reading = understand(workbook, Asked(today=TODAY))
    below = {row.number for row in workbook.sheets[0].rows if row.number > reading.sheets[0].header_last}
    assert below <= accounted(reading)


@settings(max_examples=60, deadline=None)
@given(grid=GRIDS, merges=MERGES)
def test_no_sheet_breaks_the_understanding(grid, merges):
    reading = understand(
        open_workbook(book_of(grid or [["x"]], merges)), Asked(today=TODAY, month=2023 * 12 + 2, amount_unit="元")
    )
    assert all(
        problem.code in MESSAGES and "{" not in problem.message.replace(problem.value, "")
        for problem in reading.problems
    )
    assert len({row.identity for row in reading.rows}) == len(reading.rows)
    assert reading.sum_fen == sum(row.amount_fen for row in reading.rows) and all(
        row.amount_fen > 0 for row in reading.rows
    )


@pytest.mark.parametrize(
    "text",
    ["(" * 32_000, " " * 32_000 + "x", "年" * 32_000, "1," * 16_000, "：" * 32_000, "计" * 32_000, "、" * 32_000],
)
def test_a_long_text_in_every_column_costs_little(text):
    heading = (*HEADING, "月份", "地区", "来源地", "资金类型", "新建续建", "佐证材料", "信用代码", "流水号", "备注")
    workbook = open_workbook(xlsx([text], heading, *[[text] * len(heading)] * 3))
    start = time.process_time()
    assert not understand(workbook, Asked(today=TODAY)).acceptable
    assert time.process_time() - start < 1


WHOLE = xlsx(HEADING, *[("示例项目甲", "2023-03-05", 100)] * 20)


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, len(WHOLE) - 1), piece=st.binary(min_size=1, max_size=8))
def test_a_damaged_file_opens_or_is_refused(place, piece):
    try:
        workbook = open_workbook(WHOLE[:place] + piece + WHOLE[place + len(piece) :])
    except Refused as refused:
        assert refused.message
    else:
        assert workbook.sheets


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_open_or_are_refused(content):
    try:
        assert open_workbook(content).format in ("csv", "xlsx")
    except Refused as refused:
        assert refused.message
