"""Workload W ends in equal worlds in all three programs that the benchmark sets side by side."""

from __future__ import annotations

import numpy as np
import pytest

from bench.arena import Arena, read_w
from bench.careful import Careful
from bench.equality import Programs, check_equal
from bench.houses import BODIES, Houses, housed
from bench.native import Native, compiler
from bench.tables import ACTORS, INDICATORS, MOVES, make
from bench.workload import load_w
from wargame.bots.bots import default_plays
from wargame.content.load import load_with_bundle
from wargame.engine import draws


@pytest.fixture(scope="module")
def programs() -> Programs:
    tables = make()
    native = Native(tables) if compiler() else None
    return Programs(Arena.at_random(load_w(tables)), Careful(tables), native)


def test_engine_careful_python_and_c_end_in_equal_worlds(programs: Programs) -> None:
    assert check_equal(programs, 6) == 6 * ACTORS * (INDICATORS + ACTORS)


def test_a_program_that_plays_another_game_is_found_out(programs: Programs) -> None:
    other = Programs(programs.arena, Careful(make(8)), None)
    with pytest.raises(AssertionError, match="engine and careful differ"):
        check_equal(other, 2)


def test_the_workload_is_a_game_and_not_a_corner_of_one(programs: Programs) -> None:
    arena = programs.arena
    world = arena.play(draws.seeds_of(2, 8))
    indicators, _ = read_w(arena, world)
    at_a_bound = (indicators == 0.0) | (indicators == 100.0)
    given = {pair.move for pair, last in zip(arena.engine.catalogue.pairs, world.last_given, strict=True) if last.any()}
    assert at_a_bound.mean() < 0.05
    assert indicators.std() > 5.0
    assert len(given) == MOVES
    assert len(np.unique(indicators[:, 0])) > 1


def test_bodies_vote_and_promises_hold_in_the_scenario_that_is_given_them() -> None:
    scenario, bundle = load_with_bundle("vraem-2020")
    arena = Houses(housed(bundle), default_plays(scenario))
    assert arena.engine.chamber is not None
    assert {arena.engine.cast.entities[p].references["body"] for p in arena.engine.chamber.proposals} == set(BODIES)
    world = arena.play(draws.seeds_of(3, 4))
    assert np.mean([promises for promises, _ in arena.seen]) >= 30
    outcomes = world.values[arena.engine.chamber.rows["outcome"]]
    assert (outcomes > 0).mean() > 0.5, "most texts are voted"
    assert len(np.unique(outcomes)) > 2, "and not all alike"
