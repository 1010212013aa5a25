"""A large workbook, for tests and for the bench."""

from io import BytesIO
from random import Random

import xlsxwriter

ROWS = 10_000
HEADING = ["项目编号", "项目名称", "资金来源地", "付款人", "到位日期", "到位金额（万元）"]
HEADING += ["资金类型", "新建/续建", "银行流水号", "凭证号"]


def workbook(rows: int = ROWS) -> bytes:
    """A district's large month: every row sound, the right total below."""
    chance, buffer, total = Random(20261123), BytesIO(), 0
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("明细")
    sheet.write_row(0, 0, HEADING)
    for number in range(rows):
        cents = chance.randint(10_000, 9_000_000)
        total += cents
        place = ["上海市", "浙江省", "北京", "沈阳市"][number % 4]
        line = [
            "2023-0001",
            "示例工厂",
            place,
            f"示例付款{number % 300}公司",
            f"2023-03-{number % 28 + 1:02d}",
            cents / 100,
        ]
        sheet.write_row(number + 1, 0, [*line, "固定资产投资", "新建", f"SAMPLE{number:010d}", f"B-{number}"])
    sheet.write_row(rows + 1, 0, ["合计", "", "", "", "", total / 100])
    book.close()
    return buffer.getvalue()
