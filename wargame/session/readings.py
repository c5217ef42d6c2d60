"""How a derived number moved: through its members, where it is a plain sum or mean, or else input by input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wargame.engine.derived import Reading
from wargame.engine.engine import Engine
from wargame.formula.evaluate import evaluate
from wargame.formula.walk import leaves
from wargame.model.bindings import Bound
from wargame.model.expression import START_LAG, Formula, Leaf, Parameter, Read, Turn
from wargame.session.beliefs import EVEN, Beliefs

_Input = tuple[int, int]
"""Row and lag of a number that a reading reads."""


@dataclass(frozen=True, slots=True)
class Members:
    """The rows of which a number is the sum, each counted with the same share (a mean: 1/n)."""

    rows: tuple[int, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Shift:
    """What one input did to a derived number: from where to where it went, and by how much it moved the number."""

    leaf: Read
    bound: Bound
    before: float
    after: float
    amount: float


class Readings:
    """Takes derived numbers apart."""

    def __init__(self, engine: Engine, beliefs: Beliefs) -> None:
        self.engine = engine
        self.beliefs = beliefs

    def is_derived(self, row: int) -> bool:
        """Say whether a number is computed from others."""
        return row >= self.engine.layout.sections.derived

    def members(self, row: int) -> Members | None:
        """Return the members of a group's reading or of a plain sum or mean; None for any other number."""
        whole = self.engine.makeup.wholes.get(row)
        if whole is None:
            return None
        return Members(whole.parts, 1.0 / max(len(whole.parts), 1) if whole.mean else 1.0)

    def shifts(self, row: int, turn: int) -> list[Shift]:
        """Return how the inputs of a number moved it in a turn, one after the other, the largest first."""
        reading = self.reading(row)
        if reading is None:
            return []
        bounds = list(self._bounds(reading, row))
        share = 1.0 / len(bounds) if reading.derived.fold == "mean" and bounds else 1.0
        if reading.derived.fold in ("max", "min"):
            bounds = [self._extreme(reading, bounds, turn)] if bounds else []
        found = [shift for bound in bounds for shift in self._shifts(reading, bound, turn, share)]
        return sorted(found, key=lambda shift: -abs(shift.amount))

    def reading(self, row: int) -> Reading | None:
        """Return the derived attribute whose row it is."""
        return next((r for r in self.engine.readings.readings if r.rows.start <= row < r.rows.stop), None)

    def owner(self, row: int) -> Bound:
        """Return the owner of a derived number, under its role."""
        reading = self.reading(row)
        assert reading is not None
        return {reading.derived.owner.role: self.engine.layout.owners[row]}

    def _bounds(self, reading: Reading, row: int) -> Iterator[Bound]:
        owner, role = self.engine.layout.owners[row], reading.derived.owner.role
        yield from (bound for bound in reading.bounds if bound[role] == owner)

    def _extreme(self, reading: Reading, bounds: list[Bound], turn: int) -> Bound:
        sign = 1.0 if reading.derived.fold == "max" else -1.0
        return max(bounds, key=lambda b: sign * self._term(reading, b, turn + 1, self._inputs(reading, b, turn + 1)))

    def _shifts(self, reading: Reading, bound: Bound, turn: int, share: float) -> Iterator[Shift]:
        before, after = self._inputs(reading, bound, turn), self._inputs(reading, bound, turn + 1)
        names = {self._key(leaf, bound): leaf for leaf in _reads(reading)}
        now = dict(before)
        value = self._term(reading, bound, turn, now)
        for key, leaf in names.items():
            if before[key] != after[key]:
                now[key] = after[key]
                moved = self._term(reading, bound, turn + 1, now)
                if moved != value:
                    yield Shift(leaf, bound, before[key], after[key], (moved - value) * share)
                value = moved

    def _key(self, leaf: Read, bound: Bound) -> _Input:
        return self.engine.binder.true_row(leaf, bound), leaf.lag

    def _inputs(self, reading: Reading, bound: Bound, turn: int) -> dict[_Input, float]:
        keys = {self._key(leaf, bound) for leaf in _reads(reading)}
        return {(row, lag): float(self.beliefs.at_start_of(_turn_of(lag, turn))[row]) for row, lag in keys}

    def _term(self, reading: Reading, bound: Bound, turn: int, inputs: Mapping[_Input, float]) -> float:
        derived = reading.derived
        if derived.where is not None and self._evaluate(derived.where, reading, bound, turn, inputs) < EVEN:
            return 0.0
        return 1.0 if derived.fold == "count" else self._evaluate(derived.value, reading, bound, turn, inputs)

    def _evaluate(
        self, formula: Formula, reading: Reading, bound: Bound, turn: int, inputs: Mapping[_Input, float]
    ) -> float:
        def value(position: int, leaf: Leaf, argument: float | None) -> float:
            if isinstance(leaf, Read):
                return inputs[self._key(leaf, bound)]
            if isinstance(leaf, Parameter):
                return self.engine.binder.parameters[reading.derived.attribute.id, leaf.name]
            return float(turn) if isinstance(leaf, Turn) else 1.0

        return float(evaluate(formula.node, value, formula.yields))


def _reads(reading: Reading) -> Iterator[Read]:
    for formula in (reading.derived.value, reading.derived.where):
        if formula is not None:
            yield from (leaf for leaf in leaves(formula.node) if isinstance(leaf, Read))


def _turn_of(lag: int, turn: int) -> int:
    if lag == START_LAG:
        return 1
    return turn if lag == 0 else turn - lag + 1
