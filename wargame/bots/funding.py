"""Choosing within means: the best-valued options first, each paid from its actor's resources while they last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.engine.legality import Legality
from wargame.engine.moves import BoundMove, Pair
from wargame.model.ticks import Floats
from wargame.model.world import World

TIE = 2.0**-12
"""How much a draw may move a preference: enough to break ties, too little to overturn one."""
_NOTHING: Mapping[int, Floats] = {}
Priced = tuple[Pair, BoundMove, int]
"""An option: an actor with a move, and the amount to be ordered."""


@dataclass(frozen=True, slots=True)
class Purse:
    """One resource of the actors of some options: what it is paid from, and which options cost any of it."""

    resource: str
    rows: NDArray[np.intp]
    """The rows of the actors' resource, each once."""
    places: NDArray[np.intp]
    """Which of the rows each option is paid from."""
    paying: tuple[tuple[int, int, BoundMove, int], ...]
    """Of each option that costs any: its position, that of its pair among those of its move, the move, the amount."""

    def costs(self, legality: Legality) -> Floats:
        """Return ``[option, session]`` what each option costs."""
        found = np.zeros((len(self.places), legality.world.sessions))
        for option, pair, move, amount in self.paying:
            found[option] = legality.costs(move, amount)[self.resource][pair]
        return found


def purses(options: Sequence[Priced], nothing: int) -> tuple[Purse, ...]:
    """Return the purses that some options are paid from; an option is free of any resource but those of its cost."""
    found = []
    for resource in dict.fromkeys(name for _, move, _ in options for name in move.cost):
        paid = [resource in move.cost for _, move, _ in options]
        rows = [_row(pair, move, resource) if p else nothing for p, (pair, move, _) in zip(paid, options, strict=True)]
        distinct, places = np.unique(np.array(rows, dtype=np.intp), return_inverse=True)
        paying = tuple((i, _place(pair, move), move, n) for i, (pair, move, n) in enumerate(options) if paid[i])
        found.append(Purse(resource, distinct, places, paying))
    return tuple(found)


def _place(pair: Pair, move: BoundMove) -> int:
    return pair.id - move.pairs[0].id


def _row(pair: Pair, move: BoundMove, resource: str) -> int:
    return int(move.resource_rows[resource][pair.first - move.first])


def pick(
    values: NDArray[np.float64] | NDArray[np.uint64],
    prices: Sequence[tuple[Purse, Floats]],
    exclusive: NDArray[np.intp],
    world: World,
    slots: int,
    reserved: Mapping[int, Floats] = _NOTHING,
) -> list[NDArray[np.intp]]:
    """Return, slot by slot, ``[session]`` the position of the option taken (−1: none).

    ``values``: ``[option, session]``, 0 where an option is not open (changed in place); ``prices``: what the options
    cost, purse by purse; ``exclusive`` numbers options that exclude each other, such as the same move of an actor;
    ``reserved``: row → what is set aside of it.
    """
    sessions = np.arange(world.sessions)
    left = [world.values[purse.rows] for purse, _ in prices]
    for (purse, _), held in zip(prices, left, strict=True) if reserved else ():
        for i in [i for i, row in enumerate(purse.rows.tolist()) if row in reserved]:
            held[i] = np.maximum(held[i] - reserved[int(purse.rows[i])], 0.0)
    chosen: list[NDArray[np.intp]] = []
    for slot in range(slots):
        for (purse, cost), held in zip(prices, left, strict=True):
            values *= cost <= held[purse.places]
        best = values.argmax(axis=0)
        found = values[best, sessions] > 0
        chosen.append(np.where(found, best, -1))
        if slot + 1 == slots:
            break
        for (purse, cost), held in zip(prices, left, strict=True):
            held[purse.places[best], sessions] -= cost[best, sessions] * found
        values *= exclusive[:, None] != exclusive[best][None, :]
    return chosen
