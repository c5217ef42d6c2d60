"""The count: votes of many proposals at once, each by the rule of its organ → yes, no, abstained, missing, verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wargame.engine.activity import Truths
from wargame.model.institutions import Base, DecisionRule, Organ, Verdict
from wargame.model.ticks import TICK, Floats

YES: Final = 1
NO: Final = -1
ABSTAIN: Final = 0
SLACK: Final = 0.00005
"""By what part of the base a share may be missed: shares are written with four digits, two thirds 0.6667."""

Verdicts = NDArray[np.int8]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Ballots:
    """``[ballot, session]``: votes as decided, who may vote, who stays away, and the weight of each."""

    vote: NDArray[np.int8]
    sits: Truths
    absent: Truths
    weight: Floats

    @property
    def took_part(self) -> Truths:
        """Return who took part."""
        return self.sits & ~self.absent


@dataclass(frozen=True, slots=True)
class Decision:
    """The rules of all proposals, as arrays ``[proposal]``, and of their ballots, ``[ballot]``."""

    starts: NDArray[np.intp]
    """First ballot of each proposal that has any; ballots are sorted by proposal."""
    has: NDArray[np.intp]
    """The proposals that have ballots."""
    proposals: int
    share: Floats
    more: NDArray[np.bool_]
    """The share must be exceeded, not only reached."""
    least: Floats
    fixed: Floats
    present: NDArray[np.bool_]
    voting: NDArray[np.bool_]
    quorum: Floats
    no_kills: NDArray[np.bool_]
    more_yes: NDArray[np.bool_]
    all_yes: NDArray[np.bool_]
    consults: NDArray[np.bool_]
    urgent: NDArray[np.bool_]
    short: Verdicts
    """The verdict where yes votes are lacking."""
    excluded: NDArray[np.bool_]
    veto: NDArray[np.bool_]
    key: NDArray[np.bool_]
    """Without the yes of this seat nothing passes, whether anybody may vote from it or not."""
    keys: Floats
    """How many such seats there are, ``[proposal]``: a seat that two claim has two ballots, and one key."""
    margin: Floats
    """Beyond it an inclination is a yes."""
    against: Floats
    """Beyond it an inclination against is a no."""

    @classmethod
    def of(
        cls,
        organs: Sequence[Organ],
        ballots: NDArray[np.intp],
        excluded: NDArray[np.bool_],
        veto: NDArray[np.bool_],
        key: NDArray[np.bool_],
        margin: Floats,
        second: NDArray[np.bool_] | None = None,
        against: Floats | None = None,
    ) -> Decision:
        """Return the rules of the organs in which proposals are decided; ``ballots``: the proposal of each ballot.

        ``second``: the ballots of those who claim a seat for which there is a ballot already.
        """
        has, starts = np.unique(ballots, return_index=True)
        keys = np.zeros((len(organs), 1))
        np.add.at(keys, ballots, (key if second is None else key & ~second)[:, None])
        half = _truths(organs, lambda organ: organ.rule in _MAJORITIES or (organ.rule in _WEIGHTED and not organ.share))
        return cls(
            starts.astype(np.intp),
            has.astype(np.intp),
            len(organs),
            np.where(half, 0.5, _numbers(organs, lambda organ: organ.share)),
            half,
            _numbers(organs, lambda organ: organ.least or TICK),
            _numbers(organs, lambda organ: organ.of),
            _truths(organs, lambda organ: organ.base is Base.PRESENT),
            _truths(organs, lambda organ: organ.base is Base.VOTING),
            _numbers(organs, lambda organ: organ.quorum),
            _truths(organs, lambda organ: organ.rule in _STOPPED_BY_ONE),
            _truths(organs, lambda organ: organ.rule is DecisionRule.SIMPLE_MAJORITY),
            _truths(organs, lambda organ: organ.rule is DecisionRule.UNANIMITY),
            _truths(organs, lambda organ: organ.consults_absent),
            np.array([organ.urgent for organ in organs], dtype=bool),
            np.array([[_SHORT.get(organ.rule, Verdict.SHORT)] for organ in organs], dtype=np.int8).reshape(-1, 1),
            excluded,
            veto,
            key,
            keys,
            margin,
            margin if against is None else against,
        )

    def part(self, texts: Places, ballots: Places, of: Places) -> Decision:
        """Return the rules of some proposals alone, with all their ballots; ``of``: the proposal of each, among them.

        Places ascend.
        """
        has, starts = np.unique(of, return_index=True)
        by_text = {name: getattr(self, name)[texts] for name in _BY_TEXT}
        by_ballot = {name: getattr(self, name)[ballots] for name in _BY_BALLOT}
        return replace(
            self, starts=starts.astype(np.intp), has=has.astype(np.intp), proposals=len(texts), **by_text, **by_ballot
        )

    def total(self, votes: Floats) -> Floats:
        """Return ``[proposal, session]`` the sum over the ballots of each proposal."""
        found = np.zeros((self.proposals, votes.shape[1]))
        stops = [*self.starts[1:], len(votes)][: len(self.starts)]
        for proposal, start, stop in zip(self.has, self.starts, stops, strict=True):
            np.add.reduce(votes[start:stop], axis=0, out=found[proposal])
        return found


_BY_TEXT: Final = (
    "share", "more", "least", "fixed", "present", "voting", "quorum", "no_kills", "more_yes", "all_yes", "consults",
    "urgent", "short", "keys",
)  # fmt: skip
_BY_BALLOT: Final = ("excluded", "veto", "key", "margin", "against")


def _truths(organs: Sequence[Organ], holds: Callable[[Organ], bool]) -> NDArray[np.bool_]:
    return np.array([[holds(organ)] for organ in organs], dtype=bool).reshape(-1, 1)


def _numbers(organs: Sequence[Organ], number: Callable[[Organ], float]) -> Floats:
    return np.array([[float(number(organ))] for organ in organs]).reshape(-1, 1)


_MAJORITIES: Final = (DecisionRule.ABSOLUTE_MAJORITY, DecisionRule.MAJORITY_NO_NEGATIVE)
_WEIGHTED: Final = (DecisionRule.WEIGHTED,)
_STOPPED_BY_ONE: Final = (
    DecisionRule.CONSENSUS,
    DecisionRule.UNANIMITY,
    DecisionRule.UNANIMITY_ABSTAIN,
    DecisionRule.MAJORITY_NO_NEGATIVE,
)
"""The rules under which a single vote against is an objection."""
_SHORT: Final = {DecisionRule.SIGN_ON: Verdict.TOO_FEW_SIGNERS, DecisionRule.KEYS: Verdict.KEY_REFUSED}


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes and verdicts, ``[proposal, session]``."""

    yes: Floats
    no: Floats
    abstained: Floats
    missing: Floats
    verdict: Verdicts


