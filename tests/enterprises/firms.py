"""Cards, meetings and people for the tests of enterprises."""

from datetime import date
from typing import Any

from cast import NOW, Cast

from zhaoshang.enterprises.actions import Card, create_enterprise
from zhaoshang.enterprises.contacts import Person, add_contact
from zhaoshang.enterprises.models import Contact, Enterprise, Touch
from zhaoshang.enterprises.rules import TouchKind
from zhaoshang.enterprises.touches import Meeting, log_touch
from zhaoshang.people.models import User
from zhaoshang.regions.models import ReportingUnit

CODE, OTHER_CODE = "91350100M000100Y43", "91210200MA0000001C"


def card(cast: Cast, name: str, unit: ReportingUnit | None = None, by: User | None = None, **said: Any) -> Enterprise:
    """A card of the bureau's, or of ``unit``."""
    return create_enterprise(
        city=cast.city, card=Card(name=name, **said), unit=unit, by=by or cast.statistician, at=NOW
    )


def person(cast: Cast, firm: Enterprise, unit: ReportingUnit | None = None, **said: Any) -> Contact:
    """王示例, with a number."""
    given: dict[str, Any] = {"name": "王示例", "post": "总经理", "phone": "0411-84000123", "mail": "wang@example.com"}
    told = Person(**{"source": "示例名片", **given, **said})
    return add_contact(enterprise=firm, person=told, unit=unit, by=cast.statistician, at=NOW)


def met(cast: Cast, firm: Enterprise, unit: ReportingUnit | None, on: date = date(2023, 4, 1), **said: Any) -> Touch:
    """A visit."""
    told = {"who": "示例区长", "said": "示例谈话内容", "kind": TouchKind.VISIT, **said}
    return log_touch(enterprise=firm, meeting=Meeting(on=on, **told), unit=unit, by=cast.officer, at=NOW)


def fresh(firm: Enterprise) -> Enterprise:
    """The row as it is now."""
    return Enterprise.objects.of(firm.city_id).select_related("city", "parent").get(pk=firm.pk)  # type: ignore[no-any-return]
