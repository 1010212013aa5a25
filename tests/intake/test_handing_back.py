"""What goes back to the district and out to others: marked workbooks, problem lists, templates, exported tables."""

import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from intake.books import HEADING, codes, fill, payments, read, xlsx
from intake.hostile import package
from intake.hostile import sheet as sheet_part
from zhaoshang.capital.rules import KIND_LABELS
from zhaoshang.common.sheets import Column, Refused, open_workbook, write_table
from zhaoshang.review.workbooks import annotate, error_sheet, template

HOSTILE_TEXTS = [
    "=1+1",
    "=cmd|'/c calc'!A1",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "http://x.test",
    "{=1}",
]


def loaded(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content))


def parts_of(content: bytes) -> str:
    with zipfile.ZipFile(BytesIO(content)) as package_:
        return "".join(package_.read(name).decode() for name in package_.namelist() if "worksheets/" in name)


# --- marked workbooks ---


def test_the_districts_own_file_comes_back_with_its_cells_marked():
    content = xlsx(HEADING, ("示例项目甲", "2026.2.30", 100), ("示例项目乙", "2023-03-05", 50))
    sheet = loaded(annotate(content, read(content).problems)).active
    assert "这一天不存在" in sheet["B2"].comment.text
    assert sheet["B2"].fill.fgColor.rgb.endswith("FFD9D2")
    assert sheet["C3"].value == 50 and sheet["C3"].comment is None


def test_a_marked_merged_cell_carries_the_comment_on_its_first_cell():
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("明细")
    fill(sheet, [HEADING, ("示例项目甲", "2023-03-05", None), ("示例项目乙", "2023-03-06", None)])
    sheet.merge_range("C2:C3", 100)
    book.close()
    problems = read(buffer.getvalue()).problems
    assert [problem.cell for problem in problems] == ["C2", "C3"]
    assert "合并了多行" in loaded(annotate(buffer.getvalue(), problems)).active["C2"].comment.text


@pytest.mark.case("C3")
def test_texts_that_look_like_formulas_stay_texts_when_marked():
    content = xlsx(HEADING, ("甲", "2026.2.30", 1))
    book = loaded(content)
    book.active["A2"].value = "=1+1"
    book.active["A2"].data_type = "s"
    buffer = BytesIO()
    book.save(buffer)
    marked = annotate(buffer.getvalue(), read(buffer.getvalue()).problems)
    assert "<f>" not in parts_of(marked)


def test_a_csv_comes_back_as_a_workbook_with_the_same_cells_in_the_same_places():
    text = "项目名称,到位日期,到位金额（万元）\n=1+1,2026.2.30,1\n"
    marked = annotate(text.encode("gbk"), read(text.encode("gbk")).problems)
    assert loaded(marked)["CSV"]["A2"].value == "=1+1"
    assert "这一天不存在" in loaded(marked)["CSV"]["B2"].comment.text
    assert "<f>" not in parts_of(marked)


def test_a_large_workbook_comes_back_as_a_list_of_problems():
    problems = payments(("甲", "2026.2.30", 1)).problems
    rows = list(loaded(error_sheet(problems)).active.values)
    assert rows[2][:4] == ("明细", "B2", "2026.2.30", "须改正")
    large = xlsx(HEADING, *([("甲", "2026.2.30", 1)] * 20_000))
    assert loaded(annotate(large, problems)).sheetnames[0] == "导入问题清单"


