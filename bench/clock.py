"""Timing side by side: every program once a round, so that load from elsewhere on the machine falls on all alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Runner:
    """Something to time: ``run`` plays ``sessions`` sessions, by other seeds in every round."""

    sessions: int
    run: Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Rates:
    """Sessions per second of processor time, one for each round."""

    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        """Return the middle round."""
        return statistics.median(self.rounds)

    def against(self, other: Rates) -> float:
        """Return the median, over rounds, of how many times the other's rate this is."""
        return statistics.median(a / b for a, b in zip(self.rounds, other.rounds, strict=True))


def race(runners: Mapping[str, Runner], rounds: int, tell: Callable[[int], None]) -> dict[str, Rates]:
    """Time all runners in turn, several rounds over, after one round that is not counted."""
    found: dict[str, list[float]] = {name: [] for name in runners}
    for number in range(rounds + 1):
        tell(number)
        for name, runner in runners.items():
            rate = _rate(runner, number)
            if number:
                found[name].append(rate)
    return {name: Rates(tuple(rates)) for name, rates in found.items()}


def _rate(runner: Runner, number: int) -> float:
    gc.collect()
    start = time.process_time()
    runner.run(number)
    return runner.sessions / (time.process_time() - start)


@dataclass(frozen=True, slots=True)
class Waits:
    """Milliseconds that somebody waited: by the clock on the wall, and how many of them the processor worked."""

    wall: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Return the middle wait."""
        return statistics.median(self.wall)

    @property
    def longest(self) -> float:
        """Return the longest wait."""
        return max(self.wall)

    @property
    def worked(self) -> float:
        """Return the middle of the processor's times."""
        return statistics.median(self.work)

    def time(self, action: Callable[[], object]) -> None:
        """Time an action."""
        wall, work = time.perf_counter(), time.process_time()
        action()
        self.wall.append((time.perf_counter() - wall) * 1000.0)
        self.work.append((time.process_time() - work) * 1000.0)
