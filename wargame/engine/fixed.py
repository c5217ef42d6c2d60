"""Costs and effects that are the same in every order of a move, as tables: added for all orders of a phase at once.

Only what cannot differ is here: amounts that read nothing, at scale 1, without modifiers. Where a ledger is kept,
or a session has a scale of its own, all of them are computed order by order like the rest; the numbers are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.engine.changes import Changes
from wargame.engine.moves import BoundMove
from wargame.engine.readers import BoundFormula
from wargame.formula.evaluate import evaluate
from wargame.model.expression import Leaf
from wargame.model.layout import Layout
from wargame.model.ticks import Floats, on_grid
from wargame.model.world import World

FIZZLED, FAILED, CAME_OFF = -1, 0, 1
"""What became of an order."""

_Column = tuple[NDArray[np.intp], float]
"""The row of each candidate of a move (−1: none), and the amount."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """The tables; the first columns are costs, which are paid in any case."""

    rows: NDArray[np.intp]
    """``[column, 2 · candidate + outcome]``; the last entry is for orders that fizzle."""
    amounts: Floats
    """``[column, 2 · move + outcome]``"""
    costs: int
    move_of: NDArray[np.intp]

    @classmethod
    def of(cls, moves: Sequence[BoundMove], layout: Layout) -> Fixed:
        """Return the tables of all moves."""
        candidates = sum(move.count for move in moves)
        costs = max((len(list(_costs(move))) for move in moves), default=0)
        effects = max((len(list(_effects(move, o))) for move in moves for o in (FAILED, CAME_OFF)), default=0)
        rows = np.full((costs + effects, 2 * candidates + 1), layout.sections.mutable, dtype=np.intp)
        amounts = np.zeros((costs + effects, 2 * len(moves)))
        for number, move in enumerate(moves):
            for outcome in (FAILED, CAME_OFF):
                mine = slice(2 * move.first + outcome, 2 * (move.first + move.count), 2)
                columns = [*enumerate(_costs(move)), *enumerate(_effects(move, outcome), costs)]
                for place, (where, amount) in columns:
                    rows[place, mine] = np.where(where >= 0, where, layout.sections.mutable)
                    limit = float((layout.high - layout.low)[where].max())
                    amounts[place, 2 * number + outcome] = min(max(amount, -limit), limit)
        move_of = np.repeat(np.arange(len(moves)), [move.count for move in moves])
        return cls(rows, amounts, costs, move_of)

    def add(
        self, candidate: NDArray[np.int32], session: NDArray[np.intp], fates: NDArray[np.int8], changes: Changes
    ) -> None:
        """Hand in what is fixed of some orders."""
        outcome = np.maximum(fates, FAILED)
        place, amount = candidate * 2 + outcome, self.move_of[candidate] * 2 + outcome
        for column in range(len(self.rows)):
            if column == self.costs:
                place[fates == FIZZLED] = self.rows.shape[1] - 1
            changes.add_ready(self.rows[column].take(place), session, self.amounts[column].take(amount))


def may_be_fixed(world: World) -> bool:
    """Say whether no session has a scale of its own."""
    return not any(parameter == "scale" for _, parameter in world.parameters)


def _costs(move: BoundMove) -> Iterator[_Column]:
    for resource in sorted(move.fixed_costs):
        yield move.resource_rows[resource], -max(_amount(move.cost[resource][1]), 0.0)


def _effects(move: BoundMove, outcome: int) -> Iterator[_Column]:
    last = move.success if outcome == CAME_OFF else move.failure
    yield from ((effect.rows, _amount(effect.amount)) for effect in (*move.always.add, *last.add) if effect.fixed)


def _amount(bound: BoundFormula) -> float:
    return on_grid(float(evaluate(bound.formula.node, _no_leaf)))


def _no_leaf(position: int, leaf: Leaf, argument: float | None) -> float:
    raise AssertionError(leaf)
