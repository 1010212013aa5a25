"""``check``: what a bulletin claims, each claim held against the account."""

import argparse
import sys
from typing import Any

from zhaoshang.bulletins.reconcile import Checked, check_text_of
from zhaoshang.bulletins.rules import OUTCOME_LABELS, Outcome
from zhaoshang.command.parts import DONE, PROBLEMS, Command, print_json, print_table, with_json
from zhaoshang.command.place import the_city
from zhaoshang.command.reading import text_of


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="文本文件;- 表示标准输入")
    parser.add_argument("--published", metavar="YYYY-MM-DD", help="发布日期,用来判断“今年”是哪一年")
    with_json(parser)


def _check(options: argparse.Namespace) -> int:
    text = text_of(options.file)
    checked = check_text_of(the_city(), text, options.published)
    if options.json:
        print_json(plain(checked, options.file))
    else:
        print_checked(options.file, checked)
    return PROBLEMS if checked.count(Outcome.DIFFERS) or checked.findings else DONE


def plain(checked: Checked, file: str) -> dict[str, Any]:
    """The check for scripts: reasons as sentences, their codes beside them."""
    body = checked.to_json(file)
    for claim in body["claims"]:
        claim["reason_code"], claim["reason"] = claim["reason"]["code"], claim["reason"]["text"]
        claim["explanations"] = [reason["text"] for reason in claim["explanations"]]
    for finding in body["contradictions"]:
        finding["reason"] = finding["reason"]["text"]
    return body


def print_checked(name: str, checked: Checked) -> None:
    """One line a claim, then what contradicts itself, then the sums."""
    rows = [["结果", "原文", "指标", "期间", "说明"]]
    for verdict in checked.verdicts:
        claim = verdict.claim
        why = ";".join([verdict.reason.text, *(reason.text for reason in verdict.explanations)])
        rows.append([str(OUTCOME_LABELS[verdict.outcome]), claim.quote, claim.indicator, claim.period or "", why])
    print_table(rows)
    for finding in checked.findings:
        sys.stdout.write(f"自相矛盾:{finding.reason.text}\n")
    sys.stdout.write(f"{name}:{summary(checked)}\n")


def summary(checked: Checked) -> str:
    """``26 条主张:相符 3、账上没有 23``."""
    counts = [f"{OUTCOME_LABELS[outcome]} {checked.count(outcome)}" for outcome in Outcome if checked.count(outcome)]
    return f"{len(checked.verdicts)} 条主张:" + "、".join(counts or ["无"])


COMMANDS = {"check": Command(_arguments, _check)}
