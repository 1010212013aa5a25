"""Amounts, days and months as people write them: read exactly, or refused by a code that says why."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoshang.common.money import FEN_PER
from zhaoshang.common.sheets import Cell, Kind
from zhaoshang.review.workbooks.amounts import AmountError, amount_of_cell, amount_of_text, unit_in_header, unit_in_line
from zhaoshang.review.workbooks.dates import DateError, day_of_text, month_of_cell

FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("1,000", "1000", None),
        ("１２３．５", "123.5", None),
        ("1.2亿", "1.2", "亿元"),
        ("350 万元", "350", "万元"),
        ("￥1,234,567.89", "1234567.89", None),
        ("人民币 500 万元整", "500", "万元"),
        ("（100）", "-100", None),
        ("+5", "5", None),
        (".5", "0.5", None),
        ("12345678901234567", "12345678901234567", None),
    ],
)
@pytest.mark.case("C5")
def test_amounts_are_read_exactly(text, number, unit):
    amount = amount_of_text(text)
    assert (amount.number, amount.unit) == (Decimal(number), unit)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1,2万", "amount_grouping"),
        ("1,0000", "amount_grouping"),
        ("1.234.567", "amount_grouping"),
        ("1e3", "amount_scientific"),
        ("1.23E+08", "amount_scientific"),
        ("1e309", "amount_scientific"),
        ("NaN", "amount_unreadable"),
        ("inf", "amount_unreadable"),
        ("见附件", "amount_unreadable"),
        ("=1+1", "amount_several"),
        ("500+300", "amount_several"),
        ("500、300", "amount_several"),
        ("约500万", "amount_approximate"),
        ("500余万元", "amount_approximate"),
        ("500万美元", "amount_currency"),
        ("$500", "amount_currency"),
        ("—", "amount_missing"),
        ("1" * 100, "amount_unreadable"),
    ],
)
@pytest.mark.case("C5")
def test_amounts_that_could_mean_two_things_are_refused(text, code):
    with pytest.raises(AmountError) as refused:
        amount_of_text(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "unit", "code"),
    [
        ("0", "万元", "amount_zero"),
        ("(100)", "万元", "amount_negative"),
        ("1.23456789", "万元", "amount_not_fen"),
        ("0.001", "元", "amount_not_fen"),
        ("20000", "亿元", "amount_too_large"),
    ],
)
@pytest.mark.case("C5")
def test_numbers_that_are_no_payment_are_refused(text, unit, code):
    with pytest.raises(AmountError) as refused:
        amount_of_text(text).fen(unit)
    assert refused.value.code == code


@given(
    fen=st.integers(1, 10**14), unit=st.sampled_from(["元", "万元", "亿元"]), wide=st.booleans(), grouped=st.booleans()
)
@pytest.mark.case("C5")
def test_any_amount_comes_back_to_the_fen_however_it_is_written(fen, unit, wide, grouped):
    number = Decimal(fen) / FEN_PER[unit]
    text = f"{number:,f}" if grouped else f"{number:f}"
    amount = amount_of_text((text.translate(FULL_WIDTH) if wide else text) + unit)
    assert amount.fen(amount.unit or "") == fen


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text):
    try:
        assert isinstance(amount_of_text(text).number, Decimal)
    except AmountError as refused:
        assert refused.code.startswith("amount_")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (Cell(Kind.NUMBER, Decimal(5), "5", formula=True), "amount_formula"),
        (Cell(Kind.NUMBER, Decimal(5), "5", "0!.0000"), "amount_scaled_format"),
        (Cell(Kind.NUMBER, Decimal(5), "5", "#,##0,"), "amount_scaled_format"),
        (Cell(Kind.NUMBER, Decimal(5), "5", "[$$-409]#,##0.00"), "amount_currency"),
        (Cell(Kind.NUMBER, Decimal(5), "5", '"US$"#,##0'), "amount_currency"),
        (Cell(Kind.NUMBER, Decimal("1.2E16"), "12000000000000000", digits_lost=True), "amount_digits"),
        (Cell(Kind.PERCENT, Decimal("0.5"), "50%"), "amount_percent"),
        (Cell(Kind.DATE, date(1902, 9, 26), "1902-09-26"), "amount_date"),
        (Cell(Kind.ERROR, None, "#REF!"), "amount_error"),
        (Cell(Kind.BOOL, True, "TRUE"), "amount_unreadable"),
    ],
)
@pytest.mark.case("C4", "C5")
def test_cells_that_hold_no_amount_are_refused_by_kind(cell, code):
    with pytest.raises(AmountError) as refused:
        amount_of_cell(cell)
    assert refused.value.code == code


def test_a_unit_shown_by_the_number_format_is_the_cells_own():
    assert amount_of_cell(Cell(Kind.NUMBER, Decimal(5), "5", '#,##0.00"万元"')).unit == "万元"
    assert amount_of_cell(Cell(Kind.NUMBER, Decimal(5), "5", "[$¥-804]#,##0.00")).unit is None
    assert amount_of_cell(Cell(Kind.NUMBER, Decimal(5), "5", "#,##0.00_ ;[Red]-#,##0.00")).unit is None


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("到位金额（万元）", "万元"),
        ("到位资金(单位：亿元)", "亿元"),
        ("到位金额\n（人民币万元）", "万元"),
        ("到位资金/万元", "万元"),
        ("到位金额元", "元"),
        ("到位资金 单位:元", "元"),
        ("亿元以上项目到位资金", None),
        ("到位资金", None),
    ],
)
def test_units_in_headings(heading, unit):
    assert unit_in_header(heading) == unit


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("单位：万元", "万元"),
        ("填报单位：示例新区   金额单位：亿元", "亿元"),
        ("计量单位：个、万元", "万元"),
        ("注：1.金额单位为元。", "元"),
        ("（单位：人民币万元）", "万元"),
        ("填报单位：万元科技有限公司", None),
        ("单位名称", None),
    ],
)
def test_units_in_lines_beside_the_table(line, unit):
    assert unit_in_line(line) == unit


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2023-03-05",
            "2023.3.5",
            "2023/3/5",
            "2023年3月5日",
            "2023 年 3 月 5 日",
            "20230305",
            "２０２３．３．５",
            "23.3.5",
        ),
        *("3月5日", "3-5", "3.5", "2023年3月5号", "2023-03-05 00:00:00", "2023-03-05T08:30:00", "2023年3月5日 星期日"),
    ],
)
def test_days_as_people_write_them(text):
    assert day_of_text(text, 2023) == date(2023, 3, 5)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026.2.30", "date_impossible"),
        ("2023-13-01", "date_impossible"),
        ("3/5/2023", "date_ambiguous"),
        ("03-05-23", "date_ambiguous"),
        ("2023年3月", "date_day_missing"),
        ("3月", "date_day_missing"),
        ("1923-03-05", "date_too_old"),
        ("月底", "date_unreadable"),
        ("2023-03-05至2023-03-08", "date_unreadable"),
    ],
)
def test_days_that_are_none_are_refused(text, code):
    with pytest.raises(DateError) as refused:
        day_of_text(text, 2023)
    assert refused.value.code == code


def test_a_day_without_a_year_needs_one_from_elsewhere():
    with pytest.raises(DateError, match="date_year_missing"):
        day_of_text("3月5日", None)


@pytest.mark.parametrize("text", ["2023-03", "2023年3月", "202303", "2023.3", "3月", "3月份", "3", "2023-03-05"])
def test_months_as_people_write_them(text):
    assert month_of_cell(Cell(Kind.TEXT, text, text), 2023, False) == 2023 * 12 + 2
