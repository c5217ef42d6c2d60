"""How seats see the world: exact, estimated, reported or hidden, row by row.

A number of its own is seen as its attribute declares, or as a rule of the scenario says. A group of zones, or a reading
that is a plain sum or mean and declared an estimate, is put together from what the seat sees of the parts, so that the
whole never contradicts them. Who says otherwise for a seat (a published total, better than the sum of what the seat
estimates) writes a sight rule for the reading; it is then estimated on its own.

What a seat sees of the rows that bots and legality read is kept in rows of its own at the end of the world, so that
the same compiled formulas read a view as they read the truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wargame.engine import draws
from wargame.engine.wholes import Makeup, Whole
from wargame.model.bindings import Cast
from wargame.model.kinds import Attribute, AttributeType, Sight
from wargame.model.layout import Layout
from wargame.model.scenario import Scenario, Seat, SightRule
from wargame.model.ticks import Floats, on_grid, round_in_place
from wargame.model.world import World

_BIAS, _NOISE = 0.96, 0.28
"""Shares of an estimate's error that last for the session and that are new each turn; 0.96² + 0.28² = 1.

Whoever counts badly counts badly in the same way next time: a level may be far off while its trend can be followed."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How one seat sees one row: which row is read, and the spread of the error (share of the value if relative)."""

    sight: Sight
    row: int
    spread: float = 0.0
    relative: bool = False
    whole: Whole | None = None
    """Of what the number is put together, instead of being read."""


@dataclass(frozen=True)
class Eyes:
    """Answers how each seat sees each row of a scenario."""

    scenario: Scenario
    layout: Layout
    cast: Cast
    makeup: Makeup
    rules: Mapping[str, tuple[SightRule, ...]]
    known: dict[tuple[str, int], Seen] = field(default_factory=dict)

    @classmethod
    def of(cls, scenario: Scenario, layout: Layout, cast: Cast, makeup: Makeup) -> Eyes:
        """Return the eyes of a scenario's seats."""
        rules = {s.id: tuple(r for r in scenario.sight if r.seat == s.id) for s in scenario.seats}
        return cls(scenario, layout, cast, makeup, rules)

    def see(self, seat: Seat, row: int) -> Seen:
        """Return how a seat sees a row."""
        key = (seat.id, row)
        if key not in self.known:
            self.known[key] = self._look(seat, row)
        return self.known[key]

    def _look(self, seat: Seat, row: int) -> Seen:
        attribute = self.layout.attributes[row]
        if attribute is None or self._is_own(seat, self.layout.owners[row]):
            return Seen(Sight.EXACT, row)
        if row in self.makeup.groups:
            return self._together(seat, row) or self._seen(row, attribute, Sight.HIDDEN, 0.0)
        rule = self._rule(seat, self.layout.owners[row], attribute)
        sight = rule.sight if rule else attribute.sight
        spread = attribute.spread if rule is None or rule.spread is None else rule.spread
        if sight is Sight.ESTIMATED and rule is None and row in self.makeup.inputs:
            return self._reckoned(seat, row) or self._seen(row, attribute, sight, spread)
        return self._seen(row, attribute, sight, spread)

    def _seen(self, row: int, attribute: Attribute, sight: Sight, spread: float) -> Seen:
        if sight is Sight.REPORTED:
            return Seen(sight, self.layout.index.get((self.layout.owners[row], attribute.reported_as), row))
        if sight is Sight.HIDDEN:
            return Seen(sight, self.layout.constant[on_grid(attribute.guess)])
        if sight is Sight.ESTIMATED and spread > 0.0:
            return Seen(sight, row, spread, attribute.type is AttributeType.STOCK)
        return Seen(Sight.EXACT, row)

    # ── what follows from other numbers ─────────────────────────────────────────────────────────────────────

    def _reckoned(self, seat: Seat, row: int) -> Seen | None:
        """Return how a reading is seen that follows from its inputs: the rules are known to all."""
        if all(self.see(seat, each).sight is Sight.EXACT for each in self.makeup.inputs[row]):
            return Seen(Sight.EXACT, row)
        return self._together(seat, row) if row in self.makeup.wholes else None

    def _together(self, seat: Seat, row: int) -> Seen | None:
        """Return how a whole is seen through its parts; None if one of them is hidden."""
        whole = self.makeup.wholes[row]
        parts = [self.see(seat, part) for part in whole.parts]
        found = {part.sight for part in parts}
        if Sight.HIDDEN in found:
            return None
        if found <= {Sight.EXACT}:
            return Seen(Sight.EXACT, row)
        shown = self._shown_whole(row, parts)
        if shown is not None:
            return Seen(Sight.REPORTED, shown)
        return Seen(Sight.ESTIMATED if Sight.ESTIMATED in found else Sight.REPORTED, row, whole=whole)

    def _shown_whole(self, row: int, parts: Sequence[Seen]) -> int | None:
        """Return the whole of what is reported of the parts, where the scenario has such a row."""
        attribute = self.layout.attributes[row]
        assert attribute is not None
        reported = self.layout.index.get((self.layout.owners[row], attribute.reported_as), row)
        known = self.makeup.wholes.get(reported)
        told = all(part.sight is Sight.REPORTED and part.whole is None for part in parts)
        return reported if told and known is not None and known.parts == tuple(part.row for part in parts) else None

    def _is_own(self, seat: Seat, owner: str) -> bool:
        tie = self.cast.ties.get(owner)
        if tie is None:
            return owner in seat.actors
        ends = (tie.source, tie.target) if tie.type in self.cast.symmetric else (tie.source,)
        return any(end in seat.actors for end in ends)

    def _rule(self, seat: Seat, owner: str, attribute: Attribute) -> SightRule | None:
        fitting = [r for r in self.rules[seat.id] if r.attribute == attribute.id]
        named = [r for r in fitting if owner in r.entities or self._touches(owner, r.entities)]
        general = [r for r in fitting if not r.entities]
        return next(iter(named or general), None)

    def _touches(self, owner: str, entities: tuple[str, ...]) -> bool:
        tie = self.cast.ties.get(owner)
        return tie is not None and (tie.source in entities or tie.target in entities)


