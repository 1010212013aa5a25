"""Money: payments on the day they arrived, whatever their standing."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import STANDING_LABELS, Standing
from zhaoshang.desk.story.line import Line
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import called, month, wan

MOST = 500


def lines(project: Project, viewer: Viewer) -> Iterator[Line]:
    """One line a payment that the viewer may see, the newest five hundred."""
    rows = Payment.objects.visible_to(viewer).filter(project=project).select_related("declared_by")
    for one in rows.order_by("-id")[:MOST]:
        told = {"amount": wan(one.amount_fen), "payer": one.payer, "month": month(one.report_month)}
        text = _("%(amount)s 万元，计入%(month)s") % told + (_("，付款单位 %(payer)s") % told if one.payer else "")
        text += _("（%(standing)s）") % {"standing": _(STANDING_LABELS[Standing(one.standing)])}
        yield Line(one.paid_on, _("到账"), text, called(one.declared_by), reverse("desk:payment", args=[one.pk]))
