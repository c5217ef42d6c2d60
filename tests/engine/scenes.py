"""Scenarios, engines and worlds that the engine's tests share."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from wargame.bots.bots import RANDOM, Bots, default_plays
from wargame.content.listing import case_names, scenario_names
from wargame.content.load import load_with_bundle
from wargame.engine import turn
from wargame.engine.draws import seeds_of
from wargame.engine.engine import Engine
from wargame.model.ledger import Ledger
from wargame.model.scenario import Scenario
from wargame.model.world import World

SAMPLES = Path(__file__).parents[1] / "samples" / "scenarios"
TOY, LEAGUE, ACCORD = (str(SAMPLES / name) for name in ("toy-valley", "toy-league", "toy-accord"))
SCENARIOS = (TOY, LEAGUE, ACCORD, *(name for name in scenario_names() if name not in case_names()))

LARGE = ("after-unasur-2019", "empty-chair-2017", "northern-triangle-2014", "venezuela-2019")
SMALL = tuple(name for name in SCENARIOS if name not in LARGE)
"""The scenarios in which a property of all can be looked at often: the others have ten thousand numbers and more."""
ONE_LARGE = (*SMALL, "venezuela-2019")
"""With the largest of the others: it has bodies, promises and rules of every kind."""


@cache
def scenario(name: str = TOY) -> Scenario:
    """Return a scenario, loaded once."""
    return load_with_bundle(name)[0]


@cache
def table(name: str = TOY, play: str = "", lens: str = "", *, keep_all: bool = True) -> tuple[Engine, Bots]:
    """Return an engine with its bots: ``play`` for every seat, or each seat's first doctrine."""
    engine = Engine(scenario(name), lens or None, keep_all=keep_all)
    plays = {seat.id: play for seat in engine.scenario.seats} if play else default_plays(engine.scenario)
    return engine, Bots(engine, plays, engine.scenario.level().sharpness)


def start(engine: Engine, sessions: int = 1, seed: int = 1) -> World:
    """Return a start world of some sessions of an ensemble."""
    return engine.start(seeds_of(seed, sessions))


def play_out(engine: Engine, bots: Bots, world: World, turns: int = 1000) -> list[Ledger]:
    """Play a batch on for some turns, or to the end; return the ledgers if it is a single session."""
    ledgers = []
    while turns and not world.ended.all():
        ledger = Ledger([]) if world.sessions == 1 else None
        turn.play(engine, world, bots.choose(world), ledger, voters=bots)
        if ledger is not None:
            ledgers.append(ledger)
        turns -= 1
    return ledgers


def same(first: World, second: World) -> bool:
    """Say whether two worlds are equal, bit for bit."""
    arrays = ("values", "last_given", "fired", "noted", "ended")
    promised = (w.obligations for w in (first, second))
    return (
        all(np.array_equal(getattr(first, a), getattr(second, a)) for a in arrays)
        and len({str([o.of_session(s) for s in range(first.sessions)]) for o in promised}) == 1
    )


__all__ = ["RANDOM"]
