"""What one seat may see: the only form in which the world ever leaves the place where it is kept.

A view is a value for every row, believed or exact, with how the seat comes to it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wargame.engine.engine import Engine
from wargame.engine.sight import Estimates, Seen, estimates, luck_of_sight
from wargame.engine.wholes import Whole
from wargame.model.kinds import Sight
from wargame.model.scenario import Seat
from wargame.model.ticks import Floats, as_ticks, round_in_place
from wargame.model.world import World


@dataclass(frozen=True, slots=True)
class Reading:
    """One number as a seat sees it; ``good`` is +1 or −1 if more or less of it serves the seat, 0 if neither."""

    owner: str
    attribute: str
    row: int
    sight: Sight
    value: float
    deviation: float
    before: float | None
    """What the seat believed a turn ago; None on the first turn."""
    good: int


@dataclass(frozen=True)
class View:
    """What one seat sees at the start of a turn. Arrays are by row."""

    seat: str
    turn: int
    values: Floats
    deviations: Floats
    before: Floats | None
    eyes: SeatEyes
    promised: tuple[tuple[int, ...], ...] = ()
    """What it knows of promises in force."""

    def reading(self, owner: str, attribute: str) -> Reading:
        """Return one number as the seat sees it; raises KeyError."""
        return self.at(self.eyes.engine.layout.row(owner, attribute))

    def at(self, row: int) -> Reading:
        """Return the number of a row as the seat sees it."""
        layout = self.eyes.engine.layout
        return Reading(
            layout.owners[row],
            layout.names[row][len(layout.owners[row]) + 1 :],
            row,
            self.eyes.seen[row].sight,
            float(self.values[row]),
            float(self.deviations[row]),
            None if self.before is None else float(self.before[row]),
            int(self.eyes.good[row]),
        )

    def readings(self, owner: str) -> tuple[Reading, ...]:
        """Return every number of an entity or tie that the seat is not blind to."""
        rows = self.eyes.rows_of.get(owner, ())
        return tuple(self.at(row) for row in rows if self.eyes.seen[row].sight is not Sight.HIDDEN)

    def fingerprint(self) -> bytes:
        """Return the bytes of everything the view holds; equal views give equal bytes."""
        parts = [as_ticks(self.values), as_ticks(self.deviations)]
        if self.before is not None:
            parts.append(as_ticks(self.before))
        promised = f" {self.promised}" if self.promised else ""
        return f"{self.seat} {self.turn}{promised}".encode() + b"".join(part.tobytes() for part in parts)


@dataclass(frozen=True)
class SeatEyes:
    """How one seat sees every row of a scenario, prepared once."""

    engine: Engine
    seat: Seat

    @cached_property
    def seen(self) -> tuple[Seen, ...]:
        """How the seat sees each row."""
        return tuple(self.engine.eyes.see(self.seat, row) for row in range(self.engine.layout.count))

    @cached_property
    def shown(self) -> NDArray[np.intp]:
        """The row that the seat is shown for each row."""
        return np.array([seen.row for seen in self.seen], dtype=np.intp)

    @cached_property
    def estimated(self) -> Estimates | None:
        """What computes the estimates of the rows that the seat estimates one by one."""
        found = [(r, s) for r, s in enumerate(self.seen) if s.sight is Sight.ESTIMATED and s.whole is None]
        return estimates(self.engine.eyes, [(self.seat, row, seen) for row, seen in found]) if found else None

    @cached_property
    def wholes(self) -> tuple[tuple[int, Whole], ...]:
        """The rows that are put together from what the seat is shown of their parts, parts before wholes."""
        found: dict[int, Whole] = {}

        def put(row: int) -> None:
            whole = self.seen[row].whole
            if whole is not None and row not in found:
                for part in whole.parts:
                    put(part)
                found[row] = whole

        for row in range(len(self.seen)):
            put(row)
        return tuple(found.items())

    @cached_property
    def rows_of(self) -> Mapping[str, tuple[int, ...]]:
        """The rows of each entity, tie, group and of the outside, constants left out."""
        layout = self.engine.layout
        found: dict[str, list[int]] = {}
        for row in range(layout.count):
            if not layout.sections.constants <= row < layout.sections.derived:
                found.setdefault(layout.owners[row], []).append(row)
        return {owner: tuple(rows) for owner, rows in found.items()}

    @cached_property
    def good(self) -> NDArray[np.int8]:
        """+1, −1 or 0 for each row: which direction serves the objectives of the seat, read off at the start world."""
        found = np.zeros(self.engine.layout.count, dtype=np.int8)
        for objective, bound in self.engine.reckoning.objectives[self.seat.id]:
            for row in sorted(bound.rows):
                if row < self.engine.layout.count and not found[row]:
                    found[row] = self._pull(objective.id, row)
        return self._shared(found)

    def _shared(self, found: NDArray[np.int8]) -> NDArray[np.int8]:
        """Let the parts of sums and means serve as the whole serves, wherever nothing is known of the part itself."""
        wholes = self.engine.makeup.wholes
        waiting = [int(row) for row in np.flatnonzero(found)]
        while waiting:
            row = waiting.pop(0)
            whole = wholes.get(row)
            for part in whole.parts if whole is not None else ():
                if not found[part]:
                    found[part] = found[row]
                    waiting.append(part)
        return found

    def _pull(self, objective: str, row: int) -> int:
        """Try a small step either way, then wider ones: many objectives begin to count at a threshold."""
        engine, layout = self.engine, self.engine.layout
        world = engine.start(np.zeros(2, dtype=np.uint64))
        here, width = float(world.values[row, 0]), float(layout.high[row] - layout.low[row])
        step = max(abs(here) * 0.1, 1.0)
        while True:
            world.values[row] = np.clip([here - step, here + step], layout.low[row], layout.high[row])
            degrees = engine.reckoning.degrees(world, engine.reader(world), self.seat.id)[objective]
            if degrees[1] != degrees[0] or step > width:
                return int(np.sign(degrees[1] - degrees[0]))
            step *= 4.0

    def view(self, world: World, session: int = 0) -> View:
        """Return what the seat sees of one session now."""
        values, deviations = self._look(world.values, world.turn, world, session)
        before = None
        if len(world.past) > 1:
            before, _ = self._look(world.past[-2], world.turn - 1, world, session)
        number = self.engine.seat_number(self.seat.id)
        promised = self.engine.agreements.known(world.obligations, number, session)
        return View(self.seat.id, world.turn, values, deviations, before, self, tuple(promised.of_session(session)))

    def recall(self, world: World, turn: int, session: int = 0) -> tuple[Floats, Floats]:
        """Return what the seat believed at the start of an earlier turn that the world has kept, and the errors."""
        return self._look(world.at_start_of(world.turn - turn), turn, world, session)

    def look_at(self, world: World, turn: int, session: int = 0) -> Floats:
        """Return what the seat believed at the start of a turn of a live session (after its last turn: now)."""
        return self.look_back(world, turn, session)[0]

    def look_back(self, world: World, turn: int, session: int = 0) -> tuple[Floats, Floats]:
        """Return the same with the error of each number."""
        past = world.past
        values = past[turn - 1] if turn <= len(past) else world.values
        return self._look(values, min(turn, world.turn), world, session)

    def _look(self, values: Floats, turn: int, world: World, session: int) -> tuple[Floats, Floats]:
        column = values[: self.engine.layout.count, session]
        found = column[self.shown]
        deviations = np.zeros(len(found))
        one = _alone(values, world, session, turn)
        if self.estimated is not None:
            believed = self.estimated.believed(one, *luck_of_sight(one, turn))
            found[self.estimated.rows] = believed[:, 0]
            deviations[self.estimated.rows] = self.estimated.deviation(one, believed)[:, 0]
        for row, whole in self.wholes:
            parts = list(whole.parts)
            found[row] = whole.value(found[parts][:, None], one)[0]
            deviations[row] = whole.deviation(deviations[parts], one)
        return found, round_in_place(deviations)


def _alone(values: Floats, world: World, session: int, turn: int) -> World:
    column = np.ascontiguousarray(values[:, session : session + 1])
    none = np.zeros((0, 1), dtype=np.int16)
    redrawn = tuple((first, seeds[session : session + 1]) for first, seeds in world.redrawn)
    seeds = world.seeds[session : session + 1]
    return World(
        column, seeds, none, none, none, none[0:0, 0], world.programmes, turn, column, deque(), {}, redrawn=redrawn
    )
