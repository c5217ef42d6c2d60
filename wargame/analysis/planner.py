"""A seat that thinks ahead: it races sets of orders against one another in worlds that it may believe in.

It starts from what its doctrines would order, changes one order at a time, and keeps a change that surely pays. Every
set is played on to the end of the session in the same sampled worlds and the same luck, which is never that of the
session; the others are taken to play the doctrines that they are said to play.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from wargame.analysis.continuations import Reading, all_but, branched, go_on, own_candidates
from wargame.analysis.plans import Kitchen, Menu, Plan, filed
from wargame.bots.bots import RANDOM, Bots
from wargame.engine import draws
from wargame.engine.engine import Engine
from wargame.engine.sampling import Belief, Known
from wargame.engine.views import SeatEyes
from wargame.model.ticks import Floats
from wargame.model.world import World

_CELLS = 4_000_000
"""Numbers in one batch of continuations: wide enough for arrays to pay, small enough for the memory of a laptop."""
_SURE = 1.5
"""By how many standard errors a plan must be better than the one it replaces."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to think: rounds of changes, plans in each round, worlds in which each plan is tried at first."""

    rounds: int = 2
    plans: int = 16
    worlds: int = 12

    @property
    def kept(self) -> int:
        """Return how many plans of a round are tried in twice as many fresh worlds."""
        return max(2, self.plans // 4)


@dataclass(frozen=True, slots=True)
class Thought:
    """What a seat has come to: its orders, the doctrine it means to go on by, and what it expects of them."""

    plan: Plan
    doctrine: str
    score: float
    """Expected score at the end, in the worlds tried last."""
    usual: float
    """The same for what its first doctrine would order, in the worlds tried first: not to be held against the other."""
    tried: int
    """Continuations played."""


@dataclass
class _Mind:
    """The state of thinking about one session."""

    what: Known
    seed: int
    menu: Menu
    usual: tuple[Plan, ...]
    """What each doctrine would order."""
    follow: int = 0
    plan: Plan = ()
    score: float = 0.0
    first: float = 0.0
    tried: int = 0
    weak: tuple[int, ...] | None = None
    """Places of the plan's orders, the least useful first; None until that has been tried."""
    known: set[Plan] | None = None

    def luck(self, stage: str) -> int:
        """Return the seed of the worlds of a stage."""
        return draws.word(f"plan|{self.seed}|{self.what.turn}|{stage}")

    def challengers(self, count: int, stage: str) -> list[Plan]:
        """Return plans that have not been tried: what the other doctrines order, then changes of one order."""
        self.known = self.known or {self.plan}
        found = [p for p in dict.fromkeys(self.usual) if p not in self.known and self.menu.price(p) is not None]
        found += [
            p
            for p in self.menu.neighbours(self.plan, self.weak or (), self.luck(stage))
            if p not in self.known and p not in found
        ]
        self.known.update(found[:count])
        return found[:count]


class Planner:
    """Thinks for one seat, about several sessions at once. Made before a world is started, as bots are.

    ``plays`` is what the others are taken to play, and how the seat itself goes on at first.
    """

    def __init__(self, engine: Engine, seat: str, plays: Mapping[str, str], sharpness: float = 1.0) -> None:
        self.engine = engine
        self.seat = engine.scenario.seats[engine.seat_number(seat)]
        self.doctrines = self.seat.doctrines or (RANDOM,)
        speaks = {seat: self.doctrines[0]}  # whatever it orders, its first doctrine goes on bargaining for it
        self.bots = [Bots(engine, {**plays, seat: name}, sharpness, speaks=speaks) for name in self.doctrines]
        self.belief = Belief(SeatEyes(engine, self.seat))
        self.kitchen = Kitchen(engine, seat, self.bots)
        self.own = own_candidates(engine, seat)
        """``[candidate]``: is it one of the seat's?"""

    def know(self, world: World, session: int = 0) -> Known:
        """Return all that the seat knows of a session; nothing else is ever thought about."""
        return self.belief.known(world, self.belief.eyes.view(world, session), session)

    def think(
        self, whats: Sequence[Known], seeds: Sequence[int], effort: Effort, more: Callable[[], bool] = lambda: True
    ) -> list[Thought]:
        """Return what to order in each of some sessions at the same turn.

        ``more`` is asked before each round but the first.
        """
        minds = self._open(whats, seeds)
        self._choose_doctrine(minds, 2 * effort.worlds)
        for number in range(effort.rounds):
            if number and not more():
                break
            self._weigh([mind for mind in minds if mind.weak is None], effort.worlds, f"orders {number}")
            self._round(minds, effort, f"round {number}")
        return [Thought(m.plan, self.doctrines[m.follow], m.score, m.first, m.tried) for m in minds]

    # ── thinking ────────────────────────────────────────────────────────────────────────────────────────────

    def _open(self, whats: Sequence[Known], seeds: Sequence[int]) -> list[_Mind]:
        seen = self.belief.as_seen(whats, [draws.word(f"plan|{seed}") for seed in seeds])
        mine = frozenset({self.seat.id})
        usual = [filed(orders.candidates, orders.amounts) for b in self.bots for orders in (b.choose(seen, mine),)]
        menus = self.kitchen.menus(seen, seeds)
        minds = [
            _Mind(w, s, m, tuple(u)) for w, s, m, u in zip(whats, seeds, menus, zip(*usual, strict=True), strict=True)
        ]
        for mind in minds:
            mind.plan = mind.usual[0]
        return minds

    def _choose_doctrine(self, minds: list[_Mind], worlds: int) -> None:
        """Settle by which doctrine to go on; the first one, unless another is surely better."""
        scores = []
        for number in range(len(self.doctrines)):
            for mind in minds:
                mind.follow = number
            scores.append(self._try(minds, [[mind.usual[number]] for mind in minds], worlds, "doctrine"))
        for at, mind in enumerate(minds):
            found = np.stack([score[at][0] for score in scores])
            best = _better(found)
            mind.follow, mind.plan = best, mind.usual[best]
            mind.score, mind.first = float(found[best].mean()), float(found[0].mean())

    def _weigh(self, minds: list[_Mind], worlds: int, stage: str) -> None:
        """Find out what each order of a plan is worth, so that the least useful one is exchanged first."""
        some = [mind for mind in minds if mind.plan]
        scores = self._try(some, [mind.menu.without(mind.plan) for mind in some], worlds, stage)
        for mind, found in zip(some, scores, strict=True):
            mind.weak = tuple(np.argsort(-found.mean(axis=1), kind="stable").tolist())

    def _round(self, minds: list[_Mind], effort: Effort, stage: str) -> None:
        """Let changes of each plan race: all in a few worlds, the best in more, the winner against the plan it had."""
        field = [[mind.plan, *mind.challengers(effort.plans - 1, stage)] for mind in minds]
        scores = self._try(minds, field, effort.worlds, stage)
        finals = [_best(plans, found, effort.kept) for plans, found in zip(field, scores, strict=True)]
        scores = self._try(minds, finals, 2 * effort.worlds, f"{stage} final")
        for mind, plans, found in zip(minds, finals, scores, strict=True):
            best = _better(found)
            if best:
                mind.plan, mind.weak = plans[best], None
            mind.score = float(found[best].mean())

    # ── continuations ───────────────────────────────────────────────────────────────────────────────────────

    def _try(self, minds: list[_Mind], plans: list[list[Plan]], worlds: int, stage: str) -> list[Floats]:
        """Return for each mind ``[plan, world]`` the score of the seat at the end."""
        found: list[Floats] = [np.empty((0, worlds))] * len(minds)
        for follow in sorted({mind.follow for mind in minds}):
            some = [at for at, mind in enumerate(minds) if mind.follow == follow]
            for part in self._parts(some, plans, worlds):
                scores = self._continue([minds[at] for at in part], [plans[at] for at in part], worlds, stage)
                for at, score in zip(part, scores, strict=True):
                    found[at] = score
                    minds[at].tried += score.size
        return found

    def _parts(self, some: list[int], plans: list[list[Plan]], worlds: int) -> Iterator[list[int]]:
        widest = _CELLS // self.engine.layout.count
        part: list[int] = []
        for at in some:
            if part and sum(len(plans[i]) for i in (*part, at)) * worlds > widest:
                yield part
                part = []
            part.append(at)
        if part:
            yield part

    def _continue(self, minds: list[_Mind], plans: list[list[Plan]], worlds: int, stage: str) -> list[Floats]:
        engine, bots = self.engine, self.bots[minds[0].follow]
        base = self.belief.sample([m.what for m in minds], worlds, [m.luck(stage) for m in minds])
        others = all_but(self.bots[0].choose(base), self.own)
        each = [np.arange(n * worlds, (n + 1) * worlds) for n, some in enumerate(plans) for _ in some]
        orders = branched(others, [p for some in plans for p in some], each)
        columns = np.concatenate(each)
        reading = Reading(engine, self.seat.id, (), len(columns), engine.turns)
        scores = go_on(engine, bots, base.take(columns), orders, reading).scores.reshape(-1, worlds)
        ends = np.cumsum([len(some) for some in plans])
        return [scores[end - len(some) : end] for end, some in zip(ends.tolist(), plans, strict=True)]


def _best(plans: list[Plan], scores: Floats, count: int) -> list[Plan]:
    """Return the plan that stands first, and the best of the others."""
    order = 1 + np.argsort(-scores[1:].mean(axis=1), kind="stable")
    return [plans[0], *(plans[i] for i in order[:count].tolist())]


def _better(scores: Floats) -> int:
    """Return the best row of ``[plan, world]``; the first, unless the difference is surely one."""
    best = int(scores.mean(axis=1).argmax())
    gain = scores[best] - scores[0]
    error = float(gain.std()) / np.sqrt(max(len(gain), 1))
    return best if float(gain.mean()) > _SURE * error else 0
