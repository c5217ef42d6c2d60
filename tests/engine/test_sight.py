"""Fog: what a seat may not see leaves no trace in anything that it is given."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.scenes import LEAGUE, RANDOM, SCENARIOS, play_out, scenario, start, table
from wargame.engine.engine import Engine
from wargame.engine.naming import Names
from wargame.engine.options import Desk
from wargame.engine.views import SeatEyes, sample
from wargame.model.rules import Sight
from wargame.model.world import World

CASES = [(name, seat.id) for name in SCENARIOS for seat in scenario(name).seats]


def _unseen(engine: Engine, eyes: SeatEyes) -> list[int]:
    """Rows that rules can change and that nothing the seat is shown depends on: hidden, or reported by another."""
    shown = {int(row) for row in eyes.shown}
    free = [
        row
        for row in range(engine.layout.sections.signals)
        if eyes.seen[row].sight in (Sight.HIDDEN, Sight.REPORTED) and row not in shown
    ]
    return [row for row in free if not _feeds_something_shown(engine, eyes, row)]


def _feeds_something_shown(engine: Engine, eyes: SeatEyes, row: int) -> bool:
    world = start(engine)
    before = world.values.copy()
    world.values[row] = engine.layout.high[row] if before[row, 0] == engine.layout.low[row] else engine.layout.low[row]
    engine.refresh(world)
    moved = np.flatnonzero(world.values[: engine.layout.count, 0] != before[: engine.layout.count, 0])
    seen = {int(r) for r in eyes.shown} | {r for r, s in enumerate(eyes.seen) if s.sight is Sight.ESTIMATED}
    return any(int(r) != row and int(r) in seen for r in moved)


def _everything(engine: Engine, eyes: SeatEyes, world: World) -> tuple[bytes, str]:
    engine.look(world)
    desk = Desk(engine, Names.of(engine.scenario, engine.cast), world, eyes.seat)
    options = [(o.candidate.key, o.refusal, sorted(o.cost.items()), o.odds) for o in desk.options()]
    return eyes.view(world).fingerprint(), repr(options)


@pytest.mark.parametrize(("name", "seat"), CASES)
def test_worlds_that_differ_only_in_what_a_seat_may_not_see_look_alike_to_it(name: str, seat: str) -> None:
    engine, bots = table(name, RANDOM)
    eyes = SeatEyes(engine, engine.scenario.seats[engine.seat_number(seat)])
    unseen = _unseen(engine, eyes)
    assert unseen
    world = start(engine)
    play_out(engine, bots, world, 2)
    other = world.fork()
    luck = np.random.default_rng(1)
    for row in unseen:
        low, high = engine.layout.low[row], engine.layout.high[row]
        other.values[row] = np.rint(low + luck.random() * (high - low))
    engine.refresh(other)
    assert _everything(engine, eyes, world) == _everything(engine, eyes, other)


@pytest.mark.parametrize(("name", "seat"), CASES)
def test_a_seat_sees_its_own_resources_exactly(name: str, seat: str) -> None:
    engine, bots = table(name, RANDOM)
    place = engine.scenario.seats[engine.seat_number(seat)]
    world = start(engine)
    play_out(engine, bots, world, 2)
    view = SeatEyes(engine, place).view(world)
    for actor in place.actors:
        for attribute in engine.scenario.ruleset.attributes:
            if attribute.resource and (actor, attribute.id) in engine.layout.index:
                reading = view.reading(actor, attribute.id)
                assert reading.sight is Sight.EXACT
                assert reading.value == world.values[reading.row, 0]


@pytest.mark.parametrize("name", SCENARIOS)
@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_sampled_worlds_agree_with_the_view_and_do_not_look_at_the_truth(name: str, seed: int) -> None:
    engine, bots = table(name)
    eyes = SeatEyes(engine, engine.scenario.seats[0])
    world = start(engine, 1, seed)
    play_out(engine, bots, world, 1)
    view = eyes.view(world)
    drawn = sample(eyes, world, view, 200, seed)
    hidden = _unseen(engine, eyes)
    blind = world.fork()
    blind.values[hidden] = engine.layout.low[hidden][:, None]
    assert np.array_equal(drawn.values, sample(eyes, blind, view, 200, seed).values)
    for row in range(engine.layout.sections.signals):
        values = drawn.values[row]
        assert (values >= engine.layout.low[row]).all()
        assert (values <= engine.layout.high[row]).all()
        if eyes.seen[row].sight is Sight.EXACT:
            assert (values == view.values[row]).all()
        elif eyes.seen[row].sight is Sight.ESTIMATED:
            assert abs(values.mean() - view.values[row]) <= max(1.0, 2.0 * view.deviations[row])


@pytest.mark.parametrize("name", SCENARIOS)
def test_estimates_are_centred_on_the_truth_and_as_wide_as_they_say(name: str) -> None:
    engine, _ = table(name)
    for seat in engine.scenario.seats:
        eyes = SeatEyes(engine, seat)
        world = start(engine, 400)
        estimated = eyes.estimated
        if estimated is None:
            continue
        from wargame.engine import draws

        believed = estimated.believed(world, draws.keys(world.seeds, 1), draws.keys(world.seeds, 0))
        true = world.values[estimated.rows]
        deviation = estimated.deviation(world, true)
        inside = (true > estimated.low + 3 * deviation) & (true < estimated.high - 3 * deviation) & (deviation > 0.01)
        free = inside.all(axis=1)
        error = ((believed - true) / np.maximum(deviation, 1e-9))[free]
        if len(error):
            assert abs(error.mean()) < 0.05
            assert abs(error.std() - 1.0) < 0.05


@pytest.mark.parametrize("name", [name for name in SCENARIOS if name != LEAGUE])
def test_all_four_kinds_of_sight_are_in_use(name: str) -> None:
    engine, _ = table(name)
    kinds = {seen.sight for seat in engine.scenario.seats for seen in SeatEyes(engine, seat).seen}
    assert kinds == set(Sight)
