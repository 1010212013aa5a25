"""From an upload to declared payments, through the pages, as the officer walks."""

import pytest
from cast import NOW, Cast
from django.test import Client
from django.urls import reverse
from intake.books import xlsx
from intake.hostile import HOSTILE
from intake.test_old_workbooks import written as xls

from imports.sending import HEADING, MONTH, book, declared, latest, line, press, text_of, upload
from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Kind, Standing
from zhaoshang.capital.verification import verify
from zhaoshang.common.sheets import open_workbook
from zhaoshang.people.models import Event
from zhaoshang.projects.models import Project
from zhaoshang.regions.actions import close_month, withdraw
from zhaoshang.regions.models import Membership
from zhaoshang.review.models import Workbook

KEYED = ("项目名称", "到位日期", "到位金额（万元）", "资金来源地", "资金类型", "凭证号")


def keyed(amount: object, key: str = "E-1", kind: str = "固定资产投资") -> tuple[object, ...]:
    return ("示例工厂", "2023-03-06", amount, "上海市", kind, key)


def test_a_workbook_is_previewed_before_anything_is_declared(cast: Cast, client: Client) -> None:
    page = text_of(upload(client, cast, book(line(), ("合计", "", 1200))))
    assert "整份导入" in page and "合计行不计入" in page and "表头就是" in page
    assert (declared(cast), latest(cast).state) == ([], "read")


def test_accepting_declares_every_row_with_the_person_who_accepted(cast: Cast, client: Client) -> None:
    upload(client, cast, book(line(1200.55), line(3, serial="SAMPLE-IN-2"), ("合计", "", 1203.55)))
    page = press(client, latest(cast), "accept")
    assert "新申报 2 笔" in text_of(page)
    assert [(one.amount_fen, one.declared_by, one.source_code) for one in declared(cast)] == [
        (1_200_550_000, cast.officer, "310000"),
        (3_000_000, cast.officer, "310000"),
    ]
    assert {one.batch for one in declared(cast)} == {latest(cast).batch}


@pytest.mark.case("C5", "C9")
def test_a_fault_keeps_the_whole_file_out_and_names_its_cell(cast: Cast, client: Client) -> None:
    page = text_of(upload(client, cast, book(line(), line("约500", serial="SAMPLE-IN-2"))))
    assert "C3" in page and "约数" in page
    press(client, latest(cast), "accept")
    assert (declared(cast), latest(cast).state) == ([], "read")


def test_the_corrected_file_is_accepted(cast: Cast, client: Client) -> None:
    upload(client, cast, book(line("约500")))
    upload(client, cast, book(line(500)))
    press(client, latest(cast), "accept")
    assert [one.amount_fen for one in declared(cast)] == [500_000_000]


def test_the_row_of_a_problem_opens_as_it_stands_in_the_file(cast: Cast, client: Client) -> None:
    upload(client, cast, book(line("约500")))
    row = client.get(reverse("desk:import_row", args=[latest(cast).pk]), {"sheet": "明细", "row": "2"})
    assert "上海示例甲公司" in text_of(row)
    assert (
        client.get(reverse("desk:import_row", args=[latest(cast).pk]), {"sheet": "明细", "row": "9"}).status_code == 404
    )


def test_the_marked_workbook_carries_the_problem_on_its_cell(cast: Cast, client: Client) -> None:
    upload(client, cast, book(line("约500")))
    response = client.get(reverse("desk:import_marked", args=[latest(cast).pk]))
    assert open_workbook(response.content).sheets[0].rows[1].cell(3).text == "约500"


@pytest.mark.case("C9", "G7")
def test_the_same_file_is_not_imported_twice_and_the_page_says_who_did(cast: Cast, client: Client) -> None:
    content = book(line())
    upload(client, cast, content)
    press(client, latest(cast), "accept")
    again = upload(client, cast, content, name="改了名.xlsx")
    assert (again.status_code, len(declared(cast))) == (422, 1)
    assert cast.officer.display_name in text_of(again) and "没有重复导入" in text_of(again)


def test_the_same_rows_saved_anew_change_nothing(cast: Cast, client: Client) -> None:
    upload(client, cast, book(line(), line(7, serial="SAMPLE-IN-2")))
    press(client, latest(cast), "accept")
    heading = ("招商项目", "到账时间", "金额（万元）", "来源地", "资金类型", "付款单位", "流水号")
    upload(client, cast, book(line(7, serial="SAMPLE-IN-2"), line(), heading=heading))
    press(client, latest(cast), "accept")
    assert [(one.amount_fen, one.revision) for one in declared(cast)] == [(1_200_000_000, 1), (7_000_000, 1)]
    assert latest(cast).summary["unchanged"] == 2


