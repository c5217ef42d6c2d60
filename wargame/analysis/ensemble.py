"""Ensembles: many sessions of one design, in chunks, on as many processes as there are cores.

Session n of ensemble ``seed`` is the same session whatever the chunk size and the number of processes, and the same
as when it is played alone. An ensemble keeps seeds and outcomes; a log is made again from its seed when it is wanted.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.workers import workers
from wargame.bots.bots import Bots, default_plays
from wargame.bots.side_by_side import SideBySide
from wargame.content.bundle import Bundle
from wargame.content.load import load_bundle
from wargame.engine import turn as engine_turn
from wargame.engine.draws import seeds_of
from wargame.engine.engine import Engine
from wargame.model.ticks import Floats
from wargame.model.world import World

CHUNK = 1000
"""Sessions played at once: wide enough for arrays to pay, small enough for the processor's caches."""

_IDLE = 0.3
"""Share of ended sessions from which on it pays to copy the others into a smaller batch."""


@dataclass(frozen=True)
class Design:
    """What is played: lens, length, who plays which seat (first doctrines where nothing is said), and the level."""

    lens: str = ""
    short: bool = False
    plays: Mapping[str, str] = field(default_factory=dict)
    level: str = ""
    resources: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcomes:
    """How sessions came out, one entry a session: ending (its number), last turn, scores, objectives, measures."""

    seeds: NDArray[np.uint64]
    ending: NDArray[np.int16]
    turn: NDArray[np.int16]
    scores: Mapping[str, Floats]
    objectives: Mapping[str, Floats]
    """``seat/objective`` → degree."""
    measures: Mapping[str, Floats]
    noted: NDArray[np.int16]
    """``[ending, session]``: the first turn in which an ending that does not stop the session held."""
    given: NDArray[np.int64]
    """Times that each pair's move was ordered, over all sessions."""

    def __len__(self) -> int:
        return len(self.seeds)


def run(engine: Engine, bots: Bots, seeds: NDArray[np.uint64], resources: Mapping[str, float]) -> Outcomes:
    """Play sessions to their end, all at once; those that have ended leave the batch once they are many."""
    found = _empty(engine, seeds)
    _play(engine, bots, found, resources, lambda filed, place: _count(engine, filed, found.given))
    return found


