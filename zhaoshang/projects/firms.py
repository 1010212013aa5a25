"""Which enterprises and people a viewer may see: that hangs on projects, of which the enterprises know nothing."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from zhaoshang.enterprises.models import Contact, Enterprise
from zhaoshang.enterprises.rules import Ownership
from zhaoshang.lookup.queries import kept_for, stand_ins_of
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import NotAllowed, Viewer


def visible_enterprises(viewer: Viewer, among: Sequence[UUID] | None = None) -> "QuerySet[Any]":
    """All for the city's roles. An officer's are those with a project in their units, those that their units entered, and the central
    SOEs, which every unit meets. A card with a project stays seen when it is merged, and so does the one it stands for.

    ``among``: only of these ids, and then without a look at all the units' projects."""
    rows: QuerySet[Any] = Enterprise.objects.of(viewer.city)
    rows = rows if among is None else rows.filter(pk__in=among)
    if viewer.sees_all_units:
        return rows
    if not viewer.unit_ids:
        return rows.none()
    projects = Project.objects.visible_to(viewer).order_by()
    if among is not None:
        projects = projects.filter(enterprise_id__in=[*among, *stand_ins_of(viewer.city, among)])
    own = projects.values("enterprise_id")
    return rows.filter(
        Q(pk__in=own)
        | Q(pk__in=kept_for(viewer.city, own))
        | Q(unit_id__in=viewer.unit_ids)
        | Q(ownership=Ownership.CENTRAL)
    )


def visible_contacts(viewer: Viewer, among: Sequence[UUID] | None = None) -> "QuerySet[Any]":
    """Everybody for the city's roles; for an officer the own units' people and the bureau's, at enterprises that they may see.

    ``among``: only of these ids, as above."""
    rows: QuerySet[Any] = Contact.objects.of(viewer.city)
    rows = rows if among is None else rows.filter(pk__in=among)
    if viewer.sees_all_units:
        return rows
    rows = rows.filter(Q(unit_id__in=viewer.unit_ids) | Q(unit__isnull=True))
    firms = None if among is None else list(rows.order_by().values_list("enterprise_id", flat=True))
    return rows.filter(enterprise__in=visible_enterprises(viewer, firms).order_by().values("pk"))


def is_own_card(viewer: Viewer, enterprise: Enterprise) -> bool:
    """Whether what the card says is this viewer's to change: the bureau's all; a unit's the own cards and those that came with
    projects, not those of the central SOEs, which all units share."""
    if viewer.sees_all_units:
        return True
    if enterprise.unit_id is None:
        return enterprise.ownership != Ownership.CENTRAL
    return viewer.sees_unit(enterprise.unit_id)


def require_own_card(viewer: Viewer, enterprise: Enterprise) -> None:
    """Raise ``NotAllowed`` unless :func:`is_own_card`."""
    if not is_own_card(viewer, enterprise):
        raise NotAllowed("enterprises.keep")
