"""Readings that are computed, never stored: once at the start of each phase and at the end of the turn.

Sums over ties live here and nowhere else; every term is rounded to the grid first, so a sum is exact in any order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.engine.activity import Activity, Truths, all_active
from wargame.engine.readers import Binder, BoundFormula, Dense, spread
from wargame.formula.walk import roles
from wargame.model.bindings import Bound, enumerate_bindings
from wargame.model.expression import Read, Turn
from wargame.model.layout import GroupReading, Layout
from wargame.model.rules import Binding, Derived, EntityClause, TieClause
from wargame.model.ticks import LARGEST_BOUND, Floats, round_in_place
from wargame.model.world import World

_FLOOR = -float(1 << 40)


@dataclass(frozen=True, slots=True)
class Reading:
    """A derived attribute bound to the world: terms by binding, folded by owner into consecutive rows."""

    derived: Derived
    rows: slice
    bounds: tuple[Bound, ...]
    value: BoundFormula | None
    where: BoundFormula | None
    active: NDArray[np.intp] | None
    owners: NDArray[np.intp]
    """Position of the owner among the rows, for each fold."""
    starts: NDArray[np.intp]
    """First binding of each fold; bindings are sorted by owner."""
    low: float
    high: float

    def refresh(self, world: World, reader: Dense) -> None:
        """Compute the reading in every session."""
        out = world.values[self.rows]
        if self.value is None:
            out.fill(0.0)
            return
        terms = np.empty((len(self.bounds), world.sessions))
        terms[...] = reader.evaluate(self.value)
        np.minimum(np.maximum(terms, -LARGEST_BOUND, out=terms), LARGEST_BOUND, out=terms)
        round_in_place(terms)
        counted = self._counted(world, reader)
        if self.derived.fold == "value":
            out[...] = terms if counted is None else terms * counted
        else:
            out.fill(0.0)
            out[self.owners] = self._fold(terms, counted)
        np.minimum(np.maximum(out, self.low, out=out), self.high, out=out)

    def _counted(self, world: World, reader: Dense) -> Truths | None:
        active = all_active(world, self.active)
        if self.where is None:
            return active
        found = spread(reader.evaluate(self.where), (len(self.bounds), world.sessions))
        return found if active is None else found & active

    def _fold(self, terms: Floats, counted: Truths | None) -> Floats:
        fold = self.derived.fold
        if fold in ("max", "min"):
            return self._extreme(terms, counted, largest=fold == "max")
        if fold == "count":
            terms = np.ones_like(terms)
        if counted is not None:
            terms = terms * counted
        total = self._joined(np.add, terms)
        return round_in_place(total / self._numbers(terms, counted)) if fold == "mean" else total

    def _numbers(self, terms: Floats, counted: Truths | None) -> Floats:
        ones = np.ones_like(terms) if counted is None else counted.astype(np.float64)
        return np.maximum(self._joined(np.add, ones), 1.0)

    @property
    def reads(self) -> NDArray[np.intp]:
        """Return the rows that the reading depends on."""
        formulas = [f for f in (self.value, self.where) if f is not None]
        active = set() if self.active is None else set(self.active.reshape(-1).tolist())
        return np.array(sorted(active.union(*(f.rows for f in formulas))), dtype=np.intp)

    @property
    def tells_time(self) -> bool:
        """Say whether it gives something else when a turn begins, though nothing else has changed."""
        formulas = [f for f in (self.value, self.where) if f is not None]
        leaves = [leaf for formula in formulas for leaf in formula.leaves]
        return any(isinstance(leaf, Turn) or (isinstance(leaf, Read) and leaf.lag) for leaf in leaves)

    def _joined(self, join: np.ufunc, terms: Floats) -> Floats:
        if len(terms) == len(self.owners):
            return terms
        found = np.empty((len(self.owners), terms.shape[1]))
        stops = [*self.starts[1:], len(terms)]
        for owner, (start, stop) in enumerate(zip(self.starts, stops, strict=True)):
            join.reduce(terms[start:stop], axis=0, out=found[owner])  # reduceat is several times as slow
        return found

    def _extreme(self, terms: Floats, counted: Truths | None, *, largest: bool) -> Floats:
        sign = 1.0 if largest else -1.0
        signed = terms * sign
        if counted is not None:
            signed = np.where(counted, signed, _FLOOR)
        best = self._joined(np.maximum, signed)
        return np.where(best == _FLOOR, 0.0, best * sign)


@dataclass(frozen=True, slots=True)
class GroupRows:
    """The readings of one zone group that are sums (stocks), or those that are means (levels, flags)."""

    rows: NDArray[np.intp]
    members: NDArray[np.intp]
    """``[zone, reading]``: the row of each member."""
    active: NDArray[np.intp] | None
    mean: bool

    def depends_on(self, stale: Truths) -> bool:
        """Say whether anything that is read here has changed."""
        return bool(stale[self.members].any() or (self.active is not None and stale[self.active].any()))

    def refresh(self, world: World) -> None:
        """Compute the readings in every session."""
        active = all_active(world, self.active)
        total = np.zeros((len(self.rows), world.sessions))
        for zone, rows in enumerate(self.members):
            total += world.values[rows] if active is None else world.values[rows] * active[zone]
        if self.mean:
            total /= float(len(self.members)) if active is None else np.maximum(active.sum(axis=0), 1)
            round_in_place(total)
        world.values[self.rows] = total


@dataclass(frozen=True, slots=True)
class Readings:
    """Everything that is computed from the world, in an order in which each reads only earlier ones."""

    readings: tuple[Reading, ...]
    reads: tuple[NDArray[np.intp], ...]
    groups: tuple[GroupRows, ...]
    timed: tuple[slice, ...]
    """Where the readings lie that tell time."""

    @classmethod
    def of(cls, readings: Sequence[Reading], groups: tuple[GroupRows, ...]) -> Readings:
        """Return the readings and group readings of a scenario."""
        timed = tuple(reading.rows for reading in readings if reading.tells_time)
        return cls(tuple(readings), tuple(reading.reads for reading in readings), groups, timed)

    def refresh(self, world: World, reader: Dense, stale: Truths | None) -> None:
        """Compute them anew; ``stale`` (changed in place) are the rows that have changed since, None: all.

        A reading whose own row is stale is computed too.
        """
        for reading, reads in zip(self.readings, self.reads, strict=True):
            if stale is None or stale[reads].any() or stale[reading.rows].any():
                reading.refresh(world, reader)
                if stale is not None:
                    stale[reading.rows] = True
        for group in self.groups:
            if stale is None or group.depends_on(stale):
                group.refresh(world)


def bind_groups(layout: Layout, activity: Activity) -> tuple[GroupRows, ...]:
    """Bind the readings of zone groups to the rows of a scenario."""
    found: dict[tuple[tuple[str, ...], bool], list[GroupReading]] = {}
    for reading in layout.groups:
        found.setdefault((reading.zones, reading.mean), []).append(reading)
    return tuple(
        GroupRows(
            np.array([r.row for r in readings], dtype=np.intp),
            np.array([r.members for r in readings], dtype=np.intp).T.copy(),
            activity.rows([{"zone": zone} for zone in zones]),
            mean,
        )
        for (zones, mean), readings in found.items()
    )


def bind_reading(derived: Derived, binder: Binder, activity: Activity, layout: Layout) -> Reading:
    """Bind a derived attribute to the rows of a scenario."""
    ordered = [owner for kind in derived.owner.kinds for owner in _owners(kind, binder)]
    if not ordered:
        return Reading(derived, slice(0, 0), (), None, None, None, _none(), _none(), 0.0, 0.0)
    first = layout.row(ordered[0], derived.attribute.id)
    place = {owner: i for i, owner in enumerate(ordered)}
    bounds = sorted(_bounds(derived, binder, ordered), key=lambda b: place[b[derived.owner.role]])
    positions = np.array([place[b[derived.owner.role]] for b in bounds], dtype=np.intp)
    distinct, starts = np.unique(positions, return_index=True)
    return Reading(
        derived,
        slice(first, first + len(ordered)),
        tuple(bounds),
        binder.bind(derived.value, _rule(derived), bounds) if bounds else None,
        binder.bind(derived.where, _rule(derived), bounds) if derived.where and bounds else None,
        activity.rows(bounds),
        distinct.astype(np.intp),
        starts.astype(np.intp),
        float(layout.low[first]),
        float(layout.high[first]),
    )


def _owners(kind: str, binder: Binder) -> list[str]:
    if kind in binder.cast.of_type:
        return [tie.id for tie in binder.cast.of_type[kind]]
    return [e.id for e in binder.cast.entities.values() if e.kind == kind]


def _rule(derived: Derived) -> str:
    return derived.attribute.id


def _none() -> NDArray[np.intp]:
    return np.empty(0, dtype=np.intp)


def _bounds(derived: Derived, binder: Binder, owners: list[str]) -> Sequence[Bound]:
    role = derived.owner.role
    if derived.over is None:
        return [{role: owner} for owner in owners]
    formulas = [f.node for f in (derived.value, derived.where) if f is not None]
    used = frozenset(r for node in formulas for r in roles(node)) | {role}
    first = derived.over.clauses[0]
    of_tie = isinstance(first, TieClause) and first.role == role
    owner_clause = () if of_tie else (EntityClause(role, derived.owner.kinds),)
    joined = Binding((*owner_clause, *derived.over.clauses), derived.over.only)
    return enumerate_bindings(joined, binder.cast, used)
