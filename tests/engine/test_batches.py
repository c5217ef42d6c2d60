"""A session alone and the same session in an ensemble are one and the same, bit for bit."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from tests.engine.beside import play_each
from tests.engine.scenes import ACCORD, LEAGUE, ONE_LARGE, RANDOM, SMALL, play_out, same, scenario, start, table
from wargame.analysis.ensemble import Design, Outcomes, simulate
from wargame.bots.bots import Bots, default_plays
from wargame.bots.side_by_side import SideBySide
from wargame.content.load import load_with_bundle
from wargame.engine import turn
from wargame.engine.draws import seeds_of
from wargame.engine.engine import Engine


@pytest.mark.parametrize(("name", "play"), [*((name, "") for name in ONE_LARGE), *((name, RANDOM) for name in SMALL)])
def test_a_session_alone_equals_the_same_session_in_an_ensemble_of_a_thousand(name: str, play: str) -> None:
    engine, bots = table(name, play, keep_all=False)
    many = start(engine, 1000)
    some = (0, 1, 499, 999)
    alone = {n: engine.start(seeds_of(1, 1000)[n : n + 1]) for n in some}
    while not many.ended.all():
        for n in some:
            assert many.ended[n] or same(alone[n], many.take(np.array([n]))), (many.turn, n)
            if not many.ended[n]:
                play_out(engine, bots, alone[n], 1)
        play_out(engine, bots, many, 1)
    for n in some:
        assert alone[n].ended[0] == many.ended[n]


def _equal(first: Outcomes, second: Outcomes) -> bool:
    groups = [(first.scores, second.scores), (first.objectives, second.objectives), (first.measures, second.measures)]
    return (
        np.array_equal(first.ending, second.ending)
        and np.array_equal(first.turn, second.turn)
        and all(np.array_equal(a[k], b[k]) for a, b in groups for k in a)
    )


@pytest.mark.parametrize("name", [name for name in SMALL if name != LEAGUE])
def test_chunk_size_and_number_of_processes_change_nothing(name: str) -> None:
    _, bundle = load_with_bundle(name)
    whole = simulate(bundle, Design(), 50, 5, workers=1, chunk=50)
    assert _equal(whole, simulate(bundle, Design(), 50, 5, workers=1, chunk=17))
    assert _equal(whole, simulate(bundle, Design(), 50, 5, workers=2, chunk=25))


@pytest.mark.parametrize("name", [name for name in SMALL if name != LEAGUE] + ["empty-chair-2017"])
def test_tables_of_bots_side_by_side_come_out_as_each_alone(name: str) -> None:
    chosen, bundle = load_with_bundle(name)
    first, other = chosen.seats[:2]
    plays = [{}, {first.id: "random"}, {other.id: other.doctrines[-1]}, {first.id: first.doctrines[-1]}]
    together = play_each(name, plays, 12, 5)
    for play, found in zip(plays, together, strict=True):
        alone = simulate(bundle, Design(plays=play), 12, 5, workers=1)
        assert _equal(found, alone), play
        assert np.array_equal(found.given, alone.given)
        assert np.array_equal(found.noted, alone.noted)
    assert len({found.given.tobytes() for found in together}) > 1


def test_tables_of_bots_side_by_side_strike_the_deals_that_each_strikes_alone() -> None:
    chosen = scenario(ACCORD)
    engine = Engine(chosen, keep_all=True)
    plays = [default_plays(chosen), default_plays(chosen) | {chosen.seats[0].id: RANDOM}]
    first = Bots(engine, plays[0])
    tables = [first, Bots(engine, plays[1], beside=first)]
    both = engine.start(np.tile(seeds_of(3, 8), 2))
    alone = [engine.start(seeds_of(3, 8)) for _ in tables]
    bots, struck = SideBySide(tables, np.repeat([0, 1], 8)), 0
    while not both.ended.all():
        turn.play(engine, both, bots.choose(both), voters=bots)
        for n, (table_of_one, world) in enumerate(zip(tables, alone, strict=True)):
            turn.play(engine, world, table_of_one.choose(world), voters=table_of_one)
            assert all(same(world.take(np.array([s])), both.take(np.array([8 * n + s]))) for s in range(8))
        struck += len(both.obligations)
    assert struck > 0


_DIGESTS = """
import sys
from tests.engine.scenes import play_out, start, table
engine, bots = table(sys.argv[1])
world = start(engine, 3)
play_out(engine, bots, world)
print([engine.digest(world, s) for s in range(3)])
"""


@pytest.mark.parametrize("name", ONE_LARGE)
def test_the_hash_seed_of_the_process_changes_nothing(name: str) -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", _DIGESTS, name],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "4711")
    }
    assert len(found) == 1


@pytest.mark.parametrize("name", SMALL)
def test_a_fork_goes_on_like_its_original_and_leaves_it_alone(name: str) -> None:
    engine, bots = table(name)
    world = start(engine, 5)
    play_out(engine, bots, world, 2)
    branch = world.fork()
    before = branch.values.copy()
    play_out(engine, bots, world)
    assert np.array_equal(branch.values, before)
    play_out(engine, bots, branch)
    assert same(world, branch)


@pytest.mark.parametrize("name", SMALL)
def test_keeping_every_past_turn_changes_nothing(name: str) -> None:
    engine, bots = table(name)
    world = start(engine, 3)
    play_out(engine, bots, world)
    from wargame.bots.bots import Bots, default_plays

    lean = Engine(scenario(name))
    other = Bots(lean, default_plays(lean.scenario), lean.scenario.level().sharpness)
    again = start(lean, 3)
    play_out(lean, other, again)
    assert same(world, again)
