"""The forms that somebody of a role meets on their pages, in a city with a row of each sort."""

from architecture.addresses import OWNED, address, subject
from architecture.routes import routes
from cast import Cast
from django.db import transaction
from django.test import Client

from doors.crawling import crawl
from doors.filling import Form, forms_of
from doors.hostile import infest
from zhaoshang.people.rules import Role

FILES = ("xlsx=", "docx", "pdf", "/language/", "/file/")


def forms_met(cast: Cast, role: Role | None, plain: str) -> tuple[Client, list[Form]]:
    """A browser that is logged in as the role (None: a visitor), and the forms of the pages that it reaches; ``plain`` is written there."""
    infest(cast, [f"{plain}{letter}" for letter in "甲乙丙丁戊己庚辛"])
    rows = each_owned(cast)
    client = Client(raise_request_exception=False)
    start = ["/"]
    if role:
        client.force_login(getattr(cast, role.value))
        named = [one for one in routes() if one.verb == "GET" and one.name.startswith("desk:") and subject(one)]
        start = ["/desk/", *(address(one, rows[subject(one)]) for one in named if role in one.roles)]
    return client, forms_of(crawl(client, start, limit=600, keep=True, of_a_kind=3, but=FILES))


def each_owned(cast: Cast) -> dict[str, str]:
    """A row of each sort that belongs to a unit, as far as one can be made beside the others; else none that exists."""
    rows = dict.fromkeys(OWNED, "none")
    for what, make in OWNED.items():
        try:
            with transaction.atomic():
                rows[what] = make(cast, True)
        except Exception:  # two makers of the same code: the page is walked from the other's row
            continue
    return rows
