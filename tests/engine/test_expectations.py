"""What a seat expects of votes: the interests that the engine runs, on what the seat believes, without its luck."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.session.leagues import LEAGUE, put_on_agendas
from tests.session.test_reasons import begin
from wargame.engine.believed import Belief
from wargame.engine.expectations import WORLDS, Expectations, proposals_of
from wargame.model.kinds import Sight
from wargame.model.ledger import CauseKind
from wargame.session.assembly import Assembly
from wargame.session.session import Session

MOOD = "mood"
"""The interest of the toy league that is nothing but luck."""


def believed(session: Session) -> Belief:
    """Return the truth, as somebody would believe it who saw everything."""
    return Assembly(session, None).belief


@pytest.fixture
def session() -> Session:
    """A session of the toy league in its second turn, with texts on the agenda."""
    return put_on_agendas(begin(LEAGUE, "alba-cell"))


def test_by_the_truth_members_without_a_seat_are_expected_to_lean_as_they_do_but_for_luck(session: Session) -> None:
    texts = [item.proposal for item in Assembly(session, None).agenda if item.voted]
    expected = Expectations(session.engine, believed(session), texts, "")
    leanings = {lean.ballot: lean for text in texts for lean in expected.leanings(text)}
    voted = session.resolve()
    seated = {actor for seat in session.scenario.seats for actor in seat.actors}
    leaned: dict[str, float] = {}
    for cause in voted.causes:
        if cause.kind is CauseKind.INTEREST and cause.rule != MOOD:
            ballot = cause.number.rpartition(".")[0]
            leaned[ballot] = leaned.get(ballot, 0.0) + cause.amount
    checked = [lean for lean in leanings.values() if lean.member not in seated]
    assert checked
    for lean in checked:
        if not any(o.targets.get("b") == lean.ballot or o.move == "soften" for o in voted.outcomes):
            assert lean.inclination == pytest.approx(leaned.get(lean.ballot, 0.0), abs=1e-4)


def test_reasons_add_up_to_the_inclination(session: Session) -> None:
    text = Assembly(session, "alba-cell").agenda[0].proposal
    for lean in Assembly(session, "alba-cell").expect(text).leanings(text):
        assert sum(amount for _, amount in lean.reasons) == pytest.approx(lean.inclination)
        sizes = [abs(amount) for _, amount in lean.reasons]
        assert sizes == sorted(sizes, reverse=True)
        assert 0.0 <= lean.yes + lean.no <= 1.0


def test_what_a_seat_cannot_see_changes_nothing_that_it_expects(session: Session) -> None:
    seat = "alba-cell"
    texts = [item.proposal for item in Assembly(session, seat).agenda]
    before = [Assembly(session, seat).expect(*texts).leanings(text) for text in texts]
    eyes = session.eyes(seat)
    hidden = [row for row, seen in enumerate(eyes.seen) if seen.sight is Sight.HIDDEN]
    assert hidden
    session.world.values[hidden] = session.engine.layout.high[hidden, None]
    assert [Assembly(session, seat).expect(*texts).leanings(text) for text in texts] == before


def test_no_luck_of_the_session_is_foreseen() -> None:
    """Two sessions that differ in their luck alone are expected alike."""
    found = []
    for seed in (1, 2):
        session = begin(LEAGUE, "alba-cell", seed=seed)
        belief = replace(believed(session), turn=1)
        texts = proposals_of(session.engine)
        expected = Expectations(session.engine, belief, texts, "alba-cell")
        found.append([expected.leanings(text) for text in texts])
    assert found[0] == found[1]


def test_a_vote_that_is_known_is_counted_as_cast(session: Session) -> None:
    assembly = Assembly(session, "alba-cell")
    item = next(item for item in assembly.agenda if item.voted)
    expected = assembly.expect(item.proposal)
    everybody = [lean.ballot for lean in expected.leanings(item.proposal)]
    yes = expected.outlook(item.proposal, dict.fromkeys(everybody, 1))
    no = expected.outlook(item.proposal, dict.fromkeys(everybody, -1))
    sitting = sum(1 for lean in expected.leanings(item.proposal) if lean.votes and not lean.absent)
    assert yes.yes == (sitting, sitting, sitting)
    assert no.no == (sitting, sitting, sitting)
    assert no.adopted == 0.0
    assert expected.world.sessions == WORLDS + 1


def test_the_first_believed_world_is_the_one_of_the_estimates(session: Session) -> None:
    assembly = Assembly(session, "alba-cell")
    expected = assembly.expect(assembly.agenda[0].proposal)
    everything = slice(0, session.engine.layout.count)
    assert np.array_equal(expected.worlds.at(everything)[:, 0], assembly.belief.values)
