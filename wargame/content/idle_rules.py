"""Rules, moves and numbers that can play no part in a scenario: nobody has them, changes them or may order them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from wargame.content.problems import Problems
from wargame.content.scope import ACTIVE
from wargame.formula.walk import reads
from wargame.model.doings import doings
from wargame.model.expression import Entity, Formula
from wargame.model.institutions import NEEDED
from wargame.model.kinds import Attribute
from wargame.model.rules import Binding, EntityClause, Event, Mechanism, Move
from wargame.model.scenario import EntityStart, Scenario, TieStart
from wargame.model.text import Text


def look_for_idle_rules(scenario: Scenario, problems: Problems) -> None:
    """Note what can play no part in a scenario."""
    cast = _Cast(scenario)
    changed = _changed(scenario)
    _rules_for_nobody(scenario, cast, problems)
    _moves_without_use(scenario, cast, problems)
    _fixed_numbers(scenario, changed, problems)
    _sleepers(scenario, problems)
    _fixed_aims(scenario, changed, problems)
    _unplayed_doctrines(scenario, problems)


class _Cast:
    """Which entities and ties a binding may find."""

    def __init__(self, scenario: Scenario) -> None:
        self.entities = {e.id: e for e in scenario.entities}
        self.ties: dict[str, list[tuple[str, str]]] = {}
        for tie in scenario.ties:
            ends = self.ties.setdefault(tie.type, [])
            ends.append((tie.source, tie.target))
            if scenario.ruleset.ties[tie.type].symmetric:
                ends.append((tie.target, tie.source))

    def missing(self, binding: Binding) -> str:
        """Return the first clause of a binding that nothing in the scenario fits ('': there is none)."""
        for clause in binding.clauses:
            only = binding.only
            if isinstance(clause, EntityClause):
                wanted = (e for e in self.entities.values() if e.kind in clause.kinds)
                if not any(fits(e, only.get(clause.role)) for e in wanted):
                    return _worded(" | ".join(clause.kinds), only.get(clause.role))
            elif not any(self._joins(ends, clause.source, clause.target, binding) for ends in self._of(clause.tie)):
                chosen = [*only.get(clause.source, ()), *only.get(clause.target, ())]
                return _worded(clause.tie, chosen)
        return ""

    def _of(self, tie: str) -> Iterable[tuple[str, str]]:
        return self.ties.get(tie, ())

    def _joins(self, ends: tuple[str, str], source: str, target: str, binding: Binding) -> bool:
        pairs = zip(ends, (source, target), strict=True)
        return all(fits(self.entities[name], binding.only.get(role)) for name, role in pairs)


def fits(entity: EntityStart, words: Iterable[str] | None) -> bool:
    """Say whether an entity is one of some kinds, ``#tags`` or ids (None: anything is)."""
    own = {entity.id, entity.kind, *(f"#{t}" for t in entity.tags)}
    return words is None or any(word in own for word in words)


def _worded(what: str, chosen: Iterable[str] | None) -> str:
    more = ", ".join(chosen or ())
    return f"{what} [{more}]" if more else what


# ── rules and moves ──────────────────────────────────────────────────────────────────────────────────────────


def _rules_for_nobody(scenario: Scenario, cast: _Cast, problems: Problems) -> None:
    rules: list[Mechanism | Event] = [*scenario.ruleset.mechanisms, *scenario.mechanisms, *scenario.ruleset.events]
    for rule in rules:
        lacking = cast.missing(rule.binding)
        if lacking:
            problems.add(rule.place, "rule-for-nobody", _FOR_NOBODY.fill(rule=rule.id, lacking=lacking))


def _moves_without_use(scenario: Scenario, cast: _Cast, problems: Problems) -> None:
    seated = {a: seat for seat in scenario.seats for a in seat.actors}
    for move in scenario.ruleset.moves.values():
        givers = [e for a, seat in seated.items() if (e := cast.entities.get(a)) and move.id not in seat.moves_denied]
        if not any(fits(e, move.by) for e in givers):
            continue  # told as a move for nobody
        lacking = cast.missing(move.target)
        if lacking:
            problems.add(move.place, "move-without-target", _NO_TARGET.fill(move=move.id, lacking=lacking))
        for name, least, most in _beyond_means(move, scenario.ruleset.attributes):
            message = _TOO_DEAR.fill(move=move.id, cost=f"{least:g}", most=f"{most:g}", name=name)
            problems.add(move.place, "move-too-dear", message)


def _beyond_means(move: Move, attributes: Collection[Attribute]) -> Iterator[tuple[str, float, float]]:
    """Yield the resources of which a move always costs more than anybody can ever have."""
    for attribute in attributes:
        cost = move.cost.get(attribute.id)
        least = _constant(cost) if cost is not None else None
        if least is not None and least > attribute.high:
            yield attribute.id, least, attribute.high


def _constant(formula: Formula) -> float | None:
    try:
        return float(formula.text)
    except ValueError:
        return None


# ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────


