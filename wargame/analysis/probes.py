"""What the parts of formulas came to while sessions were played: which were always zero, which never left one end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from wargame.engine.activity import Truths
from wargame.engine.changes import Changes
from wargame.engine.engine import Engine
from wargame.engine.moves import BoundMove
from wargame.engine.readers import BoundFormula, Dense, spread
from wargame.engine.rules import BoundRule
from wargame.formula.walk import draws, nodes, reads
from wargame.formula.written import written
from wargame.model.bindings import Bound
from wargame.model.doings import effects_of
from wargame.model.errors import Place
from wargame.model.expression import Arithmetic, Call, Formula, Negative, Node
from wargame.model.rules import Effect, Effects, Mechanism, Transfer
from wargame.model.ticks import Floats
from wargame.model.world import World

_HOLDS: Final = ("ramp", "clip")
"""Functions that hold a number between two ends."""


@dataclass
class Reach:
    """How far a part of a formula reached over everything that was played."""

    place: Place
    rule: str
    part: str
    held: bool
    """A ramp or clip: it matters whether it ever left one value. Otherwise: whether it was ever other than 0."""
    low: float = float("inf")
    high: float = float("-inf")

    def note(self, values: Floats) -> None:
        """Take in some values."""
        if values.size:
            self.low = min(self.low, float(values.min()))
            self.high = max(self.high, float(values.max()))

    @property
    def met(self) -> bool:
        """Say whether it was computed at all."""
        return self.low <= self.high

    @property
    def dead(self) -> bool:
        """Say whether it never told one situation from another."""
        return self.met and self.low == self.high and (self.held or self.low == 0.0)


@dataclass(frozen=True)
class Record:
    """What was met over all sessions; shared by every lens and every bot."""

    reaches: dict[tuple[Place, str], Reach] = field(default_factory=dict)
    """(place of the formula, part) → how far it reached."""
    acted: dict[str, bool] = field(default_factory=dict)
    """Mechanism → whether its condition ever held."""
    legal: dict[str, bool] = field(default_factory=dict)
    """Move → whether it ever could be ordered."""

    def reach(self, place: Place, rule: str, node: Node) -> Reach:
        """Return the reach of a part."""
        held = isinstance(node, Call) and node.function in _HOLDS
        key = (place, written(node))
        return self.reaches.setdefault(key, Reach(place, rule, key[1], held))


@dataclass(frozen=True)
class _Probe:
    reach: Reach
    bound: BoundFormula


def _parts(formula: Formula) -> Iterator[Node]:
    """Yield the terms of an amount, and its ramps and clips; chance may come out either way and is left out."""
    for node in _terms(formula.node):
        if reads(node) and not draws(node):
            yield node
    for node in nodes(formula.node):
        if isinstance(node, Call) and node.function in _HOLDS and reads(node) and not draws(node):
            yield node


def _terms(node: Node) -> Iterator[Node]:
    if isinstance(node, Arithmetic) and node.operator in "+-":
        yield from _terms(node.left)
        yield from _terms(node.right)
    elif isinstance(node, Negative):
        yield from _terms(node.operand)
    else:
        yield node


def _probes(
    parts: Sequence[Effects], rule: str, bounds: Sequence[Bound], engine: Engine, record: Record
) -> tuple[_Probe, ...]:
    found = {}
    for effects in parts:
        changes: list[Effect | Transfer] = [*effects.add, *effects.transfer]
        for effect in changes:
            for node in _parts(effect.amount):
                reach = record.reach(effect.place, rule, node)
                formula = Formula(node, reach.part, "number")
                found[id(reach)] = _Probe(reach, engine.binder.bind(formula, rule, bounds))
    return tuple(found.values())


class WatchedRule:
    """A mechanism that is run as ever, and looked at while it runs."""

    def __init__(self, bound: BoundRule, rule: Mechanism, engine: Engine, record: Record) -> None:
        self.bound = bound
        self.record = record
        self.probes = _probes((rule.effects,), rule.id, bound.bounds, engine, record)
        if bound.bounds:
            record.acted.setdefault(rule.id, False)

    def holds(self, world: World, reader: Dense) -> Truths | None:
        """Return where the rule holds."""
        return self.bound.holds(world, reader)

    def run(self, world: World, reader: Dense, changes: Changes, mask: Truths | None) -> None:
        """Run the rule and note what its parts come to where it holds."""
        if self.bound.bounds and (mask is None or mask.any()):
            self.record.acted[self.bound.id] = True
            _take(self.probes, reader, mask, (len(self.bound.bounds), world.sessions))
        self.bound.run(world, reader, changes, mask)


@dataclass(frozen=True)
class WatchedMoves:
    """The moves of an engine, looked at as each turn begins."""

    engine: Engine
    record: Record
    probes: Mapping[str, tuple[_Probe, ...]]

    @classmethod
    def of(cls, engine: Engine, record: Record) -> WatchedMoves:
        """Return what watches the moves of an engine."""
        moves = engine.catalogue.moves
        probes = {m.move.id: _probes(effects_of(m.move), m.move.id, m.bounds, engine, record) for m in moves}
        for bound in moves:
            record.legal.setdefault(bound.move.id, False)
        return cls(engine, record, probes)

    def look(self, world: World) -> None:
        """Note what could be ordered now, and what it would do."""
        legality, reader = self.engine.legality(world), self.engine.reader(world)
        reader.amounts = 1.0
        for bound in self.engine.catalogue.moves:
            may = legality.pairs(bound)
            if not may.any():
                continue
            self.record.legal[bound.move.id] = True
            targets = legality.targets(bound)
            mask = may[bound.pair_of] if targets is None else may[bound.pair_of] & targets
            _take(self._open(bound), reader, mask, (bound.count, world.sessions))

    def _open(self, bound: BoundMove) -> list[_Probe]:
        """Return the parts of a move that have not yet shown that they tell situations apart."""
        return [p for p in self.probes[bound.move.id] if p.reach.dead or not p.reach.met]


def _take(probes: Sequence[_Probe], reader: Dense, mask: Truths | None, shape: tuple[int, int]) -> None:
    for probe in probes:
        values = spread(reader.evaluate(probe.bound), shape)
        probe.reach.note(np.asarray(values if mask is None else values[mask], dtype=np.float64))


def watch(engine: Engine, record: Record) -> WatchedMoves:
    """Let the mechanisms of an engine be looked at while they run; return what looks at its moves."""
    rules = {m.id: m for m in (*engine.scenario.ruleset.mechanisms, *engine.scenario.mechanisms)}
    watched = tuple(WatchedRule(bound, rules[bound.id], engine, record) for bound in engine.mechanisms)
    engine.mechanisms = watched  # type: ignore[assignment]
    return WatchedMoves.of(engine, record)
