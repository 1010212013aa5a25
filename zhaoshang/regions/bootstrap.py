"""The first act of a new installation: a city and the three who run it (三员). It works once, and there is no default password."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhaoshang.people.actions import one_time_password, open_account
from zhaoshang.people.models import User
from zhaoshang.people.rules import Role
from zhaoshang.regions.actions import grant, load_regions
from zhaoshang.regions.models import Membership
from zhaoshang.tenancy.models import City


class AlreadyBootstrapped(Exception):
    """There is an account: more are opened by a system administrator."""


class AlreadyThere(Exception):
    """The city has a system administrator who may log in: that one opens accounts."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to be: the name to log in with, and the one that is shown."""

    username: str
    display_name: str


@transaction.atomic
def bootstrap(
    *,
    code: str,
    name: str,
    name_en: str,
    gb_code: str,
    security: Person,
    system: Person,
    auditor: Person,
    password: str,
    at: datetime,
) -> dict[Role, str]:
    """Make the city (``code`` as in ``ZHAOSHANG_CITY``, ``gb_code`` of six digits) and its three administrators. ``password`` is the
    security administrator's; the other two get one-time passwords, which are returned, told once.

    Raises :class:`AlreadyBootstrapped` when any account exists, Django's ``ValidationError`` for a weak password and ``NameTaken``.
    """
    if User.objects.exists():
        raise AlreadyBootstrapped
    load_regions()
    city, _made = City.objects.get_or_create(code=code, defaults={"name": name, "name_en": name_en, "gb_code": gb_code})
    first = open_account(
        city=city, username=security.username, display_name=security.display_name, password=password, by=None, at=at
    )
    grant(city=city, user=first, role=Role.SECURITY, unit=None, by=None, at=at)
    others = {Role.SYSTEM: system, Role.AUDITOR: auditor}
    return {role: _appointed(city, person, role, at) for role, person in others.items()}


@transaction.atomic
def appoint_system_administrator(*, city: City, person: Person, at: datetime) -> str:
    """Open the account of a system administrator where the city has none who may log in: after an upgrade from before there was the
    post, or when the last one is gone. Returns the one-time password, told once.

    Raises :class:`AlreadyThere`, ``NameTaken``.
    """
    held = Membership.objects.of(city).filter(role=Role.SYSTEM, withdrawn_at__isnull=True, user__is_active=True)
    if held.exists():
        raise AlreadyThere
    return _appointed(city, person, Role.SYSTEM, at)


def _appointed(city: City, person: Person, role: Role, at: datetime) -> str:
    password = one_time_password()
    user = open_account(
        city=city,
        username=person.username,
        display_name=person.display_name,
        password=password,
        temporary=True,
        by=None,
        at=at,
    )
    grant(city=city, user=user, role=role, unit=None, by=None, at=at)
    return password
