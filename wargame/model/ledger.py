"""The ledger: for every change of every row in a turn, the causes, with amounts that add up to it exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from wargame.model.agreements import Settled
from wargame.model.expression import Formula

Column: TypeAlias = "Sequence[float] | float"
"""A number for each line of a posting, or one number that all of them share."""


class CauseKind(StrEnum):
    """What sort of thing changed a number."""

    MECHANISM = "mechanism"
    MOVE = "move"
    COST = "cost"
    PROGRAMME = "programme"
    TERM = "term"
    """A promise was kept."""
    PLEDGE = "pledge"
    """What keeping a promise cost."""
    BREACH = "breach"
    """A promise was broken, or reported broken."""
    EVENT = "event"
    INJECT = "inject"
    INTEREST = "interest"
    """Why a member leans to yes or no."""
    VOTE = "vote"
    """The count of a vote."""
    RESOLUTION = "resolution"
    CHARTER = "charter"
    """What a body's own rules bring about, such as the next chair."""
    SERIES = "series"
    RULING = "ruling"
    CAP = "cap"
    """An amount larger than the range of its attribute was cut."""
    CLIP = "clip"
    """The sum of a phase left the bounds."""
    RESET = "reset"
    """A signal went back to zero."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Who or what did it: a rule with its bound roles, or an order (its candidate), and in which turn it was filed."""

    kind: CauseKind
    rule: str = ""
    bound: tuple[tuple[str, str], ...] = ()
    candidate: int = -1
    """Of an order; of a term, if a promise did it."""
    filed: int = 0


@dataclass(frozen=True, slots=True)
class Working:
    """How an amount came about: the formula with the values of its leaves, and the factors that scaled it."""

    formula: Formula
    values: tuple[float, ...]
    factors: tuple[tuple[str, float], ...] = ()
    """(modifier id, ``scale`` or ``ration``; factor)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One cause of one change."""

    phase: str
    row: int
    cause: Cause
    amount: float
    working: Working | None = None


class Posting(NamedTuple):
    """Lines that came about together, column by column: by one formula of a rule, or of the orders of one move."""

    phase: str
    kind: CauseKind
    rows: Sequence[int]
    amounts: Sequence[float]
    rule: str = ""
    bounds: Sequence[Mapping[str, str]] = ()
    """Role → entity or tie, for each line; empty where the rule has no roles or there is no rule."""
    names: Sequence[str] = ()
    """What names each line in the log: its order, or its bound roles; empty as ``bounds``."""
    candidates: Sequence[int] = ()
    """The order behind each line; empty where there is none."""
    filed: Sequence[int] = ()
    """The turn in which each order was filed."""
    formula: Formula | None = None
    values: Sequence[Column] = ()
    """The value of each leaf of the formula."""
    factors: Sequence[tuple[str, Column]] = ()
    """What scaled the amounts; 1 where a factor does not apply."""

    def lines(self) -> Iterator[Line]:
        """Yield the lines one by one."""
        for i, (row, amount) in enumerate(zip(self.rows, self.amounts, strict=True)):
            bound = tuple(self.bounds[i].items()) if self.bounds else ()
            candidate = self.candidates[i] if self.candidates else -1
            cause = Cause(self.kind, self.rule, bound, candidate, self.filed[i] if self.filed else 0)
            yield Line(self.phase, row, cause, amount, self._working(i))

    def _working(self, line: int) -> Working | None:
        if self.formula is None:
            return None
        factors = ((name, at(column, line)) for name, column in self.factors)
        applied = tuple((name, size) for name, size in factors if size != 1.0)
        return Working(self.formula, tuple(at(column, line) for column in self.values), applied)


def at(column: Column, line: int) -> float:
    """Return the number that a column has for one line."""
    return column if isinstance(column, int | float) else column[line]


@dataclass(slots=True)
class Ledger:
    """What moved the numbers in one turn, posting by posting, in the order in which it was found."""

    postings: list[Posting]
    settled: list[Settled] = field(default_factory=list)
    """What became of promises."""

    @property
    def lines(self) -> list[Line]:
        """Return every cause of every change as a line of its own."""
        return [line for posting in self.postings for line in posting.lines()]
