"""Jobs on their pages: what is large is left to a worker, its progress seen, its file fetched by nobody else."""

from typing import Any

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import Cast
from django.test import Client
from django.urls import reverse
from imports.sending import book, latest, line, press, text_of, upload

from jobs.working import last_job, work_off
from zhaoshang.capital.models import Payment
from zhaoshang.common.sheets import open_workbook
from zhaoshang.jobs import progress
from zhaoshang.jobs.models import Job
from zhaoshang.jobs.rules import Kind, State
from zhaoshang.jobs.running import claim
from zhaoshang.people.models import User
from zhaoshang.regions.actions import withdraw
from zhaoshang.regions.models import Membership


@pytest.fixture(autouse=True)
def _leave_all(settings: Any) -> None:
    settings.AT_ONCE_ROWS = 0


def as_(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def asked_for_a_file(cast: Cast, client: Client) -> Any:
    cast.declared()
    return as_(client, cast.officer).get(reverse("desk:payment_list"), {"xlsx": "1"}, follow=True)


@pytest.mark.case("C9")
def test_accepting_a_large_import_shows_its_progress_and_then_its_outcome(cast: Cast, client: Client) -> None:
    upload(client, cast, book(line(), line(7, serial="SAMPLE-IN-2")))
    page = text_of(press(client, latest(cast), "accept"))
    assert "整份导入：三月报表.xlsx" in page and "http-equiv" in page
    job = claim(cast.city, "w")
    assert job is not None
    progress.write(job.pk, progress.Progress("writing", 1, 2))
    assert "1 / 2" in text_of(client.get(reverse("desk:job_progress", args=[job.pk])))
    Job.objects.of(cast.city).filter(pk=job.pk).update(state=State.WAITING)
    work_off(cast)
    assert client.get(reverse("desk:job_progress", args=[job.pk])).headers["HX-Refresh"] == "true"
    assert "等待审核" in text_of(client.get(reverse("desk:import", args=[latest(cast).pk])))
    assert Payment.objects.of(cast.city).count() == 2


def test_an_import_that_was_refused_says_why_where_it_was_asked_for(cast: Cast, client: Client) -> None:
    upload(client, cast, book(line()))
    press(client, latest(cast), "accept")
    cast.declared(payer="上海示例甲公司", bank_serial="SAMPLE-IN-1", amount_fen=1_200_000_000)
    work_off(cast)
    assert last_job(cast).state == State.FAILED
    assert "后台没有导入这份表格" in text_of(client.get(reverse("desk:import", args=[latest(cast).pk])))


@pytest.mark.case("E7")
def test_fifty_exports_wait_in_line_and_each_person_gets_their_own(cast: Cast, client: Client) -> None:
    cast.declared()
    as_(client, cast.officer)
    for number in range(50):
        answer = client.get(reverse("desk:payment_list"), {"xlsx": "1", "unit": "", "n": str(number)})
        assert answer.status_code == 302
    assert Job.objects.of(cast.city).filter(state=State.WAITING).count() == 50
    assert claim(cast.city, "first", leave={Kind.FILE}) is None
    assert work_off(cast) == 50
    file = client.get(reverse("desk:job_file", args=[last_job(cast).pk]))
    assert file["Content-Disposition"].startswith("attachment")
    assert "示例工厂" in str(
        [cell.text for row in open_workbook(file.content, "a.xlsx").sheets[0].rows for cell in row.cells.values()]
    )


@pytest.mark.case("B8", "B14")
def test_a_file_is_made_and_given_out_with_the_rights_of_the_moment(cast: Cast, client: Client) -> None:
    asked_for_a_file(cast, client)
    assert work_off(cast) == 1
    made = reverse("desk:job_file", args=[last_job(cast).pk])
    assert as_(client, cast.other_officer).get(made).status_code == 404
    assert as_(client, cast.officer).get(made).status_code == 200
    again = client.get(reverse("desk:payment_list"), {"xlsx": "1", "n": "2"}, follow=True)
    assert "排队中" in text_of(again)
    membership = Membership.objects.of(cast.city).select_related("user", "city").get(user=cast.officer)
    withdraw(membership=membership, by=cast.security, at=cast.now)
    work_off(cast)
    assert (last_job(cast).state, last_job(cast).failure) == (State.FAILED, "not_allowed")
    assert client.get(made).status_code == 403


def test_a_job_is_cancelled_and_begun_again_from_its_page(cast: Cast, client: Client) -> None:
    asked_for_a_file(cast, client)
    job = last_job(cast)
    assert "已取消" in text_of(client.post(reverse("desk:job_cancel", args=[job.pk]), follow=True))
    assert "已经结束" in text_of(client.post(reverse("desk:job_cancel", args=[job.pk]), follow=True))
    assert "已重新排队" in text_of(client.post(reverse("desk:job_again", args=[job.pk]), follow=True))
    work_off(cast)
    assert text_of(client.get(reverse("desk:jobs"))).count("查看结果") == 1
    assert as_(client, cast.other_officer).get(reverse("desk:job", args=[job.pk])).status_code == 404


def test_a_small_list_stays_in_the_request(cast: Cast, client: Client, settings: Any) -> None:
    settings.AT_ONCE_ROWS = 200
    assert asked_for_a_file(cast, client)["Content-Disposition"].startswith("attachment")
    assert not Job.objects.of(cast.city).exists()


def test_housekeeping_is_shown_to_who_watches_the_system(cast: Cast, client: Client) -> None:
    page = text_of(as_(client, cast.system).get(reverse("desk:housekeeping")))
    assert "还没有后台进程报到" in page and "重算账链" in page
    assert as_(client, cast.officer).get(reverse("desk:housekeeping")).status_code == 403


@pytest.mark.parametrize("name", ["desk:jobs", "desk:housekeeping"])
def test_pages_of_jobs_ask_the_database_a_fixed_number_of_times(cast: Cast, client: Client, name: str) -> None:
    for number in range(3):
        asked_for_a_file(cast, client)
        client.get(reverse("desk:payment_list"), {"xlsx": "1", "n": str(number)})
    work_off(cast)
    as_(client, cast.officer if name == "desk:jobs" else cast.system)
    assert queries_of(client, reverse(name)) == QUERY_COUNTS[name]
