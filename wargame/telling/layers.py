"""The layers of a map: which numbers are shown of places, and which ties between them, as one seat sees them.

A layer is what rule packs declare: every number says itself to which one it belongs. Before them stand the numbers on
which the objectives of the seat rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from wargame.model.institutions import BALLOT
from wargame.model.kinds import Attribute, AttributeType, Layer, Sight
from wargame.model.scenario import EntityStart, TieStart
from wargame.model.text import Text
from wargame.telling.surroundings import Surroundings

TITLES = {
    Layer.CONTROL: Text("Control", "Control"),
    Layer.VIOLENCE: Text("Violence", "Violencia"),
    Layer.FLOWS: Text("Flows", "Flujos"),
    Layer.MIGRATION: Text("Migration", "Migración"),
    Layer.ALIGNMENT: Text("Alignment", "Alineamiento"),
    Layer.MEMBERSHIPS: Text("Memberships", "Membresías"),
}
_OWN = Text("What you want", "Lo que busca")
_AT_A_GLANCE = Text("At a glance", "De un vistazo")
_MOST = 3
"""At most so many numbers of one layer, one after another."""
_FAINT = 0.02
"""A tie weaker than this share of its range is not drawn."""


@dataclass(frozen=True, slots=True)
class Link:
    """One tie as it is drawn."""

    tie: TieStart
    row: int
    weight: float
    """From 0 to 1: its share of the range, or of the largest."""
    against: bool
    """It lies on the far side of the value that stands for no tie at all."""
    doubtful: bool
    directed: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One step of the layers: a number of places as marks, a number of ties as lines; either may be missing."""

    layer: Layer | None
    marks: str
    lines: str
    places: tuple[EntityStart, ...]
    wanted: bool = False
    """The seat's objectives rest on this number of places."""

    @property
    def family(self) -> Text:
        """Return the name of the layer."""
        if self.layer is None:
            return _OWN if self.wanted else _AT_A_GLANCE
        return TITLES[self.layer]