def test_a_row_updates_the_payment_that_its_key_names(cast: Cast, client: Client) -> None:
    upload(client, cast, xlsx(KEYED, keyed(1000), keyed(50, "E-2")))
    press(client, latest(cast), "accept")
    page = upload(client, cast, xlsx(KEYED, keyed(1200, kind="设备"), keyed(50, "E-2")))
    assert "1,000.00 → 1,200.00" in text_of(page)
    press(client, latest(cast), "accept")
    assert [(one.amount_fen, one.kind, one.revision) for one in declared(cast)] == [
        (1_200_000_000, Kind.EQUIPMENT, 2),
        (50_000_000, Kind.FIXED_ASSETS, 1),
    ]


def test_undoing_withdraws_what_was_declared_and_puts_back_what_was_changed(cast: Cast, client: Client) -> None:
    upload(client, cast, xlsx(KEYED, keyed(1000)))
    press(client, latest(cast), "accept")
    upload(client, cast, xlsx(KEYED, keyed(1200), keyed(50, "E-2")))
    press(client, latest(cast), "accept")
    press(client, latest(cast), "undo", reason="传错了")
    assert [one.amount_fen for one in declared(cast)] == [1_000_000_000]
    assert (latest(cast).state, latest(cast).reason) == ("undone", "传错了")


def test_an_undone_file_can_be_imported_again(cast: Cast, client: Client) -> None:
    content = book(line())
    for _turn in range(2):
        upload(client, cast, content)
        press(client, latest(cast), "accept")
        press(client, latest(cast), "undo", reason="再来")
    upload(client, cast, content)
    press(client, latest(cast), "accept")
    assert len(declared(cast)) == 1


def test_an_import_with_a_verified_payment_is_not_undone(cast: Cast, client: Client) -> None:
    upload(client, cast, book(line(kind="流动资金")))
    press(client, latest(cast), "accept")
    payment = Payment.objects.of(cast.city).select_related("city").get()
    verify(payment=payment, revision=payment.revision, by=cast.verifier, at=NOW)
    page = press(client, latest(cast), "undo", reason="想撤回")
    assert (latest(cast).state, "不再变动" in text_of(page)) == ("accepted", True)


def test_a_verified_payment_is_never_changed_by_a_workbook(cast: Cast, client: Client) -> None:
    upload(client, cast, xlsx(KEYED, keyed(1000, kind="流动资金")))
    press(client, latest(cast), "accept")
    payment = Payment.objects.of(cast.city).select_related("city").get()
    verify(payment=payment, revision=payment.revision, by=cast.verifier, at=NOW)
    assert "已核定的不能改" in text_of(upload(client, cast, xlsx(KEYED, keyed(1200, kind="流动资金"))))
    upload(client, cast, xlsx(KEYED, keyed(1000, kind="流动资金"), name="另存"))
    assert latest(cast).summary["unchanged"] == 1


def test_a_slip_that_supports_another_payment_is_refused_naming_both(cast: Cast, client: Client) -> None:
    cast.declared(bank_serial="SAMPLE-IN-1", payer="上海示例甲公司", amount_fen=1_200_000_000, report_month=MONTH - 1)
    page = text_of(upload(client, cast, book(line())))
    assert "示例工厂 2023-02 1200万元" in page and latest(cast).faults == 1


def test_a_slip_of_another_unit_names_the_unit_only(cast: Cast, client: Client) -> None:
    cast.declared(project=cast.harbour, bank_serial="SAMPLE-IN-1", payer="上海示例甲公司", amount_fen=1_200_000_000)
    page = text_of(upload(client, cast, book(line())))
    assert "西海区" in page and "示例码头" not in page


def test_a_corrected_column_is_remembered_for_the_next_file(cast: Cast, client: Client) -> None:
    heading = ("项目名称", "到位日期", "数（万元）", "资金来源地", "资金类型", "付款人", "银行流水号")
    upload(client, cast, book(line(), heading=heading))
    assert latest(cast).faults
    press(client, latest(cast), "remap", **{"column-C": "amount", "amount_unit": "万元"})
    press(client, latest(cast), "accept")
    page = text_of(upload(client, cast, book(line(8, serial="SAMPLE-IN-9"), heading=heading)))
    assert "上次已确认" in page and latest(cast).summary["fen"] == 8_000_000


@pytest.mark.case("C7")
def test_an_amount_far_from_the_others_waits_until_somebody_answers_for_it(cast: Cast, client: Client) -> None:
    usual = [line(100 + number, serial=f"SAMPLE-IN-{number}") for number in range(5)]
    upload(client, cast, book(*usual, line(1_030_000, serial="SAMPLE-IN-9")))
    press(client, latest(cast), "accept")
    assert (declared(cast), latest(cast).state) == ([], "read")
    press(client, latest(cast), "accept", confirmed="1")
    assert len(declared(cast)) == 6


