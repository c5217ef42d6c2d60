"""A seat that thinks ahead: it races sets of orders against one another in worlds that it may believe in.

It starts from its doctrines. First it changes how it means to go on: a move left out from now on, or put before all
others, which shows more clearly than one order does. Then it changes one order of the turn at a time. It keeps what
surely pays. Every set is played on to the end of the session in the same sampled worlds and the same luck, which is
never that of the session; the others are taken to play the doctrines that they are said to play.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from wargame.analysis.continuations import Reading, all_but, branched, go_on, own_candidates
from wargame.analysis.plans import Kitchen, Menu, Plan, filed, shuffled
from wargame.bots.bots import RANDOM, Bots
from wargame.bots.doctrine import DoctrineBot
from wargame.bots.manners import Manner, Mannered
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


Way = tuple[Plan, Manner]
"""What to order now, and how to go on."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to think: rounds of changes, plans in each round, worlds in which each plan is tried at first.

    The first round changes how to go on, the others what to order now; in the last turn all change that.
    """

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
    manner: Manner = field(default_factory=Manner)
    plan: Plan = ()
    score: float = 0.0
    first: float = 0.0
    tried: int = 0
    weak: tuple[int, ...] | None = None
    """Places of the plan's orders, the least useful first; None until that has been tried."""
    known: set[Plan] | None = None

    @property
    def way(self) -> Way:
        """Return what it would order now, and how it would go on."""
        return self.plan, self.manner

    def luck(self, stage: str) -> int:
        """Return the seed of the worlds of a stage."""
        return draws.word(f"plan|{self.seed}|{self.what.turn}|{stage}")

    def challengers(self, count: int, stage: str) -> list[Way]:
        """Return plans that have not been tried: what the other doctrines order, then changes of one order."""
        self.known = self.known or {self.plan}
        found = [p for p in dict.fromkeys(self.usual) if p not in self.known and self.menu.price(p) is not None]
        found += [
            p
            for p in self.menu.neighbours(self.plan, self.weak or (), self.luck(stage))
            if p not in self.known and p not in found
        ]
        self.known.update(found[:count])
        return [(plan, self.manner) for plan in found[:count]]

    def settle(self, ways: Sequence[Way], scores: Floats) -> None:
        """Take the best way, unless the first, which stands, is not surely worse."""
        best = _better(scores)
        if ways[best] != self.way:
            (self.plan, self.manner), self.weak = ways[best], None
        self.score = float(scores[best].mean())


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
        own = [bot for bots in self.bots if isinstance(bot := bots.bot(seat), DoctrineBot)]
        self.mannered = Mannered(own) if own else None
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
            if not number and self.mannered is not None and whats[0].turn < self.engine.turns:
                self._choose_manner(minds, effort)
                continue
            self._weigh([mind for mind in minds if mind.weak is None], effort.worlds, f"orders {number}")
            self._round(minds, effort, f"round {number}")
        return [Thought(m.plan, self.doctrines[m.manner.doctrine], m.score, m.first, m.tried) for m in minds]

    # ── thinking ────────────────────────────────────────────────────────────────────────────────────────────

    def _open(self, whats: Sequence[Known], seeds: Sequence[int]) -> list[_Mind]:
        seen = self._as_seen(whats, seeds)
        usual = [self._usual(b, seen) for b in self.bots]
        menus = self.kitchen.menus(seen, seeds)
        minds = [
            _Mind(w, s, m, tuple(u)) for w, s, m, u in zip(whats, seeds, menus, zip(*usual, strict=True), strict=True)
        ]
        for mind in minds:
            mind.plan = mind.usual[0]
        return minds

    def _as_seen(self, whats: Sequence[Known], seeds: Sequence[int]) -> World:
        return self.belief.as_seen(whats, [draws.word(f"plan|{seed}") for seed in seeds])

    def _usual(self, bots: Bots, seen: World) -> list[Plan]:
        orders = bots.choose(seen, frozenset({self.seat.id}))
        return filed(orders.candidates, orders.amounts)

    def _choose_doctrine(self, minds: list[_Mind], worlds: int) -> None:
        """Settle by which doctrine to go on; the first one, unless another is surely better."""
        ways = [[(plan, Manner(number)) for number, plan in enumerate(mind.usual)] for mind in minds]
        for mind, some, found in zip(minds, ways, self._try(minds, ways, worlds, "doctrine"), strict=True):
            mind.settle(some, found)
            mind.first = float(found[0].mean())

    def _choose_manner(self, minds: list[_Mind], effort: Effort) -> None:
        """Let changes of the manner race, each with what it orders now: all in few worlds, the better ones in more."""
        ways = self._manners(minds, 2 * effort.plans)
        for worlds, kept in ((max(effort.worlds // 2, 2), effort.plans // 2), (effort.worlds, effort.kept)):
            scores = self._try(minds, ways, worlds, f"manners in {worlds}")
            ways = [_best(some, found, kept) for some, found in zip(ways, scores, strict=True)]
        self._race(minds, ways, 2 * effort.worlds, "manners final")

    def _manners(self, minds: list[_Mind], count: int) -> list[list[Way]]:
        """Return for each mind the way that it stands by, and those with another manner that orders otherwise now.

        A manner that would make a difference only later can wait till then.
        """
        assert self.mannered is not None
        changed = [self.mannered.changes(mind.manner) for mind in minds]
        seen = self._as_seen([m.what for m in minds], [m.seed for m in minds])
        columns = np.repeat(np.arange(len(minds)), [len(some) for some in changed])
        flat = [manner for some in changed for manner in some]
        plans = iter(self._usual(self._bots_of(flat), seen.take(columns)))
        found = []
        for mind, some in zip(minds, changed, strict=True):
            ways = [(next(plans), manner) for manner in some]
            fair = [w for w in ways if set(w[0]) != set(mind.plan) and mind.menu.price(w[0]) is not None]
            found.append([mind.way, *(fair[i] for i in shuffled(len(fair), mind.luck("manners"))[:count])])
        return found

    def _weigh(self, minds: list[_Mind], worlds: int, stage: str) -> None:
        """Find out what each order of a plan is worth, so that the least useful one is exchanged first."""
        some = [mind for mind in minds if mind.plan]
        ways = [[(plan, mind.manner) for plan in mind.menu.without(mind.plan)] for mind in some]
        for mind, found in zip(some, self._try(some, ways, worlds, stage), strict=True):
            mind.weak = tuple(np.argsort(-found.mean(axis=1), kind="stable").tolist())

    def _round(self, minds: list[_Mind], effort: Effort, stage: str) -> None:
        """Let changes of each plan race: all in a few worlds, the best in more, the winner against the plan it had."""
        ways = [[mind.way, *mind.challengers(effort.plans - 1, stage)] for mind in minds]
        scores = self._try(minds, ways, effort.worlds, stage)
        finals = [_best(some, found, effort.kept) for some, found in zip(ways, scores, strict=True)]
        self._race(minds, finals, 2 * effort.worlds, f"{stage} final")

    def _race(self, minds: list[_Mind], finals: list[list[Way]], worlds: int, stage: str) -> None:
        for mind, ways, found in zip(minds, finals, self._try(minds, finals, worlds, stage), strict=True):
            mind.settle(ways, found)

    # ── continuations ───────────────────────────────────────────────────────────────────────────────────────

    def _try(self, minds: list[_Mind], ways: list[list[Way]], worlds: int, stage: str) -> list[Floats]:
        """Return for each mind ``[way, world]`` the score of the seat at the end."""
        found: list[Floats] = []
        for part in self._parts(ways, worlds):
            found += self._continue(minds[part], ways[part], worlds, stage)
        for mind, score in zip(minds, found, strict=True):
            mind.tried += score.size
        return found

    def _parts(self, ways: list[list[Way]], worlds: int) -> Iterator[slice]:
        widest, start = _CELLS // self.engine.layout.count, 0
        for end in range(1, len(ways) + 1):
            if end == len(ways) or sum(len(some) for some in ways[start : end + 1]) * worlds > widest:
                yield slice(start, end)
                start = end

    def _bots_of(self, manners: Sequence[Manner]) -> Bots:
        """Return what plays a batch in which the seat goes on in these manners, one for each session."""
        return self.bots[0].with_bot(self.seat.id, self.mannered.by(manners)) if self.mannered else self.bots[0]

    def _continue(self, minds: list[_Mind], ways: list[list[Way]], worlds: int, stage: str) -> list[Floats]:
        engine, flat = self.engine, [way for some in ways for way in some]
        if not flat:
            return [np.empty((0, worlds)) for _ in minds]
        bots = self._bots_of([manner for _, manner in flat for _ in range(worlds)])
        base = self.belief.sample([m.what for m in minds], worlds, [m.luck(stage) for m in minds])
        others = all_but(self.bots[0].choose(base), self.own)
        each = [np.arange(n * worlds, (n + 1) * worlds) for n, some in enumerate(ways) for _ in some]
        orders = branched(others, [plan for plan, _ in flat], each)
        columns = np.concatenate(each)
        reading = Reading(engine, self.seat.id, (), len(columns), engine.turns)
        scores = go_on(engine, bots, base.take(columns), orders, reading).scores.reshape(-1, worlds)
        ends = np.cumsum([len(some) for some in ways])
        return [scores[end - len(some) : end] for end, some in zip(ends.tolist(), ways, strict=True)]


def _best(ways: list[Way], scores: Floats, count: int) -> list[Way]:
    """Return the way that stands first, and the best of the others."""
    order = 1 + np.argsort(-scores[1:].mean(axis=1), kind="stable")
    return [ways[0], *(ways[i] for i in order[:count].tolist())]


def _better(scores: Floats) -> int:
    """Return the best row of ``[way, world]``; the first, unless the difference is surely one."""
    best = int(scores.mean(axis=1).argmax())
    gain = scores[best] - scores[0]
    error = float(gain.std()) / np.sqrt(max(len(gain), 1))
    return best if float(gain.mean()) > _SURE * error else 0
