"""The seats of a scenario, what they want, what they may give, and what they see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from wargame.content.draft import Authored, Draft, name_of, spot_words, text_of
from wargame.content.reading import Reading
from wargame.content.schema_scenario import ObjectiveShape, SeatShape, SightShape
from wargame.content.scope import ANY, RuleScope
from wargame.content.spots import Spot
from wargame.content.start import unknown_entity
from wargame.model.doctrines import Doctrine
from wargame.model.errors import Place
from wargame.model.kinds import Sight
from wargame.model.rules import Move
from wargame.model.ruleset import Ruleset
from wargame.model.scenario import Objective, Seat, SightRule
from wargame.model.text import Text

_MUCH_LACKING: Final = 0.25
"""Share of a doctrine's moves from which on, if a seat cannot give them, it is hardly that doctrine."""


def build_seat(
    entry: Authored[SeatShape], brief: Text, taken: dict[str, Place], ruleset: Ruleset, draft: Draft
) -> Seat:
    """Return a seat; ``taken`` are actors and objectives (with a slash) that earlier seats have."""
    shape, spot = entry.shape, entry.spot
    _take_actors(spot, taken, draft)
    seat = Seat(
        shape.id, name_of(shape.title, shape.called), tuple(shape.actors), text_of(shape.public),
        text_of(shape.secret), brief,
        _objectives(shape, spot, taken, draft), shape.orders, tuple(shape.doctrines), tuple(shape.moves_denied),
        shape.optional, shape.short_bar, draft.basis(shape, spot), spot.place,
    )  # fmt: skip
    _check_moves(seat, spot, ruleset, draft)
    _check_doctrines(seat, spot, ruleset, draft)
    return seat


def _take_actors(spot: Spot, taken: dict[str, Place], draft: Draft) -> None:
    for name, place in spot_words(spot, "actors"):
        kind = draft.cast.kinds.get(name)
        if kind is None:
            unknown_entity(name, place, draft)
        elif kind not in draft.nouns.actors() and kind in draft.nouns.kinds:
            draft.problems.add(place, "cannot-act", _CANNOT_ACT.fill(name=name, kind=kind))
        if name in taken:
            draft.problems.add(place, "actor-taken", _ACTOR_TAKEN.fill(name=name, first=taken[name]))
        taken.setdefault(name, place)


def _objectives(shape: SeatShape, spot: Spot, taken: dict[str, Place], draft: Draft) -> tuple[Objective, ...]:
    at = spot.get("objectives")
    found = []
    for one, here in zip(shape.objectives, at.each() if at else (), strict=False):
        if f"/{one.id}" in taken:
            draft.problems.repeated(here.at("id"), one.id, taken[f"/{one.id}"])
        taken.setdefault(f"/{one.id}", here.at("id"))
        found.append(_objective(one, here, draft))
    if shape.objectives and not any(not o.alternative for o in found):
        draft.problems.add(at.place if at else spot.place, "no-objective", _ONLY_ALTERNATIVES)
    return tuple(found)


def _objective(shape: ObjectiveShape, spot: Spot, draft: Draft) -> Objective:
    degree = Reading(draft, RuleScope(draft.nouns, cast=draft.cast)).number(spot.get("degree"))
    if shape.alternative and not shape.secret:
        draft.problems.add(spot.at("alternative"), "open-alternative", _OPEN_ALTERNATIVE)
    return Objective(
        shape.id, text_of(shape.title), degree, shape.weight, shape.secret, shape.alternative,
        draft.basis(shape, spot), spot.place,
    )  # fmt: skip


# ── moves and doctrines ──────────────────────────────────────────────────────────────────────────────────────


def fits(name: str, by: Sequence[str], draft: Draft) -> bool:
    """Say whether an entity is one of some kinds, ``#tags`` or ids; what is not known may be anything."""
    kind = draft.cast.kinds.get(name, ANY)
    if kind not in draft.nouns.kinds or any(_is_unknown(word, draft) for word in by):
        return True
    own = {name, kind, *(f"#{t}" for t in draft.cast.tags.get(name, ()))}
    return any(word in own for word in by)


def _is_unknown(word: str, draft: Draft) -> bool:
    return not word.startswith("#") and word not in draft.nouns.kinds and word not in draft.cast.kinds


def may_give(actors: Iterable[str], move: Move, draft: Draft) -> bool:
    """Say whether any of some actors may give a move."""
    return any(fits(name, move.by, draft) for name in actors)


def _check_moves(seat: Seat, spot: Spot, ruleset: Ruleset, draft: Draft) -> None:
    own = [m.id for m in ruleset.moves.values() if may_give(seat.actors, m, draft)]
    for name, place in spot_words(spot, "moves_denied"):
        if name not in ruleset.moves:
            if name not in draft.nouns.broken:
                draft.problems.unknown(place, "move", name, ruleset.moves)
        elif name not in own:
            draft.problems.add(place, "useless-denial", _USELESS_DENIAL.fill(move=name))
    if not set(own) - set(seat.moves_denied) and not draft.nouns.broken:
        draft.problems.add(spot.at("actors"), "seat-without-moves", _NO_MOVES)


