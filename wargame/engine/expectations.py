"""How members may be expected to vote: their interests, run on what one seat believes instead of on the truth.

Nobody's luck is foreseen: the first of the believed worlds takes every number at its estimate and all noise to be
nothing; the others vary both within their errors, with luck of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wargame.engine import count, draws
from wargame.engine.activity import Truths, all_active
from wargame.engine.believed import Belief, Believed
from wargame.engine.chamber import Chamber
from wargame.engine.count import Ballots, Decision, Tally
from wargame.engine.engine import Engine
from wargame.engine.readers import Dense, Source, Values
from wargame.engine.rules import describe
from wargame.formula.walk import leaves
from wargame.model.bindings import Bound
from wargame.model.expression import START_LAG, Read
from wargame.model.institutions import PROPOSAL, Verdict
from wargame.model.rules import Mechanism
from wargame.model.ticks import Floats
from wargame.model.world import World

WORLDS: Final = 200
"""How many believed worlds are tried beside the one of the estimates."""
_EVEN: Final = 0.5
_PASSED: Final = (Verdict.ADOPTED, Verdict.PENDING)


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
    """The votes that are expected on some texts; ``key`` names whose expectation it is, for its luck.

    ``worlds``: those in which they are looked for, where somebody has them already.
    """

    def __init__(
        self, engine: Engine, belief: Belief, proposals: Sequence[str], key: str, worlds: int | Believed = WORLDS
    ) -> None:
        assert engine.chamber is not None
        self.engine = engine
        self.chamber: Chamber = engine.chamber
        self.proposals = tuple(proposals)
        self.worlds = Believed(engine.layout, belief, key, worlds) if isinstance(worlds, int) else worlds
        self.world = self.worlds.world()
        self._reader = _Expecting(self.worlds, self.world, draws.keys(self.world.seeds, belief.turn))
        self._texts = np.array(sorted({self.chamber.place[name] for name in proposals}), dtype=np.intp)
        self._ballots = np.flatnonzero(np.isin(self.chamber.of, self._texts))
        self._of = np.searchsorted(self._texts, self.chamber.of[self._ballots])
        self._before(belief)

    def leanings(self, proposal: str) -> tuple[Leaning, ...]:
        """Return how each member is expected to vote on a text."""
        return tuple(self._leaning(int(at)) for at in np.flatnonzero(self._of == self._place(proposal)))

    def outlook(self, proposal: str, told: Mapping[str, int] | None = None) -> Outlook:
        """Return the count that is expected; ``told``: ballots about which it is known how they are cast."""
        tally, at = self._count(told or {}), self._place(proposal)
        yes, no = (_spread(votes[at, 1:]) for votes in (tally.yes, tally.no))
        adopted = float(np.isin(tally.verdict[at, 1:], _PASSED).mean())
        return Outlook(yes, no, float(tally.missing[at, 0]), adopted, bool(tally.verdict[at, 0] == Verdict.NO_BODY))

    def _place(self, proposal: str) -> int:
        """Return the place of a text among those that are asked about."""
        return int(np.searchsorted(self._texts, self.chamber.place[proposal]))

    def _leaning(self, at: int) -> Leaning:
        bound, vote = self._bounds[at], self._votes[at]
        reasons = [(rule, amounts[bound["b"]]) for rule, amounts in self._reasons.items() if bound["b"] in amounts]
        reasons = sorted((r for r in reasons if r[1]), key=lambda reason: -abs(reason[1]))
        return Leaning(
            bound["b"],
            bound["m"],
            bool(self._cast.sits[at, 0]),
            bool(self._cast.absent[at, 0]),
            float(self._inclinations[at, 0]),
            int(vote[0]),
            float((vote[1:] == count.YES).mean()),
            float((vote[1:] == count.NO).mean()),
            tuple(reasons),
        )

    # ── inclinations ────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _bounds(self) -> tuple[Bound, ...]:
        """The ballots on these texts."""
        return tuple(self.chamber.ballots[position] for position in self._ballots.tolist())

    @cached_property
    def _run(self) -> tuple[Floats, dict[str, dict[str, float]]]:
        """The inclination of every ballot in every world, and what each interest adds by the estimates."""
        place = {bound["b"]: at for at, bound in enumerate(self._bounds)}
        total = np.zeros((len(place), self.world.sessions))
        reasons: dict[str, dict[str, float]] = {}
        for interest, bounds in self._interests:
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

    @cached_property
    def _interests(self) -> tuple[tuple[Mechanism, list[Bound]], ...]:
        """The interests that hold under the lens, with their ballots on the texts that are asked about."""
        bound, wanted = {rule.id: rule for rule in self.chamber.interests}, frozenset(self.proposals)
        known = [i for i in self.engine.scenario.ruleset.institutions.interests if i.id in bound]
        found = [(i, [b for b in bound[i.id].bounds if b["p"] in wanted]) for i in known]
        return tuple((interest, mine) for interest, mine in found if mine)

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
        rows = self.engine.activity.rows(bounds)
        if rows is not None:
            self.worlds.make(rows.ravel())
        active = all_active(self.world, rows)
        return found if active is None else found * active

    # ── votes ───────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _votes(self) -> NDArray[np.int8]:
        return count.decide(self._inclinations, self._decision.margin, self._decision.against)

    @cached_property
    def _decision(self) -> Decision:
        return self.chamber.decision.part(self._texts, self._ballots, self._of)

    @cached_property
    def _cast(self) -> Ballots:
        """The ballots as members incline to cast them."""
        seating = self.chamber.seating.part(self._ballots)
        self.worlds.make(seating.rows)
        sits = seating.sits(self.world) & ~self._decision.excluded[:, None]
        return Ballots(self._votes, sits, self.worlds.at(seating.absent) >= _EVEN, self.worlds.at(seating.votes))

    @cached_property
    def _stands(self) -> tuple[Truths, Truths]:
        """``[proposal, world]``: are objections to it awaited, and is its body asleep?"""
        chamber, texts = self.chamber, self._texts
        pending, dormant = chamber.rows["pending"][texts], chamber.dormant[texts]
        return self.worlds.at(pending) >= _EVEN, self.worlds.at(dormant) >= _EVEN

    def _count(self, told: Mapping[str, int]) -> Tally:
        cast, vote = self._cast, self._votes
        if told:
            vote = vote.copy()
            for at, bound in enumerate(self._bounds):
                if bound["b"] in told:
                    vote[at] = told[bound["b"]]
        return count.count(replace(cast, vote=vote), self._decision, *self._stands)

    # ── the past ────────────────────────────────────────────────────────────────────────────────────────────

    def _before(self, belief: Belief) -> None:
        """Give the believed worlds as much of a past as the interests read."""
        formulas = [f for i, _ in self._interests for f in (i.when, *(e.amount for e in i.effects.add)) if f]
        lags = [leaf.lag for f in formulas for leaf in leaves(f.node) if isinstance(leaf, Read) and leaf.lag]
        shape = self.world.values.shape
        if START_LAG in lags:
            self.world.start = np.broadcast_to(belief.at_start_of(1)[: shape[0], None], shape)
        for back in range(max(lags, default=0), 0, -1):
            turn = max(belief.turn - back + 1, 1)
            self.world.past.append(np.broadcast_to(belief.at_start_of(turn)[: shape[0], None], shape))


class _Expecting(Dense):
    """Reads believed worlds; in the first of them chance does what is likelier, and noise is nothing."""

    __slots__ = ("worlds",)

    def __init__(self, worlds: Believed, world: World, keys: draws.Hashes) -> None:
        super().__init__(world, keys)
        self.worlds = worlds

    def _values(self, source: Source) -> Values:
        if source.lag == 0 and source.dense is not None:
            return self.worlds.at(source.dense)
        return super()._values(source)

    def draw(self, leaf: int, argument: Values) -> Values:
        found = np.array(super().draw(leaf, argument))
        expected = 0.0 if self.sources[leaf].bell else np.broadcast_to(argument, found.shape)[:, 0] >= _EVEN
        found[:, 0] = expected
        return found


def _spread(votes: Floats) -> tuple[float, float, float]:
    low, middle, high = np.quantile(votes, [0.1, 0.5, 0.9], method="nearest")
    return float(low), float(middle), float(high)


def proposals_of(engine: Engine) -> tuple[str, ...]:
    """Return every text that can ever be proposed."""
    return tuple(e.id for e in engine.cast.entities.values() if e.kind == PROPOSAL)
