"""``bootstrap``: a new installation's city and its first security administrator. It works once; there is no default password."""

import argparse
import getpass
import os
import re
import sys

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from zhaoshang.command.ground import bring_up_to_date
from zhaoshang.command.parts import DONE, PROBLEMS, WRONG_USE, Command, Stop
from zhaoshang.regions.bootstrap import AlreadyBootstrapped, bootstrap

PASSWORD_FROM = "ZHAOSHANG_BOOTSTRAP_PASSWORD"  # noqa: S105 - the variable's name


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", required=True, help="城市名称,如 大连市")
    parser.add_argument("--name-en", required=True, help="城市英文名,如 Dalian")
    parser.add_argument("--gb-code", required=True, help="城市的 GB/T 2260 代码,六位,如 210200")
    parser.add_argument("--username", required=True, help="第一个安全管理员的登录名")
    parser.add_argument("--display-name", required=True, help="其姓名")
    parser.description = f"{parser.description}。口令从终端输入,或取自环境变量 {PASSWORD_FROM}"


def _bootstrap(options: argparse.Namespace) -> int:
    if not re.fullmatch(r"\d{6}", options.gb_code, re.ASCII):
        raise Stop(WRONG_USE, f"--gb-code 应为六位数字,不是 {options.gb_code}")
    bring_up_to_date()
    try:
        bootstrap(
            code=settings.CITY,
            name=options.name,
            name_en=options.name_en,
            gb_code=options.gb_code,
            username=options.username,
            display_name=options.display_name,
            password=_password(),
            at=timezone.now(),
        )
    except AlreadyBootstrapped as error:
        raise Stop(PROBLEMS, "已有账号,不能再次初始化。请由安全管理员在网页上开设账号") from error
    except ValidationError as error:
        raise Stop(PROBLEMS, "口令不合要求:" + ";".join(error.messages)) from error
    sys.stdout.write(
        f"已建立 {options.name}({settings.CITY})和安全管理员 {options.username}。启动服务:zhaoshang serve\n"
    )
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


COMMANDS = {"bootstrap": Command(_arguments, _bootstrap)}
