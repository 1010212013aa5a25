"""How many queries each page of figures and lists may make, whatever the size of the ledger. One more fails the build.

The number includes what every request asks: the session, the person, the city and the memberships.
"""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

QUERY_COUNTS: dict[str, int] = {
    "desk:home": 11,
    "desk:league": 15,
    "desk:overview": 24,
    "desk:figure_open": 21,
    "desk:indicators": 6,
    "desk:indicator": 12,
    "desk:targets": 8,
    "desk:external": 7,
    "desk:units": 6,
    "desk:bureau": 8,
}


def queries_of(client: Client, address: str) -> int:
    """Queries that opening ``address`` makes; the page must open."""
    with CaptureQueriesContext(connection) as made:
        page = client.get(address)
    assert page.status_code == 200, page.status_code
    return len(made)
