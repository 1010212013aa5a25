"""The bound figures of a Word file, read back from it."""

from zhaoshang.ui.documents.docx.elements import Element, W, attribute
from zhaoshang.ui.documents.docx.package import Package
from zhaoshang.ui.documents.model import REF_LENGTH_MAX, FigureRun


def bound_figures(content: bytes) -> tuple[FigureRun, ...]:
    """Each figure as it stands in the file now, with its reference. Raises :class:`~.package.NotWord`."""
    controls = Package.open(content).body.iter(f"{{{W}}}sdt")
    return tuple(
        FigureRun(_words(control), ref) for control in controls if 0 < len(ref := ref_of(control)) <= REF_LENGTH_MAX
    )


def ref_of(control: Element) -> str:
    """The reference that a content control carries, or nothing; some programs keep the alias and drop the tag."""
    properties = control.find(f"{{{W}}}sdtPr")
    names = (
        () if properties is None else (attribute(properties.find(f"{{{W}}}{name}"), "val") for name in ("tag", "alias"))
    )
    return next(filter(None, names), "")


def _words(control: Element) -> str:
    return "".join(text.text or "" for text in control.iter(f"{{{W}}}t"))
