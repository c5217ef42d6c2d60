"""The arithmetic of formulas on Python floats: total, finite, and made only of operations that IEEE 754 fixes.

``arrays`` does the same steps in the same order on numpy arrays, so that both agree bit for bit.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from wargame.formula.constants import (
    BIG,
    EXP_LIMIT,
    EXP_SERIES,
    LEAST_DIVISOR,
    LEAST_LOG,
    LN2_HIGH,
    LN2_LOW,
    LOG2_E,
    LOG_SERIES,
    SQRT_HALF,
)


def limit(x: float) -> float:
    """Hold a number within ±BIG."""
    return min(max(x, -BIG), BIG)


def multiply(x: float, y: float) -> float:
    """Return x · y within ±BIG."""
    return limit(x * y)


def divide(x: float, y: float) -> float:
    """Return x / y within ±BIG; 0 where y is 0 (nearer to it than LEAST_DIVISOR)."""
    return limit(x / y) if abs(y) >= LEAST_DIVISOR else 0.0


def least(*numbers: float) -> float:
    """Return the smallest of some numbers."""
    return min(numbers)


def greatest(*numbers: float) -> float:
    """Return the largest of some numbers."""
    return max(numbers)


def clip(x: float, low: float, high: float) -> float:
    """Hold x within low and high (high wins if they cross)."""
    return min(max(x, low), high)


def ramp(x: float, start: float, end: float) -> float:
    """Rise from 0 at ``start`` to 1 at ``end``; a step where they are equal (nearer than LEAST_DIVISOR)."""
    width = end - start
    if abs(width) < LEAST_DIVISOR:
        return 1.0 if x >= start else 0.0
    return min(max((x - start) / width, 0.0), 1.0)


def exp(x: float) -> float:
    """Return e to the x, x held within ±EXP_LIMIT."""
    x = min(max(x, -EXP_LIMIT), EXP_LIMIT)
    k = float(round(x * LOG2_E))
    r = (x - k * LN2_HIGH) - k * LN2_LOW
    series = EXP_SERIES[0]
    for coefficient in EXP_SERIES[1:]:
        series = series * r + coefficient
    return math.ldexp(series, int(k))


def log(x: float) -> float:
    """Return the natural logarithm of x; that of LEAST_LOG where x is not positive."""
    mantissa, exponent = math.frexp(x if x > 0.0 else LEAST_LOG)
    if mantissa < SQRT_HALF:
        mantissa, exponent = mantissa + mantissa, exponent - 1
    s = (mantissa - 1.0) / (mantissa + 1.0)
    square = s * s
    series = LOG_SERIES[0]
    for coefficient in LOG_SERIES[1:]:
        series = series * square + coefficient
    return ((s + s) * series + exponent * LN2_LOW) + exponent * LN2_HIGH


def logistic(x: float) -> float:
    """Return 1 / (1 + e to the −x)."""
    return 1.0 / (1.0 + exp(-x))


def sqrt(x: float) -> float:
    """Return the square root of x; 0 where x is negative."""
    return math.sqrt(max(x, 0.0))


def magnitude(x: float) -> float:
    """Return x without its sign."""
    return abs(x)


FUNCTIONS: Final[dict[str, Callable[..., float]]] = {
    "min": least,
    "max": greatest,
    "clip": clip,
    "ramp": ramp,
    "logistic": logistic,
    "exp": exp,
    "log": log,
    "sqrt": sqrt,
    "abs": magnitude,
}
"""What a Call computes, by the name of its function."""
