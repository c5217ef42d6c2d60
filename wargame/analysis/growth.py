"""What shows only over many sessions: resources that never come to an end, and moves that are never legal or chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from wargame.analysis.intervals import Interval, share
from wargame.bots.bots import RANDOM, Bots, row_of_plays
from wargame.engine import draws
from wargame.engine import turn as engine_turn
from wargame.engine.activity import Truths
from wargame.engine.engine import Engine
from wargame.engine.legality import Legality
from wargame.model.layout import ACTIVE
from wargame.model.orders import Orders
from wargame.model.scenario import Scenario
from wargame.model.ticks import Floats

SESSIONS: Final = 60
"""Sessions of each row of doctrines, and of seats that order by the draw."""
SELDOM: Final = 0.05
"""A resource from which something goes in a smaller share of turns than this, and which stands higher at the end, only
grows."""
GROWN: Final = 0.5
"""Points that a resource must stand higher at the end than at the start to be said to grow."""


@dataclass(frozen=True, slots=True)
class Growth:
    """One resource of one actor in sessions that doctrines play."""

    number: str
    start: float
    end: float
    useful: bool
    """Some move of the actor is paid from it."""
    falls: Interval
    """Share of its actor's turns in which it falls, or an order is paid from it even if more comes back by the end of
    the turn; a session counts as one trial."""

    @property
    def only_grows(self) -> bool:
        """Say whether it hardly ever falls or pays for anything, and stands higher at the end than at the start."""
        return self.end > self.start + GROWN and self.falls.value < SELDOM


@dataclass(frozen=True)
class Use:
    """What sessions made use of."""

    sessions: int
    resources: tuple[Growth, ...]
    never_legal: tuple[tuple[str, str], ...]
    """(seat, move) that no actor of the seat might ever give, in any session."""
    never_chosen: tuple[tuple[str, str], ...]
    """(seat, move) that were legal, and that no doctrine of the seat ever ordered."""

    legal: frozenset[str]
    """Moves that some actor might give in some session."""

    @property
    def legal_to_nobody(self) -> tuple[str, ...]:
        """Return the moves that no seat might ever give."""
        return tuple(dict.fromkeys(move for _, move in self.never_legal if move not in self.legal))

    @property
    def only_growing(self) -> tuple[Growth, ...]:
        """Return the resources that only grow."""
        return tuple(found for found in self.resources if found.only_grows)


def use_of(scenario: Scenario, lens: str = "", sessions: int = SESSIONS, seed: int = 1) -> Use:
    """Play every row of doctrines, and seats that order by the draw, and watch."""
    engine = Engine(scenario, lens or None)
    rows = max((len(s.doctrines) for s in scenario.seats), default=0)
    tables = [Bots(engine, row_of_plays(scenario, row), 1.0) for row in range(rows)]
    tables.append(Bots(engine, {s.id: RANDOM for s in scenario.seats}))
    watch = _Watch(engine, scenario)
    for number, bots in enumerate(tables):
        watch.play(bots, draws.seeds_of(seed + number, sessions), by_doctrine=number < rows)
    return watch.told(sessions * rows)


class _Watch:
    """Notes what happens in sessions."""

    def __init__(self, engine: Engine, scenario: Scenario) -> None:
        self.engine, self.scenario = engine, scenario
        layout = engine.layout
        names = [a.id for a in scenario.ruleset.attributes if a.resource]
        actors = [actor for seat in scenario.seats for actor in seat.actors]
        found = {layout.index[actor, name] for actor in actors for name in names if (actor, name) in layout.index}
        self.rows = sorted(found)
        self.place = {row: place for place, row in enumerate(self.rows)}
        self.active = [layout.row(layout.owners[row], ACTIVE) for row in self.rows]
        self.legal = np.zeros(len(engine.catalogue.pairs), dtype=bool)
        self.given = np.zeros(len(engine.catalogue.pairs), dtype=bool)
        self.falls: list[Floats] = []
        self.acted: list[Floats] = []
        self.first: list[Floats] = []
        self.last: list[Floats] = []

    def play(self, bots: Bots, seeds: draws.Hashes, *, by_doctrine: bool) -> None:
        """Play a batch to its end; only doctrines are watched for what they order and spend."""
        engine = self.engine
        world = engine.start(seeds)
        before, start = world.values[self.rows], world.values[self.rows]
        fallen, acted, turns = np.zeros_like(before), np.zeros_like(before), np.zeros(world.sessions)
        while not world.ended.all():
            going = world.ended == 0
            acting = going & (world.values[self.active] > 0)
            legality = engine.legality(world)
            self.legal |= legality.every_pair()[:, going].any(axis=1)
            orders = bots.choose(world)
            if by_doctrine:
                filed = orders.candidates[:, going]
                self.given[engine.catalogue.pair_of[filed[filed >= 0]]] = True
            paid = self._paid(legality, orders)
            engine_turn.play(engine, world, orders, voters=bots)
            now = world.values[self.rows]
            fallen += ((now < before) | paid) & acting
            acted += acting
            turns += going
            before = np.where(going, now, before)
        if by_doctrine:
            self.falls.append(fallen / np.maximum(acted, 1.0))
            self.acted.append(acted / turns)
            self.first.append(start)
            self.last.append(before)

    def _paid(self, legality: Legality, orders: Orders) -> Truths:
        """Return ``[resource, session]``: is some order of this turn paid from it?"""
        catalogue = self.engine.catalogue
        found = np.zeros((len(self.rows), orders.candidates.shape[1]), dtype=bool)
        for slot, session in np.argwhere(orders.candidates >= 0).tolist():
            candidate = orders.candidates[slot, session]
            pair, move = catalogue.pairs[catalogue.pair_of[candidate]], catalogue.moves[catalogue.move_of[candidate]]
            prices = legality.costs(move, int(orders.amounts[slot, session]))
            for resource, price in prices.items():
                place = self.place.get(int(move.resource_rows[resource][pair.first - move.first]))
                if place is not None and price[pair.id - move.pairs[0].id, session] > 0.0:
                    found[place, session] = True
        return found

    def told(self, sessions: int) -> Use:
        """Return what was seen."""
        parts = (self.falls, self.acted, self.first, self.last)
        falls, acted, first, last = (np.concatenate(part, axis=1) for part in parts)
        names, moves = self.engine.layout.names, self.engine.catalogue.moves
        paid = {int(row) for move in moves for rows in move.resource_rows.values() for row in rows}
        resources = tuple(
            Growth(
                names[row],
                float(first[i].mean()),
                float(last[i].mean()),
                row in paid,
                share(float(falls[i].sum()), sessions),
            )
            for i, row in enumerate(self.rows)
            if acted[i].mean() >= SELDOM  # of an actor that hardly ever comes about nothing is said
        )
        legal = frozenset(pair.move for pair in self.engine.catalogue.pairs if self.legal[pair.id])
        never = self._without(self.given, self.legal)
        return Use(sessions, resources, self._without(self.legal), never, legal)

    def _without(self, used: Truths, among: Truths | None = None) -> tuple[tuple[str, str], ...]:
        """Return (seat, move) of which no pair is used, among those of which some pair counts."""
        seats = self.scenario.seats
        pairs = self.engine.catalogue.pairs
        named = [(seats[pair.seat].id, pair.move) for pair in pairs]
        some = {name for name, yes in zip(named, used, strict=True) if yes}
        wanted = [name for i, name in enumerate(named) if among is None or among[i]]
        return tuple(dict.fromkeys(name for name in wanted if name not in some))
