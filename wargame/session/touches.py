"""Which rules change which rows, and by which formula."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.engine.rules import BoundRule
from wargame.model.expression import Formula


@dataclass(frozen=True, slots=True)
class Touch:
    """One place of a rule that changes a row; ``sign`` is −1 for the source of a transfer."""

    rule: BoundRule
    binding: int
    formula: Formula
    sign: float


def touches_of(rule: BoundRule) -> Iterator[tuple[int, Touch]]:
    """Yield each row that a rule changes, with the place of the rule that does it."""
    for effect in rule.effects:
        for i, row in enumerate(effect.rows.rows):
            yield int(row), Touch(rule, _at(effect.at, i), effect.amount.formula, 1.0)
    for transfer in rule.transfers:
        for i, (source, target) in enumerate(zip(transfer.source, transfer.target, strict=True)):
            yield int(source), Touch(rule, _at(transfer.at, i), transfer.amount.formula, -1.0)
            yield int(target), Touch(rule, _at(transfer.at, i), transfer.amount.formula, 1.0)


def _at(positions: NDArray[np.intp] | None, i: int) -> int:
    return i if positions is None else int(positions[i])
