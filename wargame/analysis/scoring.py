"""How well a model's sessions answer for figures of history: plain functions of numbers, without any model.

A *point* is one figure with what every session says of it. Figures about longer periods weigh more in a flow; so that
changes are changes of pace and not of length, everything that compares points divides by their ``span``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from wargame.model.ticks import Floats

ENOUGH_TO_TURN = 5
"""Fewer points than this say nothing about turning points."""
ENOUGH_TO_JUDGE = 3
"""Fewer figures with a value than this say nothing about how far to trust a series."""
INSIDE = 0.8
"""Which share of the figures must lie inside if the size of a series is to be trusted."""
AGREEING = 0.75
"""Which share of the rises and falls must be met if their direction is to be trusted."""
ENOUGH_CHANGES = 2
"""Fewer rises and falls than this say nothing about direction."""
TINY = 1e-12
"""Next to nothing, where a logarithm or a quotient needs something."""
_CLOSE = 1e-6
"""Relative: the model's numbers lie on a grid."""


class Verdict(StrEnum):
    """How far to trust what sessions say of a series."""

    SIZE = "size"
    """Its figures themselves."""
    DIRECTION = "direction"
    """Whether it rises or falls, not how far."""
    NEITHER = "neither"
    FEW = "few"
    """There are too few figures to tell."""


@dataclass(frozen=True)
class Points:
    """Figures of one series with what sessions say of them; ``observed`` is NaN where there are only bounds."""

    when: Floats
    """Day on which each ends."""
    span: Floats
    """Years of a flow's period; 1 for a stock."""
    observed: Floats
    low: Floats
    high: Floats
    said: Floats
    """``[point, session]``"""
    log: bool = False

    def __len__(self) -> int:
        return len(self.when)

    def bands(self) -> Floats:
        """Return ``[3, point]``: below which a tenth, half and nine tenths of the sessions lie."""
        return np.quantile(self.said, [0.1, 0.5, 0.9], axis=1) if len(self) else np.empty((3, 0))

    def inside(self) -> NDArray[np.bool_]:
        """Return which figures lie within the band; for bounds, whether the sessions' middle lies within them."""
        bands = self.bands()
        slack = _CLOSE * np.maximum(np.abs(np.nan_to_num(self.observed)), 1.0)
        value = (bands[0] - slack <= self.observed) & (self.observed <= bands[2] + slack)
        above = np.isnan(self.low) | (bands[1] >= self.low - slack)
        below = np.isnan(self.high) | (bands[1] <= self.high + slack)
        found: NDArray[np.bool_] = np.where(np.isnan(self.observed), above & below, value)
        return found

    def ordered(self) -> Points:
        """Return the points by the day on which they end, the shorter first."""
        order = np.lexsort((self.low, self.observed, self.span, self.when))
        return Points(
            self.when[order], self.span[order], self.observed[order], self.low[order], self.high[order],
            self.said[order], self.log,
        )  # fmt: skip


@dataclass(frozen=True)
class Anchor:
    """A figure from before the model was left to itself."""

    when: float
    span: float
    observed: float


@dataclass(frozen=True)
class Scores:
    """How sessions did; NaN where nothing can be said."""

    points: int
    inside_80: float
    """Share of points within the middle 80 % of the sessions."""
    sign_agreement: float
    """Share of changes whose direction the sessions' middle has."""
    median_error: float
    """Median of the relative errors of the sessions' middle (of the logarithms' differences on a log scale)."""
    turns: int
    """Turning points of history."""
    turns_met: int
    """How many of them the sessions' middle has, one point early or late counting too."""
    turns_said: int
    """Turning points of the sessions' middle."""
    band_width: float
    """Mean width of the middle 80 %."""
    spread: float
    """Between which values the middle 80 % of history's figures lie."""
    hits: int
    signs: int
    signs_met: int
    errors: tuple[float, ...]


