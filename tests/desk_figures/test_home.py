"""The start page shows each role what waits for it."""

from datetime import date, timedelta

import pytest
from cast import NOW, YI, Cast
from dictionary import dictionary
from django.test import Client

from zhaoshang.capital.actions import declare
from zhaoshang.capital.verification import return_
from zhaoshang.common.periods import parse_month
from zhaoshang.machines import scanning
from zhaoshang.people.actions import open_account
from zhaoshang.projects.actions import NewProject, register_project
from zhaoshang.regions.actions import ask_reopen, close_month
from zhaoshang.review.findings.keeping import sweep_findings


def home(client: Client) -> str:
    page = client.get("/desk/")
    assert page.status_code == 200
    return page.content.decode()


def test_an_officer_sees_what_came_back_and_why_until_it_is_declared_again(cast: Cast, client: Client) -> None:
    payment = cast.declared()
    back = return_(payment=payment, revision=payment.revision, reason="回单看不清", by=cast.verifier, at=NOW)
    client.force_login(cast.officer)
    assert "回单看不清" in home(client)
    declare(draft=cast.draft(succeeds=back), by=cast.officer, at=NOW)
    assert "回单看不清" not in home(client) and "等待审核" in home(client)


def test_an_officer_does_not_see_another_unit_s_returns(cast: Cast, client: Client) -> None:
    payment = cast.declared()
    return_(payment=payment, revision=payment.revision, reason="回单看不清", by=cast.verifier, at=NOW)
    client.force_login(cast.other_officer)
    assert "回单看不清" not in home(client)


def test_a_verifier_sees_the_queue(cast: Cast, client: Client) -> None:
    cast.declared()
    client.force_login(cast.verifier)
    assert "/desk/queue/" in home(client) and "待审核" in home(client)


def test_who_asked_for_a_reopening_does_not_see_it_as_a_task(cast: Cast, client: Client) -> None:
    month = parse_month("2023-01")
    close_month(city=cast.city, number=month, by=cast.statistician, at=NOW)
    ask_reopen(city=cast.city, number=month, reason="漏报", by=cast.statistician, at=NOW + timedelta(days=1))
    client.force_login(cast.statistician)
    assert "重开申请" not in home(client)
    client.force_login(cast.second_statistician)
    assert "重开申请" in home(client)


def test_open_months_show_their_due_day(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)
    assert "2023年3月" in home(client) and "2023-04-05" in home(client)


@pytest.mark.parametrize(
    ("role", "page"),
    [
        ("leader", "/desk/overview/"),
        ("system", "/desk/people/"),
        ("security", "/desk/people/"),
        ("auditor", "/desk/diary/"),
    ],
)
def test_every_role_begins_with_its_own_work_and_has_its_main_page_one_tap_away(
    cast: Cast, client: Client, role: str, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        scanning, "state", lambda: "good"
    )  # without a scanner, that is what waits for who watches the system
    client.force_login(getattr(cast, role))
    main = home(client).split('<main id="content"')[1]
    assert f'href="{page}"' in main and "眼下没有等你办理的事" in main


def test_what_is_overdue_comes_first_and_is_counted(cast: Cast, client: Client) -> None:
    """The cast's months fell due in April 2023."""
    cast.declared()
    firm = cast.plant.enterprise
    new = NewProject(
        code="9", name="示例无合同", source_code="310000", industry="C", contract_fen=YI, signed_on=date(2023, 1, 1), source="示例合同"
    )  # fmt: skip
    register_project(city=cast.city, unit=cast.east, enterprise=firm, new=new, by=cast.officer, at=NOW)
    client.force_login(cast.officer)
    page = home(client)
    assert (
        page.index("等待审核") < page.index("待补合同")
        and "1 项已有过期的" in page
        and page.index("已有过期的</h2>") < page.index("没有期限的</h2>")
    )


def test_a_leader_begins_with_how_the_city_stands_and_with_what_most_money_is_at_stake(
    cast: Cast, client: Client
) -> None:
    dictionary(cast)
    cast.verified(amount_fen=2 * YI)
    sweep_findings(city=cast.city, by=cast.statistician, at=NOW + timedelta(days=100))
    client.force_login(cast.leader)
    page = client.get("/desk/").content.decode()
    headline, _, rest = page.partition("金额最大的几件")
    assert ">2.0" in headline and rest.count("示例工厂") and rest.count("示例码头")
    client.force_login(cast.other_officer)
    page = client.get("/desk/").content.decode()
    assert ">2.0" not in page and "金额最大的几件" not in page


def test_what_one_worked_on_last_is_there_and_another_unit_s_is_not(cast: Cast, client: Client) -> None:
    cast.declared()
    client.force_login(cast.officer)
    assert "我最近经手的" in home(client) and "示例工厂" in home(client).split("我最近经手的")[1]
    client.force_login(cast.other_officer)
    assert "我最近经手的" not in home(client)


def test_a_machine_reads_the_same(cast: Cast, client: Client) -> None:
    cast.declared()
    client.force_login(cast.verifier)
    waiting = client.get("/api/me/waiting").json()
    assert [(one["label"], one["count"], one["href"], one["overdue"]) for one in waiting] == [
        ("待审核", 1, "/desk/queue/", True)
    ]


def test_an_account_without_a_role_is_told_what_to_do(cast: Cast, client: Client) -> None:
    said = {"username": "new", "display_name": "示例新人", "password": "sample-password", "is_sample": True}
    client.force_login(open_account(city=cast.city, by=None, at=NOW, **said))  # type: ignore[arg-type]
    assert "还没有岗位" in home(client)
