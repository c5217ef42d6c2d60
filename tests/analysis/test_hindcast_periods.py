"""Figures of any period and spelling: which line answers for them, and that what it says is of the right size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from wargame.analysis.hindcast import scored, sort_rows
from wargame.analysis.periods import answered, weights
from wargame.analysis.trajectories import Trajectories
from wargame.content.listing import case_names
from wargame.content.load import load_with_bundle
from wargame.model.hindcast import Hindcast, Line, Over, Row
from wargame.model.scenario import Calendar, Scenario

DAY = timedelta(days=1)
PERIODS = {
    "a day": (date(2018, 8, 25), date(2018, 8, 25)),
    "ten days": (date(2018, 8, 1), date(2018, 8, 10)),
    "a month": (date(2019, 2, 1), date(2019, 2, 28)),
    "two months": (date(2018, 10, 1), date(2018, 11, 30)),
    "a quarter": (date(2019, 1, 1), date(2019, 3, 31)),
    "the year to a day": (date(2018, 1, 1), date(2018, 6, 7)),
    "half a year": (date(2018, 7, 1), date(2018, 12, 31)),
    "nine months": (date(2018, 10, 1), date(2019, 6, 30)),
    "ten months": (date(2018, 1, 1), date(2018, 10, 31)),
    "a year": (date(2018, 1, 1), date(2018, 12, 31)),
    "a fiscal year": (date(2018, 10, 1), date(2019, 9, 30)),
    "two years": (date(2018, 1, 1), date(2019, 12, 31)),
}


@pytest.fixture(scope="module", params=case_names())
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return load_with_bundle(request.param)[0]


def case_of(scenario: Scenario) -> Hindcast:
    assert scenario.hindcast is not None
    return scenario.hindcast


def flat(scenario: Scenario, pace: float = 4.0) -> Trajectories:
    """Return a session in which every measure stands at a pace all the time; what grows, grows by 1 % a quarter."""
    case, turns = case_of(scenario), scenario.calendar.full + 1
    found = {line.measure: np.full((turns, 1), pace) for line in case.lines}
    for line in case.lines:
        if line.over is Over.GROWTH:
            found[line.measure] = np.log(1.01) * np.arange(turns, dtype=float)[:, None]
    return Trajectories(found, {}, np.zeros((len(case.script), 2), dtype=np.int64))


def invented(case: Hindcast) -> Iterator[tuple[Row, str]]:
    """Yield a figure of every series and of everything else a line answers for, in every period."""
    for row in {row.series: row for row in case.rows}.values():
        for name, (start, end) in PERIODS.items():
            yield replace(row, start=start, end=end, value=1.0, low=None, high=None), name
    for line in case.lines:
        for about in line.also:
            row = replace(case.rows[0], series="of_another", quantity=f"{about.quantity}, in a period", unit=about.unit)
            for name, (start, end) in PERIODS.items():
                yield replace(row, where=about.where, start=start, end=end, value=1.0, low=None, high=None), name


def test_every_series_is_scored_in_every_period(scenario: Scenario) -> None:
    case, course = case_of(scenario), flat(scenario)
    for row, period in invented(case):
        found = scored(scenario, scenario.lens, course, 1, 1, against=[row])
        assert list(found.series) == [row.series], (row.series, row.quantity, period)
        number = case.line_of(row)
        assert number is not None
        assert found.series[row.series].points.said[0, 0] == pytest.approx(
            expected(case.lines[number], row, scenario.calendar), rel=0.12
        ), (row.series, period)


def expected(line: Line, row: Row, calendar: Calendar) -> float:
    days = (row.end + DAY - row.start).days
    if line.over is Over.GROWTH:
        return float(line.times * 100.0 * (1.01 ** (days / 91.3) - 1.0))
    if line.over is not Over.SUM:
        return line.times * 4.0
    if not line.seasonal:
        return line.times * 4.0 * days / 91.3
    by_month = {
        m: share / sum(line.seasonal[1 + 3 * ((m - 1) // 3) + k] for k in range(3))
        for m, share in line.seasonal.items()
    }
    total, day = 0.0, row.start
    while day <= row.end:
        after = (day.replace(day=28) + 4 * DAY).replace(day=1)
        total += by_month[day.month] * (min(after, row.end + DAY) - day).days / (after - day.replace(day=1)).days
        day = after
    return line.times * 4.0 * total


def test_parts_of_a_flow_add_up_to_the_whole(scenario: Scenario) -> None:
    case = case_of(scenario)
    for line in case.lines:
        if line.over is not Over.SUM:
            continue
        row = replace(case.rows[0], start=date(2018, 1, 1), end=date(2019, 12, 31))
        cuts = [date(2018, 1, 1), date(2018, 2, 17), date(2018, 4, 1), date(2018, 11, 30), date(2020, 1, 1)]
        parts = [
            np.array(weights(replace(row, start=a, end=b - DAY), line, scenario.calendar)) for a, b in pairwise(cuts)
        ]
        assert np.sum(parts, axis=0) == pytest.approx(np.array(weights(row, line, scenario.calendar)))


def test_growth_over_parts_multiplies_up(scenario: Scenario) -> None:
    for line in case_of(scenario).lines:
        if line.over is not Over.GROWTH:
            continue
        level = np.linspace(0.0, 9.0, scenario.calendar.full + 1)
        row = replace(case_of(scenario).rows[0], start=date(2018, 1, 1), end=date(2018, 12, 31))
        months = [
            replace(row, start=date(2018, m, 1), end=date(2018 + m // 12, m % 12 + 1, 1) - DAY) for m in range(1, 13)
        ]
        said = [
            answered(line, np.array(weights(r, line, scenario.calendar)) @ level) / line.times for r in (row, *months)
        ]
        assert np.prod([1.0 + float(s) / 100.0 for s in said[1:]]) == pytest.approx(1.0 + float(said[0]) / 100.0)


def test_what_lies_outside_the_calendar_is_told_apart(scenario: Scenario) -> None:
    case = case_of(scenario)
    late = [replace(row, start=date(2031, 1, 1), end=date(2031, 12, 31)) for row in case.rows]
    found = sort_rows(case, scenario.calendar, late)
    assert set(found.outside) == set(late)
    assert not found.scored


def test_the_most_exact_line_answers() -> None:
    case = case_of(load_with_bundle("migrant-surge-2012")[0])
    row = next(r for r in case.rows if r.series == "homicides_slv")
    counted = case.line_of(row)
    assert case.line_of(replace(row, series="x", quantity="Homicides, January to March")) == counted
    assert case.line_of(replace(row, series="x", quantity="homicides, first half", where="Honduras")) is None
    assert case.line_of(replace(row, series="x", quantity="homicides", unit="percent")) is None
    monthly = next(r for r in case.rows if r.series == "uac_month_4")
    said = case.line_of(replace(monthly, series="x"))
    assert said is not None
    assert case.lines[said].measure == "children-a-month", "exactly the same goes before what begins alike"
