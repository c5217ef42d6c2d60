"""Scores of sessions against history: bounds, worked examples, and what must not matter."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wargame.analysis.periods import exposure, mass, weights
from wargame.analysis.scoring import (
    ENOUGH_TO_TURN,
    Anchor,
    Points,
    Verdict,
    interpolation,
    last_value,
    pooled,
    score,
    score_rival,
    verdict,
)
from wargame.model.basis import Basis
from wargame.model.errors import Place
from wargame.model.hindcast import Line, Over, Row, Scale
from wargame.model.scenario import Calendar, Step

NOWHERE = Place("a")
figures = st.floats(-1e6, 1e6, allow_nan=False).map(lambda v: round(v, 3))
histories = st.lists(figures, min_size=1, max_size=9)


def points(observed: list[float], said: list[list[float]] | None = None, *, log: bool = False) -> Points:
    n = len(observed)
    told = [[v] for v in observed] if said is None else said
    nothing = np.full(n, np.nan)
    return Points(np.arange(n, dtype=float), np.ones(n), np.array(observed), nothing, nothing, np.array(told), log)


@given(histories)
def test_a_model_equal_to_history_is_perfect(observed: list[float]) -> None:
    found = score(points(observed))
    assert found.inside_80 == 1.0
    assert found.median_error == 0.0
    assert found.sign_agreement == 1.0 or found.signs == 0
    assert found.turns_met == found.turns == found.turns_said


@given(histories, st.data())
def test_scores_stay_within_their_bounds(observed: list[float], data: st.DataObject) -> None:
    n, sessions = len(observed), data.draw(st.integers(1, 5))
    said = data.draw(st.lists(st.lists(figures, min_size=sessions, max_size=sessions), min_size=n, max_size=n))
    found = score(points(observed, said), Anchor(-1.0, 1.0, data.draw(figures)))
    assert 0.0 <= found.inside_80 <= 1.0
    assert found.signs == 0 or 0.0 <= found.sign_agreement <= 1.0
    assert found.median_error >= 0.0
    assert 0 <= found.turns_met <= found.turns <= max(0, n - 1)
    assert found.band_width >= 0.0
    assert found.points == n


@given(histories, st.randoms(use_true_random=False), st.data())
def test_the_order_of_figures_does_not_matter(observed: list[float], random: object, data: st.DataObject) -> None:
    n = len(observed)
    said = data.draw(st.lists(st.lists(figures, min_size=2, max_size=2), min_size=n, max_size=n))
    given_points = points(observed, said)
    order = np.array(data.draw(st.permutations(range(n))), dtype=np.intp)
    shuffled = Points(
        given_points.when[order], given_points.span[order], given_points.observed[order], given_points.low[order],
        given_points.high[order], given_points.said[order],
    )  # fmt: skip
    one, other = score(given_points), score(shuffled)
    assert repr(one) == repr(other)
    rivals = [Anchor(-2.0, 1.0, 3.0), Anchor(-1.0, 1.0, 5.0)]
    lines = interpolation(given_points, rivals), interpolation(shuffled, rivals[::-1])
    first, second = (repr(score(p)) for p in lines if p)
    assert first == second


@given(histories.map(lambda vs: [abs(v) + 1.0 for v in vs]), st.floats(0.1, 10.0))
def test_on_a_log_scale_a_factor_is_the_same_error_everywhere(observed: list[float], factor: float) -> None:
    found = score(points(observed, [[v * factor] for v in observed], log=True))
    assert found.median_error == pytest.approx(abs(math.log(factor)), abs=1e-9)


def test_a_worked_example() -> None:
    said = [[8.0, 10.0, 12.0], [10.0, 10.0, 10.0], [30.0, 40.0, 50.0]]
    found = score(points([10.0, 20.0, 30.0], said), Anchor(-1.0, 1.0, 5.0))
    assert list(found.errors) == pytest.approx([0.0, 0.5, 1.0 / 3.0])
    assert found.median_error == pytest.approx(1.0 / 3.0)
    assert found.inside_80 == pytest.approx(1.0 / 3.0)  # 30 lies below the tenth part of 30, 40, 50
    assert (found.signs_met, found.signs) == (2, 3)  # 5 → 10 → 20 → 30 against 5 → 10 → 10 → 40
    assert found.band_width == pytest.approx((3.2 + 0.0 + 16.0) / 3.0)
    assert found.spread == pytest.approx(16.0)


def test_bounds_without_a_value_ask_whether_the_middle_lies_between_them() -> None:
    nan = float("nan")
    given_points = Points(
        np.arange(4.0), np.ones(4), np.full(4, nan), np.array([1.0, nan, 3.0, nan]), np.array([3.0, 1.0, nan, 2.0]),
        np.full((4, 3), 2.0),
    )  # fmt: skip
    found = score(given_points)
    assert (found.hits, found.points) == (2, 4)
    assert math.isnan(found.median_error)
    assert math.isnan(found.sign_agreement)


def test_turning_points_are_met_one_early_or_late() -> None:
    truth = [1.0, 2.0, 3.0, 2.0, 1.0, 2.0, 3.0]
    assert len(truth) >= ENOUGH_TO_TURN
    late = [[v] for v in (1.0, 2.0, 3.0, 4.0, 3.0, 4.0, 5.0)]
    found = score(points(truth, late))
    assert (found.turns, found.turns_met, found.turns_said) == (2, 2, 2)
    flat = score(points(truth, [[1.0]] * 7))
    assert (flat.turns, flat.turns_met, flat.turns_said) == (2, 0, 0)


def test_rivals_say_a_straight_line_or_what_was_known_last() -> None:
    given_points = points([30.0, 40.0])
    anchors = [Anchor(-2.0, 1.0, 10.0), Anchor(-1.0, 1.0, 20.0)]
    line, last = interpolation(given_points, anchors), last_value(given_points, anchors)
    assert line is not None
    assert last is not None
    assert line.said[:, 0].tolist() == pytest.approx([30.0, 40.0])
    assert last.said[:, 0].tolist() == [20.0, 20.0]
    assert score_rival(line, anchors[1]).sign_agreement == 1.0
    assert math.isnan(score_rival(last, anchors[1]).sign_agreement)
    assert interpolation(given_points, []) is last_value(given_points, []) is None
    falling = interpolation(given_points, [Anchor(-2.0, 1.0, 20.0), Anchor(-1.0, 1.0, 1.0)])
    assert falling is not None
    assert falling.said[:, 0].tolist() == [0.0, 0.0]  # not less than nothing


def test_several_series_are_pooled_point_by_point() -> None:
    one, two = score(points([1.0, 2.0])), score(points([1.0], [[2.0]]))
    both = pooled([one, two])
    assert (both.points, both.hits, both.errors) == (3, 2, (0.0, 0.0, 1.0))
    assert both.median_error == 0.0
    nothing = pooled([])
    assert (nothing.points, math.isnan(nothing.median_error)) == (0, True)


# ── how far to trust ─────────────────────────────────────────────────────────────────────────────────────────


def test_fewer_than_three_values_say_nothing_and_bounds_do_not_count() -> None:
    assert verdict(score(points([1.0, 2.0])), 0.1) is Verdict.FEW
    nan = float("nan")
    bounds = points([1.0, 2.0, nan], [[1.0], [2.0], [3.0]])
    assert verdict(score(bounds), 0.1) is Verdict.FEW
    assert verdict(score(points([1.0, 2.0, 3.0])), 0.1) is Verdict.SIZE


def test_size_needs_the_band_the_tolerance_and_less_error_than_no_change() -> None:
    truth, wide = [10.0, 20.0, 15.0], [[5.0, 11.0, 17.0], [5.0, 22.0, 40.0], [5.0, 16.5, 30.0]]
    found = score(points(truth, wide))
    assert found.inside_80 == 1.0
    assert found.median_error == pytest.approx(0.1)
    assert verdict(found, 0.11) is Verdict.SIZE
    assert verdict(found, 0.09) is Verdict.DIRECTION  # outside the tolerance, but up and down as history went
    same, worse = score_rival(points(truth, wide), None), score_rival(points(truth, [[1.0]] * 3), None)
    assert verdict(found, 0.11, same) is Verdict.DIRECTION
    assert verdict(found, 0.11, worse) is Verdict.SIZE
    narrow = score(points(truth, [[11.0], [22.0], [16.5]]))
    assert verdict(narrow, 0.11) is Verdict.DIRECTION


def test_direction_needs_two_changes_and_three_quarters_of_them() -> None:
    assert verdict(score(points([1.0, 2.0, 3.0, 2.0], [[9.0], [8.0], [7.0], [6.0]])), 0.1) is Verdict.NEITHER
    once = score(points([1.0, 1.0, 2.0], [[5.0], [5.0], [9.0]]))
    assert (once.signs_met, once.signs) == (1, 1)
    assert verdict(once, 0.1) is Verdict.NEITHER
    three_of_four = score(points([1.0, 2.0, 3.0, 4.0, 5.0], [[9.0], [10.0], [11.0], [12.0], [11.0]]))
    assert three_of_four.sign_agreement == 0.75
    assert verdict(three_of_four, 0.1) is Verdict.DIRECTION


# ── periods ──────────────────────────────────────────────────────────────────────────────────────────────────

CALENDAR = Calendar(date(2000, 1, 1), Step.QUARTER, 8, 4)
SEASONS = dict.fromkeys(range(1, 13), 1 / 12) | {1: 0.0, 2: 1 / 6}


def row(start: str, end: str) -> Row:
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    return Row("a", "a", "a", "a", first, last, 1.0, None, None, "", "", NOWHERE)


def line(over: Over, seasonal: dict[int, float] | None = None) -> Line:
    return Line(("a",), "a", over, 1.0, Scale.PLAIN, seasonal or {}, 0.1, Basis(), NOWHERE)


def test_a_flow_takes_the_turns_of_its_period_and_a_share_of_those_it_cuts() -> None:
    assert weights(row("2000-01-01", "2000-12-31"), line(Over.SUM), CALENDAR) == [0, 1, 1, 1, 1, 0, 0, 0, 0]
    half = weights(row("2000-04-01", "2000-08-15"), line(Over.SUM), CALENDAR)
    assert half == [0, 0, 1, pytest.approx(46 / 92), 0, 0, 0, 0, 0]
    month = weights(row("2000-02-01", "2000-02-29"), line(Over.SUM, SEASONS), CALENDAR)
    assert month is not None
    assert month[1] == pytest.approx((1 / 6) / (1 / 6 + 1 / 12))
    assert weights(row("1999-12-31", "2000-12-31"), line(Over.SUM), CALENDAR) is None
    assert weights(row("2001-01-01", "2002-01-01"), line(Over.SUM), CALENDAR) is None


def test_a_stock_is_read_between_the_ends_of_two_turns() -> None:
    assert weights(row("1999-01-01", "2000-03-31"), line(Over.LAST), CALENDAR) == [0, 1, *[0] * 7]
    assert weights(row("1999-01-01", "1999-12-31"), line(Over.LAST), CALENDAR) == [1, *[0] * 8]
    assert weights(row("2000-01-01", "2003-03-31"), line(Over.FIRST), CALENDAR) == [1, *[0] * 8]
    between = weights(row("2000-01-01", "2000-05-15"), line(Over.LAST), CALENDAR)
    assert between == [0, pytest.approx(46 / 91), pytest.approx(45 / 91), *[0] * 6]
    assert weights(row("1999-01-01", "1999-12-30"), line(Over.LAST), CALENDAR) is None
    assert weights(row("2001-01-01", "2002-01-01"), line(Over.LAST), CALENDAR) is None


def test_a_mean_weighs_turns_by_their_days() -> None:
    found = weights(row("2000-01-01", "2000-06-30"), line(Over.MEAN), CALENDAR)
    assert found == [0, pytest.approx(0.5), pytest.approx(0.5), *[0] * 6]


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(0, 900), st.integers(0, 900))
def test_a_flow_is_the_sum_of_its_parts(start: date, first: int, second: int) -> None:
    cut, end = (date.fromordinal(start.toordinal() + days) for days in (first, first + second))
    for seasons in ({}, SEASONS):
        assert mass(start, end, seasons) == pytest.approx(mass(start, cut, seasons) + mass(cut, end, seasons))
    assert mass(date(2000, 1, 1), date(2001, 1, 1), SEASONS) == pytest.approx(1.0)


def test_a_stock_has_no_length() -> None:
    assert exposure(row("2000-01-01", "2000-12-31"), line(Over.LAST)) == 1.0
    assert exposure(row("2000-01-01", "2000-12-31"), line(Over.SUM, SEASONS)) == pytest.approx(1.0)
