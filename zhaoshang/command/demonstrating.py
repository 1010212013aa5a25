"""``demo``: the demo city loaded when it is absent, the mangled bulletin read and held against it, then the server."""

import argparse
import sys
import time

from zhaoshang.command.checking import print_checked
from zhaoshang.command.ground import bring_up_to_date
from zhaoshang.command.parts import DONE, Command
from zhaoshang.command.place import the_city
from zhaoshang.command.serving import serve, serving_arguments
from zhaoshang.demo import load, show
from zhaoshang.demo.people import described


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-serve", action="store_true", help="只载入和核对,不启动服务")
    serving_arguments(parser)


def _demo(options: argparse.Namespace) -> int:
    bring_up_to_date()
    if not load.is_loaded():
        _load()
    _show()
    sys.stdout.write("\n演示账号(企业、项目、人员均为虚构):\n" + "\n".join(described()) + "\n")
    sys.stdout.flush()
    return DONE if options.no_serve else serve(options)


def _load() -> None:
    sys.stdout.write("首次运行,正在载入演示城市……\n")
    sys.stdout.flush()
    start = time.perf_counter()
    load.load()
    sys.stdout.write(f"已载入,用时 {time.perf_counter() - start:.0f} 秒\n")


def _show() -> None:
    sys.stdout.write(f"\n抓取来的公报(开头):\n  {show.scraped()[:120]}……\n\n还原、读数,并与账对照:\n")
    print_checked("一季度公报", show.checked(the_city()))


COMMANDS = {"demo": Command(_arguments, _demo)}
