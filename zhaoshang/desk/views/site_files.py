"""What the site shows beside words: pictures of articles, activities that are announced."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.capital.evidence import FileDamaged
from zhaoshang.common.problems import Refused
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.publishing import ApproveForm
from zhaoshang.desk.refusals import say
from zhaoshang.desk.views.activities import found_activity
from zhaoshang.people.rules import Can
from zhaoshang.publishing import actions
from zhaoshang.publishing.announcing import announce_activity, announcement_of, take_back
from zhaoshang.publishing.imaging import AltMissing, add_image, image_content
from zhaoshang.publishing.models import ArticleImage, ArticleVersion
from zhaoshang.ui.filters import english, moment

_REFUSED = (actions.NotOpen, actions.SamePerson, actions.TooEarly, actions.ReasonMissing)


def images_of(version: ArticleVersion) -> dict[str, dict[str, Any]]:
    """The pictures of a version's article, by number, with their addresses on the desk. One query."""
    return {
        str(one.number): {
            "number": one.number,
            "alt": one.alt_en if english() else one.alt,
            "sizes": [
                {**size, "href": reverse("desk:article_image", args=[version.pk, one.number, size["width"]])}
                for size in one.sizes
            ],
        }
        for one in ArticleImage.objects.of(version.city_id).filter(article=version.article_id).order_by("number")
    }


def _version(request: Any, key: UUID) -> ArticleVersion:
    rows = ArticleVersion.objects.of(request.viewer.city).select_related("article", "city")
    return get_object_or_404(rows, pk=key)  # type: ignore[no-any-return]


@desk_page(Can.WRITE_SITE, methods=("POST",))
def article_picture(request: Any, key: UUID) -> HttpResponse:
    """Add a picture; the page then tells the mark that shows it in the body."""
    version, file = _version(request, key), request.FILES.get("file")
    if file is None:
        messages.warning(request, _("没有选择文件。"))
        return redirect("desk:article", version.pk)
    try:
        held = add_image(
            article=version.article, content=file.read(), name=file.name or "", alt=request.POST.get("alt", "")[:200],
            alt_en=request.POST.get("alt_en", "")[:300], by=request.viewer.user, at=timezone.now(),
        )  # fmt: skip
    except (Refused, AltMissing, actions.AlreadyWithdrawn) as refusal:
        messages.error(request, say(refusal, request.viewer))
    else:
        messages.success(request, _("已上传。在正文里单写一行“[图%(n)s]”，图就出现在那里。") % {"n": held.number})
    return redirect("desk:article", version.pk)


@desk_page(Can.WRITE_SITE, Can.PUBLISH_SITE)
def article_image(request: Any, key: UUID, number: int, width: int) -> HttpResponse:
    """A picture for the preview."""
    version = _version(request, key)
    rows = ArticleImage.objects.of(version.city_id).select_related("city")
    held = get_object_or_404(rows, article=version.article_id, number=number)
    try:
        response = HttpResponse(image_content(held, width), content_type="image/jpeg")
    except (KeyError, FileDamaged) as absent:
        raise Http404 from absent
    response["X-Content-Type-Options"] = "nosniff"
    return response


@desk_page(Can.PUBLISH_SITE, methods=("POST",))
def activity_announce(request: Any, code: str) -> HttpResponse:
    """Let the public know of an activity from an instant on, or take it off the site again."""
    activity, given = found_activity(request.viewer, code), {"by": request.viewer.user, "at": timezone.now()}
    standing, form = announcement_of(activity), ApproveForm(request.POST)
    try:
        if standing:
            take_back(announcement=standing, reason=request.POST.get("reason", "")[:400], **given)
            messages.success(request, _("已从网站撤下。"))
        elif form.is_valid():
            made = announce_activity(activity=activity, visible_from=form.instant(), **given)
            messages.success(request, _("已公布，%(at)s 起在网站日历可见。") % {"at": moment(made.visible_from)})
        else:
            messages.error(request, _("发布时刻写成“2023-04-12T09:00”这样的日期和时间。"))
    except _REFUSED as refusal:
        messages.error(request, say(refusal, request.viewer))
    return redirect("desk:activity", activity.code)
