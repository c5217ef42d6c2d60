"""The changes of one phase: collected while the world stands still, then applied at once."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.oracle.board import PER_UNIT, ticks
from tests.oracle.state import Desk, State
from wargame.model.expression import Subject
from wargame.model.rules import Effects


@dataclass
class Phase:
    """What one phase is about to change."""

    state: State
    changes: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    moved: list[tuple[str, str, int]] = field(default_factory=list)
    """Source row, target row, amount."""

    def bring(self, effects: Effects, desk: Desk, factors: Iterable[float] = ()) -> None:
        """Collect what some effects add and move."""
        factors = tuple(factors)
        for effect in effects.add:
            row = self._row(effect.path.subject, effect.path.attribute, desk)
            if row is not None:
                self.changes[_name(row)] += self.capped(row, product(desk.number(effect.amount), factors))
        for transfer in effects.transfer:
            source = self._row(transfer.source, transfer.attribute, desk)
            target = self._row(transfer.target, transfer.attribute, desk)
            if source is not None and target is not None:
                amount = self.capped(source, max(0.0, product(desk.number(transfer.amount), factors)))
                self.moved.append((_name(source), _name(target), amount))

    def pay(self, actor: str, resource: str, cost: float) -> None:
        """Collect the cost of an order."""
        self.changes[f"{actor}.{resource}"] -= self.capped((actor, resource), max(0.0, cost))

    def apply(self) -> None:
        """Ration the transfers, add everything up and clip once."""
        for source, target, amount in self._rationed():
            self.changes[source] -= amount
            self.changes[target] += amount
        for row, change in self.changes.items():
            owner, attribute = row.rsplit(".", 1)
            low, high = self.state.board.bounds(owner, attribute)
            self.state.values[row] = min(max(self.state.values[row] + change, low), high)

    def _row(self, subject: Subject, attribute: str, desk: Desk) -> tuple[str, str] | None:
        owner = self.state.board.owner(subject, desk.bound)
        return None if owner is None else (owner, attribute)

    def capped(self, row: tuple[str, str], amount: float) -> int:
        """Return an amount in ticks, capped to the range of a row."""
        low, high = self.state.board.bounds(*row)
        return min(max(ticks(amount), low - high), high - low)

    def _rationed(self) -> Iterator[tuple[str, str, int]]:
        totals: defaultdict[str, int] = defaultdict(int)
        for source, _, amount in self.moved:
            totals[source] += amount
        for source, target, amount in self.moved:
            held, total = self.state.values[source], totals[source]
            if total > held:
                ratio = (held / PER_UNIT) / (total / PER_UNIT)
                amount = math.floor(amount / PER_UNIT * ratio * PER_UNIT)
            yield source, target, amount


def _name(row: tuple[str, str]) -> str:
    return f"{row[0]}.{row[1]}"


def product(x: float, factors: Iterable[float]) -> float:
    for factor in factors:
        x = x * factor
    return x
