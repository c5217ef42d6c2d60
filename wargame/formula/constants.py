"""The numbers that scalar and array arithmetic share."""

from __future__ import annotations

from math import factorial
from typing import Final

BIG: Final = 2.0**200
"""Products, quotients and exponentials are held within ±BIG.

Leaves are at most 2³¹, so that a product of up to six of them never meets the clip (compiled code then leaves it
out). The product of two clipped values, and a clipped value over the least divisor, are far below the largest float:
nothing is ever infinite, and so nothing ever becomes NaN.
"""

LEAST_DIVISOR: Final = 2.0**-100
"""A divisor nearer to zero than this is zero, and x / 0 is 0: so a quotient of leaves never meets the clip either."""

LEAF_LIMIT: Final = 2.0**31
"""What readers, parameters, turn and amount promise: no leaf is larger than this."""

NOISE_LIMIT: Final = 4.0
"""What readers promise of ``noise(sd)``: at most this many standard deviations."""

FLAG_IS_UP: Final = 0.5
"""A flag counts as true from here on."""

EXP_LIMIT: Final = 40.0
"""The argument of exp is held within ±EXP_LIMIT."""

LEAST_LOG: Final = 1e-9
"""What log takes in place of zero and of negative numbers."""

LOG2_E: Final = 1.4426950408889634
LN2_HIGH: Final = 6.93147180369123816490e-01
"""ln 2 with 32 bits, so that a small whole number times it is exact."""
LN2_LOW: Final = 1.90821492927058770002e-10
SQRT_HALF: Final = 0.7071067811865476

EXP_SERIES: Final[tuple[float, ...]] = tuple(1.0 / factorial(n) for n in range(13, -1, -1))
"""Taylor coefficients of exp, highest power first."""
LOG_SERIES: Final[tuple[float, ...]] = tuple(1.0 / n for n in range(21, 0, -2))
"""Coefficients of artanh(s)/s in s², highest power first."""
