"""The programme of an activity's meetings on paper: a part for each guest, then one for each table, so that hosts know who comes."""

from collections.abc import Sequence
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.context import named
from zhaoshang.desk.matchmaking_shown import hour_text, side_name, table_name
from zhaoshang.matchmaking.models import Appointment, Session
from zhaoshang.outreach.models import Activity
from zhaoshang.tenancy.models import City
from zhaoshang.ui.documents.model import Block, Column, Document, Heading, Paragraph, Table, row, runs
from zhaoshang.ui.filters import date_, english


def programme(city: City, activity: Activity, session: Session, seats: Sequence[Appointment]) -> Document:
    """Of these meetings, each guest's in the order of the day."""
    words = {
        "day": date_(timezone.localdate(session.begins_at)),
        "place": activity.place,
        "minutes": session.minutes,
    }
    blocks: list[Block] = [Paragraph(runs(_("%(day)s，%(place)s；每场 %(minutes)s 分钟。") % words))]
    by_guest = sorted(seats, key=lambda one: (one.pair.enterprise.name, str(one.enterprise_id), one.slot))
    for _key, of_guest in groupby(by_guest, key=lambda one: one.enterprise_id):
        blocks += _guest(session, list(of_guest))
    if not seats:
        blocks.append(Paragraph(runs(_("还没有排会。"))))
    elif len({one.enterprise_id for one in seats}) > 1:
        blocks += _tables(session, seats)
    return Document(
        title=_("%(title)s会面日程") % {"title": activity.title},
        issuer=named(city),
        date=timezone.localdate(),
        blocks=tuple(blocks),
        language="en" if english() else "zh",
        sample=activity.is_sample,
    )


def _guest(session: Session, seats: Sequence[Appointment]) -> list[Block]:
    columns = (Column(_("时间"), weight=2), Column(_("桌位"), weight=1), Column(_("我方"), weight=2))
    lines = tuple(
        row(hour_text(session, one.slot), table_name(session, one.table), side_name(one.pair.unit), _entry(one))
        for one in seats
    )
    return [
        Heading(1, runs(seats[0].pair.enterprise.name)),
        Table((*columns, Column(_("洽谈内容"), weight=4)), lines),
    ]


def _entry(one: Appointment) -> str:
    entry = one.pair.opportunity
    return str(entry.title_en if english() and entry.title_en else entry.title)


def _tables(session: Session, seats: Sequence[Appointment]) -> list[Block]:
    columns = (Column(_("桌位"), weight=1), Column(_("时间"), weight=2), Column(_("企业"), weight=4))
    ordered = sorted(seats, key=lambda one: (one.table, one.slot))
    lines = tuple(
        row(
            table_name(session, one.table),
            hour_text(session, one.slot),
            one.pair.enterprise.name,
            side_name(one.pair.unit),
        )
        for one in ordered
    )
    return [Heading(1, runs(_("按桌位"))), Table((*columns, Column(_("我方"), weight=2)), lines)]
