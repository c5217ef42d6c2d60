"""Measures turn by turn in many sessions, each with parameters of its own: what hindcasts and sensitivity read.

Sessions are played in chunks, on as many processes as there are cores; each is the same whatever the chunk and the
number of processes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.workers import Workers, workers
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
    """What is played: a lens, and which measures and objectives are read off."""

    lens: str = ""
    measures: tuple[str, ...] = ()
    objectives: tuple[tuple[str, str], ...] = ()
    """Seat and objective; read at the end only."""
    endings: bool = False
    """An ending stops a session: its numbers stay as they were. False: it goes on, as history did."""


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
        self.plays = default_plays(scenario)
        self.script = script_of(self.engine)
        self.bots = Bots(self.engine, self.plays, scenario.level().sharpness, self.script)

    def play(self, seeds: NDArray[np.uint64], parameters: Parameters) -> Trajectories:
        """Play sessions to the last turn."""
        engine, course = self.engine, self.course
        if self.script is not None:
            self.script.given[:] = 0
        world = engine.start(seeds, parameters=parameters)
        found = {name: np.empty((engine.turns + 1, len(seeds))) for name in course.measures}
        degrees = {objective: np.zeros(len(seeds)) for objective in course.objectives}
        going = np.ones(len(seeds), dtype=bool)

        def read(world: World) -> None:
            self._read(world, found, world.turn, going)
            if world.turn == engine.turns or course.endings:
                self._note_degrees(world, degrees, going)
            if course.endings:
                going[world.ended > 0] = False
            world.ended[:] = 0

        self._read(world, found, 0, going)
        for _ in range(engine.turns):
            engine_turn.play(engine, world, self.bots.choose(world), concluded=read, voters=self.bots)
        given = np.zeros((0, 2), dtype=np.int64) if self.script is None else self.script.given.copy()
        return Trajectories(found, degrees, given)

    def _read(self, world: World, into: Mapping[str, Floats], row: int, going: NDArray[np.bool_]) -> None:
        reader = self.engine.reader(world)
        for name, values in self.engine.reckoning.measured(world, reader).items() if into else ():
            if name in into:
                into[name][row] = values if going.all() else np.where(going, values, into[name][row - 1])

    def _note_degrees(self, world: World, into: Mapping[tuple[str, str], Floats], going: NDArray[np.bool_]) -> None:
        reader = self.engine.reader(world)
        for (seat, name), kept in into.items():
            np.copyto(kept, self.engine.reckoning.degrees(world, reader, seat)[name], where=going)


class Players:
    """The players of some scenarios, each made when it is first wanted."""

    def __init__(self, bundles: Mapping[str, Bundle]) -> None:
        self.bundles = bundles
        self._made: dict[tuple[str, Course], Player] = {}

    def of(self, scenario: str, course: Course) -> Player:
        """Return the player of a course of a scenario."""
        if (scenario, course) not in self._made:
            self._made[scenario, course] = Player(self.bundles[scenario], course)
        return self._made[scenario, course]


_players: list[Players] = []
"""The players of a worker process."""
_Part = tuple[str, Course, NDArray[np.uint64], dict[tuple[str, str], Floats]]


def _make_players(bundles: dict[str, bytes]) -> None:
    _players[:] = [Players({name: Bundle.from_bytes(data) for name, data in bundles.items()})]


def _play(part: _Part) -> Trajectories:
    scenario, course, seeds, parameters = part
    return _players[0].of(scenario, course).play(seeds, parameters)


@dataclass
class Crew:
    """Plays ensembles of some scenarios, in this process or in several that stay until the crew is left."""

    bundles: Mapping[str, Bundle]
    processes: int = 1
    chunk: int = CHUNK
    _workers: Workers | None = field(default=None, init=False)
    _alone: Players = field(init=False)
    _stack: ExitStack = field(default_factory=ExitStack, init=False)

    def __enter__(self) -> Crew:
        if self.processes > 1:
            data = {name: bundle.to_bytes() for name, bundle in self.bundles.items()}
            self._workers = self._stack.enter_context(workers(self.processes, _make_players, data))
        else:
            self._alone = Players(self.bundles)
        return self

    def __exit__(self, *error: Any) -> None:
        self._stack.__exit__(*error)

    def play(
        self, scenario: str, course: Course, seeds: NDArray[np.uint64], parameters: Parameters
    ) -> Iterator[Trajectories]:
        """Yield the parts of an ensemble, in order, as they are done."""
        cuts = [slice(i, i + self.chunk) for i in range(0, len(seeds), self.chunk)]
        parts: list[_Part] = [
            (scenario, course, seeds[cut], {name: values[cut] for name, values in parameters.items()}) for cut in cuts
        ]
        if self._workers is not None:
            yield from self._workers.each(_play, [(part,) for part in parts])
        else:
            yield from (self._alone.of(*part[:2]).play(*part[2:]) for part in parts)


def processes_for(sessions: int, asked: int | None, chunk: int = CHUNK) -> int:
    """Return how many processes are worth starting for so many sessions."""
    return max(1, min(asked or os.cpu_count() or 1, -(-sessions // chunk)))


def trajectories(
    bundle: Bundle,
    course: Course,
    seeds: NDArray[np.uint64],
    parameters: Parameters,
    *,
    processes: int | None = None,
    chunk: int = CHUNK,
    progress: Callable[[int], Any] = lambda done: None,
) -> Trajectories:
    """Play one ensemble; ``progress`` is told how many sessions are done. Ctrl-C returns what is done, in order."""
    parts: list[Trajectories] = []
    try:
        with Crew({"": bundle}, processes_for(len(seeds), processes, chunk), chunk) as crew:
            for part in crew.play("", course, seeds, parameters):
                parts.append(part)
                progress(sum(p.sessions for p in parts))
    except KeyboardInterrupt:
        if not parts:
            raise
    return joined(parts)
