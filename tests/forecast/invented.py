"""An invented city for forecasts: years with a season, projects whose money comes late as promised by a known law."""

import numpy as np

from zhaoshang.common.periods import month_number
from zhaoshang.figures.forecasting import History, Plan

FIRST = month_number(2017, 1)
LAGS, CHANCES = np.array([0, 1, 2, 3, 6]), np.array([0.4, 0.25, 0.15, 0.1, 0.1])
SEASON = np.array([9, 10, 17, 6, 6, 9, 6, 6, 8, 6, 7, 10]) / 100
NEVER_REPLACED = 10**6


def city(years: int = 6, units: int = 5, projects: int = 40, arrives: float = 0.85, seed: int = 1) -> History:
    """Half of the money by schedules signed the year before, ``arrives`` of it after a lag from :data:`LAGS`; half by the season."""
    chance, months = np.random.default_rng(seed), years * 12
    totals = np.zeros((units, months), np.int64)
    lines: list[tuple[int, int, int, int]] = []
    homes: list[int] = []
    paid: list[np.ndarray] = []
    for year in range(years):
        level = 1_000_000 * 1.05**year * np.exp(chance.normal(0, 0.05))
        for unit in range(units):
            noise = np.exp(chance.normal(0, 0.15, 12))
            totals[unit, year * 12 : year * 12 + 12] += (level * SEASON * noise).astype(np.int64)
        for _ in range(projects // years):
            unit, row = int(chance.integers(units)), np.zeros(months, np.int64)
            for step in range(4):
                due = year * 12 + step * 4 + int(chance.integers(3))
                lines.append((len(homes), FIRST + due, 120_000, FIRST + year * 12 - 1))
                come = due + int(chance.choice(LAGS, p=CHANCES))
                if chance.random() < arrives and come < months:
                    row[come] += 120_000
            homes.append(unit)
            paid.append(row)
            totals[unit] += row
    project, month, fen, known = (np.array(column, np.int64) for column in zip(*lines, strict=True))
    order = np.lexsort((month, project))
    plan = Plan(project[order], month[order], fen[order], known[order], np.full(len(fen), NEVER_REPLACED), order)
    return History(FIRST, totals, np.array(homes), np.array(paid), plan)
