"""Orders that were given once, given again where they are still possible: for sessions played anew from their log."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wargame.bots.controls import Chosen
from wargame.bots.funding import pick, purses
from wargame.engine.engine import Engine
from wargame.engine.legality import Legality
from wargame.model.orders import NONE
from wargame.model.ticks import Floats


def as_given(engine: Engine, legality: Legality, orders: Sequence[tuple[int, int]]) -> Chosen:
    """Return orders (candidate, amount) of one seat, in their priority, for every session in which they are legal.

    Those that are no longer legal, or that the seat can no longer pay, are left out; it orders nothing in their place.
    """
    sessions = legality.world.sessions
    if not orders:
        return np.full((0, sessions), NONE, dtype=np.int32), np.ones((0, sessions), dtype=np.int16)
    moves = {move.move.id: move for move in engine.catalogue.moves}
    chosen = [engine.candidates[candidate] for candidate, _ in orders]
    options = [
        (engine.catalogue.pairs[c.pair], moves[c.move], amount) for c, (_, amount) in zip(chosen, orders, strict=True)
    ]
    values: Floats = np.zeros((len(orders), sessions))
    for i, (pair, move, _) in enumerate(options):
        values[i] = (len(orders) - i) * legality.pairs(move)[pair.id - move.pairs[0].id]
        targets = legality.targets(move)
        if targets is not None:
            values[i] *= targets[chosen[i].id - move.first]
    prices = [(purse, purse.costs(legality)) for purse in purses(options, engine.layout.constant[0.0])]
    taken = np.stack(pick(values, prices, np.arange(len(orders)), legality.world, len(orders)))
    candidates = np.array([c.id for c in chosen], dtype=np.int32)
    amounts = np.array([amount for _, amount in orders], dtype=np.int16)
    return np.where(taken < 0, NONE, candidates[taken]).astype(np.int32), amounts[taken]
