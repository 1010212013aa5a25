"""Payment schedules: revisions that are only appended to, refusals, and taking in a file."""

from datetime import date

import pytest
from cast import NOW, YI, Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client

from forecast.acting import WAN, schedule
from zhaoshang.common.periods import month_number, parse_month
from zhaoshang.people.models import Event
from zhaoshang.projects.models import EarlierArrival, Instalment
from zhaoshang.projects.rules import ScheduleFault
from zhaoshang.projects.schedules import BadSchedule, InsideLedger, record_earlier, schedules_in_force, set_schedules
from zhaoshang.review.schedule_list import read_schedules

JUNE, JULY = month_number(2023, 6), month_number(2023, 7)
HEAD = "项目编号,计划月份,计划金额（万元）,依据文件,签订日期"


def put(cast: Cast, months: dict[int, int], **changes: object) -> int:
    return set_schedules(city=cast.city, schedules=[schedule(cast.plant, months, **changes)], by=cast.officer, at=NOW)


def test_a_new_document_is_a_new_revision_and_the_old_stays(cast: Cast) -> None:
    put(cast, {JUNE: YI})
    put(cast, {JULY: 2 * YI}, document="补充协议", agreed_on=date(2023, 2, 1))
    in_force = schedules_in_force(cast.city, [cast.plant.pk])[cast.plant.pk]
    assert [(row.revision, row.month, row.amount_fen) for row in in_force] == [(2, JULY, 2 * YI)]
    assert Instalment.objects.of(cast.city).count() == 2


def test_the_same_schedule_again_adds_nothing_and_no_line_in_the_diary(cast: Cast) -> None:
    assert (put(cast, {JUNE: YI}), put(cast, {JUNE: YI})) == (1, 0)
    assert Event.objects.of(cast.city).filter(verb="projects.schedule.set").count() == 1


@pytest.mark.parametrize(
    ("months", "document", "agreed_on", "fault"),
    [
        ({}, "甲", date(2023, 3, 1), ScheduleFault.EMPTY),
        ({JUNE: YI}, " ", date(2023, 3, 1), ScheduleFault.NO_DOCUMENT),
        ({JUNE: 0}, "甲", date(2023, 3, 1), ScheduleFault.NOT_POSITIVE),
        ({JUNE: 6 * YI}, "甲", date(2023, 3, 1), ScheduleFault.MORE_THAN_CONTRACT),
        ({JULY: YI}, "甲", date(2023, 1, 1), ScheduleFault.OLDER_DOCUMENT),
    ],
)
def test_a_schedule_that_cannot_stand_is_refused(
    cast: Cast, months: dict[int, int], document: str, agreed_on: date, fault: ScheduleFault
) -> None:
    put(cast, {JUNE: YI})
    with pytest.raises(BadSchedule) as refused:
        put(cast, months, document=document, agreed_on=agreed_on)
    assert refused.value.fault == fault and Instalment.objects.of(cast.city).count() == 1


def test_the_database_itself_keeps_instalments_and_older_books(cast: Cast) -> None:
    put(cast, {JUNE: YI})
    arrivals = {(cast.plant, parse_month("2021-05")): YI}
    record_earlier(city=cast.city, arrivals=arrivals, source="示例", by=cast.statistician, at=NOW)
    for rows in (Instalment.objects.of(cast.city), EarlierArrival.objects.of(cast.city)):
        for change in (lambda rows=rows: rows.update(amount_fen=1), rows.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


def test_older_books_end_where_the_ledger_begins(cast: Cast) -> None:
    arrivals = {(cast.plant, parse_month("2022-01")): YI}
    with pytest.raises(InsideLedger):
        record_earlier(city=cast.city, arrivals=arrivals, source="示例", by=cast.statistician, at=NOW)


def test_a_list_is_read_whatever_the_order_of_its_columns(cast: Cast) -> None:
    text = "签订日期,项目编号,金额（亿元）,计划月份,依据\n2023-01-10,2023-0001,1.5,2023-06,甲1号\n2023-01-10,2023-0001,1,2023-07,甲1号\n"
    found = read_schedules(text.encode(), "a.csv", {"2023-0001": cast.plant})
    assert found.problems == () and found.schedules[0].months == {JUNE: 15_000 * WAN, JULY: YI}


@pytest.mark.parametrize(
    ("line", "cell", "code"),
    [
        ("2023-9999,2023-06,100,甲,2023-01-10", "A2", "no_project"),
        ("2023-0001,六月,100,甲,2023-01-10", "B2", "month_unreadable"),
        ("2023-0001,2023-06,约100,甲,2023-01-10", "C2", "amount_approximate"),
        ("2023-0001,2023-06,100,,2023-01-10", "D2", "blank"),
        ("2023-0001,2023-06,90000000,甲,2023-01-10", "A2", "schedule_more_than_contract"),
        ("2023-0001,2023-06,1,甲,2023-01-10\n2023-0001,2023年6月,2,甲,2023-01-10", "B3", "month_twice"),
        ("2023-0001,2023-06,1,甲,2023-01-10\n2023-0001,2023-07,2,乙,2023-01-10", "D3", "two_documents"),
    ],
)
def test_a_fault_names_its_cell_and_nothing_is_understood(cast: Cast, line: str, cell: str, code: str) -> None:
    found = read_schedules(f"{HEAD}\n{line}\n".encode(), "a.csv", {"2023-0001": cast.plant})
    assert [(one.cell.rpartition("!")[2], one.code) for one in found.problems] == [(cell, code)] and not found.schedules


def sent(client: Client, line: str) -> int:
    file = SimpleUploadedFile("a.csv", f"{HEAD}\n{line}\n".encode())
    return client.post("/desk/schedules/upload/", {"file": file}).status_code


def test_an_officer_sends_a_list_of_own_projects_and_not_of_another_districts(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    assert sent(client, "2023-0001,2023-06,100,甲,2023-01-10\n2023-0002,2023-06,100,甲,2023-01-10") == 422
    assert Instalment.objects.of(cast.city).count() == 0
    assert sent(client, "2023-0001,2023-06,100,甲,2023-01-10") == 302
    assert Instalment.objects.of(cast.city).get().project_id == cast.plant.pk


def test_a_schedule_is_typed_on_the_projects_page(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    given = {"document": "甲1号", "agreed_on": "2023-01-10", "month_0": "2023-06", "amount_0": "1,500"}
    wrong = client.post("/desk/projects/2023-0001/schedule/set/", given | {"month_1": "2023-06", "amount_1": "1"})
    right = client.post("/desk/projects/2023-0001/schedule/set/", given)
    assert (wrong.status_code, right.status_code) == (422, 302)
    assert Instalment.objects.of(cast.city).get().amount_fen == 1_500 * WAN
    assert "甲1号" in client.get("/desk/projects/2023-0001/schedule/").content.decode()


def test_another_districts_schedule_looks_absent(cast: Cast, client: Client) -> None:
    put(cast, {JUNE: YI})
    client.force_login(cast.other_officer)
    assert client.get("/desk/projects/2023-0001/schedule/").status_code == 404
    assert "示例工厂" not in client.get("/desk/schedules/").content.decode()
    assert client.get("/api/projects/2023-0001/schedule").status_code == 404
