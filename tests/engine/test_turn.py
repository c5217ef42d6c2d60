"""What every turn keeps: bounds, ledgers that add up, and indifference to the order of submission."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.scenes import ONE_LARGE, RANDOM, play_out, same, start, table
from wargame.engine import turn
from wargame.model.ledger import CauseKind, Ledger
from wargame.model.orders import Orders
from wargame.model.ticks import PER_UNIT, as_ticks


@pytest.mark.parametrize("play", ["", RANDOM])
@pytest.mark.parametrize("name", ONE_LARGE)
def test_the_causes_of_every_change_add_up_to_it_exactly(name: str, play: str) -> None:
    engine, bots = table(name, play)
    rows = engine.layout.sections.constants
    for seed in range(3):
        world = start(engine, 1, seed)
        while not world.ended.all():
            before = as_ticks(world.values[:rows, 0])
            (ledger,) = play_out(engine, bots, world, 1)
            sums: dict[int, int] = defaultdict(int)
            for line in ledger.lines:
                sums[line.row] += round(line.amount * PER_UNIT)
            changes = as_ticks(world.values[:rows, 0]) - before
            assert [sums[row] for row in range(rows)] == list(changes)


@pytest.mark.parametrize("play", ["", RANDOM])
@pytest.mark.parametrize("name", ONE_LARGE)
def test_every_number_stays_in_its_bounds_and_on_the_grid(name: str, play: str) -> None:
    engine, bots = table(name, play)
    world = start(engine, 50)
    rows = engine.layout.count
    low, high = engine.layout.low[:, None], engine.layout.high[:, None]
    while not world.ended.all():
        play_out(engine, bots, world, 1)
        values = world.values[:rows]
        assert np.isfinite(values).all()
        assert ((values >= low) & (values <= high)).all()
        assert np.array_equal(as_ticks(values) / PER_UNIT, values)


@pytest.mark.parametrize("name", ONE_LARGE)
def test_keeping_a_ledger_changes_nothing(name: str) -> None:
    engine, bots = table(name)
    with_ledger, without = start(engine), start(engine)
    for _ in range(engine.turns):
        turn.play(engine, with_ledger, bots.choose(with_ledger), Ledger([]), voters=bots)
        turn.play(engine, without, bots.choose(without), voters=bots)
        assert same(with_ledger, without)


@pytest.mark.parametrize("name", ONE_LARGE)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_the_order_in_which_orders_are_filed_changes_nothing(name: str, data: st.DataObject) -> None:
    engine, bots = table(name, RANDOM)
    world = start(engine, 1, data.draw(st.integers(0, 1000)))
    play_out(engine, bots, world, data.draw(st.integers(0, 3)))
    orders = bots.choose(world)
    shuffle = data.draw(st.permutations(range(len(orders.candidates))))
    other = Orders(orders.candidates[list(shuffle)], orders.amounts[list(shuffle)], orders.checked)
    first, second = world.fork(), world.fork()
    turn.play(engine, first, orders, voters=bots)
    turn.play(engine, second, other, voters=bots)
    assert same(first, second)


@pytest.mark.parametrize("name", ONE_LARGE)
def test_what_a_transfer_takes_from_one_place_it_gives_to_another(name: str) -> None:
    engine, bots = table(name)
    world = start(engine)
    for ledger in play_out(engine, bots, world):
        paired: dict[tuple[object, ...], int] = defaultdict(int)
        kept = {CauseKind.MECHANISM, CauseKind.MOVE, CauseKind.PROGRAMME}
        moved = [line for line in ledger.lines if line.cause.kind in kept and _is_transfer(engine, line.cause.rule)]
        for line in moved:
            attribute = engine.layout.attributes[line.row]
            if attribute is not None and attribute.id in _transferred(engine, line.cause.rule):
                paired[line.phase, line.cause, attribute.id] += round(line.amount * PER_UNIT)
        assert set(paired.values()) <= {0}


def _transferred(engine: object, rule: str) -> set[str]:
    from wargame.engine.engine import Engine, all_mechanisms, effects_of

    assert isinstance(engine, Engine)
    parts = [m.effects for m in all_mechanisms(engine.scenario) if m.id == rule]
    move = engine.scenario.ruleset.moves.get(rule)
    parts += effects_of(move) if move else ()
    added = {e.path.attribute for p in parts for e in p.add}
    return {t.attribute for p in parts for t in p.transfer} - added


def _is_transfer(engine: object, rule: str) -> bool:
    return bool(_transferred(engine, rule))
