"""Bots pay for no vote that changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from wargame.bots.swing import Swing
from wargame.cli.shelf import make_bots
from wargame.content.load import load_with_bundle
from wargame.engine.views import SeatEyes
from wargame.model.agreements import TAKER
from wargame.model.orders import Candidate
from wargame.session.deals import Proposal
from wargame.session.memory import MemoryStore
from wargame.session.session import Session, Setting

PAYER, GIVER = "washington", "bogota"
HOPELESS, BY_CONSENSUS = "return_the_seat_oas_venezuela", "technical_programme_prosur"


@pytest.fixture(scope="module")
def session() -> Session:
    scenario, bundle = load_with_bundle("venezuela-2019")
    bots = {seat.id: seat.doctrines[0] for seat in scenario.seats if seat.id != GIVER}
    return Session.create(MemoryStore(), scenario, bundle, Setting(7, bots), make_bots)


def vote(session: Session, text: str) -> Candidate:
    return next(c for c in promises(session, "colombia", "vote-for", "united_states") if c.targets["p"] == text)


def promises(session: Session, giver: str, term: str, taker: str) -> Iterator[Candidate]:
    for one in session.engine.agreements.candidates:
        if (one.actor, one.move, one.targets.get(TAKER)) == (giver, term, taker):
            yield one


@pytest.fixture
def swing(session: Session) -> Swing:
    seat = session.scenario.seats[session.engine.seat_number(PAYER)]
    return Swing(session.engine, session.world, SeatEyes(session.engine, seat), PAYER)


def test_a_vote_is_wasted_where_the_count_is_the_same_without_it(session: Session, swing: Swing) -> None:
    assert swing.wasted(vote(session, HOPELESS))
    assert not swing.wasted(vote(session, BY_CONSENSUS)), "one no is enough to stop it"


def test_nothing_else_that_is_promised_is_taken_for_a_vote(session: Session, swing: Swing) -> None:
    terms = session.engine.agreements
    others = [c for c in terms.candidates if terms.term_of(c.id).ballots is None]
    assert others
    assert not any(swing.wasted(c) for c in others)


@pytest.mark.parametrize(("text", "pays"), [(HOPELESS, False), (BY_CONSENSUS, True)])
def test_a_bot_pays_for_a_vote_only_if_it_counts(session: Session, text: str, pays: bool) -> None:
    engine, world, clause = session.engine, session.world, vote(session, text)
    before = world.values.copy()
    try:
        world.values[engine.layout.row(text, "tabled")] = 1.0
        for tie in engine.cast.of_type["ballot"]:
            if tie.target == text and tie.source == "united_states":
                world.values[engine.layout.row(tie.id, "sponsor")] = 1.0
        bots = make_bots(engine, {PAYER: session.scenario.seats[engine.seat_number(PAYER)].doctrines[0]}, 1.0)
        given = next(promises(session, "united_states", "pay-each-turn", "colombia"))
        asked = Proposal(GIVER, PAYER, ((clause.id, 1),), ((given.id, 1),), 1)
        reply = bots.consider(world, asked, world.obligations, may_counter=False)
    finally:
        world.values[...] = before
    assert ("decided with this vote or without it" in reply.words.en) is not pays
