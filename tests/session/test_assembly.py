"""Votes as seats are told of them: rules in sentences, counts, verdicts, and why a member voted as it did."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.session.leagues import LEAGUE, order, put_on_agendas
from tests.session.test_reasons import begin, everything
from wargame.engine import count as counting
from wargame.engine.count import Ballots, Decision
from wargame.model.institutions import Base, DecisionRule, Verdict
from wargame.model.kinds import Sight
from wargame.model.ledger import CauseKind
from wargame.model.text import Language
from wargame.session.assembly import Assembly
from wargame.session.charters import CharterWords, quorum_needed, share_in_words, votes_needed
from wargame.session.counts import Count, Vote
from wargame.session.session import Session
from wargame.session.why import Reasons
from wargame.telling.attendance import obstacles, tabled_by

SEAT = "alba-cell"


@pytest.fixture(scope="module")
def voted() -> Session:
    """A session of the toy league in which an open and a secret vote were held in turn 2."""
    session = put_on_agendas(begin(LEAGUE, SEAT))
    assert session.voting.close_orders()
    for paper in session.voting.papers(SEAT):
        session.voting.vote(SEAT, paper.ballot, 1)
    session.resolve()
    return session


# ── rules in sentences ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("members", [1, 2, 5, 8, 33, 35])
def test_the_votes_that_are_said_to_be_needed_are_those_that_the_count_asks_for(members: int) -> None:
    session = begin(LEAGUE, SEAT)
    for organ in session.scenario.ruleset.institutions.charters["league"].organs.values():
        if organ.rule is DecisionRule.CONSENSUS or organ.veto or organ.keys:
            continue
        for base in Base:
            for shy in range(members):
                _check(replace(organ, base=base, quorum=0.0, consults_absent=False), members, shy)


def _check(organ, members: int, shy: int) -> None:  # type: ignore[no-untyped-def]
    """Let one member after the other say yes, the rest abstain: it passes exactly from the number that is said on."""
    of = np.zeros(members, dtype=np.intp)
    nobody = np.zeros(members, dtype=bool)
    rules = Decision.of((organ,), of, nobody, nobody, nobody, np.zeros((members, 1)))
    present = members - shy
    yes = np.tril(np.ones((members + 1, members), dtype=np.int8), -1).T[:, : present + 1]
    sessions = yes.shape[1]
    absent = np.repeat((np.arange(members) >= present)[:, None], sessions, axis=1)
    ballots = Ballots(yes, np.ones_like(absent), absent, np.ones(absent.shape))
    none = np.zeros((1, sessions), dtype=bool)
    found = counting.count(ballots, rules, none, none)
    for votes in range(sessions):
        needed = votes_needed(organ, members, present, 0.0, float(votes))
        assert (found.verdict[0, votes] == Verdict.ADOPTED) == (votes >= needed), (organ.id, organ.base, votes, needed)


def test_shares_have_words_where_there_are_some() -> None:
    assert share_in_words(0.6667).en == "two thirds"
    assert share_in_words(0.75).es == "tres cuartos"
    assert share_in_words(0.625).es == "62,5 %"


def test_every_rule_is_a_sentence_in_both_languages(voted: Session) -> None:
    words = CharterWords(voted.names, voted.engine.cast)
    for organ in voted.scenario.ruleset.institutions.charters["league"].organs.values():
        for text in (words.rule(organ, 6), *words.remarks(organ, 6, ["alba", "boreas"])):
            for language in Language:
                assert text.say(language)
                assert "{" not in text.say(language)
    assert quorum_needed(voted.scenario.ruleset.institutions.charters["league"].organs["consensus"], 6) == 4


# ── counts ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_single_votes_are_told_where_they_are_public_and_add_up(voted: Session) -> None:
    report = voted.reports[-1]
    found = {count.proposal: count for count in Reasons(voted, SEAT).counts.of(report)}
    open_ = found["text_unanimity_league_gama"]
    assert sum(v.vote == 1 and v.cast for v in open_.votes) == open_.yes
    assert sum(not v.cast for v in open_.votes) == open_.missing
    assert "gama" not in [v.member for v in open_.votes], "whom the text concerns"


def test_of_a_secret_vote_a_seat_knows_its_own_ballot_alone(voted: Session) -> None:
    report = voted.reports[-1]
    secret = Reasons(voted, SEAT).counts.count_on("text_simple_league", report)
    everything_ = Reasons(voted).counts.count_on("text_simple_league", report)
    assert secret is not None
    assert everything_ is not None
    assert {v.member for v in secret.votes if v.vote is not None} == {"alba"}
    assert all(v.vote is not None for v in everything_.votes)
    assert (secret.yes, secret.no) == (everything_.yes, everything_.no)


def test_every_verdict_is_a_sentence_that_names_who_or_how_many(voted: Session) -> None:
    counts = Reasons(voted, SEAT).counts
    league = voted.scenario.ruleset.institutions.charters["league"].organs
    votes = (Vote("", "alba", -1, True), Vote("", "boreas", 1, True), Vote("", "estrella", 0, False))
    expected = {
        (Verdict.ADOPTED, "majority"): "Adopted: 2 votes were needed.",
        (Verdict.NO_QUORUM, "consensus"): "No quorum: 2 of 3 present, 2 needed.",
        (Verdict.VETOED, "council"): "Vetoed by Alba.",
        (Verdict.OBJECTED, "consensus"): "Blocked by objection: Alba.",
        (Verdict.SHORT, "two_thirds"): "Short: 1 of the 2 votes needed.",
        (Verdict.TOO_FEW_SIGNERS, "signers"): "Too few signers: 1 of the 3 needed.",
        (Verdict.PENDING, "consensus"): "Approved, unless one of those absent objects by the next turn: Estrella.",
        (Verdict.KEY_REFUSED, "two_keys"): "A key was not turned: Alba and Estrella.",
        (Verdict.NO_BODY, "simple"): "The League is asleep: nothing can be decided there.",
    }
    for (verdict, organ), sentence in expected.items():
        count = Count("text_simple_league", "league", league[organ], verdict, False, 1, 1, 0, 1, votes)
        assert counts.verdict(count).en == sentence
        assert "{" not in counts.verdict(count).es
    late = Count("text_consensus_league", "league", league["consensus"], Verdict.OBJECTED, True, 1, 0, 0, 1, votes)
    assert counts.verdict(late).en == "Blocked by objection: of those absent, Estrella."
    passed = replace(late, verdict=Verdict.ADOPTED)
    assert counts.verdict(passed).es == "Aprobado: ningún ausente objetó."


def test_a_boycott_ordered_in_the_turn_of_the_vote_counts_as_absence() -> None:
    session = put_on_agendas(begin(LEAGUE, SEAT))
    order(session, SEAT, "boycott", "league")
    session.voting.close_orders()
    session.resolve()
    count = Reasons(session, SEAT).counts.count_on("text_simple_league", session.reports[-1])
    assert count is not None
    assert next(v for v in count.votes if v.member == "alba").cast is False
    assert any("Alba" in text.en for text in Reasons(session, SEAT).comings.changes(session.reports[-1]))


# ── why ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_those_who_see_everything_are_told_by_which_interests_a_member_voted(voted: Session) -> None:
    reasons = Reasons(voted)
    ballot = _ballot(voted, "celta")
    why = reasons.why(f"{ballot}.vote", 2)
    logged = [c for c in voted.reports[-1].causes if c.number == f"{ballot}.inclination" and c.rule]
    entry = next((e for e in why.entries if e.kind is CauseKind.VOTE), None)
    if entry is not None:
        assert sum(e.amount for e in entry.because) == pytest.approx(sum(c.amount for c in logged))
        assert entry.basis is not None


def test_a_seat_reckons_the_leanings_of_others_and_never_sees_them(voted: Session) -> None:
    reasons = Reasons(voted, SEAT)
    for member in ("boreas", "celta", "dorado"):
        ballot = _ballot(voted, member)
        assert reasons.why(f"{ballot}.inclination", 2).sight is Sight.HIDDEN
        for entry in reasons.why(f"{ballot}.vote", 2).entries:
            assert all(e.guess for e in entry.because)
            assert "mood" not in [e.rule for e in entry.because]
            assert not {e.rule for e in entry.because} & set(voted.scenario.ruleset.doctrines)


def test_ones_own_vote_is_told_to_be_ones_own(voted: Session) -> None:
    why = Reasons(voted, SEAT).why(f"{_ballot(voted, 'alba')}.vote", 2)
    assert why.entries[0].working is not None
    assert "people of its seat" in why.entries[0].working.en
    assert why.entries[0].because == ()


def test_what_a_resolution_changed_names_the_text_and_rests_on_something(voted: Session) -> None:
    for seat in (None, SEAT):
        why = Reasons(voted, seat).why("league.cohesion", 2)
        titles = [entry.title for entry in why.entries if entry.kind is CauseKind.RESOLUTION]
        assert len(titles) == len(voted.reports[-1].voted())
        assert all("the League: " in title.en and "la Liga: " in title.es for title in titles)
        assert all(e.basis is not None for e in why.entries if e.kind is CauseKind.RESOLUTION)


def test_causes_add_up_in_a_session_with_votes(voted: Session) -> None:
    whole, seat = Reasons(voted), Reasons(voted, SEAT)
    for turn in (1, 2):
        for why in everything(whole, turn):
            if not whole.readings.is_derived(whole.row(why.row)):
                assert sum(entry.amount for entry in why.entries) == why.change, why.row
        for why in everything(seat, turn):
            if why.sight is not Sight.HIDDEN:
                assert sum(entry.amount for entry in why.entries) == pytest.approx(why.change, abs=1e-6), why.row


def test_effects_of_a_text_are_those_of_the_ledger(voted: Session) -> None:
    report = voted.reports[-1]
    for text in report.voted():
        logged = sum(c.amount for c in report.causes if c.kind is CauseKind.RESOLUTION and (c.bound or {})["p"] == text)
        assert sum(amount for _, amount, _ in Reasons(voted).effects_of(text, report)) == pytest.approx(logged)


def _ballot(session: Session, member: str) -> str:
    return session.engine.layout.ties["ballot", member, "text_unanimity_league_gama"]


# ── agendas ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_agenda_says_since_when_by_whom_and_when_it_is_voted() -> None:
    session = put_on_agendas(begin(LEAGUE, SEAT))
    items = {item.proposal: item for item in Assembly(session, SEAT).agenda}
    tabled = items["text_unanimity_league_gama"]
    assert (tabled.since, tabled.by, tabled.voted, tabled.sponsors[:1]) == (1, "alba", True, ("alba",))
    stormy = items["text_consensus_league"]
    assert (stormy.since, stormy.by, stormy.voted) == (1, "", False)


def test_bodies_are_described_as_their_charter_says_on_the_first_day() -> None:
    assembly = Assembly(begin(LEAGUE, SEAT), SEAT)
    status = {m.who: m.status.value for m in assembly.members("league")}
    assert status == {
        "alba": "member", "boreas": "member", "celta": "member", "dorado": "member", "estrella": "absent",
        "fuego": "observer", "gama": "notice", "hidra": "suspended",
    }  # fmt: skip
    assert assembly.votes_in("league") == 6
    assert assembly.votes_in("league", but="gama") == 5


# ── what stands in the way ───────────────────────────────────────────────────────────────────────────────────────


def test_a_seat_is_told_that_it_stays_away_and_that_a_quorum_is_lacking() -> None:
    session = begin(LEAGUE, SEAT)
    text = "text_simple_league"
    assert list(obstacles(Assembly(session, SEAT), text)) == []
    layout, assembly = session.engine.layout, Assembly(session, SEAT)
    for member in assembly.members(assembly.body_of(text)):
        session.world.values[layout.row(member.tie, "absent"), 0] = 1.0
    told = [said.en for said in obstacles(Assembly(session, SEAT), text)]
    assert any("quorum" in said for said in told) == bool(assembly.organ_of(text).quorum)
    assert "You do not attend this body now: your vote will not count." in told
    option = next(o for o in session.options(SEAT) if text in o.candidate.targets.values())
    assert tabled_by(assembly, "table-text", option.candidate.targets) == text
