"""A request under an ``Idempotency-Key`` is done once and answered the same each time."""

import re
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any, TypeVar

from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.utils import timezone
from ninja import NinjaAPI

from zhaoshang.api.gate import READS, token_of
from zhaoshang.machines.answers import answer_of, claim_answer, keep_answer, of_file, release_answer
from zhaoshang.machines.models import KeptAnswer

HEADER = "Idempotency-Key"
_Act = TypeVar("_Act", bound=Callable[..., Any])
_KEY = re.compile(r"[\x21-\x7e]{1,80}")


class BadKey(Exception):
    """An idempotency key is 1 to 80 visible ASCII characters."""


class Replay(Exception):
    """The request was done before, and answered so."""

    def __init__(self, held: KeptAnswer, answer: str) -> None:
        super().__init__(held.key)
        self.held, self.answer = held, answer


def each_time(view: _Act) -> _Act:
    """An operation that shows what the diary must say was shown: no key keeps its answer, so that it is written down each time, and not
    told any more once it was erased."""
    view.each_time = True  # type: ignore[attr-defined]
    return view


def is_each_time(view: Callable[..., Any]) -> bool:
    """Whether the operation takes no keys."""
    return getattr(view, "each_time", False)


def install(api: NinjaAPI) -> None:
    """For every writing operation of ``api``."""
    api.add_decorator(_one_transaction, mode="view")
    api.add_decorator(_claimed, mode="operation")
    api.add_exception_handler(Replay, _said_again)


def _one_transaction(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Key and effect become true together. A refusal leaves what it leaves without a key (a line in the diary) and frees the key; a
    fault, or a refusal of the database, leaves nothing."""

    @wraps(run)
    def answer(request: Any, **values: Any) -> HttpResponse:
        if request.method in READS or HEADER not in request.headers:
            return run(request, **values)
        with transaction.atomic():
            response = run(request, **values)
            _settle(request, response)
        return response

    return answer


def _settle(request: Any, response: HttpResponse) -> None:
    held: KeptAnswer | None = getattr(request, "claimed_answer", None)
    if getattr(request, "database_refused", False):
        transaction.set_rollback(True)
    elif held is not None and response.status_code < 400 and not response.streaming:
        keep_answer(held, response.status_code, response.content.decode())
    elif held is not None:
        release_answer(held)


def _claimed(view: Callable[..., Any]) -> Callable[..., Any]:
    """Past the gate, before the act: the key is taken, or its answer is there."""

    @wraps(view)
    def act(request: Any, *args: Any, **values: Any) -> Any:
        if request.method in READS or HEADER not in request.headers or is_each_time(view):
            return view(request, *args, **values)
        try:
            request.claimed_answer = _claim(request, request.headers[HEADER])
            return view(request, *args, **values)
        except DatabaseError:
            request.database_refused = True
            raise

    return act


def _claim(request: Any, key: str) -> KeptAnswer:
    if not _KEY.fullmatch(key):
        raise BadKey(key)
    viewer = request.viewer
    token = token_of(request)
    asker = token.pk if token else viewer.user.pk
    held, is_ours = claim_answer(city=viewer.city, asker=asker, key=key, digest=_digest(request), at=timezone.now())
    if not is_ours:
        raise Replay(held, answer_of(held))
    return held


def _digest(request: Any) -> str:
    """Of what is asked: a form is read part by part, since its boundary differs each time it is sent."""
    whole = sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type != "multipart/form-data":
        whole.update(request.body)
        return whole.hexdigest()
    for name, values in sorted(request.POST.lists()):
        whole.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        whole.update(repr((name, [of_file(file) for file in files])).encode())
    return whole.hexdigest()


def _said_again(request: Any, replay: Any) -> HttpResponse:
    response = HttpResponse(replay.answer, status=replay.held.status, content_type="application/json; charset=utf-8")
    response["Idempotency-Replayed"] = "true"
    return response
