"""Chance as a pure function: each draw depends on the session's seed, the turn and a text, and on nothing else.

No generator keeps state, so a draw does not depend on batch size, on the order of orders, or on other rules; a fork
shares every draw that it does not change. Texts enter through blake2b, never through ``hash()`` or an index.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wargame.model.ticks import Floats

Hashes = NDArray[np.uint64]

_GOLDEN: Final = 0x9E3779B97F4A7C15
_WORD: Final = (1 << 64) - 1
_FIRST: Final = np.array(0xFF51AFD7ED558CCD, dtype=np.uint64)
_SECOND: Final = np.array(0xC4CEB9FE1A85EC53, dtype=np.uint64)
_33: Final = np.array(33, dtype=np.uint64)
_11: Final = np.array(11, dtype=np.uint64)
_PART: Final = np.array(0xFFFF, dtype=np.uint64)
_UNIT: Final = 2.0**-53
_NOISE: Final = (3**0.5) / 65536
"""Scales the centred sum of four 16-bit numbers to unit variance; |noise| ≤ 3.47."""


@lru_cache(maxsize=1 << 16)
def word(text: str) -> int:
    """Return the 64-bit number that stands for a text."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def words(texts: Iterable[str]) -> Hashes:
    """Return the numbers of several texts, as an array."""
    return np.array([word(t) for t in texts], dtype=np.uint64)


def keys(seeds: Hashes, turn: int) -> Hashes:
    """Return the key of each session for one turn (turn 0: set-up and what is drawn once)."""
    return mix(seeds + np.array((_GOLDEN * (turn + 1)) & _WORD, dtype=np.uint64))


def mix(hashes: Hashes) -> Hashes:
    """Scramble an array of 64-bit numbers (a fresh array, which is changed in place)."""
    shifted = hashes >> _33
    hashes ^= shifted
    hashes *= _FIRST
    hashes ^= np.right_shift(hashes, _33, out=shifted)
    hashes *= _SECOND
    hashes ^= np.right_shift(hashes, _33, out=shifted)
    return hashes


def uniform(hashes: Hashes) -> Floats:
    """Return numbers in [0, 1) of 53 bits."""
    values = (hashes >> _11).astype(np.float64)
    values *= _UNIT
    return values


def bell(hashes: Hashes) -> Floats:
    """Return bell-shaped numbers of mean 0 and variance 1, within ±3.47, by exact integer sums."""
    total = hashes & _PART
    for shift in (16, 32, 48):
        total += (hashes >> np.array(shift, dtype=np.uint64)) & _PART
    values = total.astype(np.float64)
    values -= 131070.0
    values *= _NOISE
    return values


def seeds_of(seed: int, count: int) -> Hashes:
    """Return the seeds of an ensemble: session n of ensemble ``seed``, a pure function of both."""
    first = mix(np.array([seed & _WORD], dtype=np.uint64))
    steps = np.arange(count, dtype=np.uint64) * np.array(_GOLDEN, dtype=np.uint64)
    return mix(first + steps)
