"""What one seat took the world to be at the start of each turn, and what follows from it by the rules that all know.

Nothing here reads what the seat may not see: two sessions that gave a seat the same views give it the same answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from wargame.engine.engine import Engine
from wargame.engine.views import SeatEyes
from wargame.formula.evaluate import evaluate
from wargame.formula.walk import leaves
from wargame.model.bindings import Bound
from wargame.model.expression import START_LAG, Amount, Draw, Formula, Leaf, Parameter, Read, Turn
from wargame.model.ticks import Floats
from wargame.model.world import World

EVEN = 0.5
"""A chance of at least this is taken to come true by somebody who cannot know."""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What a formula comes to, with the value of each of its leaves."""

    value: float
    leaves: tuple[float, ...]


class Beliefs:
    """The numbers of a session turn by turn: as one seat believes them, or (``eyes`` None) as they are."""

    def __init__(self, engine: Engine, world: World, eyes: SeatEyes | None) -> None:
        self.engine = engine
        self.world = world
        self.eyes = eyes
        self._at: dict[int, Floats] = {}

    def at_start_of(self, turn: int) -> Floats:
        """Return every number at the start of a turn (the first turn's for earlier ones, the end for later ones)."""
        turn = min(max(turn, 1), len(self.world.past) + 1)
        if turn not in self._at:
            self._at[turn] = self._look(turn)
        return self._at[turn]

    def _look(self, turn: int) -> Floats:
        if self.eyes is not None:
            return self.eyes.look_at(self.world, turn)
        past = self.world.past
        values = past[turn - 1] if turn <= len(past) else self.world.values
        return np.ascontiguousarray(values[: self.engine.layout.count, 0])

    def reckon(
        self,
        formula: Formula,
        rule: str,
        bound: Bound,
        turn: int,
        now: Floats | None = None,
        amount: float = 1.0,
        drawn: Mapping[int, float] | None = None,
    ) -> Reckoned:
        """Return what a formula of a rule comes to in a turn.

        ``now`` stands for the present (the start of the turn if left out); ``drawn`` has the draws that are known, by
        leaf. Of the others, a chance is taken to come true if it is at least even, and noise to be nothing.
        """
        present = self.at_start_of(turn) if now is None else now
        luck = drawn or {}
        found = [0.0] * len(leaves(formula.node))

        def value(position: int, leaf: Leaf, argument: float | None) -> float | bool:
            told = self._value(leaf, rule, bound, turn, present, amount)
            if isinstance(leaf, Draw):
                told = luck.get(position, float((argument or 0.0) >= EVEN) if leaf.kind == "chance" else 0.0)
            found[position] = told
            return told

        result = float(evaluate(formula.node, value, formula.yields))
        return Reckoned(result, tuple(found))

    def reckon_at_end(self, formula: Formula, rule: str, turn: int) -> Reckoned:
        """Return what a formula comes to that is read once a turn has been played, before the next one begins."""
        return self.reckon(formula, rule, {}, turn, self.at_start_of(turn + 1))

    def holds(self, formula: Formula | None, rule: str, bound: Bound, turn: int, now: Floats | None = None) -> bool:
        """Say whether a condition holds in a turn (no condition: yes)."""
        return formula is None or self.reckon(formula, rule, bound, turn, now).value >= EVEN

    def _value(self, leaf: Leaf, rule: str, bound: Bound, turn: int, now: Floats, amount: float) -> float:
        if isinstance(leaf, Read):
            return float(self._values_at(leaf.lag, turn, now)[self.engine.binder.true_row(leaf, bound)])
        if isinstance(leaf, Parameter):
            return self.engine.binder.parameters[rule, leaf.name]
        if isinstance(leaf, Amount):
            return amount
        return float(turn) if isinstance(leaf, Turn) else 0.0

    def _values_at(self, lag: int, turn: int, now: Floats) -> Floats:
        if lag == 0:
            return now
        return self.at_start_of(1 if lag == START_LAG else turn - lag + 1)
