"""What is listed is accepted; what is not listed is refused with a reason; play never comes to a dead end."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engine.scenes import RANDOM, SMALL, play_out, scenario, start, table
from wargame.content.listing import scenario_names
from wargame.engine.naming import Names
from wargame.engine.options import Desk
from wargame.model.orders import Fate, Order
from wargame.model.scenario import Seat


def _desk(name: str, seat: Seat, turns: int, seed: int = 3) -> Desk:
    engine, bots = table(name, RANDOM)
    world = start(engine, 1, seed)
    play_out(engine, bots, world, turns)
    return Desk(engine, Names.of(engine.scenario, engine.cast), world, seat)


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("turns", [0, 2, 4])
def test_every_option_is_accepted_or_refused_with_a_sentence_in_both_languages(name: str, turns: int) -> None:
    for seat in scenario(name).seats:
        desk = _desk(name, seat, turns)
        for option in desk.options():
            order = Order(option.candidate.id, desk.default_amount(option.candidate))
            assert (desk.refuse(order, []) is None) == (option.refusal is None)
            if option.refusal is not None:
                assert option.refusal.code
                assert option.refusal.message.en.endswith((".", "!", "?"))
                assert option.refusal.message.es.endswith((".", "!", "?"))
            assert option.odds is None or 0.0 <= option.odds <= 1.0


@pytest.mark.parametrize("name", SMALL)
def test_an_order_for_somebody_else_is_refused(name: str) -> None:
    first = scenario(name).seats[0]
    desk = _desk(name, first, 0)
    other = next(c for c in desk.engine.candidates if c.actor not in first.actors)
    refusal = desk.refuse(Order(other.id), [])
    assert refusal is not None
    assert refusal.code == "not-your-actor"


@pytest.mark.parametrize("name", SMALL)
def test_orders_are_funded_in_priority_until_the_resources_end(name: str) -> None:
    for seat in scenario(name).seats:
        desk = _desk(name, seat, 1)
        filed: list[Order] = []
        for option in desk.options():
            order = Order(option.candidate.id, desk.default_amount(option.candidate))
            if desk.refuse(order, filed) is None:
                filed.append(order)
        assert len(filed) <= seat.orders
        assert min(desk.left(filed).values(), default=0.0) >= 0.0


@pytest.mark.parametrize("play", ["", RANDOM, "first"])
@pytest.mark.parametrize("name", SMALL)
def test_bots_give_only_orders_that_people_could_give(name: str, play: str) -> None:
    engine, bots = table(name, play)
    names = Names.of(engine.scenario, engine.cast)
    world = start(engine, 1, 8)
    while not world.ended.all():
        orders = bots.choose(world)
        for seat in engine.scenario.seats:
            desk, filed = Desk(engine, names, world, seat), list[Order]()
            for candidate, amount in zip(orders.candidates[:, 0], orders.amounts[:, 0], strict=True):
                if candidate >= 0 and engine.candidates[candidate].actor in seat.actors:
                    order = Order(int(candidate), int(amount))
                    assert desk.refuse(order, filed) is None, engine.candidates[candidate].key
                    filed.append(order)
        play_out(engine, bots, world, 1)


@pytest.mark.parametrize("name", SMALL)
def test_random_play_always_comes_to_an_end_and_every_seat_can_do_something_in_every_turn(name: str) -> None:
    engine, bots = table(name, RANDOM)
    world = start(engine, 200)
    while not world.ended.all():
        legality = engine.legality(world)
        open_pairs = np.zeros((len(engine.scenario.seats), world.sessions), dtype=bool)
        for move in engine.catalogue.moves:
            pairs = legality.pairs(move)
            for i, pair in enumerate(move.pairs):
                open_pairs[pair.seat] |= pairs[i]
        seated = [bool(len(p)) for p in engine.catalogue.pairs_of_seat]
        assert open_pairs[seated].all() or name not in scenario_names()
        play_out(engine, bots, world, 1)
    assert (world.ended > 0).all()


@pytest.mark.parametrize("name", SMALL)
def test_a_fizzled_order_is_paid_for_and_does_nothing_else(name: str) -> None:
    from wargame.engine import turn
    from wargame.model.ledger import CauseKind, Ledger

    engine, bots = table(name, RANDOM)
    found = 0
    for seed in range(5):
        world = start(engine, 1, seed)
        while not world.ended.all():
            ledger = Ledger([])
            outcomes = turn.play(engine, world, bots.choose(world), ledger, voters=bots)
            for outcome in outcomes:
                if outcome.fate is Fate.FIZZLED:
                    kinds = {
                        line.cause.kind
                        for line in ledger.lines
                        if line.cause.candidate == outcome.candidate and line.cause.kind is not CauseKind.PROGRAMME
                    }
                    assert kinds <= {CauseKind.COST, CauseKind.CAP}
                    found += 1
    assert found or name != "vraem-2020"
