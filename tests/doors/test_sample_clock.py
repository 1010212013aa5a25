"""A sample city's clock stands behind ours, for what is shown and what is written alike; no other city's does."""

from datetime import date, timedelta

import pytest
from cast import Cast
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from zhaoshang.duties.models import Matter
from zhaoshang.people.models import Event
from zhaoshang.tenancy.clock import clock_of, is_set_back
from zhaoshang.tenancy.models import City

pytestmark = pytest.mark.django_db
DAY = date(2023, 4, 21)


@pytest.fixture
def behind(cast: Cast) -> Cast:
    """The cast's city as a sample that is at 21 April 2023."""
    City.objects.filter(pk=cast.city.pk).update(is_sample=True, days_behind=(timezone.localdate() - DAY).days)
    cast.city.refresh_from_db()
    return cast


def test_only_a_sample_city_can_be_behind(cast: Cast) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        City.objects.filter(pk=cast.city.pk).update(is_sample=False, days_behind=1)
    with clock_of(City(is_sample=False, days_behind=9)):
        assert not is_set_back()


def test_outside_of_it_the_time_is_ours(behind: Cast) -> None:
    ours = timezone.now()
    with clock_of(behind.city):
        assert timezone.localdate() == DAY and is_set_back()
    assert timezone.now() - ours < timedelta(minutes=1)


def test_what_is_written_there_bears_its_day_and_its_pages_say_it(behind: Cast, client: Client) -> None:
    client.force_login(behind.officer)
    client.post("/desk/projects/2023-0001/duties/problem/", {"text": "示例：缺用地", "level": "unit"})
    matter = Matter.objects.of(behind.city).get()
    assert timezone.localdate(matter.raised_at) == DAY and matter.due_on == date(2023, 5, 8)
    assert timezone.localdate(Event.objects.of(behind.city).latest("id").at) == DAY
    page = client.get("/desk/problems/").content.decode()
    assert "还有 17 天" in page


def test_a_session_lasts(behind: Cast, client: Client) -> None:
    client.force_login(behind.officer)
    assert [client.get("/desk/").status_code for _ in range(2)] == [200, 200]


@pytest.mark.parametrize(
    ("password", "verb"), [("sample-password", "people.session.began"), ("wrong", "people.session.refused")]
)
def test_who_comes_in_or_not_stands_in_the_diary_on_its_day_too(
    behind: Cast, client: Client, password: str, verb: str
) -> None:
    client.post("/desk/login/", {"username": behind.officer.username, "password": password})
    line = Event.objects.of(behind.city).latest("id")
    assert (line.verb, timezone.localdate(line.at)) == (verb, DAY)
