"""The overview shows everybody the city's totals, and single payments only to whom they are open."""

import pytest
from cast import Cast
from dictionary import dictionary
from django.test import Client


@pytest.fixture
def paid(cast: Cast) -> Cast:
    dictionary(cast)
    cast.verified()
    return cast


def overview_of(client: Client) -> str:
    page = client.get("/desk/overview/?period=2023Q1")
    assert page.status_code == 200
    return page.content.decode()


def test_a_leader_sees_the_newest_payments(paid: Cast, client: Client) -> None:
    client.force_login(paid.leader)
    assert "示例工厂" in overview_of(client)


def test_an_officer_sees_the_total_but_no_payment_of_another_unit(paid: Cast, client: Client) -> None:
    client.force_login(paid.other_officer)
    page = overview_of(client)
    assert "到位内资" in page and "示例工厂" not in page
