"""Lists by key: whoever turns the pages while others write sees every row that stood at the start exactly once."""

import pytest
from cast import Cast
from django.test import Client


@pytest.mark.case("E5")
def test_rows_written_between_two_pages_move_no_row_to_another(cast: Cast, client: Client) -> None:
    stood = [str(cast.declared(with_evidence=False).pk) for _ in range(7)]
    client.force_login(cast.leader)
    seen: list[str] = []
    after = ""
    while True:
        page = client.get(f"/api/payments?limit=3{after}").json()
        seen += [row["id"] for row in page["rows"]]
        cast.declared(with_evidence=False)
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert (seen, len(seen)) == (sorted(stood, reverse=True), len(stood))