def _check_doctrines(seat: Seat, spot: Spot, ruleset: Ruleset, draft: Draft) -> None:
    for name, place in spot_words(spot, "doctrines"):
        doctrine = ruleset.doctrines.get(name)
        if doctrine is not None:
            _check_doctrine(doctrine, seat, place, ruleset.moves, draft)
        elif name not in draft.nouns.broken:
            draft.problems.unknown(place, "doctrine", name, ruleset.doctrines)


def _check_doctrine(doctrine: Doctrine, seat: Seat, place: Place, moves: Mapping[str, Move], draft: Draft) -> None:
    if not any(fits(name, doctrine.by, draft) for name in seat.actors):
        message = _NOT_FOR_SEAT.fill(doctrine=doctrine.id, by=", ".join(doctrine.by))
        draft.problems.add(place, "doctrine-not-for-seat", message)
        return
    wanted = [p.move for p in doctrine.priorities if p.move in moves]
    lacking = [m for m in wanted if m in seat.moves_denied or not may_give(seat.actors, moves[m], draft)]
    if not lacking:
        return
    names = ", ".join(dict.fromkeys(lacking))
    if len(lacking) == len(wanted):
        draft.problems.add(place, "doctrine-unplayable", _UNPLAYABLE.fill(doctrine=doctrine.id, moves=names))
    elif len(lacking) >= _MUCH_LACKING * len(wanted):
        draft.problems.add(place, "doctrine-move-denied", _MOVE_DENIED.fill(doctrine=doctrine.id, moves=names))


# ── sight ────────────────────────────────────────────────────────────────────────────────────────────────────


def build_sight(entry: Authored[SightShape], seats: Iterable[str], draft: Draft) -> SightRule:
    """Return an exception to how a seat sees an attribute."""
    shape, spot = entry.shape, entry.spot
    if shape.seat not in set(seats) and shape.seat not in draft.nouns.broken:
        draft.problems.unknown(spot.at("seat"), "seat", shape.seat, seats)
    attribute = draft.nouns.attributes.get(shape.attribute)
    if attribute is None:
        if shape.attribute not in draft.nouns.broken:
            draft.problems.unknown(spot.at("attribute"), "attribute", shape.attribute, draft.nouns.attributes)
    else:
        if shape.seen == "reported" and not attribute.reported_as:
            draft.problems.add(spot.at("seen"), "missing-reported", _NOT_REPORTED.fill(name=attribute.id))
        if shape.seen == "estimated" and shape.spread is None and not attribute.spread:
            draft.problems.add(spot.at("seen"), "missing-spread", _NO_SPREAD)
        check_holders(attribute.of, spot, draft)
    return SightRule(shape.seat, shape.attribute, tuple(shape.entities), Sight(shape.seen), shape.spread)


def check_holders(of: tuple[str, ...], spot: Spot, draft: Draft) -> None:
    """Note entities that are named for an attribute and cannot have it, nor stand at the end of a tie that has."""
    ties = [draft.nouns.ties[name] for name in of if name in draft.nouns.ties]
    holders = {*of, *(k for tie in ties for k in (*tie.source_kinds, *tie.target_kinds))}
    for name, place in spot_words(spot, "entities"):
        kind = draft.cast.kinds.get(name)
        if kind is None:
            unknown_entity(name, place, draft)
        elif kind not in holders and kind in draft.nouns.kinds:
            draft.problems.add(place, "wrong-kind", _HAS_NOT.fill(name=name, kind=kind))


_CANNOT_ACT: Final = Text("'{name}' is a {kind}, which does not act", "«{name}» es de clase {kind}, que no actúa")
_ACTOR_TAKEN: Final = Text(
    "'{name}' already belongs to a seat, at {first}", "«{name}» ya pertenece a un puesto, en {first}"
)
_ONLY_ALTERNATIVES: Final = Text(
    "a seat has at least one objective that is not an alternative",
    "un puesto tiene al menos un objetivo que no es alternativo",
)
_OPEN_ALTERNATIVE: Final = Text(
    "an alternative stands in for a secret objective: add 'secret: true'",
    "un objetivo alternativo sustituye a uno secreto: añada «secret: true»",
)
_USELESS_DENIAL: Final = Text(
    "no actor of this seat could give '{move}' anyway", "ningún actor de este puesto podría dar «{move}» de todos modos"
)
_NO_MOVES: Final = Text("this seat has no move to give", "este puesto no tiene ninguna acción que dar")
_NOT_FOR_SEAT: Final = Text(
    "'{doctrine}' is for {by}; no actor of this seat is one of them",
    "«{doctrine}» es para {by}; ningún actor de este puesto lo es",
)
_UNPLAYABLE: Final = Text(
    "this seat can give none of the moves of '{doctrine}': {moves}",
    "este puesto no puede dar ninguna de las acciones de «{doctrine}»: {moves}",
)
_MOVE_DENIED: Final = Text(
    "'{doctrine}' wants moves that this seat cannot give: {moves}",
    "«{doctrine}» quiere acciones que este puesto no puede dar: {moves}",
)
_NOT_REPORTED: Final = Text(
    "'{name}' has no 'reported_as' that could be shown instead",
    "«{name}» no tiene «reported_as» que mostrar en su lugar",
)
_NO_SPREAD: Final = Text(
    "a number seen as an estimate needs 'spread'", "un número que se ve estimado necesita «spread»"
)
_HAS_NOT: Final = Text(
    "'{name}' is a {kind}, which has no such number", "«{name}» es de clase {kind}, que no tiene ese número"
)
