"""Worlds that a seat may believe it is in, for forecasts and planners: drawn from its view, never from the truth.

What a seat knows is a plain value (`Known`) that may leave the place where the world is kept, as a view may. A world
drawn from it has the past that the seat remembers, and in its luck the seat errs as it would have to err in order to
see what it sees: so it goes on seeing it, and acts in the drawn world as it does in its own.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from wargame.engine import draws
from wargame.engine.engine import Engine
from wargame.engine.sight import error_of_sight, errors_of
from wargame.engine.views import SeatEyes, View
from wargame.model.kinds import AttributeType, Sight
from wargame.model.promises import Obligations
from wargame.model.ticks import Floats, round_in_place
from wargame.model.world import Programmes, Turns, World

_Number = TypeVar("_Number", bound=np.generic)
_UNKNOWN = 0.25
"""Spread of what a seat does not know at all, as a share of the range of a level or of the value of a stock."""


@dataclass(frozen=True)
class Moment:
    """What a seat takes the numbers to be at the start of a turn, by row, and how far each may be off."""

    turn: int
    values: Floats
    deviations: Floats


@dataclass(frozen=True)
class Known:
    """What one seat knows at the start of a turn: its view, what was ordered openly, and what it was told.

    ``given`` is ``[pair]``, ``fired`` ``[row of fired]``: last turns, 0 where the seat does not know.
    """

    seat: str
    now: Moment
    past: tuple[Moment, ...]
    """What it believed at the start of turn 1 and of the last turns that any formula reads, the newest last."""
    given: Turns
    fired: Turns
    programmes: Programmes
    """Its own and those of open orders, of one session."""
    promised: tuple[tuple[int, ...], ...]

    @property
    def turn(self) -> int:
        """Return the turn that has begun."""
        return self.now.turn


@dataclass(frozen=True)
class Belief:
    """Reads off what one seat knows, and draws the worlds that it may believe in; prepared once for many turns."""

    eyes: SeatEyes

    @property
    def engine(self) -> Engine:
        """Return the engine of the scenario."""
        return self.eyes.engine

    @cached_property
    def open(self) -> NDArray[np.bool_]:
        """``[pair]``: does the seat know of these orders, because they are its own or nobody gives them covertly?"""
        number, moves = self.engine.seat_number(self.eyes.seat.id), self.engine.scenario.ruleset.moves
        pairs = self.engine.catalogue.pairs
        return np.array([pair.seat == number or moves[pair.move].covert is None for pair in pairs], dtype=bool)

    @cached_property
    def told(self) -> NDArray[np.bool_]:
        """``[row of fired]``: is the seat told when it happens?"""
        happenings, seat = self.engine.happenings, self.eyes.seat.id
        events = [event.event.public for event in happenings.events for _ in event.rule.bounds]
        injects = [seat in (bound.inject.audience or (seat,)) for bound in happenings.injects]
        return np.array([*events, *injects], dtype=bool)

    @cached_property
    def words(self) -> tuple[draws.Hashes, draws.Hashes]:
        """What names each row in the draws of how far the seat is off: for good, and in one turn."""
        return errors_of((self.eyes.seat.id, name) for name in self.engine.layout.names)

    @cached_property
    def spreads(self) -> Floats:
        """``[row]`` of three: the share of the seat's own deviation, a spread in points, and a share of the value."""
        rows = range(self.engine.layout.count)
        return np.array([self._spread(row) for row in rows]).reshape(-1, 3)

    def known(self, world: World, view: View, session: int = 0) -> Known:
        """Return what the seat knows of one session, with its view of it."""
        return Known(
            self.eyes.seat.id,
            Moment(world.turn, view.values, view.deviations),
            tuple(self._past(world, session)),
            (world.last_given[:, session] * self.open).astype(np.int16),
            (world.fired[:, session] * self.told).astype(np.int16),
            self._programmes(world, session),
            view.promised,
        )

    def sample(self, whats: Sequence[Known], count: int, seeds: Sequence[int]) -> World:
        """Return ``count`` worlds for each of several sessions, one after the other, each from a seed of its own.

        The sessions are at the same turn. The worlds of one do not depend on which others stand beside it.
        """
        luck = np.concatenate([draws.seeds_of(seed, count) for seed in seeds])
        sampled = self._world(whats, count, luck)
        for moments in _moments(whats):
            sampled.values[: self.engine.layout.count] = self._believable(moments, count, luck)
            self._begin(sampled, moments[0].turn)
        return sampled

    def as_seen(self, whats: Sequence[Known], seeds: Sequence[int]) -> World:
        """Return one world for each of several sessions, just as the seat sees it: to ask what it may order there."""
        seen = self._world(whats, 1, np.array(seeds, dtype=np.uint64))
        for moments in _moments(whats):
            values = np.stack([moment.values for moment in moments], axis=1)
            seen.values[: self.engine.layout.count] = values
            for (seat, row), place in self.engine.sights.places.items():
                if seat == self.eyes.seat.id:
                    seen.values[place] = values[row]
            _remember(seen, moments[0].turn)
        return seen

    def _begin(self, sampled: World, turn: int) -> None:
        """Make out of the numbers of a turn what follows from them, and what everybody sees of them."""
        sampled.turn = turn
        if not sampled.past:
            sampled.start = sampled.values
        sampled.past.append(sampled.values)  # while readings are made, this turn began with the world as it is
        self.engine.refresh(sampled)
        self.engine.look(sampled)
        sampled.past.pop()
        _remember(sampled, turn)

    def _world(self, whats: Sequence[Known], count: int, luck: draws.Hashes) -> World:
        engine, sessions = self.engine, len(whats) * count
        values = np.zeros((engine.layout.count + engine.sights.count, sessions))
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

    def _believable(self, moments: Sequence[Moment], count: int, luck: draws.Hashes) -> Floats:
        layout = self.engine.layout
        values = self._errors(luck, moments[0].turn)
        values *= _for_all([self._doubt(moment) for moment in moments], count)
        values += _for_all([moment.values for moment in moments], count)
        round_in_place(values)
        np.minimum(np.maximum(values, layout.low[:, None], out=values), layout.high[:, None], out=values)
        return values

    def _errors(self, luck: draws.Hashes, turn: int) -> Floats:
        """Return ``[row, session]`` how far each number lies from what is believed, in spreads of it.

        What the seat estimates lies where its own sight would err as it did; what it does not see is off for good.
        """
        (bias, noise), once = self.words, draws.keys(luck, 0)
        found = np.empty((self.engine.layout.count, len(luck)))
        seen = self.spreads[:, 0] > 0.0
        found[seen] = -error_of_sight(bias[seen], noise[seen], draws.keys(luck, turn), once)
        found[~seen] = draws.bell(draws.mix(bias[~seen, None] ^ once[None, :]))
        return found

    def _doubt(self, moment: Moment) -> Floats:
        """Return ``[row]`` how far what the seat takes a number to be may be off."""
        own, points, share = self.spreads.T
        found: Floats = own * moment.deviations + points + share * np.abs(moment.values)
        return found

    def _past(self, world: World, session: int) -> Iterator[Moment]:
        for turn in sorted({1, *range(max(world.turn - self.engine.longest_lag + 1, 1), world.turn)} - {world.turn}):
            yield Moment(turn, *self.eyes.recall(world, turn, session))

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

    def _programmes(self, world: World, session: int) -> Programmes:
        p = world.programmes
        known = p.take(np.flatnonzero(self.open[self.engine.catalogue.pair_of[p.candidate]] & (p.session == session)))
        known.session = np.zeros(len(known), dtype=np.int64)
        return known


