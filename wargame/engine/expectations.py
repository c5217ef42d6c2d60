"""How members may be expected to vote: their interests, run on what one seat believes instead of on the truth.

Nobody's luck is foreseen: the first of the believed worlds takes every number at its estimate and all noise to be
nothing; the others vary both within their errors, with luck of their own.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wargame.engine import count, draws
from wargame.engine.activity import Truths, all_active
from wargame.engine.chamber import Chamber
from wargame.engine.count import Ballots, Tally
from wargame.engine.engine import Engine
from wargame.engine.readers import Dense, Values
from wargame.engine.rules import describe
from wargame.formula.walk import leaves
from wargame.model.bindings import Bound
from wargame.model.expression import START_LAG, Read
from wargame.model.institutions import PROPOSAL, Verdict
from wargame.model.rules import Mechanism
from wargame.model.ticks import Floats
from wargame.model.world import Programmes, World

WORLDS: Final = 200
"""How many believed worlds are tried beside the one of the estimates."""
_EVEN: Final = 0.5
_PASSED: Final = (Verdict.ADOPTED, Verdict.PENDING)


@dataclass(frozen=True, slots=True)
class Belief:
    """What is believed at one moment, by row, with the error of each number; ``at_start_of`` tells of past turns."""

    turn: int
    values: Floats
    deviations: Floats
    at_start_of: Callable[[int], Floats]


@dataclass(frozen=True, slots=True)
class Leaning:
    """How one member is expected to vote; ``yes`` and ``no`` are the shares of believed worlds in which it does."""

    ballot: str
    member: str
    votes: bool
    """It has a vote on this text at all."""
    absent: bool
    inclination: float
    vote: int
    yes: float
    no: float
    reasons: tuple[tuple[str, float], ...]
    """Interest → points of inclination, the largest first."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """The count that is expected of one text: of votes for and against, tenth, fiftieth and ninetieth percentile."""

    yes: tuple[float, float, float]
    no: tuple[float, float, float]
    missing: float
    adopted: float
    """The share of believed worlds in which it passes."""
    asleep: bool
    """The body cannot vote."""


class Expectations:
    """The votes that are expected on some texts; ``key`` names whose expectation it is, for its luck."""

    def __init__(
        self, engine: Engine, belief: Belief, proposals: Sequence[str], key: str, worlds: int = WORLDS
    ) -> None:
        assert engine.chamber is not None
        self.engine = engine
        self.chamber: Chamber = engine.chamber
        self.proposals = tuple(proposals)
        self._wanted = frozenset(proposals)
        self.world = _believed(engine, belief, draws.seeds_of(draws.word(f"expect|{key}|{belief.turn}"), worlds + 1))
        self._reader = _Expecting(self.world, draws.keys(self.world.seeds, belief.turn))
        self._before(belief)

    def leanings(self, proposal: str) -> tuple[Leaning, ...]:
        """Return how each member is expected to vote on a text."""
        found = np.flatnonzero(self.chamber.of == self.chamber.place[proposal])
        return tuple(self._leaning(int(position)) for position in found)

    def outlook(self, proposal: str, told: Mapping[str, int] | None = None) -> Outlook:
        """Return the count that is expected; ``told``: ballots about which it is known how they are cast."""
        tally, at = self._count(told or {}), self.chamber.place[proposal]
        yes, no = (_spread(votes[at, 1:]) for votes in (tally.yes, tally.no))
        adopted = float(np.isin(tally.verdict[at, 1:], _PASSED).mean())
        return Outlook(yes, no, float(tally.missing[at, 0]), adopted, bool(tally.verdict[at, 0] == Verdict.NO_BODY))

    def _leaning(self, position: int) -> Leaning:
        bound, vote = self.chamber.ballots[position], self._votes[position]
        reasons = [(rule, amounts[bound["b"]]) for rule, amounts in self._reasons.items() if bound["b"] in amounts]
        reasons = sorted((r for r in reasons if r[1]), key=lambda reason: -abs(reason[1]))
        return Leaning(
            bound["b"],
            bound["m"],
            bool(self._sits[position, 0]),
            bool(self.world.values[self.chamber.seating.absent[position], 0] >= _EVEN),
            float(self._inclinations[position, 0]),
            int(vote[0]),
            float((vote[1:] == count.YES).mean()),
            float((vote[1:] == count.NO).mean()),
            tuple(reasons),
        )

    # ── inclinations ────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _run(self) -> tuple[Floats, dict[str, dict[str, float]]]:
        """The inclination of every ballot in every world, and what each interest adds by the estimates."""
        place = {bound["b"]: i for i, bound in enumerate(self.chamber.ballots)}
        total = np.zeros((len(self.chamber.ballots), self.world.sessions))
        reasons: dict[str, dict[str, float]] = {}
        for interest, bounds in self._interests():
            amounts = self._amounts(interest, bounds)
            at = np.array([place[bound["b"]] for bound in bounds], dtype=np.intp)
            np.add.at(total, at, amounts)
            added = reasons.setdefault(interest.id, {})
            for bound, amount in zip(bounds, amounts[:, 0].tolist(), strict=True):
                added[bound["b"]] = added.get(bound["b"], 0.0) + amount
        return total, reasons

    @property
    def _inclinations(self) -> Floats:
        return self._run[0]

    @property
    def _reasons(self) -> dict[str, dict[str, float]]:
        return self._run[1]

    def _interests(self) -> Iterator[tuple[Mechanism, list[Bound]]]:
        """Yield the interests that hold under the lens, with their ballots on the texts that are asked about."""
        bound = {rule.id: rule for rule in self.chamber.interests}
        for interest in self.engine.scenario.ruleset.institutions.interests:
            rule = bound.get(interest.id)
            mine = [b for b in rule.bounds if b["p"] in self._wanted] if rule else []
            if mine:
                yield interest, mine

    def _amounts(self, interest: Mechanism, bounds: list[Bound]) -> Floats:
        binder, shape = self.engine.binder, (len(bounds), self.world.sessions)
        texts = [f"{interest.id}|{describe(interest.binding, bound)}" for bound in bounds]
        found = np.zeros(shape)
        for effect in interest.effects.add:
            found += self._reader.evaluate(binder.bind(effect.amount, interest.id, bounds, texts))
        scale = (interest.id, "scale")
        found *= self.world.parameters.get(scale, binder.parameters.get(scale, 1.0))
        if interest.when is not None:
            found *= self._reader.evaluate(binder.bind(interest.when, interest.id, bounds, texts))
        active = all_active(self.world, self.engine.activity.rows(bounds))
        return found if active is None else found * active

    # ── votes ───────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _votes(self) -> NDArray[np.int8]:
        return count.decide(self._inclinations, self.chamber.decision.margin, self.chamber.decision.against)

    @cached_property
    def _sits(self) -> Truths:
        return self.chamber.may_vote(self.world)

    def _count(self, told: Mapping[str, int]) -> Tally:
        chamber, values, vote = self.chamber, self.world.values, self._votes
        if told:
            vote = vote.copy()
            for position, bound in enumerate(chamber.ballots):
                if bound["b"] in told:
                    vote[position] = told[bound["b"]]
        absent = values[chamber.seating.absent] >= _EVEN
        ballots = Ballots(vote, self._sits, absent, values[chamber.seating.votes])
        pending, asleep = values[chamber.rows["pending"]] >= _EVEN, values[chamber.dormant] >= _EVEN
        return count.count(ballots, chamber.decision, pending, asleep)

    # ── the past ────────────────────────────────────────────────────────────────────────────────────────────

    def _before(self, belief: Belief) -> None:
        """Give the believed worlds as much of a past as the interests read."""
        formulas = [f for i, _ in self._interests() for f in (i.when, *(e.amount for e in i.effects.add)) if f]
        lags = [leaf.lag for f in formulas for leaf in leaves(f.node) if isinstance(leaf, Read) and leaf.lag]
        shape = self.world.values.shape
        if START_LAG in lags:
            self.world.start = np.broadcast_to(belief.at_start_of(1)[: shape[0], None], shape)
        for back in range(max(lags, default=0), 0, -1):
            turn = max(belief.turn - back + 1, 1)
            self.world.past.append(np.broadcast_to(belief.at_start_of(turn)[: shape[0], None], shape))


class _Expecting(Dense):
    """Reads believed worlds; in the first of them chance does what is likelier, and noise is nothing."""

    __slots__ = ()

    def draw(self, leaf: int, argument: Values) -> Values:
        found = np.array(super().draw(leaf, argument))
        expected = 0.0 if self.sources[leaf].bell else np.broadcast_to(argument, found.shape)[:, 0] >= _EVEN
        found[:, 0] = expected
        return found


def _spread(votes: Floats) -> tuple[float, float, float]:
    low, middle, high = np.quantile(votes, [0.1, 0.5, 0.9], method="nearest")
    return float(low), float(middle), float(high)


def _believed(engine: Engine, belief: Belief, seeds: draws.Hashes) -> World:
    layout = engine.layout
    uncertain = np.flatnonzero(belief.deviations)
    values = np.repeat(belief.values[: layout.count, None], len(seeds), axis=1)
    words = draws.words(f"expect|{layout.names[row]}" for row in uncertain)
    errors = draws.bell(draws.mix(words[:, None] ^ seeds[None, :])) * belief.deviations[uncertain, None]
    errors[:, 0] = 0.0
    values[uncertain] += errors
    np.minimum(np.maximum(values, layout.low[:, None], out=values), layout.high[:, None], out=values)
    none = np.zeros((0, len(seeds)), dtype=np.int16)
    nobody = np.zeros(len(seeds), dtype=np.int16)
    return World(values, seeds, none, none, none, nobody, Programmes.none(), belief.turn, values, deque())


def proposals_of(engine: Engine) -> tuple[str, ...]:
    """Return every text that can ever be proposed."""
    return tuple(e.id for e in engine.cast.entities.values() if e.kind == PROPOSAL)
