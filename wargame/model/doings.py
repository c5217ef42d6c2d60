"""Everything that a scenario may do to its world, gathered from rules, moves, promises, events and injects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wargame.model.rules import Binding, Effects, Event, Mechanism, Move
from wargame.model.scenario import Inject, Scenario


@dataclass(frozen=True, slots=True)
class Doing:
    """Effects with the rule that has them; ``by`` is who may order them ('()' where nobody does)."""

    rule: str
    binding: Binding
    effects: Effects
    by: tuple[str, ...] = ()


def doings(scenario: Scenario) -> Iterator[Doing]:
    """Yield everything that may change the world of a scenario."""
    rules = scenario.ruleset
    ruled: list[Mechanism | Event] = [
        *rules.mechanisms,
        *scenario.mechanisms,
        *rules.institutions.rules,
        *rules.events,
    ]
    for rule in ruled:
        yield Doing(rule.id, rule.binding, rule.effects)
    for inject in scenario.injects:
        yield _of_inject(inject)
    for move in (*rules.moves.values(), *(term.move for term in rules.terms.values())):
        for effects in effects_of(move):
            yield Doing(move.id, move.target, effects, move.by)


def _of_inject(inject: Inject) -> Doing:
    return Doing(inject.id, Binding(), inject.effects)


def effects_of(move: Move) -> tuple[Effects, ...]:
    """Return everything that an order may do, whatever comes of it."""
    exposed = (move.covert.exposed,) if move.covert else ()
    return (move.always, move.success, move.failure, *exposed, *(p.each for p in move.programmes))
