"""A ruleset: rule packs loaded together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wargame.model.agreements import Term
from wargame.model.doctrines import Doctrine
from wargame.model.institutions import Institutions
from wargame.model.kinds import Attribute, Kind, TieType
from wargame.model.rules import Derived, Event, Lens, Mechanism, Modifier, Move, Pack


@dataclass(frozen=True, slots=True)
class Ruleset:
    """Rule packs loaded together, by id, in the order of loading."""

    packs: tuple[Pack, ...]
    kinds: Mapping[str, Kind]
    ties: Mapping[str, TieType]
    attributes: tuple[Attribute, ...]
    derived: tuple[Derived, ...]
    """In an order in which each reads only earlier ones."""
    mechanisms: tuple[Mechanism, ...]
    moves: Mapping[str, Move]
    modifiers: tuple[Modifier, ...]
    events: tuple[Event, ...]
    lenses: Mapping[str, Lens]
    doctrines: Mapping[str, Doctrine]
    institutions: Institutions
    terms: Mapping[str, Term] = field(default_factory=dict)
    """What can be promised."""

    def attributes_of(self, kind: str) -> tuple[Attribute, ...]:
        """Return the persistent attributes and signals of a kind or tie type, in the order declared."""
        return tuple(a for a in self.attributes if kind in a.of)
