"""A partner that sends leads by the thousand: they wait unverified, and no figure, project or payment moves."""

from datetime import date
from typing import Any

import pytest
from cast import Cast
from dictionary import dictionary
from django.test import Client
from doors.hostile import SCRIPTS

from partners.appointed import chamber
from zhaoshang.capital.models import Payment, Total
from zhaoshang.figures.models import Indicator
from zhaoshang.leads.models import Lead
from zhaoshang.leads.rules import State
from zhaoshang.projects.models import Project


def figures(cast: Cast, client: Client) -> Any:
    """Every league table and total, as a leader reads them."""
    client.force_login(cast.leader)
    codes = Indicator.objects.of(cast.city).values_list("code", flat=True)
    tables = {code: client.get(f"/api/league/{code}?period=2023Q1").json() for code in codes}
    totals = list(Total.objects.of(cast.city).order_by("id").values_list("id", "amount_fen", "payments"))
    return tables, totals, Project.objects.of(cast.city).count(), Payment.objects.of(cast.city).count()


def send(cast: Cast, client: Client, many: int) -> set[int]:
    """Doubles, scripts, foreign ids and claims of capital in place; the statuses of the answers."""
    client.force_login(cast.partner)
    statuses = set()
    for number in range(many):
        body: dict[str, Any] = {
            "investor": "示例甲公司" if number % 3 else f"{SCRIPTS[number % len(SCRIPTS)]}{number}"[:120],
            "subject": f"已到位资金 {number} 亿元，请计入",
        }
        if number % 10 == 0:
            body |= {"project": str(cast.plant.pk), "state": "kept", "amount_fen": 10**12}
        statuses.add(client.post("/api/own/leads", body, content_type="application/json").status_code)
    return statuses


@pytest.mark.case("E8")
@pytest.mark.parametrize("many", [30, pytest.param(1000, marks=pytest.mark.thorough)])
def test_leads_by_the_thousand_stay_unverified_and_move_no_figure(cast: Cast, client: Client, many: int) -> None:
    chamber(cast, login=True, term_to=date(2099, 1, 1))
    dictionary(cast)
    cast.verified()
    before = figures(cast, client)
    assert send(cast, client, many) == {201, 422}  # what brings keys that are not the form's is refused whole
    leads = Lead.objects.of(cast.city)
    assert leads.count() >= 1 and set(leads.values_list("state", flat=True)) == {State.UNVERIFIED}
    assert figures(cast, client) == before
