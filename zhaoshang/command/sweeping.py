"""``sweep``: looks through the whole city for projects that may be one and for what is wrong; meant for a timer."""

import argparse
import sys

from django.utils import timezone

from zhaoshang.command.parts import DONE, PROBLEMS, Command, Stop, print_json, with_json
from zhaoshang.command.place import the_city
from zhaoshang.review.rules import Sought, SweepState
from zhaoshang.review.sweeps import AlreadySweeping, ask_sweep
from zhaoshang.tenancy.clock import clock_of
from zhaoshang.tenancy.models import City

_SAID = {Sought.DUPLICATES: "疑似重复", Sought.FINDINGS: "异常"}


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--only", choices=[str(one) for one in Sought], help="只查其中一样:duplicates 疑似重复,findings 异常"
    )
    with_json(parser)


def _sweep(options: argparse.Namespace) -> int:
    city = the_city()
    with clock_of(city):
        return _swept(city, options)


def _swept(city: City, options: argparse.Namespace) -> int:
    told = {}
    for sought in Sought:
        if options.only in (None, sought):
            try:
                swept = ask_sweep(city=city, by=None, at=timezone.now(), sought=sought, at_once=True)
            except AlreadySweeping:
                raise Stop(PROBLEMS, f"{_SAID[sought]}正在排查,等它做完再运行") from None
            told[str(sought)] = {"state": swept.state, "found": swept.found, "fresh": swept.fresh}
            if not options.json:
                sys.stdout.write(f"{_SAID[sought]}:现有 {swept.found},新增 {swept.fresh}\n")
    if options.json:
        print_json(told)
    return DONE if all(one["state"] == SweepState.DONE for one in told.values()) else PROBLEMS


COMMANDS = {"sweep": Command(_arguments, _sweep)}
