"""A Word file opened for reading: its parts as trees, and what is in force for a paragraph after all styles are applied."""

import io
import posixpath
import zipfile
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from zhaoshang.ui.documents.docx.elements import Element, W, attribute

UNPACKED_BYTES_MAX = 64 * 2**20
_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class NotWord(ValueError):
    """The bytes are no readable Word file."""


@dataclass(frozen=True)
class Package:
    """The parts of a Word file by name."""

    parts: dict[str, bytes]

    @classmethod
    def open(cls, content: bytes) -> "Package":
        """Raises :class:`NotWord` for anything but a .docx, or one that unpacks to more than 64 MiB."""
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                if sum(entry.file_size for entry in archive.infolist()) > UNPACKED_BYTES_MAX:
                    raise NotWord("文件解压后超过 64 MB")
                parts = {
                    entry.filename: archive.read(entry)
                    for entry in archive.infolist()
                    if entry.filename.endswith((".xml", ".rels"))
                }
        except NotWord:
            raise
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as fault:
            raise NotWord("不是 Word 文件（.docx）") from fault
        if "word/document.xml" not in parts:
            raise NotWord("压缩包内没有 Word 正文（word/document.xml）")
        return cls(parts)

    def tree(self, name: str) -> Element:
        """A part as a tree; an absent one as an empty element. Raises :class:`NotWord` if it is no XML."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        try:
            return etree.fromstring(self.parts.get(name, b"<absent/>"), parser)
        except etree.XMLSyntaxError as fault:
            raise NotWord(f"{name} 不是有效的 XML：{fault}") from fault

    @cached_property
    def body(self) -> Element:
        """The body of the document. Raises :class:`NotWord` if there is none."""
        body = self.tree("word/document.xml").find(f"{{{W}}}body")
        if body is None:
            raise NotWord("Word 正文里没有 body")
        return body

    @cached_property
    def settings(self) -> Element:
        """The settings of the file."""
        return self.tree("word/settings.xml")

    def footer(self, section: Element, kind: str) -> Element | None:
        """The footer of a section for ``default`` (odd) or ``even`` pages."""
        for reference in section.findall(f"{{{W}}}footerReference"):
            if attribute(reference, "type") == kind:
                for relationship in self.tree("word/_rels/document.xml.rels"):
                    if relationship.get("Id") == reference.get(_RELATIONSHIP):
                        return self.tree(posixpath.join("/word", relationship.get("Target", "")).lstrip("/"))
        return None

    @cached_property
    def _styles_part(self) -> Element:
        return self.tree("word/styles.xml")

    @cached_property
    def _styles(self) -> dict[str, Element]:
        return {attribute(style, "styleId") or "": style for style in self._styles_part.findall(f"{{{W}}}style")}

    @cached_property
    def _default_style(self) -> str:
        styles = self._styles.items()
        defaults = (
            key
            for key, style in styles
            if attribute(style, "type") == "paragraph" and attribute(style, "default") == "1"
        )
        return next(defaults, "")

    def _style_id(self, paragraph: Element) -> str:
        return attribute(paragraph.find(f"{{{W}}}pPr/{{{W}}}pStyle"), "val") or self._default_style

    def style_name(self, paragraph: Element) -> str:
        """The name of a paragraph's style. Not its id: Word gives styles new ids when it saves."""
        style_id = self._style_id(paragraph)
        style = self._styles.get(style_id)
        return style_id if style is None else attribute(style.find(f"{{{W}}}name"), "val") or style_id

    def in_force(self, paragraph: Element, run: Element | None, path: str, name: str) -> str | None:
        """The attribute ``name`` of the property ``path`` (``rPr/sz``, ``pPr/spacing``) in force: run, paragraph, styles, defaults."""
        steps = "/".join(f"{{{W}}}{step}" for step in path.split("/"))
        own = run if path.startswith("rPr") else paragraph
        for holder in (own, *self._style_chain(self._style_id(paragraph)), self._defaults(path)):
            if holder is not None and (value := attribute(holder.find(steps), name)) is not None:
                return value
        return None

    def _style_chain(self, style_id: str) -> list[Element]:
        chain: list[Element] = []
        while (style := self._styles.get(style_id)) is not None and style not in chain:
            chain.append(style)
            style_id = attribute(style.find(f"{{{W}}}basedOn"), "val") or ""
        return chain

    def _defaults(self, path: str) -> Element | None:
        kind = "rPrDefault" if path.startswith("rPr") else "pPrDefault"
        return self._styles_part.find(f"{{{W}}}docDefaults/{{{W}}}{kind}")