@pytest.mark.case("C7")
def test_the_unit_of_amounts_is_asked_for_and_settled_on_the_page(cast: Cast, client: Client) -> None:
    heading = ("项目名称", "到位日期", "到位金额", "资金来源地", "资金类型", "付款人", "银行流水号")
    assert "金额单位未注明" in text_of(upload(client, cast, book(line(3), heading=heading)))
    press(client, latest(cast), "remap", amount_unit="亿元")
    assert (latest(cast).faults, latest(cast).summary["fen"]) == (0, 30_000_000_000)


def test_a_new_project_is_registered_from_the_sheet_only_when_ticked(cast: Cast, client: Client) -> None:
    upload(client, cast, book(line(project="示例新园区项目"), line(5, serial="SAMPLE-IN-2")))
    press(client, latest(cast), "register", **{"industry-0": "C"})
    assert latest(cast).faults == 1
    press(client, latest(cast), "register", **{"new-0": "1", "industry-0": "C", "contract-0": "8000"})
    made = Project.objects.of(cast.city).get(name="示例新园区项目")
    assert (made.contract_fen, made.source_code, made.unit) == (8_000_000_000, "310000", cast.east)
    press(client, latest(cast), "accept")
    assert len(declared(cast)) == 2


def test_a_misspelt_project_is_told_which_one_may_be_meant(cast: Cast, client: Client) -> None:
    assert "是不是“2023-0001 示例工厂”" in text_of(upload(client, cast, book(line(project="示例工场"))))


def test_what_was_shown_is_what_is_done_or_it_is_shown_again(cast: Cast, client: Client) -> None:
    upload(client, cast, book(line()))
    cast.declared(bank_serial="SAMPLE-IN-1", payer="上海示例甲公司", amount_fen=1_200_000_000)
    page = press(client, latest(cast), "accept")
    assert "账上有了变化" in text_of(page)
    assert (len(declared(cast)), latest(cast).summary["unchanged"]) == (1, 1)


@pytest.mark.case("B6")
def test_columns_of_state_and_signature_in_a_workbook_are_nobodys_word(cast: Cast, client: Client) -> None:
    heading = (*HEADING, "状态", "审核人", "入账序号", "摘要值", "created_at", "is_staff")
    signed = (*line(), "verified", cast.verifier.display_name, 1, "f" * 64, "2020-01-01", 1)
    upload(client, cast, book(signed, heading=heading))
    press(client, latest(cast), "accept")
    (one,) = declared(cast)
    assert (one.seq, one.decided_by_id, one.digest, one.declared_by_id) == (None, None, "", cast.officer.pk)


@pytest.mark.case("F10")
def test_a_month_closed_meanwhile_takes_nothing(cast: Cast, client: Client) -> None:
    upload(client, cast, book(line()))
    close_month(city=cast.city, number=MONTH, by=cast.statistician, at=NOW)
    page = press(client, latest(cast), "accept")
    assert ("已关账" in text_of(page), declared(cast)) == (True, [])


@pytest.mark.case("B8")
def test_a_role_withdrawn_meanwhile_takes_nothing(cast: Cast, client: Client) -> None:
    upload(client, cast, book(line()))
    membership = Membership.objects.of(cast.city).select_related("user", "city").get(user=cast.officer)
    withdraw(membership=membership, by=cast.security, at=NOW)
    assert press(client, latest(cast), "accept").status_code == 403
    assert declared(cast) == []


@pytest.mark.case("B2")
def test_another_units_officer_finds_no_such_workbook(cast: Cast, client: Client) -> None:
    upload(client, cast, book(line()))
    client.force_login(cast.other_officer)
    names = ["import", "import_progress", "import_row", "import_marked", "import_original"]
    assert {client.get(reverse(f"desk:{name}", args=[latest(cast).pk])).status_code for name in names} == {404}
    acts = ["remap", "register", "accept", "drop", "undo"]
    assert {press(client, latest(cast), act).status_code for act in acts} == {404}


@pytest.mark.case("C1")
def test_a_hostile_file_is_refused_with_its_reason_and_only_the_diary_knows(cast: Cast, client: Client) -> None:
    code, make = HOSTILE["one cell at XFD1048576"]
    page = upload(client, cast, make())
    assert (page.status_code, "列的上限" in text_of(page)) == (422, True)
    line_of_diary = Event.objects.of(cast.city).get(verb="review.workbook.refused")
    assert (Workbook.objects.of(cast.city).count(), line_of_diary.detail["code"]) == (0, code)


