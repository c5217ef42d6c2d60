"""What computed numbers are made of: sums and means of others, and the inputs of every other reading.

A seat that sees parts sees their sum: what it is shown of a whole is put together from what it is shown of the parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.engine.activity import Activity, all_active
from wargame.engine.derived import Reading
from wargame.engine.readers import Binder
from wargame.model.expression import Read
from wargame.model.layout import Layout
from wargame.model.ticks import Floats, round_in_place
from wargame.model.world import World


@dataclass(frozen=True, slots=True)
class Whole:
    """A number that is the plain sum or mean of others, as far as these are active."""

    parts: tuple[int, ...]
    """The row of each part."""
    mean: bool
    active: NDArray[np.intp] | None
    """``[n, part]`` rows that must all be 1 for a part to count; None where that is always so."""
    low: float
    high: float

    def value(self, parts: Iterable[Floats], world: World) -> Floats:
        """Return ``[session]`` the whole of some values of the parts, on the grid, as the truth is computed."""
        counted = all_active(world, self.active)
        total = np.zeros(world.sessions)
        for i, part in enumerate(parts):
            total += part if counted is None else part * counted[i]
        if self.mean:
            total /= float(max(len(self.parts), 1)) if counted is None else np.maximum(counted.sum(axis=0), 1)
            round_in_place(total)
        return np.minimum(np.maximum(total, self.low, out=total), self.high, out=total)

    def deviation(self, parts: Floats, world: World) -> float:
        """Return the standard deviation of the whole in a live session: the errors of the parts are independent."""
        counted = all_active(world, self.active)
        some = parts if counted is None else parts[counted[:, 0]]
        total = float(np.sqrt(np.square(some).sum()))
        return total / max(len(some), 1) if self.mean else total


@dataclass(frozen=True)
class Makeup:
    """What every computed number of a scenario is made of, by its row."""

    wholes: Mapping[int, Whole]
    """Groups, and readings that are plain sums or means."""
    inputs: Mapping[int, frozenset[int]]
    """Every reading but those of groups: the rows that it reads."""
    groups: frozenset[int]


def make_up(layout: Layout, readings: Sequence[Reading], binder: Binder, activity: Activity) -> Makeup:
    """Take the computed numbers of a scenario apart."""
    wholes = {row: whole for reading in readings for row, whole in _of_reading(reading, binder, layout)}
    for group in layout.groups:
        active = activity.rows([{"zone": zone} for zone in group.zones])
        wholes[group.row] = _whole(group.row, group.members, group.mean, active, layout)
    inputs = {row: found for reading in readings for row, found in _inputs(reading)}
    return Makeup(wholes, inputs, frozenset(group.row for group in layout.groups))


def _whole(row: int, parts: tuple[int, ...], mean: bool, active: NDArray[np.intp] | None, layout: Layout) -> Whole:
    return Whole(parts, mean, active, float(layout.low[row]), float(layout.high[row]))


def _of_reading(reading: Reading, binder: Binder, layout: Layout) -> Iterator[tuple[int, Whole]]:
    derived, value = reading.derived, reading.derived.value.node
    if derived.fold not in ("sum", "mean") or derived.where is not None:
        return
    if not isinstance(value, Read) or value.lag:
        return
    for row, at in _bindings(reading):
        parts = tuple(binder.true_row(value, bound) for bound in reading.bounds[at])
        active = None if reading.active is None else reading.active[:, at]
        yield row, _whole(row, parts, derived.fold == "mean", active, layout)


def _inputs(reading: Reading) -> Iterator[tuple[int, frozenset[int]]]:
    sources = [s for formula in (reading.value, reading.where) if formula is not None for s in formula.sources]
    for row, at in _bindings(reading):
        yield row, frozenset(int(r) for source in sources if source.rows is not None for r in source.rows[at])


def _bindings(reading: Reading) -> Iterator[tuple[int, slice]]:
    """Yield each row of a reading with the slice of the bindings that are folded into it."""
    starts = reading.starts.tolist()
    stops = [*starts, len(reading.bounds)][1:]
    found = {
        owner: slice(start, stop) for owner, start, stop in zip(reading.owners.tolist(), starts, stops, strict=True)
    }
    for position in range(reading.rows.stop - reading.rows.start):
        yield reading.rows.start + position, found.get(position, slice(0, 0))
