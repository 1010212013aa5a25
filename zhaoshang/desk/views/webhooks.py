"""Events sent to other programs: who is told of what, what arrived, what is to be sent again."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from zhaoshang.common.sheets.writing import Column
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.diary_words import WORDS
from zhaoshang.desk.lists import address, page_of, sheet
from zhaoshang.machines.models import Delivery, Subscription
from zhaoshang.machines.outgoing import NotAllowedThere
from zhaoshang.machines.rules import EVENTS, SENDING_LABELS, Sending
from zhaoshang.machines.subscribing import (
    NotOver,
    pause_subscription,
    secret_of,
    send_again,
    stop_subscription,
    subscribe,
    try_subscription,
)
from zhaoshang.people.rules import Can
from zhaoshang.ui.filters import moment

KINDS = {Sending.WAITING: "wait", Sending.SENT: "ok", Sending.FAILED: "stop"}


class SubscriptionForm(forms.Form):
    """Which program, where, of what it is told."""

    name = forms.CharField(max_length=60)
    url = forms.CharField(max_length=300)
    verbs = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, text in {"name": _("用途"), "url": _("网址"), "verbs": _("推送哪些事件")}.items():
            self.fields[name].label = text
        verbs = self.fields["verbs"]
        assert isinstance(verbs, forms.MultipleChoiceField)
        verbs.choices = [(verb, str(WORDS[verb])) for verb in EVENTS]


@sensitive_variables("secret")
@desk_page(Can.GRANT, methods=("GET", "POST"))
def webhook_list(request: Any) -> HttpResponse:
    """Subscriptions and deliveries, newest first; a new one's secret is shown on the answer and nowhere else. ``xlsx=1``."""
    viewer, secret = request.viewer, ""
    form = SubscriptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = subscribe(city=viewer.city, by=viewer.user, at=timezone.now(), **form.cleaned_data)
        except NotAllowedThere:
            form.add_error("url", _refused())
        else:
            secret, form = secret_of(made), SubscriptionForm()
    rows = Delivery.objects.of(viewer.city).select_related("subscription", "event")
    if request.GET.get("xlsx"):
        return _sheet(rows.order_by("-id")[:10_000])
    page = page_of(request, rows)
    shown = {
        "subscriptions": list(Subscription.objects.of(viewer.city).order_by("stopped_at", "-id")[:100]),
        "words": {verb: str(WORDS[verb]) for verb in (*EVENTS, "machines.subscription.tried")},
        "page": page,
        "columns": [
            {"key": "event", "label": _("事件"), "head": True},
            {"key": "to", "label": _("推送给")},
            {"key": "at", "label": _("发生"), "kind": "date"},
            {"key": "state", "label": _("状态"), "kind": "pill"},
            {"key": "tries", "label": _("已送次数"), "kind": "number"},
            {"key": "answer", "label": _("对方答复")},
        ],
        "rows": [_row(one) for one in page.rows],
        "again": [one for one in page.rows if one.state == Sending.FAILED and one.subscription.stopped_at is None],
        "form": form,
        "secret": secret,
        "hosts": settings.WEBHOOK_HOSTS,
        "xlsx_url": address(request, xlsx="1"),
    }
    return render(request, "desk/people/webhooks.html", shown, status=422 if form.errors else 200)


def _refused() -> str:
    hosts = _("、").join(settings.WEBHOOK_HOSTS) or _("一个也没有")
    return _(
        "只能推送到允许的主机，且须以 https:// 开头。现在允许的主机：%(hosts)s。要增加，请运维人员在 ZHAOSHANG_WEBHOOK_HOSTS 里写上。"
    ) % {"hosts": hosts}


def _answer(one: Delivery) -> str:
    whys = {
        "stopped": _("已停止推送"),
        "address_not_public": _("网址指向内部地址"),
        "host_not_allowed": _("主机不在允许之列"),
        "gaierror": _("查不到这个主机"),
        "TimeoutError": _("对方没有应答"),
        "ConnectionRefusedError": _("对方拒绝连接"),
        "SSLCertVerificationError": _("对方的证书不对"),
    }
    if one.why in whys:
        return whys[one.why]
    return str(one.status) if one.status else _("没有接通") if one.why else ""


def _row(one: Delivery) -> dict[str, Any]:
    return {
        "event": str(WORDS.get(one.event.verb, one.event.verb)),
        "to": one.subscription.name,
        "at": moment(one.event.at),
        "state": {"text": _(SENDING_LABELS[Sending(one.state)]), "pill": KINDS[Sending(one.state)]},
        "tries": str(one.tries),
        "answer": _answer(one),
    }


def _sheet(rows: Any) -> HttpResponse:
    columns = [
        Column(text, width=24) for text in (_("事件"), _("推送给"), _("发生"), _("状态"), _("已送次数"), _("对方答复"))
    ]
    told = [
        [row["event"], row["to"], row["at"], row["state"]["text"], int(row["tries"]), row["answer"]]
        for row in map(_row, rows)
    ]
    return sheet(columns, told, _("事件推送"), [])


def _standing(request: Any, key: UUID) -> Subscription:
    rows = Subscription.objects.of(request.viewer.city).filter(stopped_at__isnull=True).select_related("city")
    return get_object_or_404(rows, pk=key)  # type: ignore[no-any-return]


@desk_page(Can.GRANT, methods=("POST",))
def webhook_stop(request: Any, key: UUID) -> HttpResponse:
    """Tell the program of nothing more."""
    stop_subscription(subscription=_standing(request, key), by=request.viewer.user, at=timezone.now())
    messages.success(request, _("已停止推送。"))
    return redirect("desk:webhooks")


@desk_page(Can.GRANT, methods=("POST",))
def webhook_pause(request: Any, key: UUID) -> HttpResponse:
    """Let what happens wait (``paused=1``), or send it all (``paused=0``)."""
    paused, held = request.POST.get("paused") == "1", _standing(request, key)
    pause_subscription(subscription=held, paused=paused, by=request.viewer.user, at=timezone.now())
    messages.success(request, _("已暂停，事件先攒着。") if paused else _("已恢复，攒下的一分钟内送出。"))
    return redirect("desk:webhooks")


@desk_page(Can.GRANT, methods=("POST",))
def webhook_try(request: Any, key: UUID) -> HttpResponse:
    """Send an event that says nothing but that it was tried."""
    try_subscription(subscription=_standing(request, key), by=request.viewer.user, at=timezone.now())
    messages.success(request, _("已排入待送，一分钟内送出；结果列在下面。"))
    return redirect("desk:webhooks")


@desk_page(Can.GRANT, methods=("POST",))
def webhook_again(request: Any, key: UUID) -> HttpResponse:
    """Send a delivery that did not arrive once more."""
    rows = Delivery.objects.of(request.viewer.city).select_related("city", "subscription")
    try:
        send_again(delivery=get_object_or_404(rows, pk=key), by=request.viewer.user, at=timezone.now())
    except NotOver:
        shown = {"back": reverse("desk:webhooks")}
        return render(request, "desk/people/webhook_waits.html", shown, status=409)
    messages.success(request, _("已排入待送，一分钟内送出。"))
    return redirect("desk:webhooks")
