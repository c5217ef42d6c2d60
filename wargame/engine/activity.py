"""Who is active: inactive entities are skipped everywhere; where nothing can be switched, asking costs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.model.bindings import Bound, Cast
from wargame.model.layout import ACTIVE, Layout
from wargame.model.world import World

Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Activity:
    """Knows which entities may ever be inactive; all others need no look at the world."""

    layout: Layout
    cast: Cast
    changing: frozenset[str]

    def rows(self, bounds: Sequence[Bound]) -> NDArray[np.intp] | None:
        """Return ``[n, binding]`` rows that must all be 1 for a binding to count; None where that is always so."""
        needed = [self._needed(bound) for bound in bounds]
        width = max((len(n) for n in needed), default=0)
        if not width:
            return None
        always = self.layout.constant[1.0]
        return np.array([[*n, *[always] * (width - len(n))] for n in needed], dtype=np.intp).T.copy()

    def _needed(self, bound: Bound) -> list[int]:
        names = dict.fromkeys(name for value in bound.values() for name in self._entities(value))
        return [self.layout.row(name, ACTIVE) for name in names if name in self.changing]

    def _entities(self, name: str) -> Iterable[str]:
        tie = self.cast.ties.get(name)
        return (name,) if tie is None else (tie.source, tie.target)


def all_active(world: World, rows: NDArray[np.intp] | None) -> Truths | None:
    """Return ``[binding, session]``: are all entities of each binding active? None: always."""
    if rows is None:
        return None
    found: Truths = world.values[rows[0]] >= 0.5
    for more in rows[1:]:
        found &= world.values[more] >= 0.5
    return found


def all_active_each(
    world: World, rows: NDArray[np.intp] | None, places: NDArray[np.intp], session: NDArray[np.intp]
) -> Truths | None:
    """Return ``[order]``: the same for filed orders, by the place of their candidate."""
    if rows is None:
        return None
    found: Truths = world.values[rows[0][places], session] >= 0.5
    for more in rows[1:]:
        found &= world.values[more[places], session] >= 0.5
    return found
