"""Two sessions side by side: where they parted, what was ordered otherwise, and what a seat may see of it."""

from __future__ import annotations

from random import Random

import pytest

from tests.session.test_session import begin
from wargame.analysis.comparison import compare
from wargame.bots.bots import Bots
from wargame.model.errors import SessionError
from wargame.session.beginning import fork
from wargame.session.memory import MemoryStore
from wargame.session.session import Session

TOY = "tests/samples/scenarios/toy-valley"


def _play(session: Session, turns: int, luck: Random) -> None:
    seat = session.people[0]
    for _ in range(turns):
        if session.ended:
            return
        legal = [o for o in session.options(seat) if o.refusal is None]
        session.file(seat, luck.choice(legal).candidate.id)
        session.resolve()


@pytest.fixture
def pair() -> tuple[Session, Session]:
    store = MemoryStore()
    first = begin(store, TOY, 5)
    _play(first, 3, Random(1))
    second = Session.open(store, fork(store, first.id, 2), Bots)
    _play(second, 2, Random(9))
    return first, second


def test_a_branch_is_the_original_until_it_was_forked(pair: tuple[Session, Session]) -> None:
    first, second = pair
    found = compare(first, second, first.people[0])
    assert found.forked == 2
    assert not found.new_luck
    assert found.turns == (3, 3)
    assert found.partings
    assert all(parting.turn >= 2 for parting in found.partings)
    mine = [o.order for o in found.partings[0].first if o.seat == first.people[0]]
    theirs = [o.order for o in found.partings[0].second if o.seat == first.people[0]]
    assert mine != theirs
    assert found.courses
    for course in found.courses:
        assert course.first[:2] == course.second[:2]
        assert course.gap == course.second[3] - course.first[3]


def test_the_same_session_differs_in_nothing(pair: tuple[Session, Session]) -> None:
    found = compare(pair[0], pair[0], None)
    assert not found.partings
    assert not found.courses
    assert all(reach.first == reach.second for reach in found.objectives)


def test_of_others_only_what_was_seen_is_compared(pair: tuple[Session, Session]) -> None:
    first, second = pair
    seat = first.people[0]
    for parting in compare(first, second, seat).partings:
        assert all(o.open or o.seat == seat for o in (*parting.first, *parting.second))
    hidden = [n for n in first.engine.layout.names if n.endswith(".strength")]
    for course in compare(first, second, seat, hidden).courses:
        eyes = first.eyes(seat)
        believed = eyes.look_at(first.world, 1)[first.engine.layout.names.index(course.number)]
        assert not course.first or course.first[0] == believed


def test_sessions_of_other_scenarios_cannot_be_compared(pair: tuple[Session, Session]) -> None:
    other = begin(MemoryStore(), "tests/samples/scenarios/toy-league", 5)
    with pytest.raises(SessionError):
        compare(pair[0], other, None)
