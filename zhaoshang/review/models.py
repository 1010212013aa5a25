"""Workbook."""
