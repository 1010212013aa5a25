"""What the doors refuse: strangers' forms, ways in by GET, and what they say when something is wrong."""

import hashlib
import re
from io import BytesIO
from typing import Any

import pytest
from architecture.routes import Route, routes
from cast import Cast
from dictionary import dictionary
from django.conf import settings as configured
from django.db import DataError, IntegrityError, OperationalError, connection, connections, transaction
from django.test import Client
from statement_guard import whole_nation

from doors.crawling import crawl
from zhaoshang.people.models import Event
from zhaoshang.people.rules import Role

WRITES = [route for route in routes() if route.verb == "POST" and not route.name.startswith("portal:")]
PUBLIC_WRITES = [route for route in routes() if route.verb == "POST" and route.name.startswith("portal:")]
ANY_KEY = "0190a000-0000-7000-8000-000000000000"


def filled(route: Route) -> str:
    """The address with something in every gap."""
    path = re.sub(r"\(\?P<key>[^)]*\)", ANY_KEY, "/" + route.pattern).replace("^", "").replace("$", "")
    path = re.sub(r"\(\?P<ext>[^)]*\)", "docx", path).replace("\\.", ".")
    path = re.sub(r"<uuid:\w+>", ANY_KEY, path)
    path = re.sub(r"<int:\w+>", "1", path).replace("<article_step:step>", "submit")
    return re.sub(r"<[^>]+>", "none", path)


def statuses(client: Client, sent: dict[str, str], **how: Any) -> dict[str, int]:
    """What every form of the desk answered to a post that must not reach it."""
    return {route.name: client.post(filled(route), sent, **how).status_code for route in WRITES}


@pytest.mark.case("D1")
def test_no_form_without_its_token_changes_anything(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.statistician)
    answers = statuses(client, {"reason": "x"})
    assert len(answers) > 300 and {name: status for name, status in answers.items() if status != 403} == {}


@pytest.mark.thorough
@pytest.mark.case("D1")
def test_no_form_from_another_site_changes_anything(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.statistician)
    token = client.get("/desk/password/").cookies[configured.CSRF_COOKIE_NAME].value
    answers = statuses(client, {"csrfmiddlewaretoken": token}, headers={"origin": "https://evil.example"}, secure=True)
    assert {name: status for name, status in answers.items() if status != 403} == {}


@pytest.mark.parametrize("route", PUBLIC_WRITES, ids=lambda route: route.name)
def test_a_public_form_acts_for_nobody_and_begins_no_session(cast: Cast, route: Route) -> None:
    """It asks for no token because it knows nobody: a login that rides along changes nothing in the answer."""
    somebody, stranger = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    somebody.force_login(cast.statistician)
    answers = [client.post(filled(route), {"reason": "x"}) for client in (somebody, stranger)]
    assert answers[0].status_code == answers[1].status_code and not any(answer.cookies for answer in answers)


# Opening pages writes sessions, and who was refused; nothing else.
WRITTEN_BY_READING = {"django_session", "people_event"}


