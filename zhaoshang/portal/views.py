"""The public pages: home, a bulletin, its files, a published figure. Only what is published, only fields marked public."""

from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.bulletins.models import Bulletin
from zhaoshang.bulletins.paper import paper_of
from zhaoshang.bulletins.queries import public_bulletin, publications_of, published_figure, published_in
from zhaoshang.common.files import download_header
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.opportunities.rules import KIND_LABELS
from zhaoshang.portal import shown
from zhaoshang.portal.articles import newest
from zhaoshang.portal.offers.editions import newest_edition
from zhaoshang.portal.offers.search import Asked
from zhaoshang.portal.offers.shown import small_picture
from zhaoshang.portal.offers.views import MOST_ON_MAP, kind_counts
from zhaoshang.portal.pages import FILE_SECONDS, Links, language_asked, public_page, render_public
from zhaoshang.publishing.told import told_in
from zhaoshang.publishing.withholding import withheld, withheld_of
from zhaoshang.ui.documents.docx import write_docx
from zhaoshang.ui.documents.kept import document_from
from zhaoshang.ui.documents.pdf import write_pdf

LISTED, NEWEST = 50, 5
TYPES = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf"}


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """What the city offers, the newest edition and articles, the latest published figures and all bulletins."""
    city, at, link = request.viewer.city, timezone.now(), Links(request)  # type: ignore[attr-defined]
    rows = list(published_in(city)[:LISTED])
    latest = next((public_bulletin(city, row.pk) for row in rows if not row.withdrawn_at), None)
    offers = Opportunity.objects.listed(city, at)
    counts, marked = kind_counts(offers), list(offers.order_by("code")[:MOST_ON_MAP])
    few = withheld(city, told_in(city)) if latest else None
    given = {
        "latest": latest,
        **(shown.headline(latest, few, link) if latest and few else {}),
        "bulletins": rows,
        "kinds": [
            {
                "label": _(text),
                "count": counts[kind],
                "href": f"{reverse('portal:opportunities')}?{_of_kind(request, kind)}",
            }
            for kind, text in KIND_LABELS.items()
            if counts.get(kind)
        ],
        "total": sum(counts.values()),
        "picture": small_picture(city, marked) if marked and city.gb_code else None,
        "edition": newest_edition(city, at, link),
        "articles": newest(request, at, NEWEST),
        "language": link.asked,
    }
    return render_public(request, "portal/home.html", given)


def _of_kind(request: HttpRequest, kind: str) -> str:
    return Asked({"kind": str(kind)}, {}, {}, "newest", language_asked(request)).query()


def _found(request: HttpRequest, key: UUID) -> Bulletin:
    try:
        return public_bulletin(request.viewer.city, key)  # type: ignore[attr-defined]
    except Bulletin.DoesNotExist as absent:
        raise Http404 from absent


@public_page
def bulletin(request: HttpRequest, key: UUID) -> HttpResponse:
    """A bulletin as it was printed; a withdrawn one with the reason, what was corrected since beside it."""
    return render_public(request, "portal/bulletin.html", shown.bulletin_page(_found(request, key), Links(request)))


@public_page
def bulletin_file(request: HttpRequest, key: UUID, ext: str) -> HttpResponse:
    """Word or PDF/A, made from exactly what was printed; the same bytes each time, so they are made once."""
    found = _found(request, key)
    if ext not in TYPES:
        raise Http404
    name = f"bulletin:{found.pk}:{ext}:{found.digest}"
    content = cache.get(name)
    if content is None:
        document = document_from(paper_of(found))
        content = write_docx(document) if ext == "docx" else write_pdf(document)
        cache.set(name, content, FILE_SECONDS)
    response = HttpResponse(content, content_type=TYPES[ext])
    response["Content-Disposition"] = download_header(f"{found.title}.{ext}")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = f"public, max-age={FILE_SECONDS}"
    return response


@public_page
def figure(request: Any, key: UUID) -> HttpResponse:
    """A published figure: what it means, by which definition and rule, its digest, and where it was published."""
    city = request.viewer.city
    frozen = published_figure(city, key)
    if frozen is None:
        raise Http404
    told = told_in(city, frozen)
    few = withheld_of(city, told, frozen)
    held = frozen.ref in few.refs
    given = shown.figure_page(frozen, publications_of(frozen), few, Links(request))
    back = shown.back(frozen, told.printed, held)
    return render_public(request, "portal/figure.html", {**given, "held_back": held, "back": back})
