"""One formula, one world, plain Python: what a formula means, in as few lines as possible."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from itertools import count
from typing import Final, Literal, TypeAlias

from wargame.formula import scalars
from wargame.formula.constants import FLAG_IS_UP
from wargame.model.expression import (
    Amount,
    Arithmetic,
    Call,
    Choice,
    Comparison,
    Draw,
    Junction,
    Leaf,
    Negative,
    Node,
    Not,
    Number,
    Parameter,
    Read,
    Turn,
)

LeafValue: TypeAlias = Callable[[int, Leaf, float | None], float | bool]
"""The value of a leaf, given its position in ``walk.leaves``, itself, and the argument if it is a Draw."""

ARITHMETIC: Final[dict[str, Callable[[float, float], float]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": scalars.multiply,
    "/": scalars.divide,
}
COMPARISON: Final[dict[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def evaluate(node: Node, read: LeafValue, yields: Literal["number", "truth"] = "number") -> float | bool:
    """Return the value of a formula; ``read`` gives the values of its leaves, each asked once, in order.

    ``yields`` matters only where the whole formula is one flag, or chooses between flags.
    """
    evaluation = _Evaluation(read)
    return evaluation.truth(node) if yields == "truth" else evaluation.value(node)


class _Evaluation:
    def __init__(self, read: LeafValue) -> None:
        self.read = read
        self.positions: Iterator[int] = count()

    def value(self, node: Node) -> float | bool:
        match node:
            case Number(value=value):
                return value
            case Read() | Parameter() | Turn() | Amount():
                return self.read(next(self.positions), node, None)
            case Draw():
                position = next(self.positions)
                return self.read(position, node, self.value(node.argument))
            case Arithmetic():
                return ARITHMETIC[node.operator](self.value(node.left), self.value(node.right))
            case Negative():
                return -self.value(node.operand)
            case Call():
                return scalars.FUNCTIONS[node.function](*[self.value(argument) for argument in node.arguments])
            case Choice():
                then, condition = self.value(node.then), self.truth(node.condition)
                otherwise = self.value(node.otherwise)
                return then if condition else otherwise
        return self.truth(node)

    def truth(self, node: Node) -> bool:
        match node:
            case Comparison():
                return COMPARISON[node.operator](self.value(node.left), self.value(node.right))
            case Junction():
                held = [self.truth(operand) for operand in node.operands]
                return all(held) if node.operator == "and" else any(held)
            case Not():
                return not self.truth(node.operand)
            case Choice():
                then, condition = self.truth(node.then), self.truth(node.condition)
                otherwise = self.truth(node.otherwise)
                return then if condition else otherwise
        return bool(self.value(node) >= FLAG_IS_UP)
