"""What never changes in a scenario: who there is, what ties them, which rows they have, what a role may be bound to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wargame.formula.walk import roles
from wargame.model.expression import Between, Entity, Formula, Read, Subject
from wargame.model.kinds import Attribute
from wargame.model.rules import Binding, Clause, Derived, Effects, EntityClause, Event, Mechanism, Move, TieClause
from wargame.model.scenario import EntityStart, Scenario, TieStart, ZoneGroup

Bound = dict[str, str]
PER_UNIT = 1 << 20


def ticks(x: float) -> int:
    """Round to whole ticks, half to even."""
    return round(x * PER_UNIT)


class Board:
    """Names looked up in a scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.entities: dict[str, EntityStart] = {e.id: e for e in scenario.entities}
        self.ties: dict[str, TieStart] = {t.id: t for t in scenario.ties}
        self.groups: dict[str, ZoneGroup] = {g.id: g for g in scenario.groups}
        self.stored: dict[tuple[str, str], Attribute] = {
            (kind, a.id): a for a in scenario.ruleset.attributes for kind in a.of
        }
        self.derived: dict[tuple[str, str], Derived] = {
            (kind, d.attribute.id): d for d in scenario.ruleset.derived for kind in d.owner.kinds
        }

        self._found: dict[tuple[int, tuple[tuple[str, str], ...], frozenset[str]], list[Bound]] = {}

    def kind(self, owner: str) -> str:
        """Return the kind of an entity or the type of a tie."""
        if owner in self.ties:
            return self.ties[owner].type
        return self.entities[owner].kind

    def of_kind(self, kind: str) -> list[str]:
        """Return the entities of a kind or the ties of a type."""
        return [name for name in (*self.entities, *self.ties) if self.kind(name) == kind]

    def attribute(self, owner: str, name: str) -> Attribute | None:
        """Return what is declared of a row; None for ``active`` and series."""
        if owner in self.groups:
            return self.attribute(self.groups[owner].zones[0], name)
        if owner == "outside" or name == "active":
            return None
        return self._declared(self.kind(owner), name)

    def _declared(self, kind: str, name: str) -> Attribute:
        if (kind, name) in self.stored:
            return self.stored[kind, name]
        return self.derived[kind, name].attribute

    def bounds(self, owner: str, name: str) -> tuple[int, int]:
        """Return the bounds of a row in ticks."""
        attribute = self.attribute(owner, name)
        return (0, PER_UNIT) if attribute is None else (ticks(attribute.low), ticks(attribute.high))

    # ── from words in a formula to the owner of a row ────────────────────────────────────────────────────────

    def owner(self, subject: Subject, bound: Mapping[str, str]) -> str | None:
        """Return the entity, tie, group or ``outside`` that a subject stands for; None where there is none."""
        if isinstance(subject, Between):
            return self._between(subject, bound)
        return self._entity(subject, bound)

    def _entity(self, subject: Entity, bound: Mapping[str, str]) -> str | None:
        name: str | None = bound.get(subject.name, subject.name)
        for reference in subject.references:
            name = self.entities[name].references.get(reference) if name is not None else None
        return name

    def _between(self, subject: Between, bound: Mapping[str, str]) -> str | None:
        ends = self._entity(subject.source, bound), self._entity(subject.target, bound)
        symmetric = self.scenario.ruleset.ties[subject.tie].symmetric
        for source, target in (ends, ends[::-1]) if symmetric else (ends,):
            if f"{subject.tie}({source}, {target})" in self.ties:
                return f"{subject.tie}({source}, {target})"
        return None

    def missing(self, read: Read) -> float:
        """Return what is read where the subject stands for nothing."""
        if isinstance(read.subject, Between):
            return ticks(self._declared(read.subject.tie, read.attribute).absent) / PER_UNIT
        return 0.0

    # ── what the roles of a rule may be bound to ─────────────────────────────────────────────────────────────

    def chosen(self, name: str, selectors: tuple[str, ...]) -> bool:
        """Tell whether an entity or tie is meant by kinds, ``#tags`` or ids."""
        tags = [f"#{tag}" for tag in self.entities[name].tags] if name in self.entities else []
        return any(s in (self.kind(name), name, *tags) for s in selectors)

    def bindings(self, binding: Binding, given: Bound, used: frozenset[str]) -> list[Bound]:
        """Return every way to bind the roles; found once, because it never changes."""
        key = id(binding), tuple(given.items()), used
        if key not in self._found:
            self._found[key] = list(self._bindings(binding, given, used))
        return self._found[key]

    def _bindings(self, binding: Binding, given: Bound, used: frozenset[str]) -> Iterator[Bound]:
        """Yield every way to bind the roles that keeps to ``only`` and gives each entity role an entity of its own.

        A symmetric tie is met from both ends. Two bindings that differ only in which way round such ties are taken,
        in a rule whose formulas (they name ``used``) cannot tell the difference, are one: the first.
        """
        blind = self._interchangeable(binding.clauses) - used - given.keys()
        met = set()
        for bound in self._joined(binding.clauses, given):
            entities = [name for name in bound.values() if name in self.entities]
            told_apart = frozenset((role, name) for role, name in bound.items() if role not in blind)
            if told_apart not in met and len(set(entities)) == len(entities) and self._allowed(binding, bound):
                met.add(told_apart)
                yield bound

    def _allowed(self, binding: Binding, bound: Bound) -> bool:
        return all(self.chosen(bound[role], selectors) for role, selectors in binding.only.items() if role in bound)

    def _interchangeable(self, clauses: tuple[Clause, ...]) -> frozenset[str]:
        """Return the roles that are nothing but ends of symmetric ties."""
        ties = [c for c in clauses if isinstance(c, TieClause) and self.scenario.ruleset.ties[c.tie].symmetric]
        others = [c for c in clauses if c not in ties]
        ends = frozenset(role for c in ties for role in (c.source, c.target))
        return ends.difference(*(Binding((c,)).roles for c in others))

    def _joined(self, clauses: tuple[Clause, ...], bound: Bound) -> Iterator[Bound]:
        if not clauses:
            yield bound
            return
        for found in self._matches(clauses[0]):
            if all(bound.get(role, name) == name for role, name in found.items()):
                yield from self._joined(clauses[1:], {**bound, **found})

    def _matches(self, clause: Clause) -> Iterator[Bound]:
        if isinstance(clause, EntityClause):
            yield from ({clause.role: name} for kind in clause.kinds for name in self.of_kind(kind))
            return
        for tie in self.of_kind(clause.tie):
            yield from self._ends(clause, self.ties[tie])

    def _ends(self, clause: TieClause, tie: TieStart) -> Iterator[Bound]:
        yield {clause.source: tie.source, clause.target: tie.target, clause.role: tie.id}
        if self.scenario.ruleset.ties[tie.type].symmetric and not clause.once:
            yield {clause.source: tie.target, clause.target: tie.source, clause.role: tie.id}

    def candidates(self) -> Iterator[tuple[str, str, Bound]]:
        """Yield every (actor, move, targets) that anyone may ever order."""
        for move in self.scenario.ruleset.moves.values():
            for actor, entity in self.entities.items():
                if self.scenario.ruleset.kinds[entity.kind].acts and self.chosen(actor, move.by):
                    for bound in self.bindings(move.target, {"actor": actor}, roles_used(move)):
                        yield actor, move.id, {role: bound[role] for role in target_roles(move)}