def score(points: Points, anchor: Anchor | None = None) -> Scores:
    """Return how well sessions answer for the points; ``anchor`` is the last figure known before them."""
    points = points.ordered()
    bands, inside = points.bands(), points.inside()
    valued = ~np.isnan(points.observed)
    middle, observed = bands[1][valued], points.observed[valued]
    errors = _errors(middle, observed, log=points.log)
    truth, said = _paces(points, valued, middle, anchor)
    signs = _signs(truth, said)
    turns = _turning(truth, said) if int(valued.sum()) >= ENOUGH_TO_TURN else (0, 0, 0)
    width, spread = _widths(points, bands, valued)
    return Scores(
        len(points), _share(int(inside.sum()), len(points)), _share(*signs), _median(errors), *turns, width, spread,
        int(inside.sum()), signs[1], signs[0], tuple(errors.tolist()),
    )  # fmt: skip


def pooled(parts: Sequence[Scores]) -> Scores:
    """Return the scores of several series together, point by point.

    Their width is the median of the series' widths, each over the spread of its figures.
    """
    errors = tuple(sorted(e for p in parts for e in p.errors))
    points, hits = sum(p.points for p in parts), sum(p.hits for p in parts)
    signs, met = sum(p.signs for p in parts), sum(p.signs_met for p in parts)
    ratios = [p.band_width / p.spread for p in parts if p.spread > 0.0 and not np.isnan(p.band_width)]
    width = float(np.median(ratios)) if ratios else float("nan")
    banded = any(not np.isnan(p.inside_80) for p in parts)
    return Scores(
        points, _share(hits, points if banded else 0), _share(met, signs), _median(np.array(errors)),
        sum(p.turns for p in parts), sum(p.turns_met for p in parts), sum(p.turns_said for p in parts),
        width, 1.0 if ratios else float("nan"), hits, signs, met, errors,
    )  # fmt: skip


def verdict(scores: Scores, tolerance: float, rival: Scores | None = None) -> Verdict:
    """Return how far to trust sessions on a series, by its scores and those of who expects no change.

    - ``FEW``: fewer than three figures with a value.
    - ``SIZE``: four fifths of the figures inside, a median error within the tolerance, and a smaller one than the
      rival's where there is one.
    - ``DIRECTION``: three quarters of the rises and falls met, there being at least two.
    - ``NEITHER``: all else.
    """
    if len(scores.errors) < ENOUGH_TO_JUDGE:
        return Verdict.FEW
    beaten = rival is None or not rival.errors or scores.median_error < rival.median_error
    if scores.inside_80 >= INSIDE and scores.median_error <= tolerance and beaten:
        return Verdict.SIZE
    if scores.signs >= ENOUGH_CHANGES and scores.sign_agreement >= AGREEING:
        return Verdict.DIRECTION
    return Verdict.NEITHER


# ── parts ────────────────────────────────────────────────────────────────────────────────────────────────────


def _errors(middle: Floats, observed: Floats, *, log: bool) -> Floats:
    if log:
        found: Floats = np.abs(logged(middle) - logged(observed))
        return found
    usual = float(np.abs(observed).mean()) if len(observed) else 0.0
    size = np.where(np.abs(observed) > TINY, np.abs(observed), usual or 1.0)
    errors: Floats = np.abs(middle - observed) / size
    return errors


def _paces(points: Points, valued: NDArray[np.bool_], middle: Floats, anchor: Anchor | None) -> tuple[Floats, Floats]:
    """Return history's and the sessions' figures per span, the last one known in front of both."""
    span = points.span[valued]
    known = [] if anchor is None else [anchor.observed / anchor.span]
    return np.array([*known, *(points.observed[valued] / span)]), np.array([*known, *(middle / span)])


def _signs(truth: Floats, said: Floats) -> tuple[int, int]:
    """Return how many changes of history the sessions' middle has, and how many there are."""
    real, told = _directions(truth), _directions(said)
    return int(((real == told) & (real != 0)).sum()), int((real != 0).sum())


