"""When two formulas must come to the same value: their order of writing told apart from what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from wargame.formula.walk import children
from wargame.model.expression import (
    Arithmetic,
    Call,
    Comparison,
    Junction,
    Negative,
    Node,
    Number,
    Read,
)

Shape: TypeAlias = tuple[object, ...]
"""What a formula says, whichever way round it is written; equal shapes have equal values."""
Place: TypeAlias = Callable[[Read], object]
"""What a read stands for."""

_EITHER_WAY: Final = frozenset(("min", "max"))
_SAME_TURNED: Final = frozenset(("==", "!="))


def shape_of(node: Node, place: Place) -> Shape:
    """Return what a formula says: sums, products and pairs in one order, whichever its author wrote."""
    match node:
        case Read():
            return ("read", place(node), node.lag)
        case Number():
            return ("number", node.value)
        case Negative() | Arithmetic(operator="+" | "-"):
            return _sum(node, place)
        case Arithmetic():
            return ("product", *_sorted(_factors(node, place, over=False)))
        case Call(function="abs"):
            inner = node.arguments[0]
            return ("abs", min(shape_of(inner, place), _sum(inner, place, minus=True), key=repr))
        case Call():
            parts = [shape_of(argument, place) for argument in node.arguments]
            return (node.function, *(_sorted(parts) if node.function in _EITHER_WAY else parts))
        case Junction():
            return (node.operator, *_sorted(shape_of(operand, place) for operand in node.operands))
        case Comparison():
            sides = [shape_of(side, place) for side in (node.left, node.right)]
            return (node.operator, *(_sorted(sides) if node.operator in _SAME_TURNED else sides))
    parts = [shape_of(child, place) for child in children(node)]
    return (type(node).__name__, *parts) if parts else (type(node).__name__, node)


def _sum(node: Node, place: Place, *, minus: bool = False) -> Shape:
    terms = list(_terms(node, place, minus=minus))
    return terms[0][1:] if len(terms) == 1 and terms[0][0] == "+" else ("sum", *_sorted(terms))


def _terms(node: Node, place: Place, *, minus: bool) -> Iterator[Shape]:
    """Yield what a sum adds, each with its sign."""
    match node:
        case Negative():
            yield from _terms(node.operand, place, minus=not minus)
        case Arithmetic(operator="+" | "-"):
            yield from _terms(node.left, place, minus=minus)
            yield from _terms(node.right, place, minus=minus != (node.operator == "-"))
        case _:
            yield ("-" if minus else "+", *shape_of(node, place))


def _factors(node: Node, place: Place, *, over: bool) -> Iterator[Shape]:
    """Yield what a product multiplies, each with whether it divides."""
    if isinstance(node, Arithmetic) and node.operator in "*/":
        yield from _factors(node.left, place, over=over)
        yield from _factors(node.right, place, over=over != (node.operator == "/"))
    else:
        yield ("/" if over else "*", *shape_of(node, place))


def _sorted(shapes: Iterator[Shape] | list[Shape]) -> list[Shape]:
    return sorted(shapes, key=repr)
