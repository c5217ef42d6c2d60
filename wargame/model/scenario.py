"""What a scenario says, checked and frozen: the start world, the seats, the script and the endings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Literal

from wargame.model.basis import Basis
from wargame.model.errors import Place
from wargame.model.expression import Formula
from wargame.model.hindcast import Hindcast
from wargame.model.kinds import Sight
from wargame.model.lessons import Lesson
from wargame.model.rules import Effects, Mechanism
from wargame.model.ruleset import Ruleset
from wargame.model.text import Text

WIN: Final = 0.6
"""A seat has what it wanted with a score of at least this at the end of a full session."""


class Step(StrEnum):
    """How much scenario time one turn covers."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Calendar:
    """When the scenario begins, how long a turn is, and how many turns the full and the short session have."""

    start: date
    step: Step
    full: int
    short: int

    def turn_of(self, day: date) -> int:
        """Return the turn in which a day lies; 0 if it lies outside the calendar."""
        return next((t for t in range(1, self.full + 1) if self.date_of(t) <= day < self.date_of(t + 1)), 0)

    def date_of(self, turn: int) -> date:
        """Return the first day of a turn (turns count from 1)."""
        if self.step is Step.WEEK:
            return date.fromordinal(self.start.toordinal() + 7 * (turn - 1))
        months = {Step.MONTH: 1, Step.QUARTER: 3, Step.YEAR: 12}[self.step] * (turn - 1)
        years, month = divmod(self.start.month - 1 + months, 12)
        return date(self.start.year + years, month + 1, min(self.start.day, 28))


@dataclass(frozen=True, slots=True)
class StartValue:
    """A starting number with the range it may be tested in and what it rests on."""

    value: float
    low: float
    high: float
    basis: Basis


@dataclass(frozen=True, slots=True)
class EntityStart:
    """An actor or zone at the start. ``at`` is (longitude, latitude); ``outline`` a list of such points."""

    id: str
    kind: str
    title: Text
    text: Text | None
    tags: tuple[str, ...]
    references: Mapping[str, str]
    active: bool
    at: tuple[float, float] | None
    outline: tuple[tuple[float, float], ...]
    values: Mapping[str, StartValue]
    basis: Basis
    place: Place
    proposes: str = ""
    """Of a proposal: the resolution that it would make."""
    short: Text | None = None
    """A short name for maps and drawings; where there is none, the title stands."""
    party: Text | None = None
    """How whoever speaks for it goes as a party to deals, where that is not the name of the whole: a government."""


@dataclass(frozen=True, slots=True)
class TieStart:
    """A tie at the start. Its name in formulas and logs is ``type(source, target)``."""

    type: str
    source: str
    target: str
    title: Text | None
    values: Mapping[str, StartValue]
    basis: Basis
    place: Place

    @property
    def id(self) -> str:
        """Return the name of the tie."""
        return f"{self.type}({self.source}, {self.target})"


@dataclass(frozen=True, slots=True)
class ZoneGroup:
    """Zones read together; readings of the group are sums of stocks and means of levels."""

    id: str
    title: Text
    zones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """An outside condition by turn: the scheduled value plus a draw with standard deviation ``spread``.

    Formulas read it as ``outside.<id>``.
    """

    id: str
    title: Text
    unit: str
    low: float
    high: float
    values: tuple[float, ...]
    spread: float
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class Objective:
    """What a seat wants: a degree from 0 to 1, read at the end of the session, and its weight in the score."""

    id: str
    title: Text
    degree: Formula
    weight: float
    secret: bool
    alternative: bool
    """Dealt instead of the seat's secret objective when the facilitator or the session's seed says so."""
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class Seat:
    """A role at the table. ``orders`` is how many orders it may file in a turn.

    ``short_bar`` is the score from which it has what it wanted where only the short session is played.
    """

    id: str
    title: Text
    actors: tuple[str, ...]
    public: Text
    secret: Text
    brief: Text
    objectives: tuple[Objective, ...]
    orders: int
    doctrines: tuple[str, ...]
    moves_denied: tuple[str, ...]
    optional: bool
    short_bar: float
    basis: Basis
    place: Place

    def bar(self, *, short: bool) -> float:
        """Return the score from which the seat has what it wanted."""
        return self.short_bar if short else WIN


