"""Two bots that want nothing, to measure the others against: one takes what the draw gives, one what comes first."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wargame.bots.funding import pick, purses
from wargame.engine import draws
from wargame.engine.engine import Engine
from wargame.engine.legality import Legality
from wargame.engine.moves import BoundMove, Pair
from wargame.model.orders import NONE

Chosen = tuple[NDArray[np.int32], NDArray[np.int16]]
"""Candidates and amounts, ``[slot, session]``."""


@dataclass
class ControlBot:
    """Takes legal orders by the largest draw (``random``) or in the order of the catalogue (``first``)."""

    engine: Engine
    seat: int
    by_draw: bool
    withheld: frozenset[str] = frozenset()
    """Moves that it leaves to others to order."""
    pairs: list[tuple[Pair, BoundMove]] = field(init=False)
    words: draws.Hashes = field(init=False)
    target_words: draws.Hashes = field(init=False)

    def __post_init__(self) -> None:
        catalogue = self.engine.catalogue
        moves = {move.move.id: move for move in catalogue.moves}
        own = (catalogue.pairs[i] for i in catalogue.pairs_of_seat[self.seat])
        self.pairs = [(pair, moves[pair.move]) for pair in own if pair.move not in self.withheld]
        self.words = draws.words(f"choice|{pair.actor}|{pair.move}" for pair, _ in self.pairs)
        self._firsts = np.array([pair.first for pair, _ in self.pairs], dtype=np.int64)
        self._counts = np.array([pair.count for pair, _ in self.pairs], dtype=np.int64)
        keys = [f"choice|{c.key}" for c in catalogue.candidates]
        self.target_words = draws.words(keys)
        self._ids = np.array([pair.id for pair, _ in self.pairs], dtype=np.intp)
        most = int(self._counts.max()) if self.pairs else 0
        steps = np.minimum(np.arange(most)[:, None], self._counts - 1)
        self._table = self.target_words[self._firsts + steps]
        self._ragged = None if (self._counts == most).all() else np.arange(most)[:, None] < self._counts
        self._free = all(not move.where and move.active is None for _, move in self.pairs)
        self._low = np.array(
            [move.move.amount.low if move.move.amount else 1 for _, move in self.pairs], dtype=np.int16
        )
        options = [(pair, move, int(low)) for (pair, move), low in zip(self.pairs, self._low, strict=True)]
        self._purses = purses(options, self.engine.layout.constant[0.0])

    def choose(self, legality: Legality) -> Chosen:
        """Return the orders of the seat."""
        slots = self.engine.scenario.seats[self.seat].orders
        world = legality.world
        if not self.pairs:
            empty = np.full((slots, world.sessions), NONE, dtype=np.int32)
            return empty, np.ones_like(empty, dtype=np.int16)
        keys = legality.reader.keys
        values = self._values(legality, keys)
        prices = [(purse, purse.costs(legality)) for purse in self._purses]
        taken = pick(values, prices, np.arange(len(self.pairs)), world, slots, legality.reserved)
        candidates = np.stack([self._target(legality, keys, pair) for pair in taken])
        amounts = np.stack([self._low[pair] for pair in taken])
        return candidates, amounts

    def _values(self, legality: Legality, keys: draws.Hashes) -> NDArray[np.uint64]:
        if self.by_draw:
            values = draws.mix(self.words[:, None] ^ keys[None, :])
            values |= np.array(1, dtype=np.uint64)
        else:
            order = np.arange(len(self.pairs), 0, -1, dtype=np.uint64)[:, None]
            values = np.repeat(order, legality.world.sessions, axis=1)
        values *= legality.every_pair()[self._ids]
        return values

    def _target(self, legality: Legality, keys: draws.Hashes, pair: NDArray[np.intp]) -> NDArray[np.int32]:
        """Return ``[session]`` the candidate of each pair taken: the largest draw (or first) among the legal ones."""
        if self.by_draw:
            value = draws.mix(self._table.take(pair, axis=1) ^ keys)
            value |= np.array(1, dtype=np.uint64)
        else:
            value = np.repeat(np.arange(len(self._table), 0, -1, dtype=np.uint64)[:, None], len(pair), axis=1)
        if self._ragged is not None:
            value *= self._ragged.take(pair, axis=1)
        if not self._free or legality.barred is not None:
            self._close(legality, pair, value)
        best: NDArray[np.int32] = (self._firsts[pair] + value.argmax(axis=0)).astype(np.int32)
        best[pair < 0] = NONE
        return best

    def _close(self, legality: Legality, pair: NDArray[np.intp], value: NDArray[np.uint64]) -> None:
        for i in np.unique(pair[pair >= 0]):
            _, move = self.pairs[i]
            targets = legality.targets(move)
            if targets is not None:
                mine = np.flatnonzero(pair == i)
                first, count = self._firsts[i] - move.first, self._counts[i]
                value[:count, mine] *= targets[first : first + count, mine]
