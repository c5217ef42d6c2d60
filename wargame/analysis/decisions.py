"""Which decisions of a played session mattered: each against its absence, in the luck it had and in others.

All are weighed in few lucks first. Those that may be among the ones that mattered most, by the intervals of that first
look, are weighed in more, and their intervals are those of all lucks together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from wargame.analysis.branches import Given, Kind, Played, Start
from wargame.analysis.continuations import Reached
from wargame.analysis.intervals import Interval, mean_of_few
from wargame.model.ticks import Floats
from wargame.session.store import Store

FEW, MANY = 4, 16
"""Lucks of the first look, and of the decisions that are looked at again; the first is that of the session itself."""
CONTENDERS = 5
"""So many decisions are looked for; what may be among them is looked at again …"""
_MOST_AGAIN = 9
"""… but no more than this."""
_WIDEST = 240
"""Sessions that are played at once at most, but for those that begin in one turn."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision and what it did to the seat's score: with it minus without it.

    ``what`` is the key of an order, a ballot, or the number of a deal as text.
    """

    turn: int
    kind: Kind
    what: str
    amount: int
    here: float
    """In the luck that the session had."""
    usual: Interval
    """The mean over lucks."""
    objectives: Mapping[str, float]
    """Mean difference of each objective's degree."""
    endings: Mapping[int, float]
    """Number of an ending → difference of its share among the lucks."""
    lucks: int
    """In how many lucks it was weighed."""

    @property
    def weight(self) -> float:
        """Return how much the decision mattered."""
        return abs(self.usual.value)

    @property
    def least(self) -> float:
        """Return how much it mattered at least, by its interval."""
        return max(0.0, self.usual.low, -self.usual.high)

    @property
    def most(self) -> float:
        """Return how much it may have mattered, by its interval."""
        return max(abs(self.usual.low), abs(self.usual.high))


@dataclass(frozen=True)
class _Made:
    """A decision to be weighed: when, what sort, by which key, under which name in the log, how much."""

    turn: int
    kind: Kind
    what: int | str
    name: str
    amount: int


@dataclass(frozen=True)
class _Pairs:
    """What a seat reached with a decision and without it, luck by luck."""

    scores: Floats
    degrees: Floats
    """``[objective, luck]``: the differences, as ``scores``."""
    endings: tuple[tuple[int, int], ...]

    def and_(self, others: _Pairs) -> _Pairs:
        """Return these and others."""
        return _Pairs(
            np.concatenate([self.scores, others.scores]),
            np.concatenate([self.degrees, others.degrees], axis=1),
            (*self.endings, *others.endings),
        )


