"""Our account beside the statistics bureau's return: what differs is found, explained by a person, and counted until it is."""

from typing import Any

import pytest
from cast import NOW, YI, Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client

from zhaoshang.capital.matching import Difference, Ours, Theirs, hold
from zhaoshang.capital.reconciliation import Account, ReturnRow, explain, reconcile, record_return
from zhaoshang.common.periods import parse_month
from zhaoshang.common.sheets import Column, write_table

MARCH = parse_month("2023-03")
CODE, OTHER_CODE = "91350100M000100Y43", "91210200000000000A"


def ours(key: str, name: str, uscc: str = "", known: str = "") -> Ours:
    return Ours(key, name, known, uscc, "east", YI)


def theirs(key: str, name: str, uscc: str = "") -> Theirs:
    return Theirs(key, name, uscc, "", None)


def names(account: Account, kind: Difference) -> list[str]:
    return [(one.ours or one.theirs).name for one in account.of_kind(kind) if one.ours or one.theirs]  # type: ignore[union-attr]


def test_a_name_is_the_same_name_in_any_width_and_punctuation() -> None:
    held = hold([ours("a", "示例（大连）装备项目")], [theirs("x", "示例(大连)装备 项目")])
    assert (len(held.pairs), held.renamed, held.not_here) == (1, (), ())


def test_one_enterprise_with_one_project_on_each_side_is_the_same_project_under_two_names() -> None:
    held = hold([ours("a", "示例工厂一期", CODE)], [theirs("x", "示例工厂扩建", CODE)])
    assert [(pair.ours.key, pair.theirs.key) for pair in held.renamed] == [("a", "x")]


def test_an_enterprise_with_two_projects_is_not_guessed_at() -> None:
    held = hold([ours("a", "一期项目", CODE), ours("b", "二期项目", CODE)], [theirs("x", "三期项目", CODE)])
    assert (held.pairs, len(held.not_there), len(held.not_here)) == ((), 2, 1)


def test_the_same_name_under_two_codes_is_two_projects() -> None:
    held = hold([ours("a", "示例工厂", CODE)], [theirs("x", "示例工厂", OTHER_CODE)])
    assert (held.pairs, len(held.not_there), len(held.not_here)) == ((), 1, 1)


def test_a_name_that_holds_the_other_is_the_same_project_under_two_names() -> None:
    held = hold([ours("a", "示例装备项目"), ours("b", "示例港口项目")], [theirs("x", "示例装备项目扩建工程")])
    assert [(pair.ours.key, pair.theirs.key) for pair in held.renamed] == [("a", "x")]


def test_a_name_that_holds_two_is_not_guessed_at() -> None:
    held = hold([ours("a", "示例装备项目"), ours("b", "示例装备项目")], [theirs("x", "示例装备项目扩建工程")])
    assert (held.pairs, len(held.not_there)) == ((), 2)


def test_the_bureau_s_name_that_we_know_is_no_difference() -> None:
    assert hold([ours("a", "示例工厂", known="示例工厂建设项目")], [theirs("x", "示例工厂建设项目")]).renamed == ()


def test_no_project_is_paired_twice() -> None:
    held = hold([ours("a", "示例工厂")], [theirs("x", "示例工厂", CODE), theirs("y", "示例工厂", OTHER_CODE)])
    assert (len(held.pairs), len(held.not_here)) == (1, 1)


def received(cast: Cast, *rows: ReturnRow) -> int:
    return record_return(city=cast.city, month=MARCH, rows=rows, source="示例来表", by=cast.statistician, at=NOW)


def test_the_three_lists(cast: Cast) -> None:
    cast.verified()
    cast.verified(project=cast.harbour)
    received(cast, ReturnRow(name="示例码头"), ReturnRow(name="示例别处项目"))
    account = reconcile(cast.city, MARCH)
    assert (names(account, Difference.NOT_THERE), names(account, Difference.NOT_HERE)) == (
        ["示例工厂"],
        ["示例别处项目"],
    )
    assert (account.open_count, len(account.held.pairs)) == (2, 1)


def test_declared_money_is_not_yet_in_the_account(cast: Cast) -> None:
    cast.declared()
    assert reconcile(cast.city, MARCH).differences == ()


