"""Orders that history gives on its days: funded first, before whatever a seat's doctrine wants."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from wargame.bots.controls import Chosen
from wargame.bots.scripted import as_given
from wargame.engine.engine import Engine
from wargame.engine.legality import Legality
from wargame.model.errors import ContentError, Problem
from wargame.model.hindcast import DatedOrder
from wargame.model.orders import NONE, Candidate
from wargame.model.text import Text


class Script:
    """The dated orders of a case, and which moves doctrines leave to it.

    Raises ContentError for an order that no candidate fits, or several do.
    """

    def __init__(self, engine: Engine, orders: Sequence[DatedOrder], withheld: Iterable[tuple[str, str]] = ()) -> None:
        self.engine = engine
        self.orders = tuple(orders)
        self.withheld = frozenset(withheld)
        """Seat and move."""
        self.given = np.zeros((len(orders), 2), dtype=np.int64)
        """Of each order: in how many sessions it was given, and in how many it was due."""
        found = [_candidates(engine, order) for order in orders]
        problems = [_problem(o, some) for o, some in zip(orders, found, strict=True) if len(some) != 1]
        if problems:
            raise ContentError(tuple(problems))
        self._candidates = [some[0].id for some in found]

    def withheld_from(self, seat: str) -> frozenset[str]:
        """Return the moves that the doctrine of a seat may not order on its own."""
        return frozenset(move for who, move in self.withheld if who == seat)

    def first(self, seat: int, legality: Legality, then: Callable[[Legality], Chosen]) -> Chosen:
        """Return the orders of a seat: those of history as far as they are legal and can be paid, then its own."""
        known = self.engine.scenario.seats[seat]
        due = [i for i, o in enumerate(self.orders) if o.seat == known.id and o.turn == legality.world.turn]
        if not due:
            return then(legality)
        wanted = [(self._candidates[i], self.orders[i].amount) for i in due]
        candidates, amounts = as_given(self.engine, legality, wanted)
        for i, (candidate, _) in zip(due, wanted, strict=True):
            self.given[i] += (int((candidates == candidate).any(axis=0).sum()), legality.world.sessions)
        self._set_aside(wanted, candidates, legality)
        return self._together((candidates, amounts), then(legality), known.orders)

    def _set_aside(self, wanted: Sequence[tuple[int, int]], given: NDArray[np.int32], legality: Legality) -> None:
        """Reserve what the orders cost, so that nothing else is paid from it."""
        moves = {move.move.id: move for move in self.engine.catalogue.moves}
        reserved = dict(legality.reserved)
        for number, amount in wanted:
            candidate = self.engine.candidates[number]
            move, pair = moves[candidate.move], self.engine.catalogue.pairs[candidate.pair]
            there = (given == number).any(axis=0)
            for resource, costs in legality.costs(move, amount).items():
                row = int(move.resource_rows[resource][pair.first - move.first])
                reserved[row] = reserved.get(row, 0.0) + costs[pair.id - move.pairs[0].id] * there
        legality.reserved = reserved

    def _together(self, given: Chosen, own: Chosen, most: int) -> Chosen:
        """Return both, the given ones first, without what would order the same move of an actor twice."""
        pair_of = np.append(self.engine.catalogue.pair_of, NONE)
        again = (pair_of[own[0]][:, None, :] == pair_of[given[0]][None, :, :]) & (given[0] != NONE)[None, :, :]
        candidates = np.concatenate([given[0], np.where(again.any(axis=1), NONE, own[0])])
        amounts = np.concatenate([given[1], own[1]])
        order = np.argsort(candidates == NONE, axis=0, kind="stable")[: max(most, len(given[0]))]
        return (
            np.take_along_axis(candidates, order, axis=0).astype(np.int32),
            np.take_along_axis(amounts, order, axis=0).astype(np.int16),
        )


def script_of(engine: Engine) -> Script | None:
    """Return the script of a case; None for any other scenario."""
    case = engine.scenario.hindcast
    return Script(engine, case.script, ((w.seat, w.move) for w in case.withheld)) if case else None


def _candidates(engine: Engine, order: DatedOrder) -> list[Candidate]:
    actors = engine.scenario.seats[engine.seat_number(order.seat)].actors
    return [
        c
        for c in engine.candidates
        if c.move == order.move and c.actor in actors and order.actor in ("", c.actor) and _fits(c.targets, order)
    ]


def _fits(targets: Mapping[str, str], order: DatedOrder) -> bool:
    return all(targets.get(role) == name for role, name in order.targets.items())


def _problem(order: DatedOrder, found: Sequence[Candidate]) -> Problem:
    if not found:
        return Problem(order.place, "never-possible", _NEVER.fill(move=order.move))
    some = "; ".join(c.key for c in found[:3])
    return Problem(order.place, "several-possible", _SEVERAL.fill(move=order.move, n=len(found), some=some))


_NEVER = Text(
    "nobody in this scenario can give '{move}' with these targets",
    "nadie en este escenario puede dar «{move}» con estos objetivos",
)
_SEVERAL = Text(
    "'{move}' may be given in {n} ways here: name actor and targets ({some} …)",
    "«{move}» puede darse aquí de {n} maneras: diga actor y objetivos ({some} …)",
)
