"""The demo city's people. They exist in the demo only; all share one password, which ``make run`` prints."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from zhaoshang.demo import facts
from zhaoshang.demo.clock import FOUNDED
from zhaoshang.people.actions import open_account
from zhaoshang.people.models import User
from zhaoshang.people.rules import ROLE_LABELS, Role
from zhaoshang.regions.actions import grant
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City

PASSWORD = "zhaoshang-demo"  # noqa: S105 - printed on purpose


@dataclass(frozen=True, slots=True)
class Account:
    """An account to be; ``unit`` is an officer's."""

    username: str
    display_name: str
    display_name_en: str
    role: Role
    unit: str = ""


CITY_ACCOUNTS = (
    Account("shenhe", "示例审核员甲", "Sample Verifier A", Role.VERIFIER),
    Account("shenhe2", "示例审核员乙", "Sample Verifier B", Role.VERIFIER),
    Account("tongji", "示例统计员甲", "Sample Statistician A", Role.STATISTICIAN),
    Account("tongji2", "示例统计员乙", "Sample Statistician B", Role.STATISTICIAN),
    Account("lingdao", "示例领导", "Sample Leader", Role.LEADER),
    Account("xitong", "示例系统管理员", "Sample System Administrator", Role.SYSTEM),
    Account("anquan", "示例安全管理员甲", "Sample Security Administrator A", Role.SECURITY),
    Account("anquan2", "示例安全管理员乙", "Sample Security Administrator B", Role.SECURITY),
    Account("shenji", "示例审计员", "Sample Auditor", Role.AUDITOR),
    Account("hehuoren", "示例合伙人(上海商会)", "Sample Partner (Shanghai Chamber)", Role.PARTNER),
)
OFFICERS = tuple(
    Account(unit.code, f"示例填报员({unit.short_name})", f"Sample Officer ({unit.name_en})", Role.OFFICER, unit.code)
    for unit in facts.UNITS
)


def open_accounts(city: City, units: dict[str, ReportingUnit]) -> dict[str, User]:
    """Everybody, by user name, with their roles granted by the security administrator."""
    people = {
        account.username: open_account(
            city=city,
            username=account.username,
            display_name=account.display_name,
            display_name_en=account.display_name_en[:60],
            password=None,
            by=None,
            at=FOUNDED,
            is_sample=True,
        )
        for account in (*CITY_ACCOUNTS, *OFFICERS)
    }
    for account in (*CITY_ACCOUNTS, *OFFICERS):
        unit = units[account.unit] if account.unit else None
        by = None if account.role == Role.SECURITY else people["anquan"]
        grant(city=city, user=people[account.username], role=account.role, unit=unit, by=by, at=FOUNDED)
    # One hash for all: hashing is slow by design, and the password is printed anyway.
    User.objects.filter(username__in=list(people)).update(password=make_password(PASSWORD))
    return people


def described() -> list[str]:
    """One line for each account that a visitor may try."""
    lines = [f"  {account.username:<12}{ROLE_LABELS[account.role]}" for account in CITY_ACCOUNTS]
    lines += [f"  {account.username:<12}{account.display_name}" for account in OFFICERS[:3]]
    return [*lines, f"  ……其余地区填报员以地区代码登录,共 {len(OFFICERS)} 人", f"  口令均为 {PASSWORD}(仅限演示)"]
