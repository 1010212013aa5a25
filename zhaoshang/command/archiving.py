"""``archive`` and ``check-archive``: a closed period or a published bulletin as one package for the archive (DA/T 70-2018).

A ZIP of plain formats: content, metadata, process history, a manifest with digests, and a signature by the key that signs checkpoints.
``check-archive`` reads the package alone (``archived``).
"""

import argparse
import csv
import io
import json
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from zhaoshang.bulletins.models import Bulletin
from zhaoshang.bulletins.rules import BulletinState
from zhaoshang.capital.checkpoints import Entry, entries, signing_key
from zhaoshang.capital.evidence import content_of
from zhaoshang.capital.models import Evidence, Payment
from zhaoshang.capital.rules import Standing
from zhaoshang.command.archived import BULLETIN, FORMAT, MANIFEST, PERIOD, SIGNATURE
from zhaoshang.command.parts import DONE, PROBLEMS, WRONG_USE, Command, Stop, print_json, with_json
from zhaoshang.command.place import the_city, the_period
from zhaoshang.common.digests import stated
from zhaoshang.common.money import yuan_text
from zhaoshang.common.periods import Period, month_text
from zhaoshang.figures.models import FrozenFigure
from zhaoshang.people.diary import record
from zhaoshang.people.models import Event
from zhaoshang.people.terms import terms
from zhaoshang.regions.models import MonthChange, ReportMonth
from zhaoshang.tenancy.models import City
from zhaoshang.tenancy.snapshot import one_state

Files = Iterator[tuple[str, bytes]]
_AT_ONCE = 500


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", metavar="PERIOD|NUMBER", help="已全部关账的期间,如 2023、2023Q1;或已发布通报的文号")
    parser.add_argument("--output", metavar="FILE", required=True, help="归档包文件(.zip),不覆盖已有的")
    with_json(parser)


def _archive(options: argparse.Namespace) -> int:
    city, at, made = the_city(), timezone.now(), Path(options.output)
    if made.exists():
        raise Stop(WRONG_USE, f"{made} 已存在,不覆盖")
    bulletin = Bulletin.objects.of(city).filter(number=options.what).exclude(number="").first()
    growing = made.with_name(f".{made.name}.part")
    try:
        with one_state():
            told, files = _of_bulletin(bulletin) if bulletin else _of_period(city, the_period(options.what))
            manifest = _write(growing, city, at, told, files)
        record("capital.archive.made", city=city, by=None, at=at, title=manifest["metadata"]["title"], file=made.name)
        growing.replace(made)
    except OSError as error:
        raise Stop(PROBLEMS, f"归档包没有做成:{error}") from error
    finally:
        growing.unlink(missing_ok=True)
    if options.json:
        print_json({"file": str(made), "files": len(manifest["files"]), **manifest["metadata"]})
    else:
        sys.stdout.write(
            f"已归档:{manifest['metadata']['title']},{len(manifest['files'])} 个文件,{made}\n核对:zhaoshang check-archive {made}\n"
        )
    return DONE


def _write(made: Path, city: City, at: datetime, told: dict[str, Any], files: Files) -> dict[str, Any]:
    listed, key = [], signing_key()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files:
            package.writestr(name, content)
            listed.append({"name": name, "bytes": len(content), "digest": stated(content, settings.LEDGER_HASH)})
        metadata = {
            **told, "city": city.code, "author": city.name, "made_at": at.isoformat(timespec="seconds"), "software": "zhaoshang",
        }  # fmt: skip
        manifest = {"format": FORMAT, "algorithm": settings.LEDGER_HASH, "metadata": metadata, "files": listed}
        body = json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1).encode()
        signed = {"public_key": key.public_key().public_bytes_raw().hex(), "signature": key.sign(body).hex()}
        package.writestr(MANIFEST, body)
        package.writestr(SIGNATURE, json.dumps(signed))
    return manifest


def _retention(tables: list[str]) -> dict[str, str]:
    kept = terms()
    return {table: kept[table].keeping.value for table in tables}


def _of_period(city: City, period: Period) -> tuple[dict[str, Any], Files]:
    """The account of a period whose months are all closed. Raises :class:`Stop`."""
    closed = {one.number for one in ReportMonth.objects.of(city) if not one.is_open}
    if still := [number for number in range(period.first, period.last + 1) if number not in closed]:
        raise Stop(PROBLEMS, f"{month_text(still[0])} 还没有关账。全部关账之后才归档")
    rows = Payment.objects.of(city).filter(
        standing=Standing.VERIFIED, report_month__gte=period.first, report_month__lte=period.last
    )
    keys = {str(key) for key in rows.values_list("pk", flat=True)}
    total = sum(rows.values_list("amount_fen", flat=True))
    chain = _chain(city, keys)
    said = {
        "category": PERIOD,
        "title": f"{city.name} {period} 到位内资台账",
        "period": str(period),
        "secrecy": "内部",
        "retention": _retention(["capital_payment", "capital_evidence", "regions_monthchange", "people_event"]),
        "payments": len(keys),
        "total_yuan": yuan_text(total),
        "ledger_before": chain[0].columns["previous_digest"] if chain else "",
        "ledger_digest": chain[-1].digest if chain else "",
        "evidence": len({digest for one in chain for _kind, digest in one.evidence}),
    }
    return said, _period_files(city, period, rows, chain)


