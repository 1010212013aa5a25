"""Plain Python shared by every room: money, periods, rounding, codes, sheets. Never imports Django."""
