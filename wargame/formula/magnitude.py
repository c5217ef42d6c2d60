"""How large the value of a formula can be, so that compiled code clips only where it could matter."""

from __future__ import annotations

from wargame.formula.constants import BIG, EXP_LIMIT, LEAF_LIMIT, LEAST_DIVISOR, NOISE_LIMIT
from wargame.formula.scalars import exp
from wargame.model.expression import Arithmetic, Call, Choice, Draw, Negative, Node, Number

_LARGEST_LOG = 1000.0


def largest(node: Node) -> float:
    """Return a number that the absolute value of a formula never exceeds, if its leaves keep LEAF_LIMIT.

    Float multiplication, division and addition are monotonic, so a bound computed with them is a bound of what
    they give.
    """
    match node:
        case Number(value=value):
            return abs(value)
        case Negative(operand=operand):
            return largest(operand)
        case Arithmetic(operator="+" | "-"):
            return largest(node.left) + largest(node.right)
        case Arithmetic():
            return min(unclipped(node), BIG)
        case Choice():
            return max(largest(node.then), largest(node.otherwise))
        case Call():
            return _of_call(node)
        case Draw(kind="noise", argument=argument):
            return NOISE_LIMIT * largest(argument)
    return LEAF_LIMIT


def unclipped(node: Arithmetic) -> float:
    """Return what a product or quotient could reach if it were not held within ±BIG."""
    left, right = largest(node.left), node.right
    if node.operator == "*":
        return left * largest(right)
    if isinstance(right, Number) and abs(right.value) >= LEAST_DIVISOR:
        return left / abs(right.value)
    return left / LEAST_DIVISOR


def _of_call(node: Call) -> float:
    match node.function:
        case "ramp" | "logistic":
            return 1.0
        case "exp":
            return exp(EXP_LIMIT)
        case "log":
            return _LARGEST_LOG
        case "sqrt":
            return max(1.0, largest(node.arguments[0]))
    return max(largest(argument) for argument in node.arguments)
