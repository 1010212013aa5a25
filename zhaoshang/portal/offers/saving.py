"""Saving a search: the address is confirmed from its own mail; the same link shows the search, and stops it and erases the address."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.portal import challenge
from zhaoshang.portal.linked import linked_page, must_wait_or_work, too_often
from zhaoshang.portal.pages import render_public
from zhaoshang.publishing.queries import terms_on
from zhaoshang.searches import actions
from zhaoshang.searches.models import SavedSearch
from zhaoshang.searches.queries import in_words, search_by_link
from zhaoshang.searches.rules import LONGEST, SOUGHT, Standing


class SaveForm(forms.Form):
    """Where to write to; the conditions go along."""

    mail = forms.EmailField(label=gettext_lazy("电子邮箱"), max_length=254)
    agreed = forms.BooleanField(label=gettext_lazy("我同意按上面的告知使用这个邮箱"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in SOUGHT:
            self.fields[name] = forms.CharField(required=False, max_length=LONGEST, widget=forms.HiddenInput)


@linked_page
def save(request: HttpRequest) -> HttpResponse:
    """Take a search. The page is the same whether or not the address is known here; only its mail tells."""
    city = request.viewer.city  # type: ignore[attr-defined]
    if city._state.adding or not settings.EMAIL_BACKEND or request.method != "POST":
        raise Http404
    if seconds := must_wait_or_work(request, "save"):
        return too_often(request, seconds, challenge.asked(request))
    form = SaveForm(request.POST)
    done = form.is_valid() and _saved(city, form)
    now = timezone.now()
    shown = {
        "form": form,
        "done": done,
        "words": in_words(city, {name: form.data.get(name, "")[:LONGEST] for name in SOUGHT if form.data.get(name)}),
        "terms": terms_on(city, timezone.localdate(now)),
    }
    response = render_public(request, "portal/offers/save.html", shown)
    response.status_code = 422 if form.errors else 200
    return response


def _saved(city: Any, form: SaveForm) -> bool:
    """Whether it was taken; what is in the way stands in the form."""
    given = dict(form.cleaned_data)
    try:
        actions.save_search(
            city=city, given=given, mail=given["mail"], language=translation.get_language() or settings.LANGUAGE_CODE,
            at=timezone.now(),
        )  # fmt: skip
    except actions.NothingSought:
        form.add_error(None, _("没有可用的条件。先写明您要找什么，再保存。"))
    except actions.TooMany:
        form.add_error(None, _("今天收到的订阅太多，请明天再试。"))
    return not form.errors


@linked_page
def saved(request: HttpRequest, told: str) -> HttpResponse:
    """A saved search, for whoever holds its link. Only what is posted changes it, so that a program that follows links does not."""
    city = request.viewer.city  # type: ignore[attr-defined]
    try:
        search = search_by_link(city, told)
    except SavedSearch.DoesNotExist:
        raise Http404 from None
    if request.method == "POST" and search.standing != Standing.ERASED:
        act = actions.confirm_search if request.POST.get("do") == "confirm" else actions.stop_search
        search = act(search=search, at=timezone.now())
    shown = {
        "search": search,
        "standing": str(search.standing),
        "words": in_words(city, search.said),
        "asked_on": timezone.localdate(search.asked_at),
    }
    return render_public(request, "portal/offers/saved.html", shown)