@dataclass(frozen=True, slots=True)
class SightRule:
    """An exception to how one seat sees an attribute of some entities (empty: of all)."""

    seat: str
    attribute: str
    entities: tuple[str, ...]
    sight: Sight
    spread: float | None


@dataclass(frozen=True, slots=True)
class Trigger:
    """When an inject fires: on a turn, on a condition (from a turn on), or when a move stays away.

    ``absent_move`` fires once no actor of ``absent_seat`` (any seat if empty) has filed the move up to the end of
    ``turn``. ``chance`` (None = certain) is drawn in each turn in which the rest holds.
    """

    kind: Literal["turn", "condition", "absence"]
    turn: int
    until: int
    condition: Formula | None
    absent_move: str
    absent_seat: str
    chance: Formula | None


@dataclass(frozen=True, slots=True)
class Inject:
    """A scripted event of the master scenario events list."""

    id: str
    title: Text
    text: Text
    trigger: Trigger
    audience: tuple[str, ...]
    """Seats that receive it; empty: all."""
    expected: Text
    training: tuple[str, ...]
    effects: Effects
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class Ending:
    """A way for the session to end. ``at`` says whether it may come any turn or is read at the last turn."""

    id: str
    title: Text
    text: Text
    when: Formula
    at: Literal["any", "last"]
    from_turn: int
    stops: bool
    """False: it is noted with its turn, and the session goes on."""
    because: Text | None
    """The condition in the author's words, as the end of a sentence; without it the formula is told."""
    rare: Text | None
    """Why sessions played by doctrines alone do not come to it, and what would."""
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class Measure:
    """A tracked quantity, shown in reports and outcome tables."""

    id: str
    title: Text
    value: Formula
    unit: str
    decimals: int
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class StatedTrend:
    """Numbers that are meant to move even when nobody orders anything, and which way."""

    attribute: str
    entities: tuple[str, ...]
    """Whose, or of ties that touch them; empty: everybody's."""
    goes: Literal["up", "down", "either"]
    text: Text
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class TrainingObjective:
    """What the exercise is to teach, and the evidence that would show it."""

    id: str
    title: Text
    evidence: Text
    basis: Basis


@dataclass(frozen=True, slots=True)
class Level:
    """A level of difficulty: what people's seats start with, and how sharply bots choose."""

    id: str
    title: Text
    resources: float
    """Factor on the starting resources of seats played by people."""
    sharpness: float
    """1: bots take their best priority; towards 0: more and more by the draw."""
    basis: Basis


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """What really happened in a turn, with its source."""

    turn: int
    text: Text
    basis: Basis


@dataclass(frozen=True, slots=True)
class Scenario:
    """An authored start with everything it needs, and the ruleset it loads."""

    id: str
    title: Text
    text: Text
    where: Text
    ruleset: Ruleset
    calendar: Calendar
    lens: str
    lenses: tuple[str, ...]
    levels: tuple[Level, ...]
    entities: tuple[EntityStart, ...]
    ties: tuple[TieStart, ...]
    groups: tuple[ZoneGroup, ...]
    series: tuple[Series, ...]
    mechanisms: tuple[Mechanism, ...]
    """Rules of this scenario alone."""
    seats: tuple[Seat, ...]
    sight: tuple[SightRule, ...]
    injects: tuple[Inject, ...]
    endings: tuple[Ending, ...]
    """In order of precedence; the last one is the ending when time runs out."""
    measures: tuple[Measure, ...]
    training: tuple[TrainingObjective, ...]
    course: tuple[HistoryEntry, ...]
    about: Text
    """About the sources and contested claims."""
    digest: str
    """Content hash of every file the scenario was built from."""
    place: Place
    hindcast: Hindcast | None = None
    """What makes it a case: the history it is tested against."""
    lessons: tuple[Lesson, ...] = ()
    """What a first session teaches, in this order; none in other scenarios."""
    trends: tuple[StatedTrend, ...] = ()

    def level(self, name: str = "") -> Level:
        """Return a level of difficulty; without a name ``standard``, or the first where there is none so called."""
        wanted = name or "standard"
        return next((level for level in self.levels if level.id == wanted), self.levels[0])
