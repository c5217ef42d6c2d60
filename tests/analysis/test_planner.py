"""Seats that think ahead: better than their doctrine, from what they may know alone, the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import play
from tests.engine.scenes import SMALL, TOY, scenario, start
from tests.session.test_session import loaded
from wargame.analysis.duel import duel_of
from wargame.analysis.opponents import Opponents, seed_of
from wargame.analysis.planner import Effort, Planner, Thought
from wargame.analysis.plans import Kitchen
from wargame.bots.bots import Bots, default_plays, planning_plays
from wargame.engine import turn as engine_turn
from wargame.engine.engine import Engine
from wargame.model.errors import SessionError
from wargame.model.kinds import Sight
from wargame.model.world import World
from wargame.session.memory import MemoryStore
from wargame.session.session import Session, Setting
from wargame.session.verify import verify

pytestmark = pytest.mark.slow
SMALL_EFFORT = Effort(rounds=1, plans=6, worlds=4)
CASES = [(name, scenario(name).seats[-1].id) for name in SMALL]
TOYS = CASES[:3]


def table(name: str, seat: str) -> tuple[Engine, Planner, Bots]:
    engine = Engine(scenario(name))
    plays = default_plays(engine.scenario)
    return engine, Planner(engine, seat, plays), Bots(engine, plays)


def played(engine: Engine, bots: Bots, seed: int = 3, turns: int = 2) -> World:
    world = start(engine, 1, seed)
    for _ in range(turns):
        engine_turn.play(engine, world, bots.choose(world), voters=bots)
    return world


def thought(planner: Planner, world: World, seed: int = 5, effort: Effort = SMALL_EFFORT) -> Thought:
    return planner.think([planner.know(world)], [seed], effort)[0]


@pytest.mark.parametrize(("name", "seat"), CASES)
def test_worlds_that_differ_only_in_what_a_seat_may_not_see_give_the_same_plan(name: str, seat: str) -> None:
    engine, planner, bots = table(name, seat)
    world = played(engine, bots)
    eyes = planner.belief.eyes
    other = world.fork()
    other.seeds = world.seeds  # what it believes is drawn from the luck of the session; what is to come is not
    blind = [
        row
        for row in range(engine.layout.sections.signals)
        if eyes.seen[row].sight is Sight.HIDDEN and row not in set(eyes.shown.tolist())
    ]
    assert blind
    other.values[blind] = engine.layout.high[blind][:, None]
    other.last_given[~planner.belief.open] = 1
    other.values[engine.layout.count :] = 0.0  # what others believe, and the seat's glance, are not asked for
    assert thought(planner, other) == thought(planner, world)


@pytest.mark.parametrize(("name", "seat"), TOYS)
def test_a_plan_follows_from_what_is_known_its_seed_and_the_number_of_continuations(name: str, seat: str) -> None:
    engine, planner, bots = table(name, seat)
    worlds = [played(engine, bots, seed) for seed in (3, 4, 5)]
    alone = [thought(planner, world, seed) for seed, world in enumerate(worlds)]
    assert alone == [thought(planner, world, seed) for seed, world in enumerate(worlds)]
    together = planner.think([planner.know(world) for world in worlds], [0, 1, 2], SMALL_EFFORT)
    assert together == alone, "a session does not care which others are thought about beside it"


def test_every_plan_can_be_ordered_and_paid_as_the_seat_sees_it() -> None:
    engine, planner, bots = table(TOY, "presidency")
    for turns in range(4):
        world = played(engine, bots, 9, turns)
        plan = thought(planner, world).plan
        seen = planner.belief.as_seen([planner.know(world)], [1])
        menu = Kitchen(engine, "presidency", planner.bots).menus(seen, [1])[0]
        assert len(plan) <= planner.seat.orders
        assert menu.price(plan) is not None
        assert all(menu.price(near) is not None for near in menu.neighbours(plan, range(len(plan)), 2))


def test_thinking_ahead_beats_the_doctrine_that_it_starts_from() -> None:
    found = duel_of(loaded(TOY)[0], "presidency", 12, 2, Effort(rounds=1, plans=8, worlds=8))
    assert found.gain > 0
    assert found.wins.value >= 0.6
    assert sum(found.given.values()) <= found.turns * 3


# ── in a live session ────────────────────────────────────────────────────────────────────────────────────────────


def begin(store: MemoryStore, seed: int = 7) -> Session:
    found, bundle = loaded(TOY)
    seat = found.seats[0].id
    return Session.create(store, found, bundle, Setting(seed, planning_plays(found, [seat])), Bots)


def test_opponents_order_what_they_have_come_to_also_after_a_crash() -> None:
    store = MemoryStore()
    session = begin(store)
    waiting = session.planning.waiting
    assert waiting
    told: list[tuple[int, int]] = []
    opponents = Opponents(session, 60.0, SMALL_EFFORT)
    try:
        opponents.think(session, lambda done, of: told.append((done, of)))
    finally:
        opponents.close()
    assert told[0] == (0, len(waiting))
    assert all(done < of == len(waiting) for done, of in told)
    assert session.planning.waiting == ()
    again = Session.open(store, session.id, Bots)
    assert again.planning.orders() == session.planning.orders()
    report = again.resolve()
    plans = [r for r in store.records(session.id) if r.kind == "plan"]
    given = {(o.seat, o.order) for o in report.outcomes}
    assert given == {(r.seat, key) for r in plans for key, _ in r.payload["orders"]}
    assert again.planning.waiting == waiting
    assert verify(store, session.id, Bots).difference is None


def test_a_live_plan_is_that_of_a_planner_with_the_same_knowledge() -> None:
    session = begin(MemoryStore())
    opponents = Opponents(session, 60.0, SMALL_EFFORT)
    try:
        opponents.think(session)
    finally:
        opponents.close()
    records = [r for r in session.store.records(session.id) if r.kind == "plan"]
    sharpness = session.scenario.level(session.header.level).sharpness
    for record in records:
        planner = Planner(
            Engine(session.scenario, session.header.lens), record.seat, default_plays(session.scenario), sharpness
        )
        found = planner.think([planner.know(session.world)], [seed_of(session, record.seat)], SMALL_EFFORT)[0]
        keys = [[session.engine.candidates[c].key, n] for c, n in found.plan]
        assert record.payload["orders"] == keys


def test_a_seat_that_nobody_thinks_for_plays_its_first_doctrine() -> None:
    ahead, usual = begin(MemoryStore()), MemoryStore()
    found, bundle = loaded(TOY)
    plays = default_plays(found, [found.seats[0].id])
    other = Session.create(usual, found, bundle, Setting(7, plays), Bots)
    assert [(o.seat, o.order) for o in ahead.resolve().outcomes] == [
        (o.seat, o.order) for o in other.resolve().outcomes
    ]


def test_a_plan_is_kept_once_and_only_for_a_seat_that_thinks() -> None:
    session = begin(MemoryStore())
    with pytest.raises(SessionError):
        session.planning.keep("presidency", [], {})
    seat = session.planning.waiting[0]
    session.planning.keep(seat, [], {})
    with pytest.raises(SessionError):
        session.planning.keep(seat, [], {})
    assert all(o.seat != seat for o in session.resolve().outcomes)


def test_a_game_against_opponents_that_think_ahead_is_played_in_lines(tmp_path: Path) -> None:
    told = play(["end", "quit"], library=tmp_path / "library.sqlite", ahead=True, think=0.2)
    assert "think ahead" in told
    assert "TURN 2" in told
