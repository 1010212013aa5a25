"""The bound figures of a Word file, read back from it."""

from zhaoshang.ui.documents.docx.elements import W, attribute
from zhaoshang.ui.documents.docx.package import Package
from zhaoshang.ui.documents.model import FigureRun


def bound_figures(content: bytes) -> tuple[FigureRun, ...]:
    """Each figure as it stands in the file now, with its reference. Raises :class:`~.package.NotWord`."""
    found = []
    for control in Package.open(content).body.iter(f"{{{W}}}sdt"):
        names = (attribute(control.find(f"{{{W}}}sdtPr/{{{W}}}{name}"), "val") for name in ("tag", "alias"))
        if ref := next(filter(None, names), None):  # some programs keep the alias only
            found.append(FigureRun("".join(text.text or "" for text in control.iter(f"{{{W}}}t")), ref))
    return tuple(found)
