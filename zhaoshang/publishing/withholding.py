"""Which published figures the site does not give away, and which a draft would: by ``figures.withholding``."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.core.cache import cache
from django.utils import timezone

from zhaoshang.bulletins.models import Bulletin
from zhaoshang.bulletins.rules import BulletinState
from zhaoshang.capital.queries import firms_by_unit_and_month
from zhaoshang.common.periods import Period
from zhaoshang.figures.freezing import head_of
from zhaoshang.figures.meanings import meaning_of, spans_of
from zhaoshang.figures.models import FrozenFigure, IndicatorVersion
from zhaoshang.figures.queries import Figure
from zhaoshang.figures.rules import Measure
from zhaoshang.figures.withholding import WHOLE, held_back
from zhaoshang.publishing.queries import terms_on
from zhaoshang.tenancy.models import City

COUNTS = (Measure.RESERVED, Measure.SIGNED, Measure.LANDED)
ENOUGH = 30  # cells of more firms are not told apart: enough to see which of them are the smallest


def published_figures(city: City) -> list[tuple[FrozenFigure, Bulletin]]:
    """Every value that a bulletin in force prints, by its newest publication. Two queries."""
    rows = Bulletin.objects.of(city).filter(state=BulletinState.PUBLISHED).order_by("published_at", "id")
    by_key = {
        figure["frozen"]: one
        for one in rows.only("figures", "title", "published_at", "city_id")
        for figure in one.figures
        if figure["aspect"] == "value"
    }
    frozen = (
        FrozenFigure.objects.of(city)
        .filter(pk__in=list(by_key))
        .select_related("version__indicator", "version__rule_set", "unit")
    )
    newest = {one.ref: (one, by_key[str(one.pk)]) for one in sorted(frozen, key=lambda one: one.ledger_seq)}
    return [newest[ref] for ref in sorted(newest)]


def held_back_of(city: City, figures: Sequence[FrozenFigure]) -> set[str]:
    """The refs that stay unpublished. What is frozen never changes, so it is worked out once for the same figures."""
    least = terms_on(city, timezone.localdate()).least_firms
    asked = hashlib.sha256(",".join(str(one.pk) for one in figures).encode()).hexdigest()
    name = f"few:{city.pk}:{least}:{asked}"
    found: set[str] | None = cache.get(name)
    if found is None:
        found = _of_few(city, figures, least)
        cache.set(name, found, None)
    return found


def published_with(frozen: FrozenFigure) -> list[FrozenFigure]:
    """What is published, this figure as it was frozen here and not as of its newest publication. Two queries."""
    return [*(one for one, _told in published_figures(frozen.city) if one.ref != frozen.ref), frozen]


def would_give_away(city: City, figures: Sequence[Figure]) -> tuple[set[str], int]:
    """The refs, among figures not published yet, that rest on too few firms beside what is published already; how few are too few."""
    least, refs = terms_on(city, timezone.localdate()).least_firms, {one.ref for one in figures}
    beside = [one for one, _told in published_figures(city) if one.ref not in refs]
    return _of_few(city, [*beside, *figures], least) & refs, least


def _of_few(city: City, figures: Sequence[FrozenFigure | Figure], least: int) -> set[str]:
    by_meaning: dict[tuple[UUID, str], list[tuple[IndicatorVersion, FrozenFigure | Figure]]] = defaultdict(list)
    for one in figures:
        version = meaning_of(one) if isinstance(one, FrozenFigure) else one.version
        by_meaning[version.pk, version.code].append((version, one))
    return {
        ref
        for rows in by_meaning.values()
        for ref in _in_version(city, rows[0][0], [one for _version, one in rows], least)
    }


def _in_version(city: City, version: IndicatorVersion, rows: Sequence[FrozenFigure | Figure], least: int) -> set[str]:
    if version.measure in COUNTS:  # so many projects are of no more firms
        return {one.ref for one in rows if 0 < one.value < least}
    if version.measure != Measure.CAPITAL or version.rule_set is None:
        return set()
    refs = {(str(one.unit.pk) if one.unit else WHOLE, one.period): one.ref for one in rows}
    span = Period(min(one.period.first for one in rows), max(one.period.last for one in rows))
    frozen = [one.ledger_seq for one in rows if isinstance(one, FrozenFigure)]
    seq = max(frozen) if len(frozen) == len(rows) else head_of(city)[0]
    monthly = {
        (str(unit), month): who
        for part, months in spans_of(version, span)
        if part.rule_set is not None
        for (unit, month), who in firms_by_unit_and_month(
            city, part.rule_set, part.classes, months, seq, part.at_least_fen, max(ENOUGH, least)
        ).items()
    }
    return {refs[cell] for cell in held_back(monthly, refs.keys(), least)}
