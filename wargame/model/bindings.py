"""Which entities and ties a rule is about: every binding of its roles, found once at load."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from wargame.model.expression import Between, Entity, Subject
from wargame.model.rules import Binding, EntityClause, TieClause
from wargame.model.scenario import EntityStart, Scenario, TieStart

if TYPE_CHECKING:
    from wargame.model.layout import Layout

Bound = Mapping[str, str]
"""Role → id of the entity or tie."""


@dataclass(frozen=True)
class Cast:
    """The entities and ties of a scenario, by id, kind and type."""

    entities: Mapping[str, EntityStart]
    ties: Mapping[str, TieStart]
    of_type: Mapping[str, tuple[TieStart, ...]]
    symmetric: frozenset[str]

    @classmethod
    def of(cls, scenario: Scenario) -> Cast:
        """Return the cast of a scenario."""
        types = scenario.ruleset.ties
        return cls(
            {e.id: e for e in scenario.entities},
            {t.id: t for t in scenario.ties},
            {name: tuple(t for t in scenario.ties if t.type == name) for name in types},
            frozenset(name for name, t in types.items() if t.symmetric),
        )

    @cached_property
    def _at_source(self) -> Mapping[tuple[str, str], tuple[TieStart, ...]]:
        return _by_end(self.of_type, lambda tie: (tie.source,))

    @cached_property
    def _at_target(self) -> Mapping[tuple[str, str], tuple[TieStart, ...]]:
        return _by_end(self.of_type, lambda tie: (tie.target,))

    @cached_property
    def _at_either(self) -> Mapping[tuple[str, str], tuple[TieStart, ...]]:
        return _by_end(self.of_type, lambda tie: dict.fromkeys((tie.source, tie.target)))

    @cached_property
    def _called(self) -> Mapping[str, frozenset[str]]:
        """By entity: its id, its kind, and each ``#tag`` of it."""
        return {e.id: frozenset((e.kind, e.id, *(f"#{tag}" for tag in e.tags))) for e in self.entities.values()}

    def between(self, kind: str, source: str | None, target: str | None) -> tuple[TieStart, ...]:
        """Return the ties of a type that may run from one entity to another (None: any), in scenario order."""
        if source is None and target is None:
            return self.of_type[kind]
        if kind in self.symmetric:
            return self._at_either.get((kind, source or target or ""), ())
        return (
            self._at_target.get((kind, target or ""), ()) if source is None else self._at_source.get((kind, source), ())
        )

    def fits(self, name: str, wanted: Iterable[str]) -> bool:
        """Say whether an entity is one of some kinds, ``#tags`` or ids."""
        return not self._called[name].isdisjoint(wanted)

    def actors(self, by: Iterable[str]) -> list[str]:
        """Return the entities that are one of some kinds, tags or ids, in the order of the scenario."""
        wanted = tuple(by)
        return [e for e in self.entities if self.fits(e, wanted)]


def _by_end(
    of_type: Mapping[str, tuple[TieStart, ...]], ends: Callable[[TieStart], Iterable[str]]
) -> dict[tuple[str, str], tuple[TieStart, ...]]:
    found: dict[tuple[str, str], list[TieStart]] = {}
    for kind, ties in of_type.items():
        for tie in ties:
            for end in ends(tie):
                found.setdefault((kind, end), []).append(tie)
    return {key: tuple(ties) for key, ties in found.items()}


def enumerate_bindings(
    binding: Binding, cast: Cast, used: frozenset[str], fixed: Bound | None = None
) -> list[dict[str, str]]:
    """Return every binding of the roles (with ``fixed`` roles given), in the order of the scenario.

    A symmetric tie is bound from both ends, unless its clause says once. Bindings that differ only in ends that the
    rule does not use (``used``) are one: the first stays.
    """
    found: list[dict[str, str]] = [dict(fixed or {})]
    for clause in binding.clauses:
        found = [more for bound in found for more in _extend(clause, bound, binding, cast)]
    idle = _mere_ends(binding, cast) - used - (fixed or {}).keys()
    if not idle:
        return found
    first: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}
    for bound in found:
        first.setdefault(tuple((role, name) for role, name in bound.items() if role not in idle), bound)
    return list(first.values())


def _mere_ends(binding: Binding, cast: Cast) -> set[str]:
    """Return the roles that are nothing but ends of symmetric ties."""
    ends: set[str] = set()
    others: set[str] = set()
    for clause in binding.clauses:
        if isinstance(clause, EntityClause):
            others.add(clause.role)
        else:
            (ends if clause.tie in cast.symmetric else others).update((clause.source, clause.target))
    return ends - others


def _extend(
    clause: EntityClause | TieClause, bound: dict[str, str], binding: Binding, cast: Cast
) -> Iterator[dict[str, str]]:
    if isinstance(clause, EntityClause):
        for name, entity in cast.entities.items():
            if entity.kind in clause.kinds:
                yield from _with(bound, {clause.role: name}, binding, cast)
        return
    for tie in cast.between(clause.tie, bound.get(clause.source), bound.get(clause.target)):
        for source, target in _ends(clause, tie, cast):
            roles = {clause.source: source, clause.target: target}
            for more in _with(bound, roles, binding, cast):
                yield {**more, clause.role: tie.id}


def _ends(clause: TieClause, tie: TieStart, cast: Cast) -> list[tuple[str, str]]:
    ends = (tie.source, tie.target)
    return [ends, ends[::-1]] if clause.tie in cast.symmetric and not clause.once else [ends]


def _with(bound: dict[str, str], roles: dict[str, str], binding: Binding, cast: Cast) -> Iterator[dict[str, str]]:
    for role, name in roles.items():
        if role in bound:
            if bound[role] != name:
                return
            continue
        if role in binding.only and not cast.fits(name, binding.only[role]):
            return
        if name in bound.values():
            return
    yield {**bound, **roles}


def entity_of(subject: Entity, bound: Bound, cast: Cast) -> str | None:
    """Return the id that a role (with its references) stands for; None where an optional reference is not given."""
    name: str | None = bound.get(subject.name, subject.name)
    for reference in subject.references:
        if name is None:
            return None
        name = cast.entities[name].references.get(reference)
    return name


def row_of(subject: Subject, attribute: str, bound: Bound, cast: Cast, layout: Layout) -> int | None:
    """Return the row of an attribute of a subject; None where the tie, entity or attribute does not exist."""
    if isinstance(subject, Between):
        source, target = entity_of(subject.source, bound, cast), entity_of(subject.target, bound, cast)
        tie = layout.ties.get((subject.tie, source or "", target or ""))
        return None if tie is None else layout.index.get((tie, attribute))
    name = entity_of(subject, bound, cast)
    return None if name is None else layout.index.get((name, attribute))
