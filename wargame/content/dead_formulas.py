"""Conditions that can never hold, and parts of formulas that are always zero or clipped, whatever happens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from wargame.content.problems import Problems
from wargame.content.scope import OUTSIDE, Nouns, RuleScope, Said
from wargame.formula.span import UNKNOWN, Finding, Look, Span
from wargame.formula.written import written
from wargame.model.expression import Amount, Draw, Entity, Leaf, Parameter, Read, Turn
from wargame.model.kinds import AttributeType
from wargame.model.scenario import Scenario
from wargame.model.text import Text

_ORDERED: Final = (0.0, 10_000.0)
"""Between which an order's amount lies, whatever the move."""


@dataclass(frozen=True)
class _Bounds:
    """Between which values the leaves of a formula lie, as packs and scenario declare it."""

    nouns: Nouns
    turns: int
    series: Mapping[str, Span]

    def of(self, said: Said) -> Callable[[Leaf], Span]:
        """Return what gives the span of each leaf of one formula."""

        def span(leaf: Leaf) -> Span:
            match leaf:
                case Read():
                    return self._read(leaf, said.scope)
                case Parameter(name=name):
                    return said.ranges.get(name, UNKNOWN)
                case Turn():
                    return 1.0, float(self.turns)
                case Amount():
                    return _ORDERED
                case Draw():
                    return UNKNOWN

        return span

    def _read(self, read: Read, scope: RuleScope) -> Span:
        subject = read.subject
        name = subject.name if isinstance(subject, Entity) else ""
        if name == OUTSIDE:
            return self.series.get(read.attribute, UNKNOWN)
        attribute = self.nouns.attributes.get(read.attribute)
        if attribute is None:
            return 0.0, 1.0
        low, high = min(attribute.low, attribute.absent), max(attribute.high, attribute.absent)
        members = len(scope.cast.groups.get(name, ())) if attribute.type is AttributeType.STOCK else 0
        return (min(low, low * members), max(high, high * members)) if members else (low, high)


def look_for_dead_formulas(scenario: Scenario, nouns: Nouns, problems: Problems) -> None:
    """Note what can never hold or never matter in the formulas of a scenario and its rule packs."""
    series = {s.id: (min(s.low, *s.values), max(s.high, *s.values)) for s in scenario.series}
    bounds = _Bounds(nouns, scenario.calendar.full, series)
    last = scenario.endings[-1].when if scenario.endings else None
    for said in nouns.said:
        if said.formula is last:
            continue
        look = Look(bounds.of(said))
        look.at(said.formula.node, truth=said.formula.yields == "truth")
        for finding, node in look.found:
            code, message = _TOLD[finding]
            problems.add(said.place, code, message.fill(part=written(node)))


_TOLD: Final = {
    Finding.NEVER: (
        "never-true",
        Text(
            "'{part}' can never hold: compare it with the bounds of what it reads, or delete what depends on it",
            "«{part}» no puede cumplirse nunca: mire los límites de lo que lee, o borre lo que depende de ello",
        ),
    ),
    Finding.ALWAYS: (
        "always-true",
        Text(
            "'{part}' always holds, so it says nothing: correct or delete it",
            "«{part}» se cumple siempre, así que no dice nada: corríjalo o bórrelo",
        ),
    ),
    Finding.ZERO: (
        "always-zero",
        Text(
            "'{part}' is always 0: correct or delete it",
            "«{part}» es siempre 0: corríjalo o bórrelo",
        ),
    ),
    Finding.CLIPPED: (
        "always-clipped",
        Text(
            "'{part}' always stands at the same end, for what it reads stays on one side: set other ends",
            "«{part}» está siempre en el mismo extremo, pues lo que lee queda a un lado: ponga otros extremos",
        ),
    ),
    Finding.UNUSED: (
        "never-taken",
        Text(
            "'{part}' is never the one that min or max takes: correct or delete it",
            "«{part}» nunca es el valor que toma min o max: corríjalo o bórrelo",
        ),
    ),
}
