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
    "desk:cockpit": 32,
    "desk:figure_open": 21,
    "desk:indicators": 6,
    "desk:indicator": 12,
    "desk:targets": 10,
    "desk:plans": 12,
    "desk:plan_item": 17,
    "desk:campaigns": 12,
    "desk:campaign": 15,
    "desk:external": 10,
    "desk:units": 6,
    "desk:bureau": 9,
    "desk:opportunity_list": 8,
    "desk:opportunity": 9,
    "desk:opportunity_map": 8,
    "desk:edition_list": 6,
    "desk:edition": 8,
    "desk:import_list": 10,
    "desk:import": 8,
    "desk:payment_list": 9,
    "desk:queue_list": 15,
    "desk:payment_new": 9,
    "desk:project_list": 9,
    "desk:project": 16,
    "desk:project_board": 9,
    "desk:project_stages": 9,
    "desk:start_list": 5,
    "desk:start": 8,
    "desk:duplicate_list": 6,
    "desk:search": 18,
    "desk:questions": 10,
    "desk:question_records": 7,
    "desk:forecast": 18,
    "desk:forecast_open": 16,
    "desk:rates": 11,
    "desk:schedule_list": 6,
    "desk:enterprise_list": 6,
    "desk:month_list": 8,
    "desk:rule_list": 5,
    "desk:people": 8,
    "desk:diary": 5,
    "desk:ledger": 6,
    "desk:token_list": 5,
    "desk:payment": 20,
    "desk:text_list": 5,
    "desk:bulletin_list": 6,
    "desk:assessment_list": 7,
    "desk:assessment_open": 9,
    "desk:unit_sheet": 10,
    "desk:regulation_list": 5,
    "desk:regulation_try": 28,
    "desk:light_table": 8,
    "desk:light_open": 8,
    "desk:entered": 7,
    "desk:lead_list": 6,
    "desk:lead": 13,
    "portal:home": 3,
    "portal:bulletin": 11,
    "portal:figure": 4,
}


def queries_of(client: Client, address: str) -> int:
    """Queries that opening ``address`` makes; the page must open."""
    with CaptureQueriesContext(connection) as made:
        page = client.get(address)
    assert page.status_code == 200, page.status_code
    return len(made)
