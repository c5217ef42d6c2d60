"""The relations of one actor or zone, and the network of routes around it, as one seat sees them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from wargame.engine.views import Reading
from wargame.model.institutions import BALLOT
from wargame.model.scenario import TieStart
from wargame.telling.layers import Layers, Link
from wargame.telling.surroundings import Surroundings

HOPS = 2
"""So many ties on either side of a place belong to the network that is drawn."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Everything that ties two to one another, the strongest tie first."""

    other: str
    links: tuple[Link, ...]

    @property
    def sum(self) -> float:
        """Return how strong it is, below 0 where it is against."""
        return self.links[0].weight * (-1 if self.links[0].against else 1)


class Relations:
    """Ties of one moment, by their ends."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self.layers = Layers(around)
        self.rules = around.session.scenario.ruleset

    @cached_property
    def _ties(self) -> tuple[TieStart, ...]:
        there = {e.id for e in (*self.around.actors, *self.around.zones)}
        return tuple(
            t for t in self.around.session.scenario.ties if t.type != BALLOT and t.source in there and t.target in there
        )

    def types(self, owner: str) -> tuple[str, ...]:
        """Return the types of tie that somebody has, of which the seat is told, as the rules list them."""
        own = {link.tie.type for link in self._links(owner)}
        return tuple(name for name in self.rules.ties if name in own)

    def is_network(self, name: str) -> bool:
        """Say whether ties of a type form chains: they lead from one kind to the same kind, one way."""
        kind = self.rules.ties[name]
        return not kind.symmetric and set(kind.source_kinds) == set(kind.target_kinds)

    def of(self, owner: str, name: str = "") -> list[Relation]:
        """Return the relations of somebody, by one type of tie or by all: from with to against, the strongest first."""
        found: dict[str, list[Link]] = {}
        for link in self._links(owner):
            if name in ("", link.tie.type):
                other = link.tie.target if link.tie.source == owner else link.tie.source
                found.setdefault(other, []).append(link)
        relations = [Relation(o, tuple(sorted(some, key=lambda k: -k.weight))) for o, some in found.items()]
        return sorted(relations, key=lambda relation: -abs(relation.sum))

    def network(self, owner: str, name: str) -> tuple[dict[str, int], list[Link]]:
        """Return the chains through a place: who lies how many ties downstream (below 0: upstream), and the ties."""
        links = self._weighed([t for t in self._ties if t.type == name])
        steps = {owner: 0}
        for side in (1, -1):
            edge = {owner}
            for hop in range(1, HOPS + 1):
                reached = {_end(k, side) for k in links if _end(k, -side) in edge} - steps.keys()
                steps |= dict.fromkeys(sorted(reached), side * hop)
                edge = reached
        return steps, [k for k in links if k.tie.source in steps and k.tie.target in steps]

    def _links(self, owner: str) -> list[Link]:
        return self._weighed([t for t in self._ties if owner in (t.source, t.target)])

    def _weighed(self, ties: Sequence[TieStart]) -> list[Link]:
        rows = [(tie, row) for tie in ties if (row := self.layers.row_of(tie)) is not None]
        largest: dict[str, float] = {}
        for tie, row in rows:
            largest[tie.type] = max(largest.get(tie.type, 0.0), abs(self._reading(row).value))
        found = [self.layers.link(tie, row, largest[tie.type]) for tie, row in rows]
        return [link for link in found if link.weight > 0.0]

    def _reading(self, row: int) -> Reading:
        return self.around.scene.reading(row)

    def said(self, links: Iterable[Link]) -> list[str]:
        """Return each tie in words: ``Alignment ≈62``."""
        say, number = self.around.scene.talk.of, self.around.cell
        return [f"{say(self.rules.ties[k.tie.type].title)} {number(k.row).shown}" for k in links]


def _end(link: Link, side: int) -> str:
    return link.tie.target if side > 0 else link.tie.source
