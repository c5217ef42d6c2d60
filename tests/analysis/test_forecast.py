"""Forecasts: paired, from what a seat knows, and held against what came."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.engine.scenes import play_out, start, table
from tests.session.test_session import begin
from wargame.analysis.continuations import Reading, go_on
from wargame.analysis.forecast import Forecaster, Question, Study
from wargame.analysis.foresight import borne_out, keep, question_of, setting_of
from wargame.bots.bots import Bots
from wargame.engine import draws
from wargame.engine.sampling import Belief, known
from wargame.engine.views import SeatEyes
from wargame.model.orders import Order
from wargame.session.matters import Matters
from wargame.session.memory import MemoryStore
from wargame.session.session import Session
from wargame.session.verify import verify


@pytest.fixture
def session() -> Session:
    return begin(MemoryStore(), seed=11)


@pytest.fixture
def study(session: Session) -> Study:
    return Study(setting_of(session))


def _order(session: Session, move: str) -> Order:
    return next(
        Order(option.candidate.id) for option in session.options("presidency")
        if option.candidate.move == move and option.refusal is None
    )  # fmt: skip


def _question(session: Session, move: str, pairs: int = 60) -> Question:
    return question_of(session, Matters(session, "presidency"), _order(session, move), pairs=pairs)


def test_an_order_does_to_its_number_what_it_is_given_for(session: Session, study: Study) -> None:
    found = study.answer(_question(session, "eradicate"))
    crop = found.objectives["less-crop"]
    assert crop.more > 0.6
    assert crop.more + crop.less <= 1.0


def test_before_the_horizon_only_the_order_tells_the_two_sides_of_a_pair_apart(session: Session, study: Study) -> None:
    question = _question(session, "eradicate")
    found = study.answer(replace(question, others=(*question.others, question.order), order=question.order))
    twice = study.answer(replace(question, others=(*question.others, question.order), order=question.order))
    assert np.array_equal(found.score.given, twice.score.given)
    assert np.array_equal(found.score.absent, study.answer(question).score.given)


def test_a_worker_answers_as_this_process_does(session: Session, study: Study) -> None:
    question = _question(session, "eradicate", pairs=20)
    forecaster = Forecaster(setting_of(session))
    try:
        there = forecaster.ask(question).result(timeout=60)
    finally:
        forecaster.close()
    here = study.answer(question)
    assert np.array_equal(there.score.given, here.score.given)
    assert {row: o.bands for row, o in there.numbers.items()} == {row: o.bands for row, o in here.numbers.items()}


def test_it_looks_no_further_than_the_end_of_the_session(session: Session, study: Study) -> None:
    for _ in range(6):
        session.resolve()
    found = study.answer(_question(session, "build-road", pairs=10))
    assert found.until == session.engine.turns
    assert found.endings
    assert sum(given for given, _ in found.endings.values()) == pytest.approx(1.0)


def test_what_others_keep_to_themselves_is_not_in_what_a_seat_knows(session: Session) -> None:
    eyes, view = session.eyes("presidency"), session.view("presidency")
    mine = known(eyes, session.world, view)
    session.resolve()
    theirs = session.world.fork()
    moves, mine_alone = session.scenario.ruleset.moves, session.engine.seat_number("presidency")
    other = [p.id for p in session.engine.catalogue.pairs if p.seat != mine_alone and moves[p.move].covert]
    assert other
    theirs.last_given[other] = 7
    now = known(eyes, session.world, session.view("presidency"))
    assert np.array_equal(known(eyes, theirs, session.view("presidency")).given, now.given)
    assert mine.turn == 1
    assert now.turn == 2


def test_a_kept_forecast_is_held_against_what_came_once_it_is_due(session: Session, study: Study) -> None:
    matters = Matters(session, "presidency")
    order = _order(session, "eradicate")
    keep(session, study.answer(question_of(session, matters, order, horizon=2, pairs=40)))
    session.file("presidency", order.candidate)
    session.resolve()
    assert borne_out(session, matters) == []
    session.resolve()
    found = borne_out(session, matters)
    assert {f.until for f in found} == {2}
    assert all(f.inside == (f.band[0] <= f.came <= f.band[2]) for f in found)
    assert verify(session.store, session.id, Bots).difference is None


def test_a_forecast_of_an_order_that_was_not_given_is_never_held_against_anything(
    session: Session, study: Study
) -> None:
    matters = Matters(session, "presidency")
    keep(session, study.answer(_question(session, "eradicate", pairs=10)))
    for _ in range(5):
        session.resolve()
    assert borne_out(session, matters) == []


@pytest.mark.parametrize("seat", ["caracas", "moscow"])
def test_what_a_seat_can_foretell_is_on_average_what_comes(seat: str) -> None:
    engine, bots = table("venezuela-2019", keep_all=False)
    eyes = SeatEyes(engine, engine.scenario.seats[engine.seat_number(seat)])
    world, each = start(engine, 4, 77), 12
    play_out(engine, bots, world, 3)

    belief, sessions = Belief(eyes), range(world.sessions)
    whats = [belief.known(world, eyes.view(world, n), n) for n in sessions]
    believed = belief.sample(whats, each, [draws.word(f"{seat}|{n}") for n in sessions])
    true = world.take(np.repeat(np.arange(world.sessions), each))
    true.redrawn, true.seeds = ((true.turn, true.seeds),), draws.seeds_of(991, true.sessions)

    scores = []
    for drawn in (believed, true):
        reading = Reading(engine, seat, (), drawn.sessions, engine.turns)
        scores.append(go_on(engine, bots, drawn, bots.choose(drawn), reading).scores.mean())
    assert scores[0] == pytest.approx(scores[1], abs=0.05)
