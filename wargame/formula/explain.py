"""A formula with its numbers filled in: "−0.04 × violence 62 × (1 − capacity 35/100) = −1.6"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, Final, Literal

from wargame.formula.constants import FLAG_IS_UP
from wargame.formula.evaluate import evaluate
from wargame.formula.numbers import shown
from wargame.formula.render import ATOM, Rendering, at_its_time
from wargame.formula.walk import leaves
from wargame.formula.words import TURN
from wargame.model.expression import Call, Draw, Leaf, Node, Read, Turn
from wargame.model.text import Language, Text, same

_COMPARISONS: Final = {
    "<": same("<"), "<=": same("≤"), ">": same(">"), ">=": same("≥"), "==": same("="), "!=": same("≠"),
}  # fmt: skip
_FUNCTIONS: Final = {
    "min": Text("min", "mín"),
    "max": Text("max", "máx"),
    "clip": Text("limit", "acotar"),
    "ramp": Text("ramp", "rampa"),
    "logistic": Text("logistic", "logística"),
    "exp": same("exp"),
    "log": same("ln"),
    "sqrt": same("√"),
    "abs": same("abs"),
}
_WITH_VALUE: Final = frozenset({"ramp", "logistic", "exp", "log", "sqrt"})
"""Functions that nobody computes in their head: their value is shown behind them."""
_BETWEEN_ARGUMENTS: Final = Text(", ", "; ")
_CHANCE: Final = Text("[chance {argument}: {value}]", "[probabilidad {argument}: {value}]")
_NOISE: Final = Text("[luck ±{argument}: {value}]", "[azar ±{argument}: {value}]")
_YES: Final = Text("yes", "sí")
_NO: Final = Text("no", "no")


def explain(
    node: Node,
    values: Sequence[float],
    names: Callable[[Leaf], Text],
    language: Language,
    decimals: int | None = None,
    yields: Literal["number", "truth"] = "number",
) -> str:
    """Return a formula with the values of its leaves (in the order of ``walk.leaves``) and its result.

    ``names`` gives the name of each read, parameter and amount. ``decimals`` is for the result; everything else has
    four significant digits. ``yields`` is that of the Formula.
    """
    result = evaluate(node, lambda position, leaf, argument: values[position], yields)
    explaining = _Explaining(values, names, language)
    text = explaining.text(node, truth=yields == "truth")
    return f"{text} = {explaining.shown(result, decimals)}"


class _Explaining(Rendering):
    comparisons: ClassVar[Mapping[str, Text]] = _COMPARISONS

    def __init__(self, values: Sequence[float], names: Callable[[Leaf], Text], language: Language) -> None:
        super().__init__(language)
        self.values = values
        self.names = names

    def leaf(self, position: int, leaf: Leaf, argument: str, truth: bool) -> str:
        value = self.values[position]
        if isinstance(leaf, Draw):
            said = self.shown(bool(value) if leaf.kind == "chance" else value)
            return self.say((_CHANCE if leaf.kind == "chance" else _NOISE).fill(argument=argument, value=said))
        name = TURN if isinstance(leaf, Turn) else self.names(leaf)
        if isinstance(leaf, Read):
            name = at_its_time(name, leaf.lag)
        said = f"({self.shown(value >= FLAG_IS_UP)})" if truth else self.shown(value)
        return f"{self.say(name)} {said}".lstrip()

    def call(self, node: Call) -> tuple[str, int]:
        first = self.met
        separator = self.say(_BETWEEN_ARGUMENTS)
        arguments = separator.join(self.text(argument) for argument in node.arguments)
        text = f"{self.say(_FUNCTIONS[node.function])}({arguments})"
        if node.function in _WITH_VALUE and leaves(node):
            value = evaluate(node, lambda position, leaf, argument: self.values[first + position])
            text += f" [{self.shown(value)}]"
        return text, ATOM

    def shown(self, value: float | bool, decimals: int | None = None) -> str:
        """Return a number, or yes or no."""
        if isinstance(value, bool):
            return self.say(_YES if value else _NO)
        return shown(value, self.language, decimals)
