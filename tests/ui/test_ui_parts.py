"""Components as markup: what a figure, a table and a field say to whom."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from jinja2 import Environment, UndefinedError

from zhaoshang.ui import filters, tables
from zhaoshang.ui.widgets import FileDrop, MoneyInput, MonthInput

FIGURE = '{% from "ui/macros/figure.html" import figure %}'
TABLE = '{% from "ui/macros/table.html" import table %}'
FIELD = '{% from "ui/macros/form.html" import field %}'


class Amount(forms.Form):
    """Fields as a door's form has them."""

    amount = forms.DecimalField(label="金额", widget=MoneyInput("万元"), help_text="按回单")
    month = forms.CharField(label="月份", widget=MonthInput)
    voucher = forms.FileField(label="凭证", widget=FileDrop(".pdf"), required=False)
    sure = forms.BooleanField(label="核对", required=False)


def made(templates: Environment, source: str, **given: Any) -> str:
    return templates.from_string(source).render(**given)


@pytest.mark.parametrize(
    ("state", "word"), [("live", "实时"), ("frozen", "已定版"), ("external", "外部数据"), ("restated", "已修订")]
)
def test_a_seal_says_its_state_in_words_too(templates: Environment, state: str, word: str) -> None:
    page = made(templates, FIGURE + '{{ figure("729.4", "亿元", state, "/f/", "到位内资") }}', state=state)
    assert f"seal-{state}" in page and word in page and 'href="/f/" data-drawer' in page


def test_a_figure_without_address_is_no_link(templates: Environment) -> None:
    assert "<a" not in made(templates, FIGURE + '{{ figure("1640", "亿元") }}')


def test_a_missing_figure_has_neither_seal_nor_unit_but_a_reason(templates: Environment) -> None:
    page = made(templates, FIGURE + '{{ figure(none, "%", note="口径不同") }}')
    assert "—" in page and "口径不同" in page and "seal" not in page and "%" not in page


def test_what_is_typed_by_people_is_escaped(templates: Environment) -> None:
    page = made(templates, FIGURE + "{{ figure(text, text, label=text, note=text) }}", text="<b>&")
    assert "<b>" not in page and page.count("&lt;b&gt;&amp;") == 4


def test_a_name_that_nobody_gave_is_an_error(templates: Environment) -> None:
    with pytest.raises(UndefinedError, match="total"):
        made(templates, "{{ total }}")


def cells(column: dict[str, Any], *given: Any) -> list[str]:
    """The column's cells without their tags, spaces of padding as they are."""
    rows = [{"a": one} if one != "absent" else {} for one in given]
    laid = [row[0] for _, row in tables.lay_out([{"key": "a", "label": "a", **column}], rows)]
    return [cell.text if isinstance(cell, tables.Cell) else re.sub("<.*?>", "", cell) for cell in laid]


def test_points_stand_under_points() -> None:
    found = cells({"kind": "number"}, "1,200", "-3.5", "0.25", "约 3")
    assert found == ["1,200\u2008\u2007\u2007", "-3.5\u2007", "0.25", "约 3"]


def test_unknown_is_a_dash_and_not_applicable_is_blank_and_zero_is_zero() -> None:
    assert cells({}, None, "absent", "", 0) == ["—", "", "", "0"]


@pytest.mark.parametrize(
    ("kind", "sort", "asked"),
    [("figure", None, "-a"), ("figure", "-a", "a"), ("figure", "a", "-a"), ("text", None, "a")],
)
def test_figures_sort_largest_first_and_words_in_order(kind: str, sort: str | None, asked: str) -> None:
    assert tables.next_sort({"key": "a", "kind": kind}, sort) == asked


def test_a_sorted_column_says_so_and_offers_the_other_way(templates: Environment) -> None:
    columns = [{"key": "a", "label": "金额", "unit": "亿元", "kind": "figure", "sortable": True}]
    page = made(templates, TABLE + '{{ table(c, [{"a": "1"}], "表", sort="-a", sort_url="?sort={}") }}', c=columns)
    assert 'aria-sort="descending"' in page and 'href="?sort=a"' in page and "<small>亿元</small>" in page


def test_every_kind_of_cell_is_printed(templates: Environment) -> None:
    kinds = ["text", "figure", "number", "percent", "rank", "pill", "sparkline", "link", "date", "check"]
    row = {kind: {"text": f"值{kind}", "href": "/x/", "values": [1, 2], "value": "7"} for kind in kinds}
    page = made(
        templates, TABLE + "{{ table(c, [r], '表') }}", c=[{"key": k, "label": k, "kind": k} for k in kinds], r=row
    )
    assert all(f"值{kind}" in page for kind in kinds if kind != "check") and 'value="7"' in page


def test_an_empty_table_teaches_the_next_step(templates: Environment) -> None:
    empty = {"title": "还没有到账", "text": "先上传表格。", "action": "上传", "href": "/up/"}
    page = made(templates, TABLE + "{{ table([], [], '表', empty=e) }}", e=empty)
    assert "先上传表格。" in page and 'href="/up/"' in page and "<table" not in page


def test_a_field_is_tied_to_its_hint_and_its_fault(templates: Environment) -> None:
    page = made(templates, FIELD + "{{ field(form.amount) }}", form=Amount({"amount": "1,2万"}))
    assert 'aria-describedby="id_amount_helptext id_amount_error"' in page and 'aria-invalid="true"' in page
    assert 'id="id_amount_helptext"' in page and 'id="id_amount_error"' in page


def test_widgets_bring_their_own_shape(templates: Environment) -> None:
    page = made(templates, FIELD + "{% for one in form %}{{ field(one) }}{% endfor %}", form=Amount())
    assert 'data-money="万元"' in page and 'type="month"' in page and 'accept=".pdf"' in page and "data-drop" in page


@pytest.mark.parametrize(
    ("fen", "text"), [(72_945_000_000_00, "729.4"), (72_955_000_000_00, "729.6"), (None, "—"), (-1, "0.0")]
)
def test_yi_is_rounded_half_to_even(fen: int | None, text: str) -> None:
    assert filters.yi(fen).replace("-", "") == text


def test_amounts_keep_every_fen() -> None:
    assert (filters.yuan(9_007_199_254_740_993), filters.wan(123_456_789_01)) == ("90,071,992,547,409.93", "12,345.68")


@pytest.mark.parametrize(("value", "text"), [("24.25", "+24.2%"), ("-3", "-3.0%"), ("-0.01", "0.0%"), ("0", "0.0%")])
def test_growth_is_written_with_its_sign(value: str, text: str) -> None:
    assert filters.percent(Decimal(value), sign=True) == text


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ("2023Q1", "2023年一季度"),
        ("2023H2", "2023年下半年"),
        ("2023", "2023年"),
        ("2023-03", "2023年3月"),
        ("2023-01/2023-09", "2023年1—9月"),
        ("2022-12/2023-02", "2022年12月 – 2023年2月"),
    ],
)
def test_periods_are_written_in_words(period: str, text: str) -> None:
    assert filters.period(period) == text


@pytest.mark.parametrize(("size", "text"), [(999, "999 B"), (1_250, "1.2 kB"), (20_971_520, "21.0 MB")])
def test_sizes_of_files(size: int, text: str) -> None:
    assert filters.bytes_(size) == text
