"""A form that is sent twice is done once: by a double click, F5, Back, or the second try of a proxy that heard no answer.

Each page marks its forms. The same words under the same mark, sent again by the same person, lead where the first led, and nothing is
done. What was refused, or kept nothing, is not remembered, so that it can be tried again. The mark guards no right and is no secret.
"""

import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhaoshang.desk.views.errors import error_page
from zhaoshang.machines.answers import (
    AnswerLost,
    answer_of,
    claim_answer,
    keep_answer,
    of_file,
    release_answer,
    take_over,
)
from zhaoshang.machines.models import KeptAnswer
from zhaoshang.people.diary import acts_counted

FIELD, LONGEST = "once", 40
CUT_OFF = timedelta(seconds=30)  # then whoever began it must be gone: it may be begun again
LOOKS, LOOK_S = 8, 0.25  # at one that is being done


def marked(request: HttpRequest) -> dict[str, Any]:
    """Context: the hidden fields that every form begins with, in place of Django's own."""
    return {"csrf_input": lazy(_fields, SafeString, str)(request)}


def _fields(request: HttpRequest) -> SafeString:
    hidden = '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="{}" value="{}">'
    return format_html(hidden, get_token(request), FIELD, secrets.token_urlsafe(16))


def done_once(request: Any, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """``act``, or where it led when the same form was sent before."""
    mark = request.POST.get(FIELD, "") if request.method == "POST" else ""
    if not mark or len(mark) > LONGEST or request.htmx or request.viewer.city._state.adding:
        return act()
    held, is_ours = _claimed(request, mark)
    if not is_ours:
        return _again(request, held)
    with acts_counted() as acts:
        try:
            response = act()
        except BaseException:
            _settle(held, "")
            raise
    _settle(held, response.get("Location", "") if 300 <= response.status_code < 400 and acts else "")
    return response


def _claimed(request: Any, mark: str) -> tuple[KeptAnswer, bool]:
    said = sha256(f"{mark}\n{request.get_full_path()}\n".encode())
    for name, values in sorted(request.POST.lists()):
        said.update(repr((name, values)).encode() if name != "csrfmiddlewaretoken" else b"")
    for name, files in sorted(request.FILES.lists()):
        said.update(repr((name, [of_file(one) for one in files])).encode())
    viewer, at, key = request.viewer, timezone.now(), said.hexdigest()
    given = {"city": viewer.city, "asker": viewer.user.pk, "key": f"desk:{key}", "digest": key, "at": at}
    with transaction.atomic():
        held, is_ours = claim_answer(**given)
    if not is_ours and held.status is None and at - held.made_at > CUT_OFF:
        is_ours = take_over(held, at=at)
    return held, is_ours


def _again(request: Any, held: KeptAnswer) -> HttpResponseBase:
    for _look in range(LOOKS):
        now = KeptAnswer.objects.of(held.city_id).filter(pk=held.pk).first()
        if now is None:
            break
        if now.status is not None:
            with suppress(AnswerLost):  # sealed under another key of the installation
                response = redirect(answer_of(now))
                messages.info(request, _("这张表单已经办理过，没有重复办理。"))
                return response
            break
        time.sleep(LOOK_S)
    return error_page(
        request, 409, detail=_("同一张表单正在办理，或刚才没有办完。请打开列表看看结果，再决定是否重新填写。")
    )


def _settle(held: KeptAnswer, led_to: str) -> None:
    """What was done stays done when this cannot be written: then the same form is answered as one that is being done."""
    try:
        if led_to:
            keep_answer(held, 302, led_to)
        else:
            release_answer(held)
    except DatabaseError:
        return
