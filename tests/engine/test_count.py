"""Every rule of decision, for any membership: the count of a batch against one proposal counted in plain Python."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.oracle.tally import ABSTAIN, NO, YES, Ballot, Vote, expected, votes
from wargame.engine.count import Ballots, Decision, Tally, count, decide
from wargame.model.institutions import Base, DecisionRule, Force, Organ, Tablers, Verdict
from wargame.model.text import Text

ADOPTING = {Verdict.ADOPTED, Verdict.PENDING}


def organ(rule: DecisionRule, **settings_: object) -> Organ:
    base = Base.VOTING if rule is DecisionRule.SIMPLE_MAJORITY else Base.MEMBERS
    found = Organ(
        "o", Text("o", "o"), rule, 0.0, 0, 0, base, 0.0, (), (), False, False, False, False, Tablers.MEMBERS, 10.0,
        10.0, Force.DECLARATION,
    )  # fmt: skip
    return replace(found, **settings_)  # type: ignore[arg-type]


# ── any organ, any membership ────────────────────────────────────────────────────────────────────────────────

shares = st.sampled_from([0.5, 0.6, 0.6667, 0.75, 0.3333, 1.0])
chances = st.sampled_from([0, 0, 0, 1])


@st.composite
def organs(draw: st.DrawFn) -> Organ:
    rule = draw(st.sampled_from(DecisionRule))
    found = organ(rule, quorum=draw(st.sampled_from([0.0, 0.0, 0.5, 0.6667, 0.75, 1.0])))
    if rule in (DecisionRule.SUPERMAJORITY, DecisionRule.UNANIMITY_ABSTAIN):
        found = replace(found, share=draw(shares))
    if rule is DecisionRule.WEIGHTED:
        found = replace(found, share=draw(st.one_of(st.just(0.0), shares)))
    if rule in (DecisionRule.COUNCIL_VETO, DecisionRule.SIGN_ON):
        found = replace(found, least=draw(st.integers(1, 12)))
    if rule is not DecisionRule.SIMPLE_MAJORITY and draw(chances):
        found = replace(found, base=draw(st.sampled_from(Base)))
    elif draw(chances):
        found = replace(found, of=draw(st.integers(1, 40)))
    return replace(found, consults_absent=bool(draw(chances)) and found.quorum < 1.0)


@st.composite
def memberships(draw: st.DrawFn, organ: Organ) -> tuple[Ballot, ...]:
    """Draw what the charter makes of each member: who is excluded, has a veto, a key, or a rival for its seat."""
    keyed = organ.rule is DecisionRule.KEYS
    found = []
    for place in range(draw(st.integers(0, 12))):
        key = keyed and draw(st.booleans())
        veto = organ.rule is DecisionRule.COUNCIL_VETO and bool(draw(chances))
        excluded = bool(draw(chances)) or (keyed and not key)
        ballot = Ballot(ABSTAIN, excluded=excluded, veto=veto, key=key, seat=f"seat {place}")
        found += [ballot, replace(ballot, rival=True)] if draw(chances) else [ballot]
    return tuple(found)


@st.composite
def days(draw: st.DrawFn, organ: Organ, charter: tuple[Ballot, ...]) -> Vote:
    """Draw one session's vote: who sits, stays away, weighs how much and votes how."""
    willing = st.sampled_from(draw(st.sampled_from([(YES, NO, ABSTAIN), (YES, YES, YES, ABSTAIN), (YES,)])))
    there = st.sampled_from(draw(st.sampled_from([(False,), (False, False, True)])))
    weights = draw(st.sampled_from([st.just(1), st.integers(1, 14), st.integers(1, 300)]))
    ballots = tuple(
        replace(b, vote=draw(willing), sits=not draw(there), absent=draw(there), weight=draw(weights)) for b in charter
    )
    seated = draw(st.sets(st.sampled_from([b.seat for b in charter]))) if charter else set()
    contested = {b.seat for b in charter if b.rival}
    ballots = tuple(
        replace(b, sits=b.sits and (b.seat not in contested or (b.seat in seated) == b.rival)) for b in ballots
    )
    return Vote(organ, ballots, draw(st.booleans()) and organ.consults_absent, draw(st.integers(0, 9)) == 9)


@st.composite
def batches(draw: st.DrawFn) -> list[list[Vote]]:
    """Draw a batch: proposals, each in its organ, in several sessions."""
    sessions = draw(st.integers(1, 3))
    found = []
    for _ in range(draw(st.integers(1, 5))):
        where = draw(organs())
        charter = draw(memberships(where))
        found.append([draw(days(where, charter)) for _ in range(sessions)])
    return found


