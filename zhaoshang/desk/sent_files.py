"""Files that people sent in, given out by the desk to who may read them: the one way for all rooms."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from zhaoshang.capital.models import EvidenceFile
from zhaoshang.common.files.keeping import FileDamaged
from zhaoshang.desk.views.errors import error_page
from zhaoshang.machines.handing import SentIn, given_out


def handed_out(request: Any, file: SentIn) -> HttpResponse:
    """The stored bytes, checked against their digest, or a page that says that they are not what was put in."""
    try:
        return given_out(file)
    except FileDamaged:
        return damaged(request, file.name)


def damaged(request: Any, name: str) -> HttpResponse:
    """That a stored file is no longer what was put in, and who can help."""
    detail = _("文件“%(name)s”与入库时的摘要不符，可能已损坏或被替换。请联系管理员从备份恢复。")
    return error_page(request, 409, detail=detail % {"name": name})


def sent_in(file: EvidenceFile, *, inline: bool = False) -> SentIn:
    """A row of evidence as it is given out; its ``city`` is read."""
    return SentIn(file.city.code, file.digest, file.mime, file.name, inline)
