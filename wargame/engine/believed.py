"""Worlds as one seat may believe them: every number within its error, row by row as rules come to read it.

Rules about one vote read a hundredth of all numbers; so a row is made up in all worlds only when it is first read.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.engine import draws
from wargame.engine.readers import Rows
from wargame.model.layout import Layout
from wargame.model.ticks import Floats
from wargame.model.world import Programmes, World


@dataclass(frozen=True, slots=True)
class Belief:
    """What is believed at one moment, by row, with the error of each number; ``at_start_of`` tells of past turns."""

    turn: int
    values: Floats
    deviations: Floats
    at_start_of: Callable[[int], Floats]


class Believed:
    """Worlds drawn from one belief: the first takes every number at its estimate, the others vary within its error."""

    def __init__(self, layout: Layout, belief: Belief, key: str, worlds: int) -> None:
        self.belief = belief
        self.seeds = draws.seeds_of(draws.word(f"expect|{key}|{belief.turn}"), worlds + 1)
        self._layout = layout
        self._values = np.empty((layout.count, worlds + 1))
        self._is_there = np.zeros(layout.count, dtype=bool)

    def world(self) -> World:
        """Return a world to read from, in which a row means something only after ``make`` or ``at``."""
        none = np.zeros((0, len(self.seeds)), dtype=np.int16)
        nobody = np.zeros(len(self.seeds), dtype=np.int16)
        return World(
            self._values, self.seeds, none, none, none, nobody, Programmes.none(), self.belief.turn, self._values,
            deque(),
        )  # fmt: skip

    def at(self, rows: Rows) -> Floats:
        """Return some rows in all worlds."""
        self.make(rows)
        found: Floats = self._values[rows]
        return found

    def make(self, rows: Rows) -> None:
        """Make up those of some rows that nobody has read yet."""
        wanted = np.arange(rows.start, rows.stop) if isinstance(rows, slice) else rows
        missing = np.unique(wanted[~self._is_there[wanted]])
        if len(missing):
            self._values[missing] = self._made(missing)
            self._is_there[missing] = True

    def _made(self, rows: NDArray[np.intp]) -> Floats:
        belief, layout = self.belief, self._layout
        uncertain = np.flatnonzero(belief.deviations[rows])
        values = np.repeat(belief.values[rows, None], len(self.seeds), axis=1)
        words = draws.words(f"expect|{layout.names[row]}" for row in rows[uncertain].tolist())
        errors = draws.bell(draws.mix(words[:, None] ^ self.seeds[None, :]))
        errors *= belief.deviations[rows[uncertain], None]
        errors[:, 0] = 0.0
        values[uncertain] += errors
        low, high = layout.low[rows, None], layout.high[rows, None]
        return np.minimum(np.maximum(values, low, out=values), high, out=values)
