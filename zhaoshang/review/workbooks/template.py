"""The blank workbook for districts that have none of their own: the form's columns, lists to choose from, notes, and
an example.
"""

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from zhaoshang.capital.rules import KIND_LABELS, ORIGIN_LABELS, PROOF_LABELS
from zhaoshang.common.sheets.writing import clean
from zhaoshang.review.workbooks.columns import COLUMNS, Column

ROWS_WITH_LISTS = 2_000
EXAMPLE_SHEET, LISTS_SHEET, NOTES_SHEET, FORM_SHEET = "示例（勿填）", "选项", "填表说明", "到位资金"
_FIRST = 3
_TEXT_KEYS = ("project_code", "uscc", "bank_serial", "row_key")
_NOTES = (
    ("怎样填", "只填“到位资金”工作表，每笔到位资金一行；不写合计行也可以，写了会与各行之和核对。"),
    ("必填", "带 * 的列必填：项目名称、到位日期、到位金额。其余各列填得越全，审核越快。"),
    ("到位日期", "按银行凭证填写到位当天，如 2023-03-05；不接受晚于今天的日期。"),
    ("到位金额", "单位为万元，按凭证填写，可到小数点后六位（即到分）；不要用公式；冲减请在系统中办理冲正。"),
    ("外币", "填币种（如 USD）和原币金额，到位金额留空，由系统按到账当天在册的汇率折算；填了汇率、汇率日期的会核对。"),
    ("资金来源地", "付款方所在的省、自治区、直辖市；本省其他城市填城市名。"),
    ("银行流水号", "请按文本填写完整，避免 Excel 丢失末几位；同一流水不能支持两笔到位资金。"),
    ("凭证号", "本单位给每笔到位资金的唯一编号；再次导入时凭它更新未审核的记录，而不会重复。"),
    ("模板", "列的顺序、名称可以改动，也可以直接上传本单位已有的表格。"),
)
_EXAMPLE = {
    "project_code": "SAMPLE-001",
    "project_name": "示例：海蓝装备制造项目（虚构）",
    "enterprise_name": "示例海蓝装备有限公司（虚构）",
    "uscc": "91350100M000100Y43",
    "month": "2023-03",
    "arrived_on": "2023-03-05",
    "amount": "1200.5",
    "bank_serial": "SAMPLE20230305000001",
    "payer": "示例投资控股有限公司（虚构）",
    "row_key": "示例-01",
    "note": "这是示例，不会被读取",
}


def template(districts: Sequence[str], places: Sequence[str], title: str = "到位资金报送表") -> bytes:
    """A blank xlsx: the form with choices for district (``districts``), source (``places``), kind, origin and
    evidence.
    """
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    choices = {
        "district": list(districts),
        "place": list(places),
        "kind": list(KIND_LABELS.values()),
        "origin": list(ORIGIN_LABELS.values()),
        "evidence": list(PROOF_LABELS.values()),
    }
    form = book.add_worksheet(FORM_SHEET)
    notes, example, lists = (book.add_worksheet(name) for name in (NOTES_SHEET, EXAMPLE_SHEET, LISTS_SHEET))
    _write_form(book, form, clean(title))
    ranges = _write_lists(lists, choices)
    _add_checks(form, ranges)
    _write_form(book, example, "示例：内容均为虚构，填报时请用“到位资金”工作表")
    for place, column in enumerate(COLUMNS):
        first = (choices.get(column.key) or [""])[0]
        example.write_string(_FIRST, place, clean(_EXAMPLE.get(column.key, first)))
    for row, (label, text) in enumerate(_NOTES):
        notes.write_row(row, 0, [label, text])
    notes.set_column(0, 0, 14)
    notes.set_column(1, 1, 100)
    lists.hide()
    book.close()
    return buffer.getvalue()


def _heading(column: Column) -> str:
    unit = "（万元）" if column.key == "amount" else ""
    return f"{column.label}{unit}{' *' if column.needed else ''}"


def _write_form(book: xlsxwriter.Workbook, sheet: Worksheet, title: str) -> None:
    heading = book.add_format({"bold": True, "bottom": 1, "align": "center", "valign": "vcenter", "text_wrap": True})
    text = book.add_format({"num_format": "@"})
    forms = {
        "arrived_on": book.add_format({"num_format": "yyyy-mm-dd"}),
        "amount": book.add_format({"num_format": "#,##0.00####"}),
    }
    sheet.merge_range(
        0, 0, 0, len(COLUMNS) - 1, title, book.add_format({"bold": True, "font_size": 16, "align": "center"})
    )
    sheet.write_string(1, 0, "填报单位：")
    sheet.write_string(1, len(COLUMNS) - 1, "金额单位：万元")
    for place, column in enumerate(COLUMNS):
        sheet.write_string(_FIRST - 1, place, _heading(column), heading)
        sheet.set_column(
            place,
            place,
            24 if column.key.endswith("name") else 16,
            forms.get(column.key, text if column.key in _TEXT_KEYS else None),
        )
    sheet.freeze_panes(_FIRST, 0)


def _write_lists(sheet: Worksheet, choices: dict[str, list[str]]) -> dict[str, str]:
    """Write each list as a column; the range of each by key."""
    ranges = {}
    for place, (key, values) in enumerate(choices.items()):
        sheet.write_column(0, place, [clean(value) for value in values])
        letter = chr(65 + place)
        if values:
            ranges[key] = f"={LISTS_SHEET}!${letter}$1:${letter}${len(values)}"
    return ranges


def _add_checks(sheet: Worksheet, ranges: dict[str, str]) -> None:
    last = _FIRST + ROWS_WITH_LISTS
    for place, column in enumerate(COLUMNS):
        if column.key in ranges:
            check: dict[str, object] = {
                "validate": "list",
                "source": ranges[column.key],
                "error_title": column.label,
                "error_message": "请从列表中选择",
            }
        elif column.key == "amount":
            check = {
                "validate": "decimal",
                "criteria": ">",
                "value": 0,
                "error_title": column.label,
                "error_message": "请填写大于零的数",
            }
        elif column.key == "uscc":
            check = {
                "validate": "length",
                "criteria": "==",
                "value": 18,
                "error_title": column.label,
                "error_message": "应为 18 位",
            }
        else:
            continue
        if column.key == "evidence":
            check["error_type"] = "warning"
        sheet.data_validation(_FIRST, place, last, place, check)
