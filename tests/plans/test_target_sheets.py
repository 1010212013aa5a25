"""The bureau's sheet of targets: units in rows, indicators in columns; read whole, or every fault named by its cell."""

import re
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from cast import NOW, YI, Cast
from dictionary import dictionary
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.test import Client
from intake.books import fill, xlsx

from zhaoshang.common.sheets import open_workbook
from zhaoshang.plans.models import Target
from zhaoshang.plans.queries import targets_in_force
from zhaoshang.review.workbooks.targets import CITY, Named, ReadTarget, TargetSheet, read_targets

UNITS = [Named("east", ("东山区", "东山")), Named("west", ("西海区", "西海"))]
INDICATORS = [
    Named("capital", ("到位内资", "内资")),
    Named("outside", ("省外到位内资",)),
    Named("signed", ("签约项目", "签约"), is_money=False),
]


def read(*lines: Any, unit: str = "", content: bytes = b"") -> TargetSheet:
    return read_targets(open_workbook(content or xlsx(*lines)), UNITS, INDICATORS, ("示例市",), unit)


def told(sheet: TargetSheet) -> list[tuple[str, str]]:
    return [(problem.cell, problem.code) for problem in sheet.problems]


def test_units_in_rows_and_indicators_in_columns_are_read_with_their_units() -> None:
    sheet = read(
        ("地区", "到位内资（亿元）", "签约项目（个）"),
        ("全市", 30, 100),
        ("东山区", 20, 60),
        ("西海", 10, 40),
        ("合计", 30, 100),
    )
    found = {(one.unit, one.indicator): one.amount for one in sheet.targets}
    assert (told(sheet), len(found)) == ([], 6)
    assert (found[CITY, "capital"], found["east", "capital"], found["west", "signed"]) == (30 * YI, 20 * YI, 40)


