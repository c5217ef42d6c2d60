"""Derived readings, in an order in which each reads only earlier ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from wargame.content.binding import Roles
from wargame.content.draft import Authored, Draft
from wargame.content.nouns import read_shown
from wargame.content.problems import Problems
from wargame.content.reading import NO_NUMBER, Reading
from wargame.content.schema_rules import DerivedShape
from wargame.content.scope import RuleScope
from wargame.content.spots import Spot
from wargame.formula.walk import reads
from wargame.model.expression import Formula, Number
from wargame.model.kinds import Attribute, AttributeType
from wargame.model.rules import Binding, Clause, Derived, EntityClause, TieClause
from wargame.model.text import Text

Fold = Literal["value", "sum", "max", "min", "mean", "count"]
FOLDS: Final[tuple[Fold, ...]] = ("value", "sum", "max", "min", "mean", "count")
_ONE: Final = Formula(Number(1.0, "1"), "1", "number")


def build_reading(entry: Authored[DerivedShape], draft: Draft) -> Attribute:
    """Return the attribute that a derived reading declares."""
    shape, spot = entry.shape, entry.spot
    owner = _owner(spot, draft)
    shown = read_shown(shape, AttributeType(shape.type), spot, draft)
    return shown.attribute(entry, _kinds(owner.clauses), 0.0, draft)


def _kinds(clauses: list[Clause]) -> tuple[str, ...]:
    """Return the kinds, or the tie type, of the owner that the first clause binds."""
    first = clauses[0] if clauses else None
    return (first.tie,) if isinstance(first, TieClause) else first.kinds if first else ()


def _owner(spot: Spot, draft: Draft) -> Roles:
    roles = Roles(draft)
    roles.read(spot.get("for"), None)
    return roles


def build_derived(entry: Authored[DerivedShape], attribute: Attribute, draft: Draft) -> Derived | None:
    """Return a derived reading, or None if nothing owns it."""
    shape, spot = entry.shape, entry.spot
    owners = _owner(spot, Draft(Problems(), draft.nouns, draft.pack, draft.packs))
    if len(owners.clauses) != 1:
        draft.problems.add(spot.at("for"), "wrong-owner", _WRONG_OWNER)
        return None
    owner = EntityClause(owners.clauses[0].role, _kinds(owners.clauses))
    fold = _fold(shape, spot, draft)
    roles = Roles(draft, dict(owners.kinds))
    over = _over(roles, owner.role, fold, spot, draft)
    if isinstance(owners.clauses[0], TieClause):
        over = Binding((owners.clauses[0], *(over.clauses if over else ())), over.only if over else {})
    parameters = draft.parameters(shape.parameters, spot.get("parameters"))
    reading = Reading(draft, RuleScope(draft.nouns, roles.kinds, frozenset(parameters)))
    value = _ONE if fold == "count" else _value(shape, spot.get(fold), reading)
    where = reading.maybe_truth(spot.get("where"))
    reading.finish(spot.get("parameters"))
    folded: Fold = "sum" if fold == "value" and over is not None else fold  # one tie has one binding
    return Derived(attribute, owner, over, folded, value, where, parameters, attribute.basis, spot.place)


def _value(shape: DerivedShape, spot: Spot | None, reading: Reading) -> Formula:
    if spot is None:
        return NO_NUMBER
    return reading.truth(spot) if shape.type == "flag" else reading.number(spot)


def _fold(shape: DerivedShape, spot: Spot, draft: Draft) -> Fold:
    given = [fold for fold in FOLDS if getattr(shape, fold) is not None]
    if len(given) != 1:
        draft.problems.add(spot.place, "wrong-fold", _ONE_FOLD.fill(folds=", ".join(FOLDS)))
    fold = given[0] if given else "value"
    over = shape.over is not None
    if over == (fold == "value") and len(given) == 1:
        draft.problems.add(spot.get(fold).key_place if spot.get(fold) else spot.place, "wrong-fold", _FOLD_OVER)  # type: ignore[union-attr]
    if not over and (shape.where is not None or shape.only):
        key = "where" if shape.where is not None else "only"
        draft.problems.add(spot.at(key), "wrong-fold", _NEEDS_OVER.fill(key=key))
    return fold


def _over(roles: Roles, owner: str, fold: Fold, spot: Spot, draft: Draft) -> Binding | None:
    over = spot.get("over")
    if over is None or fold == "value":
        return None
    binding = roles.read(over, spot.get("only"))
    if owner not in binding.roles and not roles.kinds[owner] & roles.draft.nouns.ties.keys():
        draft.problems.add(over.place, "wrong-over", _SHARE_OWNER.fill(role=owner))
    return binding


# ── order ────────────────────────────────────────────────────────────────────────────────────────────────────


def in_order(derived: list[Derived], problems: Problems) -> tuple[Derived, ...]:
    """Return derived readings so that each reads only earlier ones; a loop is noted by name."""
    by_id = {d.attribute.id: d for d in derived}
    needs = {name: _needed(d, by_id) for name, d in by_id.items()}
    ordered: dict[str, None] = {}
    for name in by_id:
        _visit(name, needs, [], ordered, by_id, problems)
    return tuple(by_id[name] for name in ordered)


def _needed(derived: Derived, by_id: Mapping[str, Derived]) -> list[str]:
    formulas = [derived.value] if derived.where is None else [derived.value, derived.where]
    found = [r.attribute for f in formulas for r in reads(f.node) if r.lag == 0 and r.attribute in by_id]
    return list(dict.fromkeys(found))


def _visit(
    name: str,
    needs: Mapping[str, list[str]],
    path: list[str],
    ordered: dict[str, None],
    by_id: Mapping[str, Derived],
    problems: Problems,
) -> None:
    if name in ordered:
        return
    if name in path:
        loop = [*path[path.index(name) :], name]
        first = min(path[path.index(name) :])
        if first == name:
            problems.add(by_id[first].place, "derived-loop", _LOOP.fill(loop=" → ".join(loop)))
        return
    for other in needs[name]:
        _visit(other, needs, [*path, name], ordered, by_id, problems)
    ordered[name] = None


_WRONG_OWNER: Final = Text(
    "a derived reading belongs to one kind of entity: for: {{zone: z}}",
    "una lectura derivada pertenece a una clase de entidad: for: {{zone: z}}",
).fill()
_ONE_FOLD: Final = Text("give exactly one of: {folds}", "ponga exactamente uno de: {folds}")
_FOLD_OVER: Final = Text(
    "'value' stands without 'over'; sum, max, min, mean and count stand with it",
    "«value» va sin «over»; sum, max, min, mean y count van con él",
)
_NEEDS_OVER: Final = Text("'{key}' is used only together with 'over'", "«{key}» solo se usa junto con «over»")
_SHARE_OWNER: Final = Text(
    "'over' must name the role '{role}', to which the reading belongs",
    "«over» debe nombrar el papel «{role}», al que pertenece la lectura",
)
_LOOP: Final = Text(
    "these readings are computed from one another: {loop}; use lag(…, 1) somewhere in the loop",
    "estas lecturas se calculan unas de otras: {loop}; use lag(…, 1) en algún punto del círculo",
)
