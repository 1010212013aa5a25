"""What the pages of stages and starts may ask of the database, however many projects there are."""

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import NOW, Cast
from django.test import Client
from django.urls import reverse

from zhaoshang.projects.actions import NewProject, register_list
from zhaoshang.projects.stages.actions import note_progress

from .test_starts import DAY, begin, event

pytestmark = pytest.mark.django_db


def many(cast: Cast) -> None:
    """Fifteen more leads, a start with two projects, and a dozen notes on one of them."""
    new = [
        NewProject(code=f"9-{n}", name=f"示例{n}", source_code="310000", industry="C", contract_fen=1)
        for n in range(15)
    ]
    rows = [(cast.east, cast.plant.enterprise, one) for one in new]
    register_list(city=cast.city, rows=rows, by=cast.statistician, at=NOW)
    begin(cast, event(cast))
    for number in range(12):
        note_progress(project=cast.plant, on=DAY, text=f"示例进展{number}", by=cast.officer, at=NOW)


@pytest.mark.parametrize(
    ("name", "of"),
    [
        ("project_board", ()),
        ("project_stages", ("2023-0001",)),
        ("project", ("2023-0001",)),
        ("start_list", ()),
        ("start", ("start-2023",)),
    ],
)
def test_a_page_asks_the_same_for_few_and_for_many(cast: Cast, client: Client, name: str, of: tuple[str, ...]) -> None:
    client.force_login(cast.statistician)
    client.get("/desk/projects/")  # the first look of a visit may write a line of the diary
    many(cast)
    assert queries_of(client, reverse(f"desk:{name}", args=of)) == QUERY_COUNTS[f"desk:{name}"]
