"""How much thinking ahead is worth: a seat that does against the same seat by its first doctrine, in the same luck.

Both sides of a pair start from the same seed, and only the orders of this seat are made differently. Several sessions
are thought about at once; each knows only what its seat may see there.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.intervals import Interval, share
from wargame.analysis.planner import Effort, Planner, Thought
from wargame.analysis.workers import for_each
from wargame.bots.bots import Bots, default_plays
from wargame.content.bundle import Bundle
from wargame.content.load import load_bundle
from wargame.engine import draws
from wargame.engine import turn as engine_turn
from wargame.engine.engine import Engine
from wargame.model.orders import NONE, Orders
from wargame.model.scenario import Scenario
from wargame.model.ticks import Floats
from wargame.model.world import World

PAIRS: Final = 20
OFTEN: Final = 0.5
"""A move that thinking ahead orders in a larger share of turns, and the doctrine hardly ever, is worth a look."""


@dataclass(frozen=True)
class Duel:
    """What came of one seat: its scores pair by pair, and what it ordered, by move."""

    seat: str
    ahead: Floats
    usual: Floats
    turns: int
    """Turns played by thinking ahead, over all sessions."""
    given: Mapping[str, int] = field(default_factory=dict)
    usually: Mapping[str, int] = field(default_factory=dict)
    """What its doctrine would have ordered in the same turns."""

    @property
    def wins(self) -> Interval:
        """Return the share of pairs that thinking ahead wins, of those that differ."""
        return share(int((self.ahead > self.usual).sum()), int((self.ahead != self.usual).sum()))

    @property
    def gain(self) -> float:
        """Return by how much the score is higher on average."""
        return float((self.ahead - self.usual).mean())

    @property
    def favourites(self) -> tuple[str, ...]:
        """Return the moves ordered in most turns that the doctrine orders in less than half as many."""
        often = [m for m, n in self.given.items() if n > OFTEN * self.turns and self.usually.get(m, 0) < n / 2]
        return tuple(sorted(often, key=lambda m: -self.given[m]))


class Ahead:
    """Plays one seat of a batch by thinking ahead, and the others by doctrine."""

    def __init__(self, planner: Planner, bots: Bots, effort: Effort, seeds: Sequence[int]) -> None:
        self.planner, self.bots, self.effort, self.seeds = planner, bots, effort, seeds
        self.turns = 0
        self.given: Counter[str] = Counter()
        self.usually: Counter[str] = Counter()

    def choose(self, world: World) -> Orders:
        """Return the orders of everybody."""
        orders = self.bots.choose(world)
        going = np.flatnonzero(world.ended == 0).tolist()
        knowns = [self.planner.know(world, s) for s in going]
        thoughts = self.planner.think(knowns, [self.seeds[s] for s in going], self.effort)
        mine = (orders.candidates >= 0) & self.planner.own[orders.candidates]
        self.turns += len(going)
        self._count(self.usually, orders.candidates[mine & (world.ended == 0)].tolist())
        self._count(self.given, [c for thought in thoughts for c, _ in thought.plan])
        return self._instead(orders, mine, dict(zip(going, thoughts, strict=True)))

    def _instead(self, orders: Orders, mine: NDArray[np.bool_], thoughts: Mapping[int, Thought]) -> Orders:
        slots = self.planner.seat.orders
        candidates = np.full((slots, orders.candidates.shape[1]), NONE, dtype=np.int32)
        amounts = np.ones_like(candidates, dtype=np.int16)
        for session, thought in thoughts.items():
            for slot, (candidate, amount) in enumerate(thought.plan):
                candidates[slot, session], amounts[slot, session] = candidate, amount
        return replace(
            orders,
            candidates=np.concatenate([candidates, np.where(mine, NONE, orders.candidates).astype(np.int32)]),
            amounts=np.concatenate([amounts, orders.amounts]),
        )

    def _count(self, into: Counter[str], candidates: list[int]) -> None:
        into.update(self.planner.engine.candidates[c].move for c in candidates)


def play_out(engine: Engine, world: World, choose: Callable[[World], Orders], bots: Bots, seat: str) -> Floats:
    """Play sessions to their end and return ``[session]`` the scores of a seat."""
    found, going = np.zeros(world.sessions), np.ones(world.sessions, dtype=bool)

    def keep(now: World) -> None:
        done = going & (now.ended > 0)
        if done.any():
            found[done] = engine.reckoning.scores(now, engine.reader(now))[seat][done]
            going[done] = False

    while going.any():
        engine_turn.play(engine, world, choose(world), concluded=keep, voters=bots)
    return found


def duel_of(
    scenario: Scenario, seat: str, pairs: int, seed: int, effort: Effort, lens: str = "", *, short: bool = False
) -> Duel:
    """Play one seat both ways in this process."""
    engine = Engine(scenario, lens or None, short=short)
    plays, sharpness = default_plays(scenario), scenario.level("hard").sharpness
    bots = Bots(engine, plays, sharpness)
    planner = Planner(engine, seat, plays, sharpness)
    seeds = draws.seeds_of(seed, pairs)
    imagined = [draws.word(f"duel|{seed}|{seat}|{n}") for n in range(pairs)]
    ahead = Ahead(planner, bots, effort, imagined)
    usual = play_out(engine, engine.start(seeds), bots.choose, bots, seat)
    better = play_out(engine, engine.start(seeds), ahead.choose, bots, seat)
    return Duel(seat, better, usual, ahead.turns, dict(ahead.given), dict(ahead.usually))


def duels(
    bundle: Bundle,
    seats: Sequence[str],
    pairs: int = PAIRS,
    seed: int = 1,
    effort: Effort | None = None,
    lens: str = "",
    *,
    short: bool = False,
    processes: int | None = None,
    progress: Callable[[int], Any] = lambda done: None,
) -> tuple[Duel, ...]:
    """Play several seats both ways; ``progress`` counts seats done."""
    given = (bundle.to_bytes(), pairs, seed, effort or Effort(), lens, short)
    found: list[Duel] = []
    for done in for_each(_of_seat, seats, given, processes or os.cpu_count() or 1):
        found.append(done)
        progress(len(found))
    return tuple(found)


def _of_seat(seat: str, bundle: bytes, pairs: int, seed: int, effort: Effort, lens: str, short: bool) -> Duel:
    scenario = load_bundle(Bundle.from_bytes(bundle))
    return duel_of(scenario, seat, pairs, seed, effort, lens, short=short)
