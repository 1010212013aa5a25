"""Pages for what went wrong: in plain words, with a number that the log knows too.

A URL configuration names ``bad_request``, ``permission_denied``, ``page_not_found`` and ``server_error`` as its handlers;
any view may answer with :func:`error_page` (409, 413, 429).
"""

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext

logger = logging.getLogger(__name__)


def _words(status: int) -> tuple[str, str]:
    """Heading and what to do next."""
    return {
        400: (gettext("请求不完整"), gettext("系统没有看懂这次请求。请返回上一页，重新提交一次。")),
        403: (gettext("不能打开"), gettext("你的岗位不含这项操作。需要时，请向安全管理员申请授权。")),
        404: (gettext("没有找到"), gettext("地址可能有误，或者它不在你负责的地区。")),
        409: (gettext("已被他人改动"), gettext("在你操作之前，这条记录已经变了。请刷新后核对，再决定是否继续。")),
        413: (gettext("文件太大"), gettext("请压缩或拆分后再上传。")),
        429: (gettext("请求过于频繁"), gettext("请稍等几分钟再试。")),
        500: (gettext("系统出错"), gettext("这次操作没有保存。错误已记录，请稍后再试。")),
    }[status]


def error_page(request: HttpRequest, status: int, *, detail: str = "") -> HttpResponse:
    """The page for ``status`` (400, 403, 404, 409, 413, 429 or 500); ``detail`` is what exactly was refused, in Chinese.

    Asks nothing of the request, the database or the shell, any of which may be what is broken.
    """
    reference = secrets.token_hex(4).upper()
    logger.log(
        logging.ERROR if status >= 500 else logging.INFO, "%s %s %s-%s", request.method, request.path, status, reference
    )
    heading, text = _words(status)
    said = {"status": status, "reference": reference, "heading": heading, "text": text, "detail": detail}
    return HttpResponse(render_to_string("ui/error.html", said), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler for 400."""
    return error_page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler for 403."""
    return error_page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler for 404; what is hidden looks the same as what is not there."""
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler for 500; the traceback goes to the log by Django itself."""
    return error_page(request, 500)
