"""Pages of what is on offer: the list, one entry, its pictures, the map, up to four side by side."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.capital.evidence import FileDamaged, content_of, kept
from zhaoshang.common.files.photos import WIDTHS, sizes_of
from zhaoshang.common.problems import Refused
from zhaoshang.machines.handing import SentIn, given_out
from zhaoshang.opportunities.fields.sets import WAYS
from zhaoshang.opportunities.models import EntryFile, Opportunity
from zhaoshang.opportunities.practice import PRACTICE
from zhaoshang.opportunities.queries import files_of, reservations_on, statuses_on
from zhaoshang.opportunities.rules import KIND_LABELS, STATUS_LABELS, Kind
from zhaoshang.portal.offers import shown
from zhaoshang.portal.offers.search import SORTS, Asked, answering
from zhaoshang.portal.pages import FILE_SECONDS, Links, language_asked, public_page, render_public
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City
from zhaoshang.ui.filters import english, named

PAGE = 24
MOST_ON_MAP = 500
MOST_COMPARED = 4
RELATED = 3
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})


def asked_of(request: HttpRequest) -> Asked:
    """What the address asks for."""
    return Asked.read(request.GET, language_asked(request))


def cards_of(city: City, entries: list[Opportunity], at: datetime, link: Links) -> list[dict[str, Any]]:
    """Entries as cards. One query."""
    statuses = statuses_on(city, entries, timezone.localdate(at))
    return [shown.card(one, statuses[one.pk], link) for one in entries]


def kind_counts(rows: "QuerySet[Opportunity]") -> dict[str, int]:
    """How many entries of each kind."""
    return dict(rows.order_by().values_list("kind").annotate(Count("pk")))


@public_page
def listing(request: HttpRequest) -> HttpResponse:
    """What is on offer, by the conditions of the address."""
    city, at, asked = request.viewer.city, timezone.now(), asked_of(request)  # type: ignore[attr-defined]
    rows, counts = answering(city, asked, at), kind_counts(answering(city, asked, at, any_kind=True))
    kind = asked.said.get("kind", "")
    total = counts.get(kind, 0) if kind else sum(counts.values())
    pages = max(1, -(-total // PAGE))
    number = request.GET.get("page", "")
    page = min(max(1, int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1), pages)
    entries = list(rows[(page - 1) * PAGE : page * PAGE])
    given = {
        **_form(request, asked),
        "cards": cards_of(city, entries, at, Links(request)),
        "total": total,
        "kind_tabs": _kind_tabs(asked, counts),
        "page": page,
        "pages": pages,
        "previous": f"?{asked.query(page=str(page - 1))}" if page > 1 else None,
        "next": f"?{asked.query(page=str(page + 1))}" if page < pages else None,
        "most": MOST_COMPARED,
    }
    return render_public(request, "portal/offers/list.html", given)


def _form(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """What the form of conditions needs; one query."""
    city, everything = request.viewer.city, ("", _("全部"))  # type: ignore[attr-defined]
    units = {"city": _("市级")} | {unit.code: named(unit) for unit in ReportingUnit.objects.of(city)}
    query = asked.query()
    return {
        "wanted": asked.said,
        "sort": asked.sort,
        "language": asked.language,
        "query": f"?{query}" if query else "",
        "units": [everything, *units.items()],
        "industries": [everything, *((key, _(text)) for key, text in INDUSTRIES.items())],
        "ways": [everything, *((key, _(text)) for key, text in WAYS.items())],
        "sorts": [(key, _(text)) for key, text in SORTS.items()],
        "chips": asked.chips(units),
        "complaints": asked.complaints(),
    }


def _kind_tabs(asked: Asked, counts: dict[str, int]) -> list[dict[str, Any]]:
    wanted = asked.said.get("kind", "")
    whole = {
        "label": _("全部"),
        "href": f"?{asked.query(kind='')}",
        "current": not wanted,
        "count": sum(counts.values()),
    }
    return [whole] + [
        {
            "label": _(text),
            "href": f"?{asked.query(kind=kind)}",
            "current": wanted == kind,
            "count": counts.get(kind, 0),
        }
        for kind, text in KIND_LABELS.items()
    ]


@public_page
def city_map(request: HttpRequest) -> HttpResponse:
    """The same entries on the map of the city, and as a list beside it."""
    city, at, asked, link = request.viewer.city, timezone.now(), asked_of(request), Links(request)  # type: ignore[attr-defined]
    entries = list(answering(city, asked, at)[:MOST_ON_MAP])
    spots = [spot for one in entries if (spot := shown.spot_of(one, link))]
    counts = kind_counts(answering(city, asked, at, any_kind=True))
    given = {
        **_form(request, asked),
        "picture": shown.city_picture(city, spots) if city.gb_code else None,
        "kind_tabs": _kind_tabs(asked, counts),
        "cards": cards_of(city, entries, at, link),
        "unplaced": len(entries) - len(spots),
        "most": MOST_COMPARED,
    }
    return render_public(request, "portal/offers/map.html", given)


def published_entry(city: City, code: str, at: datetime) -> Opportunity:
    """The entry, if it was ever published; what never was is not there."""
    rows = Opportunity.objects.of(city).filter(code=code, published_at__lte=at).select_related("unit", "city")
    found: Opportunity | None = rows.first()
    if found is None:
        raise Http404
    return found


def listed_entry(city: City, code: str, at: datetime) -> Opportunity | None:
    """The entry, while it is on offer."""
    found: Opportunity | None = (
        Opportunity.objects.listed(city, at).filter(code=code).select_related("unit", "city").first()
    )
    return found


@public_page
def entry(request: HttpRequest, code: str) -> HttpResponse:
    """One entry; what is taken or expired leaves a page that says so, and no more."""
    city, at, link = request.viewer.city, timezone.now(), Links(request)  # type: ignore[attr-defined]
    one = listed_entry(city, code, at)
    if one is None:
        return _gone(request, published_entry(city, code, at), at)
    today = timezone.localdate(at)
    status = statuses_on(city, [one], today)[one.pk]
    reservation = reservations_on(city, [one], today).get(one.pk)
    files = files_of(city, [one], public=True).get(one.pk, [])
    given = {
        "entry": one,
        "title": shown.titled(one),
        "summary": shown.summary_of(one),
        "status": {"text": _(STATUS_LABELS[status]), "pill": shown.PILLS.get(status, "off")},
        "reserved_until": reservation.until_on if reservation else None,
        "stale": PRACTICE.on(city, today).read.check_due(one.kind, one.checked_on) < today,
        "facts": shown.shared_facts(one),
        "groups": shown.groups(one),
        "plan": shown.plan_picture(one),
        "photos": [_file(file, link) for file in files if file.is_photo],
        "papers": [_file(file, link) for file in files if not file.is_photo],
        "related": _related(one, at, link),
        "untranslated": english() and not (one.title_en and one.summary_en),
    }
    return render_public(request, "portal/offers/entry.html", given)


def _file(held: EntryFile, link: Links) -> dict[str, Any]:
    alt = held.alt_en if english() and held.alt_en else held.alt
    code, href = held.opportunity.code, link("opportunity_file", held.opportunity.code, held.pk)
    narrow = [
        {**one, "href": link("opportunity_file_narrow", code, held.pk, one["width"])} for one in narrow_sizes(held)
    ]
    sizes = [{"width": held.width, "height": held.height, "href": href}, *narrow]
    return {"title": held.title, "alt": alt, "sizes": sizes, "href": href}


def narrow_sizes(held: EntryFile) -> list[dict[str, Any]]:
    """Width and height of the narrower pictures of a photo, whether kept or, for a photo older than those, made when asked for."""
    if held.sizes is not None or not held.width or not held.height:
        return list(held.sizes or ())
    return [{"width": one, "height": round(held.height * one / held.width)} for one in WIDTHS if one < held.width]


def narrow_content(held: EntryFile, width: int) -> bytes:
    """The narrower picture of that width. Raises ``KeyError`` for another width, ``FileDamaged``, ``common.files.Refused``."""
    if held.sizes is not None or width not in WIDTHS:
        return kept(held.city.code, {one["width"]: one["digest"] for one in held.sizes or ()}[width])
    name = f"narrow:{held.file.digest}:{width}"
    content: bytes | None = cache.get(name)
    if content is None:
        made = sizes_of(content_of(held.file), held.file.name)
        content = {one.width: one.content for one in made}[width]
        cache.set(name, content, FILE_SECONDS)
    return content


def _related(one: Opportunity, at: datetime, link: Links) -> list[dict[str, Any]]:
    rows = Opportunity.objects.listed(one.city, at).filter(kind=one.kind).exclude(pk=one.pk).select_related("unit")
    near = rows.filter(Q(unit=one.unit_id) | Q(industry=one.industry)).order_by("-published_at", "code")
    return cards_of(one.city, list(near[:RELATED]), at, link)


def _gone(request: HttpRequest, one: Opportunity, at: datetime) -> HttpResponse:
    """For an entry that is no longer on offer: that it is so, and what else there is of its kind."""
    city = one.city
    status = statuses_on(city, [one], timezone.localdate(at))[one.pk]
    wanted = Asked({"kind": one.kind}, {}, {}, "newest", language_asked(request))
    others = (
        Opportunity.objects.listed(city, at)
        .filter(kind=one.kind)
        .select_related("unit")
        .order_by("-published_at", "code")
    )
    given = {
        "code": one.code,
        "kind": _(KIND_LABELS[Kind(one.kind)]),
        "status": _(STATUS_LABELS[status]),
        "related": cards_of(city, list(others[:RELATED]), at, Links(request)),
        "all_url": f"{reverse('portal:opportunities')}?{wanted.query()}",
    }
    response = render_public(request, "portal/offers/gone.html", given)
    response.status_code = 410
    return response


@public_page
def entry_file(request: HttpRequest, code: str, key: UUID, width: int = 0) -> HttpResponse:
    """A public picture is shown, a public paper saved; only while the entry is on offer. ``width``: of a narrower picture."""
    city = request.viewer.city  # type: ignore[attr-defined]
    one = listed_entry(city, code, timezone.now())
    rows = EntryFile.objects.of(city).filter(opportunity=one, is_public=True, pk=key) if one else None
    held = rows.select_related("city", "file__city").first() if rows is not None else None
    if held is None:
        raise Http404
    try:
        if held.file.mime in PICTURES:
            content = narrow_content(held, width) if width else content_of(held.file)
            response = HttpResponse(content, content_type=held.file.mime)
        else:
            response = given_out(SentIn(city.code, held.file.digest, held.file.mime, held.file.name))
    except (FileDamaged, Refused, KeyError) as damage:
        raise Http404 from damage
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = f"public, max-age={FILE_SECONDS}"
    return response


@public_page
def compare(request: HttpRequest) -> HttpResponse:
    """Up to four entries side by side, in the order in which the address names them."""
    city, at, link = request.viewer.city, timezone.now(), Links(request)  # type: ignore[attr-defined]
    codes = list(dict.fromkeys(code[:30] for code in request.GET.getlist("code") if code))
    rows = Opportunity.objects.listed(city, at).filter(code__in=codes[:MOST_COMPARED]).select_related("unit")
    found = {one.code: one for one in rows}
    entries = [found[code] for code in codes if code in found]
    statuses = statuses_on(city, entries, timezone.localdate(at))
    columns, lines = shown.comparison(entries, statuses, link)
    given = {
        "columns": columns,
        "rows": lines if entries else [],
        "missing": [code for code in codes[:MOST_COMPARED] if code not in found],
        "left_out": len(codes) - MOST_COMPARED if len(codes) > MOST_COMPARED else 0,
        "most": MOST_COMPARED,
    }
    return render_public(request, "portal/offers/compare.html", given)