def _chain(city: City, keys: set[str]) -> list[Entry]:
    """From the period's first entry of the chain to its last; those of other months in between only by their place."""
    whole = [one if str(one.columns["id"]) in keys else one.withheld() for one in entries(city)]
    ours = [place for place, one in enumerate(whole) if "id" in one.columns]
    return whole[ours[0] : ours[-1] + 1] if ours else []


def _period_files(city: City, period: Period, rows: Any, chain: list[Entry]) -> Files:
    heads = ["序号", "编号", "报告月", "到账日", "项目编号", "项目", "地区", "付款人", "来源地", "金额(元)", "核定时间"]
    lines = [
        [
            one.seq, one.pk, month_text(one.report_month), one.paid_on, one.project.code, one.project.name, one.unit.name,
            one.payer, one.source_code, yuan_text(one.amount_fen), one.decided_at.isoformat(),
        ]
        for one in rows.select_related("project", "unit").order_by("seq")
    ]  # fmt: skip
    yield "content/payments.csv", _table(heads, lines)
    yield "content/ledger.jsonl", "".join(one.to_json() + "\n" for one in chain).encode()
    known: set[str] = set()
    for proof in Evidence.objects.of(city).filter(payment__in=rows).select_related("file", "file__city").order_by("id"):
        if proof.file.digest not in known:
            known.add(proof.file.digest)
            yield f"content/evidence/{proof.file.digest}", content_of(proof.file)
    changes = MonthChange.objects.of(city).filter(month__number__gte=period.first, month__number__lte=period.last)
    about = [
        str(key) for key in (*rows.values_list("pk", flat=True), *changes.values_list("month_id", flat=True).distinct())
    ]
    yield "process/history.jsonl", _history(city, about)


def _of_bulletin(bulletin: Bulletin) -> tuple[dict[str, Any], Files]:
    """A bulletin as it was published, withdrawn later or not. Raises :class:`Stop` for a draft."""
    if bulletin.state == BulletinState.DRAFT:
        raise Stop(PROBLEMS, f"通报 {bulletin.number} 还没有发布")
    frozen = list(FrozenFigure.objects.of(bulletin.city_id).filter(snapshot=bulletin.snapshot).order_by("ref"))
    said = {
        "category": BULLETIN,
        "title": bulletin.title,
        "number": bulletin.number,
        "dated": bulletin.dated.isoformat(),
        "secrecy": "公开",
        "retention": _retention(["bulletins_bulletin", "figures_frozenfigure", "people_event"]),
        "figures": len(frozen),
        "text_digest": stated(bulletin.text.encode(), settings.LEDGER_HASH),
        "bulletin_digest": bulletin.digest,
        "ledger_digest": bulletin.ledger_digest,
    }
    return said, _bulletin_files(bulletin, frozen)


def _bulletin_files(bulletin: Bulletin, frozen: list[FrozenFigure]) -> Files:
    yield "content/bulletin.txt", bulletin.text.encode()
    printed = {"blocks": bulletin.printed, "figures": bulletin.figures}
    yield "content/bulletin.json", json.dumps(printed, ensure_ascii=False, sort_keys=True, indent=1).encode()
    lines = [[one.ref, one.value, one.payments, one.ledger_seq, one.ledger_digest, one.digest] for one in frozen]
    yield "content/figures.csv", _table(["指标", "数值", "笔数", "账链序号", "账链摘要", "摘要"], lines)
    yield "process/history.jsonl", _history(bulletin.city, [str(bulletin.pk)])


def _table(heads: list[str], lines: list[list[Any]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([heads, *lines])
    return ("\ufeff" + out.getvalue()).encode()


def _history(city: City, about: list[str]) -> bytes:
    """The diary's lines about these rows, oldest first: who did what, when."""
    found: list[Event] = []
    for start in range(0, len(about), _AT_ONCE):
        part = Event.objects.of(city).filter(about_id__in=about[start : start + _AT_ONCE]).select_related("by")
        found += list(part)
    lines = [
        {
            "at": line.at.isoformat(), "by": line.by.username if line.by else "", "event": line.verb, "about": line.about_id,
            "detail": line.detail,
        }
        for line in sorted(found, key=lambda line: (line.at, line.pk))
    ]  # fmt: skip
    return "".join(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n" for line in lines).encode()


COMMANDS = {"archive": Command(_arguments, _archive)}
