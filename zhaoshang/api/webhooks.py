"""Webhooks: which programs are told of what, paused, tried, stopped; what arrived, what is sent again."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from ninja import Router, Status
from pydantic import Field, StringConstraints

from zhaoshang.api.duties import page_of
from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Name, Page, Strict
from zhaoshang.machines import subscribing
from zhaoshang.machines.models import Delivery, Subscription
from zhaoshang.people.rules import Can

router = Router(tags=["webhooks"])
Webhook = dict[str, Any]


def _shown(one: Subscription) -> Webhook:
    state = "stopped" if one.stopped_at else "paused" if one.paused_at else "active"
    return {
        "id": str(one.pk),
        "name": one.name,
        "url": one.url,
        "events": one.verbs,
        "state": state,
        "made_at": one.made_at,
    }


def _sent(one: Delivery) -> dict[str, Any]:
    """``status``: the other side's last answer; ``why``: the kind of fault that kept it from arriving."""
    return {
        "id": str(one.pk),
        "webhook": str(one.subscription_id),
        "event": {"id": str(one.event_id), "event": one.event.verb, "at": one.event.at},
        "state": one.state,
        "tries": one.tries,
        "next_at": one.next_at if one.state == "waiting" else None,
        "ended_at": one.ended_at,
        "status": one.status,
        "why": one.why,
    }


def _one(request: ApiRequest, key: UUID) -> Subscription:
    return Subscription.objects.of(request.viewer.city).select_related("city").get(pk=key)  # type: ignore[no-any-return]


@router.get("/webhooks", auth=needs(Can.GRANT), response={200: Page}, summary="Webhooks, newest first")
def webhooks(request: ApiRequest, after: UUID | None = None) -> Any:
    """Stopped ones too; secrets are told once, when they are made."""
    return page_of(Subscription.objects.of(request.viewer.city), after, _shown)


class NewWebhook(Strict):
    """Where to, and of which events of ``zhaoshang/machines/rules.py``."""

    name: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=60)]
    url: Annotated[str, StringConstraints(strict=True, max_length=300)]
    events: list[Name] = Field(min_length=1, max_length=60)


@sensitive_variables()
@router.post("/webhooks", auth=needs(Can.GRANT), response={201: Webhook}, summary="Make a webhook")
def new_webhook(request: ApiRequest, body: NewWebhook) -> Any:
    """Its ``secret`` is in this answer and nowhere else."""
    made = subscribing.subscribe(
        city=request.viewer.city, name=body.name, url=body.url, verbs=body.events, by=caller(request), at=timezone.now()
    )
    return Status(201, {**_shown(made), "secret": subscribing.secret_of(made)})


class Pausing(Strict):
    """Whether it is paused from now on."""

    paused: bool


@router.post(
    "/webhooks/{key}/pause",
    auth=needs(Can.GRANT),
    response={200: Webhook},
    summary="Pause a webhook, or go on with it",
)
def pause(request: ApiRequest, key: UUID, body: Pausing) -> Any:
    """What happens meanwhile waits and is sent afterwards."""
    held, now = _one(request, key), timezone.now()
    subscribing.pause_subscription(subscription=held, paused=body.paused, by=caller(request), at=now)
    return _shown(_one(request, key))


@router.post(
    "/webhooks/{key}/try",
    auth=needs(Can.GRANT),
    response={202: dict[str, Any]},
    summary="Send a webhook an event that says only that it was tried",
)
def try_it(request: ApiRequest, key: UUID) -> Any:
    """It goes out within a minute; how it went stands among the deliveries."""
    made = subscribing.try_subscription(subscription=_one(request, key), by=caller(request), at=timezone.now())
    return Status(202, _sent(made))


@router.delete("/webhooks/{key}", auth=needs(Can.GRANT), response={204: None}, summary="Stop a webhook")
def stop(request: ApiRequest, key: UUID) -> Any:
    """For good; its deliveries stay on record."""
    subscribing.stop_subscription(subscription=_one(request, key), by=caller(request), at=timezone.now())
    return Status(204, None)


@router.get(
    "/webhook-deliveries",
    auth=needs(Can.GRANT),
    response={200: Page},
    summary="What was told to whom, and whether it arrived; newest first",
)
def deliveries(
    request: ApiRequest,
    webhook: UUID | None = None,
    state: Literal["", "waiting", "sent", "failed"] = "",
    after: UUID | None = None,
) -> Any:
    """Of one webhook or of all, in one state or in any."""
    rows = Delivery.objects.of(request.viewer.city).select_related("event")
    rows = rows.filter(subscription_id=webhook) if webhook else rows
    return page_of(rows.filter(state=state) if state else rows, after, _sent)


@router.post(
    "/webhook-deliveries/{key}/again",
    auth=needs(Can.GRANT),
    response={202: dict[str, Any]},
    summary="Send a delivery once more",
)
def again(request: ApiRequest, key: UUID) -> Any:
    """Under the same event id. Refused while it still waits."""
    rows = Delivery.objects.of(request.viewer.city).select_related("event", "city", "subscription")
    subscribing.send_again(delivery=rows.get(pk=key), by=caller(request), at=timezone.now())
    return Status(202, _sent(rows.get(pk=key)))
