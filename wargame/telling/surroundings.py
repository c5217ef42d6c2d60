"""What surrounds a seat, as tables and on a map: actors and zones, the numbers that matter of them, how they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from wargame.engine.views import Reading
from wargame.model.institutions import BALLOT, MEMBERSHIP, PROPOSAL
from wargame.model.kinds import AttributeType, Sight
from wargame.model.layout import ACTIVE
from wargame.model.scenario import EntityStart, TieStart
from wargame.model.text import Text
from wargame.telling.scene import Scene

_OBJECTIVE, _HEADLINE, _SIDES, _SEEN = 6.0, 3.0, 0.3, 0.1
_LOW, _HIGH = 1 / 3, 2 / 3
_IN_PLAY = 0.5


class Condition(Enum):
    """How a number stands, in thirds of its range: for the seat where it takes sides, else by size."""

    WELL = "well"
    MIDDLING = "middling"
    BADLY = "badly"
    LITTLE = "little"
    SOME = "some"
    MUCH = "much"
    UNKNOWN = "unknown"


CONDITIONS = {
    Condition.WELL: Text("well for you", "bien para usted"),
    Condition.MIDDLING: Text("in the balance", "en disputa"),
    Condition.BADLY: Text("badly for you", "mal para usted"),
    Condition.LITTLE: Text("little", "poco"),
    Condition.SOME: Text("some", "medio"),
    Condition.MUCH: Text("much", "mucho"),
    Condition.UNKNOWN: Text("not known", "no se sabe"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One number in a table, as the seat sees it."""

    row: int
    number: str
    reading: Reading
    shown: str
    """The number without its unit."""
    deviation: str
    """The ± of an estimate; empty where there is none."""
    change: float
    """By how much it has moved since the turn before, in what the seat believes."""
    change_shown: str
    history: tuple[float, ...]


Rated = tuple[tuple[str, int, float], ...]
"""Numbers: the attribute, the row, and what it is worth to the seat to see it in a table."""