def test_the_same_return_again_changes_nothing_and_another_replaces_it(cast: Cast) -> None:
    row = ReturnRow(name="示例码头", month_fen=YI)
    assert [received(cast, row), received(cast, row)] == [1, 0]
    assert received(cast, ReturnRow(name="示例码头", month_fen=2 * YI)) == 1
    assert reconcile(cast.city, MARCH).entries == 1


def test_an_explanation_outlives_the_return_s_being_sent_again(cast: Cast) -> None:
    received(cast, ReturnRow(name="示例别处项目"))
    subject = reconcile(cast.city, MARCH).differences[0].subject
    explain(
        city=cast.city,
        month=MARCH,
        kind=Difference.NOT_HERE,
        subject=subject,
        text="资金下月到",
        by=cast.statistician,
        at=NOW,
    )
    received(cast, ReturnRow(name="示例别处项目", month_fen=1))
    assert reconcile(cast.city, MARCH).open_count == 0


def test_the_database_keeps_what_was_said(cast: Cast) -> None:
    test_an_explanation_outlives_the_return_s_being_sent_again(cast)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE capital_differencenote SET text='x'")


HEADINGS = ("序号", "纳统项目名称", "统一社会信用代码", "本月完成投资（万元）", "所在地区")


def book(rows: list[list[Any]], headings: tuple[str, ...] = HEADINGS) -> SimpleUploadedFile:
    content = write_table([Column(heading) for heading in headings], rows, "示例入库表")
    return SimpleUploadedFile("示例入库表.xlsx", content)


def test_the_bureau_s_file_is_read_as_it_comes_and_differences_are_shown(cast: Cast, client: Client) -> None:
    cast.verified()
    client.force_login(cast.statistician)
    rows = [["1", "示例别处项目", CODE, "1,200.5", "西海区"], ["", "合计", "", "1,200.5", ""]]
    page = client.post("/desk/bureau/upload/?month=2023-03", {"file": book(rows)}, follow=True).content.decode()
    assert "示例别处项目" in page and "2 处差异没有说明" in page and "1,200.50" in page


def test_a_faulty_file_is_not_taken_in_and_every_fault_is_named_by_cell(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)
    rows = [["1", "示例甲", "91350100M000100Y44", "1,2万", "无此区"]]
    page = client.post("/desk/bureau/upload/?month=2023-03", {"file": book(rows)}).content.decode()
    assert all(cell in page for cell in ("C3", "D3", "E3")) and reconcile(cast.city, MARCH).entries == 0


def test_amounts_without_a_unit_are_not_guessed(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)
    file = book([["示例甲", "1200"]], ("纳统名称", "本月投资"))
    assert "没有写明单位" in client.post("/desk/bureau/upload/?month=2023-03", {"file": file}).content.decode()


def test_a_difference_is_explained_on_the_page_and_leaves_as_xlsx(cast: Cast, client: Client) -> None:
    cast.verified()
    received(cast, ReturnRow(name="示例别处项目"))
    client.force_login(cast.statistician)
    given = {"kind": "not_there", "subject": f"project:{cast.plant.code}", "text": "下月入库"}
    page = client.post("/desk/bureau/explain/?month=2023-03", given, follow=True).content.decode()
    assert "下月入库" in page and "已说明" in page
    assert client.get("/desk/bureau/?month=2023-03&xlsx=1").content[:2] == b"PK"


def test_a_line_by_hand_is_checked(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)
    given = {
        "name": "示例乙",
        "uscc": "91350100M000100Y40",
        "unit": "",
        "month_fen": "3",
        "total_fen": "",
        "source": "示例函",
    }
    assert "不对" in client.post("/desk/bureau/line/?month=2023-03", given).content.decode()
    client.post("/desk/bureau/line/?month=2023-03", given | {"uscc": CODE})
    assert names(reconcile(cast.city, MARCH), Difference.NOT_HERE) == ["示例乙"]


def test_only_the_statistician_reconciles(cast: Cast, client: Client) -> None:
    for person in (cast.officer, cast.leader, cast.verifier, cast.auditor):
        client.force_login(person)
        assert client.get("/desk/bureau/").status_code == 403
