"""Figures, league tables, indicators, targets and external figures."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import File, Form, Router, Status, UploadedFile

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.schemas import Line, Name, Strict, Yuan, fen
from zhaoshang.capital.models import Payment
from zhaoshang.common.money import yuan_text
from zhaoshang.common.periods import Period, month_text
from zhaoshang.figures import actions
from zhaoshang.figures.cities import city_league
from zhaoshang.figures.league import league
from zhaoshang.figures.models import ExternalFigure, Indicator
from zhaoshang.figures.plain import figure_json, value_text, version_json
from zhaoshang.figures.queries import figure, indicator_of, parts_of, taken_back, versions_of
from zhaoshang.figures.rules import Unit
from zhaoshang.people.rules import Can
from zhaoshang.plans.actions import set_target
from zhaoshang.plans.queries import targets_in_force
from zhaoshang.plans.rules import Phases
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.external_sheet import TEMPLATES, Given, read_external
from zhaoshang.tenancy.models import City

router = Router(tags=["figures"])
MOST_TAKEN_BACK = 500


def unit_named(city: City, code: str | None) -> ReportingUnit | None:
    """The reporting unit; None for the city's own code or nothing."""
    return None if code in (None, "", city.code) else ReportingUnit.objects.of(city).get(code=code)


def amount_of(indicator: Indicator, text: str) -> int:
    """A value as it is held: yuan → fen, a count as it is."""
    return fen(text) if indicator.unit_of_value == Unit.FEN else int(text.split(".")[0])


@router.get(
    "/indicators",
    auth=needs(Can.READ_FIGURES),
    response={200: list[dict[str, Any]]},
    summary="The indicator dictionary with its versions",
)
def indicators(request: ApiRequest) -> Any:
    """Every indicator with every version, definition and source."""
    city = request.viewer.city
    return [
        {
            "code": one.code,
            "name": one.name,
            "name_en": one.name_en,
            "unit_of_value": one.unit_of_value,
            "versions": [version_json(version) for version in versions_of(city, one.code)],
        }
        for one in Indicator.objects.of(city)
    ]


@router.get(
    "/figures/{indicator}",
    auth=needs(Can.READ_FIGURES),
    response={200: dict[str, Any]},
    summary="One figure with growth, progress and parts",
)
def one_figure(
    request: ApiRequest, indicator: str, period: str, unit: str | None = None, version: str | None = None
) -> Any:
    """The figure of a unit (or the city) for a period; ``version`` asks for another definition than the official one."""
    city = request.viewer.city
    now = figure(city, indicator, Period.parse(period), unit_named(city, unit), version)
    parts = {
        facet: {
            key: {"value": value_text(part.fen, now.indicator.unit_of_value), "payments": part.payments}
            for key, part in found.items()
        }
        for facet in ("origin", "source", "kind", "industry")
        if (found := parts_of(now, facet))
    }
    return {**figure_json(now), "definition": version_json(now.version), "parts": parts}


@router.get(
    "/league/{indicator}",
    auth=needs(Can.READ_FIGURES),
    response={200: dict[str, Any]},
    summary="The league table of the units",
)
def league_table(request: ApiRequest, indicator: str, period: str, version: str | None = None) -> Any:
    """Amount, growth, completion, rank and change by unit; and what was taken back after the period, of the units that the caller sees."""
    found = league(request.viewer.city, indicator, Period.parse(period), version)
    later = taken_back(Payment.objects.visible_to(request.viewer), found.version, found.period)[:MOST_TAKEN_BACK]
    return found.to_json() | {
        "taken_back": [
            {
                "payment": str(one.pk),
                "unit": one.unit.code,
                "month": month_text(one.report_month),
                "of_month": month_text(one.reverses.report_month),
                "amount": yuan_text(one.amount_fen),
                "reason": one.reason,
            }
            for one in later
        ]
    }


@router.get(
    "/cities/{indicator}",
    auth=needs(Can.READ_FIGURES),
    response={200: dict[str, Any]},
    summary="Cities side by side, from roll-ups",
)
def cities_table(request: ApiRequest, indicator: str, period: str) -> Any:
    """A province's office gets the cities of its province, the nation's all, a city itself. Totals only."""
    return city_league(request.viewer.city, indicator, Period.parse(period)).to_json()


class NewTarget(Strict):
    """A target as a document sets it; ``amount`` in yuan, or a plain number for counts. ``phases``: what of it is to be reached by the
    end of the first, second and third quarter, cumulative."""

    indicator: Name
    year: int
    unit: str | None = None
    amount: Yuan
    phases: tuple[Yuan, Yuan, Yuan] | None = None
    document: Line
    issued_on: date


def _phases(indicator: Indicator, texts: tuple[str, str, str] | None) -> Phases | None:
    if texts is None:
        return None
    first, second, third = (amount_of(indicator, text) for text in texts)
    return (first, second, third)


