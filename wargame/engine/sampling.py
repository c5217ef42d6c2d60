"""Worlds that a seat may believe it is in, for forecasts and planners: drawn from its view, never from the truth.

What a seat knows is a plain value (`Known`) that may leave the place where the world is kept, as a view may.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from wargame.engine import draws
from wargame.engine.engine import Engine
from wargame.engine.views import SeatEyes, View
from wargame.model.kinds import AttributeType, Sight
from wargame.model.promises import Obligations
from wargame.model.ticks import Floats, round_in_place
from wargame.model.world import Programmes, Turns, World

_Number = TypeVar("_Number", bound=np.generic)
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


@dataclass(frozen=True)
class Belief:
    """Reads off what one seat knows, and draws the worlds that it may believe in; prepared once for many turns."""

    eyes: SeatEyes

    @property
    def engine(self) -> Engine:
        """Return the engine of the scenario."""
        return self.eyes.engine

    @cached_property
    def mine(self) -> NDArray[np.bool_]:
        """``[pair]``: are these moves its own?"""
        number = self.engine.seat_number(self.eyes.seat.id)
        return np.array([pair.seat == number for pair in self.engine.catalogue.pairs])

    @cached_property
    def told(self) -> NDArray[np.bool_]:
        """``[row of fired]``: is the seat told when it happens?"""
        happenings, seat = self.engine.happenings, self.eyes.seat.id
        events = [event.event.public for event in happenings.events for _ in event.rule.bounds]
        injects = [seat in (bound.inject.audience or (seat,)) for bound in happenings.injects]
        return np.array([*events, *injects], dtype=bool)

    @cached_property
    def words(self) -> draws.Hashes:
        """What names each row in the draws of samples."""
        return draws.words(f"sample|{name}" for name in self.engine.layout.names)

    @cached_property
    def spreads(self) -> Floats:
        """``[row]`` of three: the share of the seat's own deviation, a spread in points, and a share of the value."""
        rows = range(self.engine.layout.count)
        return np.array([self._spread(row) for row in rows]).reshape(-1, 3)

    def known(self, world: World, view: View, session: int = 0) -> Known:
        """Return what the seat knows of one session, with its view of it."""
        return Known(
            self.eyes.seat.id,
            world.turn,
            view.values,
            view.deviations,
            (world.last_given[:, session] * self.mine).astype(np.int16),
            (world.fired[:, session] * self.told).astype(np.int16),
            self._own_programmes(world, session),
            view.promised,
        )

    def sample(self, whats: Sequence[Known], count: int, seeds: Sequence[int]) -> World:
        """Return ``count`` worlds for each of several sessions, one after the other, each from a seed of its own.

        The sessions are at the same turn. The worlds of one do not depend on which others stand beside it.
        """
        luck = np.concatenate([draws.seeds_of(seed, count) for seed in seeds])
        sampled = self._world(whats, count, luck, self._believable(whats, count, luck))
        self.engine.refresh(sampled)
        self.engine.look(sampled)
        _begin(sampled)
        return sampled

    def as_seen(self, whats: Sequence[Known], seeds: Sequence[int]) -> World:
        """Return one world for each of several sessions, just as the seat sees it: to ask what it may order there."""
        values = np.stack([what.values for what in whats], axis=1)
        seen = self._world(whats, 1, np.array(seeds, dtype=np.uint64), values)
        for (seat, row), place in self.engine.sights.places.items():
            if seat == self.eyes.seat.id:
                seen.values[place] = values[row]
        _begin(seen)
        return seen

    def _world(self, whats: Sequence[Known], count: int, luck: draws.Hashes, believed: Floats) -> World:
        engine, sessions = self.engine, len(whats) * count
        values = np.zeros((engine.layout.count + engine.sights.count, sessions))
        values[: engine.layout.count] = believed
        found = World(
            values,
            luck,
            _for_all([what.given for what in whats], count),
            _for_all([what.fired for what in whats], count),
            np.zeros((len(engine.scenario.endings), sessions), dtype=np.int16),
            np.zeros(sessions, dtype=np.int16),
            Programmes.joined(*(_programmes(what.programmes, count, n * count) for n, what in enumerate(whats))),
            whats[0].turn,
            values,
            deque(maxlen=engine.memory),
        )
        promised = [(*row, n * count + i) for n, w in enumerate(whats) for i in range(count) for row in w.promised]
        found.obligations = Obligations.of(promised)
        return found

    def _believable(self, whats: Sequence[Known], count: int, luck: draws.Hashes) -> Floats:
        layout = self.engine.layout
        values: Floats = draws.bell(draws.mix(self.words[:, None] ^ luck[None, :]))
        values *= _for_all([self._doubt(what) for what in whats], count)
        values += _for_all([what.values for what in whats], count)
        round_in_place(values)
        np.minimum(np.maximum(values, layout.low[:, None], out=values), layout.high[:, None], out=values)
        return values

    def _doubt(self, what: Known) -> Floats:
        """Return ``[row]`` how far what the seat takes a number to be may be off."""
        own, points, share = self.spreads.T
        found: Floats = own * what.deviations + points + share * np.abs(what.values)
        return found

    def _spread(self, row: int) -> tuple[float, float, float]:
        engine, seen = self.engine, self.eyes.seen[row]
        attribute = engine.layout.attributes[row]
        if attribute is None or seen.sight is Sight.EXACT or row in _signals(engine):
            return 0.0, 0.0, 0.0
        if seen.sight is Sight.ESTIMATED:
            return 1.0, 0.0, 0.0
        if attribute.type is AttributeType.STOCK:
            return 0.0, 0.0, attribute.spread or _UNKNOWN
        if attribute.spread:
            return 0.0, attribute.spread, 0.0
        flag = attribute.type is AttributeType.FLAG
        return 0.0, 0.0 if flag else _UNKNOWN * (attribute.high - attribute.low), 0.0

    def _own_programmes(self, world: World, session: int) -> Programmes:
        p = world.programmes
        own = p.take(np.flatnonzero(self.mine[self.engine.catalogue.pair_of[p.candidate]] & (p.session == session)))
        own.session = np.zeros(len(own), dtype=np.int64)
        return own


def known(eyes: SeatEyes, world: World, view: View, session: int = 0) -> Known:
    """Return what a seat knows of one session, with its view of it."""
    return Belief(eyes).known(world, view, session)


def sample(eyes: SeatEyes, what: Known, count: int, seed: int) -> World:
    """Return ``count`` worlds that agree with what the seat knows, with luck of their own."""
    return Belief(eyes).sample([what], count, [seed])


def _begin(world: World) -> None:
    world.start = world.values.copy()
    world.past.append(world.start)


def _signals(engine: Engine) -> range:
    """Return the rows of signals: one that a seat does not see is taken to be as it sees it, mostly zero."""
    sections = engine.layout.sections
    return range(sections.signals, sections.mutable)


def _for_all(columns: Sequence[NDArray[_Number]], count: int) -> NDArray[_Number]:
    """Return each column so many times, side by side."""
    return np.stack(columns, axis=1).repeat(count, axis=1)


def _programmes(own: Programmes, count: int, first: int) -> Programmes:
    found = own.take(np.tile(np.arange(len(own)), count))
    found.session = np.repeat(np.arange(first, first + count, dtype=np.int64), len(own))
    return found
