"""Modifiers, lenses and doctrines: rules about rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from wargame.content.binding import ACTOR, Roles
from wargame.content.draft import Authored, Draft, maybe_text, outside, spot_words, text_of
from wargame.content.reading import Reading
from wargame.content.resolutions import build_leaning
from wargame.content.schema_rules import DoctrineShape, LensShape, ModifierShape, PriorityShape
from wargame.content.scope import ANY, RuleScope
from wargame.content.spots import Spot
from wargame.content.verbs import actor_kinds
from wargame.model.agreements import Bargaining
from wargame.model.doctrines import Doctrine, Priority
from wargame.model.expression import Formula
from wargame.model.rules import Lens, Modifier, Move, Parameter
from wargame.model.text import Text


@dataclass
class Verbs:
    """The rules built so far: what lenses, modifiers and doctrines may name."""

    moves: dict[str, Move] = field(default_factory=dict)
    roles: dict[str, Roles] = field(default_factory=dict)
    """Move → what its roles may be."""
    parameters: dict[str, Mapping[str, Parameter]] = field(default_factory=dict)
    """Rule → its parameters, ``scale`` too."""
    switched: dict[str, str] = field(default_factory=dict)
    """Rules that a lens can switch off or on → their pack."""
    packs: dict[str, str] = field(default_factory=dict)
    """Rule → the pack that declares it."""
    broken: set[str] = field(default_factory=set)

    def visible(self, packs: frozenset[str]) -> list[str]:
        """Return the rules that some packs declare."""
        return [rule for rule, pack in self.packs.items() if pack in packs]

    def moves_seen(self, packs: frozenset[str]) -> list[str]:
        """Return the moves that some packs declare."""
        return [move.id for move in self.moves.values() if move.pack in packs]


# ── modifiers ────────────────────────────────────────────────────────────────────────────────────────────────


def build_modifier(entry: Authored[ModifierShape], draft: Draft, verbs: Verbs) -> Modifier:
    """Return a modifier; its formulas may read the actor and the roles that all its moves share."""
    shape, spot = entry.shape, entry.spot
    names = _moves_meant(spot, draft, verbs)
    kinds = _shared_roles([verbs.roles[name] for name in names])
    if shape.by is not None:
        kinds[ACTOR] = actor_kinds(spot.get("by"), draft)
    elif ACTOR not in kinds:
        kinds[ACTOR] = frozenset((ANY,))
    parameters = draft.parameters(shape.parameters, spot.get("parameters"))
    reading = Reading(draft, RuleScope(draft.nouns, kinds, frozenset(parameters), draft.cast))
    of_actor = reading.scope.of_actor(amount=False)
    cost = reading.maybe_number(spot.get("cost"), of_actor)
    when = reading.maybe_truth(spot.get("when"), of_actor if cost else reading.scope)
    odds, effect = (reading.maybe_number(spot.get(key)) for key in ("odds", "effect"))
    reading.finish(spot.get("parameters"))
    if cost is None and odds is None and effect is None:
        draft.problems.add(spot.place, "no-effects", _NO_FACTOR)
    return Modifier(
        shape.id, entry.pack, text_of(shape.title), maybe_text(shape.text), tuple(shape.moves), tuple(shape.by or ()),
        when, cost, odds, effect, parameters, shape.off, draft.basis(shape, spot), spot.place,
    )  # fmt: skip


def _moves_meant(spot: Spot, draft: Draft, verbs: Verbs) -> list[str]:
    found: dict[str, None] = {}
    for name, place in spot_words(spot, "moves"):
        seen = verbs.moves_seen(draft.packs)
        if name.startswith("#"):
            matching = [m.id for m in verbs.moves.values() if name[1:] in m.tags]
            known = [f"#{tag}" for m in verbs.moves.values() for tag in m.tags]
        else:
            matching, known = [name] if name in seen else [], seen
        if not matching and name not in verbs.broken:
            draft.unknown(place, "move", name, known)
        found.update(dict.fromkeys(matching))
    return list(found)


def _shared_roles(all_roles: list[Roles]) -> dict[str, frozenset[str]]:
    shared = set(all_roles[0].kinds).intersection(*(r.kinds for r in all_roles[1:])) if all_roles else set()
    return {role: frozenset().union(*(r.kinds[role] for r in all_roles)) for role in shared}


# ── lenses ───────────────────────────────────────────────────────────────────────────────────────────────────


def build_lens(entry: Authored[LensShape], draft: Draft, verbs: Verbs) -> Lens:
    """Return a lens."""
    shape, spot = entry.shape, entry.spot
    at = spot.get("parameters")
    for path, here in at.items() if at else ():
        if path in shape.parameters:
            _check_parameter(path, shape.parameters[path], here, draft, verbs)
    for key in ("off", "on"):
        for name, place in spot_words(spot, key):
            switched = [rule for rule, pack in verbs.switched.items() if pack in draft.packs]
            if name not in switched and name not in verbs.broken:
                draft.unknown(place, "rule", name, switched)
    for name in set(shape.off) & set(shape.on):
        draft.problems.add(spot.at("on"), "off-and-on", _OFF_AND_ON.fill(name=name))
    return Lens(
        shape.id, text_of(shape.title), text_of(shape.text), text_of(shape.held_by), dict(shape.parameters),
        tuple(shape.off), tuple(shape.on), draft.basis(shape, spot), spot.place,
    )  # fmt: skip


def _check_parameter(path: str, value: float, spot: Spot, draft: Draft, verbs: Verbs) -> None:
    rule, _, name = path.rpartition(".")
    seen = verbs.visible(draft.packs)
    if rule in verbs.broken:
        return
    known = verbs.parameters.get(rule, {}) if rule in seen else {}
    parameter = known.get(name)
    if parameter is None:
        paths = [f"{r}.{p}" for r in seen for p in verbs.parameters.get(r, {})]
        draft.unknown(spot.key_place, "parameter", path, paths)
    elif not parameter.low <= value <= parameter.high:
        draft.problems.add(spot.place, "out-of-range", outside(value, parameter.low, parameter.high))


# ── doctrines ────────────────────────────────────────────────────────────────────────────────────────────────


def build_doctrine(
    entry: Authored[DoctrineShape],
    draft: Draft,
    verbs: Verbs,
    bargains: Callable[[Authored[DoctrineShape], Reading], Bargaining],
) -> Doctrine:
    """Return a doctrine; ``bargains`` reads how it bargains."""
    shape, spot = entry.shape, entry.spot
    kinds = actor_kinds(spot.get("by"), draft)
    parameters = draft.parameters(shape.parameters, spot.get("parameters"))
    reading = Reading(draft, RuleScope(draft.nouns, {ACTOR: kinds}, frozenset(parameters), draft.cast))
    spots = spot.get("priorities")
    pairs = zip(shape.priorities, spots.each() if spots else (), strict=False)
    priorities = tuple(_priority(one, at, reading, verbs) for one, at in pairs)
    at = spot.get("leanings")
    names = frozenset(parameters)
    pairs_of_leanings = zip(shape.leanings, at.each() if at else (), strict=False)
    leanings = tuple(build_leaning(one, here, names, reading) for one, here in pairs_of_leanings)
    bargaining = bargains(entry, reading)
    reading.finish(spot.get("parameters"))
    return Doctrine(
        shape.id, entry.pack, text_of(shape.title), text_of(shape.text), tuple(shape.by), priorities, parameters,
        draft.basis(shape, spot), spot.place, leanings, bargaining,
    )  # fmt: skip


def _priority(shape: PriorityShape, spot: Spot, reading: Reading, verbs: Verbs) -> Priority:
    draft = reading.draft
    weight = reading.number(spot.get("weight"))
    when = reading.maybe_truth(spot.get("when"))
    seen = verbs.moves_seen(draft.packs)
    if shape.move not in seen:
        if shape.move not in verbs.broken:
            draft.unknown(spot.at("move"), "move", shape.move, seen)
        return Priority(shape.move, weight, when, None, shape.amount or 1)
    prefer = _preference(shape.move, spot, reading, verbs)
    return Priority(shape.move, weight, when, prefer, _amount(shape, spot, verbs.moves[shape.move], draft))


def _preference(move: str, spot: Spot, reading: Reading, verbs: Verbs) -> Formula | None:
    roles = dict(verbs.roles[move].kinds)
    own, given = roles[ACTOR], reading.scope.roles[ACTOR]
    if ANY not in own | given and not own & given:
        expected, found = ", ".join(sorted(own)), ", ".join(sorted(given))
        reading.draft.problems.add(
            spot.at("move"), "never-that-move", _NEVER_GIVES.fill(expected=expected, given=found)
        )
        return None
    roles[ACTOR] = (given & own) or (given if ANY in own else own)
    scope = RuleScope(reading.draft.nouns, roles, reading.scope.parameters, reading.draft.cast)
    return reading.maybe_number(spot.get("prefer"), scope)


def _amount(shape: PriorityShape, spot: Spot, move: Move, draft: Draft) -> int:
    if move.amount is None:
        if shape.amount not in (None, 1):
            draft.problems.add(spot.at("amount"), "no-amount", _NO_AMOUNT.fill(move=move.id))
        return 1
    amount = shape.amount if shape.amount is not None else move.amount.default
    if not move.amount.low <= amount <= move.amount.high:
        draft.problems.add(spot.at("amount"), "out-of-range", outside(amount, move.amount.low, move.amount.high))
    return amount


_NO_FACTOR: Final = Text(
    "this scales nothing: give 'cost', 'odds' or 'effect'", "esto no cambia nada: ponga «cost», «odds» o «effect»"
)
_OFF_AND_ON: Final = Text("'{name}' is both off and on", "«{name}» está a la vez en «off» y en «on»")
_NEVER_GIVES: Final = Text(
    "this move is given by {expected}; this doctrine is played by {given}",
    "esta acción la da {expected}; esta doctrina la sigue {given}",
)
_NO_AMOUNT: Final = Text("the move '{move}' has no amount", "la acción «{move}» no tiene cantidad")
