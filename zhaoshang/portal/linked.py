"""Pages that a link opens, and nothing else does: registering for an activity, and a firm's own demand.

The link's 192 bits are the only key; no cookie is read or set, so there is no session that a foreign page could ride on, and no CSRF
token to ask for. Nothing here may be kept by a cache, indexed, or told to another site as a referrer.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from zhaoshang.common.ids import uuid7
from zhaoshang.outreach.actions.activities import open_activity, register_guest
from zhaoshang.outreach.actions.refusals import Full, LinkClosed, WrongState
from zhaoshang.outreach.actions.visits import demand_by_link, rate_answer
from zhaoshang.outreach.models import AgendaItem, Demand
from zhaoshang.outreach.rules import DEMAND_STATES, SATISFACTION_LABELS, Satisfaction, demand_state
from zhaoshang.portal import challenge
from zhaoshang.portal.pages import language_asked, render_public
from zhaoshang.portal.throttle import guessed_too_often, must_wait
from zhaoshang.ui.reference import reference

View = Callable[..., HttpResponse]


def linked_page(view: View) -> View:
    """A page behind a link, or a form for anybody: counted, never kept, never indexed."""
    return _behind_a_link(view, ("GET", "POST"))


def receipt_page(view: View) -> View:
    """What a receipt opens, to be read only."""
    return _behind_a_link(view, ("GET",))


def _behind_a_link(view: View, methods: tuple[str, ...]) -> View:
    @csrf_exempt
    @require_http_methods([*methods, "HEAD"])
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(language_asked(request) or translation.get_language()):
            guessed = guessed_too_often(request)
            seconds = guessed or (must_wait_or_work(request, "write") if request.method == "POST" else 0)
            asked = None if guessed or not seconds else challenge.asked(request)
            response = too_often(request, seconds, asked) if seconds else _looked_up(view, request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    shown.allowed_methods = methods  # type: ignore[attr-defined]
    return shown


def must_wait_or_work(request: HttpRequest, door: str) -> int:
    """The seconds to wait for a form, 0 also for who solved the challenge, which serves at every door that this form goes through."""
    seconds = must_wait(request, door)
    if seconds and not hasattr(request, "has_worked"):
        request.has_worked = challenge.solved(request)  # type: ignore[attr-defined]
    return 0 if seconds and request.has_worked else seconds  # type: ignore[attr-defined]


def _looked_up(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """What the link opens. A link that opens nothing is a guess, and counted as one."""
    try:
        return view(request, *args, **kwargs)
    except Http404:
        must_wait(request, "receipt")
        raise


def too_often(request: HttpRequest, seconds: int, asked: dict[str, Any] | None = None) -> HttpResponse:
    """429 with when to come again, for people and for programs; with a challenge that lets a form through at once."""
    shown = {"minutes": -(-seconds // 60), "reference": reference(request, 429), "challenge": asked}
    response = render_public(request, "portal/too_often.html", shown)
    response.status_code = 429
    response["Retry-After"] = str(seconds)
    return response


class RegisterForm(forms.Form):
    """Who comes."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    organisation = forms.CharField(label=gettext_lazy("单位"), max_length=120)
    name = forms.CharField(label=gettext_lazy("姓名"), max_length=40)
    post = forms.CharField(label=gettext_lazy("职务"), max_length=80, required=False)
    phone = forms.CharField(
        label=gettext_lazy("电话"), max_length=30, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    agreed = forms.BooleanField(label=gettext_lazy("我同意按上面的告知使用这些信息"))


@linked_page
def register(request: HttpRequest, told: str) -> HttpResponse:
    """Register for the activity that the link opens."""
    city = request.viewer.city  # type: ignore[attr-defined]
    activity = None if city._state.adding else open_activity(city, told)
    if activity is None:
        raise Http404
    form = RegisterForm(request.POST or None, initial={"key": uuid7()})
    done, full = False, False
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "agreed"}
        try:
            register_guest(activity=activity, by=None, at=timezone.now(), **given)
            done = True
        except LinkClosed:
            raise Http404 from None
        except Full:
            full = True
    agenda = list(AgendaItem.objects.of(city).filter(activity=activity))
    shown = {
        "activity": activity,
        "agenda": [
            {"at": f"{timezone.localtime(one.begins_at):%H:%M}", "what": one.title, "who": one.speaker}
            for one in agenda
        ],
        "form": form,
        "done": done,
        "full": full,
    }
    response = render_public(request, "portal/register.html", shown)
    response.status_code = 422 if form.errors else 409 if full else 200
    return response


@linked_page
def demand(request: HttpRequest, told: str) -> HttpResponse:
    """A firm's own demand: what it asked, who answers by when, the answer; once answered, the firm may say what it thinks of it."""
    city = request.viewer.city  # type: ignore[attr-defined]
    try:
        held = demand_by_link(city, told, timezone.localdate())
    except LinkClosed:
        raise Http404 from None
    said, wrong = request.POST.get("satisfaction", ""), ""
    if request.method == "POST" and said in list(Satisfaction):
        try:
            held = rate_answer(demand=held, satisfaction=Satisfaction(said), by=None, at=timezone.now())
        except WrongState:
            wrong = _("还没有答复，或已经评价过。")
    response = render_public(request, "portal/demand.html", _demand(held) | {"wrong": wrong})
    response.status_code = 409 if wrong else 200
    return response


def _demand(held: Demand) -> dict[str, Any]:
    label, pill = DEMAND_STATES[
        demand_state(held.answered_on, bool(held.satisfaction), held.due_on, timezone.localdate())
    ]
    return {
        "demand": held,
        "state": {"text": _(label), "pill": pill},
        "ratings": [(str(one), _(text)) for one, text in SATISFACTION_LABELS.items()],
        "rated": _(SATISFACTION_LABELS[Satisfaction(held.satisfaction)]) if held.satisfaction else "",
        "may_rate": held.answered_on is not None and not held.rated_by_firm,
    }
