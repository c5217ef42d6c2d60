"""Fog: what a seat may not see leaves no trace in anything that it is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.scenes import LEAGUE, RANDOM, SMALL, TOY, play_out, scenario, start, table
from wargame.engine.engine import Engine
from wargame.engine.naming import Names
from wargame.engine.options import Desk
from wargame.engine.sampling import known, sample
from wargame.engine.views import SeatEyes, View
from wargame.engine.wholes import Whole
from wargame.model.kinds import Sight
from wargame.model.scenario import SightRule
from wargame.model.world import World

CASES = [(name, seat.id) for name in SMALL for seat in scenario(name).seats]


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


@pytest.mark.parametrize("name", SMALL)
@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_sampled_worlds_agree_with_the_view_and_do_not_look_at_the_truth(name: str, seed: int) -> None:
    engine, bots = table(name)
    eyes = SeatEyes(engine, engine.scenario.seats[0])
    world = start(engine, 1, seed)
    play_out(engine, bots, world, 1)
    view = eyes.view(world)
    drawn = sample(eyes, known(eyes, world, view), 200, seed)
    hidden = _unseen(engine, eyes)
    blind = world.fork()
    blind.values[hidden] = engine.layout.low[hidden][:, None]
    assert np.array_equal(drawn.values, sample(eyes, known(eyes, blind, view), 200, seed).values)
    for row in range(engine.layout.sections.signals):
        values = drawn.values[row]
        assert (values >= engine.layout.low[row]).all()
        assert (values <= engine.layout.high[row]).all()
        if eyes.seen[row].sight is Sight.EXACT:
            assert (values == view.values[row]).all()
        elif eyes.seen[row].sight is Sight.ESTIMATED:
            assert abs(values.mean() - view.values[row]) <= max(1.0, 2.0 * view.deviations[row])


@pytest.mark.parametrize("name", SMALL)
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


# ── sums and their parts ─────────────────────────────────────────────────────────────────────────────────────────


def _wholes_seen(name: str) -> Iterator[tuple[SeatEyes, View, World, int, Whole]]:
    engine, bots = table(name)
    world = start(engine)
    play_out(engine, bots, world, 2)
    for seat in engine.scenario.seats:
        eyes = SeatEyes(engine, seat)
        view = eyes.view(world)
        for row, whole in engine.makeup.wholes.items():
            yield eyes, view, world, row, whole


@pytest.mark.parametrize("name", [TOY, "vraem-2020"])
def test_a_seat_sees_a_group_as_the_sum_or_mean_of_what_it_sees_of_its_zones(name: str) -> None:
    told = 0
    for eyes, view, world, row, whole in _wholes_seen(name):
        if row not in eyes.engine.makeup.groups or eyes.seen[row].sight is Sight.HIDDEN:
            continue
        parts = view.values[list(whole.parts)]
        together = whole.value(parts[:, None], world)[0]
        assert view.values[row] == together, (eyes.seat.id, eyes.engine.layout.names[row])
        told += eyes.seen[row].sight is Sight.ESTIMATED
    assert told


@pytest.mark.parametrize("name", SMALL)
def test_the_error_of_a_sum_is_that_of_its_parts_together(name: str) -> None:
    for eyes, view, _, row, whole in _wholes_seen(name):
        if eyes.seen[row].whole is not None and whole.active is None:
            size = float(np.sqrt((view.deviations[list(whole.parts)] ** 2).sum()))
            assert view.deviations[row] == pytest.approx(size / len(whole.parts) if whole.mean else size, abs=1e-5)


@pytest.mark.parametrize("name", SMALL)
def test_a_group_with_a_zone_that_a_seat_is_blind_to_is_hidden_from_it(name: str) -> None:
    for eyes, _, _, row, whole in _wholes_seen(name):
        if row in eyes.engine.makeup.groups and any(eyes.seen[part].sight is Sight.HIDDEN for part in whole.parts):
            assert eyes.seen[row].sight is Sight.HIDDEN


@pytest.mark.parametrize("name", SMALL)
def test_the_truth_of_a_whole_is_that_of_its_parts(name: str) -> None:
    engine, bots = table(name)
    world = start(engine, 20)
    play_out(engine, bots, world, 3)
    for row, whole in engine.makeup.wholes.items():
        assert np.array_equal(whole.value(world.values[list(whole.parts)], world), world.values[row])


@pytest.mark.parametrize("name", SMALL)
def test_legality_and_bots_read_what_the_view_shows(name: str) -> None:
    engine, bots = table(name)
    world = start(engine)
    play_out(engine, bots, world, 3)
    views = {seat.id: SeatEyes(engine, seat).view(world) for seat in engine.scenario.seats}
    assert engine.sights.places or name == LEAGUE
    for (seat, true), place in engine.sights.places.items():
        assert world.values[place, 0] == views[seat].values[true], (seat, engine.layout.names[true])


def test_a_sum_of_numbers_that_a_seat_sees_exactly_is_exact() -> None:
    engine, _ = table("vraem-2020")
    clans = SeatEyes(engine, engine.scenario.seats[engine.seat_number("clans")])
    outflow = engine.layout.row("vizcatan", "outflow")
    assert {clans.seen[part].sight for part in engine.makeup.wholes[outflow].parts} == {Sight.EXACT}
    assert clans.seen[outflow].sight is Sight.EXACT
    assert clans.seen[engine.layout.row("vizcatan", "production")].sight is Sight.ESTIMATED


def test_a_total_with_a_rule_of_its_own_is_not_put_together() -> None:
    """The count that an office publishes may be better, or worse, than the sum of what a seat knows of the parts."""
    plain = scenario("vraem-2020")
    published = SightRule("congress", "coca_area", (), Sight.ESTIMATED, 0.03)
    for rules, alone in ((plain.sight, False), ((*plain.sight, published), True)):
        engine = Engine(replace(plain, sight=rules))
        eyes = SeatEyes(engine, plain.seats[engine.seat_number("congress")])
        seen = eyes.seen[engine.layout.row("peru", "coca_area")]
        assert (seen.sight, seen.whole is None) == (Sight.ESTIMATED, alone)


@pytest.mark.parametrize("name", [TOY, "vraem-2020"])
def test_all_four_kinds_of_sight_are_in_use(name: str) -> None:
    engine, _ = table(name)
    kinds = {seen.sight for seat in engine.scenario.seats for seen in SeatEyes(engine, seat).seen}
    assert kinds == set(Sight)
