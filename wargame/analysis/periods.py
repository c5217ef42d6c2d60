"""Which turns of a session a figure's period covers, and how much of each."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np

from wargame.model.hindcast import Line, Over, Row
from wargame.model.scenario import Calendar
from wargame.model.ticks import Floats

_YEAR = 365.25
_MOST = 50.0
"""Nothing grows by more than e to this."""
_DAY = timedelta(days=1)


def exposure(row: Row, line: Line) -> float:
    """Return how many years of flow a period holds, by the seasons; 1 for a stock."""
    return mass(row.start, row.end + _DAY, line.seasonal) if line.over is Over.SUM else 1.0


def mass(start: date, end: date, seasonal: Mapping[int, float]) -> float:
    """Return which part of a year's flow falls into a time (its end not included), by shares of the months if any."""
    if not seasonal:
        return (end - start).days / _YEAR
    total, day = 0.0, start
    while day < end:
        days = monthrange(day.year, day.month)[1]
        after = min(end, date(day.year, day.month, 1) + timedelta(days=days))
        total += seasonal.get(day.month, 0.0) * (after - day).days / days
        day = after
    return total


def weights(row: Row, line: Line, calendar: Calendar) -> list[float] | None:
    """Return how much each turn counts for a row (the start first); None if its period is not within the calendar."""
    if line.over is Over.LAST:
        return _moment(row.end + _DAY, calendar)
    if line.over is Over.FIRST:
        return _moment(row.start, calendar)
    if line.over is Over.GROWTH:
        before, after = _moment(row.start, calendar), _moment(row.end + _DAY, calendar)
        return [b - a for a, b in zip(before, after, strict=True)] if before and after else None
    start, end = row.start, row.end + _DAY
    if start < calendar.start or end > calendar.date_of(calendar.full + 1):
        return None
    found = [0.0]
    for turn in range(1, calendar.full + 1):
        begins, ends = calendar.date_of(turn), calendar.date_of(turn + 1)
        a, b = max(begins, start), min(ends, end)
        seasons = line.seasonal if line.over is Over.SUM else {}
        whole = mass(begins, ends, seasons)
        part = mass(a, b, seasons) if a < b else 0.0
        found.append(part / whole if line.over is Over.SUM and whole else part)
    if line.over is Over.MEAN:
        total = sum(found)
        return [w / total for w in found] if total else None
    return found


def answered(line: Line, weighed: Floats) -> Floats:
    """Return what a line says of its rows, of the turns of its measure as they were weighed for each."""
    if line.over is Over.GROWTH:
        weighed = 100.0 * (np.exp(np.minimum(weighed, _MOST)) - 1.0)
    found: Floats = weighed * line.times
    return found


def _moment(day: date, calendar: Calendar) -> list[float] | None:
    """Return the weights of the two turns between whose ends a day lies."""
    found = [0.0] * (calendar.full + 1)
    for turn in range(calendar.full + 1):
        ends = calendar.date_of(turn + 1)
        if day == ends:
            found[turn] = 1.0
            return found
        if turn and calendar.date_of(turn) < day < ends:
            later = (day - calendar.date_of(turn)).days / (ends - calendar.date_of(turn)).days
            found[turn - 1], found[turn] = 1.0 - later, later
            return found
    return None
