"""``figure`` and ``league``: any number of the account, with what it rests on."""

import argparse
import sys
from typing import Any

from zhaoshang.capital.queries import ruling
from zhaoshang.command.parts import DONE, WRONG_USE, Command, Stop, print_json, print_table, with_json
from zhaoshang.command.place import the_city, the_period, the_unit
from zhaoshang.common.money import grouped, yuan_text
from zhaoshang.common.periods import month_text
from zhaoshang.figures.league import RankBy, league
from zhaoshang.figures.plain import figure_json, percent_text, value_text, version_json
from zhaoshang.figures.province import ProvinceRank, province_rank
from zhaoshang.figures.queries import Figure, NoVersion, UnknownIndicator, figure, parts_of, payments_behind
from zhaoshang.figures.rules import Measure, Unit
from zhaoshang.tenancy.models import City

SHOWN = 20  # payments that --explain lists


def _figure_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("indicator", metavar="INDICATOR", help="指标代码,如 capital_in_place")
    parser.add_argument("--unit", required=True, help="地区代码或名称;全市用城市代码,如 dalian")
    parser.add_argument("--period", required=True, help="期间:2023-03、2023Q1、2023")
    parser.add_argument("--version", help="口径代码;不写则用当期正式口径")
    parser.add_argument("--explain", action="store_true", help="说明口径、规则、构成和背后的款项")
    with_json(parser)


def _figure(options: argparse.Namespace) -> int:
    city, period = the_city(), the_period(options.period)
    try:
        found = figure(city, options.indicator, period, the_unit(city, options.unit), options.version)
    except (UnknownIndicator, NoVersion) as error:
        raise _not_found(error, options) from error
    body = {**figure_json(found), "rank": _rank(city, found)}
    if options.explain:
        body["explanation"] = explained(city, found)
    if options.json:
        print_json(body)
    else:
        _print_figure(found, body)
    return DONE


def _not_found(error: Exception, options: argparse.Namespace) -> Stop:
    if isinstance(error, UnknownIndicator):
        return Stop(WRONG_USE, f"没有指标 {options.indicator}。指标代码见网页“指标口径”,如 capital_in_place")
    return Stop(WRONG_USE, f"{options.period} 没有单一口径({error})。请缩短期间或用 --version 指定")


def _rank(city: City, found: Figure) -> dict[str, Any] | None:
    """A unit's place among the units; the city's in the province, with what that rests on."""
    if found.unit is None:
        place = province_rank(city, found.indicator.code, found.period)
        return None if place is None else _province_json(place)
    table = league(city, found.indicator.code, found.period, found.version.code)
    row = next((row for row in table.rows if row.unit and row.unit.pk == found.unit.pk), None)
    return None if row is None or row.rank is None else {"rank": row.rank, "of": len(table.rows), "scope": "全市"}


def _province_json(place: ProvinceRank) -> dict[str, Any]:
    """The rank as told or computed; ``source`` is who told it, or what it was computed from."""
    source = place.told.source if place.told else "按在册的各市数据推算"
    found = {"rank": place.rank, "of": len(place.places) or None, "scope": place.scope, "official": place.is_official}
    return {**found, "computed": place.computed, "source": source}


def explained(city: City, found: Figure) -> dict[str, Any]:
    """Definition, rules with their text, parts, and the newest payments behind the figure with what counts of each."""
    version, rules = found.version, found.version.rule_set
    body: dict[str, Any] = {"version": version_json(version)}
    if version.measure != Measure.CAPITAL or rules is None:
        return body
    body["rules"] = [{"no": rule["no"], "text": rule["text"]} for rule in rules.content["rules"]]
    body["parts"] = {
        facet: {value: yuan_text(part.fen) for value, part in sorted(parts_of(found, facet).items())}
        for facet in ("origin", "source", "kind")
    }
    rows = payments_behind(version, found.period, found.unit.pk if found.unit else None)[:SHOWN]
    body["payments"] = [
        {
            "seq": row.seq,
            "month": month_text(row.report_month),
            "unit": row.unit.code,
            "project": row.project.name,
            "amount": yuan_text(row.amount_fen),
            "counted": yuan_text(ruling(rules, row).counted_fen),
            "digest": row.digest,
        }
        for row in rows
    ]
    return body


def _print_figure(found: Figure, body: dict[str, Any]) -> None:
    money = found.indicator.unit_of_value == Unit.FEN
    value = f"{grouped(found.value, '亿元', 4)} 亿元" if money else f"{found.value:,} 个"
    lines = [
        f"{found.indicator.name} {found.unit or found.version.city} {found.period}:{value}",
        f"口径:{found.version.title}",
    ]
    base = body["base"]
    if base:
        lines.append(f"同比:{body['growth_percent']}%(上年同期 {base['value']},{base['note']})")
    else:
        lines.append(f"同比:不给出。{body['growth_refused']}")
    if body["of_year_percent"]:
        lines.append(
            f"完成年度目标:{body['of_year_percent']}%;时间进度 {body['schedule_percent']}%,相差 {body['ahead_points']} 个百分点"
        )
    if body["rank"]:
        lines.append(f"位次:{body['rank']['scope']}第 {body['rank']['rank']}")
    for rule in body.get("explanation", {}).get("rules", []):
        lines.append(f"规则{rule['no']}:{rule['text']}")
    for row in body.get("explanation", {}).get("payments", []):
        lines.append(
            f"  #{row['seq']} {row['month']} {row['unit']} {row['project']} {row['amount']} 元,计入 {row['counted']} 元"
        )
    sys.stdout.write("\n".join(lines) + "\n")


def _league_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--indicator", required=True, help="指标代码,如 capital_in_place")
    parser.add_argument("--period", required=True, help="期间:2023-03、2023Q1、2023")
    parser.add_argument("--version", help="口径代码;不写则用当期正式口径")
    parser.add_argument(
        "--by", choices=[str(by) for by in RankBy], default=str(RankBy.AMOUNT), help="按总量、增速或完成率排名"
    )
    with_json(parser)


def _league(options: argparse.Namespace) -> int:
    city = the_city()
    try:
        table = league(city, options.indicator, the_period(options.period), options.version, RankBy(options.by))
    except (UnknownIndicator, NoVersion) as error:
        raise _not_found(error, options) from error
    if options.json:
        print_json(table.to_json())
        return DONE
    unit = table.version.indicator.unit_of_value
    rows = [["位次", "地区", "数值(元)" if unit == Unit.FEN else "个数", "同比%", "完成年度%", "占比%", "上期位次"]]
    for row in [*table.rows, table.total]:
        growth = getattr(row.growth, "percent", None)
        done = row.progress.of_year_percent if row.progress else None
        rows.append([
            str(row.rank or "—"),
            row.unit.name if row.unit else city.name,
            value_text(row.value, unit),
            percent_text(growth, 1) or "—",
            percent_text(done, 1) or "—",
            percent_text(row.share_percent, 1) or "—",
            str(row.previous_rank or "—"),
        ])  # fmt: skip
    print_table(rows, right=frozenset({0, 2, 3, 4, 5, 6}))
    return DONE


COMMANDS = {"figure": Command(_figure_arguments, _figure), "league": Command(_league_arguments, _league)}