def checksums() -> dict[str, str]:
    """Of every table that reading must leave alone."""
    found = {}
    with connection.cursor() as cursor, whole_nation():
        for table in sorted(connection.introspection.table_names()):
            if table not in WRITTEN_BY_READING:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                rows = sorted(map(repr, cursor.fetchall()))
                found[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


WRITERS = [Role.STATISTICIAN]  # who has most to write with; the rest are walked by `make test-rest`


@pytest.mark.parametrize(
    "role", [*WRITERS, *(pytest.param(role, marks=pytest.mark.thorough) for role in Role if role not in WRITERS)]
)
@pytest.mark.case("D1")
def test_crawling_everything_by_get_changes_no_row(cast: Cast, client: Client, role: Role) -> None:
    dictionary(cast)
    cast.verified()
    cast.declared()
    client.force_login(getattr(cast, role.value))
    start = ["/", "/desk/", "/api/docs", *(filled(route) for route in routes())]
    before = checksums()
    seen = crawl(client, start)
    assert checksums() == before
    assert len(seen) > 60 and [address for address, page in seen.items() if page.status >= 500] == []


@pytest.mark.thorough
@pytest.mark.case("F23")
def test_reading_writes_no_diary_line_but_refusals(cast: Cast, client: Client) -> None:
    client.force_login(cast.leader)
    before = Event.objects.of(cast.city).count()
    crawl(client, ["/desk/"])
    assert [(one.verb, one.detail) for one in Event.objects.of(cast.city).order_by("id")[before:]] == []


WRONG = {
    404: "/desk/nothing/",
    403: "/desk/people/",
}


@pytest.mark.parametrize(("status", "path"), WRONG.items())
@pytest.mark.case("D11")
def test_an_error_is_a_chinese_page_with_a_reference_and_nothing_inside(
    cast: Cast, client: Client, status: int, path: str
) -> None:
    client.force_login(cast.officer)
    answer = client.get(path)
    assert answer.status_code == status
    is_clean(answer)


def is_clean(answer: Any) -> None:
    """A page in Chinese with a reference, and no word of what the machine is made of."""
    page = re.sub(r'(?:src|href)="/static/[^"]*"', "", answer.content.decode())
    assert re.search(r"[0-9A-F]{8}", page) and re.search("[一-鿿]{4}", page)
    for inside in ("Traceback", "django", "Django", "site-packages", ".py", "zhaoshang.", "SELECT", "Exception"):
        assert inside not in page, inside


@pytest.mark.case("D11")
@pytest.mark.parametrize("path", ["/", "/desk/payments/", "/desk/login/"])
def test_when_the_database_is_away_the_page_says_so_and_tells_nothing(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise OperationalError("connection to 10.0.0.9 refused for user hunter2")

    client.force_login(cast.officer)
    client.raise_request_exception = False
    with monkeypatch.context() as cut:
        cut.setattr(connections["default"], "cursor", away)
        answer = client.get(path)
    assert answer.status_code == 503 and b"hunter2" not in answer.content
    is_clean(answer)


@pytest.mark.case("D11")
def test_a_form_that_is_too_large_is_told_as_that(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    answer = client.post("/desk/payments/new/", {"note": "x" * 6_000_000})
    assert answer.status_code == 413
    is_clean(answer)


@pytest.mark.case("C16", "D11")
@pytest.mark.parametrize("path", ["/desk/imports/", "/api/imports", "/ask/"])
def test_what_announces_gigabytes_is_refused_before_it_is_read(cast: Cast, client: Client, path: str) -> None:
    class Unread(BytesIO):
        def read(self, *_: Any) -> bytes:
            raise AssertionError("it was read")

    client.force_login(cast.officer)
    for announced in (str(5 << 30), "x", "-1"):
        told = {"CONTENT_LENGTH": announced, "CONTENT_TYPE": "multipart/form-data; boundary=x", "wsgi.input": Unread()}
        answer = client.generic("POST", path, **told)  # type: ignore[arg-type]
        assert answer.status_code == 413
        if path.startswith("/api/"):
            assert answer.json() == {"code": "too_big", "message": "请求过大。"}
        else:
            is_clean(answer)


@pytest.mark.case("D11")
def test_who_comes_too_often_is_told_as_that(cast: Cast, client: Client) -> None:
    answers = [client.get("/join/nobody/") for _ in range(21)]
    assert [answer.status_code for answer in answers[-2:]] == [404, 429]
    assert "打开得太频繁" in answers[-1].content.decode() and 1 <= int(answers[-1]["Retry-After"]) <= 30
    is_clean(answers[-1])


@pytest.mark.parametrize("path", ["/desk/payments/", "/desk/login/"])
@pytest.mark.case("D11")
def test_when_the_machine_fails_the_page_says_so_and_tells_nothing(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("password=hunter2 at /secret/path.py")

    monkeypatch.setattr("zhaoshang.desk.views.payments.render", broken)
    monkeypatch.setattr("zhaoshang.desk.views.account.render", broken)
    if path != "/desk/login/":
        client.force_login(cast.officer)
    client.raise_request_exception = False
    answer = client.get(path)
    assert answer.status_code == 500 and b"hunter2" not in answer.content
    is_clean(answer)


def test_a_machine_is_told_of_errors_as_json(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    answer = client.get("/api/payments/none")
    assert answer.status_code in (404, 422) and answer["Content-Type"].startswith("application/json")


@pytest.mark.parametrize("verb", ["TRACE", "PUT", "DELETE", "PATCH", "POST"])
@pytest.mark.parametrize("path", ["/desk/payments/", "/desk/league/", "/"])
@pytest.mark.case("E10")
def test_a_page_answers_to_no_other_verb(cast: Cast, client: Client, verb: str, path: str) -> None:
    client.force_login(cast.officer)
    answer = client.generic(verb, path, headers={"x-http-method-override": "GET"})
    assert answer.status_code == 405


@pytest.mark.parametrize(
    "address",
    ["/desk/payments/?q=%00", "/desk/payments/?%00=1", "/bulletins/?q=a%00b", "/api/payments?unit=%00", "/desk/%00/"],
)
@pytest.mark.case("D9")
def test_an_address_that_no_database_can_look_up_is_a_faulty_request(cast: Cast, client: Client, address: str) -> None:
    client.force_login(cast.officer)
    assert client.get(address).status_code == 400


def test_a_form_with_what_no_database_can_keep_is_never_our_fault(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)
    sent = client.post("/desk/months/2022-01/reopen/", {"reason": "a\x00b"})
    assert sent.status_code < 500


def test_a_text_longer_than_its_column_is_refused_by_either_database(cast: Cast) -> None:
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        type(cast.east).objects.of(cast.city).filter(pk=cast.east.pk).update(short_name="长" * 13)
