"""A world in which nobody orders anything: what moves by itself, what runs into its bounds, and what stands still."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wargame.bots.bots import Bots
from wargame.engine import turn as engine_turn
from wargame.engine.draws import seeds_of
from wargame.engine.engine import Engine
from wargame.model.institutions import BALLOT, PROPOSAL
from wargame.model.kinds import AttributeType
from wargame.model.scenario import Scenario
from wargame.model.ticks import Floats
from wargame.model.world import World

SESSIONS = 100
DRIFT = 0.15
"""A number that drifts by a larger share than this is to be a stated trend, or balanced."""
_AT_BOUND = 0.5
"""In this share of sessions a number must lie at its bound to be said to have run into it."""


@dataclass(frozen=True, slots=True)
class Trend:
    """One number in a world left to itself: means at the start of turn 1 and after the last one."""

    number: str
    start: float
    end: float
    drift: float
    """Change as a share of its range (levels), or of what it began with (stocks; of 1 if they began with less)."""
    runs_away: bool
    """It began within its bounds and lies at one of them in most sessions."""
    stated: bool
    """The scenario states that it goes this way."""
    counts: bool = True
    """It is to be stated if it drifts or runs away: no resource, flag, or number of a vote."""
    of_something: bool = True
    """``drift`` is a share of something: not so of a stock that began with nothing."""


@dataclass(frozen=True)
class Idle:
    """What an idle world does: every number that moves, the fastest first, and how many never do."""

    sessions: int
    turns: int
    trends: tuple[Trend, ...]
    still: int

    @property
    def running_away(self) -> tuple[Trend, ...]:
        """Return the numbers that run into a bound although the scenario states no such trend."""
        return tuple(t for t in self.trends if t.counts and not t.stated and t.runs_away)

    @property
    def drifting(self) -> tuple[Trend, ...]:
        """Return the numbers that drift, stated or not."""
        return tuple(t for t in self.trends if t.counts and abs(t.drift) > DRIFT)

    @property
    def unstated(self) -> tuple[Trend, ...]:
        """Return the numbers that drift although the scenario states no such trend."""
        return tuple(t for t in self.drifting if not t.stated)


def idle(scenario: Scenario, lens: str = "", sessions: int = SESSIONS, seed: int = 1) -> Idle:
    """Leave a scenario to itself to its last turn, whatever ending would have stopped it."""
    engine = Engine(scenario, lens or None)
    bots = Bots(engine, {})
    world = engine.start(seeds_of(seed, sessions))
    start = world.values[: engine.layout.sections.signals].copy()
    nobody = engine.orders([()] * sessions)

    def go_on(now: World) -> None:
        """Let sessions that have ended go on, except after the last turn."""
        if now.turn < engine.turns:
            now.ended.fill(0)

    for _ in range(engine.turns):
        engine_turn.play(engine, world, nobody, voters=bots, concluded=go_on)
    end = world.values[: engine.layout.sections.signals]
    moving = np.flatnonzero((start != end).any(axis=1))
    trends = [_trend(engine, int(row), start[row], end[row]) for row in moving]
    trends.sort(key=lambda t: (-abs(t.drift), t.number))
    return Idle(sessions, engine.turns, tuple(trends), len(start) - len(moving))


def _trend(engine: Engine, row: int, start: Floats, end: Floats) -> Trend:
    layout = engine.layout
    low, high = float(layout.low[row]), float(layout.high[row])
    attribute = layout.attributes[row]
    level = attribute is not None and attribute.type is not AttributeType.STOCK
    first, last = float(start.mean()), float(end.mean())
    size = high - low if level else max(abs(first), 1.0)
    flag = attribute is not None and attribute.type is AttributeType.FLAG
    within = low < first < high
    at_bound = float(((end <= low) | (end >= high)).mean())
    away = within and not flag and at_bound > _AT_BOUND
    counts = not (flag or attribute is None or attribute.resource or _of_a_vote(engine, row))
    stated = _is_stated(engine, row, rises=last > first)
    return Trend(
        layout.names[row], first, last, (last - first) / size, away, stated, counts, level or abs(first) >= 1.0
    )


def _of_a_vote(engine: Engine, row: int) -> bool:
    owner = engine.layout.owners[row]
    tie, entity = engine.cast.ties.get(owner), engine.cast.entities.get(owner)
    return (tie is not None and tie.type == BALLOT) or (entity is not None and entity.kind == PROPOSAL)


def _is_stated(engine: Engine, row: int, *, rises: bool) -> bool:
    owner = engine.layout.owners[row]
    attribute, tie = engine.layout.names[row][len(owner) + 1 :], engine.cast.ties.get(owner)
    ends = {owner} if tie is None else {owner, tie.source, tie.target}
    return any(
        stated.attribute == attribute
        and stated.goes in ("either", "up" if rises else "down")
        and (not stated.entities or ends.intersection(stated.entities))
        for stated in engine.scenario.trends
    )
