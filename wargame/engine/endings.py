"""How a session ends, and how well each seat did: endings, measures, objectives and scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from wargame.engine.activity import Truths
from wargame.engine.readers import Binder, BoundFormula, Dense, spread
from wargame.model.scenario import Ending, Measure, Objective, Scenario, Seat
from wargame.model.ticks import Floats, round_in_place
from wargame.model.world import World


@dataclass(frozen=True, slots=True)
class BoundEnding:
    """An ending and its condition."""

    ending: Ending
    when: BoundFormula

    def holds(self, world: World, reader: Dense) -> Truths:
        """Return ``[session]``: does it hold now?"""
        found: Truths = spread(reader.evaluate(self.when), (1, world.sessions))[0]
        return found


@dataclass(frozen=True)
class Reckoning:
    """What is read off a world: endings, measures, and the degree of every objective."""

    endings: tuple[BoundEnding, ...]
    measures: tuple[tuple[Measure, BoundFormula], ...]
    objectives: Mapping[str, tuple[tuple[Objective, BoundFormula], ...]]
    """Seat → its objectives."""

    def conclude(self, world: World, reader: Dense, last: bool) -> None:
        """Note which endings hold, and end the sessions that one of them stops."""
        running = world.ended == 0
        for number, bound in enumerate(self.endings):
            ending = bound.ending
            if not last and (ending.at == "last" or world.turn < ending.from_turn):
                continue
            holds = bound.holds(world, reader) & running
            if ending.stops:
                world.ended[holds] = number + 1
                running &= ~holds
            else:
                world.noted[number, holds & (world.noted[number] == 0)] = world.turn
        if last:
            world.ended[running] = len(self.endings)

    def measured(self, world: World, reader: Dense) -> dict[str, Floats]:
        """Return ``[session]`` of every measure."""
        return {measure.id: _row(world, reader, bound) for measure, bound in self.measures}

    def degrees(self, world: World, reader: Dense, seat: str) -> dict[str, Floats]:
        """Return ``[session]``, 0–1, of every objective of a seat."""
        return {o.id: np.clip(_row(world, reader, bound), 0.0, 1.0) for o, bound in self.objectives[seat]}

    def scores(self, world: World, reader: Dense) -> dict[str, Floats]:
        """Return ``[session]``, 0–1, of every seat: the weighted mean of its objectives."""
        return {seat: self._score(world, reader, seat) for seat in self.objectives}

    def _score(self, world: World, reader: Dense, seat: str) -> Floats:
        degrees = self.degrees(world, reader, seat)
        total: Floats = np.zeros(world.sessions)
        weights = 0.0
        for objective, _ in self.objectives[seat]:
            total += round_in_place(degrees[objective.id] * objective.weight)
            weights += objective.weight
        total /= weights or 1.0
        return total


def _row(world: World, reader: Dense, bound: BoundFormula) -> Floats:
    out = np.empty((1, world.sessions))
    out[...] = reader.evaluate(bound)
    row: Floats = round_in_place(out)[0]
    return row


def bind_reckoning(scenario: Scenario, binder: Binder) -> Reckoning:
    """Bind endings, measures and objectives to the rows of a scenario."""
    return Reckoning(
        tuple(BoundEnding(e, binder.bind(e.when, e.id, [{}])) for e in scenario.endings),
        tuple((m, binder.bind(m.value, m.id, [{}])) for m in scenario.measures),
        {s.id: tuple((o, binder.bind(o.degree, o.id, [{}])) for o in _dealt(s)) for s in scenario.seats},
    )


def _dealt(seat: Seat) -> tuple[Objective, ...]:
    return tuple(o for o in seat.objectives if not o.alternative)
