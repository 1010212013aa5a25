"""The only writer of enterprises."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from zhaoshang.common.uscc import checked
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.lookup.rules import Kind
from zhaoshang.lookup.writing import Name, keep
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.tenancy.models import City


@transaction.atomic
def register_enterprise(
    *,
    city: City,
    name: str,
    uscc: str = "",
    region_code: str = "",
    by: User | None,
    at: datetime,
    is_sample: bool = False,
) -> Enterprise:
    """The enterprise with this code, else with this name, else a new one.

    Raises ``common.uscc.BadCode`` when the code's check character is wrong (GB 32100-2015).
    """
    code = checked(uscc) if uscc else ""
    known = Enterprise.objects.of(city)
    found = (known.filter(uscc=code).first() if code else None) or known.filter(name=name, uscc__in=["", code]).first()
    if found:
        return found  # type: ignore[no-any-return]
    enterprise = Enterprise.objects.create(
        city=city, name=name, uscc=code, region_code=region_code, is_sample=is_sample
    )
    keep(city, [index_name(enterprise)])
    record("enterprises.enterprise.registered", city=city, by=by, at=at, about=enterprise)
    return enterprise


@transaction.atomic
def register_list(
    *, city: City, enterprises: Sequence[Enterprise], by: User | None, at: datetime
) -> Sequence[Enterprise]:
    """Register a list of enterprises that the city does not hold yet, with one line in the diary.

    Raises ``common.uscc.BadCode``; a code that the city holds is refused by the database.
    """
    for enterprise in enterprises:
        enterprise.city, enterprise.uscc = city, checked(enterprise.uscc) if enterprise.uscc else ""
    Enterprise.objects.bulk_create(enterprises, batch_size=500)
    keep(city, [index_name(enterprise) for enterprise in enterprises])
    record("enterprises.list.registered", city=city, by=by, at=at, enterprises=len(enterprises))
    return enterprises


def index_name(enterprise: Enterprise) -> Name:
    """What the index keeps of an enterprise."""
    keys = (f"uscc:{enterprise.uscc}",) if enterprise.uscc else ()
    return Name(enterprise.pk, Kind.ENTERPRISE, enterprise.name, keys=keys)