def test_the_unit_may_stand_above_the_table_or_be_chosen() -> None:
    lines = [("地区", "到位内资"), ("东山区", 12_000)]
    above = read(("2023年目标",), ("单位：万元",), *lines)
    chosen = read(*lines, unit="万元")
    assert [sheet.targets[0].amount for sheet in (above, chosen)] == [12 * YI // 10] * 2
    assert told(read(*lines)) == [("B1", "target_unit_missing")]


def test_quarters_beside_an_indicator_are_cumulative_amounts() -> None:
    sheet = read(
        (
            "地区",
            "到位内资（亿元）一季度",
            "到位内资（亿元）上半年",
            "到位内资（亿元）前三季度",
            "到位内资（亿元）全年",
        ),
        ("东山区", 3, 6, 8, 10),
    )
    assert (told(sheet), sheet.targets) == (
        [],
        [ReadTarget("east", "capital", 10 * YI, (3 * YI, 6 * YI, 8 * YI), "E2")],
    )


def test_quarters_may_stand_in_a_second_row_of_headings_and_be_percentages() -> None:
    sheet = read(content=_merged())
    assert (told(sheet), [one.phases for one in sheet.targets]) == ([], [(3 * YI, 5 * YI + YI // 2, 8 * YI)])


def _merged() -> bytes:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    page, percent = book.add_worksheet(), book.add_format({"num_format": "0%"})
    page.merge_range("B1:E1", "到位内资（亿元）")
    fill(page, [("地区",), (None, "一季度", "上半年", "前三季度", "全年"), ("东山区", None, None, None, 10)])
    for column, share in enumerate((0.3, 0.55, 0.8), start=1):
        page.write_number(2, column, share, percent)
    book.close()
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ([("地区", "到位内资（亿元）", "招商热度"), ("东山区", 1, 2)], ("C1", "column_unknown")),
        ([("地区", "到位内资（亿元）", "内资（万元）"), ("东山区", 1, 2)], ("C1", "column_repeated")),
        ([("地区", "到位内资二季度（亿元）"), ("东山区", 1)], ("B1", "phase_unclear")),
        ([("地区", "到位内资（亿元）"), ("北原县", 1)], ("A2", "row_unknown")),
        ([("地区", "到位内资（亿元）"), ("东山区", 1), ("东山", 2)], ("A3", "row_repeated")),
        ([("地区", "到位内资（亿元）"), ("东山区", "一大笔")], ("B2", "target_unreadable")),
        ([("地区", "到位内资（亿元）"), ("东山区", 0)], ("B2", "target_not_positive")),
        ([("地区", "到位内资（亿元）"), ("东山区", -5)], ("B2", "target_not_positive")),
        ([("地区", "到位内资（亿元）"), ("东山区", "=1+1")], ("B2", "amount_formula")),
        ([("地区", "签约项目"), ("东山区", 3.5)], ("B2", "count_not_whole")),
        ([("地区", "到位内资（亿元）"), ("东山区", 1), ("西海区", 2), ("合计", 4)], ("B4", "sum_differs")),
        ([("地区", "到位内资（亿元）一季度", "到位内资（亿元）"), ("东山区", 1, 2)], ("C2", "phases_incomplete")),
        ([("地区", "到位内资（亿元）一季度"), ("东山区", 1)], ("B2", "year_missing")),
        (
            [
                ("地区", *(f"签约项目{until}" for until in ("一季度", "上半年", "前三季度", "全年"))),
                ("东山区", 3, 2, 8, 9),
            ],
            ("C2", "phases_fall"),
        ),
        ([("地区", "到位内资（亿元）"), ("东山区", None)], ("明细", "nothing_to_set")),
        ([("名单",), ("东山区",)], ("明细", "no_targets_table")),
    ],
)
def test_what_is_wrong_is_named_by_its_cell(lines: list[Any], fault: tuple[str, str]) -> None:
    sheet = read(*lines)
    assert told(sheet)[:1] == [fault]


def test_a_longer_name_is_not_taken_for_the_shorter_one() -> None:
    sheet = read(("地区", "省外到位内资（亿元）"), ("东山区", 7))
    assert [one.indicator for one in sheet.targets] == ["outside"]


# -- through the front -------------------------------------------------------------------------------------------------

GOOD = xlsx(
    ("地区", "到位内资（亿元）", "新签约项目（个）"),
    ("全市", 30, 100),
    ("东山区", 20, 60),
    ("西海区", 10, 40),
    ("合计", 30, 100),
)


def _send(client: Client, content: bytes = b"", document: str = "示例7号", **more: Any) -> Any:
    file = {"file": ContentFile(content, name="targets.xlsx")} if content else {}
    given = {"year": 2023, "document": document, "issued_on": "2023-01-15", **more}
    return client.post("/desk/targets/import/", {**given, **file})


def test_a_sheet_is_shown_first_and_then_set_all_at_once(cast: Cast, client: Client) -> None:
    dictionary(cast)
    client.force_login(cast.statistician)
    preview = _send(client, GOOD)
    before = Target.objects.of(cast.city).count()
    kept = re.findall(r'name="kept" value="([^"]+)"', preview.content.decode())[0]
    done = _send(client, kept=kept, accept="1")
    force = targets_in_force(cast.city, "capital_in_place", 2023)
    assert (preview.status_code, before, done.status_code) == (200, 0, 302)
    assert {unit: one.amount for unit, one in force.items()} == {
        None: 30 * YI,
        cast.east.pk: 20 * YI,
        cast.west.pk: 10 * YI,
    }
    assert force[None].file_digest


def test_a_change_needs_a_new_document_and_keeps_the_old(cast: Cast, client: Client) -> None:
    dictionary(cast)
    client.force_login(cast.statistician)
    _send(client, GOOD, accept="1")
    again = _send(client, GOOD, accept="1")
    changed = xlsx(("地区", "到位内资（亿元）"), ("东山区", 25))
    _send(client, changed, document="示例8号", accept="1")
    page = client.get("/desk/targets/?indicator=capital_in_place&year=2023").content.decode()
    assert (again.status_code, targets_in_force(cast.city, "capital_in_place", 2023)[cast.east.pk].amount) == (
        422,
        25 * YI,
    )
    assert ("示例7号" in page, "示例8号" in page, "各地区合计多 5.00" in page) == (True, True, True)


def test_a_sheet_with_a_fault_sets_nothing_and_names_the_cell(cast: Cast, client: Client) -> None:
    dictionary(cast)
    client.force_login(cast.statistician)
    answer = _send(client, xlsx(("地区", "到位内资（亿元）"), ("东山区", 20), ("北原县", 1)), accept="1")
    assert (answer.status_code, Target.objects.of(cast.city).count()) == (422, 0)
    assert "A3" in answer.content.decode()


def test_the_blank_sheet_is_one_that_can_be_read(cast: Cast, client: Client) -> None:
    dictionary(cast)
    client.force_login(cast.statistician)
    blank = client.get("/desk/targets/template/").content
    assert "表里没有一个目标；请填上数再上传" in _send(client, blank).content.decode()


def test_a_share_for_each_quarter_makes_the_quarters_of_every_target(cast: Cast, client: Client) -> None:
    dictionary(cast)
    client.force_login(cast.statistician)
    given = {"document": "示例9号", "issued_on": "2023-01-15", "city": "30", "unit_east": "20"}
    shares = {"share_q1": "30", "share_q2": "55", "share_q3": "80"}
    fallen = client.post("/desk/targets/new/?indicator=capital_in_place&year=2023", given | shares | {"share_q3": "50"})
    client.post("/desk/targets/new/?indicator=capital_in_place&year=2023", given | shares)
    east = targets_in_force(cast.city, "capital_in_place", 2023)[cast.east.pk]
    assert (fallen.status_code, east.phases) == (200, (6 * YI, 11 * YI, 16 * YI))


def test_the_page_tells_progress_against_time_and_quarters_and_what_is_missing(cast: Cast, client: Client) -> None:
    """1亿 of 4亿 by March: 25 % of the year, level with time, 15 points behind the document's 40 %."""
    dictionary(cast)
    cast.verified()
    client.force_login(cast.statistician)
    given = {"document": "示例9号", "issued_on": "2023-01-15", "city": "4"}
    shares = {"share_q1": "40", "share_q2": "60", "share_q3": "80"}
    client.post("/desk/targets/new/?indicator=capital_in_place&year=2023", given | shares)
    table = client.get("/desk/targets/?indicator=capital_in_place&year=2023").content.decode()
    row = re.sub(
        r"<[^>]+>|\s+", " ", table[table.index("<tbody>") : table.index("</tr>", table.index("<tbody>"))]
    ).split()
    page = client.get("/desk/figures/capital_in_place/city/2023Q1/").content.decode()
    numbers = [word for word in row if word[-1].isdigit()]
    assert numbers[:9] == ["4.00", "1.60", "2.40", "3.20", "1.00", "25.0", "0.0", "-15.0", "3.00"]
    assert "距全年目标还差 3.00 亿元；余下 9 个月，平均每月须 0.33 亿元" in page
    assert "欠分季进度 15.0 个百分点" in page


def test_the_database_refuses_a_changed_target_and_quarters_that_fall(cast: Cast) -> None:
    common: dict[str, Any] = {
        "city": cast.city,
        "indicator": "capital_in_place",
        "year": 2023,
        "amount": 4 * YI,
        "document": "示例9号",
        "issued_on": NOW.date(),
        "entered_by": cast.statistician,
        "entered_at": NOW,
    }
    target = Target.objects.create(**common)

    def changed() -> None:
        target.amount = 3 * YI
        target.save(update_fields=["amount"])

    def fallen() -> None:
        Target.objects.create(**common | {"document": "示例10号", "by_q1": 2, "by_q2": 1, "by_q3": 3})

    def half() -> None:
        Target.objects.create(**common | {"document": "示例11号", "by_q1": 2})

    for act in (changed, fallen, half):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_the_api_takes_and_gives_quarters(cast: Cast, client: Client) -> None:
    dictionary(cast)
    client.force_login(cast.statistician)
    body = {
        "indicator": "capital_in_place",
        "year": 2023,
        "amount": "400000000",
        "phases": ["100000000", "200000000", "300000000"],
        "document": "示例9号",
        "issued_on": "2023-01-15",
    }
    made = client.post("/api/targets", body, content_type="application/json")
    fallen = client.post(
        "/api/targets", body | {"document": "示例10号", "phases": ["2", "1", "3"]}, content_type="application/json"
    )
    (told,) = client.get("/api/targets?indicator=capital_in_place&year=2023").json()
    assert (made.status_code, fallen.json()["code"]) == (201, "phases_fall")
    assert [Decimal(step) for step in told["phases"]] == [100_000_000, 200_000_000, 300_000_000]
