"""The kinds of evidence file that are accepted, how big each may be, and what is said of any other."""

from dataclasses import dataclass

from zhaoshang.common.problems import N_, Refused

MEGABYTE = 1024 * 1024

REFUSALS = {
    "empty": N_("文件是空的，请重新选择文件"),
    "type": N_("不接受这种文件（内容像是 {found}）；请上传 PDF、OFD、PNG、JPG、WebP 或 .xlsx、.docx"),
    "archive": N_("不接受压缩包；请解压后逐个上传"),
    "size": N_("{ext} 文件有 {size_mb} MB，超过 {limit_mb} MB 的上限；请压缩图片或分成几份"),
    "name": N_("文件名是 .{named}，内容却是 {ext}；请用正确的扩展名重新保存后上传"),
    "name_unsafe": N_("文件名里含有可执行文件的扩展名 .{named}；请改名后上传"),
    "active": N_("文件里有会自动执行的内容或附件（{where}）；请打印成普通 PDF 后上传"),
    "sealed": N_("PDF 加了密，无法检查内容；请打印成普通 PDF 后上传"),
    "polyglot": N_("文件里混有另一种文件（{where}）；请重新扫描或导出后上传"),
    "damaged": N_("文件已损坏或没有传完整（{where}）；请重新导出后上传"),
    "pixels": N_("图片有 {pixels} 像素，过大；请缩小后上传"),
    "malware": N_("文件含有病毒（{where}），不予接受；请查杀后重新上传"),
}


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that is accepted. ``names`` are the extensions it may carry; ``most_bytes`` its size limit."""

    mime: str
    ext: str
    names: tuple[str, ...]
    most_bytes: int


_OFFICE = "application/vnd.openxmlformats-officedocument"
PDF = FileKind("application/pdf", "pdf", ("pdf",), 30 * MEGABYTE)
PNG = FileKind("image/png", "png", ("png",), 15 * MEGABYTE)
JPG = FileKind("image/jpeg", "jpg", ("jpg", "jpeg", "jfif"), 15 * MEGABYTE)
WEBP = FileKind("image/webp", "webp", ("webp",), 15 * MEGABYTE)
OFD = FileKind("application/ofd", "ofd", ("ofd",), 30 * MEGABYTE)
XLSX = FileKind(f"{_OFFICE}.spreadsheetml.sheet", "xlsx", ("xlsx",), 20 * MEGABYTE)
DOCX = FileKind(f"{_OFFICE}.wordprocessingml.document", "docx", ("docx",), 20 * MEGABYTE)
KINDS = (PDF, PNG, JPG, WEBP, OFD, XLSX, DOCX)


def refusal(code: str, **params: object) -> Refused:
    """The :class:`Refused` to raise, with the sentence for ``code``."""
    return Refused(code, REFUSALS[code], **params)
