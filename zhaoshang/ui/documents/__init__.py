"""The paper side: one document model, written as a Word file (GB/T 9704-2012), as PDF/A-2b and as plain text.

Knows no noun of the bureau: bulletins, printed league tables and sample vouchers all pass through the same few blocks.
"""
