"""A case: what a scenario says about the history that it is to be tested against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from wargame.model.basis import Basis
from wargame.model.errors import Place


class Over(StrEnum):
    """How the turns of a row's period are put together."""

    SUM = "sum"
    """A flow: what happened in the turns."""
    LAST = "last"
    """A stock as it stands when the period ends."""
    MEAN = "mean"
    """A stock on the average of the period."""
    FIRST = "first"
    """A stock as it stands when the period begins."""
    GROWTH = "growth"
    """By how many per cent a number has grown in the period; the measure is its natural logarithm."""


class Scale(StrEnum):
    """On which scale model and history are compared."""

    PLAIN = "plain"
    LOG = "log"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of history: a value, or only bounds (``low``, ``high``) between which it lay."""

    series: str
    quantity: str
    unit: str
    where: str
    start: date
    end: date
    value: float | None
    low: float | None
    high: float | None
    source: str
    note: str
    place: Place

    @property
    def family(self) -> tuple[str, str, str]:
        """Return what rows of other sources about the same thing share with this one."""
        return (self.quantity, self.unit, self.where)


@dataclass(frozen=True, slots=True)
class About:
    """What other figures are about that a line answers for, whatever their series is called."""

    quantity: str
    """How the text begins; capitals do not matter."""
    unit: str
    where: str

    def fits(self, row: Row) -> bool:
        """Return whether a figure is about this."""
        return (row.unit, row.where) == (self.unit, self.where) and row.quantity.casefold().startswith(
            self.quantity.casefold()
        )


@dataclass(frozen=True, slots=True)
class Line:
    """What of the model answers for which series of history.

    ``times`` turns the unit of the measure into that of the rows; ``seasonal`` gives the shares of a year by month, for
    rows that cover part of a turn; ``tolerance`` is the median relative error that is aimed at.
    """

    series: tuple[str, ...]
    measure: str
    over: Over
    times: float
    scale: Scale
    seasonal: Mapping[int, float]
    tolerance: float
    basis: Basis
    place: Place
    also: tuple[About, ...] = ()


@dataclass(frozen=True, slots=True)
class DatedOrder:
    """An order that a seat gives on a day, whatever its doctrine thinks of it. ``targets``: role → entity or tie."""

    on: date
    turn: int
    seat: str
    move: str
    actor: str
    """Empty: the only actor of the seat that may give it."""
    targets: Mapping[str, str]
    amount: int
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class Withheld:
    """A move that a seat's doctrine may not order on its own, because the script dates it."""

    seat: str
    move: str
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class Hindcast:
    """The chapter that makes a scenario a case. Rows that end by ``calibrated_to`` set the start; they do not score."""

    calibrated_to: date
    script: tuple[DatedOrder, ...]
    withheld: tuple[Withheld, ...]
    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    place: Place
    families: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    """(quantity, unit, place) of the rows that a line names → the line's number."""

    def line_of(self, row: Row) -> int | None:
        """Return the number of the line that answers for a row: by its series, else by what it is about.

        A figure about exactly what one of the case's own is about goes with that one; else the line counts that says
        most exactly what it also answers for.
        """
        for number, line in enumerate(self.lines):
            if row.series in line.series:
                return number
        if row.family in self.families:
            return self.families[row.family]
        fitting = [(-len(a.quantity), n) for n, line in enumerate(self.lines) for a in line.also if a.fits(row)]
        return min(fitting)[1] if fitting else None
