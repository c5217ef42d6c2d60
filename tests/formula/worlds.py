"""A small ruleset for formulas to name, and readers that give their leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wargame.formula.arrays import Values
from wargame.formula.walk import leaves
from wargame.model.basis import Basis
from wargame.model.errors import Place
from wargame.model.expression import Draw, Leaf, Node, Turn
from wargame.model.kinds import Attribute, AttributeType, Good, Sight, TieType
from wargame.model.text import Text, same

HERE = Place("rules/toy/moves.yaml", 7, 11)
TURN = 3.0
SHAPE = (3, 4)
"""What the arrays of one formula broadcast to."""


def attribute(name: str, kind: AttributeType = AttributeType.LEVEL, unit: str = "points") -> Attribute:
    return Attribute(
        id=name, of=("zone",), title=same(name), type=kind, unit=unit, low=0.0, high=100.0, start=0.0, absent=0.0,
        good=Good.NEUTRAL, sight=Sight.EXACT, spread=0.0, reported_as="", guess=50.0, resource=False, decimals=0,
        basis=Basis(), place=HERE,
    )  # fmt: skip


CROP = attribute("crop_ha", AttributeType.STOCK, "ha")
SOWN = attribute("sown_ha", AttributeType.STOCK, "ha")
VIOLENCE = attribute("violence")
CAPACITY = attribute("capacity")
TRUCE = attribute("truce", AttributeType.FLAG, "")
STRIPS = attribute("strips", AttributeType.SIGNAL, "")
PRICE = attribute("gold_price", AttributeType.STOCK, "usd")
CONTROL = attribute("control")

ATTRIBUTES = {
    "zone": (CROP, SOWN, VIOLENCE, TRUCE, STRIPS),
    "state": (VIOLENCE, CAPACITY, TRUCE),
    "outside": (PRICE,),
    "presence": (CONTROL,),
    "pact": (CONTROL,),
}
REFERENCES = {("zone", "state"): frozenset({"state"})}
TIES = {
    "presence": TieType("presence", same("presence"), ("state",), ("zone",), False, Basis(), HERE),
    "pact": TieType("pact", same("pact"), ("state",), ("zone",), True, Basis(), HERE),
}


@dataclass(frozen=True)
class ToyScope:
    """Roles z (zone), actor (state), either (zone or state), p (presence), nobody (none); parameter shift."""

    allows_amount: bool = True
    allows_draws: bool = True
    roles: dict[str, frozenset[str]] = field(
        default_factory=lambda: {
            "z": frozenset({"zone"}),
            "actor": frozenset({"state"}),
            "either": frozenset({"zone", "state"}),
            "p": frozenset({"presence"}),
            "nobody": frozenset(),
            "outside": frozenset({"outside"}),
        }
    )

    def kinds_of(self, name: str) -> frozenset[str] | None:
        return self.roles.get(name)

    def reference(self, kind: str, name: str) -> frozenset[str] | None:
        return REFERENCES.get((kind, name))

    def attribute(self, kind: str, name: str) -> Attribute | None:
        return next((known for known in ATTRIBUTES[kind] if known.id == name), None)

    def tie(self, name: str) -> TieType | None:
        return TIES.get(name)

    def parameter(self, name: str) -> bool:
        return name == "shift"

    def names(self) -> Iterable[str]:
        known = {attribute.id for attributes in ATTRIBUTES.values() for attribute in attributes}
        return sorted({*self.roles, *TIES, *known, "state", "shift"})


class Cells:
    """A reader whose leaves are arrays (or Python numbers) that were made beforehand."""

    def __init__(self, node: Node, given: Sequence[Values]) -> None:
        self.kinds: tuple[Leaf, ...] = leaves(node)
        self.given = given

    def read(self, leaf: int) -> Values:
        return self.given[leaf]

    def parameter(self, leaf: int) -> Values:
        return self.given[leaf]

    def draw(self, leaf: int, argument: Values) -> Values:
        return drawn(self.kinds[leaf], self.given[leaf], argument)

    def turn(self) -> float:
        return TURN

    def amount(self) -> Values:
        return next(
            value for leaf, value in zip(self.kinds, self.given, strict=True) if type(leaf).__name__ == "Amount"
        )


def drawn(leaf: Leaf, luck: Values, argument: Values) -> Values:
    """Chance compares its argument with the luck; noise multiplies it by luck between −4 and 4."""
    assert isinstance(leaf, Draw)
    return argument > luck if leaf.kind == "chance" else argument * (luck * 2.0**-29)


def cell(node: Node, given: Sequence[Values], row: int, column: int) -> list[float]:
    """Return the leaf values that one cell of the broadcast arrays sees (luck, for a Draw)."""
    picked = []
    for leaf, value in zip(leaves(node), given, strict=True):
        whole: NDArray[np.float64] = np.broadcast_to(np.asarray(value, dtype=np.float64), SHAPE)
        picked.append(TURN if isinstance(leaf, Turn) else float(whole[row, column]))
    return picked


def named(leaf: Leaf) -> Text:
    """Name a leaf by its attribute, in two languages that can be told apart."""
    name: str = getattr(leaf, "attribute", getattr(leaf, "name", "amount"))
    return Text(name, f"{name}_es")
