"""Parameter sets: the numbers of the rules moved together within the ranges that their authors give them.

A set is played as parameters of a session, so one engine and one batch hold many sets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.engine import draws
from wargame.engine.agreements import term_moves
from wargame.engine.engine import Engine, all_mechanisms, parameters_under
from wargame.model.basis import Basis
from wargame.model.doctrines import Doctrine
from wargame.model.errors import Place
from wargame.model.rules import Event, Mechanism, Modifier, Move, Parameter
from wargame.model.scenario import Scenario
from wargame.model.text import Text
from wargame.model.ticks import Floats

SETS = 40
"""Parameter sets of a large ensemble."""
_SESSIONS_OF_A_SET = 5
"""The fewest sessions that a set should have."""


@dataclass(frozen=True, slots=True)
class Factor:
    """A parameter that may be moved: its value under the lens, and between what it may lie."""

    rule: str
    name: str
    value: float
    low: float
    high: float
    basis: Basis
    place: Place
    """Where its value stands; of a scale, where its rule does."""
    title: Text
    """That of its rule."""

    @property
    def id(self) -> str:
        """Return the name by which lenses know it too."""
        return f"{self.rule}.{self.name}"

    def at(self, share: Floats) -> Floats:
        """Return values for shares of the range: its value at one half, its bounds at 0 and 1."""
        below = self.low + (self.value - self.low) * np.minimum(share * 2.0, 1.0)
        above = (self.high - self.value) * np.maximum(share * 2.0 - 1.0, 0.0)
        return np.clip(below + above, self.low, self.high)

    def share(self, value: float) -> float:
        """Return which share of the range a value is."""
        if value <= self.value:
            return 0.5 * (value - self.low) / (self.value - self.low) if self.value > self.low else 0.5
        return 0.5 + 0.5 * (value - self.value) / (self.high - self.value)


@dataclass(frozen=True)
class ParameterSets:
    """Several sets of the same factors: ``[factor, set]``."""

    factors: tuple[Factor, ...]
    values: Floats

    @property
    def count(self) -> int:
        """Return how many sets there are."""
        return int(self.values.shape[1])

    def of_sessions(self, sets: NDArray[np.intp]) -> dict[tuple[str, str], Floats]:
        """Return the parameters of sessions of which each plays one set: those that differ from the engine's own."""
        return {
            (f.rule, f.name): values[sets]
            for f, values in zip(self.factors, self.values, strict=True)
            if (values != f.value).any()
        }


def factors(engine: Engine, plays: Mapping[str, str]) -> tuple[Factor, ...]:
    """Return the parameters that have a range, of the rules in play; what the lens holds fast is left alone."""
    held = engine.lens.parameters if engine.lens else {}
    now = parameters_under(engine.scenario, engine.lens)
    found: dict[tuple[str, str], Factor] = {}
    for rule, title, parameter in _parameters(engine.scenario, engine.off, frozenset(plays.values())):
        key = (rule, parameter.name)
        if parameter.low < parameter.high and f"{rule}.{parameter.name}" not in held:
            value = now[key]
            found[key] = Factor(*key, value, parameter.low, parameter.high, parameter.basis, parameter.place, title)
    return tuple(found.values())


def _parameters(
    scenario: Scenario, off: frozenset[str], doctrines: frozenset[str]
) -> Iterator[tuple[str, Text, Parameter]]:
    rules = scenario.ruleset
    for derived in rules.derived:
        yield from ((derived.attribute.id, derived.attribute.title, p) for p in derived.parameters.values())
    scaled: Sequence[Mechanism | Move] = [
        *(m for m in (*all_mechanisms(scenario), *rules.institutions.rules) if m.id not in off),
        *rules.moves.values(),
        *term_moves(rules),
    ]
    for rule in scaled:
        yield from ((rule.id, rule.title, p) for p in (*rule.parameters.values(), rule.scale))
    others: Sequence[Modifier | Event | Doctrine] = [
        *(m for m in rules.modifiers if m.id not in off),
        *rules.events,
        *(d for d in rules.doctrines.values() if d.id in doctrines),
    ]
    for other in others:
        yield from ((other.id, other.title, p) for p in other.parameters.values())


def sets_for(sessions: int) -> int:
    """Return how many parameter sets an ensemble is split into."""
    return max(1, min(SETS, sessions // _SESSIONS_OF_A_SET))


def latin_hypercube(chosen: Sequence[Factor], count: int, seed: int) -> ParameterSets:
    """Return sets that cover every range evenly; the first is that of the defaults.

    Half of the sets lie below a parameter's own value and half above, so that it stays in the middle. Each factor's
    part depends on the seed and its name alone: another factor more or less moves no other one.
    """
    values = np.empty((len(chosen), count))
    for row, factor in zip(values, chosen, strict=True):
        row[0] = factor.value
        row[1:] = factor.at(_strata(factor.id, count - 1, seed))
    return ParameterSets(tuple(chosen), values)


def _strata(name: str, count: int, seed: int) -> Floats:
    """Return one share in each of ``count`` equal parts of [0, 1), in an order of the factor's own."""
    if not count:
        return np.empty(0)
    key = draws.keys(np.array([seed & (2**64 - 1)], dtype=np.uint64), 0)
    order = np.argsort(draws.uniform(draws.mix(draws.words(f"set|{name}|{i}" for i in range(count)) ^ key)))
    within = draws.uniform(draws.mix(draws.words(f"set|{name}|{i}|within" for i in range(count)) ^ key))
    shares: Floats = (order + within) / count
    return shares
