"""``bootstrap``: a new installation's city and its three administrators; it works once, there is no default password.
``appoint``: a system administrator where there is none.
``unlock``: an account that wrong passwords locked, for when no security administrator gets in to open it."""

import argparse
import getpass
import os
import re
import sys

from axes.utils import reset as lift_lock
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from zhaoshang.command.ground import bring_up_to_date
from zhaoshang.command.parts import DONE, PROBLEMS, WRONG_USE, Command, Stop
from zhaoshang.command.place import the_city
from zhaoshang.people.actions import NameTaken, unlocked
from zhaoshang.people.models import User
from zhaoshang.people.rules import ROLE_LABELS, Role
from zhaoshang.regions.bootstrap import (
    AlreadyBootstrapped,
    AlreadyThere,
    Person,
    appoint_system_administrator,
    bootstrap,
)

PASSWORD_FROM = "ZHAOSHANG_BOOTSTRAP_PASSWORD"  # noqa: S105 - the variable's name


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", required=True, help="城市名称,如 大连市")
    parser.add_argument("--name-en", required=True, help="城市英文名,如 Dalian")
    parser.add_argument("--gb-code", required=True, help="城市的 GB/T 2260 代码,六位,如 210200")
    parser.add_argument("--username", required=True, help="第一个安全管理员的登录名")
    parser.add_argument("--display-name", required=True, help="其姓名")
    for option, who in (("--system", "系统管理员"), ("--auditor", "审计员")):
        parser.add_argument(option, nargs=2, metavar=("USERNAME", "NAME"), required=True, help=f"{who}的登录名和姓名")
    parser.description = f"{parser.description}。口令从终端输入,或取自环境变量 {PASSWORD_FROM}"


def _bootstrap(options: argparse.Namespace) -> int:
    if not re.fullmatch(r"\d{6}", options.gb_code, re.ASCII):
        raise Stop(WRONG_USE, f"--gb-code 应为六位数字,不是 {options.gb_code}")
    bring_up_to_date()
    try:
        passwords = bootstrap(
            code=settings.CITY,
            name=options.name,
            name_en=options.name_en,
            gb_code=options.gb_code,
            security=Person(options.username, options.display_name),
            system=Person(*options.system),
            auditor=Person(*options.auditor),
            password=_password(),
            at=timezone.now(),
        )
    except AlreadyBootstrapped as error:
        raise Stop(PROBLEMS, "已有账号,不能再次初始化。请由系统管理员在网页上开设账号") from error
    except ValidationError as error:
        raise Stop(PROBLEMS, "口令不合要求:" + ";".join(error.messages)) from error
    except NameTaken as error:
        raise Stop(WRONG_USE, f"三人的登录名不能相同:{error}") from error
    sys.stdout.write(f"已建立 {options.name}({settings.CITY})和安全管理员 {options.username}\n")
    for role, person in ((Role.SYSTEM, options.system), (Role.AUDITOR, options.auditor)):
        _tell(role, person[0], passwords[role])
    sys.stdout.write("启动服务:zhaoshang serve\n")
    return DONE


def _tell(role: Role, username: str, password: str) -> None:
    told = f"{ROLE_LABELS[role]} {username} 的一次性密码:{password}(一天内有效,只显示这一次)\n"
    sys.stdout.write(told)


def _appoint_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--username", required=True, help="系统管理员的登录名")
    parser.add_argument("--display-name", required=True, help="其姓名")


def _appoint(options: argparse.Namespace) -> int:
    person = Person(options.username, options.display_name)
    try:
        password = appoint_system_administrator(city=the_city(), person=person, at=timezone.now())
    except AlreadyThere as error:
        raise Stop(PROBLEMS, "已有系统管理员。请由其在网页上开设账号") from error
    except NameTaken as error:
        raise Stop(WRONG_USE, f"登录名 {options.username} 已有人使用") from error
    _tell(Role.SYSTEM, options.username, password)
    return DONE


def _unlock_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username", metavar="USERNAME", help="要解除锁定的登录名")


def _unlock(options: argparse.Namespace) -> int:
    city = the_city()
    user = User.objects.filter(username__iexact=options.username).first()
    if user is None:
        raise Stop(PROBLEMS, f"没有登录名 {options.username}")
    lifted = lift_lock(username=user.username.lower())
    if not lifted:
        sys.stdout.write(f"{user.username} 没有输错的记录,不用解除\n")
        return DONE
    unlocked(city=city, user=user, by=None, at=timezone.now())
    sys.stdout.write(f"已解除 {user.username} 的锁定;已记入操作记录\n")
    return DONE


def _password() -> str:
    """From the environment, else typed twice at a terminal; never from the command line, which others can see."""
    translation.activate("zh-hans")  # Django words what is wrong with a password
    if given := os.environ.get(PASSWORD_FROM):
        return given
    if not sys.stdin.isatty():
        raise Stop(WRONG_USE, f"没有终端可输入口令。请设置环境变量 {PASSWORD_FROM}")
    first, second = getpass.getpass("口令:"), getpass.getpass("再输一次:")
    if first != second:
        raise Stop(PROBLEMS, "两次输入的口令不同")
    return first


COMMANDS = {
    "bootstrap": Command(_arguments, _bootstrap),
    "appoint": Command(_appoint_arguments, _appoint),
    "unlock": Command(_unlock_arguments, _unlock),
}
