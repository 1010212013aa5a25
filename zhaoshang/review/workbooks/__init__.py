"""A district's own workbook, understood: which column is what, which rows are payments, and what is wrong in which
cell.

Pure functions over an opened file: no Django, no clock, no database. See README.md for the calls and what they promise.
"""

from zhaoshang.review.workbooks.annotating import annotate, error_sheet
from zhaoshang.review.workbooks.outcome import Asked, PaymentRow, Reading
from zhaoshang.review.workbooks.payments import understand
from zhaoshang.review.workbooks.template import template

__all__ = ["Asked", "PaymentRow", "Reading", "annotate", "error_sheet", "template", "understand"]