class Surroundings:
    """The actors, zones and ties of one moment, as one seat sees them. Made anew whenever the session moves on."""

    def __init__(self, scene: Scene, worth: dict[str, Rated] | None = None) -> None:
        self.scene = scene
        self.session = scene.session
        self.layout = scene.session.engine.layout
        self._ranked: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._worth: dict[str, Rated] = {} if worth is None else worth
        """Owner → its numbers. The same from turn to turn, until the end shows everything."""

    # ── who and where ───────────────────────────────────────────────────────────────────────────────────────

    def is_active(self, entity: str) -> bool:
        """Say whether an actor or zone is there at present; everybody knows that."""
        return bool(self.session.world.values[self.layout.row(entity, ACTIVE), 0] >= _IN_PLAY)

    @cached_property
    def actors(self) -> tuple[EntityStart, ...]:
        """The actors in play: the seat's own first, then as the scenario lists them."""
        own = self.session.seat(self.scene.seat).actors if self.scene.seat is not None else ()
        return tuple(sorted(self._entities(acts=True), key=lambda e: e.id not in own))

    @cached_property
    def zones(self) -> tuple[EntityStart, ...]:
        """The zones in play."""
        return tuple(self._entities(acts=False))

    def _entities(self, *, acts: bool) -> Iterable[EntityStart]:
        kinds = self.session.scenario.ruleset.kinds
        found = (e for e in self.session.scenario.entities if e.kind != PROPOSAL and kinds[e.kind].acts is acts)
        return [e for e in found if self.is_active(e.id)]

    @cached_property
    def routes(self) -> tuple[TieStart, ...]:
        """The ties between two zones with a place on the map."""
        placed = {z.id for z in self.zones if z.at is not None}
        return tuple(t for t in self.session.scenario.ties if t.source in placed and t.target in placed)

    def brief(self, entity: EntityStart) -> Text:
        """Return the name of an actor or zone where there is little room."""
        return entity.short or self.session.names.brief(entity.id)

    # ── which numbers ───────────────────────────────────────────────────────────────────────────────────────

    def columns(self, entities: Iterable[EntityStart], most: int) -> tuple[str, ...]:
        """Return the attributes by which some actors or zones are best told apart: what the seat wants comes first.

        A number on which an objective or a headline rests is worth a column even if few have it; any other must be
        known of a third of them, and not be the same everywhere. What is the same wherever it is known comes last.
        """
        listed = tuple(entities)
        key = tuple(entity.id for entity in listed)
        if key not in self._ranked:
            self._ranked[key] = self._rank(listed)
        return self._ranked[key][:most]

    def _rank(self, listed: tuple[EntityStart, ...]) -> tuple[str, ...]:
        scores: dict[str, float] = {}
        rows: dict[str, list[int]] = {}
        for entity in listed:
            for attribute, row, score in self._rated(entity.id):
                scores[attribute] = scores.get(attribute, 0.0) + score**2
                rows.setdefault(attribute, []).append(row)
        values = {a: {self.scene.value(row) for row in some} for a, some in rows.items()}
        told = {a for a, some in rows.items() if len(some) * 3 >= len(listed)}
        known = [
            a for a in scores if scores[a] >= _HEADLINE**2 or (a in told and (len(values[a]) > 1 or len(listed) == 1))
        ]
        flat = {a for a in known if len(rows[a]) > 1 and len(values[a]) == 1}  # nobody is told apart by it
        return tuple(sorted(known, key=lambda a: (a in flat, -scores[a])))

    def _rated(self, owner: str) -> Rated:
        """Return the numbers of an actor or zone that may be columns, and what each is worth."""
        if owner not in self._worth:
            self._worth[owner] = tuple((name, row, self._score(row)) for name, row in self._rows_of(owner))
        return self._worth[owner]

    def _rows_of(self, owner: str) -> Iterator[tuple[str, int]]:
        if self.scene.seat is None:
            return
        eyes = self.session.eyes(self.scene.seat)
        sections = self.layout.sections
        for row in eyes.rows_of.get(owner, ()):
            idle = sections.signals <= row < sections.mutable or sections.constants <= row < sections.derived
            name = self.layout.names[row][len(owner) + 1 :]
            if not idle and name != ACTIVE and self.row(owner, name) is not None:
                attribute = self.layout.attributes[row]
                if attribute is None or not (attribute.resource or attribute.type is AttributeType.FLAG):
                    yield name, row

    def _score(self, row: int) -> float:
        matters = self.scene.matters
        if matters is None:
            return _SEEN
        if row in self._wanted:
            return _OBJECTIVE
        if row in matters.headlines:
            return _HEADLINE
        return _SIDES if self.scene.good(row) else _SEEN

    @cached_property
    def _wanted(self) -> frozenset[int]:
        """The numbers on which the objectives of the seat rest."""
        matters = self.scene.matters
        return frozenset() if matters is None else frozenset(r for rows in matters.objectives.values() for r in rows)

    def row(self, owner: str, attribute: str) -> int | None:
        """Return the row of a number that the seat is not blind to."""
        row = self.layout.index.get((owner, attribute))
        if row is None or self.scene.sight(row) is Sight.HIDDEN:
            return None
        return row

    def title(self, attribute: str) -> Text:
        """Return the name of an attribute."""
        return self.session.names.attribute(attribute)

    # ── one number ──────────────────────────────────────────────────────────────────────────────────────────

    def cell(self, row: int) -> Cell:
        """Return a number for a table."""
        scene = self.scene
        reading, attribute = scene.reading(row), scene.attribute(row)
        estimated = reading.sight is Sight.ESTIMATED and bool(reading.deviation)
        decimals = 0 if abs(reading.value) >= 10 or (estimated and reading.deviation >= 1) else 1
        flag = self.is_flag(row)
        history = self.history(row)
        change = history[-1] - history[-2] if len(history) > 1 else 0.0
        voice = scene.talk.voice
        return Cell(
            row, self.layout.names[row], reading,
            scene.figures.value(reading.value, attribute) if flag else voice.number(reading.value, decimals),
            voice.number(reading.deviation, 0 if reading.deviation >= 1 else 1) if estimated else "",
            change, voice.signed(change, 0 if abs(change) >= 10 else 1), history,
        )  # fmt: skip

    def history(self, row: int) -> tuple[float, ...]:
        """Return what the seat believed of a number at the start of every turn so far."""
        beliefs = self.scene.reasons.beliefs
        last = len(self.session.reports) + 1
        return tuple(float(beliefs.at_start_of(turn)[row]) for turn in range(1, last + 1))

    def is_flag(self, row: int) -> bool:
        """Say whether a number is a yes or no."""
        attribute = self.layout.attributes[row]
        return attribute is not None and attribute.type is AttributeType.FLAG

    def bounds(self, rows: Iterable[int]) -> tuple[float, float]:
        """Return the range in which some numbers are drawn: of levels their own, of amounts from 0 to the largest."""
        found = list(rows)
        attributes = [self.layout.attributes[row] for row in found]
        if found and all(a is not None and a.type is AttributeType.LEVEL for a in attributes):
            return min(float(self.layout.low[r]) for r in found), max(float(self.layout.high[r]) for r in found)
        values = [self.scene.value(row) for row in found] or [1.0]
        return min(0.0, *values), max(*values, 1.0) if len(values) > 1 else max(values[0], 1.0)

    def condition(self, owner: str, attribute: str, among: Iterable[EntityStart]) -> Condition:
        """Return how a number stands, for the seat where it takes sides."""
        row = self.row(owner, attribute)
        if row is None:
            return Condition.UNKNOWN
        rows = [r for e in among if (r := self.row(e.id, attribute)) is not None]
        low, high = self.bounds(rows)
        share = (self.scene.value(row) - low) / ((high - low) or 1.0)
        good = self.scene.good(row)
        third = 0 if share < _LOW else 1 if share < _HIGH else 2
        if not good:
            return (Condition.LITTLE, Condition.SOME, Condition.MUCH)[third]
        return (Condition.BADLY, Condition.MIDDLING, Condition.WELL)[third if good > 0 else 2 - third]

    # ── ties ────────────────────────────────────────────────────────────────────────────────────────────────

    def ties_of(self, owner: str) -> tuple[TieStart, ...]:
        """Return the ties of an actor or zone whose ends are in play, without those of votes and membership."""
        return tuple(
            tie
            for tie in self.session.scenario.ties
            if owner in (tie.source, tie.target)
            and tie.type not in (BALLOT, MEMBERSHIP)
            and self.is_active(tie.source)
            and self.is_active(tie.target)
        )
