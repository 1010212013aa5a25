"""What the doors answer when something went wrong: a page for people, JSON for machines, both with a number that the log has too."""

import sys

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from zhaoshang.common.problems import Refused
from zhaoshang.tenancy.trouble import Trouble, trouble_of
from zhaoshang.ui.reference import reference

_TROUBLE = {
    Trouble.FULL: N_("服务器的磁盘已满；已有的内容仍可查看。请通知系统管理员清理或扩容。"),
    Trouble.READ_ONLY: N_("服务器的存储现在只能读；已有的内容仍可查看。请通知系统管理员。"),
    Trouble.BUSY: N_("现在使用的人太多，没有轮到这次操作。请稍等片刻，返回再提交一次。"),
    Trouble.AWAY: N_("数据库暂时连不上。请稍后再试；一直不好时请通知系统管理员。"),
}
SCANNER_AWAY = N_("查毒服务没有给出结论，文件没有收下。请稍后返回重新提交；一直不好时请通知系统管理员。")
AGAIN_AFTER_S = {Trouble.BUSY: 5}
AGAIN_LATER_S = 30


def error_page(request: HttpRequest, status: int, *, detail: str = "", named: str = "") -> HttpResponse:
    """The page for ``status`` (400, 403, 404, 409, 413, 422, 429, 500 or 503), or the one ``named``; ``detail``: what was refused.

    Asks nothing of the session, the database or the shell, any of which may be what is broken.
    """
    of_desk = request.path.startswith("/desk/")
    said = {"reference": reference(request, status), "reason": detail, "of_desk": of_desk}
    try:
        return HttpResponse(render_to_string(f"ui/errors/{named or status}.html", said), status=status)
    except OSError:  # no descriptor is left to read the page with
        plain = _("操作没有完成。%(reason)s（编号 %(reference)s）") % said
        return HttpResponse(plain, status=status, content_type="text/plain; charset=utf-8")


def _answer(request: HttpRequest, status: int, detail: str = "") -> HttpResponse:
    if not request.path.startswith("/api/"):
        return error_page(request, status, detail=detail)
    codes = {
        400: "bad_request",
        403: "not_allowed",
        404: "absent",
        409: "writes_stopped",
        413: "too_big",
        500: "failed",
        503: "unavailable",
    }
    return JsonResponse({"code": codes[status], "message": detail}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 for what was not read because of its size."""
    if not isinstance(exception, RequestDataTooBig):
        return _answer(request, 400)
    return _answer(request, 413, _("请求过大。") if request.path.startswith("/api/") else "")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _answer(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without its token."""
    return _answer(request, 403, _("页面已过期或来源不明，没有保存。请返回、刷新后再提交一次。"))


def writes_stopped(request: HttpRequest) -> HttpResponse:
    """409: a restored copy that is older than what was published takes no writing."""
    if not request.path.startswith("/api/"):
        return error_page(request, 409, named="stopped")
    return _answer(request, 409, _("已停止写入：这是恢复的副本，早于已公布的账。须由安全管理员确认后才能继续。"))


def held(request: HttpRequest) -> HttpResponse:
    """409: what should go is under a hold. The API has its own words for it."""
    return error_page(request, 409, named="held")


def file_refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """422: a file that the scanner, or the test signature, knows as a virus; nothing of the request was done."""
    return error_page(request, 422, detail=_(refusal.template).format(**refusal.params))


def scanner_away(request: HttpRequest) -> HttpResponse:
    """503: no file is taken that nobody looked at."""
    answer = error_page(request, 503, detail=_(SCANNER_AWAY))
    answer["Retry-After"] = str(AGAIN_LATER_S)
    return answer


def cut_short(request: HttpRequest) -> HttpResponse:
    """400: an upload that broke off; nothing of it was done."""
    return error_page(request, 400, detail=_("文件没有传完，连接就断了；这次没有保存。请返回重新提交。"))


def over_quota(request: HttpRequest, seconds: int) -> HttpResponse:
    """429: as many files as the safety policy lets a unit send."""
    answer = error_page(
        request, 429, detail=_("本单位今天传的文件太多或太大，这次没有收下。请过一会儿再传，或与安全管理员商量。")
    )
    answer["Retry-After"] = str(seconds)
    return answer


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: hidden and absent look the same."""
    return _answer(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 when the store has no room, no line or no time, with what to do about it."""
    trouble = trouble_of(sys.exc_info()[1])
    if trouble is None:
        return _answer(request, 500)
    answer = _answer(request, 503, _(_TROUBLE[trouble]))
    answer["Retry-After"] = str(AGAIN_AFTER_S.get(trouble, AGAIN_LATER_S))
    return answer