def counted(batch: list[list[Vote]]) -> Tally:
    """Count a batch, ``[proposal][session]``, in one go."""
    sessions = len(batch[0])
    of = np.array([i for i, row in enumerate(batch) for _ in row[0].ballots], dtype=np.intp)
    charter = [b for row in batch for b in row[0].ballots]
    columns = [[b for row in batch for b in row[s].ballots] for s in range(sessions)]

    def each(name: str, kind: type) -> np.ndarray:
        found: np.ndarray = np.array([[getattr(b, name) for b in column] for column in columns], dtype=kind)
        return found.reshape(sessions, len(charter)).T.copy()

    def lasting(name: str) -> np.ndarray:
        return np.array([getattr(b, name) for b in charter], dtype=bool)

    rules = Decision.of(
        [row[0].organ for row in batch],
        of,
        lasting("excluded"),
        lasting("veto"),
        np.array([b.key and not b.excluded for b in charter], dtype=bool),
        np.full((len(charter), 1), 10.0),
        lasting("rival"),
    )
    sits = each("sits", bool) & ~rules.excluded[:, None]
    ballots = Ballots(each("vote", np.int8), sits, each("absent", bool), each("weight", float))
    asked = [np.array([[getattr(v, name) for v in row] for row in batch], dtype=bool) for name in ("pending", "asleep")]
    return count(ballots, rules, asked[0], asked[1])


def outcome(tally: Tally, proposal: int = 0, session: int = 0) -> tuple[tuple[int, int, int, int], Verdict]:
    numbers = [int(part[proposal, session]) for part in (tally.yes, tally.no, tally.abstained, tally.missing)]
    return (numbers[0], numbers[1], numbers[2], numbers[3]), Verdict(int(tally.verdict[proposal, session]))


def verdict(rule: DecisionRule, *ballots: Ballot, pending: bool = False, **settings_: object) -> Verdict:
    return outcome(counted([[Vote(organ(rule, **settings_), ballots, pending)]]))[1]


@settings(max_examples=150)
@given(batches())
def test_many_proposals_in_many_sessions_are_counted_as_each_would_be_by_hand(batch: list[list[Vote]]) -> None:
    tally = counted(batch)
    for i, row in enumerate(batch):
        for session, vote in enumerate(row):
            assert outcome(tally, i, session) == expected(vote)


@given(batches())
def test_the_counts_add_up_to_those_who_may_vote(batch: list[list[Vote]]) -> None:
    tally = counted(batch)
    for i, row in enumerate(batch):
        for session, vote in enumerate(row):
            sitting = [b for b in vote.ballots if b.sits and not b.excluded]
            assert sum(outcome(tally, i, session)[0]) == votes(sitting)


@given(batches())
def test_nobody_who_does_not_sit_or_is_concerned_changes_anything_but_a_key(batch: list[list[Vote]]) -> None:
    def turned(ballot: Ballot) -> Ballot:
        return ballot if ballot.sits and not ballot.excluded else replace(ballot, vote=-ballot.vote or NO, weight=77)

    other = [[replace(v, ballots=tuple(turned(b) for b in v.ballots)) for v in row] for row in batch]
    first, second = counted(batch), counted(other)
    for i, row in enumerate(batch):
        for session in range(len(row)):
            assert outcome(first, i, session) == outcome(second, i, session)


@given(batches(), st.data())
def test_one_more_yes_never_defeats_what_passed(batch: list[list[Vote]], data: st.DataObject) -> None:
    tally = counted(batch)
    passed = [(i, s) for i, row in enumerate(batch) for s, _ in enumerate(row) if outcome(tally, i, s)[1] in ADOPTING]
    assume(passed)
    i, session = data.draw(st.sampled_from(passed))
    vote = batch[i][session]
    turned = data.draw(st.integers(0, len(vote.ballots) - 1))
    ballots = tuple(replace(b, vote=YES) if n == turned else b for n, b in enumerate(vote.ballots))
    assert outcome(counted([[replace(vote, ballots=ballots)]]))[1] in ADOPTING


@given(
    st.lists(st.floats(-1000, 1000), min_size=1, max_size=9),
    st.sampled_from([0.0, 10.0, 25.0]),
    st.sampled_from([0.0, 10.0, 30.0]),
)
def test_members_vote_as_they_lean_and_abstain_between_the_margins(
    leans: list[float], margin: float, against: float
) -> None:
    shape = (len(leans), 1)
    found = decide(np.array(leans)[:, None], np.full(shape, margin), np.full(shape, against))[:, 0]
    assert list(found) == [YES if x > margin else NO if x < -against else ABSTAIN for x in leans]


# ── the cases that statutes quarrel about ────────────────────────────────────────────────────────────────────

Y, N, A = Ballot(YES), Ballot(NO), Ballot(ABSTAIN)
AWAY = Ballot(YES, absent=True)
SUSPENDED = Ballot(YES, sits=False)


def test_a_veto_kills_what_fourteen_want() -> None:
    permanent = Ballot(NO, veto=True)
    assert verdict(DecisionRule.COUNCIL_VETO, *[Y] * 14, permanent, least=9) is Verdict.VETOED
    assert verdict(DecisionRule.COUNCIL_VETO, *[Y] * 14, replace(permanent, vote=ABSTAIN), least=9) is Verdict.ADOPTED
    assert verdict(DecisionRule.COUNCIL_VETO, *[Y] * 14, replace(permanent, absent=True), least=9) is Verdict.ADOPTED
    assert verdict(DecisionRule.COUNCIL_VETO, *[Y] * 8, *[A] * 7, least=9) is Verdict.SHORT


