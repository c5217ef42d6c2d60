"""What a formula may name, by where it stands: roles of its rule, and in scenarios entities and groups too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from wargame.model.basis import Basis
from wargame.model.errors import Place
from wargame.model.expression import Formula
from wargame.model.kinds import Attribute, AttributeType, Good, Kind, Sight, TieType
from wargame.model.text import Text, same

ACTIVE: Final = "active"
"""The flag that every entity has: rules may read it and switch it."""
OUTSIDE: Final = "outside"
"""The name under which formulas read series."""
ANY: Final = "*"
"""The kind of something whose declaration could not be read: anything fits it, so that one mistake is told once."""
_GROUP: Final = "group:"


def bare_attribute(name: str, kind: AttributeType, unit: str = "") -> Attribute:
    """Return an attribute that no pack declares: a series, the flag ``active``, one that could not be read."""
    high = 1.0 if kind is AttributeType.FLAG else float(1 << 31)
    return Attribute(
        id=name, of=(), title=same(name), type=kind, unit=unit, low=0.0, high=high, start=0.0, absent=0.0,
        good=Good.NEUTRAL, sight=Sight.EXACT, spread=0.0, reported_as="", guess=0.0, resource=False, decimals=0,
        basis=Basis(), place=Place(""),
    )  # fmt: skip


_ACTIVE_FLAG: Final = bare_attribute(ACTIVE, AttributeType.FLAG)


@dataclass
class Nouns:
    """Kinds, ties, attributes, derived readings, series and named assumptions, each with the pack that declares it."""

    kinds: dict[str, Kind] = field(default_factory=dict)
    ties: dict[str, TieType] = field(default_factory=dict)
    attributes: dict[str, Attribute] = field(default_factory=dict)
    """Derived readings too."""
    derived: set[str] = field(default_factory=set)
    series: dict[str, str] = field(default_factory=dict)
    """Series → unit."""
    assumptions: dict[str, Text] = field(default_factory=dict)
    """Assumptions that have a name."""
    broken: set[str] = field(default_factory=set)
    """Ids whose declaration could not be read."""
    packs: dict[tuple[str, str], str] = field(default_factory=dict)
    """(section, id) → the pack that declares it."""
    read: set[str] = field(default_factory=set)
    """Attributes (and ``outside.<series>``) that some formula reads."""
    assumed: set[str] = field(default_factory=set)
    """Named assumptions on which something rests."""
    tags: dict[str, Place] = field(default_factory=dict)
    """Tags by which rules choose entities, with the first place of each."""
    said: list[Said] = field(default_factory=list)
    """Every formula, with its place."""

    def visible(self, packs: frozenset[str]) -> Nouns:
        """Return what some packs declare."""
        seen = {key for key, pack in self.packs.items() if pack in packs}
        return Nouns(
            {k: v for k, v in self.kinds.items() if ("kinds", k) in seen},
            {k: v for k, v in self.ties.items() if ("ties", k) in seen},
            {k: v for k, v in self.attributes.items() if ("attributes", k) in seen},
            self.derived,
            {k: v for k, v in self.series.items() if ("series", k) in seen},
            {k: v for k, v in self.assumptions.items() if ("assumptions", k) in seen},
            self.broken,
            self.packs,
            self.read,
            self.assumed,
            self.tags,
            self.said,
        )

    def actors(self) -> frozenset[str]:
        """Return the kinds that can act."""
        return frozenset(k.id for k in self.kinds.values() if k.acts)

    def attribute(self, kind: str, name: str) -> Attribute | None:
        """Return an attribute of a kind or tie type."""
        if name in self.broken:
            return bare_attribute(name, AttributeType.LEVEL)
        if name == ACTIVE:
            return None if kind in self.ties else _ACTIVE_FLAG
        found = self.attributes.get(name)
        return found if found is not None and (kind == ANY or kind in found.of or ANY in found.of) else None

    def reference(self, kind: str, name: str) -> frozenset[str] | None:
        """Return the kinds to which a reference leads."""
        holders = self.kinds.values() if kind == ANY else [self.kinds[kind]] if kind in self.kinds else []
        found = [frozenset(r.kinds) for k in holders for r in k.references if r.name == name]
        if not found:
            return None
        return frozenset((ANY,)) if kind == ANY else found[0]


@dataclass(frozen=True)
class Cast:
    """The entities and groups that formulas of a scenario may name (none in a rule pack)."""

    kinds: Mapping[str, str] = field(default_factory=dict)
    """Entity → kind."""
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Group → zones."""
    tags: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Entity → tags."""


@dataclass(frozen=True)
class RuleScope:
    """The names known to the formulas of one rule; see ``wargame.formula.scope.Scope``."""

    nouns: Nouns
    roles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    parameters: frozenset[str] = frozenset()
    cast: Cast = field(default_factory=Cast)
    allows_amount: bool = False
    allows_draws: bool = False

    def without_draws(self) -> RuleScope:
        """Return the same names where chance may not be used."""
        return replace(self, allows_draws=False)

    def of_actor(self, *, amount: bool) -> RuleScope:
        """Return the scope of what may read the acting actor only."""
        roles = {role: kinds for role, kinds in self.roles.items() if role == "actor"}
        return replace(self, roles=roles, allows_draws=False, allows_amount=self.allows_amount and amount)

    def kinds_of(self, name: str) -> frozenset[str] | None:
        """Return the kinds or tie types that a role, entity or group may have."""
        if name in self.roles:
            return self.roles[name]
        if name in self.cast.kinds:
            return frozenset((self.cast.kinds[name],))
        if name in self.cast.groups:
            return frozenset((_GROUP + name,))
        if name in self.nouns.broken:
            return frozenset((ANY,))
        return frozenset((OUTSIDE,)) if name == OUTSIDE else None

    def reference(self, kind: str, name: str) -> frozenset[str] | None:
        """Return the kinds to which a reference of a kind may lead."""
        return self.nouns.reference(kind, name)

    def attribute(self, kind: str, name: str) -> Attribute | None:
        """Return an attribute, derived reading, signal or series."""
        if kind == OUTSIDE:
            unit = self.nouns.series.get(name)
            return None if unit is None else bare_attribute(name, AttributeType.LEVEL, unit)
        if kind.startswith(_GROUP):
            return self._group_reading(kind.removeprefix(_GROUP), name)
        return self.nouns.attribute(kind, name)

    def _group_reading(self, group: str, name: str) -> Attribute | None:
        kinds = {self.cast.kinds.get(zone, ANY) for zone in self.cast.groups[group]}
        found = [self.nouns.attribute(kind, name) for kind in sorted(kinds)]
        return None if name == ACTIVE or not all(found) else found[0]

    def tie(self, name: str) -> TieType | None:
        """Return a tie type; whatever could not be read fits its ends."""
        found = self.nouns.ties.get(name)
        if found is None:
            return None
        return replace(found, source_kinds=(*found.source_kinds, ANY), target_kinds=(*found.target_kinds, ANY))

    def parameter(self, name: str) -> bool:
        """Say whether the rule has a parameter of this name."""
        return name in self.parameters or (name in self.nouns.broken and self.kinds_of(name) is None)

    def names(self) -> Iterable[str]:
        """Return every name usable here."""
        yield from (*self.roles, *self.parameters, *self.cast.kinds, *self.cast.groups, OUTSIDE)
        yield from (*self.nouns.attributes, *self.nouns.ties, *self.nouns.series, ACTIVE)
        yield from (r.name for kind in self.nouns.kinds.values() for r in kind.references)


@dataclass(frozen=True, slots=True)
class Said:
    """A formula where it stands, and what its names mean there."""

    formula: Formula
    place: Place
    scope: RuleScope
    ranges: Mapping[str, tuple[float, float]]
    """Parameter → between which values it lies."""
