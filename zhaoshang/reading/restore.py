"""From the text as it was scraped to clean simplified Chinese, without losing the way back.

Every step is an edit of a :class:`~zhaoshang.reading.tracked.Tracked` text, so any span of the result can be marked in the original.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache, cached_property

from opencc import OpenCC

from zhaoshang.reading import lines, mojibake, pinyin
from zhaoshang.reading.pinyin import HAN
from zhaoshang.reading.tracked import Edit, Tracked

_METADATA = re.compile(r"^# .*(?:\n|\Z)", re.MULTILINE)
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe0f\ud800-\udfff]+"
)
_ODD_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_COMMENT_OR_CODE = re.compile(r"<!--[^>]{0,400}-->|<(script|style)\b[^<>]{0,300}>[^<]{0,5000}</\1>", re.IGNORECASE)
_BREAKING_TAG = re.compile(r"</?(?:br|p|div|tr|li|h[1-6]|table)\b[^<>]{0,300}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});?")
_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ％＋－．／＊]")
_DOUBLED = re.compile(r"[,，、;；:：。]{2,}")
_WEIGHT = "。；;：:、，,"
_SLIPPED_WORDS = {
    "专案": "项目", "计画": "计划", "资讯": "信息", "软体": "软件", "硬体": "硬件", "积体电路": "集成电路", "晶片": "芯片", "网路": "网络",
    "家俱": "家具", "平方公尺": "平方米", "本著": "本着", "沿著": "沿着", "著力": "着力", "著手": "着手", "著眼": "着眼", "随著": "随着",
    "围绕著": "围绕着",
}  # fmt: skip
_SLIPPED = re.compile("|".join(sorted(_SLIPPED_WORDS, key=len, reverse=True)))


@dataclass(frozen=True)
class Restored:
    """Clean text with, for each of its characters, the span of the original it stands for."""

    text: str
    tracked: Tracked

    @cached_property
    def offsets(self) -> list[tuple[int, int]]:
        """For each character of ``text`` its half-open span in the original."""
        return list(zip(self.tracked.starts, self.tracked.ends, strict=True))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's span behind ``text[start:end]``, pinyin and debris inside it included.

        Raises ValueError for an empty or foreign span.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no such span in a text of {len(self.text)} characters: {start}-{end}")
        return self.tracked.starts[start], self.tracked.ends[end - 1]


def restore(text: str) -> Restored:
    """Restore any text; never raises, never invents a figure."""
    tracked = Tracked(text)
    for step in (_strip, _untag, mojibake.repair, _unspell, _simplify, _mend, lines.join, _punctuate):
        tracked = step(tracked)
    return Restored(tracked.text, tracked)


def _strip(text: Tracked) -> Tracked:
    return text.sub(_METADATA, "").sub(_BREAKS, "\n").sub(_INVISIBLE, "").sub(_ODD_SPACES, " ")


def _untag(text: Tracked) -> Tracked:
    if "<" in text.text:
        text = text.sub(_COMMENT_OR_CODE, "").sub(_BREAKING_TAG, "\n").sub(_TAG, "")
    if "&" in text.text:
        text = text.sub(_ENTITY, lambda match: html.unescape(match.group()).replace("\u00a0", " "))
    return text


def _unspell(text: Tracked) -> Tracked:
    """Remove pinyin in brackets, and the halves of such brackets that a broken line left."""

    def annotation(match: re.Match[str]) -> str | None:
        before = match.string[max(0, match.start() - 6) : match.start()]
        return "" if pinyin.is_annotation(match.group(1), before) else None

    return text.sub(pinyin.ANNOTATION, annotation).sub(pinyin.HALF_OPEN, "").sub(pinyin.HALF_SHUT, "")


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _simplify(text: Tracked) -> Tracked:
    """Traditional to simplified, Taiwan's words to the mainland's, wide digits and letters to narrow ones."""
    text = text.apply(_conversions(text.text)).sub(_SLIPPED, lambda match: _SLIPPED_WORDS[match.group()])
    return text.sub(_WIDE, lambda match: chr(ord(match.group()) - 0xFEE0))


def _conversions(text: str) -> list[Edit]:
    """OpenCC's changes line by line; a line whose length it changes is converted character by character."""
    edits, at = [], 0
    for line in text.split("\n"):
        simple = _converter().convert(line)
        if len(simple) != len(line):
            simple = "".join(new if len(new := _converter().convert(old)) == 1 else old for old in line)
        if simple != line:
            edits.append(Edit(at, at + len(line), simple))
        at += len(line) + 1
    return edits


_LOST = re.compile(rf"(?<=[{HAN}])\*(?![*\d])|(?<![*\d])\*(?=[{HAN}])")
_COMMON = re.findall(
    "..",
    "签约签订开工竣工投产落地到位引进完成投资资金项目同比增长下降外资内资招商总额协议合同金额目标任务企业实际利用累计全市全县全省全年全区其中亿元万元美元"
    "客商接待产业工业洽谈储备在建续建新建履约占比分别超过突破进度",
)


def _mend(text: Tracked) -> Tracked:
    """A character printed as * comes back where only one common word of the field fits its neighbours."""

    def fitting(match: re.Match[str]) -> str | None:
        before, after = match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]
        for fits in ({w[1] for w in _COMMON if w[0] == before}, {w[0] for w in _COMMON if w[1] == after}):
            if len(fits) == 1:
                return str(fits.pop())
        return None

    return text.sub(_LOST, fitting) if "*" in text.text else text


def _punctuate(text: Tracked) -> Tracked:
    """One mark where a scraper doubled it: the weightiest of the run."""
    return text.sub(_DOUBLED, lambda match: min(match.group(), key=_WEIGHT.index))
