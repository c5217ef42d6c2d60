"""A scenario with a bot in every seat, played in batches by the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from bench.tables import ACTORS, INDICATORS
from bench.words import actor_id, indicator_id
from bench.workload import RELATION, WARMTH
from wargame.bots.bots import RANDOM, Bots, default_plays
from wargame.engine import draws
from wargame.engine.engine import Engine
from wargame.engine.turn import play
from wargame.model.scenario import Scenario
from wargame.model.ticks import Floats
from wargame.model.world import World


@dataclass
class Arena:
    """Plays full-length sessions of one scenario."""

    scenario: Scenario
    plays: Mapping[str, str]
    """Seat → bot."""
    engine: Engine = field(init=False)
    bots: Bots = field(init=False)

    def __post_init__(self) -> None:
        self.engine = Engine(self.scenario)
        self.bots = Bots(self.engine, self.plays)

    @classmethod
    def at_random(cls, scenario: Scenario) -> Arena:
        """Return an arena in which every seat is played by the random bot."""
        return cls(scenario, {seat.id: RANDOM for seat in scenario.seats})

    @classmethod
    def by_doctrine(cls, scenario: Scenario) -> Arena:
        """Return an arena in which every seat is played by its first doctrine."""
        return cls(scenario, default_plays(scenario))

    def play(self, seeds: draws.Hashes) -> World:
        """Play one session for each seed, all in one batch, and return where they ended."""
        world = self.engine.start(seeds)
        while not world.ended.all():
            play(self.engine, world, self.bots.choose(world))
        return world


def read_w(arena: Arena, world: World) -> tuple[Floats, Floats]:
    """Return where sessions of W ended, as the other programs tell it: ``[session, cell]``, 0 on the diagonal."""
    layout = arena.engine.layout
    nothing = layout.constant[0.0]
    cells = [layout.row(actor_id(a), indicator_id(i)) for a in range(ACTORS) for i in range(INDICATORS)]
    ties = {(tie.source, tie.target): tie.id for tie in arena.scenario.ties if tie.type == RELATION}
    names = [(actor_id(a), actor_id(b)) for a in range(ACTORS) for b in range(ACTORS)]
    relations = [layout.row(ties[pair], WARMTH) if pair in ties else nothing for pair in names]
    return (
        np.ascontiguousarray(world.values[cells].T),
        np.ascontiguousarray(world.values[relations].T),
    )
