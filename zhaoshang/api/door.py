"""Before and after every operation: how often a key may call, which headers an answer carries, and what the description says of both."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import DatabaseError
from django.http import HttpResponse
from ninja import NinjaAPI, Router, Status

from zhaoshang.api import once, seen
from zhaoshang.api.gate import READS, Gate, token_of
from zhaoshang.api.schemas import REFUSALS
from zhaoshang.machines.scanning import check_files
from zhaoshang.people.brakes import left, take
from zhaoshang.people.models import Token
from zhaoshang.people.safety import policy_on
from zhaoshang.tenancy.trouble import Trouble, trouble_of

BRAKE = "api"


class Braked(Exception):
    """The key has called too often."""


def install(api: NinjaAPI) -> None:
    """Put the door before every operation of ``api``, outside everything that was installed earlier."""
    api.add_decorator(_told_its_revision, mode="operation")
    api.add_decorator(_looked_through, mode="operation")
    api.add_decorator(_counted(api), mode="view")


def _counted(api: NinjaAPI) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A key's calls are counted in a transaction of their own, before the act: many at once do not wait for each other's acts."""

    def door(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(run)
        def answer(request: Any, **values: Any) -> HttpResponse:
            token = token_of(request)
            wait = _braked(request, token) if token else 0
            response = api.on_exception(request, Braked()) if wait else run(request, **values)
            if token:
                _tell_rate(response, token, wait)
            if hasattr(request, "told_revision"):
                response["ETag"] = seen.etag(request.told_revision)
            return response

        return answer

    return door


def _braked(request: Any, token: Token) -> int:
    """Seconds to wait. While nothing can be kept reading goes on, and is not counted."""
    try:
        return take(city=token.city, door=BRAKE, who=str(token.pk))
    except DatabaseError as error:
        if request.method in READS and trouble_of(error) in (Trouble.FULL, Trouble.READ_ONLY):
            return 0
        raise


def _tell_rate(response: HttpResponse, token: Token, wait: int) -> None:
    remaining, reset = left(city=token.city, door=BRAKE, who=str(token.pk))
    response["RateLimit-Limit"] = str(policy_on().brakes[BRAKE].at_once)
    response["RateLimit-Remaining"], response["RateLimit-Reset"] = str(remaining), str(reset)
    if wait:
        response["Retry-After"] = str(wait)


def _told_its_revision(view: Callable[..., Any]) -> Callable[..., Any]:
    """Whatever says its revision says it as ETag too."""

    @wraps(view)
    def act(request: Any, *args: Any, **values: Any) -> Any:
        result = view(request, *args, **values)
        told = result.value if isinstance(result, Status) else result
        if isinstance(told, dict) and isinstance(told.get("revision"), int):
            request.told_revision = told["revision"]
        return result

    return act


def _looked_through(view: Callable[..., Any]) -> Callable[..., Any]:
    """Past the gate, before the act: no file is taken that the scanner did not pass."""

    @wraps(view)
    def act(request: Any, *args: Any, **values: Any) -> Any:
        check_files(request)
        return view(request, *args, **values)

    return act


_KEY = {
    "in": "header",
    "name": once.HEADER,
    "required": False,
    "schema": {"type": "string", "pattern": "^[!-~]{1,80}$"},
    "description": "The request is done once under this key; sent again, it is answered the same.",
}
_SEEN = {
    "in": "header",
    "name": seen.HEADER,
    "required": False,
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
    "description": "The ETag with which the object was read; 412 with the present state when it has changed.",
}


def describe(router: Router) -> None:
    """Let gates know their area, and the description what every operation may answer and the headers that writing takes."""
    for view in router.path_operations.values():
        for operation in view.operations:
            operation.response_models = REFUSALS | operation.response_models
            for gate in operation.auth_callbacks:
                if isinstance(gate, Gate):
                    gate.area = (operation.tags or router.tags or [""])[0]
            if not READS.issuperset(operation.methods):
                headers = [] if once.is_each_time(operation.view_func) else [_KEY]
                headers += [_SEEN] if _asks_revision(operation) else []
                extra = operation.openapi_extra or {}
                operation.openapi_extra = extra | {"parameters": [*extra.get("parameters", []), *headers]}


def _asks_revision(operation: Any) -> bool:
    bodies = [field.annotation for model in operation.models for field in model.model_fields.values()]
    return any("revision" in getattr(body, "model_fields", {}) for body in bodies)
