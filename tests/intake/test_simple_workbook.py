"""The plain case, end to end."""

from datetime import date

from intake.books import codes, payments, read, xlsx


def test_a_plain_table_becomes_payments():
    reading = payments(("示例项目甲", date(2023, 3, 5), 1200.5), ("示例项目乙", "2023.3.6", "１，０００"))
    assert reading.acceptable and codes(reading) == []
    assert [(row.row, row.project_name, row.amount_fen) for row in reading.rows] == [
        (2, "示例项目甲", 1_200_500_000),
        (3, "示例项目乙", 1_000_000_000),
    ]
    assert [row.arrived_on for row in reading.rows] == [date(2023, 3, 5), date(2023, 3, 6)]


def test_columns_may_stand_in_any_order_under_titles():
    reading = read(
        xlsx(
            ("示例新区2023年3月到位内资明细表",),
            ("填报单位：示例新区", None, None, "单位：万元"),
            ("序号", "到位资金", "投资方所在省份", "到账时间", "企业名称"),
            (1, 500, "江苏省", "3月5日", "示例企业甲有限公司"),
        )
    )
    assert codes(reading) == []
    assert (reading.rows[0].row, reading.rows[0].amount_fen, reading.rows[0].arrived_on) == (
        4,
        500_000_000,
        date(2023, 3, 5),
    )
    assert reading.rows[0].place_text == "江苏省"


def test_an_unstated_unit_is_asked_for_and_settled_by_the_person():
    content = xlsx(("项目名称", "到位日期", "到位金额"), ("示例项目甲", "2023-03-05", 100))
    assert codes(read(content)) == ["unit_missing"] and not read(content).acceptable
    assert read(content, amount_unit="亿元").rows[0].amount_fen == 10**12
