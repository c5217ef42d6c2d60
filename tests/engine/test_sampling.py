"""Worlds drawn from what a seat knows: their past, what it goes on seeing in them, and what was ordered openly."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engine.scenes import LEAGUE, SMALL, play_out, start, table
from wargame.engine.engine import Engine
from wargame.engine.sampling import Known, known, sample
from wargame.engine.views import SeatEyes
from wargame.model.kinds import AttributeType, Sight
from wargame.model.world import World

TURNS = 3


def drawn(name: str, place: int = 0) -> tuple[Engine, SeatEyes, World, Known, World]:
    """Return a world after some turns, what a seat knows of it, and worlds drawn from that."""
    engine, bots = table(name)
    eyes = SeatEyes(engine, engine.scenario.seats[place])
    world = start(engine, 1, 5)
    play_out(engine, bots, world, TURNS)
    what = known(eyes, world, eyes.view(world))
    return engine, eyes, world, what, sample(eyes, what, 60, 11)


def exact(engine: Engine, eyes: SeatEyes) -> list[int]:
    rows = range(engine.layout.sections.signals)
    return [row for row in rows if eyes.seen[row].sight is Sight.EXACT]


@pytest.mark.parametrize("name", SMALL)
def test_a_drawn_world_began_as_the_seat_remembers_it(name: str) -> None:
    engine, eyes, world, what, worlds = drawn(name)
    rows = exact(engine, eyes)
    assert what.past[0].turn == 1
    assert (world.start[rows] != world.values[rows]).any(), "something has changed since"
    assert (worlds.start[rows] == world.start[rows]).all()
    for back in range(min(engine.longest_lag, TURNS)):
        assert (worlds.at_start_of(back)[rows] == world.at_start_of(back)[rows]).all()
    assert worlds.turn == world.turn


@pytest.mark.parametrize("name", [name for name in SMALL if name != LEAGUE])  # there no estimate moves that far
def test_an_objective_counted_from_the_start_is_not_counted_from_now(name: str) -> None:
    engine, eyes, world, what, worlds = drawn(name)
    then = eyes.recall(world, 1)[0]
    seen = [row for row, one in enumerate(eyes.seen) if one.sight is Sight.ESTIMATED and row < engine.layout.count]
    rows = [row for row in seen if abs(then[row] - what.now.values[row]) > 4.0 * what.now.deviations[row] > 0.0]
    assert rows, "something has moved by more than the seat may be wrong"
    for row in rows:
        nearer = abs(worlds.start[row] - then[row]) < abs(worlds.start[row] - what.now.values[row])
        assert nearer.mean() > 0.8, engine.layout.names[row]


@pytest.mark.parametrize("name", SMALL)
def test_a_seat_goes_on_seeing_in_a_drawn_world_what_it_sees(name: str) -> None:
    engine, eyes, _, what, worlds = drawn(name)
    layout = engine.layout
    views = np.stack([eyes.view(worlds, n).values for n in range(20)], axis=1)
    looked_at = 0
    for row, seen in enumerate(eyes.seen):
        attribute = layout.attributes[row]
        if row >= layout.sections.signals or seen.sight is not Sight.ESTIMATED or attribute is None:
            continue
        inside = (worlds.values[row, :20] > layout.low[row]) & (worlds.values[row, :20] < layout.high[row])
        spread = what.now.deviations[row]
        if seen.whole is None and attribute.type is not AttributeType.STOCK:  # errors in shares come back somewhat less
            looked_at += 1
            assert (abs(views[row] - what.now.values[row])[inside] <= 0.5 * spread).all(), layout.names[row]
    assert looked_at


@pytest.mark.parametrize("name", SMALL)
def test_open_orders_of_others_are_known_and_covert_ones_are_not(name: str) -> None:
    engine, eyes, world, what, worlds = drawn(name)
    number, moves = engine.seat_number(eyes.seat.id), engine.scenario.ruleset.moves
    others = [pair for pair in engine.catalogue.pairs if pair.seat != number]
    for pair in others:
        told = 0 if moves[pair.move].covert else world.last_given[pair.id, 0]
        assert (worlds.last_given[pair.id] == told).all()
    assert any(what.given[pair.id] for pair in others)
    running = {engine.candidates[c].move for c in what.programmes.candidate.tolist()}
    foreign = {p.move for p in others}
    assert not [move for move in running & foreign if moves[move].covert]
