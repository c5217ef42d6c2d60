"""The nouns of rule packs: kinds of entity, their attributes and references, and types of tie.

Their identifiers may be named by formulas, and so are ``snake_case``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wargame.model.basis import Basis
from wargame.model.errors import Place
from wargame.model.text import Text


class AttributeType(StrEnum):
    """What numbers an attribute takes."""

    LEVEL = "level"
    """0–100 points unless bounds say otherwise."""
    STOCK = "stock"
    """An amount with a unit and a finite upper bound."""
    FLAG = "flag"
    """0 or 1; formulas read it as a truth value."""
    SIGNAL = "signal"
    """A transient number, zero again after the dynamics of the turn."""


class Sight(StrEnum):
    """How a seat sees a number that is not its own."""

    EXACT = "exact"
    ESTIMATED = "estimated"
    REPORTED = "reported"
    HIDDEN = "hidden"


class Layer(StrEnum):
    """The families of numbers that maps show together: of places as marks, of ties as lines."""

    CONTROL = "control"
    VIOLENCE = "violence"
    FLOWS = "flows"
    MIGRATION = "migration"
    ALIGNMENT = "alignment"
    MEMBERSHIPS = "memberships"


class Good(StrEnum):
    """Which direction is good for the public at large; seats may differ."""

    HIGH = "high"
    LOW = "low"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Attribute:
    """A number on an actor, zone or tie.

    ``low``/``high`` are the bounds; ``spread`` is the standard deviation of a stranger's estimate (points for a
    level, share of the value for a stock); ``reported_as`` names the attribute that a seat with sight REPORTED is
    shown instead; ``guess`` is what a seat with sight HIDDEN takes it to be; ``absent`` is read where a tie does
    not exist; ``resource`` marks the stocks from which orders are paid.
    """

    id: str
    of: tuple[str, ...]
    title: Text
    type: AttributeType
    unit: str
    low: float
    high: float
    start: float
    absent: float
    good: Good
    sight: Sight
    spread: float
    reported_as: str
    guess: float
    resource: bool
    decimals: int
    basis: Basis
    place: Place
    text: Text | None = None
    sharpens: float = 0.0
    """By how much a point of this number, held by a seat's first actor, divides the spread of its estimates."""
    layer: Layer | None = None
    """On which layer of the map it is shown."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A static link from an entity to another: a zone to its state, an agency to its government."""

    name: str
    kinds: tuple[str, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of actor or zone."""

    id: str
    title: Text
    acts: bool
    references: tuple[Reference, ...]
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class TieType:
    """A typed relation from one kind of entity to another; a symmetric one reads the same from both ends."""

    id: str
    title: Text
    source_kinds: tuple[str, ...]
    target_kinds: tuple[str, ...]
    symmetric: bool
    basis: Basis
    place: Place
