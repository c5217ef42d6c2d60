"""Which decisions mattered: each against its absence, with everything else as it was."""

from __future__ import annotations

from random import Random

import pytest

from tests.session.test_session import begin
from wargame.analysis.decisions import Decision, Hindsight
from wargame.analysis.standing import standing
from wargame.model.errors import WargameError
from wargame.session.memory import MemoryStore
from wargame.session.session import Session

SAMPLES = ("toy-valley", "toy-league", "toy-accord")


def _played(name: str, seed: int = 5) -> Session:
    """Play a sample to its end as somebody who takes what is offered, votes and orders by draw."""
    session, luck = begin(MemoryStore(), f"tests/samples/scenarios/{name}", seed), Random(seed)
    seat = session.people[0]
    while not session.ended:
        for offered in session.bargaining.offers(seat):
            if offered.proposal.to == seat and offered.status == "open":
                try:
                    session.bargaining.answer(seat, offered.number, "accept")
                except WargameError:
                    continue
        for _ in range(session.seat(seat).orders):
            legal = [o for o in session.options(seat) if o.refusal is None]
            if legal:
                session.file(seat, luck.choice(legal).candidate.id)
        if session.voting.close_orders():
            for paper in session.voting.papers(seat):
                session.voting.vote(seat, paper.ballot, luck.choice([1, -1]))
        session.resolve()
    return session


@pytest.mark.parametrize("name", SAMPLES)
def test_with_nothing_left_out_every_turn_leads_to_the_end_that_was(name: str) -> None:
    session = _played(name)
    seat, end = session.people[0], session.reports[-1].end
    assert end is not None
    hindsight = Hindsight(session.store, session.id)
    for turn in range(1, len(session.reports) + 1):
        reached = hindsight.unchanged(seat, turn)
        assert reached.scores[0] == end["scores"][seat], f"from turn {turn}"
        assert session.scenario.endings[int(reached.ending[0])].id == end["ending"]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_order_vote_and_deal_is_held_against_its_absence(name: str) -> None:
    session = _played(name)
    seat = session.people[0]
    found = Hindsight(session.store, session.id).decisions(seat, lucks=3)
    filed = [(r.turn, o.order) for r in session.reports for o in r.outcomes if o.seat == seat]
    assert sorted((d.turn, d.what) for d in found if d.kind == "order") == sorted(filed)
    assert [d.weight for d in found] == sorted((d.weight for d in found), reverse=True)
    votes = [b for r in session.reports for b, vote in r.votes.items() if vote]
    assert sorted(d.what for d in found if d.kind == "vote") == sorted(votes)


def test_an_order_of_the_last_turn_is_worth_what_leaving_it_out_changes() -> None:
    session = _played("toy-valley")
    last = len(session.reports)
    found = [d for d in Hindsight(session.store, session.id).decisions("presidency", lucks=4) if d.turn == last]
    assert found
    for decision in found:
        assert _without(session, decision) == pytest.approx(decision.here, abs=1e-12)


def _without(session: Session, decision: Decision) -> float:
    """Play the last turn again in a fork without one order; return the difference it makes."""
    from wargame.bots.bots import Bots
    from wargame.session.beginning import fork

    branch = Session.open(session.store, fork(session.store, session.id, decision.turn), Bots)
    for outcome in session.reports[decision.turn - 1].outcomes:
        if outcome.seat == "presidency" and outcome.order != decision.what:
            branch.file("presidency", branch._by_key[outcome.order].id, outcome.amount)
    branch.resolve()
    end, other = session.reports[-1].end, branch.reports[-1].end
    assert end is not None
    assert other is not None
    return float(end["scores"]["presidency"]) - float(other["scores"]["presidency"])


def test_a_run_has_its_place_among_those_of_bots() -> None:
    session = _played("toy-valley")
    found = standing(session.store, session.id, "presidency", 200, workers=1)
    assert len(found.outcomes) == 200
    assert 0.0 <= found.below <= 1.0
    assert found.below == pytest.approx((found.scores < found.score).mean(), abs=(found.scores == found.score).mean())
    assert sum(found.ending_share(i) for i in range(len(session.scenario.endings))) == pytest.approx(1.0)