def known(eyes: SeatEyes, world: World, view: View, session: int = 0) -> Known:
    """Return what a seat knows of one session, with its view of it."""
    return Belief(eyes).known(world, view, session)


def sample(eyes: SeatEyes, what: Known, count: int, seed: int) -> World:
    """Return ``count`` worlds that agree with what the seat knows, with luck of their own."""
    return Belief(eyes).sample([what], count, [seed])


def _moments(whats: Sequence[Known]) -> Iterator[tuple[Moment, ...]]:
    """Return what was and is believed in each session, turn by turn, the oldest first."""
    return zip(*((*what.past, what.now) for what in whats), strict=True)


def _remember(world: World, turn: int) -> None:
    """Keep the numbers of a turn as those that it began with; the first that are kept are those of the start."""
    world.turn = turn
    begun = world.values.copy()
    if not world.past:
        world.start = begun
    world.past.append(begun)


def _signals(engine: Engine) -> range:
    """Return the rows of signals: one that a seat does not see is taken to be as it sees it, mostly zero."""
    sections = engine.layout.sections
    return range(sections.signals, sections.mutable)


def _for_all(columns: Sequence[NDArray[_Number]], count: int) -> NDArray[_Number]:
    """Return each column so many times, side by side."""
    return np.stack(columns, axis=1).repeat(count, axis=1)


def _programmes(known: Programmes, count: int, first: int) -> Programmes:
    found = known.take(np.tile(np.arange(len(known)), count))
    found.session = np.repeat(np.arange(first, first + count, dtype=np.int64), len(known))
    return found