def test_merged_ranges_that_would_fill_memory_come_back_as_a_list():
    inside = (
        b'<sheetData><row><c><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )
    content = package({"xl/worksheets/sheet1.xml": sheet_part(inside)})
    assert loaded(annotate(content, [])).sheetnames == ["导入问题清单"]


def test_a_hostile_file_is_not_marked_either():
    with pytest.raises(Refused, match="macros"):
        annotate(package({"xl/vbaProject.bin": b"x"}), [])


def test_the_list_of_problems_runs_nothing():
    reading = payments(*(("甲", text, "x") for text in HOSTILE_TEXTS))
    assert "<f>" not in parts_of(error_sheet(reading.problems))


# --- the template ---


@pytest.fixture(scope="module")
def blank() -> bytes:
    """The template of an invented city."""
    return template(["示例新区", "示例县"], ["北京市", "江苏省"])


def filled(blank: bytes, **values: Any) -> bytes:
    book = loaded(blank)
    sheet = book["到位资金"]
    headings = {str(cell.value).split("（")[0].removesuffix(" *"): cell.column for cell in sheet[3]}
    for label, value in values.items():
        sheet.cell(4, headings[label]).value = value
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_an_empty_template_says_that_nothing_is_in_it(blank):
    assert codes(read(blank)) == ["no_rows"]


def test_a_filled_template_is_understood_whole_and_its_example_is_not_read(blank):
    reading = read(
        filled(
            blank,
            项目名称="示例项目",
            到位日期=date(2023, 3, 5),
            到位金额=1200.5,
            资金类型="设备购置",
            资金来源地="江苏省",
        )
    )
    assert codes(reading) == [] and [row.amount_fen for row in reading.rows] == [1_200_500_000]
    assert all(column.confidence == 100 for column in reading.columns)


def test_the_template_offers_its_choices(blank):
    checks = loaded(blank)["到位资金"].data_validations.dataValidation
    assert sum(check.type == "list" for check in checks) == 5
    lists = loaded(blank)["选项"]
    assert [lists.cell(row, 3).value for row in range(1, 7)] == list(KIND_LABELS.values())
    assert lists["A2"].value == "示例县" and lists["B1"].value == "北京市"


def test_the_examples_rows_are_plainly_examples(blank):
    assert "示例" in loaded(blank)["示例（勿填）"]["B4"].value


# --- exported tables ---


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
@pytest.mark.case("C3")
def test_an_exported_text_never_becomes_a_formula_or_a_link(text):
    content = write_table(
        [Column(text), Column("值", "amount")], [(text, Decimal("-1.50"))], title=text, notes=[(text, text)]
    )
    assert "<f>" not in parts_of(content) and "hyperlink" not in parts_of(content)
    assert open_workbook(content).sheets[0].rows[-1].cell(2).value == Decimal("-1.5")


def test_exported_values_keep_their_types():
    row = ("甲", Decimal("72940000000.00"), 3, Decimal("24.3"), date(2023, 3, 31), None, True)
    heads = [
        Column("名"),
        Column("额", "amount"),
        Column("数", "integer"),
        Column("增", "percent", 1),
        Column("日", "date"),
        Column("空"),
        Column("是"),
    ]
    cells = open_workbook(write_table(heads, [row], "到位内资")).sheets[0].rows[2]
    assert [cells.cell(column).text for column in range(1, 8)] == [
        "甲",
        "72940000000.00",
        "3",
        "24.3",
        "2023-03-31",
        "",
        "TRUE",
    ]


def test_a_number_too_long_for_excel_is_kept_as_text():
    cells = open_workbook(write_table([Column("号", "integer")], [(12345678901234567,)], "号")).sheets[0].rows[2]
    assert cells.cell(1).value == "12345678901234567"


def test_an_exported_table_has_its_notes_and_a_frozen_heading():
    book = loaded(
        write_table([Column("名")], [("甲",)], "到位内资[2023]", notes=[("来源", "台账"), ("口径", "省外 2023 版")])
    )
    assert book.sheetnames == ["到位内资2023", "说明"] and book.active.freeze_panes == "A3"
    assert book["说明"]["B2"].value == "省外 2023 版"


def test_control_characters_do_not_break_an_exported_file():
    content = write_table([Column("名")], [("甲\x00\x08\x1f乙\ufffe",)], "x")
    assert open_workbook(content).sheets[0].rows[2].cell(1).text.startswith("甲乙")
