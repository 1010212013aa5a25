"""The one box: what a text finds among what the city holds, from projects to saved questions, as far as the asker may see."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from zhaoshang.bulletins.models import TextCheck
from zhaoshang.bulletins.queries import bulletins_for
from zhaoshang.capital.hiding import sought
from zhaoshang.capital.models import Payment
from zhaoshang.common.problems import N_
from zhaoshang.enterprises.models import Contact, Enterprise
from zhaoshang.lookup.queries import Span, closed, entries_by_span, nearly_names, search_names, stands_for
from zhaoshang.lookup.rules import Kind, initials, plain
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.projects.confidence import found_by_name
from zhaoshang.projects.firms import visible_contacts, visible_enterprises
from zhaoshang.projects.likeness import enterprise_key
from zhaoshang.projects.models import Project
from zhaoshang.questions.queries import saved_for
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import Membership, ReportingUnit

LONGEST_CHARACTERS = 80
SHOWN = 20

GROUP_LABELS = {
    "projects": N_("项目"),
    "enterprises": N_("企业"),
    "payments": N_("到账"),
    "units": N_("地区"),
    "bulletins": N_("公报"),
    "texts": N_("文稿"),
    "questions": N_("存下的问题"),
    "contacts": N_("联系人"),
    "people": N_("人员"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A group's rows, best first."""

    group: str
    rows: Sequence[Any]


def find(viewer: Viewer, asked: str) -> list[Finding]:
    """What the text finds, by group; empty groups are left out. The cost does not grow with the city."""
    text = asked.strip()[:LONGEST_CHARACTERS]
    if not plain(text):
        return []
    found = []
    if viewer.can(Can.READ_PAYMENTS):
        found += _account(viewer, text)
    if viewer.can(Can.SEE_CONTACTS):
        found.append(Finding("contacts", _contacts(viewer, text)))
    if viewer.can(Can.READ_FIGURES):
        found += [
            _units(viewer, text),
            Finding("bulletins", list(bulletins_for(viewer).filter(sought(viewer, text, "title"))[:SHOWN])),
        ]
    if viewer.can(Can.CHECK_TEXTS):
        texts = TextCheck.objects.visible_to(viewer).filter(sought(viewer, text, "title"))
        found.append(Finding("texts", list(texts.order_by("-id")[:SHOWN])))
    if viewer.can(Can.READ_PAYMENTS):
        saved = saved_for(viewer.city, viewer.user).filter(sought(viewer, text, "title"))
        found.append(Finding("questions", list(saved[:SHOWN])))
    if viewer.can(Can.GRANT):
        found.append(_people(viewer, text))
    return [one for one in found if one.rows]


def _account(viewer: Viewer, text: str) -> list[Finding]:
    if named := _seen(viewer, code__in={text, text.upper(), text.lower()})[:1]:
        return [Finding("projects", named)]
    if paid := _payments(viewer, text):
        return [Finding("payments", paid)]
    firms, keys = _enterprises(viewer, text, search_names), search_names(viewer, Kind.PROJECT, text, SHOWN)
    keys += [key for key in _followed(viewer, text) if key not in keys]
    if not (firms or keys):
        firms, keys = _enterprises(viewer, text, nearly_names), nearly_names(viewer, Kind.PROJECT, text, SHOWN)
    keys = [*(key for key in found_by_name(viewer, text) if key not in keys), *keys]
    keys += [key for key in _projects_of(viewer, firms) if key not in keys]
    rows = {one.pk: one for one in _seen(viewer, pk__in=keys[: 2 * SHOWN])}
    merged = set(closed(viewer.city).filter(pk__in=list(rows)).values_list("pk", flat=True)) if rows else set()
    ordered = sorted((key for key in keys if key in rows), key=lambda key: key in merged)
    return [Finding("projects", [rows[key] for key in ordered][:SHOWN]), Finding("enterprises", firms)]


