"""The shape of rule-pack files, as authors write them."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Discriminator, Field, StringConstraints, Tag

from wargame.content.schema_agreements import AcceptsShape, BreakShape, OfferShape, TermShape
from wargame.content.schema_institutions import CharterShape, InterestShape, LeaningShape, ResolutionShape
from wargame.content.schema_parts import (
    Based,
    Bounds,
    Chosen,
    Clauses,
    Conditions,
    EffectsShape,
    Entry,
    FormulaText,
    Kebab,
    Number,
    Only,
    Parameters,
    Snake,
    TagName,
    Transfers,
    TransfersOn,
    When,
    Words,
    Words2,
    _one_or_many,
)

Seen: TypeAlias = Literal["exact", "estimated", "reported", "hidden"]
Direction: TypeAlias = Literal["high", "low", "neutral"]
LayerName: TypeAlias = Literal["control", "violence", "flows", "migration", "alignment", "memberships"]
Factor: TypeAlias = Annotated[list[Annotated[Number, Field(ge=0)]], Field(min_length=2, max_length=2)]
Chosens: TypeAlias = Annotated[list[Chosen], Field(min_length=1)]
PackRule: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*/[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=160)
]
"""A rule with its pack: ``illicit-markets/interdiction-shifts-routes``."""


class PackShape(Entry):
    """The card of a rule pack."""

    id: Kebab
    title: Words2
    text: Words2
    uses: list[Kebab] = Field(default=[])


class ReferenceShape(Entry):
    """A static link to another entity."""

    kinds: Annotated[list[Snake], Field(min_length=1)]
    optional: bool = False


class KindShape(Based):
    """A kind of actor or zone."""

    id: Snake
    title: Words2
    acts: bool
    references: dict[Snake, ReferenceShape] = Field(default={})


class TieShape(Based):
    """A typed relation."""

    id: Snake
    title: Words2
    from_: Annotated[list[Snake], Field(alias="from", min_length=1)]
    to: Annotated[list[Snake], Field(min_length=1)]
    symmetric: bool = False


class Shown(Based):
    """How a number is named, bounded and seen."""

    id: Snake
    title: Words2
    text: Words2 | None = None
    unit: str | None = None
    bounds: Bounds | None = None
    good: Direction = "neutral"
    seen: Seen = "exact"
    spread: Annotated[Number, Field(ge=0)] | None = None
    layer: LayerName | None = None
    reported_as: Snake | None = None
    guess: Number | None = None
    decimals: Annotated[int, Field(ge=0, le=6)] = 0


class AttributeShape(Shown):
    """A number on an entity or tie."""

    of: Annotated[list[Snake], Field(min_length=1)]
    type: Literal["level", "stock", "flag", "signal"]
    start: Number | bool | None = None
    absent: Number = 0.0
    resource: bool = False
    sharpens: Annotated[Number, Field(ge=0)] = 0.0


class DerivedShape(Shown):
    """A reading computed from others."""

    type: Literal["level", "stock", "flag"] = "level"
    for_: Annotated[dict[str, Snake], Field(alias="for", min_length=1, max_length=3)]
    over: Clauses | None = None
    only: Only = Field(default={})
    where: FormulaText | None = None
    value: FormulaText | None = None
    sum: FormulaText | None = None
    max: FormulaText | None = None
    min: FormulaText | None = None
    mean: FormulaText | None = None
    count: Literal[True] | None = None
    parameters: Parameters = Field(default={})


class MechanismShape(Based):
    """A rule that runs every turn."""

    id: Kebab
    title: Words2
    text: Words2 | None = None
    for_: Annotated[Clauses | None, Field(alias="for")] = None
    only: Only = Field(default={})
    when: FormulaText | None = None
    effects: EffectsShape = Field(default={})
    transfer: Transfers | None = None
    parameters: Parameters = Field(default={})
    range: Factor | None = None
    off: bool = False


class AmountShape(Entry):
    """Whole amounts that an order may name."""

    low: Annotated[int, Field(ge=0, le=10_000)]
    high: Annotated[int, Field(ge=1, le=10_000)]
    default: Annotated[int, Field(ge=0, le=10_000)]
    title: Words2 | None = None


class ProgrammeShape(Entry):
    """Effects in later turns."""

    title: Words2 | None = None
    on: When = "always"
    after: Annotated[int, Field(ge=1, le=100)] = 1
    for_: Annotated[int, Field(alias="for", ge=1, le=100)] = 1
    each: EffectsShape = Field(default={})
    transfer: Transfers | None = None


Programmes: TypeAlias = Annotated[
    Annotated[ProgrammeShape, Tag("one")] | Annotated[list[ProgrammeShape], Tag("many")], Discriminator(_one_or_many)
]


class CovertShape(Entry):
    """Odds of exposure, and what it does."""

    exposure: FormulaText
    exposed: EffectsShape = Field(default={})


class MoveShape(Based):
    """What a seat may order."""

    id: Kebab
    title: Words2
    text: Words2 | None = None
    by: Chosens
    target: Clauses | None = None
    only: Only = Field(default={})
    requires: Conditions | None = None
    where: Conditions | None = None
    amount: AmountShape | None = None
    cost: dict[Snake, FormulaText] = Field(default={})
    chance: FormulaText | None = None
    effects: EffectsShape = Field(default={})
    success: EffectsShape = Field(default={})
    failure: EffectsShape = Field(default={})
    transfer: TransfersOn | None = None
    program: Programmes | None = None
    covert: CovertShape | None = None
    cooldown: Annotated[int, Field(ge=0, le=100)] = 0
    once: bool = False
    escalation: Annotated[int, Field(ge=0, le=20)] = 0
    tags: list[TagName] = Field(default=[])
    stage: Literal["act", "convene"] = "act"
    parameters: Parameters = Field(default={})
    range: Factor | None = None


class ModifierShape(Based):
    """Scales cost, odds or effects of moves."""

    id: Kebab
    title: Words2
    text: Words2 | None = None
    moves: Chosens
    by: Annotated[list[Chosen], Field(min_length=1)] | None = None
    when: FormulaText | None = None
    cost: FormulaText | None = None
    odds: FormulaText | None = None
    effect: FormulaText | None = None
    parameters: Parameters = Field(default={})
    off: bool = False


class EventShape(Based):
    """A shock with odds."""

    id: Kebab
    title: Words2
    news: Words2
    for_: Annotated[Clauses | None, Field(alias="for")] = None
    only: Only = Field(default={})
    when: FormulaText | None = None
    chance: FormulaText
    effects: EffectsShape = Field(default={})
    transfer: Transfers | None = None
    once: bool = False
    cooldown: Annotated[int, Field(ge=0, le=100)] = 0
    public: bool = True
    parameters: Parameters = Field(default={})


class LensShape(Based):
    """A named variant of the rules."""

    id: Kebab
    title: Words2
    text: Words2
    held_by: Words2
    parameters: dict[str, Number] = Field(default={})
    off: list[Kebab] = Field(default=[])
    on: list[Kebab] = Field(default=[])


class PriorityShape(Entry):
    """One thing a doctrine wants."""

    move: Kebab
    weight: FormulaText
    when: FormulaText | None = None
    prefer: FormulaText | None = None
    amount: Annotated[int, Field(ge=0, le=10_000)] | None = None


class DoctrineShape(Based):
    """How a bot plays a seat."""

    id: Kebab
    title: Words2
    text: Words2
    by: Chosens
    priorities: Annotated[list[PriorityShape], Field(min_length=1)]
    offers: list[OfferShape] = Field(default=[])
    breaks: list[BreakShape] = Field(default=[])
    accepts: AcceptsShape | None = None
    leanings: list[LeaningShape] = Field(default=[])
    parameters: Parameters = Field(default={})


class PackSeriesShape(Based):
    """An outside condition that rules may read; constant unless the scenario gives it by turn."""

    id: Snake
    title: Words2
    unit: Words
    bounds: Bounds
    default: Number


class DoubleCountShape(Based):
    """Rules that count one thing twice where they run together, and what to do about it."""

    id: Kebab
    rules: Annotated[list[PackRule], Field(min_length=2)]
    writes: Snake | None = None
    what: Words2
    remedy: Words2
    settled: Words2 | None = None


class RulePackFile(Entry):
    """One file of a rule pack: any of its sections."""

    pack: PackShape | None = None
    assumptions: dict[Kebab, Words2] = Field(default={})
    kinds: list[KindShape] = Field(default=[])
    ties: list[TieShape] = Field(default=[])
    attributes: list[AttributeShape] = Field(default=[])
    derived: list[DerivedShape] = Field(default=[])
    series: list[PackSeriesShape] = Field(default=[])
    mechanisms: list[MechanismShape] = Field(default=[])
    moves: list[MoveShape] = Field(default=[])
    modifiers: list[ModifierShape] = Field(default=[])
    events: list[EventShape] = Field(default=[])
    lenses: list[LensShape] = Field(default=[])
    subjects: dict[Kebab, Words2] = Field(default={})
    terms: list[TermShape] = Field(default=[])
    doctrines: list[DoctrineShape] = Field(default=[])
    charters: list[CharterShape] = Field(default=[])
    resolutions: list[ResolutionShape] = Field(default=[])
    interests: list[InterestShape] = Field(default=[])
    double_counts: list[DoubleCountShape] = Field(default=[])
