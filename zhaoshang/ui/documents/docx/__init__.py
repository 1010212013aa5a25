"""Word: writing a document in the format of official papers, and checking that a file keeps to it."""

from zhaoshang.ui.documents.docx.checking import check_docx
from zhaoshang.ui.documents.docx.package import NotWord
from zhaoshang.ui.documents.docx.reading import bound_figures
from zhaoshang.ui.documents.docx.writing import write_docx

__all__ = ["NotWord", "bound_figures", "check_docx", "write_docx"]
