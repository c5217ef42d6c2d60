"""Ledger lines as the log keeps them: complete in themselves, so that "why?" needs no re-run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wargame.engine.engine import Engine
from wargame.model.ledger import CauseKind, Ledger, Line
from wargame.model.ticks import PER_UNIT, TICK

OF_TERMS = frozenset({CauseKind.TERM, CauseKind.PLEDGE, CauseKind.BREACH})
"""Causes that are promises, not orders."""


@dataclass(frozen=True, slots=True)
class LoggedCause:
    """One cause of one change. ``ticks`` is the amount in whole ticks; ``formula`` its text, ``values`` its leaves."""

    phase: str
    number: str
    kind: CauseKind
    ticks: int
    rule: str = ""
    bound: Mapping[str, str] | None = None
    order: str = ""
    filed: int = 0
    formula: str = ""
    yields: str = ""
    values: tuple[float, ...] = ()
    factors: tuple[tuple[str, float], ...] = ()

    @property
    def amount(self) -> float:
        """Return the amount in units of the number."""
        return self.ticks * TICK

    def plain(self) -> list[Any]:
        """Return the cause as JSON values, short because there are hundreds a turn."""
        head: list[Any] = [self.phase, self.number, self.kind.value, self.ticks]
        if self.rule or self.formula:
            head += [self.rule, dict(self.bound or {}), self.order, self.filed]
        if self.formula:
            head += [self.formula, self.yields, list(self.values), [list(f) for f in self.factors]]
        return head


def read_cause(plain: Sequence[Any]) -> LoggedCause:
    """Return the cause that JSON values hold."""
    phase, number, kind, ticks, *more = plain
    rule, bound, order, filed = more[:4] if more else ("", {}, "", 0)
    formula, yields, values, factors = more[4:8] if len(more) > 4 else ("", "", [], [])
    return LoggedCause(
        phase,
        number,
        CauseKind(kind),
        ticks,
        rule,
        bound,
        order,
        filed,
        formula,
        yields,
        tuple(values),
        tuple((name, size) for name, size in factors),
    )


def logged(engine: Engine, ledger: Ledger) -> tuple[LoggedCause, ...]:
    """Return the lines of a turn's ledger as the log keeps them."""
    return tuple(_logged(engine, line) for line in ledger.lines)


def _logged(engine: Engine, line: Line) -> LoggedCause:
    cause, working = line.cause, line.working
    ordered = cause.candidate >= 0 and cause.kind not in OF_TERMS
    order = engine.candidates[cause.candidate].key if ordered else ""
    head = (line.phase, engine.layout.names[line.row], cause.kind, round(line.amount * PER_UNIT))
    if working is None:
        return LoggedCause(*head, cause.rule, dict(cause.bound), order, cause.filed)
    values = tuple(0.0 if value != value else value for value in working.values)
    formula = working.formula
    return LoggedCause(
        *head, cause.rule, dict(cause.bound), order, cause.filed, formula.text, formula.yields, values, working.factors
    )
