"""Where each number lies: one row per attribute of an entity or tie, blocks by (kind, attribute).

Rows come in sections: persistent attributes, signals, series, constants, derived readings, sights. Only the first two
can be changed by rules. Blocks are contiguous, so a rule over a whole kind reads slices.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from wargame.model.kinds import Attribute, AttributeType
from wargame.model.rules import Derived
from wargame.model.scenario import EntityStart, Scenario, Series, TieStart, ZoneGroup
from wargame.model.ticks import Floats, on_grid

ACTIVE = "active"
"""The flag that every entity has: inactive entities are skipped everywhere."""
OUTSIDE = "outside"
"""The name under which formulas read series."""


@dataclass(frozen=True, slots=True)
class Sections:
    """First row of each section and the end; ``mutable`` ends what rules may change."""

    signals: int
    mutable: int
    constants: int
    derived: int
    end: int


@dataclass(frozen=True, slots=True)
class GroupReading:
    """A row that is the sum (stocks) or mean (levels, flags) of the same attribute over the zones of a group."""

    row: int
    members: tuple[int, ...]
    zones: tuple[str, ...]
    mean: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """The rows of one scenario."""

    names: tuple[str, ...]
    attributes: tuple[Attribute | None, ...]
    """The attribute of each row; None for series and constants."""
    owners: tuple[str, ...]
    """The entity, tie, group or series whose row it is."""
    low: Floats
    high: Floats
    start: Floats
    index: Mapping[tuple[str, str], int]
    """(entity, tie, group or ``outside``; attribute) → row."""
    constant: Mapping[float, int]
    """Rows that hold a constant, by value; 0 and 1 always exist."""
    groups: tuple[GroupReading, ...]
    sections: Sections
    ties: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    """(type, from, to) → tie id, both ways round where the type is symmetric."""

    def row(self, owner: str, attribute: str) -> int:
        """Return the row of an attribute of an entity, tie, group or series; raises KeyError."""
        return self.index[owner, attribute]

    @property
    def count(self) -> int:
        """Return the number of rows."""
        return len(self.names)


class _Rows:
    """Collects rows while a layout is laid out."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.attributes: list[Attribute | None] = []
        self.owners: list[str] = []
        self.low: list[float] = []
        self.high: list[float] = []
        self.start: list[float] = []
        self.index: dict[tuple[str, str], int] = {}
        self.constant: dict[float, int] = {}

    def add(self, owner: str, name: str, attribute: Attribute | None, bounds: tuple[float, float], start: float) -> int:
        row = len(self.names)
        self.names.append(f"{owner}.{name}")
        self.attributes.append(attribute)
        self.owners.append(owner)
        self.low.append(on_grid(bounds[0]))
        self.high.append(on_grid(bounds[1]))
        self.start.append(on_grid(min(max(start, bounds[0]), bounds[1])))
        self.index[owner, name] = row
        return row

    def add_constant(self, value: float) -> None:
        value = on_grid(value)
        if value not in self.constant:
            self.constant[value] = self.add("constant", repr(value), None, (value, value), value)


def lay_out(scenario: Scenario) -> Layout:
    """Return the layout of a scenario, with the start value of every row."""
    rows = _Rows()
    _add_attributes(rows, scenario, signals=False)
    _add_active(rows, scenario.entities)
    signals = len(rows.names)
    _add_attributes(rows, scenario, signals=True)
    mutable = len(rows.names)
    for series in scenario.series:
        _add_series(rows, series)
    constants = len(rows.names)
    _add_constants(rows, scenario)
    derived = len(rows.names)
    groups = tuple(_add_readings(rows, scenario))
    return Layout(
        names=tuple(rows.names),
        attributes=tuple(rows.attributes),
        owners=tuple(rows.owners),
        low=np.array(rows.low),
        high=np.array(rows.high),
        start=np.array(rows.start),
        index=rows.index,
        constant=rows.constant,
        groups=groups,
        sections=Sections(signals, mutable, constants, derived, len(rows.names)),
        ties=_tie_ids(scenario),
    )


def _add_attributes(rows: _Rows, scenario: Scenario, *, signals: bool) -> None:
    for attribute in scenario.ruleset.attributes:
        if (attribute.type is AttributeType.SIGNAL) is not signals:
            continue
        for kind in attribute.of:
            for owner in _members(scenario, kind):
                given = owner.values.get(attribute.id)
                start = attribute.start if given is None else given.value
                rows.add(owner.id, attribute.id, attribute, (attribute.low, attribute.high), start)


def _members(scenario: Scenario, kind: str) -> Iterable[EntityStart | TieStart]:
    if kind in scenario.ruleset.ties:
        return [t for t in scenario.ties if t.type == kind]
    return [e for e in scenario.entities if e.kind == kind]


def _add_active(rows: _Rows, entities: Iterable[EntityStart]) -> None:
    for entity in entities:
        rows.add(entity.id, ACTIVE, None, (0.0, 1.0), float(entity.active))


def _add_series(rows: _Rows, series: Series) -> None:
    rows.add(OUTSIDE, series.id, None, (series.low, series.high), series.values[0])


def _add_constants(rows: _Rows, scenario: Scenario) -> None:
    for value in (0.0, 1.0):
        rows.add_constant(value)
    readings = [d.attribute for d in scenario.ruleset.derived]
    for attribute in (*scenario.ruleset.attributes, *readings):
        rows.add_constant(attribute.absent)
        rows.add_constant(attribute.guess)


def _add_readings(rows: _Rows, scenario: Scenario) -> Iterable[GroupReading]:
    for derived in scenario.ruleset.derived:
        _add_derived(rows, scenario, derived)
    for group in scenario.groups:
        yield from _add_group(rows, scenario, group)


def _add_derived(rows: _Rows, scenario: Scenario, derived: Derived) -> None:
    attribute = derived.attribute
    for kind in derived.owner.kinds:
        for owner in _members(scenario, kind):
            rows.add(owner.id, attribute.id, attribute, (attribute.low, attribute.high), 0.0)


def _add_group(rows: _Rows, scenario: Scenario, group: ZoneGroup) -> Iterable[GroupReading]:
    attributes = {a.id: a for a in (*scenario.ruleset.attributes, *(d.attribute for d in scenario.ruleset.derived))}
    for attribute in attributes.values():
        members = tuple(rows.index[z, attribute.id] for z in group.zones if (z, attribute.id) in rows.index)
        if len(members) != len(group.zones):
            continue
        mean = attribute.type is not AttributeType.STOCK
        row = rows.add(group.id, attribute.id, attribute, (-float(1 << 31), float(1 << 31)), 0.0)
        yield GroupReading(row, members, group.zones, mean)


def _tie_ids(scenario: Scenario) -> dict[tuple[str, str, str], str]:
    found = {(t.type, t.source, t.target): t.id for t in scenario.ties}
    for tie in scenario.ties:
        if scenario.ruleset.ties[tie.type].symmetric:
            found.setdefault((tie.type, tie.target, tie.source), tie.id)
    return found
