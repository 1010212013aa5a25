"""What leaves by mail: to people outside the building, with nothing that a field says stays in it."""

import ast
from contextlib import suppress
from typing import Any

import pytest
from architecture.rooms import ROOT
from cast import Cast
from django.core import mail
from django.db import IntegrityError, transaction
from enterprises.firms import person
from publishing.test_identity import ADDRESS, sent, taken
from searches.test_saved_searches import active, published, round_of

from doors.test_every_private_field import private
from zhaoshang.capital.checkpoint_mail import mail_checkpoint
from zhaoshang.enterprises.models import Contact
from zhaoshang.tenancy import guards
from zhaoshang.tenancy.fields import TenantForeignKey

pytestmark = pytest.mark.one_database
MARK = "zq7qz"
# Each place that writes a mail has its test here.
WRITERS = {
    "searches/letters.py": {"_mail"},
    "publishing/identity.py": {"_sent"},
    "capital/checkpoint_mail.py": {"_letter"},
}


@pytest.fixture(autouse=True)
def _mails(settings: Any, cast: Cast) -> None:
    settings.EMAIL_BACKEND, settings.MAIL_FROM = "django.core.mail.backends.locmem.EmailBackend", "noreply@city.example"
    settings.CITY, settings.PUBLIC_URL = cast.city.code, "https://city.example"


def mark(row: Any, *but: str) -> set[str]:
    """Put the mark into each private field of the row in which something can be typed, and of what it hangs on; which fields those are."""
    found = set[str]()
    for name in {name for model, name in private() if model is type(row)} - set(but):
        with (
            suppress(IntegrityError),
            transaction.atomic(),
        ):  # what says which of several things it is takes no other word
            type(row).objects.of(row.city_id).filter(pk=row.pk).update(**{name: MARK})
            found.add(f"{type(row).__name__}.{name}")
    for field in row._meta.concrete_fields:
        above = getattr(row, field.name) if isinstance(field, TenantForeignKey) else None
        if above is not None and type(above) is not type(row):
            found |= mark(above)
    return found


def written() -> str:
    """All that stands in the mails that went: heads, subjects, texts."""
    return "\n".join(
        f"{one.subject}\n{one.body}\n{one.extra_headers}\n{one.to}\n{one.from_email}" for one in mail.outbox
    )


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.case("B7")
def test_news_of_what_is_on_offer_hold_nothing_private(cast: Cast, language: str) -> None:
    search, entry = active(cast, language=language), published(cast)
    with guards.suspended():
        marked = mark(entry) | mark(search, "mail", "said", "language")
    round_of(cast, days=1)
    assert mail.outbox and entry.code in written()
    assert MARK not in written() and {"Opportunity.outline_source"} <= marked, marked


@pytest.mark.case("B7")
def test_a_code_comes_with_nothing_of_the_request_and_of_whom_we_know(cast: Cast) -> None:
    known = person(cast, cast.plant.enterprise, cast.east, name="示例人", mail=ADDRESS)
    request, _receipt = taken(cast)
    with guards.suspended():
        marked = mark(known, "mail") | mark(request, "contact")
    assert sent(cast, request) and MARK not in written()
    assert {"Contact.name", "PublicRequest.text"} <= marked, marked
    assert Contact.objects.of(cast.city).get(pk=known.pk).name == MARK


@pytest.mark.case("B7")
def test_a_checkpoint_holds_nothing_of_the_account_but_its_digest(cast: Cast, settings: Any) -> None:
    settings.CHECKPOINTS_TO = ["auditor@example.org"]
    with guards.suspended():
        marked = mark(cast.verified())
    assert mail_checkpoint(city=cast.city, at=cast.now)
    assert MARK not in written() + str(mail.outbox[0].attachments) and {"Payment.payer"} <= marked, marked


@pytest.mark.case("B7")
def test_no_other_place_writes_mails() -> None:
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "zhaoshang").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                called = {
                    ast.unparse(one.func).rpartition(".")[2] for one in ast.walk(node) if isinstance(one, ast.Call)
                }
                if called & {
                    "EmailMessage",
                    "EmailMultiAlternatives",
                    "send_mail",
                    "mail_admins",
                    "mail_managers",
                    "sendmail",
                }:
                    found.setdefault(str(path.relative_to(ROOT / "zhaoshang")), set()).add(node.name)
    assert found == WRITERS
