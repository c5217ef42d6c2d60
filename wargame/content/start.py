"""The start world of a scenario: entities, ties, groups, series and their values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from wargame.content.draft import Authored, Draft, maybe_text, name_of, outside, text_of
from wargame.content.schema_scenario import EntityShape, GroupShape, SeriesShape, TieStartShape, ValueShape
from wargame.content.spots import Spot
from wargame.content.yaml_source import Scalar
from wargame.model.basis import Basis
from wargame.model.errors import Place
from wargame.model.kinds import Attribute, AttributeType, Kind
from wargame.model.scenario import EntityStart, Series, StartValue, TieStart, ZoneGroup
from wargame.model.text import Text

_WITH_RANGE: Final = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*(?:±|\+-|\+/-)\s*(\d+(?:\.\d+)?)(?:\s*%)?")
_LEVEL_RANGE: Final = 10.0
"""Points by which a level may be off, where its author does not say."""
_STOCK_RANGE: Final = 0.2
"""The share of its value by which a stock may be off."""


def build_entity(entry: Authored[EntityShape], needs: frozenset[str], draft: Draft) -> EntityStart:
    """Return an entity; ``needs`` are the attributes of which everybody must give a value."""
    shape, spot = entry.shape, entry.spot
    basis = draft.basis(shape, spot)
    kind = draft.nouns.kinds.get(shape.kind)
    draft.refuse_reserved(shape.id, spot.at("id"))
    references: Mapping[str, str] = {}
    if kind is not None:
        references = _references(shape, kind, spot, draft)
    elif shape.kind not in draft.nouns.broken:
        draft.problems.unknown(spot.at("kind"), "kind", shape.kind, draft.nouns.kinds)
    values = read_values(shape.kind, shape.values, spot, basis, draft)
    if kind is not None:
        _check_complete(shape.kind, shape.values, needs, spot, draft)
    at = _point(shape.at, spot.get("at"), draft)
    outline = tuple(p for p in (_point(p, spot.get("outline"), draft) for p in shape.outline) if p)
    if outline and len(outline) < 3:
        draft.problems.add(spot.at("outline"), "out-of-range", _OUTLINE)
    return EntityStart(
        shape.id, shape.kind, name_of(shape.title, shape.called), maybe_text(shape.text), tuple(shape.tags), references,
        not shape.inactive, at, outline, values, basis, spot.place, short=maybe_text(shape.short),
        party=name_of(shape.party, None) if shape.party else None,
    )  # fmt: skip


def _references(shape: EntityShape, kind: Kind, spot: Spot, draft: Draft) -> dict[str, str]:
    declared = {r.name: r for r in kind.references}
    at = spot.get("references")
    for name, here in at.items() if at else ():
        if name not in declared:
            draft.problems.unknown(here.key_place, "reference", name, declared)
            continue
        target = shape.references.get(name, "")
        found = draft.cast.kinds.get(target)
        if found is None:
            unknown_entity(target, here.place, draft)
        elif found not in declared[name].kinds and declared[name].kinds != ("*",):
            expected = ", ".join(declared[name].kinds)
            draft.problems.add(here.place, "wrong-kind", WRONG_KIND.fill(name=target, kind=found, expected=expected))
    for name, reference in declared.items():
        if not reference.optional and name not in shape.references:
            message = _NEEDS_REFERENCE.fill(kind=kind.id, name=name, kinds=", ".join(reference.kinds))
            draft.problems.add(at.place if at else spot.place, "missing-reference", message)
    return {name: target for name, target in shape.references.items() if name in declared}


def unknown_entity(name: str, place: Place, draft: Draft) -> None:
    """Note the name of an entity that does not exist."""
    if name not in draft.nouns.broken:
        draft.problems.unknown(place, "entity", name, draft.cast.kinds)


def _point(point: list[float] | None, spot: Spot | None, draft: Draft) -> tuple[float, float] | None:
    if point is None or spot is None:
        return None
    longitude, latitude = point
    if not -180 <= longitude <= 180 or not -90 <= latitude <= 90:
        draft.problems.add(spot.place, "out-of-range", _NOT_ON_EARTH)
    return float(longitude), float(latitude)


# ── values ───────────────────────────────────────────────────────────────────────────────────────────────────


def read_values(
    kind: str, shapes: Mapping[str, ValueShape | str], spot: Spot, basis: Basis, draft: Draft
) -> dict[str, StartValue]:
    """Return the starting values of an entity or tie."""
    found: dict[str, StartValue] = {}
    at = spot.get("values")
    for name, here in at.items() if at else ():
        shape = shapes.get(name)
        attribute = _settable(kind, name, here, draft)
        if shape is None or attribute is None:
            continue
        value = _ranged(shape, attribute, here, basis, draft) if isinstance(shape, ValueShape) else None
        value = value or _plain(attribute, here, basis, draft)
        if value is not None:
            found[name] = value
    return found


def _settable(kind: str, name: str, spot: Spot, draft: Draft) -> Attribute | None:
    nouns = draft.nouns
    attribute = nouns.attributes.get(name)
    if name in nouns.broken or (kind not in nouns.kinds and kind not in nouns.ties):
        return None
    if attribute is None or nouns.attribute(kind, name) is None:
        own = [a.id for a in nouns.attributes.values() if kind in a.of and a.id not in nouns.derived]
        draft.problems.unknown(spot.key_place, "attribute", name, own)
        return None
    if name in nouns.derived or attribute.type is AttributeType.SIGNAL:
        draft.problems.add(spot.key_place, "not-settable", _NOT_SETTABLE.fill(name=name))
        return None
    return attribute


def _plain(attribute: Attribute, spot: Spot, basis: Basis, draft: Draft) -> StartValue | None:
    node = spot.node
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, bool):
        if attribute.type is not AttributeType.FLAG:
            draft.problems.add(spot.place, "wrong-type", _NOT_A_FLAG.fill(name=attribute.id))
            return None
        value = float(value)
    if isinstance(value, int | float):
        return _around(float(value), _usual_range(float(value), attribute), attribute, spot, basis, draft)
    if value is None:
        return None
    found = _WITH_RANGE.fullmatch(value.strip())
    if found is None:
        draft.problems.add(spot.place, "wrong-value", _WANTS_VALUE.fill(value=value))
        return None
    middle, spread = float(found[1]), float(found[2])
    if value.rstrip().endswith("%"):
        spread *= abs(middle) / 100
    return _around(middle, spread, attribute, spot, basis, draft)


def _usual_range(value: float, attribute: Attribute) -> float:
    if attribute.type is AttributeType.FLAG:
        return 0.0
    return _LEVEL_RANGE if attribute.type is AttributeType.LEVEL else _STOCK_RANGE * abs(value)


def _around(value: float, spread: float, attribute: Attribute, spot: Spot, basis: Basis, draft: Draft) -> StartValue:
    _check_bounds(value, attribute, spot.place, draft)
    return StartValue(value, max(value - spread, attribute.low), min(value + spread, attribute.high), basis)


def _ranged(shape: ValueShape, attribute: Attribute, spot: Spot, basis: Basis, draft: Draft) -> StartValue:
    value = float(shape.value)
    spread = _usual_range(value, attribute)
    low = shape.low if shape.low is not None else max(value - spread, attribute.low)
    high = shape.high if shape.high is not None else min(value + spread, attribute.high)
    for key, given in (("value", value), ("low", low), ("high", high)):
        _check_bounds(given, attribute, spot.at(key), draft)
    if not low <= value <= high:
        draft.problems.add(spot.at("value"), "out-of-range", outside(value, low, high))
    return StartValue(value, float(low), float(high), draft.basis(shape, spot, inherited=basis))


def _check_bounds(value: float, attribute: Attribute, place: Place, draft: Draft) -> None:
    if not attribute.low <= value <= attribute.high:
        draft.problems.add(place, "out-of-range", outside(value, attribute.low, attribute.high))


def _check_complete(kind: str, given: Mapping[str, Any], needs: frozenset[str], spot: Spot, draft: Draft) -> None:
    at = spot.get("values")
    for name in sorted(needs):
        if kind in draft.nouns.attributes[name].of and name not in given:
            message = _NEEDS_VALUE.fill(kind=kind, name=name)
            draft.problems.add(at.place if at else spot.place, "missing-value", message)


# ── ties, groups, series ─────────────────────────────────────────────────────────────────────────────────────


def build_tie_start(
    entry: Authored[TieStartShape], taken: dict[tuple[str, ...], Place], needs: frozenset[str], draft: Draft
) -> TieStart | None:
    """Return a tie, or None if something about its ends is wrong."""
    shape, spot = entry.shape, entry.spot
    basis = draft.basis(shape, spot)
    known = shape.type in draft.nouns.ties
    if not known and shape.type not in draft.nouns.broken:
        draft.problems.unknown(spot.at("type"), "tie", shape.type, draft.nouns.ties)
    fits = _ends_fit(shape, spot, draft)
    if not known or not fits:
        return None
    ends = [shape.from_, shape.to]
    key = (shape.type, *(sorted(ends) if draft.nouns.ties[shape.type].symmetric else ends))
    if key in taken:
        draft.problems.add(spot.place, "duplicate-tie", _DUPLICATE_TIE.fill(first=taken[key]))
        return None
    taken[key] = spot.place
    values = read_values(shape.type, shape.values, spot, basis, draft)
    _check_complete(shape.type, shape.values, needs, spot, draft)
    return TieStart(shape.type, shape.from_, shape.to, maybe_text(shape.title), values, basis, spot.place)


def _ends_fit(shape: TieStartShape, spot: Spot, draft: Draft) -> bool:
    tie = draft.nouns.ties.get(shape.type)
    fits = True
    ends = (("from", shape.from_, tie and tie.source_kinds), ("to", shape.to, tie and tie.target_kinds))
    for key, name, expected in ends:
        kind = draft.cast.kinds.get(name)
        if kind is None:
            unknown_entity(name, spot.at(key), draft)
            fits = False
        elif expected and kind not in expected and "*" not in expected and kind in draft.nouns.kinds:
            message = WRONG_KIND.fill(name=name, kind=kind, expected=", ".join(expected))
            draft.problems.add(spot.at(key), "wrong-kind", message)
            fits = False
    if shape.from_ == shape.to:
        draft.problems.add(spot.at("to"), "same-ends", _SAME_ENDS)
        fits = False
    return fits


def build_group(entry: Authored[GroupShape], draft: Draft) -> ZoneGroup:
    """Return a group of zones."""
    shape, spot = entry.shape, entry.spot
    draft.refuse_reserved(shape.id, spot.at("id"))
    zones = spot.get("zones")
    seen: set[str] = set()
    for name, place in zones.words() if zones else ():
        kind = draft.cast.kinds.get(name)
        if kind is None:
            unknown_entity(name, place, draft)
        elif kind in draft.nouns.actors():
            draft.problems.add(place, "wrong-kind", _NOT_A_ZONE.fill(name=name))
        if name in seen:
            draft.problems.add(place, "duplicate-id", _TWICE.fill(name=name))
        seen.add(name)
    return ZoneGroup(shape.id, name_of(shape.title, shape.called), tuple(shape.zones))


def build_series(entry: Authored[SeriesShape], turns: int, draft: Draft) -> Series:
    """Return a series with a value for each turn."""
    shape, spot = entry.shape, entry.spot
    low, high = shape.bounds
    if low >= high:
        draft.problems.add(spot.at("bounds"), "wrong-bounds", _BOUNDS_ORDER)
    if len(shape.values) != turns:
        message = _SERIES_LENGTH.fill(given=len(shape.values), turns=turns)
        draft.problems.add(spot.at("values"), "wrong-length", message)
    at = spot.get("values")
    for value, here in zip(shape.values, at.each() if at else (), strict=False):
        if not low <= value <= high:
            draft.problems.add(here.place, "out-of-range", outside(value, low, high))
    values = tuple(float(v) for v in shape.values)
    basis = draft.basis(shape, spot)
    return Series(shape.id, text_of(shape.title), shape.unit, low, high, values, shape.spread, basis, spot.place)


WRONG_KIND: Final = Text(
    "'{name}' is a {kind}; expected one of: {expected}", "«{name}» es de clase {kind}; se espera: {expected}"
)
_OUTLINE: Final = Text("an outline has at least three points", "un contorno tiene al menos tres puntos")
_NEEDS_REFERENCE: Final = Text(
    "every {kind} names its '{name}' (one of: {kinds})",
    "toda entidad de clase {kind} nombra su «{name}» (clase: {kinds})",
)
_NOT_ON_EARTH: Final = Text(
    "a point is [longitude, latitude]: -180 to 180, -90 to 90", "un punto es [longitud, latitud]: -180 a 180, -90 a 90"
)
_NOT_SETTABLE: Final = Text(
    "'{name}' is computed or set by rules and has no starting value",
    "«{name}» se calcula o lo fijan las reglas y no tiene valor inicial",
)
_NOT_A_FLAG: Final = Text("'{name}' is a number, not yes or no", "«{name}» es un número, no sí o no")
_WANTS_VALUE: Final = Text(
    "'{value}' is not a value such as 42 or 42 ± 10", "«{value}» no es un valor como 42 o 42 ± 10"
)
_NEEDS_VALUE: Final = Text(
    "every {kind} must give a value of '{name}', which has no default",
    "toda entidad o vínculo {kind} debe dar un valor de «{name}», que no tiene valor por defecto",
)
_DUPLICATE_TIE: Final = Text("this tie is already given at {first}", "este vínculo ya está en {first}")
_SAME_ENDS: Final = Text("both ends are the same", "los dos extremos son el mismo")
_NOT_A_ZONE: Final = Text("'{name}' can act; a group holds zones", "«{name}» puede actuar; un grupo reúne zonas")
_TWICE: Final = Text("'{name}' is listed twice", "«{name}» está dos veces en la lista")
_BOUNDS_ORDER: Final = Text(
    "the lower bound is not below the upper bound", "el límite inferior no es menor que el superior"
)
_SERIES_LENGTH: Final = Text(
    "there are {given} values; expected one for each of the {turns} turns",
    "hay {given} valores; se espera uno por cada uno de los {turns} turnos",
)