def target_roles(move: Move) -> tuple[str, ...]:
    """Return the roles of a move other than the actor's, in their order."""
    return tuple(role for role in move.target.roles if role != "actor")


# ── which roles the formulas of a rule name ──────────────────────────────────────────────────────────────────


def roles_used(rule: Mechanism | Event | Move | Derived) -> frozenset[str]:
    """Return the roles named by any formula, effect or transfer of a rule."""
    if isinstance(rule, Derived):
        return _named([rule.value, rule.where])
    if isinstance(rule, Mechanism):
        return _named([rule.when]) | _named_by(rule.effects)
    if isinstance(rule, Event):
        return _named([rule.when, rule.chance]) | _named_by(rule.effects)
    found = _named([*(r.check for r in (*rule.requires, *rule.where)), *rule.cost.values(), rule.chance])
    found |= _named_by(rule.always) | _named_by(rule.success) | _named_by(rule.failure)
    if rule.covert is not None:
        found |= _named([rule.covert.exposure]) | _named_by(rule.covert.exposed)
    return found.union(*(_named_by(programme.each) for programme in rule.programmes))


def _named(formulas: Iterable[Formula | None]) -> frozenset[str]:
    return frozenset(role for formula in formulas if formula is not None for role in roles(formula.node))


def _named_by(effects: Effects) -> frozenset[str]:
    subjects = [effect.path.subject for effect in effects.add]
    subjects += [end for transfer in effects.transfer for end in (transfer.source, transfer.target)]
    named = frozenset(entity.name for subject in subjects for entity in _entities(subject))
    return named | _named(e.amount for e in effects.add) | _named(t.amount for t in effects.transfer)


def _entities(subject: Subject) -> tuple[Entity, ...]:
    return (subject.source, subject.target) if isinstance(subject, Between) else (subject,)
