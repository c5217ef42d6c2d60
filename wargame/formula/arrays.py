"""The arithmetic of formulas on numpy arrays (and on Python numbers, so that both may meet in one formula).

Every function is elementwise and takes the same steps in the same order as its namesake in ``scalars``: a session
alone equals the same session in a batch, bit for bit (+0.0 and −0.0 count as equal). The numbers of numpy's own exp,
log, tanh and power differ between processors and are not used.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from wargame.formula import scalars
from wargame.formula.constants import (
    BIG,
    EXP_LIMIT,
    EXP_SERIES,
    FLAG_IS_UP,
    LEAST_DIVISOR,
    LEAST_LOG,
    LN2_HIGH,
    LN2_LOW,
    LOG2_E,
    LOG_SERIES,
    SQRT_HALF,
)

__all__ = ["BIG", "EXP_LIMIT", "FUNCTIONS", "Values"]

Array: TypeAlias = NDArray[Any]
Values: TypeAlias = float | bool | NDArray[Any]
"""A number or a truth value, or an array of either."""

_BLOCK: Final = 1 << 13
_KEPT: Final = 1 << 21
_BIAS: Final = 1023
_MANTISSA_BITS: Final = 52


def keep_freed_memory() -> None:
    """Make the C library keep the memory of freed arrays instead of giving it back after every formula.

    glibc raises its thresholds to the largest block it has seen freed; elsewhere this does nothing. Formulas over
    more than some 30,000 numbers run up to four times as fast.
    """
    np.empty(_KEPT)


def limit(x: Values) -> Values:
    """Hold numbers within ±BIG."""
    return x.clip(-BIG, BIG) if isinstance(x, np.ndarray) else scalars.limit(x)


def multiply(x: Values, y: Values) -> Values:
    """Return x · y within ±BIG."""
    return _held(x * y)


def divide(x: Values, y: Values) -> Values:
    """Return x / y within ±BIG; 0 where y is 0 (nearer to it than LEAST_DIVISOR)."""
    return _held(quotient(x, y))


def quotient(x: Values, y: Values) -> Values:
    """Return x / y where that is known to be within ±BIG; 0 where y is 0 (nearer to it than LEAST_DIVISOR)."""
    if not isinstance(y, np.ndarray):
        return x / y if abs(y) >= LEAST_DIVISOR else x * 0.0
    zero = _is_zero(y)
    if not zero.any():
        return x / y
    answer: Array = x / (y + zero)
    answer *= ~zero
    return answer


def least(*numbers: Values) -> Values:
    """Return the smallest of some numbers."""
    smallest = numbers[0]
    for number in numbers[1:]:
        smallest = _lower(smallest, number)
    return smallest


def greatest(*numbers: Values) -> Values:
    """Return the largest of some numbers."""
    largest = numbers[0]
    for number in numbers[1:]:
        largest = _upper(largest, number)
    return largest


def clip(x: Values, low: Values, high: Values) -> Values:
    """Hold x within low and high (high wins if they cross)."""
    return x.clip(low, high) if isinstance(x, np.ndarray) else _lower(_upper(x, low), high)


def ramp(x: Values, start: Values, end: Values) -> Values:
    """Rise from 0 at ``start`` to 1 at ``end``; a step where they are equal (nearer than LEAST_DIVISOR)."""
    width = end - start
    if isinstance(width, np.ndarray):
        return _varying_ramp(x, start, width)
    if not isinstance(x, np.ndarray):
        return scalars.ramp(float(x), float(start), float(end))
    if abs(width) < LEAST_DIVISOR:
        return np.where(x >= start, 1.0, 0.0)
    share: Array = x - start
    share /= width
    return share.clip(0.0, 1.0, out=share)


def _varying_ramp(x: Values, start: Values, width: Array) -> Array:
    step = _is_zero(width)
    share: Array = (x - start) / (width + step)
    share.clip(0.0, 1.0, out=share)
    return np.where(step, x >= start, share) if step.any() else share


def exp(x: Values) -> Values:
    """Return e to the x, x held within ±EXP_LIMIT."""
    return _in_blocks(_exp, x) if isinstance(x, np.ndarray) else scalars.exp(float(x))


def _exp(x: Array) -> Array:
    r = x.clip(-EXP_LIMIT, EXP_LIMIT)
    k = r * LOG2_E
    np.rint(k, out=k)
    r -= k * LN2_HIGH
    r -= k * LN2_LOW
    power = _horner(EXP_SERIES, r)
    power *= _power_of_two(k)
    return power


def log(x: Values) -> Values:
    """Return the natural logarithm of x; that of LEAST_LOG where x is not positive."""
    return _in_blocks(_log, x) if isinstance(x, np.ndarray) else scalars.log(float(x))


def _log(x: Array) -> Array:
    positive = x > 0.0
    mantissa, whole = np.frexp(x if positive.all() else np.where(positive, x, LEAST_LOG))
    low = mantissa < SQRT_HALF
    exponent = (whole - low).astype(np.float64)
    mantissa += mantissa * low
    s = (mantissa - 1.0) / (mantissa + 1.0)
    logarithm = _horner(LOG_SERIES, s * s)
    logarithm *= s + s
    logarithm += exponent * LN2_LOW
    logarithm += exponent * LN2_HIGH
    return logarithm


def logistic(x: Values) -> Values:
    """Return 1 / (1 + e to the −x)."""
    return _in_blocks(_logistic, x) if isinstance(x, np.ndarray) else scalars.logistic(float(x))


def _logistic(x: Array) -> Array:
    power = _exp(-x)
    power += 1.0
    return np.divide(1.0, power, out=power)


def sqrt(x: Values) -> Values:
    """Return the square root of x; 0 where x is negative."""
    if not isinstance(x, np.ndarray):
        return scalars.sqrt(float(x))
    root = np.maximum(x, 0.0)
    return np.sqrt(root, out=root)


def magnitude(x: Values) -> Values:
    """Return x without its sign."""
    return np.abs(x) if isinstance(x, np.ndarray) else abs(x)


def as_truth(flag: Values) -> Values:
    """Return the truth values of a flag that may be given as numbers."""
    if isinstance(flag, np.ndarray):
        return flag if flag.dtype == np.bool_ else flag >= FLAG_IS_UP
    return flag >= FLAG_IS_UP


def choose(condition: Values, then: Values, otherwise: Values) -> Values:
    """Return ``then`` where the condition holds and ``otherwise`` where it does not."""
    if isinstance(condition, np.ndarray):
        return np.where(condition, then, otherwise)
    return then if condition else otherwise


def _lower(x: Values, y: Values) -> Values:
    if isinstance(x, np.ndarray) or isinstance(y, np.ndarray):
        return np.minimum(x, y)
    return min(x, y)


def _upper(x: Values, y: Values) -> Values:
    if isinstance(x, np.ndarray) or isinstance(y, np.ndarray):
        return np.maximum(x, y)
    return max(x, y)


def _held(x: Values) -> Values:
    """Hold a new array within ±BIG in place, or a number."""
    return x.clip(-BIG, BIG, out=x) if isinstance(x, np.ndarray) else scalars.limit(x)


def _is_zero(x: Array) -> Array:
    zero: Array = x < LEAST_DIVISOR
    zero &= x > -LEAST_DIVISOR
    return zero


def _in_blocks(function: Callable[[Array], Array], x: Array) -> Array:
    """Apply a function of many steps to blocks that stay in the processor's cache."""
    if x.size <= _BLOCK:
        return function(x)
    flat = x.reshape(-1)
    answer = np.empty_like(flat)
    for begin in range(0, flat.size, _BLOCK):
        answer[begin : begin + _BLOCK] = function(flat[begin : begin + _BLOCK])
    return answer.reshape(x.shape)


def _horner(coefficients: tuple[float, ...], x: Array) -> Array:
    series = x * coefficients[0]
    series += coefficients[1]
    for coefficient in coefficients[2:]:
        series *= x
        series += coefficient
    return series


def _power_of_two(k: Array) -> Array:
    bits = k.astype(np.int64)
    bits += _BIAS
    bits <<= _MANTISSA_BITS
    return bits.view(np.float64)


FUNCTIONS: Final[dict[str, Callable[..., Values]]] = {
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
