"""What is legal, level by level: first which moves each actor may give, then which targets of a move.

Everything here reads what the ordering seat sees; adjudication reads the truth. Answers are kept for the moment asked
about, so several bots may ask the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import numpy as np

from wargame.engine.activity import Truths, all_active
from wargame.engine.moves import BoundMove, Catalogue, Factor, Pair
from wargame.engine.readers import Dense, Values, spread
from wargame.model.ticks import Floats, round_in_place
from wargame.model.world import World

_Answer = TypeVar("_Answer")


class Legality:
    """Answers, for every session of a batch, what may be ordered at the start of a turn."""

    def __init__(self, catalogue: Catalogue, world: World, reader: Dense) -> None:
        self.catalogue = catalogue
        self.world = world
        self.reader = reader
        self._pairs: dict[str, Truths] = {}
        self._targets: dict[str, Truths | None] = {}
        self._costs: dict[tuple[str, int], dict[str, Floats]] = {}
        self._every: Truths | None = None
        self.barred: Truths | None = None
        """``[candidate, session]``: what a bot has promised not to order."""
        self.reserved: dict[int, Floats] = {}
        """Row → ``[session]`` what a bot has promised of it."""

    def pairs(self, move: BoundMove) -> Truths:
        """Return ``[pair of the move, session]``: may the actor give it (leaving aside targets and resources)?"""
        return _once(self._pairs, move.move.id, lambda: self._find_pairs(move))

    def every_pair(self) -> Truths:
        """Return ``[pair, session]`` of all moves: may the actor give it?"""
        if self._every is None:
            parts = [self.pairs(move) for move in self.catalogue.moves]
            self._every = np.concatenate(parts) if parts else np.empty((0, self.world.sessions), dtype=bool)
        return self._every

    def targets(self, move: BoundMove) -> Truths | None:
        """Return ``[candidate of the move, session]``: may these be its targets? None: all of them."""
        return _once(self._targets, move.move.id, lambda: self._find_targets(move))

    def costs(self, move: BoundMove, amount: int = 1) -> dict[str, Floats]:
        """Return, by resource, ``[pair of the move, session]`` of what an order of some amount costs."""
        return _once(self._costs, (move.move.id, amount), lambda: dict(self._find_costs(move, amount)))

    def _find_pairs(self, move: BoundMove) -> Truths:
        found = self.rested(move)
        active = all_active(self.world, move.actors_active)
        if active is not None:
            found = found & active
        for check in move.requires:
            found = found & self.reader.evaluate(check.seen)
        targets = self.targets(move)
        if targets is not None:
            found = found & np.stack([targets[_targets_of(move, pair)].any(axis=0) for pair in move.pairs])
        return spread(found, (len(move.pairs), self.world.sessions))

    def rested(self, move: BoundMove) -> Truths:
        """Return ``[pair of the move, session]``: is no cooldown running, and is a move for once still unused?"""
        first = move.pairs[0].id
        given = self.world.last_given[first : first + len(move.pairs)]
        if move.move.once:
            return np.equal(given, 0)
        if not move.move.cooldown:
            return np.ones((len(move.pairs), self.world.sessions), dtype=bool)
        return np.equal(given, 0) | np.less(given + move.move.cooldown, self.world.turn)

    def _find_targets(self, move: BoundMove) -> Truths | None:
        found = all_active(self.world, move.active)
        for check in move.where:
            holds = spread(self.reader.evaluate(check.seen), (move.count, self.world.sessions))
            found = holds if found is None else found & holds
        if self.barred is not None and (barred := self.barred[move.first : move.first + move.count]).any():
            found = ~barred if found is None else found & ~barred
        return found

    def _find_costs(self, move: BoundMove, amount: int) -> Iterable[tuple[str, Floats]]:
        reader = Dense(self.world, self.reader.keys, amount=float(amount))
        factors = [_size(f, reader) for f in move.pair_cost_factors]
        for resource, (formula, _) in move.cost.items():
            found = np.empty((len(move.pairs), self.world.sessions))
            found[...] = _scaled(reader.evaluate(formula), factors)
            yield resource, round_in_place(np.maximum(found, 0.0, out=found))

    def odds(self, move: BoundMove, amount: int = 1) -> Floats | None:
        """Return ``[candidate of the move, session]`` the odds of success as the seat sees them; None: no odds."""
        if move.chance_seen is None:
            return None
        reader = Dense(self.world, self.reader.keys, amount=float(amount))
        factors = [_size(f, reader) for f in move.odds_factors_seen]
        found = np.empty((move.count, self.world.sessions))
        found[...] = _scaled(reader.evaluate(move.chance_seen), factors)
        return round_in_place(np.minimum(np.maximum(found, 0.0, out=found), 1.0, out=found))


def _targets_of(move: BoundMove, pair: Pair) -> slice:
    return slice(pair.first - move.first, pair.first - move.first + pair.count)


def _size(factor: Factor, reader: Dense) -> Values:
    size = reader.evaluate(factor.factor)
    if factor.when is not None:
        size = np.where(reader.evaluate(factor.when), size, 1.0)
    return size if factor.meant is None else np.where(factor.meant[:, None], size, 1.0)


def _scaled(values: Values, factors: list[Values]) -> Values:
    for factor in factors:
        values = values * factor
    return values


_Key = TypeVar("_Key")


def _once(kept: dict[_Key, _Answer], key: _Key, find: Callable[[], _Answer]) -> _Answer:
    if key not in kept:
        kept[key] = find()
    return kept[key]
