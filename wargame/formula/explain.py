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
from wargame.model.expression import Call, Choice, Draw, Leaf, Node, Read, Turn
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
_FEW: Final = 2
"""Of so many parts that are compared all are shown; of more only the one that counts."""
_OF: Final = Text("{function} of {n} ({part})", "{function} de {n} ({part})")
_HOLDS: Final = Text("{taken} [as {condition}]", "{taken} [pues {condition}]")
_FAILS: Final = Text("{taken} [as not: {condition}]", "{taken} [pues no: {condition}]")
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


def _compared(node: Node, function: str = "") -> list[Node]:
    """Return what a function of the largest or smallest compares, also where it stands within itself."""
    if isinstance(node, Call) and node.function in ("min", "max") and function in ("", node.function):
        return [part for argument in node.arguments for part in _compared(argument, node.function)]
    return [node] if function else []


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
        several = _compared(node)
        if len(several) > _FEW:
            return self._decisive(node, several), ATOM
        value = self._value(node)
        separator = self.say(_BETWEEN_ARGUMENTS)
        arguments = separator.join(self.text(argument) for argument in node.arguments)
        text = f"{self.say(_FUNCTIONS[node.function])}({arguments})"
        if node.function in _WITH_VALUE and leaves(node):
            text += f" [{self.shown(value)}]"
        return text, ATOM

    def _decisive(self, node: Call, several: Sequence[Node]) -> str:
        """Return of many parts that are compared the one that counts; the others are only counted."""
        told: list[tuple[float, str]] = []
        for part in several:
            value = self._value(part)
            told.append((value, self.text(part)))
        choose = max if node.function == "max" else min
        function = self.say(_FUNCTIONS[node.function])
        return self.say(_OF).format(function=function, n=len(told), part=choose(told, key=lambda one: one[0])[1])

    def _value(self, node: Node) -> float:
        """Return the value of the part whose first leaf is the next to be met."""
        first = self.met
        return float(evaluate(node, lambda position, leaf, argument: self.values[first + position]))

    def choice(self, node: Choice, truth: bool) -> tuple[str, int]:
        """Return the branch that is taken, and what was asked."""
        then, first = self.text(node.then, ATOM, truth), self.met
        condition = self.text(node.condition, truth=True)
        holds = evaluate(node.condition, lambda position, leaf, argument: self.values[first + position], "truth")
        otherwise = self.text(node.otherwise, ATOM, truth)
        text = _HOLDS if holds else _FAILS
        return self.say(text).format(taken=then if holds else otherwise, condition=condition), ATOM

    def shown(self, value: float | bool, decimals: int | None = None) -> str:
        """Return a number, or yes or no."""
        if isinstance(value, bool):
            return self.say(_YES if value else _NO)
        return shown(value, self.language, decimals)