def test_the_template_filled_in_is_read_without_a_doubt(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    blank = client.get(reverse("desk:import_template")).content
    headings = [cell.text for cell in open_workbook(blank).sheets[0].rows[2].cells.values()]
    filled = {"项目名称 *": "示例工厂", "到位日期 *": "2023-03-06", "到位金额（万元） *": 12.5, "资金来源地": "浙江"}
    filled |= {"资金类型": "固定资产投资", "新建/续建": "新建", "地区": "东山区"}
    upload(client, cast, xlsx(headings, [filled.get(one, "") for one in headings]))
    assert (latest(cast).problems, latest(cast).summary["fen"]) == ([], 12_500_000)


def test_a_dropped_workbook_leaves_the_account_alone(cast: Cast, client: Client) -> None:
    upload(client, cast, book(line()))
    press(client, latest(cast), "drop")
    press(client, latest(cast), "accept")
    assert (latest(cast).state, declared(cast)) == ("dropped", [])


def test_a_returned_payment_is_not_declared_again_unchanged(cast: Cast, client: Client) -> None:
    upload(client, cast, xlsx(KEYED, keyed(1000)))
    press(client, latest(cast), "accept")
    client.force_login(cast.verifier)
    payment = declared(cast)[0]
    client.post(
        reverse("desk:payment_decide", args=[payment.pk]), {"verdict": "return", "revision": 1, "reason": "回单不清"}
    )
    assert "回单不清" in text_of(upload(client, cast, xlsx(KEYED, keyed(1000), name="另存")))
    upload(client, cast, xlsx(KEYED, keyed(900)))
    press(client, latest(cast), "accept")
    again = Payment.objects.of(cast.city).get(standing=Standing.DECLARED)
    assert (again.amount_fen, again.succeeds_id) == (900_000_000, payment.pk)


ODD = ("工程", "哪天", "多少：万元", "资金来源地", "资金类型", "付款人", "流水号")
NAMED = {"column-A": "project_name", "column-B": "arrived_on", "column-C": "amount", "column-G": "bank_serial"}


def test_a_heading_that_was_not_found_is_pointed_at_and_known_the_next_time(cast: Cast, client: Client) -> None:
    upload(client, cast, book(ODD, line(), heading=("东山区三月上报",)))
    assert not latest(cast).summary["rows"]
    press(client, latest(cast), "remap", **{"header-0": "2"})
    page = press(client, latest(cast), "remap", **{"header-0": "2", **NAMED})
    assert (latest(cast).summary["rows"], 'value="2"' in text_of(page)) == (1, True)
    press(client, latest(cast), "accept")
    upload(
        client, cast, book((None,), ODD, line(7, serial="SAMPLE-IN-2"), heading=("东山区三月补报",)), name="补报.xlsx"
    )
    assert latest(cast).summary["new_fen"] == 7_000_000


def test_a_heading_row_that_is_no_number_is_answered_and_changes_nothing(cast: Cast, client: Client) -> None:
    upload(client, cast, book(line()))
    page = press(client, latest(cast), "remap", **{"header-0": "第三行"})
    assert ("请写行号" in text_of(page), latest(cast).asked) == (True, {})


def test_an_xls_goes_the_same_way_and_comes_back_marked_as_an_xlsx(cast: Cast, client: Client) -> None:
    upload(client, cast, xls(HEADING, line("约5")), name="三月.xls")
    marked = client.get(reverse("desk:import_marked", args=[latest(cast).pk]))
    assert marked.content.startswith(b"PK") and "xlsx" in marked["Content-Disposition"]
    upload(client, cast, xls(HEADING, line()), name="三月.xls")
    press(client, latest(cast), "accept")
    assert [one.amount_fen for one in declared(cast)] == [1_200_000_000]


def test_slips_that_two_rows_exchange_are_amended_as_one(cast: Cast, client: Client) -> None:
    coded = (*HEADING, "凭证号")
    upload(client, cast, book((*line(serial="S-1"), "甲"), (*line(serial="S-2"), "乙"), heading=coded))
    press(client, latest(cast), "accept")
    upload(client, cast, book((*line(serial="S-2"), "甲"), (*line(serial="S-1"), "乙"), heading=coded))
    press(client, latest(cast), "accept")
    assert {one.row_key: one.bank_serial for one in declared(cast)} == {"甲": "S-2", "乙": "S-1"}
    press(client, latest(cast), "undo", reason="示例")
    assert {one.row_key: one.bank_serial for one in declared(cast)} == {"甲": "S-1", "乙": "S-2"}
