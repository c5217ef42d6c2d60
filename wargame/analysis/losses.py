"""One number for how far the sessions of a parameter set are from a case's history: what a calibration makes small.

The loss of a case is the mean over its series of: the mean relative error of the sessions' middle (each at most 2), and
a twentieth of the width of their middle 80 % over the spread of the figures (at most 3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from wargame.analysis.hindcast import sort_rows
from wargame.analysis.periods import answered, exposure, weights
from wargame.analysis.scoring import TINY, logged
from wargame.model.hindcast import Hindcast, Line, Row, Scale
from wargame.model.scenario import Calendar
from wargame.model.ticks import Floats

WORST = 2.0
"""A figure that is missed by more counts as missed by so much."""
WIDTH = 0.05
WIDEST = 3.0


@dataclass(frozen=True)
class Target:
    """A series of figures and how they are read off the turns of a session."""

    line: Line
    turns: Floats
    """``[point, turn]``: how much each turn counts."""
    span: Floats
    low: Floats
    """Of a value it is the value, as ``high`` is."""
    high: Floats
    size: Floats
    """What errors are relative to."""
    spread: float
    log: bool


def targets(case: Hindcast, calendar: Calendar) -> tuple[Target, ...]:
    """Return the scored series of a case."""
    found = sort_rows(case, calendar)
    return tuple(
        _target(rows, case.lines[number], calendar)
        for rows in found.scored.values()
        if (number := case.line_of(rows[0])) is not None
    )


def _target(rows: Sequence[Row], line: Line, calendar: Calendar) -> Target:
    log = line.scale is Scale.LOG
    bounds = [(r.value, r.value) if r.value is not None else (r.low, r.high) for r in rows]
    low = np.array([-np.inf if a is None else a for a, _ in bounds])
    high = np.array([np.inf if b is None else b for _, b in bounds])
    if log:
        low, high = logged(low), logged(high)
    known = np.where(np.isfinite(low), low, high)
    usual = float(np.abs(known).mean()) or 1.0
    size = np.ones(len(rows)) if log else np.where(np.abs(known) > TINY, np.abs(known), usual)
    span = np.array([exposure(row, line) for row in rows])
    paces = known if log else known / span
    spread = float(np.ptp(np.quantile(paces, [0.1, 0.9]))) if len(rows) > 1 else 0.0
    turns = np.array([weights(row, line, calendar) for row in rows])
    return Target(line, turns, span, low, high, size, spread, log)


def losses(wanted: Sequence[Target], measures: Mapping[str, Floats]) -> Floats:
    """Return ``[set]`` the losses; ``measures``: ``[turn, set, session]``."""
    total: Floats = np.mean([_loss(target, measures[target.line.measure]) for target in wanted], axis=0)
    return total


def _loss(target: Target, measure: Floats) -> Floats:
    said = answered(target.line, np.einsum("pt,tsn->psn", target.turns, measure))
    if target.log:
        said = logged(said)
    bands = np.quantile(said, [0.1, 0.5, 0.9], axis=2)
    missed = np.maximum(target.low[:, None] - bands[1], 0.0) + np.maximum(bands[1] - target.high[:, None], 0.0)
    error = np.minimum(missed / target.size[:, None], WORST).mean(axis=0)
    span = 1.0 if target.log else target.span[:, None]
    width = ((bands[2] - bands[0]) / span).mean(axis=0)
    wide = np.minimum(width / target.spread, WIDEST) if target.spread > 0.0 else np.zeros_like(width)
    found: Floats = error + WIDTH * wide
    return found