def run_each(engine: Engine, tables: Sequence[Bots], seeds: NDArray[np.uint64], most: int = CHUNK) -> list[Outcomes]:
    """Play the same sessions by each of several tables of bots; as many tables at once as make ``most`` sessions.

    The tables play the same seats. Every session comes out as it does when its table is played alone.
    """
    at_once = max(1, most // max(1, len(seeds)))
    parts = (tables[i : i + at_once] for i in range(0, len(tables), at_once))
    return [found for part in parts for found in _run_beside(engine, part, seeds)]


def _run_beside(engine: Engine, tables: Sequence[Bots], seeds: NDArray[np.uint64]) -> list[Outcomes]:
    of = np.repeat(np.arange(len(tables)), len(seeds))
    found = _empty(engine, np.tile(seeds, len(tables)))
    given = np.zeros((len(tables), len(found.given)), dtype=np.int64)

    def count(filed: NDArray[np.int32], place: NDArray[np.intp]) -> None:
        for table in range(len(tables)):
            _count(engine, filed[:, of[place] == table], given[table])

    _play(engine, SideBySide(tables, of), found, {}, count)
    return [_part(found, slice(n * len(seeds), (n + 1) * len(seeds)), given[n]) for n in range(len(tables))]


def _play(
    engine: Engine,
    bots: Bots | SideBySide,
    found: Outcomes,
    resources: Mapping[str, float],
    count: Callable[[NDArray[np.int32], NDArray[np.intp]], None],
) -> None:
    world = engine.start(found.seeds, resources)
    place, going = np.arange(len(found)), np.ones(len(found), dtype=bool)

    def keep(world: World) -> None:
        done = np.flatnonzero(going & (world.ended > 0))
        if len(done):
            _store(engine, world, done, place[done], found)
            going[done] = False

    while going.any():
        orders = bots.choose(world)
        count(orders.candidates[:, going], place[going])
        engine_turn.play(engine, world, orders, concluded=keep, voters=bots)
        if going.any() and np.count_nonzero(~going) > _IDLE * len(going):
            kept = np.flatnonzero(going)
            world, bots, place, going = world.take(kept), bots.among(kept), place[going], going[going]


def _count(engine: Engine, filed: NDArray[np.int32], into: NDArray[np.int64]) -> None:
    pairs = engine.catalogue.pair_of[filed[filed >= 0]]
    np.add(into, np.bincount(pairs, minlength=len(into)), out=into)


def _empty(engine: Engine, seeds: NDArray[np.uint64]) -> Outcomes:
    n, scenario = len(seeds), engine.scenario
    return Outcomes(
        seeds,
        np.zeros(n, dtype=np.int16),
        np.zeros(n, dtype=np.int16),
        {seat.id: np.zeros(n) for seat in scenario.seats},
        {f"{s.id}/{o.id}": np.zeros(n) for s in scenario.seats for o, _ in engine.reckoning.objectives[s.id]},
        {m.id: np.zeros(n) for m in scenario.measures},
        np.zeros((len(scenario.endings), n), dtype=np.int16),
        np.zeros(len(engine.catalogue.pairs), dtype=np.int64),
    )


def _store(engine: Engine, world: World, done: NDArray[np.intp], place: NDArray[np.intp], into: Outcomes) -> None:
    """Read off the whole batch and keep what concerns the sessions that are done: cheaper than copying them out."""
    reader, reckoning = engine.reader(world), engine.reckoning
    into.ending[place] = world.ended[done] - 1
    into.turn[place] = world.turn
    into.noted[:, place] = world.noted[:, done]
    for name, values in reckoning.measured(world, reader).items():
        into.measures[name][place] = values[done]
    for seat, values in reckoning.scores(world, reader).items():
        into.scores[seat][place] = values[done]
        for objective, degrees in reckoning.degrees(world, reader, seat).items():
            into.objectives[f"{seat}/{objective}"][place] = degrees[done]


def _part(whole: Outcomes, at: slice, given: NDArray[np.int64]) -> Outcomes:
    def cut(values: Mapping[str, Floats]) -> dict[str, Floats]:
        return {name: found[at] for name, found in values.items()}

    return Outcomes(
        whole.seeds[at], whole.ending[at], whole.turn[at], cut(whole.scores), cut(whole.objectives),
        cut(whole.measures), whole.noted[:, at], given,
    )  # fmt: skip


def joined(parts: list[Outcomes]) -> Outcomes:
    """Return several outcomes as one, in order."""

    def together(of: Callable[[Outcomes], Mapping[str, Floats]]) -> dict[str, Floats]:
        return {name: np.concatenate([of(p)[name] for p in parts]) for name in of(parts[0])}

    return Outcomes(
        np.concatenate([p.seeds for p in parts]),
        np.concatenate([p.ending for p in parts]),
        np.concatenate([p.turn for p in parts]),
        together(lambda p: p.scores),
        together(lambda p: p.objectives),
        together(lambda p: p.measures),
        np.concatenate([p.noted for p in parts], axis=1),
        np.sum([p.given for p in parts], axis=0),
    )


class Runner:
    """Runs chunks of one design in this process."""

    def __init__(self, bundle: Bundle, design: Design) -> None:
        scenario = load_bundle(bundle)
        self.engine = Engine(scenario, design.lens or None, short=design.short)
        plays = default_plays(scenario) | dict(design.plays)
        self.bots = Bots(self.engine, plays, scenario.level(design.level).sharpness)
        self.design = design

    def run(self, seeds: NDArray[np.uint64]) -> Outcomes:
        """Play a chunk."""
        return run(self.engine, self.bots, seeds, self.design.resources)


_runner: list[Runner] = []
"""The runner of a worker process, made once when it starts."""


def _make_runner(bundle: bytes, design: Design) -> None:
    _runner[:] = [Runner(Bundle.from_bytes(bundle), design)]


def _run_chunk(seeds: NDArray[np.uint64]) -> Outcomes:
    return _runner[0].run(seeds)


def simulate(
    bundle: Bundle,
    design: Design,
    sessions: int,
    seed: int,
    *,
    workers: int | None = None,
    chunk: int = CHUNK,
    progress: Callable[[int], Any] = lambda done: None,
) -> Outcomes:
    """Play an ensemble; ``progress`` is told how many sessions are done. Ctrl-C returns the chunks that are done."""
    seeds = seeds_of(seed, sessions)
    chunks = [seeds[i : i + chunk] for i in range(0, sessions, chunk)]
    processes = min(workers or os.cpu_count() or 1, len(chunks))
    parts: list[Outcomes] = []
    try:
        for part in _in_turn(bundle, design, chunks) if processes == 1 else _at_once(bundle, design, chunks, processes):
            parts.append(part)
            progress(sum(len(p) for p in parts))
    except KeyboardInterrupt:
        if not parts:
            raise
    return joined(parts)


def _in_turn(bundle: Bundle, design: Design, chunks: list[NDArray[np.uint64]]) -> Iterator[Outcomes]:
    runner = Runner(bundle, design)
    for seeds in chunks:
        yield runner.run(seeds)


def _at_once(bundle: Bundle, design: Design, chunks: list[NDArray[np.uint64]], processes: int) -> Iterator[Outcomes]:
    plain = Design(design.lens, design.short, dict(design.plays), design.level, dict(design.resources))
    with workers(processes, _make_runner, bundle.to_bytes(), plain) as some:
        yield from some.each(_run_chunk, [(seeds,) for seeds in chunks])
