"""``read``: what a bulletin claims. Plain reading, without the database."""

import argparse
import json
import sys
from pathlib import Path

from zhaoshang.command.parts import DONE, PROBLEMS, WRONG_USE, Command, Stop, print_json, print_table, with_json
from zhaoshang.reading import Reading, read


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+", help="文本文件;- 表示标准输入")
    parser.add_argument("--published", metavar="YYYY-MM-DD", help="发布日期,用来判断“今年”是哪一年")
    with_json(parser)


def text_of(name: str) -> str:
    """The file's text: UTF-8, else GB 18030. ``-`` is standard input."""
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise Stop(WRONG_USE, f"读不到 {name}:{error.strerror}") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Stop(PROBLEMS, f"{name} 不是文本文件(UTF-8 或 GB18030)")


def _read(options: argparse.Namespace) -> int:
    for name in options.files:
        reading = read(text_of(name), published=options.published)
        if options.json:
            print_json(reading.to_json(file=name))
        else:
            _print(name, reading)
    return DONE


def _print(name: str, reading: Reading) -> None:
    sys.stdout.write(f"{name}:{len(reading.claims)} 条主张\n")
    rows = [["原文", "指标", "数值", "单位", "期间", "地区", "类别"]]
    for claim in reading.claims:
        number = json.dumps(claim.to_json()["value"])
        rows.append(
            [claim.quote, claim.indicator, number, claim.unit, claim.period or "", claim.region or "", claim.kind]
        )
    print_table(rows, right=frozenset({2}))


COMMANDS = {"read": Command(_arguments, _read)}