class Layers:
    """The layers of one moment. Made anew whenever the session moves on."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self.rules = around.session.scenario.ruleset
        self.placed = {e.id: e for e in (*around.zones, *around.actors) if e.at is not None}

    # ── which ───────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """Every layer that has something to show, in the order in which a key goes through them."""
        return (*self._own(), *(sheet for layer in Layer for sheet in self._of(layer)))

    def _own(self) -> Iterator[Sheet]:
        """Yield what the seat wants of places; bodies stand where a capital is, and only where they are wanted too."""
        listed = self.around.zones if any(z.at for z in self.around.zones) else self.around.actors
        wanted = {self.around.layout.owners[r] for rows in self._matters.values() for r in rows}
        bodies = self.rules.institutions.charters
        places = tuple(e for e in listed if e.at is not None and (e.id not in bodies or e.id in wanted))
        flows = next((a.id for a in self._declared(Layer.FLOWS) if self._is_of_ties(a) and self._ties(a.id)), "")
        for attribute in self.around.columns(places, 2):
            yield Sheet(None, attribute, flows, places, attribute in self._wanted)

    @cached_property
    def _wanted(self) -> frozenset[str]:
        """The attributes of places and of groups of places that the seat's objectives read."""
        layout, scenario = self.around.layout, self.around.session.scenario
        owners = {zone.id for zone in self.around.zones} | {group.id for group in scenario.groups}
        rows = [row for rows in self._matters.values() for row in rows if layout.owners[row] in owners]
        return frozenset(layout.names[row][len(layout.owners[row]) + 1 :] for row in rows)

    @property
    def _matters(self) -> Mapping[str, tuple[int, ...]]:
        """What the seat wants, and the numbers on which that rests."""
        matters = self.around.scene.matters
        return matters.objectives if matters is not None else {}

    def _of(self, layer: Layer) -> Iterator[Sheet]:
        declared = self._declared(layer)
        marks = [a.id for a in declared if not self._is_of_ties(a) and self._owners(a.id)]
        lines = [a.id for a in declared if self._is_of_ties(a) and self._ties(a.id)]
        for n in range(min(max(len(marks), len(lines)), _MOST)):
            mark, line = (some[min(n, len(some) - 1)] if some else "" for some in (marks, lines))
            ends = {e for tie in self._ties(line) for e in (tie.source, tie.target)} if line else set()
            found = [e for e in self.placed.values() if e.id in ends or (mark and self._has(e.id, mark))]
            yield Sheet(layer, mark, line, tuple(found))

    def _declared(self, layer: Layer) -> list[Attribute]:
        every = (*self.rules.attributes, *(d.attribute for d in self.rules.derived))
        return [a for a in every if a.layer is layer]

    def _is_of_ties(self, attribute: Attribute) -> bool:
        return any(kind in self.rules.ties for kind in attribute.of)

    def _has(self, owner: str, attribute: str) -> bool:
        return (owner, attribute) in self.around.layout.index

    def _owners(self, attribute: str) -> list[str]:
        """Return the places of which the seat is told a number."""
        return [e for e in self.placed if self.around.row(e, attribute) is not None]

    def _ties(self, attribute: str) -> list[TieStart]:
        """Return the ties between two places of which the seat is told a number."""
        return [tie for tie in self._between if self.around.row(tie.id, attribute) is not None]

    @cached_property
    def _between(self) -> tuple[TieStart, ...]:
        """The ties between two places; ballots lead to texts, which have none."""
        placed, ties = self.placed, self.around.session.scenario.ties
        return tuple(t for t in ties if t.type != BALLOT and t.source in placed and t.target in placed)

    # ── lines ───────────────────────────────────────────────────────────────────────────────────────────────

    def links(self, attribute: str, ties: Sequence[TieStart] | None = None) -> list[Link]:
        """Return the ties that a number draws, the strongest first; those that are as good as none are left out."""
        if not attribute:
            return []
        around = self.around
        rows = {t.id: around.row(t.id, attribute) for t in (self._ties(attribute) if ties is None else ties)}
        known = {name: row for name, row in rows.items() if row is not None}
        largest = max((abs(around.scene.value(row)) for row in known.values()), default=0.0)
        ties_by_id = around.session.engine.cast.ties
        found = [self.link(ties_by_id[name], row, largest) for name, row in known.items()]
        return sorted((link for link in found if link.weight >= _FAINT), key=lambda link: -link.weight)

    def link(self, tie: TieStart, row: int, largest: float) -> Link:
        """Return one tie as it is drawn, among others of which the largest amount is given."""
        around, declared = self.around, self.around.layout.attributes[row]
        reading = around.scene.reading(row)
        low, high = float(around.layout.low[row]), float(around.layout.high[row])
        zero = declared.absent if declared is not None and low < declared.absent < high else low
        amount = reading.value - zero
        if declared is not None and declared.type is AttributeType.LEVEL:
            weight = abs(amount) / (max(high - zero, zero - low) or 1.0)
        elif declared is not None and declared.type is AttributeType.FLAG:
            weight = float(reading.value >= 0.5)
        else:
            weight = abs(amount) / largest if largest else 0.0
        directed = not self.rules.ties[tie.type].symmetric
        return Link(tie, row, min(weight, 1.0), amount < 0, reading.sight is not Sight.EXACT, directed)

    def row_of(self, tie: TieStart) -> int | None:
        """Return the number by which a tie is told where no layer says which: that of a layer, else its first."""
        known = [(a, r) for a, r in self._numbers(tie) if r is not None]
        return next((r for a, r in known if a.layer is not None), known[0][1] if known else None)

    def _numbers(self, tie: TieStart) -> Iterator[tuple[Attribute, int | None]]:
        for attribute in self.rules.attributes:
            if tie.type in attribute.of and attribute.type is not AttributeType.SIGNAL:
                yield attribute, self.around.row(tie.id, attribute.id)
