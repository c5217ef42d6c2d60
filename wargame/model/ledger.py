"""The ledger: for every change of every row in a turn, the causes, with amounts that add up to it exactly."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wargame.model.expression import Formula


class CauseKind(StrEnum):
    """What sort of thing changed a number."""

    MECHANISM = "mechanism"
    MOVE = "move"
    COST = "cost"
    PROGRAMME = "programme"
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
    """One cause of one change. ``before`` is the value when the phase began."""

    phase: str
    row: int
    cause: Cause
    amount: float
    working: Working | None = None


@dataclass(slots=True)
class Ledger:
    """The lines of one turn, in the order in which they were found."""

    lines: list[Line]

    def of(self, row: int) -> list[Line]:
        """Return the lines of one row."""
        return [line for line in self.lines if line.row == row]
