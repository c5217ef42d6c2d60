"""One vote, counted member by member: written from the rules of decision, sharing no code with the engine."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from wargame.model.institutions import Base, DecisionRule, Organ, Verdict

YES, NO, ABSTAIN = 1, -1, 0
Votes: TypeAlias = "int | Fraction"
FOUR_DIGITS = Fraction(1, 20_000)
"""A share is written with four digits: what rounds to it reaches it."""


@dataclass(frozen=True)
class Ballot:
    """One member in one vote. ``excluded``, ``veto`` and ``key`` follow from the charter, the rest from the day."""

    vote: int
    sits: bool = True
    absent: bool = False
    weight: Votes = 1
    excluded: bool = False
    veto: bool = False
    key: bool = False
    seat: str = ""
    """Of two ballots of one seat one sits at most; what a charter gives a member it gives the seat."""
    rival: bool = False


@dataclass(frozen=True)
class Vote:
    """A proposal on the agenda."""

    organ: Organ
    ballots: tuple[Ballot, ...]
    pending: bool = False
    asleep: bool = False


def votes(ballots: list[Ballot]) -> Votes:
    """Return the votes of some members together."""
    return sum((b.weight for b in ballots), 0)


def expected(vote: Vote) -> tuple[tuple[Votes, Votes, Votes, Votes], Verdict]:
    """Return yes, no, abstained, missing and the verdict."""
    members = [b for b in vote.ballots if b.sits and not b.excluded]
    away = [b for b in members if b.absent]
    room = [b for b in members if not b.absent]
    yes, no, abstained = ([b for b in room if b.vote == way] for way in (YES, NO, ABSTAIN))
    numbers = votes(yes), votes(no), votes(abstained), votes(away)
    if vote.asleep:
        return numbers, Verdict.NO_BODY
    everybody = vote.organ.of or votes(members)
    if not votes(room) or Fraction(votes(room)) < (share(vote.organ.quorum) - FOUR_DIGITS) * everybody:
        return numbers, Verdict.NO_QUORUM
    if any(b.veto for b in no):
        return numbers, Verdict.VETOED
    if vote.pending and any(b.vote == NO for b in away):
        return numbers, Verdict.OBJECTED
    verdict = of_rule(vote, votes(yes), votes(no), votes(room), everybody)
    if verdict is Verdict.ADOPTED and vote.organ.consults_absent and votes(away) and not vote.pending:
        return numbers, Verdict.PENDING
    return numbers, verdict


def share(written: float) -> Fraction:
    """Return a share as it is written, with four digits."""
    return Fraction(round(written * 10_000), 10_000)


NO_KILLS = {
    DecisionRule.CONSENSUS,
    DecisionRule.UNANIMITY,
    DecisionRule.UNANIMITY_ABSTAIN,
    DecisionRule.MAJORITY_NO_NEGATIVE,
}


def _keys(vote: Vote) -> list[list[Ballot]]:
    """Return the ballots of each seat that has a key."""
    keyed = [b for b in vote.ballots if b.key and not b.excluded]
    seats: dict[object, list[Ballot]] = {}
    for place, ballot in enumerate(keyed):
        seats.setdefault(ballot.seat or place, []).append(ballot)
    return list(seats.values())


def _turned(seat: list[Ballot]) -> bool:
    return any(b.sits and not b.absent and b.vote == YES for b in seat)


def of_rule(vote: Vote, yes: Votes, no: Votes, room: Votes, members: Votes) -> Verdict:
    """Say what a quorate vote without a veto comes to."""
    organ = vote.organ
    base = {Base.MEMBERS: members, Base.PRESENT: room, Base.VOTING: yes + no}[organ.base]
    reached = Fraction(yes) >= (share(organ.share) - FOUR_DIGITS) * base
    enough = {
        DecisionRule.CONSENSUS: True,
        DecisionRule.UNANIMITY: yes >= members,
        DecisionRule.UNANIMITY_ABSTAIN: reached,
        DecisionRule.ABSOLUTE_MAJORITY: 2 * yes > base,
        DecisionRule.MAJORITY_NO_NEGATIVE: 2 * yes > base,
        DecisionRule.SIMPLE_MAJORITY: yes > no,
        DecisionRule.SUPERMAJORITY: reached,
        DecisionRule.WEIGHTED: reached if organ.share else 2 * yes > base,
        DecisionRule.COUNCIL_VETO: yes >= organ.least,
        DecisionRule.SIGN_ON: yes >= organ.least,
        DecisionRule.KEYS: all(map(_turned, _keys(vote))),
    }[organ.rule]
    if no and organ.rule in NO_KILLS:
        return Verdict.OBJECTED
    if yes and enough:
        return Verdict.ADOPTED
    return {DecisionRule.SIGN_ON: Verdict.TOO_FEW_SIGNERS, DecisionRule.KEYS: Verdict.KEY_REFUSED}.get(
        organ.rule, Verdict.SHORT
    )