def _directions(values: Floats) -> NDArray[np.int8]:
    steps = np.diff(values)
    steps[np.abs(steps) <= _CLOSE * np.maximum(np.abs(values[1:]), _CLOSE)] = 0.0
    found: NDArray[np.int8] = np.sign(steps).astype(np.int8)
    return found


def _turning(truth: Floats, said: Floats) -> tuple[int, int, int]:
    """Return turning points: of history, those of them that are met, and of the sessions' middle."""
    real, told = _turns(_directions(truth)), _turns(_directions(said))
    met = sum(any(kind == other and abs(at - there) <= 1 for there, other in told) for at, kind in real)
    return len(real), met, len(told)


def _turns(directions: NDArray[np.int8]) -> list[tuple[int, int]]:
    """Return where a rise becomes a fall (1) or a fall a rise (−1)."""
    moves = [(i, int(d)) for i, d in enumerate(directions) if d]
    return [(at, before) for (_, before), (at, after) in pairwise(moves) if before != after]


def _widths(points: Points, bands: Floats, valued: NDArray[np.bool_]) -> tuple[float, float]:
    low, high, observed = (values / points.span for values in (bands[0], bands[2], points.observed))
    if points.log:
        low, high, observed = logged(low), logged(high), logged(observed)
    width = float((high - low).mean()) if len(points) else float("nan")
    if int(valued.sum()) < 2:
        return width, float("nan")
    ends = np.quantile(observed[valued], [0.1, 0.9])
    return width, float(ends[1] - ends[0])


def logged(values: Floats) -> Floats:
    """Return logarithms; what is not above zero counts as next to nothing."""
    found: Floats = np.log(np.maximum(values, TINY))
    return found


def _share(hits: int, of: int) -> float:
    return hits / of if of else float("nan")


def _median(values: Floats) -> float:
    return float(np.median(values)) if len(values) else float("nan")


# ── rivals ───────────────────────────────────────────────────────────────────────────────────────────────────


def score_rival(points: Points, anchor: Anchor | None) -> Scores:
    """Return the scores of a rival: it has no band, and where it says that nothing changes, no direction either."""
    found = replace(score(points, anchor), inside_80=float("nan"), band_width=float("nan"), hits=0)
    paces = points.said[:, 0] / points.span
    known = [] if anchor is None else [anchor.observed / anchor.span]
    if not _directions(np.array([*known, *paces])).any():
        return replace(found, sign_agreement=float("nan"), signs=0, signs_met=0)
    return found


def last_value(points: Points, anchors: Sequence[Anchor]) -> Points | None:
    """Return the points as somebody would say who expects what was known last; None if nothing was."""
    if not anchors:
        return None
    known = max(anchors, key=lambda a: a.when)
    return _said_by(points, np.full(len(points), known.observed / known.span))


def interpolation(points: Points, anchors: Sequence[Anchor]) -> Points | None:
    """Return the points as a straight line through what was known says: flat if that is one figure."""
    if not anchors:
        return None
    when = np.array([a.when for a in anchors])
    paces = np.array([a.observed / a.span for a in anchors])
    known = logged(paces) if points.log else paces
    slope, at = 0.0, when.mean()
    if len(set(when.tolist())) > 1:
        slope = float(((when - at) * (known - known.mean())).sum() / ((when - at) ** 2).sum())
    line = known.mean() + slope * (points.when - at)
    if points.log:
        line = np.exp(line)
    elif (paces >= 0.0).all():
        line = np.maximum(line, 0.0)  # nobody would say that less than nothing is left
    return _said_by(points, line)


def _said_by(points: Points, paces: Floats) -> Points:
    said = (paces * points.span)[:, None]
    return Points(points.when, points.span, points.observed, points.low, points.high, said, points.log)
