"""What the script of ``vraem-2020`` tells its seats is what its rules then do."""

from __future__ import annotations

import numpy as np

from tests.engine.scenes import play_out, start, table
from wargame.engine.engine import Engine
from wargame.model.orders import Orders
from wargame.model.world import World

NAME = "vraem-2020"
SESSIONS = 200


def sessions_ordering(engine: Engine, orders: Orders, move: str) -> int:
    """Return in how many sessions a move is among the orders."""
    pairs = [p.id for p in engine.catalogue.pairs if p.move == move]
    pair_of = np.asarray(engine.catalogue.pair_of)[np.maximum(orders.candidates, 0)]
    return int((np.isin(pair_of, pairs) & (orders.candidates >= 0)).any(axis=0).sum())


def test_hand_pulling_is_suspended_as_soon_as_the_news_says_so() -> None:
    engine, bots = table(NAME)
    world = start(engine, SESSIONS)
    assert sessions_ordering(engine, bots.choose(world), "manual-eradication") == SESSIONS
    play_out(engine, bots, world, 1)
    assert (world.values[engine.layout.row("peru", "lockdown")] >= 70).all()
    assert sessions_ordering(engine, bots.choose(world), "manual-eradication") == 0


def degree(engine: Engine, world: World, heads: float, casework: float) -> float:
    world.values[engine.layout.row("clans", "heads_in_court")] = heads
    world.values[engine.layout.row("clans", "casework")] = casework
    degrees = engine.reckoning.degrees(world, engine.reader(world), "police-devida")
    return float(degrees["two-clans-in-court"][0])


def test_heads_brought_to_court_stay_counted_when_the_file_goes_stale() -> None:
    engine, _ = table(NAME)
    world = start(engine)
    assert degree(engine, world, 0, 100) < 0.6 <= degree(engine, world, 2, 0)
    for heads in range(5):
        assert all(degree(engine, world, heads + 1, c) >= degree(engine, world, heads, c) for c in range(0, 100, 10))


def test_every_move_that_takes_a_head_to_a_court_counts_it() -> None:
    engine, _ = table(NAME)
    moves = engine.scenario.ruleset.moves
    for move in ("take-clans-to-court", "extradition-and-red-notices", "request-extradition"):
        assert "heads_in_court" in {effect.path.attribute for effect in moves[move].success.add}
