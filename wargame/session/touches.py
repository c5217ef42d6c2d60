"""Which rules change which rows, and by which formula."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from wargame.engine.engine import Engine
from wargame.engine.rules import BoundRule
from wargame.model.expression import Formula


@dataclass(frozen=True, slots=True)
class Touch:
    """One place of a rule that changes a row; ``sign`` is −1 for the source of a transfer."""

    rule: BoundRule
    binding: int
    formula: Formula
    sign: float


_KNOWN: WeakKeyDictionary[Engine, Mapping[int, list[Touch]]] = WeakKeyDictionary()
"""What was found for each engine: the rules of a session stay the same, and there are tens of thousands of places."""


def touching(engine: Engine) -> Mapping[int, list[Touch]]:
    """Return, by row, every place of a rule that changes it: of mechanisms, events, injects and the votes of bodies."""
    if engine not in _KNOWN:
        happenings = engine.happenings
        rules = [*engine.mechanisms, *(e.rule for e in happenings.events), *(i.rule for i in happenings.injects)]
        if engine.chamber is not None:
            rules += [*engine.chamber.interests, *engine.chamber.outcomes]
        found: dict[int, list[Touch]] = {}
        for rule in rules:
            for row, touch in touches_of(rule):
                found.setdefault(row, []).append(touch)
        _KNOWN[engine] = found
    return _KNOWN[engine]


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
