"""The only writer of enterprises."""

from datetime import datetime

from django.db import transaction

from zhaoshang.common.uscc import checked
from zhaoshang.enterprises.models import Enterprise
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
    record("enterprises.enterprise.registered", city=city, by=by, at=at, about=enterprise)
    return enterprise  # type: ignore[no-any-return]
