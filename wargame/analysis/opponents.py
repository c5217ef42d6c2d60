"""Opponents that think ahead in a live session: processes of their own, which know only what their seats know."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from typing import Any

from wargame.analysis.forecast import Setting
from wargame.analysis.foresight import setting_of
from wargame.analysis.planner import Effort, Planner, Thought
from wargame.analysis.workers import worker_pool
from wargame.bots.bots import default_plays
from wargame.content.bundle import Bundle
from wargame.content.load import load_bundle
from wargame.engine import draws
from wargame.engine.engine import Engine
from wargame.engine.sampling import Belief, Known
from wargame.session.planning import PLANNER
from wargame.session.session import Session

THINK = 5.0
"""Seconds of a turn in which the opponents think, all together, unless another time is named."""
_LIVE = Effort(rounds=1000, plans=12, worlds=8)
"""Short rounds, as many as the time allows."""


@dataclass(frozen=True)
class Task:
    """What one seat thinks about."""

    known: Known
    seed: int
    """Of its own, and never that of the session."""
    effort: Effort
    seconds: float
    """No new round begins after these, but for the first."""


class Minds:
    """Thinks for the seats of a session in this process."""

    def __init__(self, setting: Setting, seats: tuple[str, ...]) -> None:
        scenario = load_bundle(Bundle.from_bytes(setting.bundle))
        engine = Engine(scenario, setting.lens or None, short=setting.short)
        plays = default_plays(scenario)
        plays |= {seat: doctrine for seat, doctrine in setting.plays.items() if doctrine != PLANNER}
        self.planners = {seat: Planner(engine, seat, plays) for seat in seats}

    def think(self, task: Task) -> Thought:
        """Return what a seat comes to."""
        end = time.monotonic() + task.seconds
        planner = self.planners[task.known.seat]
        return planner.think([task.known], [task.seed], task.effort, lambda: time.monotonic() < end)[0]


class Opponents:
    """The seats of a session that think ahead, on as many processes as there are cores; close them when it is left."""

    def __init__(self, session: Session, seconds: float = THINK, effort: Effort = _LIVE) -> None:
        self.seconds, self.effort = seconds, effort
        seats = tuple(s.seat for s in session.header.seats if s.doctrine == PLANNER)
        self._processes = max(1, min(os.cpu_count() or 1, len(seats)))
        self._pool = worker_pool(self._processes, _open, setting_of(session), seats)
        self._beliefs = {seat: Belief(session.eyes(seat)) for seat in seats}
        self._closed = False

    def think(self, session: Session, progress: Callable[[int, int], Any] = lambda done, of: None) -> None:
        """Let every seat think that has not come to a plan this turn, and keep what it comes to.

        ``progress`` is told again and again how many have, of how many; what it raises calls off the rest. Closed
        meanwhile, it returns; the rest plays by doctrine.
        """
        seats = session.planning.waiting
        share = self.seconds * self._processes / max(len(seats), 1)
        if self._closed:
            return
        open_ = {self._pool.submit(_think, self._task(session, seat, share)): seat for seat in seats}
        try:
            while open_ and not self._closed:
                progress(len(seats) - len(open_), len(seats))
                done, _ = wait(open_, timeout=0.2, return_when=FIRST_COMPLETED)
                for future in done:
                    _keep(session, open_.pop(future), future)
        finally:
            for future in open_:
                future.cancel()

    def _task(self, session: Session, seat: str, seconds: float) -> Task:
        known = self._beliefs[seat].known(session.world, session.view(seat))
        return Task(known, seed_of(session, seat), self.effort, seconds)

    def close(self) -> None:
        """End the processes."""
        self._closed = True
        self._pool.shutdown(wait=False, cancel_futures=True)


def seed_of(session: Session, seat: str) -> int:
    """Return the luck with which a seat imagines what may come: of the session's name, not of its luck."""
    return draws.word(f"planner|{session.id}|{seat}|{session.turn}")


def _keep(session: Session, seat: str, future: Future[Thought]) -> None:
    thought = future.result()
    about = {
        "doctrine": thought.doctrine,
        "expects": round(thought.score, 4),
        "usual": round(thought.usual, 4),
        "tried": thought.tried,
    }
    session.planning.keep(seat, thought.plan, about)


_minds: list[Minds] = []
"""The minds of a worker process, made once when it starts."""


def _open(setting: Setting, seats: tuple[str, ...]) -> None:
    _minds[:] = [Minds(setting, seats)]


def _think(task: Task) -> Thought:
    return _minds[0].think(task)
