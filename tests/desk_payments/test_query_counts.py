"""What the pages of this side may ask of the database, however long the lists are."""

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import YI, Cast
from django.test import Client
from django.urls import reverse

LISTS = {
    "desk:payment_list": "leader",
    "desk:queue_list": "verifier",
    "desk:payment_new": "officer",
    "desk:project_list": "leader",
    "desk:enterprise_list": "leader",
    "desk:month_list": "leader",
    "desk:rule_list": "leader",
    "desk:local_rules": "leader",
    "desk:people": "security",
    "desk:diary": "auditor",
    "desk:ledger": "auditor",
    "desk:token_list": "leader",
}


@pytest.mark.parametrize("address", LISTS)
def test_a_list_asks_the_same_of_the_database_for_one_row_and_for_many(
    cast: Cast, client: Client, address: str
) -> None:
    client.force_login(getattr(cast, LISTS[address]))
    client.get(reverse(address))  # the first look of a visit may write a line of the diary
    for place in range(12):
        cast.declared(amount_fen=YI + place)
        cast.verified(amount_fen=YI + place, project=cast.harbour)
    assert queries_of(client, reverse(address)) == QUERY_COUNTS[address]


def test_a_payment_asks_the_same_however_much_its_project_has(cast: Cast, client: Client) -> None:
    client.force_login(cast.leader)
    payments = [cast.declared(amount_fen=YI + place) for place in range(9)]
    assert queries_of(client, reverse("desk:payment", args=[payments[0].pk])) == QUERY_COUNTS["desk:payment"]
