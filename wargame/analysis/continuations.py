"""How sessions go on from a moment: the same worlds and the same luck under one choice and under another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wargame.bots.bots import Bots
from wargame.engine import turn as engine_turn
from wargame.engine.engine import Engine
from wargame.model.orders import NONE, Orders
from wargame.model.promises import Bargains, Withheld, of_sessions
from wargame.model.ticks import Floats
from wargame.model.world import World


@dataclass(frozen=True)
class Reached:
    """Where sessions stand after some turns, or where they ended before, one entry a session."""

    values: Floats
    """``[row asked for, session]``"""
    degrees: Floats
    """``[objective of the seat, session]``, 0–1, read as if the session ended there."""
    scores: Floats
    ending: NDArray[np.int16]
    """The number of the ending; −1 while the session goes on."""


class Reading:
    """Reads rows, objectives and score of one seat off a batch, each session when it ends or at the end of a turn."""

    def __init__(self, engine: Engine, seat: str, rows: Sequence[int], sessions: int, until: int) -> None:
        self.engine = engine
        self.seat = seat
        self.until = until
        """The turn at whose end those are read that have not ended."""
        self.rows = np.array(rows, dtype=np.intp)
        objectives = len(engine.reckoning.objectives[seat])
        self.reached = Reached(
            np.zeros((len(rows), sessions)),
            np.zeros((objectives, sessions)),
            np.zeros(sessions),
            np.full(sessions, -1, dtype=np.int16),
        )
        self._open = np.ones(sessions, dtype=bool)

    @property
    def done(self) -> bool:
        """Say whether every session has been read."""
        return not self._open.any()

    def take(self, world: World) -> None:
        """Read the sessions that have just ended, or, when time is up, all that have not been read yet.

        A batch may hold the first of the sessions only, as long as the others have not begun.
        """
        due = np.flatnonzero(self._open[: world.sessions] & ((world.ended > 0) | (world.turn >= self.until)))
        if not len(due):
            return
        self._open[due] = False
        reader, reckoning, reached = self.engine.reader(world), self.engine.reckoning, self.reached
        reached.values[:, due] = world.values[np.ix_(self.rows, due)]
        reached.degrees[:, due] = np.stack(list(reckoning.degrees(world, reader, self.seat).values()))[:, due]
        reached.scores[due] = reckoning.scores(world, reader)[self.seat][due]
        reached.ending[due] = world.ended[due] - 1


def go_on(engine: Engine, bots: Bots, world: World, first: Orders, reading: Reading) -> Reached:
    """Play a world on until it has been read: the first turn with the orders given, the others with those of bots.

    The world is played in place.
    """
    orders = first
    while True:
        engine_turn.play(engine, world, orders, concluded=reading.take, voters=bots)
        if reading.done:
            return reading.reached
        orders = bots.choose(world)


def own_candidates(engine: Engine, seat: str) -> NDArray[np.bool_]:
    """Return ``[candidate]``: is it one of a seat's?"""
    number = engine.seat_number(seat)
    pairs = np.array([pair.seat == number for pair in engine.catalogue.pairs])
    found: NDArray[np.bool_] = pairs[engine.catalogue.pair_of]
    return found


def all_but(orders: Orders, own: NDArray[np.bool_]) -> Orders:
    """Return the orders of everybody but one seat, and what all have agreed on."""
    mine = (orders.candidates >= 0) & own[orders.candidates]
    return replace(orders, candidates=np.where(mine, NONE, orders.candidates).astype(np.int32))


def branched(others: Orders, plans: Sequence[Sequence[tuple[int, int]]], columns: Sequence[NDArray[np.intp]]) -> Orders:
    """Return the plans of one seat, each in the sessions named for it, one after the other, with what others order."""
    ends = np.cumsum([len(part) for part in columns]).tolist()
    slots, picked = max((len(plan) for plan in plans), default=0), np.concatenate(columns)
    mine = np.full((slots, len(picked)), NONE, dtype=np.int32)
    amounts = np.ones_like(mine, dtype=np.int16)
    for plan, part, end in zip(plans, columns, ends, strict=True):
        for slot, (candidate, amount) in enumerate(plan):
            mine[slot, end - len(part) : end] = candidate
            amounts[slot, end - len(part) : end] = amount
    return Orders(
        np.concatenate([mine, others.candidates[:, picked]]),
        np.concatenate([amounts, others.amounts[:, picked]]),
        checked=True,
        bargains=None if others.bargains is None else _moved(others.bargains, picked),
    )


def _moved(bargains: Bargains, sessions: NDArray[np.intp]) -> Bargains:
    held = bargains.withheld
    kept, places = of_sessions(held.session, sessions)
    withheld = Withheld(places, held.deal[kept], held.candidate[kept], held.delivered[kept])
    return Bargains(bargains.struck.moved(sessions), withheld)


def with_orders(others: Orders, mine: Iterable[tuple[int, int]]) -> Orders:
    """Return the orders of others with those of one seat before them, in every session of the batch."""
    listed = list(mine)
    sessions = others.candidates.shape[1]
    candidates = np.array([c for c, _ in listed], dtype=np.int32)[:, None].repeat(sessions, axis=1)
    amounts = np.array([n for _, n in listed], dtype=np.int16)[:, None].repeat(sessions, axis=1)
    return replace(
        others,
        candidates=np.concatenate([candidates.reshape(-1, sessions), others.candidates]),
        amounts=np.concatenate([amounts.reshape(-1, sessions), others.amounts]),
    )