def _seen(viewer: Viewer, **few: Any) -> list[Project]:
    """Of a few projects those that the viewer may see. Ranked by the caller and held to the units here: asked for either, a database
    without statistics walks the whole city in that order, or all of a unit."""
    rows = Project.objects.of(viewer.city).filter(**few).select_related("unit", "enterprise").order_by()
    return [one for one in rows if viewer.sees_unit(one.unit_id) or one.follower_id in viewer.unit_ids]


def _followed(viewer: Viewer, text: str) -> list[UUID]:
    """Those that land elsewhere and are worked on here; the index holds them under the unit where they land."""
    if viewer.sees_all_units:
        return []
    rows = Project.objects.followed_by(viewer).filter(Q(name__icontains=text) | Q(enterprise__name__icontains=text))
    return list(rows.order_by("-id").values_list("pk", flat=True)[:SHOWN])


def _enterprises(viewer: Viewer, text: str, search: Callable[[Viewer, Kind, str, int], list[UUID]]) -> list[Enterprise]:
    """By name or code, those that the viewer may see; of a merged one, the card that it stands for."""
    rows = Enterprise.objects.of(viewer.city)
    keys = search(viewer, Kind.ENTERPRISE, text, SHOWN)
    if len(text) == 18 and text.isascii():
        keys = list(rows.filter(uscc=text.upper()).order_by().values_list("pk", flat=True)[:1]) or keys
    if not keys:
        return []
    stand_for = stands_for(viewer.city, keys)
    keys = list(dict.fromkeys(stand_for.get(key, key) for key in keys))
    known = {one.pk: one for one in visible_enterprises(viewer, among=keys).order_by()}
    return [known[key] for key in keys if key in known]


def _contacts(viewer: Viewer, text: str) -> list[Contact]:
    """By name or initials; for who works with contacts, those whom they may know of."""
    keys = search_names(viewer, Kind.CONTACT, text, SHOWN)
    if not keys:
        return []
    known = {one.pk: one for one in visible_contacts(viewer, among=keys).select_related("enterprise").order_by()}
    return [known[key] for key in keys if key in known]


def _projects_of(viewer: Viewer, firms: Sequence[Enterprise]) -> list[UUID]:
    spans = [Span.of_key(enterprise_key(firm.pk)) for firm in firms]
    units = None if viewer.sees_all_units else viewer.unit_ids
    return [key for keys in entries_by_span(viewer.city, Kind.PROJECT, spans, units, at_most=5) for key in keys]


def _payments(viewer: Viewer, text: str) -> list[Payment]:
    """By bank serial, or by place in the ledger."""
    wanted = Q(bank_serial=text) & ~Q(bank_serial="")
    number = text.removeprefix("#")
    if number.isascii() and number.isdigit() and len(number) < 16:
        wanted |= Q(seq=int(number))
    rows = Payment.objects.visible_to(viewer).filter(wanted)
    return list(rows.select_related("project", "unit").order_by("-id")[:SHOWN])


def _units(viewer: Viewer, text: str) -> Finding:
    wanted, letters = plain(text), text.lower()
    rows = ReportingUnit.objects.of(viewer.city)
    return Finding(
        "units", [one for one in rows if wanted in plain(one.name) or initials(plain(one.name)).startswith(letters)]
    )


def _people(viewer: Viewer, text: str) -> Finding:
    """Who has or had a role in the city, by name, login or initials."""
    held = Membership.objects.of(viewer.city).order_by().values_list("user_id", flat=True)
    rows = User.objects.filter(pk__in=list(held.distinct())).order_by("username")
    wanted, letters = text.upper(), text.lower()

    def meant(one: User) -> bool:
        said = f"{one.username} {one.display_name}".upper()
        return wanted in said or initials(plain(one.display_name)).startswith(letters)

    return Finding("people", [one for one in rows if meant(one)][:SHOWN])