def decide(inclination: Floats, margin: Floats, against: Floats) -> NDArray[np.int8]:
    """Return the votes that inclinations lead to: yes beyond one margin, no beyond the other, abstention between."""
    return (inclination > margin).astype(np.int8) - (inclination < -against).astype(np.int8)


def count(ballots: Ballots, rules: Decision, pending: Truths, asleep: Truths) -> Tally:
    """Count the votes of every proposal; ``pending``: those who were absent when it was voted may object now."""
    here = ballots.took_part
    away = ballots.sits & ballots.absent
    weight = ballots.weight

    def sum_of(where: Truths) -> Floats:
        return rules.total(weight * where)

    def some(where: Truths) -> Truths:
        return rules.total(where.astype(np.float64)) > 0.0

    no = ballots.vote == NO
    tally = Tally(
        sum_of(here & (ballots.vote == YES)),
        sum_of(here & no),
        sum_of(here & (ballots.vote == ABSTAIN)),
        sum_of(away),
        np.empty(0, dtype=np.int8),
    )
    turned = rules.total((rules.key[:, None] & here & (ballots.vote == YES)).astype(np.float64))
    refused = turned < rules.keys
    vetoed = some(here & no & rules.veto[:, None])
    late = some(away & no) & pending
    return replace(tally, verdict=_verdict(tally, rules, refused, vetoed, late, pending, asleep))


def _verdict(
    tally: Tally, rules: Decision, refused: Truths, vetoed: Truths, late: Truths, pending: Truths, asleep: Truths
) -> Verdicts:
    yes, no = tally.yes, tally.no
    present = yes + no + tally.abstained
    members = np.where(rules.fixed > 0, rules.fixed, present + tally.missing)
    base = np.where(rules.voting, yes + no, np.where(rules.present, present, members))
    enough = (yes >= rules.least) & _reaches(yes, rules.share, base, rules.more)
    enough &= ~rules.more_yes | (yes > no)
    enough &= ~rules.all_yes | (yes >= members)
    enough &= ~refused
    quorate = (present > 0) & _reaches(present, rules.quorum, members)
    opposed = late | (rules.no_kills & (no > 0))
    awaits = rules.consults & (tally.missing > 0) & ~pending
    found = np.full(yes.shape, Verdict.ADOPTED, dtype=np.int8)
    found[awaits] = Verdict.PENDING
    np.copyto(found, np.broadcast_to(rules.short, found.shape), where=~enough)
    found[opposed] = Verdict.OBJECTED
    found[vetoed] = Verdict.VETOED
    found[~quorate] = Verdict.NO_QUORUM
    found[asleep] = Verdict.NO_BODY
    return found


def _reaches(votes: Floats, share: Floats, base: Floats, more: NDArray[np.bool_] | bool = False) -> Truths:
    """Say whether votes reach a share of a base, or exceed it."""
    reached: Truths = np.where(more, votes > share * base, votes >= (share - SLACK) * base)
    return reached
