"""One investor in two districts: what moved at the turn of the year, and what parent and subsidiary both told, is raised."""

from datetime import date
from typing import Any

import pytest
from cast import NOW, YI, Cast
from django.test import Client
from django.urls import reverse

from zhaoshang.common.periods import parse_month
from zhaoshang.enterprises.groups import set_parent
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.projects.actions import NewProject, register_project
from zhaoshang.projects.models import Project
from zhaoshang.review.deciding import decide_pair
from zhaoshang.review.findings.models import Finding
from zhaoshang.review.models import DuplicatePair
from zhaoshang.review.rules import PairState
from zhaoshang.review.sweeps import ask_sweep

from .test_sweep import found, swept

pytestmark = pytest.mark.django_db


def firm_of(project: Project) -> Enterprise:
    return Enterprise.objects.of(project.city_id).select_related("city", "parent").get(pk=project.enterprise_id)


def in_the_west(cast: Cast, name: str = "示例工厂新址", **more: Any) -> Project:
    """Another project of the plant's firm, in the other district."""
    new = NewProject(
        code="2023-0009", name=name, source_code="310000", industry="C", contract_fen=5 * YI, signed_on=date(2023, 1, 12),
        source="示例合同", is_sample=True, **more,
    )  # fmt: skip
    return register_project(city=cast.city, unit=cast.west, enterprise=firm_of(cast.plant), new=new, by=None, at=NOW)


def december_and_january(cast: Cast, project: Project, month: str = "2023-01") -> None:
    cast.verified(report_month=parse_month("2022-12"), paid_on=date(2022, 12, 20))
    year, number = map(int, month.split("-"))
    cast.verified(
        project=project, by=cast.other_officer, report_month=parse_month(month), paid_on=date(year, number, 10)
    )


@pytest.mark.case("F16")
def test_a_firm_whose_money_goes_on_in_another_district_in_january_is_raised(cast: Cast, client: Client) -> None:
    december_and_january(cast, in_the_west(cast))
    swept(cast)
    [one] = found(cast, "moved")
    assert (one.unit_id, one.facts["before"], one.facts["after"], one.at_stake_fen) == (
        cast.west.pk,
        "东山区",
        "西海区",
        YI,
    )
    client.force_login(cast.verifier)
    told = client.get(reverse("desk:finding", args=[one.pk])).content.decode()
    assert "2022 年末的到账还在东山区，2023 年初起改在西海区" in told
    swept(cast)
    assert Finding.objects.of(cast.city).filter(kind="moved").count() == 1


@pytest.mark.case("F16")
def test_so_is_a_subsidiary_that_goes_on_where_its_parent_stopped(cast: Cast) -> None:
    set_parent(enterprise=firm_of(cast.harbour), parent=firm_of(cast.plant), by=cast.statistician, at=NOW)
    december_and_january(cast, cast.harbour)
    swept(cast)
    assert [one.facts["after"] for one in found(cast, "moved")] == ["西海区"]


def test_a_firm_that_begins_in_march_or_goes_on_in_its_district_moved_nowhere(cast: Cast) -> None:
    december_and_january(cast, in_the_west(cast), "2023-03")
    cast.verified(report_month=parse_month("2023-01"), paid_on=date(2023, 1, 9))
    swept(cast)
    assert found(cast, "moved") == []


@pytest.mark.case("F16")
def test_the_same_amount_told_by_parent_and_subsidiary_in_two_districts_is_raised(cast: Cast) -> None:
    cast.verified(amount_fen=7 * YI)
    second = cast.declared(project=cast.harbour, by=cast.other_officer, amount_fen=7 * YI, paid_on=date(2023, 3, 16))
    swept(cast)
    assert found(cast, "kin") == []
    set_parent(enterprise=firm_of(cast.harbour), parent=firm_of(cast.plant), by=cast.statistician, at=NOW)
    swept(cast)
    [one] = found(cast, "kin")
    assert (one.href_id, one.unit_id, one.facts["before"]) == (str(second.pk), cast.west.pk, "东山区")
    set_parent(enterprise=firm_of(cast.harbour), parent=None, by=cast.statistician, at=NOW)
    swept(cast)
    assert [one.state for one in found(cast, "kin")] == ["fixed"]


@pytest.mark.parametrize(
    "change", [{"amount_fen": 7 * YI + 1}, {"paid_on": date(2023, 1, 5), "report_month": parse_month("2023-01")}]
)
def test_another_amount_or_a_day_far_off_is_another_payment(cast: Cast, change: dict[str, Any]) -> None:
    set_parent(enterprise=firm_of(cast.harbour), parent=firm_of(cast.plant), by=cast.statistician, at=NOW)
    cast.verified(amount_fen=7 * YI)
    cast.declared(project=cast.harbour, by=cast.other_officer, **{"amount_fen": 7 * YI} | change)
    swept(cast)
    assert found(cast, "kin") == []


@pytest.mark.case("F16")
def test_the_moved_project_is_a_pair_and_once_decided_to_be_one_is_counted_once(cast: Cast) -> None:
    moved = in_the_west(cast, "示例工厂")
    before = Project.objects.of(cast.city).counted(cast.city).count()
    ask_sweep(city=cast.city, by=None, at=NOW)
    pair = DuplicatePair.objects.of(cast.city).select_related("city", "first", "second").get(second=moved)
    decide_pair(pair=pair, verdict=PairState.SAME, reason="同一项目年初换址", by=cast.statistician, at=NOW)
    assert Project.objects.of(cast.city).counted(cast.city).count() == before - 1