@dataclass(slots=True)
class Estimates:
    """Several (seat, row) pairs whose estimates are computed together."""

    rows: NDArray[np.intp]
    spread: Floats
    relative: Floats
    bias: draws.Hashes
    noise: draws.Hashes
    low: Floats
    high: Floats
    sharpening: NDArray[np.intp]
    """Row of the number that sharpens the estimate, and by how much a point of it does."""
    sharpness: Floats

    def believed(self, world: World, keys: draws.Hashes, once: draws.Hashes) -> Floats:
        """Return ``[pair, session]`` what the seats believe, on the grid and in bounds."""
        true = world.values[self.rows]
        error = error_of_sight(self.bias, self.noise, keys, once)
        error *= self.deviation(world, true)
        error += true
        round_in_place(error)
        np.minimum(np.maximum(error, self.low, out=error), self.high, out=error)
        return error

    def deviation(self, world: World, true: Floats) -> Floats:
        """Return the standard deviation of each estimate around a value."""
        size = self.spread * (1.0 - self.relative) + self.spread * self.relative * np.abs(true)
        deviation: Floats = size / (1.0 + self.sharpness * world.values[self.sharpening])
        return deviation


def estimates(eyes: Eyes, pairs: list[tuple[Seat, int, Seen]]) -> Estimates:
    """Prepare the estimates of some (seat, row) pairs."""
    layout = eyes.layout
    rows = np.array([seen.row for _, _, seen in pairs], dtype=np.intp)
    sharpening = [_sharpening(eyes, seat) for seat, _, _ in pairs]
    names = [(seat.id, layout.names[row]) for seat, row, _ in pairs]
    return Estimates(
        rows,
        np.array([[seen.spread] for _, _, seen in pairs]).reshape(-1, 1),
        np.array([[float(seen.relative)] for _, _, seen in pairs]).reshape(-1, 1),
        *errors_of(names),
        layout.low[rows][:, None],
        layout.high[rows][:, None],
        np.array([row for row, _ in sharpening], dtype=np.intp),
        np.array([[by] for _, by in sharpening]).reshape(-1, 1),
    )


