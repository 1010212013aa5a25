"""Importing a district's workbook, from the upload to the account."""
