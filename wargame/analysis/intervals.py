"""How sure a number from a sample is: 95 % intervals and quantiles."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from wargame.model.ticks import Floats

_Z = 1.959963984540054
"""The 97.5 % point of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with the bounds between which the true value lies in 95 of 100 samples."""

    value: float
    low: float
    high: float

    def overlaps(self, other: Interval) -> bool:
        """Say whether two intervals have a point in common."""
        return self.low <= other.high and other.low <= self.high


def share(hits: float, trials: int) -> Interval:
    """Return a share with its Wilson interval (Wilson 1927), which holds near 0 and 1 as well."""
    if trials == 0:
        return Interval(float("nan"), 0.0, 1.0)
    p, z2 = hits / trials, _Z * _Z
    centre = (p + z2 / (2 * trials)) / (1 + z2 / trials)
    half = _Z / (1 + z2 / trials) * sqrt(p * (1 - p) / trials + z2 / (4 * trials * trials))
    return Interval(p, max(0.0, centre - half), min(1.0, centre + half))


def mean(values: Floats) -> Interval:
    """Return the mean of a sample with its normal interval."""
    found = float(values.mean()) if len(values) else float("nan")
    half = _Z * float(values.std(ddof=1)) / sqrt(len(values)) if len(values) > 1 else 0.0
    return Interval(found, found - half, found + half)


def mean_of_few(values: Floats) -> Interval:
    """Return the mean of a small sample with Student's interval (its factor by Cornish and Fisher 1937)."""
    if len(values) < 2:
        return mean(values)
    found, free = float(values.mean()), len(values) - 1
    factor = _Z + (_Z**3 + _Z) / (4 * free) + (5 * _Z**5 + 16 * _Z**3 + 3 * _Z) / (96 * free * free)
    half = factor * float(values.std(ddof=1)) / sqrt(len(values))
    return Interval(found, found - half, found + half)


def quantiles(values: Floats) -> tuple[float, float, float]:
    """Return the 10 %, 50 % and 90 % points of a sample."""
    low, middle, high = np.quantile(values, [0.1, 0.5, 0.9])
    return float(low), float(middle), float(high)