@router.get(
    "/targets",
    auth=needs(Can.READ_FIGURES),
    response={200: list[dict[str, Any]]},
    summary="Targets in force in a year",
)
def targets(request: ApiRequest, indicator: str, year: int) -> Any:
    """By unit; the city's own target has the city's code."""
    city = request.viewer.city
    named = indicator_of(city, indicator)
    codes = {unit.pk: unit.code for unit in ReportingUnit.objects.of(city)}
    return [
        {
            "unit": codes.get(target.unit_id, city.code) if target.unit_id else city.code,
            "amount": value_text(target.amount, named.unit_of_value),
            "phases": [value_text(step, named.unit_of_value) for step in target.phases] if target.phases else None,
            "document": target.document,
            "issued_on": target.issued_on,
            "inferred": target.inferred,
        }
        for target in targets_in_force(city, indicator, year).values()
    ]


@router.post("/targets", auth=needs(Can.SET_TARGETS), response={201: dict[str, str]}, summary="Record a target")
def new_target(request: ApiRequest, body: NewTarget) -> Any:
    """An earlier document's target stays on record."""
    city, by = request.viewer.city, request.viewer.user
    assert by is not None
    named = indicator_of(city, body.indicator)
    target = set_target(
        city=city,
        indicator=named.code,
        year=body.year,
        unit=unit_named(city, body.unit),
        amount=amount_of(named, body.amount),
        phases=_phases(named, body.phases),
        document=body.document,
        issued_on=body.issued_on,
        by=by,
        at=timezone.now(),
    )
    return Status(201, {"id": str(target.pk)})


class NewExternal(Strict):
    """A figure that our ledger does not hold, with its source and date."""

    indicator: Name
    period: Line
    place_code: Line
    place_name: Name
    value: Yuan | None = None
    rank: int | None = None
    scope: Line = ""
    source: Line
    dated: date
    is_official: bool = False


@router.get(
    "/external-figures",
    auth=needs(Can.READ_FIGURES),
    response={200: list[dict[str, Any]]},
    summary="External figures",
)
def external(request: ApiRequest, indicator: str, period: str) -> Any:
    """What was entered for exactly this period."""
    when, city = Period.parse(period), request.viewer.city
    rows = ExternalFigure.objects.of(city).filter(
        indicator__code=indicator, indicator__city=city, first_month=when.first, last_month=when.last
    )
    return [
        {
            "place_code": row.place_code,
            "place_name": row.place_name,
            "value": None if row.value is None else value_text(row.value, row.indicator.unit_of_value),
            "rank": row.rank,
            "scope": row.scope,
            "source": row.source,
            "dated": row.dated,
            "is_official": row.is_official,
            "is_sample": row.is_sample,
        }
        for row in rows.select_related("indicator")
    ]


@router.post(
    "/external-figures",
    auth=needs(Can.ENTER_EXTERNAL),
    response={201: dict[str, str]},
    summary="Enter an external figure",
)
def new_external(request: ApiRequest, body: NewExternal) -> Any:
    """Another city's figure, or a rank that the province told."""
    city, by = request.viewer.city, request.viewer.user
    assert by is not None
    named = indicator_of(city, body.indicator)
    entry = actions.enter_external(
        indicator=named,
        period=Period.parse(body.period),
        place_code=body.place_code,
        place_name=body.place_name,
        source=body.source,
        dated=body.dated,
        value=None if body.value is None else amount_of(named, body.value),
        rank=body.rank,
        scope=body.scope,
        is_official=body.is_official,
        by=by,
        at=timezone.now(),
    )
    return Status(201, {"id": str(entry.pk)})


class NewExternals(Strict):
    """Which indicator the list is of, and what holds for rows that do not say it themselves."""

    indicator: Name
    period: Line = ""
    source: Line = ""
    dated: date | None = None
    is_official: bool = False
    dry_run: bool = False


@router.post(
    "/external-figures/import",
    auth=needs(Can.ENTER_EXTERNAL),
    response={200: dict[str, Any], 201: dict[str, Any]},
    summary="Import a list of external figures",
)
def import_externals(request: ApiRequest, body: Form[NewExternals], file: File[UploadedFile]) -> Any:
    """All rows or none; a list sent again changes nothing. 201 when anything was written, else 200 with the problems by cell."""
    city, by = request.viewer.city, request.viewer.user
    assert by is not None
    named = indicator_of(city, body.indicator)
    given = Given(Period.parse(body.period) if body.period else None, body.source, body.dated, body.is_official)
    found = read_external(file.read(), file.name or "", named, given)
    ready = not found.problems and not body.dry_run
    made = actions.enter_externals(indicator=named, entries=found.entries, by=by, at=timezone.now()) if ready else []
    problems = [one.to_json() | {"message": _(TEMPLATES[one.code]).format(**one.params)} for one in found.problems]
    return Status(201 if made else 200, {"read": len(found.entries), "written": len(made), "problems": problems})
