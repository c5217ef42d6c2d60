"""The grid of 2⁻²⁰ on which every amount lies before it is added.

Sums of such numbers in float64 are exact below 2³³ and do not depend on order: a ledger adds up exactly, and a
session alone equals the same session in a batch, bit for bit.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

PER_UNIT: Final = 1 << 20
TICK: Final = 1.0 / PER_UNIT
LARGEST_BOUND: Final = float(1 << 31)
_MAGIC: Final = 1.5 * (1 << 32)
"""Adding and taking away this number rounds to the grid, because float64 has 52 bits after the leading one."""


def on_grid(value: float) -> float:
    """Round one number to the nearest tick (half to even); exact for |value| ≤ 2³¹."""
    return (value + _MAGIC) - _MAGIC


def round_in_place(amounts: Floats) -> Floats:
    """Round an array to the grid in place and return it."""
    amounts += _MAGIC
    amounts -= _MAGIC
    return amounts


def floor_in_place(amounts: Floats) -> Floats:
    """Round an array down to the grid in place and return it."""
    amounts *= PER_UNIT
    np.floor(amounts, out=amounts)
    amounts *= TICK
    return amounts


def as_ticks(values: Floats) -> NDArray[np.int64]:
    """Return whole ticks, for digests (−0.0 and +0.0 are one tick)."""
    return np.rint(values * PER_UNIT).astype(np.int64)