def _changed(scenario: Scenario) -> frozenset[str]:
    """Return the attributes that something may change."""
    found = {name for names in NEEDED.values() for name in names} | {ACTIVE}
    for doing in doings(scenario):
        found.update(e.path.attribute for e in doing.effects.add)
        found.update(t.attribute for t in doing.effects.transfer)
    for move in scenario.ruleset.moves.values():
        found.update(move.cost)
    return frozenset(found)


def _fixed_numbers(scenario: Scenario, changed: frozenset[str], problems: Problems) -> None:
    """Note attributes that are alike everywhere and that nothing changes: a parameter says the same with a range."""
    values: dict[str, set[float]] = {}
    starts: list[EntityStart | TieStart] = [*scenario.entities, *scenario.ties]
    for start in starts:
        for name, value in start.values.items():
            values.setdefault(name, set()).add(value.value)
    for attribute in scenario.ruleset.attributes:
        other = values.get(attribute.id, set()) - {attribute.start}
        if attribute.id not in changed and not other and not (attribute.resource or attribute.sharpens):
            problems.add(attribute.place, "unchanging-attribute", _UNCHANGING.fill(name=attribute.id))


def _sleepers(scenario: Scenario, problems: Problems) -> None:
    """Note inactive entities that nothing can wake; a rule that wakes whatever plays a role may mean any of them."""
    named: set[str] = set()
    by_role = False
    for doing in doings(scenario):
        for effect in doing.effects.add:
            if effect.path.attribute != ACTIVE or not isinstance(effect.path.subject, Entity):
                continue
            subject = effect.path.subject
            named.add(subject.name)
            by_role = by_role or bool(subject.references) or subject.name in (*doing.binding.roles, "actor", "taker")
    for entity in scenario.entities:
        if not entity.active and not by_role and entity.id not in named and entity.place.file:
            problems.add(entity.place, "never-active", _SLEEPS.fill(name=entity.id))


# ── aims ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _fixed_aims(scenario: Scenario, changed: frozenset[str], problems: Problems) -> None:
    moving = changed | {d.attribute.id for d in scenario.ruleset.derived} | {s.id for s in scenario.series}
    for seat in scenario.seats:
        for objective in seat.objectives:
            if _stands_still(objective.degree, moving):
                message = _FIXED_OBJECTIVE.fill(name=objective.id, reads=_read(objective.degree))
                problems.add(objective.place, "fixed-objective", message)
    for measure in scenario.measures:
        if _stands_still(measure.value, moving):
            message = _FIXED_MEASURE.fill(name=measure.id, reads=_read(measure.value))
            problems.add(measure.place, "fixed-measure", message)


def _stands_still(formula: Formula, moving: frozenset[str]) -> bool:
    return not any(read.attribute in moving for read in reads(formula.node)) and "turn" not in formula.text


def _read(formula: Formula) -> str:
    return ", ".join(str(read) for read in reads(formula.node)) or "–"


def _unplayed_doctrines(scenario: Scenario, problems: Problems) -> None:
    """Note doctrines that no seat plays."""
    played = {name for seat in scenario.seats for name in seat.doctrines}
    for doctrine in scenario.ruleset.doctrines.values():
        if doctrine.id not in played:
            problems.add(doctrine.place, "unplayed-doctrine", _UNPLAYED.fill(name=doctrine.id))


_FOR_NOBODY: Final = Text(
    "'{rule}' is about nothing in this scenario, which has no {lacking}: give something that kind, tie or tag, "
    "or leave the rule out",
    "«{rule}» no trata de nada en este escenario, que no tiene {lacking}: dé a algo esa clase, vínculo o etiqueta, "
    "o quite la regla",
)
_NO_TARGET: Final = Text(
    "'{move}' can never be ordered in this scenario, which has no {lacking} for it",
    "«{move}» nunca se puede ordenar en este escenario, que no tiene {lacking}",
)
_TOO_DEAR: Final = Text(
    "'{move}' costs {cost} of '{name}', and nobody can ever have more than {most}",
    "«{move}» cuesta {cost} de «{name}», y nadie puede tener nunca más de {most}",
)
_UNCHANGING: Final = Text(
    "nothing changes '{name}' and it is the same everywhere: make it a parameter, or delete it",
    "nada cambia «{name}» y es igual en todas partes: hágalo un parámetro o bórrelo",
)
_SLEEPS: Final = Text(
    "'{name}' is inactive and nothing can make it active: add an effect on {name}.active, or delete it",
    "«{name}» está inactivo y nada puede activarlo: añada un efecto sobre {name}.active, o bórrelo",
)
_FIXED_OBJECTIVE: Final = Text(
    "the objective '{name}' cannot change: nothing changes what it reads ({reads})",
    "el objetivo «{name}» no puede cambiar: nada cambia lo que lee ({reads})",
)
_FIXED_MEASURE: Final = Text(
    "the measure '{name}' cannot change: nothing changes what it reads ({reads})",
    "el indicador «{name}» no puede cambiar: nada cambia lo que lee ({reads})",
)
_UNPLAYED: Final = Text(
    "no seat of this scenario lists the doctrine '{name}'",
    "ningún puesto de este escenario ofrece la doctrina «{name}»",
)
