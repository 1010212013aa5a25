"""What single projects contribute to a figure. For whoever credits them otherwise than the figure does; figures themselves never ask."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from zhaoshang.capital.queries import behind, ruling
from zhaoshang.common.periods import Period
from zhaoshang.figures.models import IndicatorVersion
from zhaoshang.figures.rules import Measure
from zhaoshang.projects.queries import reached
from zhaoshang.projects.rules import Milestone

SHAREABLE = frozenset({Measure.CAPITAL, Measure.RESERVED, Measure.SIGNED, Measure.LANDED})


def values_by_project(version: IndicatorVersion, period: Period, projects: Collection[UUID]) -> dict[UUID, int]:
    """Fen or one by project, of these projects, under the version's own rules. One query; only measures in :data:`SHAREABLE`."""
    if not projects:
        return {}
    if version.measure != Measure.CAPITAL:
        rows = reached(version.city, Milestone(version.measure), period, version.at_least_fen)
        return dict.fromkeys(rows.filter(pk__in=projects).values_list("pk", flat=True), 1)
    assert version.rule_set is not None
    found: dict[UUID, int] = defaultdict(int)
    payments = behind(version.city, version.classes, period, None, version.at_least_fen)
    for payment in payments.filter(project_id__in=projects):
        found[payment.project_id] += ruling(version.rule_set, payment).counted_fen
    return dict(found)
