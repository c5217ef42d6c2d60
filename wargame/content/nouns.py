"""Kinds, tie types, attributes and series of rule packs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wargame.content.draft import Authored, Draft, maybe_text, outside, text_of
from wargame.content.schema_parts import LARGEST
from wargame.content.schema_rules import AttributeShape, KindShape, PackSeriesShape, Shown, TieShape
from wargame.content.scope import ACTIVE, ANY
from wargame.content.spots import Spot
from wargame.model.kinds import Attribute, AttributeType, Good, Kind, Layer, Reference, Sight, TieType
from wargame.model.scenario import Series
from wargame.model.text import Text

_SIGNAL_BOUNDS: Final = (0.0, 1000.0)


def build_kind(entry: Authored[KindShape], draft: Draft) -> Kind:
    """Return a kind; its references are known only once all kinds are (see ``build_references``)."""
    shape = entry.shape
    draft.refuse_reserved(shape.id, entry.spot.at("id"))
    return Kind(shape.id, text_of(shape.title), shape.acts, (), draft.basis(shape, entry.spot), entry.spot.place)


def build_references(entry: Authored[KindShape], draft: Draft) -> tuple[Reference, ...]:
    """Return the references of a kind."""
    found = []
    for name, spot in _items(entry.spot, "references"):
        shape = entry.shape.references.get(name)
        if shape is None:
            continue
        draft.refuse_reserved(name, spot.key_place, {ACTIVE})
        kinds = draft.known_kinds(spot.get("kinds"))
        found.append(Reference(name, kinds or (ANY,), shape.optional))
    return tuple(found)


def build_tie(entry: Authored[TieShape], draft: Draft) -> TieType:
    """Return a tie type."""
    shape, spot = entry.shape, entry.spot
    draft.refuse_reserved(shape.id, spot.at("id"))
    sources = draft.known_kinds(spot.get("from")) or (ANY,)
    targets = draft.known_kinds(spot.get("to")) or (ANY,)
    if shape.symmetric and set(sources) != set(targets):
        draft.problems.add(spot.at("to"), "symmetric-ends", _SYMMETRIC_ENDS)
    title = text_of(shape.title)
    return TieType(shape.id, title, sources, targets, shape.symmetric, draft.basis(shape, spot), spot.place)


def build_series(entry: Authored[PackSeriesShape], draft: Draft, turns: int) -> Series:
    """Return a series that stays at its default."""
    shape, spot = entry.shape, entry.spot
    low, high = _ordered(shape.bounds, spot, draft)
    if not low <= shape.default <= high:
        draft.problems.add(spot.at("default"), "out-of-range", outside(shape.default, low, high))
    values = (float(shape.default),) * turns
    basis = draft.basis(shape, spot)
    return Series(shape.id, text_of(shape.title), shape.unit, low, high, values, 0.0, basis, spot.place)


def build_attribute(entry: Authored[AttributeShape], draft: Draft) -> Attribute:
    """Return an attribute."""
    shape, spot = entry.shape, entry.spot
    if shape.id == ACTIVE:
        draft.refuse_reserved(ACTIVE, spot.at("id"), {ACTIVE})
    of = _owners(spot.get("of"), draft)
    shown = read_shown(shape, AttributeType(shape.type), spot, draft)
    if shape.resource:
        _check_resource(shape, of, spot, draft)
    start = _start(shape, shown)
    for key, value in (("start", start), ("absent", shape.absent)):
        shown.refuse_outside(key, value, spot, draft)
    return shown.attribute(entry, of, start, draft)


@dataclass(frozen=True)
class ShownNumber:
    """How a number is bounded and guessed, with what its type implies filled in."""

    shape: Shown
    type: AttributeType
    unit: str
    low: float
    high: float

    @property
    def middle(self) -> float:
        """Return the middle of the bounds."""
        return (self.low + self.high) / 2

    def refuse_outside(self, key: str, value: float, spot: Spot, draft: Draft) -> None:
        """Note a value that is not within the bounds."""
        if not self.low <= value <= self.high and spot.get(key):
            draft.problems.add(spot.at(key), "out-of-range", outside(value, self.low, self.high))

    def attribute(
        self, entry: Authored[AttributeShape] | Authored[Shown], of: tuple[str, ...], start: float, draft: Draft
    ) -> Attribute:
        """Return the attribute."""
        shape, spot = entry.shape, entry.spot
        guess = shape.guess if shape.guess is not None else self.middle if self.type is AttributeType.LEVEL else start
        self.refuse_outside("guess", guess, spot, draft)
        own = shape if isinstance(shape, AttributeShape) else None
        return Attribute(
            id=shape.id, of=of, title=text_of(shape.title), type=self.type, unit=self.unit, low=self.low,
            high=self.high, start=start, absent=own.absent if own else 0.0, good=Good(shape.good),
            sight=Sight(shape.seen), spread=shape.spread or 0.0, reported_as=shape.reported_as or "", guess=guess,
            resource=own.resource if own else False, decimals=shape.decimals,
            basis=draft.basis(shape, spot), place=spot.place, text=maybe_text(shape.text),
            sharpens=own.sharpens if own else 0.0, layer=Layer(shape.layer) if shape.layer else None,
        )  # fmt: skip


def read_shown(shape: Shown, kind: AttributeType, spot: Spot, draft: Draft) -> ShownNumber:
    """Return how a number is bounded and seen, after checking that what its type needs is there."""
    if kind is AttributeType.STOCK:
        for key, given in (("unit", shape.unit), ("bounds", shape.bounds)):
            if given is None:
                draft.problems.add(spot.place, "missing-key", _STOCK_NEEDS.fill(key=key))
    if shape.seen == "estimated" and shape.spread is None:
        draft.problems.add(spot.at("seen"), "missing-spread", _NEEDS_SPREAD)
    if shape.seen == "reported" and shape.reported_as is None:
        draft.problems.add(spot.at("seen"), "missing-reported", _NEEDS_REPORTED)
    unit = shape.unit if shape.unit is not None else "points" if kind is AttributeType.LEVEL else ""
    bounds = _ordered(shape.bounds, spot, draft) if shape.bounds else _DEFAULT_BOUNDS[kind]
    if kind is AttributeType.FLAG and bounds != (0.0, 1.0):
        draft.problems.add(spot.at("bounds"), "out-of-range", _FLAG_BOUNDS)
    return ShownNumber(shape, kind, unit, *bounds)


def check_reported(entry: Authored[AttributeShape] | Authored[Shown], attribute: Attribute, draft: Draft) -> None:
    """Note a ``reported_as`` that does not exist on the same kinds."""
    name = entry.shape.reported_as
    if name is None or name in draft.nouns.broken:
        return
    place = entry.spot.at("reported_as")
    reported = draft.nouns.attributes.get(name)
    if reported is None:
        known = [a.id for a in draft.nouns.attributes.values() if set(attribute.of) <= set(a.of)]
        draft.unknown(place, "attribute", name, known)
    elif not set(attribute.of) <= set(reported.of):
        lacking = ", ".join(k for k in attribute.of if k not in reported.of)
        draft.problems.add(place, "wrong-reported", _REPORTED_ELSEWHERE.fill(name=name, kinds=lacking))
    elif reported.unit != attribute.unit or name == attribute.id:
        draft.problems.add(place, "wrong-reported", _REPORTED_UNIT.fill(name=name, unit=attribute.unit))


def _owners(spot: Spot | None, draft: Draft) -> tuple[str, ...]:
    found = []
    for name, place in spot.words() if spot else ():
        if name in draft.nouns.kinds or name in draft.nouns.ties or name in draft.nouns.broken:
            found.append(name)
        else:
            draft.unknown(place, "binding", name, [*draft.nouns.kinds, *draft.nouns.ties])
            found.append(ANY)
    return tuple(found)


def _check_resource(shape: AttributeShape, of: tuple[str, ...], spot: Spot, draft: Draft) -> None:
    if shape.type != "stock":
        draft.problems.add(spot.at("resource"), "wrong-resource", _RESOURCE_IS_STOCK)
    elif not draft.nouns.actors() & set(of) and not draft.nouns.broken & set(of):
        draft.problems.add(spot.at("of"), "wrong-resource", _RESOURCE_OF_ACTOR)


def _start(shape: AttributeShape, shown: ShownNumber) -> float:
    if shape.start is not None:
        return float(shape.start)
    if shown.type is AttributeType.LEVEL:
        return shown.middle
    return min(max(0.0, shown.low), shown.high)


def needs_start(shape: AttributeShape) -> bool:
    """Say whether every entity must give a value of its own."""
    return shape.start is None and shape.type in ("level", "stock")


def _ordered(bounds: list[float], spot: Spot, draft: Draft) -> tuple[float, float]:
    low, high = float(bounds[0]), float(bounds[1])
    if low >= high:
        draft.problems.add(spot.at("bounds"), "wrong-bounds", _BOUNDS_ORDER.fill(low=f"{low:g}", high=f"{high:g}"))
        return min(low, high), max(low, high)
    return low, high


def _items(spot: Spot, key: str) -> list[tuple[str, Spot]]:
    found = spot.get(key)
    return list(found.items()) if found else []


_DEFAULT_BOUNDS: Final = {
    AttributeType.LEVEL: (0.0, 100.0),
    AttributeType.STOCK: (0.0, LARGEST),
    AttributeType.FLAG: (0.0, 1.0),
    AttributeType.SIGNAL: _SIGNAL_BOUNDS,
}
_SYMMETRIC_ENDS: Final = Text(
    "a symmetric tie has the same kinds at both ends", "un vínculo simétrico tiene las mismas clases en ambos extremos"
)
_STOCK_NEEDS: Final = Text(
    "the key '{key}' is missing: a stock needs it", "falta la clave «{key}»: las existencias la necesitan"
)
_NEEDS_SPREAD: Final = Text(
    "a number seen as an estimate needs 'spread'", "un número que se ve estimado necesita «spread»"
)
_NEEDS_REPORTED: Final = Text(
    "a number seen as reported needs 'reported_as'", "un número que se ve declarado necesita «reported_as»"
)
_REPORTED_ELSEWHERE: Final = Text("'{name}' is not a number of: {kinds}", "«{name}» no es un número de: {kinds}")
_REPORTED_UNIT: Final = Text(
    "'{name}' cannot be shown instead: it must be another number in {unit}",
    "«{name}» no puede mostrarse en su lugar: debe ser otro número en {unit}",
)
_FLAG_BOUNDS: Final = Text("a flag is 0 or 1", "una marca es 0 o 1")
_RESOURCE_IS_STOCK: Final = Text("a resource must be a stock", "un recurso debe ser de tipo «stock»")
_RESOURCE_OF_ACTOR: Final = Text(
    "a resource belongs to at least one kind that acts", "un recurso pertenece al menos a una clase que actúa"
)
_BOUNDS_ORDER: Final = Text(
    "the lower bound {low} is not below the upper bound {high}",
    "el límite inferior {low} no es menor que el superior {high}",
)
