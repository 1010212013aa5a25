"""What every command shares: exit codes, refusals in one line, JSON, and a parser that speaks Chinese."""

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

DONE, PROBLEMS, WRONG_USE = 0, 1, 2


class Stop(Exception):
    """The command ends here: ``code`` is its exit code, the message one line that says what to do."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Command:
    """How a command takes its arguments, and what it does; ``run`` gives the exit code."""

    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def no_arguments(parser: argparse.ArgumentParser) -> None:
    """For a command that takes none."""


_IN_CHINESE = (
    (r"the following arguments are required: (.+)", r"缺少参数 \1"),
    (r"unrecognized arguments: (.+)", r"不认识的参数 \1"),
    (r"argument (.+?): expected (?:one|at least one) argument", r"\1 后面缺少内容"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1 不能是 \2,可用 \3"),
    (r"argument (.+?): invalid \w+ value: (.+)", r"\1 的内容 \2 不对"),
)


class _Help(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Any, prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "用法:")


class Parser(argparse.ArgumentParser):
    """argparse with Chinese headings and messages; wrong use ends with exit code 2."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Help, **options)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def error(self, message: str) -> NoReturn:
        """One line, and where to look."""
        for pattern, chinese in _IN_CHINESE:
            message = re.sub(pattern, chinese, message)
        raise Stop(WRONG_USE, f"{message}。说明见 {self.prog} --help")


def with_json(parser: argparse.ArgumentParser) -> None:
    """Offer ``--json``."""
    parser.add_argument("--json", action="store_true", help="以 JSON 输出,供程序使用")


def print_json(body: object) -> None:
    """One line of JSON, Chinese left readable."""
    sys.stdout.write(json.dumps(body, ensure_ascii=False) + "\n")


def _width(text: str) -> int:
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


def print_table(rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> None:
    """Rows in columns for a terminal, where a Chinese character is two wide; columns in ``right`` stand to the right."""
    widths = [max(_width(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        cells = []
        for place, text in enumerate(row):
            gap = " " * (widths[place] - _width(text))
            cells.append(gap + text if place in right else text + gap)
        sys.stdout.write("  ".join(cells).rstrip() + "\n")
