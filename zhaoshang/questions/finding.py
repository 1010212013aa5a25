"""The one box: what a text finds among what the city holds, from projects to saved questions, as far as the asker may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhaoshang.bulletins.models import TextCheck
from zhaoshang.bulletins.queries import bulletins_for
from zhaoshang.capital.hiding import sought
from zhaoshang.capital.models import Payment
from zhaoshang.common.problems import N_
from zhaoshang.enterprises.models import Contact, Enterprise
from zhaoshang.lookup.queries import closed, entries_by_key, stands_for
from zhaoshang.lookup.rules import Kind, initials, plain
from zhaoshang.lookup.searching import Hit, Hits, nearly_names, search_names
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.projects.confidence import found_by_name
from zhaoshang.projects.firms import visible_contacts, visible_enterprises
from zhaoshang.projects.likeness import enterprise_key
from zhaoshang.projects.models import Project
from zhaoshang.questions.queries import saved_for
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import Membership, ReportingUnit
from zhaoshang.tenancy.models import City

LONGEST_CHARACTERS = 80
SHOWN = 20
_HEAVY_OF_OFFER = ("fields", "fields_en", "outline", "summary", "summary_en")

GROUP_LABELS = {
    "projects": N_("项目"),
    "enterprises": N_("企业"),
    "payments": N_("到账"),
    "units": N_("地区"),
    "opportunities": N_("招商条目"),
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
    titled, exact = _titled(viewer, text), _exact(viewer, text)
    some = _not_empty(viewer, titled | exact)
    named = [Finding(group, list(rows[:SHOWN])) for group, rows in exact.items() if group in some]
    named = [one for one in named if one.rows][:1]
    kinds = [Kind.CONTACT] if viewer.can(Can.SEE_CONTACTS) else []
    kinds += [Kind.ENTERPRISE, Kind.PROJECT] if exact and not named else []
    hits = search_names(viewer, kinds, text, SHOWN)
    found = named if named or not exact else _account(viewer, text, hits)
    found.append(Finding("contacts", _contacts(viewer, hits.get(Kind.CONTACT, []))))
    if viewer.can(Can.READ_FIGURES):
        found.append(_units(viewer, text))
    found += [Finding(group, list(rows[:SHOWN])) for group, rows in titled.items() if group in some]
    if viewer.can(Can.SEE_ACCOUNTS):
        found.append(_people(viewer, text))
    return [one for one in found if one.rows]


def _titled(viewer: Viewer, text: str) -> dict[str, "QuerySet[Any]"]:
    """What a word of its title finds, by group, for who may see such things."""
    rows: dict[str, QuerySet[Any]] = {}
    if viewer.can(Can.READ_FIGURES):
        rows["bulletins"] = bulletins_for(viewer)
    if viewer.can(Can.CHECK_TEXTS):
        rows["texts"] = TextCheck.objects.visible_to(viewer).order_by("-id")
    if viewer.can(Can.READ_PAYMENTS):
        rows["questions"] = saved_for(viewer.city, viewer.user)
    wanted = sought(viewer, text, "title") if rows else Q()
    found = {group: one.filter(wanted) for group, one in rows.items()}
    if viewer.can(Can.READ_OPPORTUNITIES):
        offers = Opportunity.objects.visible_to(viewer).defer(*_HEAVY_OF_OFFER).order_by("-id")
        found["opportunities"] = offers.filter(sought(viewer, text, "title", "title_en", "code"))
    return found


def _exact(viewer: Viewer, text: str) -> dict[str, "QuerySet[Any]"]:
    """The one project with this code, or else the payments with this number: who types one wants nothing else of the account."""
    if not viewer.can(Can.READ_PAYMENTS):
        return {}
    coded = Project.objects.open_to(viewer).filter(code__in={text, text.upper(), text.lower()})
    return {"projects": coded.select_related("unit", "enterprise")[:1], "payments": _payments(viewer, text)}


def _not_empty(viewer: Viewer, queries: dict[str, "QuerySet[Any]"]) -> set[str]:
    """Which of these find anything. One query for all, since most find nothing."""
    if not queries:
        return set()
    asked = [Exists(rows) for rows in queries.values()]
    told = City.objects.filter(pk=viewer.city.pk).values_list(*asked).get()
    return {group for group, held in zip(queries, told, strict=True) if held}


def _account(viewer: Viewer, text: str, hits: Hits) -> list[Finding]:
    firms, keys = _enterprises(viewer, text, hits), [hit.about for hit in hits.get(Kind.PROJECT, [])]
    keys += [key for key in _followed(viewer, text) if key not in keys]
    if not (firms or keys):
        hits = nearly_names(viewer, [Kind.ENTERPRISE, Kind.PROJECT], text, SHOWN)
        firms, keys = _enterprises(viewer, text, hits), [hit.about for hit in hits.get(Kind.PROJECT, [])]
    keys = [*(key for key in found_by_name(viewer, text) if key not in keys), *keys]
    keys += [key for key in _projects_of(viewer, firms) if key not in keys]
    rows = _seen(viewer, keys[: 2 * SHOWN])
    ordered = sorted((rows[key] for key in keys if key in rows), key=lambda one: one.is_merged)
    return [Finding("projects", ordered[:SHOWN]), Finding("enterprises", firms)]


def _seen(viewer: Viewer, keys: Sequence[UUID]) -> dict[UUID, Any]:
    """Of these projects those that the viewer may see. Ranked by the caller and held to the units here: asked for either, a database
    without statistics walks the whole city in that order, or all of a unit."""
    if not keys:
        return {}
    rows = Project.objects.of(viewer.city).filter(pk__in=keys).select_related("unit", "enterprise").order_by()
    rows = rows.annotate(is_merged=Exists(closed(viewer.city).filter(pk=OuterRef("pk"))))
    return {one.pk: one for one in rows if viewer.sees_unit(one.unit_id) or one.follower_id in viewer.unit_ids}


def _followed(viewer: Viewer, text: str) -> list[UUID]:
    """Those that land elsewhere and are worked on here; the index holds them under the unit where they land."""
    if viewer.sees_all_units:
        return []
    rows = Project.objects.followed_by(viewer).filter(Q(name__icontains=text) | Q(enterprise__name__icontains=text))
    # Put in order here: asked for that, SQLite without statistics goes through all the city's projects by their ids.
    return sorted(rows.order_by().values_list("pk", flat=True), reverse=True)[:SHOWN]


def _enterprises(viewer: Viewer, text: str, hits: Hits) -> list[Enterprise]:
    """By name or code, those that the viewer may see; of a merged one, the card that it stands for."""
    keys = [hit.counts_as for hit in hits.get(Kind.ENTERPRISE, [])]
    if len(text) == 18 and text.isascii():
        coded = Enterprise.objects.of(viewer.city).filter(uscc=text.upper()).order_by().values_list("pk", flat=True)[:1]
        held = list(coded)
        keys = [stands_for(viewer.city, held).get(key, key) for key in held] or keys
    if not keys:
        return []
    known = {one.pk: one for one in visible_enterprises(viewer, among=keys).order_by()}
    return [known[key] for key in dict.fromkeys(keys) if key in known]


def _contacts(viewer: Viewer, hits: Sequence[Hit]) -> list[Contact]:
    """By name or initials; for who works with contacts, those whom they may know of."""
    keys = [hit.about for hit in hits]
    if not keys:
        return []
    known = {one.pk: one for one in visible_contacts(viewer, among=keys).select_related("enterprise").order_by()}
    return [known[key] for key in keys if key in known]


def _projects_of(viewer: Viewer, firms: Sequence[Enterprise]) -> list[UUID]:
    keys = [enterprise_key(firm.pk) for firm in firms]
    return entries_by_key(
        viewer.city, Kind.PROJECT, keys, None if viewer.sees_all_units else viewer.unit_ids, at_most=5
    )


def _payments(viewer: Viewer, text: str) -> "QuerySet[Payment]":
    """By bank serial, or by place in the ledger."""
    wanted = Q(bank_serial=text) & ~Q(bank_serial="")
    number = text.removeprefix("#")
    if number.isascii() and number.isdigit() and len(number) < 16:
        wanted |= Q(seq=int(number))
    rows: QuerySet[Payment] = Payment.objects.visible_to(viewer).filter(wanted)
    return rows.select_related("project", "unit").order_by("-id")


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
