"""What single orders are worth: which moves another one dominates, and turns in which there is nothing worth doing.

Situations are taken out of sessions that doctrines play. In each, every move that the seat may order is tried alone
against doing nothing, in the same lucks, and the session is played on to its end: pairs differ in that order only.
A move is as good as its best target: several are tried, and the one that served the seat best is tried in fresh luck.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from wargame.analysis.continuations import Reading, all_but, branched, go_on, own_candidates
from wargame.analysis.intervals import Interval, share
from wargame.analysis.plans import Choice, Kitchen, Menu
from wargame.analysis.workers import for_each
from wargame.bots.bots import RANDOM, Bots, row_of_plays
from wargame.content.bundle import Bundle
from wargame.content.load import load_bundle
from wargame.engine import draws
from wargame.engine import turn as engine_turn
from wargame.engine.engine import Engine
from wargame.model.scenario import Scenario
from wargame.model.ticks import Floats
from wargame.model.world import World

STATES: Final = 24
"""Situations of each seat in which every move is tried."""
LUCKS: Final = 6
"""Continuations of each order in each situation."""
TARGETS: Final = 4
"""Targets of a move among which its order is chosen: those that doctrines of the seat prefer, then drawn ones."""
_AIMS: Final = 2
"""How many times fewer continuations a target is chosen by."""
FINALISTS: Final = 3
"""Orders, the best of a situation, that are tried again to find whether any is worth giving."""
_MORE: Final = (4, 12)
"""How many times as many continuations those are tried in; and how many more if that leaves it open."""
_CLEAR: Final = 2.0
"""Standard errors by which the best of them must add to the score so that it is not left open."""
SURE: Final = 0.95
"""Share of pairs in which one move does at least as well on every objective as one that it dominates."""
SOMEWHAT: Final = 0.1
"""Share of pairs in which it does better on some objective; else the two do the same."""
SLIGHT: Final = 0.001
"""A degree that is higher by no more than this is no better: it comes of what others order a little differently."""
FEWEST: Final = 8
"""Of two moves that end differently in fewer situations nothing is said: where they do the same neither is better."""
NOTHING: Final = ""
"""Doing nothing, where a move could be named."""
_CELLS: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class Dominated:
    """A move of an actor that another of its moves, no dearer, or doing nothing, outdoes on every objective."""

    seat: str
    actor: str
    move: str
    by: str
    """The other move; empty: doing nothing."""
    states: int
    """Situations in which both were open and the other was no dearer."""
    as_good: Interval
    """Share of pairs in which the other does at least as well on every objective; a situation counts as one trial."""
    better: float
    """Share of pairs in which it does better on one of them."""


@dataclass(frozen=True)
class Worth:
    """What the moves of one seat are worth to it."""

    seat: str
    states: int
    lucks: int
    nothing: Interval
    """Share of situations in which no order that it may give raises its expected score over doing nothing."""
    gains: Mapping[str, tuple[int, float]]
    """Move → situations in which it was open, and the mean of what it adds to the score."""
    dominated: tuple[Dominated, ...]


@dataclass(frozen=True)
class _Trial:
    """One situation: what was tried, and what came of it; order 0 is none."""

    choices: tuple[Choice, ...]
    degrees: Floats
    """``[objective, order, luck]``"""
    scores: Floats
    """``[order, luck]``"""
    best: Floats
    """``[order, luck]`` what the best add to the score, in fresh luck."""


def worth_of(
    scenario: Scenario, seat: str, lens: str = "", states: int = STATES, lucks: int = LUCKS, seed: int = 1
) -> Worth:
    """Try the moves of one seat in this process."""
    engine = Engine(scenario, lens or None)
    rows = max(len(s.doctrines) for s in scenario.seats) or 1
    tables = [Bots(engine, row_of_plays(scenario, row), 1.0) for row in range(rows)]
    own = next(s for s in scenario.seats if s.id == seat).doctrines or (RANDOM,)
    kitchen = Kitchen(engine, seat, tables[: len(own)])
    trials = []
    for row, bots in enumerate(tables):
        count = states // rows + (row < states % rows)
        for world in _situations(engine, bots, count, draws.word(f"worth|{seat}|{seed}|{row}")) if count else ():
            trials += list(_tried(engine, bots, kitchen, seat, world, lucks))
    return _told(engine, seat, lucks, trials)


def worths(
    bundle: Bundle,
    lens: str = "",
    states: int = STATES,
    seed: int = 1,
    *,
    processes: int | None = None,
    progress: Callable[[int], Any] = lambda done: None,
) -> tuple[Worth, ...]:
    """Try the moves of every seat; ``progress`` counts seats done."""
    seats = [seat.id for seat in load_bundle(bundle).seats]
    found: list[Worth] = []
    for done in for_each(_of_seat, seats, (bundle.to_bytes(), lens, states, seed), processes or os.cpu_count() or 1):
        found.append(done)
        progress(len(found))
    return tuple(found)


def _of_seat(seat: str, bundle: bytes, lens: str, states: int, seed: int) -> Worth:
    return worth_of(load_bundle(Bundle.from_bytes(bundle)), seat, lens, states, seed=seed)


def _situations(engine: Engine, bots: Bots, count: int, seed: int) -> Iterator[World]:
    """Yield sessions, each once, at the start of a turn that is drawn for it; those at the same turn together."""
    world = engine.start(draws.seeds_of(seed, count))
    when = 1 + (draws.seeds_of(seed ^ 1, count) % np.uint64(engine.turns)).astype(np.intp)
    while not world.ended.all() and world.turn <= engine.turns:
        here = np.flatnonzero((when == world.turn) & (world.ended == 0))
        if len(here):
            yield world.take(here)
        engine_turn.play(engine, world, bots.choose(world), voters=bots)


def _tried(engine: Engine, bots: Bots, kitchen: Kitchen, seat: str, world: World, lucks: int) -> Iterator[_Trial]:
    open_to = [_few_of_each(menu) for menu in kitchen.menus(world, [int(s) for s in world.seeds])]
    aims = _play(engine, bots, seat, world, [_in_doubt(some) for some in open_to], max(1, lucks // _AIMS), 3)
    served = [_one_of_each(some, scores) for some, (_, scores) in zip(open_to, aims, strict=True)]
    first = _play(engine, bots, seat, world, served, lucks)
    finalists = [_best(some, scores) for some, (_, scores) in zip(served, first, strict=True)]
    added = _added(engine, bots, seat, world, finalists, _MORE[0] * lucks, 2)
    if unclear := [i for i, gain in enumerate(added) if not _is_clear(gain)]:
        few = world.take(np.array(unclear))
        more = _added(engine, bots, seat, few, [finalists[i] for i in unclear], _MORE[1] * lucks, 4)
        for i, gain in zip(unclear, more, strict=True):
            added[i] = np.concatenate([added[i], gain], axis=1)
    for some, (degrees, scores), gain in zip(served, first, added, strict=True):
        yield _Trial(some, degrees, scores, gain)


def _added(
    engine: Engine, bots: Bots, seat: str, world: World, served: Sequence[tuple[Choice, ...]], lucks: int, nth: int
) -> list[Floats]:
    """Return for each session what each of some orders adds to the score, ``[order, luck]``."""
    return [scores[1:] - scores[0] for _, scores in _play(engine, bots, seat, world, served, lucks, nth)]


def _is_clear(gain: Floats) -> bool:
    """Say whether the best order adds to the score beyond doubt; where there is none, there is nothing to find out."""
    if not len(gain):
        return True
    best = gain[gain.mean(axis=1).argmax()]
    return bool(best.mean() > _CLEAR * best.std(ddof=1) / np.sqrt(len(best)))


def _best(choices: tuple[Choice, ...], scores: Floats) -> tuple[Choice, ...]:
    order = np.argsort(-scores[1:].mean(axis=1), kind="stable")
    return tuple(choices[i] for i in order[:FINALISTS].tolist())


def _few_of_each(menu: Menu) -> tuple[Choice, ...]:
    """Return some orders of every move that can be paid: the targets that its doctrines like best, the usual amount."""
    found: dict[int, list[Choice]] = defaultdict(list)
    for choice in menu.choices:
        some = found[choice.pair]
        alike = not some or choice.amount == some[0].amount
        if alike and len(some) < TARGETS and menu.price(((choice.candidate, choice.amount),)) is not None:
            some.append(choice)
    return tuple(choice for some in found.values() for choice in some)


def _in_doubt(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return the orders of those moves that have more targets than one."""
    times = Counter(choice.pair for choice in choices)
    return tuple(choice for choice in choices if times[choice.pair] > 1)