class Hindsight:
    """Weighs the decisions of a session of the store."""

    def __init__(self, store: Store, session: str) -> None:
        self.played = Played(store, session)
        self.engine = self.played.engine

    @property
    def people(self) -> tuple[str, ...]:
        """Return the seats that people played."""
        return self.played.people

    def decisions(self, seat: str, lucks: int = 0) -> list[Decision]:
        """Return every decision of a seat against its absence, those that mattered most first.

        ``lucks``: continuations of each side (0: few for all, then more for those that may have mattered most).
        """
        made = [one for turn in range(1, len(self.played.reports) + 1) for one in self._made(seat, turn)]
        pairs = self._weigh(seat, made, range(lucks or FEW))
        found = {one: self._decision(seat, one, pairs[one]) for one in made}
        if not lucks:
            again = contenders(found)
            for one, more in self._weigh(seat, again, range(FEW, MANY)).items():
                found[one] = self._decision(seat, one, pairs[one].and_(more))
        return sorted(found.values(), key=lambda d: (-d.weight, d.turn, d.what))

    def unchanged(self, seat: str, turn: int, lucks: int = 1) -> Reached:
        """Return where the session leads from a turn on if nothing is left out; its own luck comes first."""
        return self.played.play(seat, [Start(turn, (self.played.given[turn - 1],), range(lucks))])

    def _weigh(self, seat: str, made: Sequence[_Made], lucks: range) -> dict[_Made, _Pairs]:
        """Return what each decision came to in some lucks, against its absence."""
        found: dict[_Made, _Pairs] = {}
        for some in _together(made, len(lucks)):
            starts = []
            for turn, of_turn in some.items():
                given = self.played.given[turn - 1]
                without: Iterable[Given] = (given.without(seat, one.kind, one.what) for one in of_turn)
                starts.append(Start(turn, (given, *without), lucks))
            reached, first = self.played.play(seat, starts), 0
            for start, of_turn in zip(starts, some.values(), strict=True):
                for n, one in enumerate(of_turn, 1):
                    absent = slice(first + n * len(lucks), first + (n + 1) * len(lucks))
                    found[one] = _pairs(reached, slice(first, first + len(lucks)), absent)
                first += start.sessions
        return found

    def _made(self, seat: str, turn: int) -> Iterator[_Made]:
        """Yield what a seat decided in a turn."""
        engine, given = self.engine, self.played.given[turn - 1]
        for candidate, amount in given.orders[seat]:
            yield _Made(turn, "order", candidate, engine.candidates[candidate].key, amount)
        actors = engine.scenario.seats[engine.seat_number(seat)].actors
        members = {b["b"]: b["m"] for b in engine.chamber.ballots} if engine.chamber else {}
        for ballot, vote in given.votes.items():
            if vote and members.get(ballot) in actors:
                yield _Made(turn, "vote", ballot, ballot, vote)
        struck, number = given.bargains.struck, engine.seat_number(seat)
        mine = (engine.agreements.sides[struck.candidate] == number).any(axis=1)
        for deal in dict.fromkeys(struck.deal[mine].tolist()):
            yield _Made(turn, "deal", deal, str(deal), 1)

    def _decision(self, seat: str, made: _Made, pairs: _Pairs) -> Decision:
        names = [objective.id for objective, _ in self.engine.reckoning.objectives[seat]]
        with_, without = zip(*pairs.endings, strict=True)
        count = len(pairs.endings)
        shares = {e: (with_.count(e) - without.count(e)) / count for e in sorted({*with_, *without})}
        return Decision(
            made.turn,
            made.kind,
            made.name,
            made.amount,
            float(pairs.scores[0]),
            mean_of_few(pairs.scores),
            dict(zip(names, pairs.degrees.mean(axis=1).tolist(), strict=True)),
            {e: share for e, share in shares.items() if share},
            count,
        )


def contenders(found: Mapping[_Made, Decision]) -> list[_Made]:
    """Return what may be among the decisions that mattered most, by the intervals of a first look, in order of turns.

    A decision is out as soon as the most it may have mattered is less than the fifth of the others mattered at least.
    """
    bar = sorted((d.least for d in found.values()), reverse=True)[:CONTENDERS]
    least = bar[-1] if len(bar) == CONTENDERS else 0.0
    kept = [one for one, d in found.items() if d.most > 0.0 and d.most >= least]
    kept.sort(key=lambda one: -found[one].most)
    return sorted(kept[:_MOST_AGAIN], key=lambda one: one.turn)


def _together(made: Sequence[_Made], lucks: int) -> Iterator[dict[int, list[_Made]]]:
    """Yield decisions by turn, in groups of turns that are played as one batch."""
    some: dict[int, list[_Made]] = {}
    for one in made:
        if one.turn not in some and lucks * sum(1 + len(found) for found in some.values()) >= _WIDEST:
            yield some
            some = {}
        some.setdefault(one.turn, []).append(one)
    if some:
        yield some


def _pairs(reached: Reached, given: slice, absent: slice) -> _Pairs:
    endings = zip(reached.ending[given].tolist(), reached.ending[absent].tolist(), strict=True)
    return _Pairs(
        reached.scores[given] - reached.scores[absent],
        reached.degrees[:, given] - reached.degrees[:, absent],
        tuple(endings),
    )
