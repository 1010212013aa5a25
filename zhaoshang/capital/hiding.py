"""What a viewer must not read of confidential projects, payers included, as a veil over whatever leaves for them."""

from collections.abc import Iterator

from zhaoshang.capital.models import Payment
from zhaoshang.common.veil import Veil, veil
from zhaoshang.projects.confidence import hidden_from
from zhaoshang.regions.access import Viewer

INSTEAD = "［保密］"  # never the code name: who types a name must not be told what it is called here


def veil_of(viewer: Viewer) -> Veil:
    """Two queries where the city keeps secrets from this viewer, none where it keeps none."""
    return veil((text, INSTEAD) for text in _hidden(viewer)) if viewer.city.keeps_secrets else Veil()


def _hidden(viewer: Viewer) -> Iterator[str]:
    secrets = list(hidden_from(viewer))
    for one in secrets:
        yield from (one.name, one.investor, one.statistics_name, one.enterprise, one.uscc)
    if secrets:
        paid = Payment.objects.of(viewer.city).filter(project_id__in=[one.project_id for one in secrets])
        yield from paid.order_by().values_list("payer", flat=True).distinct()
