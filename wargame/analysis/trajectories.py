"""Measures turn by turn in many sessions, each with parameters of its own: what hindcasts and sensitivity read.

No ending stops a session here: history did not stop either. Sessions are played in chunks, on as many processes as
there are cores; each is the same whatever the chunk and the number of processes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.workers import workers as worker_processes
from wargame.bots.bots import Bots, default_plays
from wargame.bots.dated import script_of
from wargame.content.bundle import Bundle
from wargame.content.load import load_bundle
from wargame.engine import turn as engine_turn
from wargame.engine.engine import Engine
from wargame.model.ticks import Floats
from wargame.model.world import World

CHUNK = 500
"""Sessions played at once."""
Parameters = Mapping[tuple[str, str], Floats]
"""(rule, parameter) → ``[session]``."""


@dataclass(frozen=True)
class Course:
    """What is played: a lens, who plays which seat, and which measures and objectives are read off each turn."""

    lens: str = ""
    plays: Mapping[str, str] = field(default_factory=dict)
    measures: tuple[str, ...] = ()
    objectives: tuple[tuple[str, str], ...] = ()
    """Seat and objective; read at the end only."""


@dataclass(frozen=True)
class Trajectories:
    """What was read off: ``[turn, session]``, row 0 being the start."""

    measures: Mapping[str, Floats]
    degrees: Mapping[tuple[str, str], Floats]
    """Seat and objective → ``[session]`` at the end."""
    given: NDArray[np.int64]
    """Of each dated order: in how many sessions it was given, and in how many it was due."""

    @property
    def sessions(self) -> int:
        """Return how many sessions were played."""
        return next((values.shape[-1] for values in (*self.measures.values(), *self.degrees.values())), 0)


def joined(parts: Sequence[Trajectories]) -> Trajectories:
    """Return several parts as one, in order."""
    first = parts[0]
    return Trajectories(
        {name: np.concatenate([p.measures[name] for p in parts], axis=1) for name in first.measures},
        {name: np.concatenate([p.degrees[name] for p in parts]) for name in first.degrees},
        np.sum([p.given for p in parts], axis=0),
    )


class Player:
    """Plays sessions of one course in this process; made once, since binding a scenario takes longer than a turn."""

    def __init__(self, bundle: Bundle, course: Course) -> None:
        scenario = load_bundle(bundle)
        self.course = course
        self.engine = Engine(scenario, course.lens or None)
        self.plays = default_plays(scenario) | dict(course.plays)
        self.script = script_of(self.engine)
        self.bots = Bots(self.engine, self.plays, scenario.level().sharpness, self.script)

    def play(self, seeds: NDArray[np.uint64], parameters: Parameters) -> Trajectories:
        """Play sessions to the last turn."""
        engine, course = self.engine, self.course
        if self.script is not None:
            self.script.given[:] = 0
        world = engine.start(seeds, parameters=parameters)
        found = {name: np.empty((engine.turns + 1, len(seeds))) for name in course.measures}
        degrees: dict[tuple[str, str], Floats] = {}

        def read(world: World) -> None:
            self._read(world, found, world.turn)
            if world.turn == engine.turns:
                degrees.update(self._degrees(world))
            world.ended[:] = 0 if world.turn < engine.turns else world.ended

        self._read(world, found, 0)
        for _ in range(engine.turns):
            engine_turn.play(engine, world, self.bots.choose(world), concluded=read, voters=self.bots)
        given = np.zeros((0, 2), dtype=np.int64) if self.script is None else self.script.given.copy()
        return Trajectories(found, degrees, given)

    def _read(self, world: World, into: Mapping[str, Floats], row: int) -> None:
        reader = self.engine.reader(world)
        for name, values in self.engine.reckoning.measured(world, reader).items() if into else ():
            if name in into:
                into[name][row] = values

    def _degrees(self, world: World) -> dict[tuple[str, str], Floats]:
        reader = self.engine.reader(world)
        return {
            (seat, name): self.engine.reckoning.degrees(world, reader, seat)[name]
            for seat, name in self.course.objectives
        }


_player: list[Player] = []
"""The player of a worker process, made once when it starts."""
_Part = tuple[NDArray[np.uint64], dict[tuple[str, str], Floats]]


def _make_player(bundle: bytes, course: Course) -> None:
    _player[:] = [Player(Bundle.from_bytes(bundle), course)]


def _play(part: _Part) -> Trajectories:
    return _player[0].play(*part)


def trajectories(
    bundle: Bundle,
    course: Course,
    seeds: NDArray[np.uint64],
    parameters: Parameters,
    *,
    workers: int | None = None,
    chunk: int = CHUNK,
    progress: Callable[[int], Any] = lambda done: None,
) -> Trajectories:
    """Play an ensemble; ``progress`` is told how many sessions are done. Ctrl-C returns what is done, in order."""
    starts = range(0, len(seeds), chunk)
    chunks: list[_Part] = [
        (seeds[i : i + chunk], {name: values[i : i + chunk] for name, values in parameters.items()}) for i in starts
    ]
    processes = min(workers or os.cpu_count() or 1, len(chunks))
    parts: list[Trajectories] = []
    try:
        for part in _in_turn(bundle, course, chunks) if processes == 1 else _at_once(bundle, course, chunks, processes):
            parts.append(part)
            progress(sum(p.sessions for p in parts))
    except KeyboardInterrupt:
        if not parts:
            raise
    return joined(parts)


def _in_turn(bundle: Bundle, course: Course, chunks: list[_Part]) -> Iterator[Trajectories]:
    player = Player(bundle, course)
    for part in chunks:
        yield player.play(*part)


def _at_once(bundle: Bundle, course: Course, chunks: list[_Part], processes: int) -> Iterator[Trajectories]:
    with worker_processes(processes, _make_player, bundle.to_bytes(), course) as pool:
        yield from pool.map(_play, chunks)
