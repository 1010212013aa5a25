"""How entries are shown to the public: cards, grouped facts, a table to compare, spots on the map. Only fields marked public."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.core.cache import cache
from django.utils.html import format_html
from django.utils.translation import gettext as _

from zhaoshang.opportunities.fields import FIELDS, Field, Type
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.opportunities.places import place_of, rings_of
from zhaoshang.opportunities.rules import KIND_LABELS, STATUS_LABELS, Kind, Status
from zhaoshang.opportunities.wording import amount_words, area_words, field_words
from zhaoshang.portal.pages import Links
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.regions.models import ReportingUnit, UnitRegion
from zhaoshang.tenancy.models import City
from zhaoshang.ui import charts
from zhaoshang.ui.filters import date_, english, named, named_short

PILLS = {Status.AVAILABLE: "ok", Status.IN_TALKS: "wait", Status.RESERVED: "wait"}
KINDS = tuple(Kind)
PICTURE_SECONDS = 300
PRICES = (
    "starting_price",
    "deposit",
    "land_price",
    "factory_rent",
    "factory_price",
    "water_price",
    "power_price",
    "gas_price",
    "steam_price",
    "sewage_quota",
)
PLACE = ("location", "site", "km_port", "km_rail", "km_airport", "point")
CONTACT = ("contact", "contact_phone", "contact_email")
Fact = tuple[str, str]


def titled(entry: Opportunity) -> str:
    """Its title in the page's language, as far as there is one."""
    return entry.title_en if english() and entry.title_en else entry.title


def summary_of(entry: Opportunity) -> str:
    """Its summary in the page's language, as far as there is one."""
    return entry.summary_en if english() and entry.summary_en else entry.summary


def unit_of(entry: Opportunity) -> str:
    """The district that offers it."""
    return named(entry.unit) if entry.unit else _("市级")


def size_of(entry: Opportunity) -> str:
    """What it comes to, by area or investment."""
    return area_words(entry.area_m2, _) or amount_words(entry.amount_fen, _)


def card(entry: Opportunity, status: Status, link: Links) -> dict[str, Any]:
    """One entry among others."""
    price = next((one for one in entry.declared if one.name == "starting_price"), None)
    facts = [size_of(entry)]
    if price and price.name in entry.public_fields:
        facts.append(f"{_(price.label)} {field_words(price, entry.public_fields[price.name], _)}")
    return {
        "code": entry.code,
        "title": titled(entry),
        "href": link("opportunity", entry.code),
        "kind": _(KIND_LABELS[Kind(entry.kind)]),
        "unit": unit_of(entry),
        "industry": _(INDUSTRIES[entry.industry]) if entry.industry else "",
        "facts": [text for text in facts if text],
        "summary": summary_of(entry),
        "status": {"text": _(STATUS_LABELS[status]), "pill": PILLS.get(status, "off")},
        "checked": entry.checked_on,
        "is_sample": entry.is_sample,
    }


def shared_facts(entry: Opportunity) -> list[Fact]:
    """What all kinds have."""
    rows = [
        (_("编号"), entry.code),
        (_("类别"), _(KIND_LABELS[Kind(entry.kind)])),
        (_("地区"), unit_of(entry)),
        (_("行业门类"), _(INDUSTRIES[entry.industry]) if entry.industry else ""),
        (_("总投资"), amount_words(entry.amount_fen, _)),
        (_("面积"), area_words(entry.area_m2, _)),
        (_("最近核实"), date_(entry.checked_on)),
        (_("有效期至"), date_(entry.expires_on)),
    ]
    return [(name, text) for name, text in rows if text]


def groups(entry: Opportunity) -> list[dict[str, Any]]:
    """Its own public fields under headings: terms, prices, place, policies, contact."""
    held: dict[str, list[Fact]] = {"terms": [], "prices": [], "place": [], "policies": [], "contact": []}
    values = entry.public_fields
    for one in entry.declared:
        if one.name in values:
            held[_group(one)].append((_(one.label), words_of(entry, one)))
    titles = {
        "terms": _("条件"),
        "prices": _("价格和要素"),
        "place": _("位置"),
        "policies": _("政策文件"),
        "contact": _("联系方式"),
    }
    return [{"name": name, "title": titles[name], "rows": rows} for name, rows in held.items() if rows]


def words_of(entry: Opportunity, one: Field) -> str:
    """A public field in the page's language; a text without English is marked as being in Chinese only."""
    words = field_words(one, entry.public_fields[one.name], _)
    if not (english() and one.has_english):
        return words
    return entry.public_english.get(one.name) or chinese_only(words)


