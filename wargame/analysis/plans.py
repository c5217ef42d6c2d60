"""What a seat might order in a turn: single choices that it sees as open, and sets of orders that it could pay.

Everything is read from worlds as the seat sees them, one for each of several sessions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.bots.bots import Bots
from wargame.bots.doctrine import DoctrineBot
from wargame.engine import draws
from wargame.engine.engine import Engine
from wargame.engine.legality import Legality
from wargame.engine.moves import BoundMove
from wargame.model.ticks import Floats
from wargame.model.world import World

Plan = tuple[tuple[int, int], ...]
"""Orders of one seat in one turn: (candidate, amount), the most important first."""
DRAWN = 2
"""Targets of a move that are drawn beside those which doctrines prefer."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One order that is open to the seat, and what it costs: (row of a resource, points)."""

    candidate: int
    amount: int
    pair: int
    cost: tuple[tuple[int, float], ...]
    liking: int = 0
    """Place of its target among those of the move: first what doctrines prefer."""


@dataclass(frozen=True)
class Menu:
    """What is open to the seat in one session, and what it has to pay with."""

    choices: tuple[Choice, ...]
    means: dict[int, float]
    """Row of a resource → points, promises set aside."""
    slots: int

    def price(self, plan: Plan) -> list[Choice] | None:
        """Return the choices of a plan; None if it is not open, names a move twice, or cannot be paid."""
        known = {(c.candidate, c.amount): c for c in self.choices}
        found = [known[order] for order in plan if order in known]
        if len(found) < len(plan) or len({c.pair for c in found}) < len(found) or len(found) > self.slots:
            return None
        left = dict(self.means)
        for choice in found:
            for row, points in choice.cost:
                left[row] = left.get(row, 0.0) - points
                if left[row] < 0.0:
                    return None
        return found

    def without(self, plan: Plan) -> list[Plan]:
        """Return a plan short of each of its orders."""
        return [plan[:i] + plan[i + 1 :] for i in range(len(plan))]

    def neighbours(self, plan: Plan, weak: Sequence[int], seed: int) -> list[Plan]:
        """Return the plans that differ in one order, added, dropped or exchanged: the likelier gains first.

        ``weak`` names the places of the plan's orders, the least useful first. Every move is tried once before any is
        tried with another target or amount, and in the place of a useless order before that of a useful one; a seed
        draws the order among equals.
        """
        drawn = [self.choices[i] for i in shuffled(len(self.choices), seed)]
        drawn.sort(key=lambda choice: choice.liking)
        times: Counter[int] = Counter()
        found: dict[Plan, int] = {}
        for choice in drawn:
            order, nth = (choice.candidate, choice.amount), times[choice.pair]
            times[choice.pair] += 1
            found.setdefault((*plan, order), nth)
            for rank, i in enumerate(weak):
                found.setdefault((*plan[:i], order, *plan[i + 1 :]), rank + nth)
        for rank, without in enumerate(self.without(plan)[i] for i in weak):
            found.setdefault(without, rank)
        fair = [p for p in found if p != plan and self.price(p) is not None]
        return sorted((fair[i] for i in shuffled(len(fair), seed)), key=found.__getitem__)


class Kitchen:
    """Makes the menus of one seat."""

    def __init__(self, engine: Engine, seat: str, bots: Sequence[Bots]) -> None:
        self.engine = engine
        self.number = engine.seat_number(seat)
        self.slots = engine.scenario.seats[self.number].orders
        self.bots = bots
        """Bots that play the seat, each by another of its doctrines."""
        self._cooks = [bot for b in bots if isinstance(bot := b.bot(seat), DoctrineBot)]

    def menus(self, seen: World, seeds: Sequence[int]) -> list[Menu]:
        """Return what is open in each of some sessions, as the seat sees them."""
        legality = self.engine.legality(seen)
        self.bots[0].keep_in_mind(legality)
        found: list[list[Choice]] = [[] for _ in seeds]
        for move in self.engine.catalogue.moves:
            if any(pair.seat == self.number for pair in move.pairs):
                self._serve(move, legality, seeds, found)
        rows = sorted({row for choices in found for choice in choices for row, _ in choice.cost})
        means = {row: seen.values[row] - legality.reserved.get(row, 0.0) for row in rows}
        return [
            Menu(tuple(found[s]), {row: float(left[s]) for row, left in means.items()}, self.slots)
            for s in range(len(seeds))
        ]

    def _serve(self, move: BoundMove, legality: Legality, seeds: Sequence[int], into: list[list[Choice]]) -> None:
        may, targets = legality.pairs(move), legality.targets(move)
        for place, pair in enumerate(move.pairs):
            if pair.seat != self.number or not may[place].any():
                continue
            wanted = [(o.amount, c.best_target(o, legality)) for c in self._cooks for o in c.options if o.pair is pair]
            amounts = dict.fromkeys([*self._amounts(move), *(amount for amount, _ in wanted)])
            prices = {amount: legality.costs(move, amount) for amount in amounts}
            first = pair.first - move.first
            for s in np.flatnonzero(may[place]).tolist():
                open_to = np.arange(pair.first, pair.first + pair.count)
                if targets is not None:
                    open_to = open_to[targets[first : first + pair.count, s]]
                some = [int(best[s]) for _, best in wanted if int(best[s]) in open_to]
                drawn = shuffled(len(open_to), seeds[s] ^ draws.word(f"menu|{pair.actor}|{pair.move}"))
                some += open_to[drawn[: max(DRAWN, 3 - len(some))]].tolist()
                for amount in amounts:
                    cost = tuple(_costs(move, prices[amount], first, place, s))
                    into[s] += [Choice(c, amount, pair.id, cost, n) for n, c in enumerate(dict.fromkeys(some))]

    @staticmethod
    def _amounts(move: BoundMove) -> list[int]:
        limits = move.move.amount
        return [limits.low, limits.default, limits.high] if limits else [1]


def _costs(
    move: BoundMove, prices: dict[str, Floats], first: int, place: int, session: int
) -> Iterator[tuple[int, float]]:
    for resource, price in prices.items():
        if price[place, session] > 0.0:
            yield int(move.resource_rows[resource][first]), float(price[place, session])


def shuffled(count: int, seed: int) -> NDArray[np.intp]:
    """Return the positions of a list in an order that a seed draws."""
    return np.argsort(draws.seeds_of(seed, count), kind="stable")


def filed(candidates: NDArray[np.int32], amounts: NDArray[np.int16]) -> list[Plan]:
    """Return the orders of each session as plans."""
    return [
        tuple((int(c), int(n)) for c, n in zip(candidates[:, s], amounts[:, s], strict=True) if c >= 0)
        for s in range(candidates.shape[1])
    ]
