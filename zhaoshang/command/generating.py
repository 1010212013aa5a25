"""``generate``: seeded load data, at the speed that a load test needs."""

import argparse
import sys
import time

from zhaoshang.command.ground import bring_up_to_date
from zhaoshang.command.parts import DONE, WRONG_USE, Command, Stop, print_json, with_json
from zhaoshang.demo.generate import generate

SCALES = {"province": (14, 1_000_000), "nation": (140, 10_000_000)}


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cities", type=int, default=1, help="城市数(默认 1),代码为 load001、load002……")
    parser.add_argument("--payments", type=int, default=10_000, help="每个城市的到位资金笔数(默认 10000)")
    parser.add_argument(
        "--scale",
        choices=sorted(SCALES),
        help="province:一省,14 市共 100 万笔;nation:全国的一片,140 市共 1000 万笔。代替 --cities 与 --payments",
    )
    parser.add_argument("--seed", type=int, default=1, help="随机种子(默认 1);同一种子生成同样的数")
    with_json(parser)


def _generate(options: argparse.Namespace) -> int:
    if options.cities < 1 or options.payments < 1:
        raise Stop(WRONG_USE, "--cities 和 --payments 都要大于 0")
    cities, payments = SCALES[options.scale] if options.scale else (options.cities, options.cities * options.payments)
    bring_up_to_date()
    start, codes, done = time.perf_counter(), list[str](), 0
    for city, written in generate(cities, payments, options.seed):
        codes.append(city.code)
        done += written
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{city.code} {done:,}")
    seconds = time.perf_counter() - start
    if options.json:
        print_json(
            {
                "cities": codes,
                "payments": payments,
                "seconds": round(seconds, 2),
                "rows_per_second": round(payments / seconds),
            }
        )
    else:
        sys.stdout.write(
            f"已生成 {len(codes)} 个城市({codes[0]}…{codes[-1]})、{payments:,} 笔,每秒 {payments / seconds:,.0f} 笔\n"
        )
    return DONE


COMMANDS = {"generate": Command(_arguments, _generate)}