def errors_of(names: Iterable[tuple[str, str]]) -> tuple[draws.Hashes, draws.Hashes]:
    """Return what names the errors of some (seat, number) in draws: those that last, and those of one turn."""
    known = list(names)
    return (
        draws.words(f"sight|{seat}|{number}|bias" for seat, number in known),
        draws.words(f"sight|{seat}|{number}|noise" for seat, number in known),
    )


def error_of_sight(bias: draws.Hashes, noise: draws.Hashes, keys: draws.Hashes, once: draws.Hashes) -> Floats:
    """Return ``[number, session]`` by how many standard deviations seats are off, too high or too low."""
    error: Floats = draws.bell(draws.mix(bias[:, None] ^ once[None, :])) * _BIAS
    error += draws.bell(draws.mix(noise[:, None] ^ keys[None, :])) * _NOISE
    return error


def luck_of_sight(world: World, turn: int) -> tuple[draws.Hashes, draws.Hashes]:
    """Return the keys of what an estimate of a turn draws: new each turn, and once for the session."""
    return draws.keys(world.seeds_in(turn), turn), draws.keys(world.seeds_in(0), 0)


def _sharpening(eyes: Eyes, seat: Seat) -> tuple[int, float]:
    for attribute in eyes.scenario.ruleset.attributes:
        if attribute.sharpens > 0.0 and (seat.actors[0], attribute.id) in eyes.layout.index:
            return eyes.layout.row(seat.actors[0], attribute.id), attribute.sharpens
    return eyes.layout.constant[0.0], 0.0


@dataclass(frozen=True)
class Glance:
    """Fills the rows of what seats believe: single estimates, then the numbers that are put together from others."""

    rows: NDArray[np.intp]
    """Where the estimates go."""
    estimates: Estimates | None
    wholes: tuple[tuple[int, tuple[int, ...], Whole], ...]
    """(where it goes, where the seat reads the parts, what is put together), parts before wholes."""

    @property
    def count(self) -> int:
        """Return how many rows are filled."""
        return len(self.rows) + len(self.wholes)

    def fill(self, world: World) -> None:
        """Fill the rows for the turn that the world is in."""
        if self.estimates is not None:
            now, once = luck_of_sight(world, world.turn)
            world.values[self.rows] = self.estimates.believed(world, now, once)
        for row, parts, whole in self.wholes:
            world.values[row] = whole.value([world.values[part] for part in parts], world)


@dataclass
class SightRows:
    """Gives a row at the end of the world to each number that a seat believes and that legality or bots read."""

    eyes: Eyes
    first: int
    pairs: list[tuple[Seat, int, Seen]] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    wholes: list[tuple[int, tuple[int, ...], Whole]] = field(default_factory=list)
    places: dict[tuple[str, int], int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Return how many rows were given away."""
        return len(self.places)

    def row(self, seat: Seat, true: int) -> int:
        """Return the row in which a seat reads a number."""
        seen = self.eyes.see(seat, true)
        if seen.whole is None and seen.sight is not Sight.ESTIMATED:
            return seen.row
        if (seat.id, true) not in self.places:
            self._give(seat, true, seen)
        return self.places[seat.id, true]

    def _give(self, seat: Seat, true: int, seen: Seen) -> None:
        parts = () if seen.whole is None else tuple(self.row(seat, part) for part in seen.whole.parts)
        place = self.first + len(self.places)
        self.places[seat.id, true] = place
        if seen.whole is not None:
            self.wholes.append((place, parts, seen.whole))
        else:
            self.pairs.append((seat, true, seen))
            self.at.append(place)

    def finished(self) -> Glance:
        """Return what fills the rows."""
        found = estimates(self.eyes, self.pairs) if self.pairs else None
        return Glance(np.array(self.at, dtype=np.intp), found, tuple(self.wholes))
