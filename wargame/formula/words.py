"""A formula in the words of the rulebook: "control of the state here at least 40 and …"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, Final

from wargame.formula.render import ATOM, PHRASE, Rendering, at_its_time
from wargame.model.expression import Call, Draw, Leaf, Node, Read, Turn
from wargame.model.text import Language, Text

_COMPARISONS: Final = {
    "<": Text("below", "por debajo de"),
    "<=": Text("at most", "como mucho"),
    ">": Text("above", "por encima de"),
    ">=": Text("at least", "al menos"),
    "==": Text("equal to", "igual a"),
    "!=": Text("other than", "distinto de"),
}
_SMALLEST: Final = Text("the smallest of {all}", "el menor de {all}")
_LARGEST: Final = Text("the largest of {all}", "el mayor de {all}")
_HELD: Final = Text("{0} held between {1} and {2}", "{0} acotado entre {1} y {2}")
_SHARE: Final = Text("{0} on a scale from {1} to {2}", "{0} en una escala de {1} a {2}")
_ATOMS: Final = {
    "logistic": Text("logistic({0})", "logística({0})"),
    "exp": Text("exp({0})", "exp({0})"),
    "log": Text("ln({0})", "ln({0})"),
    "sqrt": Text("√({0})", "√({0})"),
    "abs": Text("|{0}|", "|{0}|"),
}
_LAST: Final = Text(" and ", " y ")
_CHANCE: Final = Text("a chance of {argument}", "una probabilidad de {argument}")
_NOISE: Final = Text("luck with a spread of {argument}", "azar con una desviación de {argument}")
TURN: Final = Text("turn", "turno")


def words(node: Node, names: Callable[[Leaf], Text], language: Language) -> str:
    """Return a formula as rulebook text; ``names`` gives the name of each read, parameter and amount."""
    return _Wording(names, language).text(node)


class _Wording(Rendering):
    comparisons: ClassVar[Mapping[str, Text]] = _COMPARISONS

    def __init__(self, names: Callable[[Leaf], Text], language: Language) -> None:
        super().__init__(language)
        self.names = names

    def leaf(self, position: int, leaf: Leaf, argument: str, truth: bool) -> str:
        match leaf:
            case Draw():
                held = f"({argument})" if " " in argument else argument
                return self.say((_CHANCE if leaf.kind == "chance" else _NOISE).fill(argument=held))
            case Turn():
                return self.say(TURN)
            case Read():
                return self.say(at_its_time(self.names(leaf), leaf.lag))
        return self.say(self.names(leaf))

    def call(self, node: Call) -> tuple[str, int]:
        if node.function in _ATOMS:
            argument = self.text(node.arguments[0])
            return self.say(_ATOMS[node.function]).format(argument), ATOM
        parts = [self.text(argument, PHRASE + 1) for argument in node.arguments]
        if node.function in ("clip", "ramp"):
            return self.say(_HELD if node.function == "clip" else _SHARE).format(*parts), PHRASE
        listed = ", ".join(parts[:-1]) + self.say(_LAST) + parts[-1]
        return self.say(_SMALLEST if node.function == "min" else _LARGEST).format(all=listed), PHRASE
