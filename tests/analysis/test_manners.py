"""How a seat means to go on: by a doctrine, as that doctrine's own bot would, or with a move left out or put first."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engine.scenes import SMALL, TOY, scenario, start
from wargame.bots.bots import Bots, default_plays
from wargame.bots.doctrine import DoctrineBot
from wargame.bots.manners import Manner, Mannered
from wargame.engine import turn as engine_turn
from wargame.engine.engine import Engine
from wargame.model.world import World

CASES = [(name, seat.id) for name in SMALL for seat in scenario(name).seats[:2]]


def table(name: str, seat: str) -> tuple[Engine, list[Bots], Mannered]:
    engine = Engine(scenario(name))
    plays = default_plays(engine.scenario)
    doctrines = engine.scenario.seats[engine.seat_number(seat)].doctrines
    tables = [Bots(engine, {**plays, seat: doctrine}) for doctrine in doctrines]
    own = [bot for bots in tables if isinstance(bot := bots.bot(seat), DoctrineBot)]
    return engine, tables, Mannered(own)


def played(engine: Engine, bots: Bots, sessions: int, turns: int = 2) -> World:
    world = start(engine, sessions, 4)
    for _ in range(turns):
        engine_turn.play(engine, world, bots.choose(world), voters=bots)
    return world


def moves_of(engine: Engine, bots: Bots, world: World, seat: str) -> list[set[str]]:
    orders = bots.choose(world, frozenset({seat}))
    return [{engine.candidates[c].move for c in column if c >= 0} for column in orders.candidates.T.tolist()]


@pytest.mark.parametrize(("name", "seat"), CASES)
def test_in_the_manner_of_a_doctrine_alone_a_seat_orders_what_that_doctrine_does(name: str, seat: str) -> None:
    engine, tables, mannered = table(name, seat)
    world = played(engine, tables[0], 6)
    for number, usual in enumerate(tables):
        bots = tables[0].with_bot(seat, mannered.by([Manner(number)] * 6))
        orders, expected = bots.choose(world, frozenset({seat})), usual.choose(world, frozenset({seat}))
        assert np.array_equal(orders.candidates, expected.candidates)
        given = orders.candidates >= 0
        assert np.array_equal(orders.amounts[given], expected.amounts[given])


def test_a_move_that_is_left_out_is_not_ordered_and_one_put_first_is_wherever_it_can_be() -> None:
    engine, tables, mannered = table(TOY, "presidency")
    world = played(engine, tables[0], 8)
    usual = moves_of(engine, tables[0], world, "presidency")
    some = sorted(set.union(*usual))[0]
    out = tables[0].with_bot("presidency", mannered.by([Manner(0, without=frozenset({some}))] * 8))
    assert all(some not in moves for moves in moves_of(engine, out, world, "presidency"))
    bots = tables[0].with_bot("presidency", mannered.by([Manner(0, first=frozenset({some}))] * 8))
    ahead = moves_of(engine, bots, world, "presidency")
    assert all(some in moves for moves, before in zip(ahead, usual, strict=True) if some in before)


def test_manners_stand_side_by_side_in_one_batch() -> None:
    engine, tables, mannered = table(TOY, "presidency")
    world = played(engine, tables[0], 5)
    several = mannered.changes(Manner())[:4]
    mixed = tables[0].with_bot("presidency", mannered.by([Manner(), *several]))
    found = moves_of(engine, mixed, world, "presidency")
    for place, manner in enumerate([Manner(), *several]):
        alone = tables[0].with_bot("presidency", mannered.by([manner]))
        assert moves_of(engine, alone, world.take(np.array([place])), "presidency") == [found[place]]


def test_every_change_of_manner_is_one_move() -> None:
    _, _, mannered = table(TOY, "presidency")
    here = Manner(1)
    changes = mannered.changes(here)
    assert len(set(changes)) == len(changes)
    assert all(len(m.without) + len(m.first) == 1 and m.doctrine == 1 for m in changes)
