"""The shape of scenario files, as authors write them."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Discriminator, Field, StringConstraints, Tag

from wargame.content.schema_hindcast import HindcastShape
from wargame.content.schema_parts import (
    Assumption,
    Based,
    Bounds,
    EffectsShape,
    Entry,
    FormulaText,
    Kebab,
    Number,
    Snake,
    TagName,
    Transfers,
    Turns,
    Words,
    Words2,
)
from wargame.content.schema_rules import MechanismShape, Seen
from wargame.model.scenario import WIN

Day: TypeAlias = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Point: TypeAlias = Annotated[list[Number], Field(min_length=2, max_length=2)]


class CalendarShape(Entry):
    """When it begins, and how long turns and sessions are."""

    start: Day
    step: Literal["week", "month", "quarter", "year"]
    turns: Turns
    short: Turns


class CardShape(Entry):
    """The card of a scenario."""

    id: Kebab
    title: Words2
    text: Words2
    where: Words2
    packs: Annotated[list[Kebab], Field(min_length=1)]
    lens: Kebab
    lenses: Annotated[list[Kebab], Field(min_length=1)]
    calendar: CalendarShape


class LevelShape(Based):
    """A level of difficulty."""

    id: Kebab
    title: Words2
    resources: Annotated[Number, Field(ge=0, le=10)] = 1.0
    sharpness: Annotated[Number, Field(ge=0, le=1)] = 1.0


class ValueShape(Entry):
    """A starting number with a range and a basis of its own."""

    value: Number | bool
    low: Number | None = None
    high: Number | None = None
    source: Annotated[list[Words], Field(min_length=1)] | None = None
    assumption: Assumption | None = None
    confidence: Literal["high", "medium", "low"] | None = None


def _value(value: Any) -> str:
    return "ranged" if isinstance(value, dict) else "plain"


StartShape: TypeAlias = Annotated[
    Annotated[ValueShape, Tag("ranged")] | Annotated[FormulaText, Tag("plain")], Discriminator(_value)
]
"""``42``, ``42 ± 10``, ``true``, or ``{value, low, high, source}``."""
Values: TypeAlias = dict[Snake, StartShape]


class EntityShape(Based):
    """An actor or zone at the start."""

    id: Snake
    kind: Snake
    title: Words2
    called: Words2 | None = None
    short: Words2 | None = None
    party: Words2 | None = None
    text: Words2 | None = None
    tags: list[TagName] = Field(default=[])
    references: dict[Snake, Snake] = Field(default={})
    inactive: bool = False
    at: Point | None = None
    outline: list[Point] = Field(default=[])
    values: Values = Field(default={})


class TieStartShape(Based):
    """A tie at the start."""

    type: Snake
    from_: Annotated[Snake, Field(alias="from")]
    to: Snake
    title: Words2 | None = None
    values: Values = Field(default={})


class GroupShape(Entry):
    """Zones read together."""

    id: Snake
    title: Words2
    called: Words2 | None = None
    zones: Annotated[list[Snake], Field(min_length=1)]


class SeriesShape(Based):
    """An outside condition by turn."""

    id: Snake
    title: Words2
    unit: Words
    bounds: Bounds
    values: Annotated[list[Number], Field(min_length=1)]
    spread: Annotated[Number, Field(ge=0)] = 0.0


class ObjectiveShape(Based):
    """What a seat wants."""

    id: Kebab
    title: Words2
    degree: FormulaText
    weight: Annotated[Number, Field(gt=0, le=1000)] = 1.0
    secret: bool = False
    alternative: bool = False


class SeatShape(Based):
    """A role at the table."""

    id: Kebab
    title: Words2
    called: Words2 | None = None
    actors: Annotated[list[Snake], Field(min_length=1)]
    public: Words2
    secret: Words2
    orders: Annotated[int, Field(ge=1, le=20)]
    doctrines: Annotated[list[Kebab], Field(min_length=1)]
    moves_denied: list[Kebab] = Field(default=[])
    optional: bool = False
    short_bar: Annotated[Number, Field(gt=0, lt=1)] = WIN
    objectives: Annotated[list[ObjectiveShape], Field(min_length=1)]


class SightShape(Entry):
    """An exception to how one seat sees an attribute."""

    seat: Kebab
    attribute: Snake
    entities: list[Snake] = Field(default=[])
    seen: Seen
    spread: Annotated[Number, Field(ge=0)] | None = None


class AbsenceShape(Entry):
    """A move that stays away."""

    move: Kebab
    seat: Kebab | None = None
    by: Turns


class InjectShape(Based):
    """A scripted event."""

    id: Kebab
    title: Words2
    text: Words2
    turn: Turns | None = None
    when: FormulaText | None = None
    from_: Annotated[Turns | None, Field(alias="from")] = None
    until: Turns | None = None
    absent: AbsenceShape | None = None
    chance: FormulaText | None = None
    audience: list[Kebab] = Field(default=[])
    expected: Words2
    training: list[Kebab] = Field(default=[])
    effects: EffectsShape = Field(default={})
    transfer: Transfers | None = None


class EndingShape(Based):
    """A way for the session to end."""

    id: Kebab
    title: Words2
    text: Words2
    when: FormulaText
    because: Words2 | None = None
    rare: Words2 | None = None
    at: Literal["any", "last"]
    from_: Annotated[Turns, Field(alias="from")] = 1
    stops: bool = True


class MeasureShape(Based):
    """A tracked quantity."""

    id: Kebab
    title: Words2
    value: FormulaText
    unit: str | None = None
    decimals: Annotated[int, Field(ge=0, le=6)] = 0


class TrendShape(Based):
    """Numbers that are meant to move even when nobody orders anything."""

    attribute: Snake
    entities: list[Snake] = Field(default=[])
    goes: Literal["up", "down", "either"]
    text: Words2


class TrainingShape(Based):
    """What the exercise is to teach."""

    id: Kebab
    title: Words2
    evidence: Words2


class CourseShape(Based):
    """What really happened in a turn."""

    turn: Turns
    text: Words2


class DeedShape(Entry):
    """What finishes a lesson: exactly one of these."""

    see: Literal["brief", "situation", "deals", "orders", "body", "results", "timeline", "end"] | None = None
    ask: Literal["why", "forecast", "decisions"] | None = None
    order: Annotated[int, Field(ge=1, le=20)] | None = None
    turn: Turns | None = None
    offer: Literal[True] | None = None
    fork: Literal[True] | None = None
    end: Literal[True] | None = None


class LessonShape(Entry):
    """One step of a first session with a teacher."""

    id: Kebab
    title: Words2
    text: Words2
    screens: Words2
    lines: Words2
    until: DeedShape


class ScenarioFile(Entry):
    """One file of a scenario: any of its sections."""

    scenario: CardShape | None = None
    assumptions: dict[Kebab, Words2] = Field(default={})
    levels: list[LevelShape] = Field(default=[])
    entities: list[EntityShape] = Field(default=[])
    ties: list[TieStartShape] = Field(default=[])
    groups: list[GroupShape] = Field(default=[])
    series: list[SeriesShape] = Field(default=[])
    mechanisms: list[MechanismShape] = Field(default=[])
    seats: list[SeatShape] = Field(default=[])
    sight: list[SightShape] = Field(default=[])
    injects: list[InjectShape] = Field(default=[])
    endings: list[EndingShape] = Field(default=[])
    measures: list[MeasureShape] = Field(default=[])
    trends: list[TrendShape] = Field(default=[])
    training: list[TrainingShape] = Field(default=[])
    course: list[CourseShape] = Field(default=[])
    hindcast: HindcastShape | None = None
    lessons: list[LessonShape] = Field(default=[])
