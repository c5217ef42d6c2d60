"""Clauses of an offer: what cannot be struck now says why beforehand, and nothing that the seat may not know shows."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tests.engine.scenes import ACCORD, scenario
from wargame.bots.bots import default_plays
from wargame.cli.shelf import make_bots
from wargame.content.load import load_with_bundle
from wargame.model.errors import RefusedOrder
from wargame.model.kinds import Sight
from wargame.session.clauses import clauses_between
from wargame.session.memory import MemoryStore
from wargame.session.session import Session, Setting

VALLEYS = "vraem-2020"
TABLES = [(name, seat.id) for name in (ACCORD, VALLEYS) for seat in scenario(name).seats]


def begun(name: str) -> Session:
    found, bundle = load_with_bundle(name)
    return Session.create(
        MemoryStore(), found, bundle, Setting(7, default_plays(found, [found.seats[0].id])), make_bots
    )


def elsewhere(session: Session, seat: str, may_differ: Callable[[Sight], bool]) -> Session:
    """Change every stored number that the seat sees in some way; whatever it is shown stays as it was."""
    engine, world, seen = session.engine, session.world, session.eyes(seat).seen
    shown = {row for row in range(engine.layout.count) if not may_differ(seen[row].sight)}
    shown |= {one.row for one in seen if one.sight is Sight.REPORTED}
    luck = np.random.default_rng(3)
    for row in range(engine.layout.sections.signals):
        if row in shown:
            continue
        before, low, high = world.values[row].copy(), engine.layout.low[row], engine.layout.high[row]
        kept = world.values[sorted(shown)].copy()
        world.values[row] = np.rint(low + luck.random() * (min(high, 1000.0) - low))
        engine.refresh(world)
        if not np.array_equal(world.values[sorted(shown)], kept):
            world.values[row] = before
            engine.refresh(world)
    engine.look(world)
    return session


def form(session: Session, seat: str) -> dict[str, object]:
    return {other: clauses_between(session.bargaining, seat, other) for other in session.bargaining.partners(seat)}


@pytest.mark.parametrize(("name", "seat"), TABLES)
def test_worlds_that_a_seat_cannot_tell_apart_give_it_the_same_form(name: str, seat: str) -> None:
    here, there = begun(name), begun(name)
    elsewhere(there, seat, lambda sight: sight in (Sight.HIDDEN, Sight.REPORTED))
    assert here.view(seat).fingerprint() == there.view(seat).fingerprint()
    assert form(here, seat) == form(there, seat)
    assert not np.array_equal(here.world.values, there.world.values)


@pytest.mark.parametrize(("name", "seat"), TABLES)
def test_what_cannot_be_asked_rests_on_nothing_that_the_seat_only_estimates(name: str, seat: str) -> None:
    here, there = begun(name), begun(name)
    elsewhere(there, seat, lambda sight: sight is not Sight.EXACT)
    for other in here.bargaining.partners(seat):
        assert clauses_between(here.bargaining, seat, other).asks == clauses_between(there.bargaining, seat, other).asks


def test_what_cannot_be_asked_says_beforehand_what_the_answer_would_say() -> None:
    session = begun(VALLEYS)
    seat = next(s.id for s in session.scenario.seats if s.id == "armed-forces")
    found = 0
    for other in session.bargaining.partners(seat):
        for candidate, why in clauses_between(session.bargaining, seat, other).asks.items():
            if why is None:
                continue
            found += 1
            term, desk = session.engine.agreements.term_of(candidate).term, session.bargaining.desk(other)
            clause = (candidate, term.move.amount.low if term.move.amount else 1)
            number = session.engine.seat_number(seat)
            answer = desk.refuse_deal(number, [clause], [], term.turns[0], session.bargaining.promised())
            assert answer is not None
            assert answer.message.en.endswith(why.message.en)
            before = session.store.records(session.id)
            with pytest.raises(RefusedOrder) as caught:
                session.bargaining.offer(seat, other, [], [clause], term.turns[0])
            assert caught.value.message == answer.message
            assert session.store.records(session.id) == before
    assert found


def test_what_only_the_other_side_knows_is_told_by_its_answer_alone() -> None:
    session = begun(VALLEYS)
    told, silent = 0, 0
    for seat in session.scenario.seats:
        for other in session.bargaining.partners(seat.id):
            promised = session.bargaining.promised()
            for candidate, why in clauses_between(session.bargaining, seat.id, other).asks.items():
                theirs = session.bargaining.desk(other).refuse_giving(candidate, promised)
                assert why is None or theirs is not None
                told += why is not None
                silent += why is None and theirs is not None
    assert told
    assert silent
