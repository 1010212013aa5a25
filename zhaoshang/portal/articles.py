"""Articles, policies and standing pages for the public; what it may ask of them, the state of what it asked, the log, the feed."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4
from xml.sax.saxutils import escape, quoteattr

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.capital.evidence import FileDamaged
from zhaoshang.portal.linked import linked_page
from zhaoshang.portal.pages import Links, public_page, render_public
from zhaoshang.portal.shown import in_english
from zhaoshang.publishing import asking, identity
from zhaoshang.publishing.imaging import image_content
from zhaoshang.publishing.models import Article, ArticleImage, ArticleVersion, PublicRequest
from zhaoshang.publishing.queries import Read, corrections, listed, public_log, read, reading, terms_on
from zhaoshang.publishing.rules import ASKED_LABELS, KIND_LABELS, OUTCOME_LABELS, Asked, Kind, Outcome, images_in, parts
from zhaoshang.ui.filters import date_

LISTED = 50
RECEIPT_LENGTH = 22
SECTIONS = (Kind.NEWS, Kind.NOTICE, Kind.POLICY)


def titled(version: ArticleVersion) -> str:
    """A version's title in the page's language; Chinese where there is no English."""
    return version.title_en if in_english() and version.title_en else version.title


def _line(one: Read, link: Links, today: date) -> dict[str, Any]:
    version = one.version
    assert version is not None
    until = version.valid_until
    return {
        "title": titled(version),
        "href": link("article", one.article.code),
        "kind": _(KIND_LABELS[Kind(one.article.kind)]),
        "on": timezone.localdate(one.first_at),
        "document": version.document,
        "expired": bool(until and until < today),
        "until": date_(until) if until else "",
        "is_sample": one.article.is_sample,
    }


def newest(request: HttpRequest, at: datetime, most: int) -> list[dict[str, Any]]:
    """The newest articles as lines of a list."""
    city = request.viewer.city  # type: ignore[attr-defined]
    rows = list(listed(city, at, *SECTIONS)[:most])
    return [_line(one, Links(request), timezone.localdate(at)) for one in reading(rows)]


@public_page
def article_list(request: HttpRequest) -> HttpResponse:
    """What has been published, newest first; ``?kind=policy`` for one kind."""
    city, at = request.viewer.city, timezone.now()  # type: ignore[attr-defined]
    kind = request.GET.get("kind", "")
    kinds = (Kind(kind),) if kind in SECTIONS else SECTIONS
    rows = list(listed(city, at, *kinds)[:LISTED])
    link = Links(request)
    shown = {
        "lines": [_line(one, link, timezone.localdate(at)) for one in reading(rows)],
        "tabs": [{"label": _("全部"), "href": link("articles"), "current": len(kinds) > 1}]
        + [
            {"label": _(KIND_LABELS[one]), "href": _with(link("articles"), f"kind={one}"), "current": kind == one}
            for one in SECTIONS
        ],
    }
    return render_public(request, "portal/articles.html", shown)


def _with(href: str, query: str) -> str:
    return f"{href}{'&' if '?' in href else '?'}{query}"


@public_page
def article(request: HttpRequest, code: str) -> HttpResponse:
    """One article as it is read now, with what was corrected; a withdrawn one leaves its reason."""
    city, at = request.viewer.city, timezone.now()  # type: ignore[attr-defined]
    try:
        one = read(city, code, at)
    except Article.DoesNotExist:
        raise Http404 from None
    version, english = one.version, in_english()
    body = (version.body_en if english and version.body_en else version.body) if version else ""
    shown = {
        "one": one,
        "version": version,
        "title": titled(version) if version else _("这篇文章已撤回"),
        "kind": _(KIND_LABELS[Kind(one.article.kind)]),
        "parts": parts(body),
        "images": _images(version, body, Links(request)) if version else {},
        "untranslated": bool(version and english and not version.body_en),
        "expired": bool(version and version.valid_until and version.valid_until < timezone.localdate(at)),
        "corrections": corrections(one.article, at) if version else [],
        "ask_url": _with(Links(request)("ask"), f"about={code}"),
    }
    response = render_public(request, "portal/article.html", shown)
    response.status_code = 200 if version else 410
    return response


def _images(version: ArticleVersion, body: str, link: Links) -> dict[str, dict[str, Any]]:
    """The pictures that a body shows, by number; no query when it shows none."""
    wanted = images_in(body)
    if not wanted:
        return {}
    rows = ArticleImage.objects.of(version.city_id).filter(article=version.article_id, number__in=wanted)
    code = version.article.code
    return {
        str(one.number): {
            "alt": one.alt_en if in_english() else one.alt,
            "sizes": [{**size, "href": link("article_image", code, one.number, size["width"])} for size in one.sizes],
        }
        for one in rows
    }


@public_page
def image(request: HttpRequest, code: str, number: int, width: int) -> HttpResponse:
    """A picture, while a version that the public reads shows it: not before its instant, not after it was withdrawn."""
    city, at = request.viewer.city, timezone.now()  # type: ignore[attr-defined]
    try:
        version = read(city, code, at).version
        if version is None or number not in images_in(version.body, version.body_en):
            raise Http404
        rows = ArticleImage.objects.of(city).select_related("city")
        content = image_content(rows.get(article=version.article_id, number=number), width)
    except (Article.DoesNotExist, ArticleImage.DoesNotExist, KeyError, FileDamaged):
        raise Http404 from None
    response = HttpResponse(content, content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    return response


class AskForm(forms.Form):
    """What a member of the public asks."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    asked = forms.ChoiceField(label=gettext_lazy("申请事项"))
    about = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    text = forms.CharField(
        label=gettext_lazy("申请内容"),
        max_length=asking.LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("写明哪里有误、应当怎样，或涉及您的哪些信息。"),
    )
    name = forms.CharField(label=gettext_lazy("称呼"), max_length=60, required=False)
    contact = forms.CharField(
        label=gettext_lazy("联系方式"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("不填也可以：凭回执号就能看到答复。"),
    )
    agreed = forms.BooleanField(label=gettext_lazy("我同意按上面的告知使用这些信息"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.fields["asked"]
        assert isinstance(asked, forms.ChoiceField)
        asked.choices = [(str(one), _(text)) for one, text in ASKED_LABELS.items()]


@linked_page
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a correction, about personal information, for a takedown; the receipt is told to who sends the form, and to nobody else."""
    city, at = request.viewer.city, timezone.now()  # type: ignore[attr-defined]
    if city._state.adding:
        raise Http404
    form = AskForm(request.POST or None, initial={"about": request.GET.get("about", "")[:60], "key": uuid4()})
    code = form.data.get("about", "") if form.is_bound else form.initial["about"]
    about = _known(city, code, at)
    shown: dict[str, Any] = {"form": form, "about": about, "terms": terms_on(city, timezone.localdate(at))}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            taken, receipt = asking.take_request(
                city=city, asked=Asked(given["asked"]), text=given["text"], name=given["name"], contact=given["contact"], key=given["key"],
                article=about.article if about else None, published=timezone.localdate(about.first_at) if about else None,
                at=at, today=timezone.localdate(at),
            )  # fmt: skip
        except asking.TooLate as refusal:
            last = date_(refusal.args[0])
            form.add_error(
                "asked",
                _("这类申请须在发布后规定的天数内提出，已于 %(day)s 截止。涉及个人信息的随时可提。") % {"day": last},
            )
        else:
            shown |= {"taken": taken, "receipt": receipt, "status_url": Links(request)("asked", receipt)}
    response = render_public(request, "portal/ask.html", shown)
    response.status_code = 422 if form.errors else 200
    return response


def _known(city: Any, code: str, at: datetime) -> Read | None:
    try:
        return read(city, code, at) if code else None
    except Article.DoesNotExist:
        return None


@linked_page
def asked(request: HttpRequest, receipt: str) -> HttpResponse:
    """The state of a request, for whoever holds its receipt; for one about personal information also the proof of who asks."""
    city = request.viewer.city  # type: ignore[attr-defined]
    if len(receipt) != RECEIPT_LENGTH or city._state.adding:
        raise Http404
    rows = PublicRequest.objects.of(city).select_related("city")
    one = rows.filter(receipt_digest=asking.receipt_digest(receipt)).first()
    if one is None:
        raise Http404
    shown: dict[str, Any] = {
        "one": one,
        "asked": _(ASKED_LABELS[Asked(one.asked)]),
        "outcome": _(OUTCOME_LABELS[Outcome(one.outcome)]) if one.outcome else "",
        "late": not one.outcome and one.due_on < timezone.localdate(),
    }
    if one.asked == Asked.PRIVACY and not one.outcome:
        shown |= _identity(request, one) | {"action": Links(request)("asked", receipt)}
    response = render_public(request, "portal/asked.html", shown)
    response.status_code = 422 if shown.get("wrong") else 200
    return response


def _identity(request: HttpRequest, one: PublicRequest) -> dict[str, Any]:
    """Have a code sent, or take it; what the page says of it. Whether the address is known to us is not said."""
    said, at = request.POST.get("code", ""), timezone.now()
    wrong = bool(said) and not identity.prove(request=one, code=said[:40], at=at)
    if request.method == "POST" and not said:
        identity.ask_for_code(request=one, at=at)
    return {
        "proven": identity.passed(one) is not None,
        "by_mail": bool(settings.EMAIL_BACKEND) and "@" in one.contact,
        "code_asked": request.method == "POST" and not said,
        "wrong": wrong,
    }


@public_page
def log(request: HttpRequest) -> HttpResponse:
    """What was asked and what came of it: number, kind, what about, the public words; never who asked or what was written."""
    city, at, link = request.viewer.city, timezone.now(), Links(request)  # type: ignore[attr-defined]
    rows = [
        {
            "number": one.number,
            "asked": _(ASKED_LABELS[Asked(one.asked)]),
            "outcome": _(OUTCOME_LABELS[Outcome(one.outcome)]),
            "words": one.public_reply,
            "on": timezone.localdate(one.answered_at),
            "about": link("article", one.article.code) if one.article and _known(city, one.article.code, at) else "",
        }
        for one in public_log(city)[:LISTED]
    ]
    return render_public(request, "portal/log.html", {"rows": rows})


@public_page
def feed(request: HttpRequest) -> HttpResponse:
    """The newest articles as Atom (RFC 4287)."""
    city, at, link = request.viewer.city, timezone.now(), Links(request)  # type: ignore[attr-defined]
    found = reading(list(listed(city, at, *SECTIONS)[:LISTED]))
    root = request.build_absolute_uri(link("home"))
    updated = max((_changed(one) for one in found), default=None)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{escape(_('%(city)s国内招商') % {'city': city.name})}</title><id>{escape(root)}</id>",
        f'<link href={quoteattr(root)}/><link rel="self" href={quoteattr(request.build_absolute_uri())}/>',
        f"<updated>{(updated or datetime(2023, 1, 1, tzinfo=timezone.get_current_timezone())).isoformat()}</updated>",
        *(_entry(request, one, link) for one in found),
        "</feed>",
    ]
    return HttpResponse("\n".join(lines), content_type="application/atom+xml; charset=utf-8")


def _changed(one: Read) -> datetime:
    found: datetime | None = one.version.visible_from if one.version else None
    return found or one.first_at


def _entry(request: HttpRequest, one: Read, link: Links) -> str:
    assert one.version is not None
    href = request.build_absolute_uri(link("article", one.article.code))
    return (
        f"<entry><title>{escape(titled(one.version))}</title><id>urn:uuid:{one.article.pk}</id><link href={quoteattr(href)}/>"
        f"<published>{one.first_at.isoformat()}</published><updated>{_changed(one).isoformat()}</updated>"
        f"<author><name>{escape(one.version.source_name or one.article.city.name)}</name></author></entry>"
    )