def chinese_only(text: str) -> str:
    """A Chinese text on an English page, for eyes and for readers of screens."""
    if text.isascii():
        return text
    return format_html('<span lang="zh">{}</span> <small class="only">{}</small>', text, _("只有中文"))


def _group(one: Field) -> str:
    if one.type == Type.DOCUMENTS:
        return "policies"
    for name, names in (("prices", PRICES), ("place", PLACE), ("contact", CONTACT)):
        if one.name in names:
            return name
    return "terms"


def comparison(
    entries: Sequence[Opportunity], statuses: dict[Any, Status], link: Links
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Columns and rows of entries side by side; a row whose values differ says so, one that is the same steps back."""
    columns: list[dict[str, Any]] = [{"key": "what", "label": _("比较项"), "head": True}]
    columns += [{"key": one.code, "label": one.code} for one in entries]
    first = {one.code: {"text": titled(one), "href": link("opportunity", one.code)} for one in entries}
    rows: list[dict[str, Any]] = [{"what": _("名称"), **first}]
    labels: dict[str, None] = {}
    facts: dict[str, dict[str, str]] = {}
    for entry in entries:
        own = [fact for group in groups(entry) for fact in group["rows"]]
        facts[entry.code] = dict([(_("状态"), _(STATUS_LABELS[statuses[entry.pk]])), *shared_facts(entry)[1:], *own])
        labels |= dict.fromkeys(facts[entry.code])
    for label in labels:
        values = [facts[one.code].get(label) for one in entries]
        differs = len(set(values)) > 1
        what = {"text": label, **({"note": _("不同")} if differs else {})}
        row = {"what": what, **{one.code: value for one, value in zip(entries, values, strict=True)}}
        rows.append(row if differs or len(entries) == 1 else {**row, "_kind": "muted"})
    asks = {one.code: {"text": _("咨询这个条目"), "href": link("enquire_about", one.code)} for one in entries}
    return columns, [*rows, {"what": _("下一步"), **asks}]


def spot_of(entry: Opportunity, link: Links) -> charts.Spot | None:
    """Where it lies; None when nobody said."""
    place = place_of(entry.outline, entry.fields.get("point"))
    if place is None:
        return None
    return charts.Spot(*place, titled(entry), KINDS.index(Kind(entry.kind)), link("opportunity", entry.code))


def city_picture(city: City, spots: Sequence[charts.Spot]) -> Any:
    """Entries on the districts of the city, for page and phone; the same drawing is made once in five minutes. At most two queries."""
    kinds = [_(KIND_LABELS[kind]) for kind in KINDS]
    name = f"offers:{city.pk}:{hashlib.sha256(repr((kinds, spots)).encode()).hexdigest()}"
    drawn = cache.get(name)
    if drawn is None:
        drawn = charts.responsive(
            charts.places, city.gb_code, spots, kinds, areas=districts(city), title=_("招商地图"), width=760
        )
        cache.set(name, drawn, PICTURE_SECONDS)
    return drawn


def small_picture(city: City, entries: Sequence[Opportunity]) -> Any:
    """The same for the front page, which leads to the map as a whole: marks without links, one drawing. At most two queries."""
    places = [(place, one) for one in entries if (place := place_of(one.outline, one.fields.get("point")))]
    spots = [charts.Spot(*place, titled(one), KINDS.index(Kind(one.kind))) for place, one in places]
    kinds = [_(KIND_LABELS[kind]) for kind in KINDS]
    name = f"front:{city.pk}:{hashlib.sha256(repr((kinds, spots)).encode()).hexdigest()}"
    drawn = cache.get(name)
    if drawn is None:
        drawn = charts.places(city.gb_code, spots, kinds, areas=districts(city), title=_("招商地图"), width=560)
        cache.set(name, drawn, PICTURE_SECONDS)
    return drawn


def districts(city: City) -> list[charts.Area]:
    """The parts of the map by the unit that reports for the whole of them."""
    units = {unit.pk: unit for unit in ReportingUnit.objects.of(city)}
    rows = UnitRegion.objects.of(city).filter(partly=False, valid_to__isnull=True)
    return [charts.Area(named_short(units[row.unit_id]), [row.region_code], None) for row in rows]


def plan_picture(entry: Opportunity) -> Any:
    """The plan of its outline, if it was drawn."""
    if not entry.outline:
        return None
    return charts.plan(rings_of(entry.outline), title=_("四至图：%(title)s") % {"title": titled(entry)}, north=_("北"))


def public_fields_of(kind: Kind) -> list[Field]:
    """The fields of a kind that may leave the building."""
    return [one for one in FIELDS[kind] if one.public]