@pytest.mark.parametrize("members", [3, 6, 9, 12, 33, 36, 300, 900, 3000])
def test_two_thirds_are_two_thirds_in_bodies_of_any_size(members: int) -> None:
    needed = members * 2 // 3
    enough = [replace(Y, weight=needed), replace(N, weight=members - needed)]
    short = [replace(Y, weight=needed - 1), replace(N, weight=members - needed + 1)]
    assert verdict(DecisionRule.SUPERMAJORITY, *enough, share=0.6667) is Verdict.ADOPTED
    assert verdict(DecisionRule.SUPERMAJORITY, *short, share=0.6667) is Verdict.SHORT
    assert verdict(DecisionRule.CONSENSUS, enough[0], replace(enough[1], absent=True), quorum=0.6667) is Verdict.ADOPTED
    assert verdict(DecisionRule.CONSENSUS, short[0], replace(short[1], absent=True), quorum=0.6667) is Verdict.NO_QUORUM


def test_a_fixed_base_counts_those_who_left() -> None:
    present = [*[Y] * 17, *[A] * 3]
    assert verdict(DecisionRule.ABSOLUTE_MAJORITY, *present) is Verdict.ADOPTED
    assert verdict(DecisionRule.ABSOLUTE_MAJORITY, *present, of=35) is Verdict.SHORT
    assert verdict(DecisionRule.ABSOLUTE_MAJORITY, *present, Y, of=35) is Verdict.ADOPTED


def test_abstaining_is_no_objection_where_absence_may_be_one() -> None:
    assert verdict(DecisionRule.CONSENSUS, Y, A, A, A) is Verdict.ADOPTED
    assert verdict(DecisionRule.CONSENSUS, A, A, A) is Verdict.SHORT
    assert verdict(DecisionRule.CONSENSUS, Y, Y, Y, AWAY, quorum=1.0) is Verdict.NO_QUORUM
    assert verdict(DecisionRule.UNANIMITY, Y, Y, A) is Verdict.SHORT
    assert verdict(DecisionRule.UNANIMITY, Y, Y, AWAY) is Verdict.SHORT
    assert verdict(DecisionRule.UNANIMITY_ABSTAIN, Y, Y, Y, A, share=0.75) is Verdict.ADOPTED
    assert verdict(DecisionRule.UNANIMITY_ABSTAIN, Y, Y, A, A, share=0.75) is Verdict.SHORT
    assert verdict(DecisionRule.MAJORITY_NO_NEGATIVE, Y, Y, Y, N) is Verdict.OBJECTED


def test_a_key_holder_who_is_gone_has_not_agreed() -> None:
    host, sponsor, other = replace(Y, key=True), replace(Y, key=True), replace(N, excluded=True)
    assert verdict(DecisionRule.KEYS, host, sponsor, other) is Verdict.ADOPTED
    for gone in (replace(host, sits=False), replace(host, absent=True), replace(host, vote=ABSTAIN)):
        assert verdict(DecisionRule.KEYS, gone, sponsor, other) is Verdict.KEY_REFUSED
    assert verdict(DecisionRule.KEYS, replace(host, absent=True), replace(sponsor, absent=True)) is Verdict.NO_QUORUM


def test_those_who_were_absent_may_object_and_their_silence_is_assent() -> None:
    room = [Y, Y, A]
    assert verdict(DecisionRule.CONSENSUS, *room, consults_absent=True) is Verdict.ADOPTED
    assert verdict(DecisionRule.CONSENSUS, *room, AWAY, consults_absent=True) is Verdict.PENDING
    for vote, comes_to in ((ABSTAIN, Verdict.ADOPTED), (YES, Verdict.ADOPTED), (NO, Verdict.OBJECTED)):
        silent = replace(AWAY, vote=vote)
        assert verdict(DecisionRule.CONSENSUS, *room, silent, pending=True, consults_absent=True) is comes_to
        gone = replace(silent, sits=False)
        assert verdict(DecisionRule.CONSENSUS, *room, gone, pending=True, consults_absent=True) is Verdict.ADOPTED


def test_half_a_vote_is_a_vote() -> None:
    half = Ballots(np.array([[YES], [ABSTAIN]], dtype=np.int8), *(np.array([[x], [x]]) for x in (True, False, 0.5)))
    nothing = np.zeros(2, dtype=bool)
    of = np.zeros(2, dtype=np.intp)
    rules = Decision.of([organ(DecisionRule.CONSENSUS)], of, nothing, nothing, nothing, np.zeros((2, 1)))
    no = np.zeros((1, 1), dtype=bool)
    assert count(half, rules, no, no).verdict[0, 0] == Verdict.ADOPTED


def test_a_vote_in_which_nobody_may_take_part_is_not_one() -> None:
    for rule in DecisionRule:
        assert verdict(rule, least=1, share=0.5) is Verdict.NO_QUORUM
        assert verdict(rule, SUSPENDED, replace(Y, excluded=True), least=1, share=0.5) is Verdict.NO_QUORUM
