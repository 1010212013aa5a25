"""The first act of a new installation: a city and the one person who may grant roles. It works once, and there is no default password."""

from datetime import datetime

from django.db import transaction

from zhaoshang.people.actions import open_account
from zhaoshang.people.models import User
from zhaoshang.people.rules import Role
from zhaoshang.regions.actions import grant, load_regions
from zhaoshang.tenancy.models import City


class AlreadyBootstrapped(Exception):
    """There is an account: more are opened by a security administrator."""


@transaction.atomic
def bootstrap(
    *,
    code: str,
    name: str,
    name_en: str,
    gb_code: str,
    username: str,
    display_name: str,
    password: str,
    at: datetime,
) -> User:
    """Make the city (``code`` as in ``ZHAOSHANG_CITY``, ``gb_code`` of six digits) and its first security administrator.

    Raises :class:`AlreadyBootstrapped` when any account exists, and Django's ``ValidationError`` for a weak password.
    """
    if User.objects.exists():
        raise AlreadyBootstrapped
    load_regions()
    city, _made = City.objects.get_or_create(code=code, defaults={"name": name, "name_en": name_en, "gb_code": gb_code})
    first = open_account(city=city, username=username, display_name=display_name, password=password, by=None, at=at)
    grant(city=city, user=first, role=Role.SECURITY, unit=None, by=None, at=at)
    return first
