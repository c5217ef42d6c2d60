"""Mechanisms, events and moves: what changes the world."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wargame.content.binding import ACTOR, Roles
from wargame.content.draft import Authored, Draft, maybe_text, outside, text_of
from wargame.content.reading import Reading
from wargame.content.schema_rules import EventShape, MechanismShape, MoveShape, ProgrammeShape
from wargame.content.scope import RuleScope
from wargame.content.spots import Spot
from wargame.content.yaml_source import Sequence as YamlSequence
from wargame.model.expression import Formula
from wargame.model.rules import (
    AmountRange,
    Binding,
    Covert,
    Event,
    Mechanism,
    Move,
    Parameter,
    Programme,
)
from wargame.model.text import Text, gaps_of

AMOUNT: Final = Text("amount", "cantidad")
_WHOLE: Final = [0.5, 1.5]
_SUM_OF_PARTS: Final = [0.7, 1.3]


def start_reading(roles: Roles, parameters: Mapping[str, Parameter], draft: Draft, *, amount: bool = False) -> Reading:
    """Return what reads the formulas of one rule."""
    names = frozenset(parameters)
    return Reading(draft, RuleScope(draft.nouns, roles.kinds, names, draft.cast, amount, allows_draws=True))


def build_mechanism(entry: Authored[MechanismShape], draft: Draft) -> Mechanism:
    """Return a mechanism."""
    shape, spot = entry.shape, entry.spot
    roles = Roles(draft)
    binding = roles.read(spot.get("for"), spot.get("only"))
    parameters = draft.parameters(shape.parameters, spot.get("parameters"))
    reading = start_reading(roles, parameters, draft)
    when = reading.maybe_truth(spot.get("when"))
    effects = reading.effects(spot.get("effects"), spot.get("transfer"))
    reading.finish(spot.get("parameters"))
    if not shape.effects and shape.transfer is None:
        draft.problems.add(spot.place, "no-effects", _NO_EFFECTS)
    basis = draft.basis(shape, spot)
    scale = draft.scale(_range(shape), spot, basis)
    return Mechanism(
        shape.id, entry.pack, text_of(shape.title), maybe_text(shape.text), binding, when, effects, parameters, scale,
        shape.off, basis, spot.place,
    )  # fmt: skip


def _range(shape: MechanismShape | MoveShape) -> list[float]:
    """Return how far the amounts of a rule may be off: less where its parts have ranges of their own."""
    if shape.range is not None:
        return shape.range
    return _SUM_OF_PARTS if shape.parameters else _WHOLE


def build_event(entry: Authored[EventShape], draft: Draft) -> Event:
    """Return an event."""
    shape, spot = entry.shape, entry.spot
    roles = Roles(draft)
    binding = roles.read(spot.get("for"), spot.get("only"))
    parameters = draft.parameters(shape.parameters, spot.get("parameters"))
    reading = start_reading(roles, parameters, draft)
    when = reading.maybe_truth(spot.get("when"))
    chance = reading.number(spot.get("chance"), reading.scope.without_draws())
    effects = reading.effects(spot.get("effects"), spot.get("transfer"))
    reading.finish(spot.get("parameters"))
    check_gaps(spot.get("news"), entity_roles(roles, draft), draft)
    return Event(
        shape.id, entry.pack, text_of(shape.title), text_of(shape.news), binding, when, chance, effects, shape.once,
        shape.cooldown, shape.public, parameters, draft.basis(shape, spot), spot.place,
    )  # fmt: skip


def entity_roles(roles: Roles, draft: Draft) -> set[str]:
    """Return the roles that stand for entities, whose titles can fill gaps."""
    return {role for role, kinds in roles.kinds.items() if not kinds & draft.nouns.ties.keys()}


def check_gaps(spot: Spot | None, known: set[str], draft: Draft) -> None:
    """Note ``{gaps}`` in a text that nothing will fill; of a role they may say how a word agrees with it."""
    for key, at in spot.items() if spot else ():
        text = at.node.plain() if key in ("en", "es") else None
        if not isinstance(text, str):
            continue
        try:
            gaps = gaps_of(text)
        except ValueError:
            draft.problems.add(at.place, "wrong-gap", _BRACES)
            continue
        for name, well_formed in gaps:
            if name not in known or not well_formed:
                draft.unknown(at.place, "gap", name, known)


# ── moves ────────────────────────────────────────────────────────────────────────────────────────────────────


def build_move(entry: Authored[MoveShape], draft: Draft) -> tuple[Move, Roles]:
    """Return a move and what its roles may be."""
    shape, spot = entry.shape, entry.spot
    roles = Roles(draft, {ACTOR: actor_kinds(spot.get("by"), draft)})
    target = roles.read(spot.get("target"), spot.get("only"))
    parameters = draft.parameters(shape.parameters, spot.get("parameters"))
    reading = start_reading(roles, parameters, draft, amount=shape.amount is not None)
    move = _read_move(entry, target, parameters, reading)
    reading.finish(spot.get("parameters"))
    _check_parts(shape, spot, draft)
    return move, roles


def actor_kinds(spot: Spot | None, draft: Draft) -> frozenset[str]:
    """Return the kinds of actor that a list under ``by`` leaves."""
    actors = draft.nouns.actors()
    return draft.kinds_chosen(spot, actors, "actor-kind") or actors


def _read_move(
    entry: Authored[MoveShape], target: Binding, parameters: Mapping[str, Parameter], reading: Reading
) -> Move:
    shape, spot, draft = entry.shape, entry.spot, reading.draft
    basis = draft.basis(shape, spot)
    legal = RuleScope(draft.nouns, reading.scope.roles, frozenset(parameters), draft.cast)
    moved = spot.get("transfer")
    title = text_of(shape.title)
    return Move(
        id=shape.id, pack=entry.pack, title=title, text=maybe_text(shape.text), by=tuple(shape.by), target=target,
        requires=reading.conditions(spot.get("requires"), legal.of_actor(amount=False)),
        where=reading.conditions(spot.get("where"), legal),
        amount=_amount(shape, spot, draft), cost=costs(spot.get("cost"), reading),
        chance=reading.maybe_number(spot.get("chance"), reading.scope.without_draws()),
        always=reading.effects(spot.get("effects"), moved, "always"),
        success=reading.effects(spot.get("success"), moved, "success"),
        failure=reading.effects(spot.get("failure"), moved, "failure"),
        programmes=tuple(_programmes(shape, spot, title, reading)), covert=_covert(spot.get("covert"), reading),
        cooldown=shape.cooldown, once=shape.once, escalation=shape.escalation, tags=tuple(shape.tags),
        parameters=parameters, scale=draft.scale(_range(shape), spot, basis), basis=basis, place=spot.place,
        stage=shape.stage,
    )  # fmt: skip


def _amount(shape: MoveShape, spot: Spot, draft: Draft) -> AmountRange | None:
    amount, at = shape.amount, spot.get("amount")
    if amount is None or at is None:
        return None
    if not amount.low <= amount.default <= amount.high:
        draft.problems.add(at.at("default"), "out-of-range", outside(amount.default, amount.low, amount.high))
    return AmountRange(amount.low, amount.high, amount.default, maybe_text(amount.title) or AMOUNT)


def costs(spot: Spot | None, reading: Reading) -> dict[str, Formula]:
    """Return what a move or term costs, by resource of its actor."""
    found = {}
    scope = reading.scope.of_actor(amount=True)
    nouns = reading.draft.nouns
    resources = [a.id for a in nouns.attributes.values() if a.resource]
    for name, at in spot.items() if spot else ():
        found[name] = reading.number(at, scope)
        if name not in resources and name not in nouns.broken:
            reading.draft.unknown(at.key_place, "resource", name, resources)
            continue
        lacking = [k for k in sorted(scope.roles[ACTOR]) if nouns.attribute(k, name) is None]
        if lacking:
            reading.draft.problems.add(at.key_place, "no-resource", _NO_RESOURCE.fill(kind=lacking[0], name=name))
    return found


def _programmes(shape: MoveShape, spot: Spot, title: Text, reading: Reading) -> list[Programme]:
    at = spot.get("program")
    if at is None or shape.program is None:
        return []
    shapes = shape.program if isinstance(shape.program, list) else [shape.program]
    spots = list(at.each()) if isinstance(at.node, YamlSequence) else [at]
    return [_programme(s, each, title, reading) for s, each in zip(shapes, spots, strict=False)]


def _programme(shape: ProgrammeShape, spot: Spot, title: Text, reading: Reading) -> Programme:
    each = reading.effects(spot.get("each"), spot.get("transfer"))
    if not shape.each and shape.transfer is None:
        reading.draft.problems.add(spot.place, "no-effects", _NO_EFFECTS)
    return Programme(maybe_text(shape.title) or title, shape.on, shape.after, shape.for_, each)


def _covert(spot: Spot | None, reading: Reading) -> Covert | None:
    if spot is None:
        return None
    exposure = reading.number(spot.get("exposure"), reading.scope.without_draws())
    return Covert(exposure, reading.effects(spot.get("exposed")))


def _check_parts(shape: MoveShape, spot: Spot, draft: Draft) -> None:
    if shape.chance is None:
        if shape.failure:
            draft.problems.add(spot.at("failure"), "never-fails", _NEVER_FAILS)
        programmes = shape.program if isinstance(shape.program, list) else [shape.program] if shape.program else []
        if any(p.on == "failure" for p in programmes):
            draft.problems.add(spot.at("program"), "never-fails", _NEVER_FAILS)


_NO_EFFECTS: Final = Text(
    "this changes nothing: give 'effects' or 'transfer'", "esto no cambia nada: ponga «effects» o «transfer»"
)
_BRACES: Final = Text(
    "a brace in this text is not closed; gaps are written {{role}}",
    "una llave de este texto no se cierra; los huecos se escriben {{papel}}",
).fill()
_NO_RESOURCE: Final = Text(
    "'{kind}' may give this move but has no resource '{name}'",
    "«{kind}» puede dar esta acción pero no tiene el recurso «{name}»",
)
_NEVER_FAILS: Final = Text(
    "without 'chance' the move always succeeds, so this never happens",
    "sin «chance» la acción siempre resulta, así que esto nunca ocurre",
)
