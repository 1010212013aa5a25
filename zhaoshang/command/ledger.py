"""``verify-ledger``, ``checkpoint``, ``export-ledger``, ``rebuild-totals``: whether the account is whole, and proof to keep outside."""

import argparse
import json
import sys
import time
from pathlib import Path

from django.utils import timezone

from zhaoshang.capital import rollup
from zhaoshang.capital.checkpoints import entries, exported, make_checkpoint, walk
from zhaoshang.command.parts import DONE, PROBLEMS, Command, print_json, with_json
from zhaoshang.command.place import the_city


def _verify(options: argparse.Namespace) -> int:
    city, start = the_city(), time.perf_counter()
    walked = walk(city)
    drifted = rollup.drift(city)
    seconds = time.perf_counter() - start
    faults = [
        *walked.faults,
        *(f"汇总与明细不符:{key[1] or '合计'} {key[2]} {key[4]} {key[5]}".rstrip() for key, _, _ in drifted),
    ]
    if options.json:
        body = {"city": city.code, "entries": walked.entries, "digest": walked.digest, "faults": faults}
        print_json({**body, "rows_per_second": round(walked.entries / seconds)})
    else:
        verdict = "账链完整,汇总与明细相符" if not faults else f"发现 {len(faults)} 处问题"
        lines = [
            f"{city.name}:共 {walked.entries} 条,{verdict}({seconds:.2f} 秒)",
            f"末条摘要 {walked.digest}",
            *faults,
        ]
        sys.stdout.write("\n".join(lines) + "\n")
    return PROBLEMS if faults else DONE


def _file_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", metavar="FILE", help="写入文件;不写则输出到屏幕")


def _checkpoint(options: argparse.Namespace) -> int:
    point = make_checkpoint(city=the_city(), by=None, at=timezone.now())
    _write(options.output, json.dumps(exported(point), ensure_ascii=False) + "\n")
    return DONE


def _export(options: argparse.Namespace) -> int:
    lines = (entry.to_json() + "\n" for entry in entries(the_city()))
    if options.output:
        with Path(options.output).open("w", encoding="utf-8") as file:
            file.writelines(lines)
    else:
        sys.stdout.writelines(lines)
    return DONE


def _write(output: str | None, text: str) -> None:
    if output:
        Path(output).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


def _rebuild(options: argparse.Namespace) -> int:
    city = the_city()
    drifted, cells = len(rollup.drift(city)), rollup.rebuild(city)
    if options.json:
        print_json({"city": city.code, "cells": cells, "drifted": drifted})
    else:
        sys.stdout.write(f"{city.name}:重建汇总 {cells} 格,其中原有 {drifted} 格与明细不符\n")
    return DONE


COMMANDS = {
    "verify-ledger": Command(with_json, _verify),
    "checkpoint": Command(_file_argument, _checkpoint),
    "export-ledger": Command(_file_argument, _export),
    "rebuild-totals": Command(with_json, _rebuild),
}
