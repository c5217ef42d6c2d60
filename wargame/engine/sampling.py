"""Worlds that a seat may believe it is in, for forecasts and planners: drawn from its view, never from the truth.

What a seat knows is a plain value (`Known`) that may leave the place where the world is kept, as a view may.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.engine import draws
from wargame.engine.engine import Engine
from wargame.engine.views import SeatEyes, View
from wargame.model.kinds import AttributeType, Sight
from wargame.model.promises import Obligations
from wargame.model.ticks import Floats, round_in_place
from wargame.model.world import Programmes, Turns, World

_UNKNOWN = 0.25
"""Spread of what a seat does not know at all, as a share of the range of a level or of the value of a stock."""


@dataclass(frozen=True)
class Known:
    """What one seat knows at the start of a turn: its view, what it has ordered itself, and what it was told.

    ``given`` is ``[pair]``, ``fired`` ``[row of fired]``: last turns, 0 where the seat does not know.
    """

    seat: str
    turn: int
    values: Floats
    deviations: Floats
    given: Turns
    fired: Turns
    programmes: Programmes
    """Its own, of one session."""
    promised: tuple[tuple[int, ...], ...]


def known(eyes: SeatEyes, world: World, view: View, session: int = 0) -> Known:
    """Return what a seat knows of one session, with its view of it."""
    engine = eyes.engine
    mine = np.array([pair.seat == engine.seat_number(eyes.seat.id) for pair in engine.catalogue.pairs])
    return Known(
        eyes.seat.id,
        world.turn,
        view.values,
        view.deviations,
        (world.last_given[:, session] * mine).astype(np.int16),
        (world.fired[:, session] * _told(engine, eyes.seat.id)).astype(np.int16),
        _own_programmes(engine, world, mine, session),
        view.promised,
    )


def sample(eyes: SeatEyes, what: Known, count: int, seed: int) -> World:
    """Return ``count`` worlds that agree with what the seat knows, with luck of their own."""
    engine, layout = eyes.engine, eyes.engine.layout
    seeds = draws.seeds_of(seed, count)
    rows = layout.count + engine.sights.count
    values = np.zeros((rows, count))
    values[: layout.count] = _believable(eyes, what, seeds)
    sampled = World(
        values,
        seeds,
        np.repeat(what.given[:, None], count, axis=1),
        np.repeat(what.fired[:, None], count, axis=1),
        np.zeros((len(engine.scenario.endings), count), dtype=np.int16),
        np.zeros(count, dtype=np.int16),
        _for_all(what.programmes, count),
        what.turn,
        values,
        deque(maxlen=engine.memory),
    )
    sampled.obligations = Obligations.of([(*row, session) for session in range(count) for row in what.promised])
    engine.refresh(sampled)
    engine.look(sampled)
    sampled.start = sampled.values.copy()
    sampled.past.append(sampled.start)
    return sampled


def _told(engine: Engine, seat: str) -> NDArray[np.bool_]:
    """Return ``[row of fired]``: is a seat told when it happens?"""
    happenings = engine.happenings
    events = [event.event.public for event in happenings.events for _ in event.rule.bounds]
    injects = [seat in (bound.inject.audience or (seat,)) for bound in happenings.injects]
    return np.array([*events, *injects], dtype=bool)


def _believable(eyes: SeatEyes, what: Known, seeds: draws.Hashes) -> Floats:
    layout = eyes.engine.layout
    spread = np.array([_spread(eyes, what, row) for row in range(layout.count)])
    names = draws.words(f"sample|{name}" for name in layout.names)
    values: Floats = draws.bell(draws.mix(names[:, None] ^ seeds[None, :])) * spread[:, None]
    values += what.values[:, None]
    round_in_place(values)
    np.minimum(np.maximum(values, layout.low[:, None], out=values), layout.high[:, None], out=values)
    return values


def _spread(eyes: SeatEyes, what: Known, row: int) -> float:
    layout, seen = eyes.engine.layout, eyes.seen[row]
    attribute = layout.attributes[row]
    if attribute is None or seen.sight is Sight.EXACT or row in _signals(eyes.engine):
        return 0.0
    if seen.sight is Sight.ESTIMATED:
        return float(what.deviations[row])
    if attribute.spread:
        relative = attribute.type is AttributeType.STOCK
        return attribute.spread * (abs(float(what.values[row])) if relative else 1.0)
    if attribute.type is AttributeType.STOCK:
        return _UNKNOWN * abs(float(what.values[row]))
    return 0.0 if attribute.type is AttributeType.FLAG else _UNKNOWN * (attribute.high - attribute.low)


def _signals(engine: Engine) -> range:
    """Return the rows of signals: one that a seat does not see is taken to be as it sees it, mostly zero."""
    sections = engine.layout.sections
    return range(sections.signals, sections.mutable)


def _own_programmes(engine: Engine, world: World, mine: NDArray[np.bool_], session: int) -> Programmes:
    p = world.programmes
    own = p.take(np.flatnonzero(mine[engine.catalogue.pair_of[p.candidate]] & (p.session == session)))
    own.session = np.zeros(len(own), dtype=np.int64)
    return own


def _for_all(own: Programmes, count: int) -> Programmes:
    found = own.take(np.tile(np.arange(len(own)), count))
    found.session = np.repeat(np.arange(count, dtype=np.int64), len(own))
    return found
