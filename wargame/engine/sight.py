"""How seats see the world: exact, estimated, reported or hidden, row by row.

What a seat sees of the rows that bots and legality read is kept in rows of its own at the end of the world, so that
the same compiled formulas read a view as they read the truth.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wargame.engine import draws
from wargame.engine.bindings import Cast
from wargame.model.layout import Layout
from wargame.model.rules import Attribute, AttributeType, Sight
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
    spread: float
    relative: bool


@dataclass(frozen=True)
class Eyes:
    """Answers how each seat sees each row of a scenario."""

    scenario: Scenario
    layout: Layout
    cast: Cast
    rules: Mapping[str, tuple[SightRule, ...]]

    @classmethod
    def of(cls, scenario: Scenario, layout: Layout, cast: Cast) -> Eyes:
        """Return the eyes of a scenario's seats."""
        rules = {s.id: tuple(r for r in scenario.sight if r.seat == s.id) for s in scenario.seats}
        return cls(scenario, layout, cast, rules)

    def see(self, seat: Seat, row: int) -> Seen:
        """Return how a seat sees a row."""
        attribute = self.layout.attributes[row]
        if attribute is None or self._is_own(seat, self.layout.owners[row]):
            return Seen(Sight.EXACT, row, 0.0, False)
        rule = self._rule(seat, self.layout.owners[row], attribute)
        sight = rule.sight if rule else attribute.sight
        spread = attribute.spread if rule is None or rule.spread is None else rule.spread
        return self._seen(row, attribute, sight, spread)

    def _seen(self, row: int, attribute: Attribute, sight: Sight, spread: float) -> Seen:
        if sight is Sight.REPORTED:
            reported = self.layout.index.get((self.layout.owners[row], attribute.reported_as), row)
            return Seen(sight, reported, 0.0, False)
        if sight is Sight.HIDDEN:
            return Seen(sight, self.layout.constant[on_grid(attribute.guess)], 0.0, False)
        if sight is Sight.ESTIMATED and spread > 0.0:
            return Seen(sight, row, spread, attribute.type is AttributeType.STOCK)
        return Seen(Sight.EXACT, row, 0.0, False)

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
        error = draws.bell(draws.mix(self.bias[:, None] ^ once[None, :])) * _BIAS
        error += draws.bell(draws.mix(self.noise[:, None] ^ keys[None, :])) * _NOISE
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
    return Estimates(
        rows,
        np.array([[seen.spread] for _, _, seen in pairs]).reshape(-1, 1),
        np.array([[float(seen.relative)] for _, _, seen in pairs]).reshape(-1, 1),
        draws.words(f"sight|{seat.id}|{layout.names[row]}|bias" for seat, row, _ in pairs),
        draws.words(f"sight|{seat.id}|{layout.names[row]}|noise" for seat, row, _ in pairs),
        layout.low[rows][:, None],
        layout.high[rows][:, None],
        np.array([row for row, _ in sharpening], dtype=np.intp),
        np.array([[by] for _, by in sharpening]).reshape(-1, 1),
    )


def _sharpening(eyes: Eyes, seat: Seat) -> tuple[int, float]:
    for attribute in eyes.scenario.ruleset.attributes:
        if attribute.sharpens > 0.0 and (seat.actors[0], attribute.id) in eyes.layout.index:
            return eyes.layout.row(seat.actors[0], attribute.id), attribute.sharpens
    return eyes.layout.constant[0.0], 0.0


@dataclass
class SightRows:
    """Gives a row at the end of the world to each (seat, row) pair that legality and bots only estimate."""

    eyes: Eyes
    first: int
    pairs: list[tuple[Seat, int, Seen]] = field(default_factory=list)
    places: dict[tuple[str, int], int] = field(default_factory=dict)

    def row(self, seat: Seat, true: int) -> int:
        """Return the row in which a seat reads a number."""
        seen = self.eyes.see(seat, true)
        if seen.sight is not Sight.ESTIMATED:
            return seen.row
        key = (seat.id, true)
        if key not in self.places:
            self.places[key] = self.first + len(self.pairs)
            self.pairs.append((seat, true, seen))
        return self.places[key]

    def finished(self) -> Estimates | None:
        """Return what fills the rows; None if every number is seen exactly, as reported, or not at all."""
        return estimates(self.eyes, self.pairs) if self.pairs else None