def _one_of_each(choices: Sequence[Choice], scores: Floats) -> tuple[Choice, ...]:
    """Return one order of every move: where there are several, that with the highest score, the better liked of equals.

    ``scores`` are those of doing nothing and of the orders in doubt.
    """
    worth = dict(zip(_in_doubt(choices), scores[1:].mean(axis=1).tolist(), strict=True))
    found: dict[int, Choice] = {}
    for choice in choices:
        best = found.setdefault(choice.pair, choice)
        if worth.get(choice, 0.0) > worth.get(best, 0.0):
            found[choice.pair] = choice
    return tuple(found.values())


def _play(
    engine: Engine, bots: Bots, seat: str, world: World, served: Sequence[tuple[Choice, ...]], lucks: int, nth: int = 1
) -> list[tuple[Floats, Floats]]:
    """Return for each session degrees and scores at the end, without an order and with each of some orders."""
    found: list[tuple[Floats, Floats]] = []
    widest, part = max(1, _CELLS // (engine.layout.count * lucks)), list[int]()
    for at in range(world.sessions + 1):
        full = sum(1 + len(served[i]) for i in (*part, at)) > widest if at < world.sessions else True
        if part and full:
            some = [served[i] for i in part]
            found += _play_at_once(engine, bots, seat, _new_luck(engine, world.take(np.array(part)), lucks, nth), some)
            part = []
        part.append(at)
    return found


def _play_at_once(
    engine: Engine, bots: Bots, seat: str, base: World, served: Sequence[tuple[Choice, ...]]
) -> Iterator[tuple[Floats, Floats]]:
    lucks = base.sessions // len(served)
    others = all_but(bots.choose(base), own_candidates(engine, seat))
    plans = [plan for some in served for plan in ((), *(((c.candidate, c.amount),) for c in some))]
    columns = [np.arange(n * lucks, (n + 1) * lucks) for n, some in enumerate(served) for _ in range(1 + len(some))]
    picked = np.concatenate(columns)
    reading = Reading(engine, seat, (), len(picked), engine.turns)
    reached = go_on(engine, bots, base.take(picked), branched(others, plans, columns), reading)
    end = 0
    for some in served:
        start, end = end, end + (1 + len(some)) * lucks
        degrees = reached.degrees[:, start:end].reshape(len(reached.degrees), -1, lucks)
        yield degrees, reached.scores[start:end].reshape(-1, lucks)


def _new_luck(engine: Engine, world: World, lucks: int, nth: int) -> World:
    """Return each session so many times, each time with other luck from this turn on."""
    found = world.take(np.arange(world.sessions).repeat(lucks))
    if world.turn > 1:
        found.redrawn = (*found.redrawn, (world.turn, found.seeds))
    found.seeds = np.concatenate([draws.seeds_of(int(seed) ^ nth, lucks) for seed in world.seeds])
    engine.look(found)
    return found


# ── what follows ─────────────────────────────────────────────────────────────────────────────────────────────────


def _told(engine: Engine, seat: str, lucks: int, trials: Sequence[_Trial]) -> Worth:
    pairs = engine.catalogue.pairs
    gains: dict[str, list[float]] = defaultdict(list)
    nothing = 0
    for trial in trials:
        gain = trial.scores[1:] - trial.scores[0]
        nothing += not _is_worth_it(trial.best)
        for choice, mean in zip(trial.choices, gain.mean(axis=1).tolist(), strict=True):
            gains[pairs[choice.pair].move].append(mean)
    return Worth(
        seat,
        len(trials),
        lucks,
        share(nothing, len(trials)),
        {move: (len(found), float(np.mean(found))) for move, found in sorted(gains.items())},
        tuple(_dominated(engine, seat, trials)),
    )


def _is_worth_it(gain: Floats) -> bool:
    """Say whether the best order in half of the lucks is worth something in the other half, one way or the other."""
    half = gain.shape[1] // 2
    if not len(gain) or not half:
        return False
    there, here = gain[:, :half].mean(axis=1), gain[:, half:].mean(axis=1)
    return bool(here[there.argmax()] + there[here.argmax()] > 0)


def _dominated(engine: Engine, seat: str, trials: Sequence[_Trial]) -> Iterator[Dominated]:
    seen: dict[tuple[int, int], list[tuple[float, float, float, int]]] = defaultdict(list)
    for trial in trials:
        for i, choice in enumerate(trial.choices, 1):
            for j, other in ((0, None), *enumerate(trial.choices, 1)):
                if other is None or (i != j and _no_dearer(engine, other, choice)):
                    seen[choice.pair, -1 if other is None else other.pair].append(_against(trial, j, i))
    pairs = engine.catalogue.pairs
    for (pair, by), found in seen.items():
        as_good, better, ahead, _ = np.mean(found, axis=0).tolist()
        if sum(apart for *_, apart in found) >= FEWEST and as_good >= SURE and better >= SOMEWHAT and ahead >= 0:
            outdone = share(as_good * len(found), len(found))
            name = NOTHING if by < 0 else pairs[by].move
            yield Dominated(seat, pairs[pair].actor, pairs[pair].move, name, len(found), outdone, better)


def _against(trial: _Trial, one: int, other: int) -> tuple[float, float, float, int]:
    """Return the shares of pairs in which one order does as well as another on every objective, and better on one.

    And by how much it scores more in the mean: what pays seldom and much is not outdone by what does well mostly. And
    1 if the two ever end differently here, else 0.
    """
    gap = trial.degrees[:, one] - trial.degrees[:, other]
    ahead = trial.scores[one] - trial.scores[other]
    as_good, better = (gap >= 0).all(axis=0), (gap > SLIGHT).any(axis=0)
    return float(as_good.mean()), float(better.mean()), float(ahead.mean()), int((np.abs(gap) > SLIGHT).any())


def _no_dearer(engine: Engine, other: Choice, choice: Choice) -> bool:
    """Say whether an order of the same actor costs no more of anything."""
    if engine.catalogue.pairs[other.pair].actor != engine.catalogue.pairs[choice.pair].actor:
        return False
    prices = dict(choice.cost)
    return all(points <= prices.get(row, 0.0) for row, points in other.cost)
