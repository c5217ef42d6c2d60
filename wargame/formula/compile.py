"""The tree of a formula → a closure over numpy, elementwise over whatever its reader gives.

Nothing is ever turned into source text and run. A compiled formula asks its reader for the leaves by their position
in ``walk.leaves``; what the arrays range over (bindings × sessions, orders, candidates) is the reader's business.
Parts without leaves are computed once. Comparisons and conditions give boolean arrays.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any, Final, Literal, NamedTuple, Protocol, TypeAlias

import numpy as np

from wargame.formula import arrays
from wargame.formula.arrays import Values
from wargame.formula.constants import BIG, LEAST_DIVISOR
from wargame.formula.evaluate import evaluate
from wargame.formula.magnitude import unclipped
from wargame.formula.walk import is_constant
from wargame.model.expression import (
    Amount,
    Arithmetic,
    Call,
    Choice,
    Comparison,
    Draw,
    Formula,
    Junction,
    Leaf,
    Negative,
    Node,
    Not,
    Parameter,
    Read,
    Turn,
)


class Reader(Protocol):
    """Where a compiled formula gets its leaves; no number may be larger than LEAF_LIMIT."""

    def read(self, leaf: int) -> Values:
        """Return the attribute of the Read at this position (flags: 0 and 1, or truth values)."""

    def parameter(self, leaf: int) -> Values:
        """Return the value of the Parameter at this position."""

    def draw(self, leaf: int, argument: Values) -> Values:
        """Return the Draw at this position: truth values for chance, numbers for noise."""

    def turn(self) -> float:
        """Return the number of the turn."""

    def amount(self) -> Values:
        """Return the amount of the orders."""


Compiled: TypeAlias = Callable[[Reader], Values]
Operation: TypeAlias = Callable[[Any, Any], Any]


def compile_formula(formula: Formula) -> Compiled:
    """Return the closure that computes a checked formula; one that yields truth gives truth values."""
    return compile_node(formula.node, formula.yields)


def compile_node(node: Node, yields: Literal["number", "truth"] = "number") -> Compiled:
    """Return the closure that computes a formula.

    ``yields`` matters only where the whole formula is one flag, or chooses between flags: "truth" turns it into
    truth values. The result may be the very array that the reader gave (see ``owns_result``).
    """
    compiling = _Compiling()
    return (compiling.truth(node) if yields == "truth" else compiling.value(node)).run


def owns_result(node: Node) -> bool:
    """Say whether the compiled formula returns a new array each time, which may be changed in place."""
    return _Compiling().value(node).fresh


class _Piece(NamedTuple):
    """A compiled part: its closure, whether that returns a new array, and its value if it never changes."""

    run: Compiled
    fresh: bool
    constant: float | bool | None = None


class _Operator(NamedTuple):
    """Arithmetic on anything, and its numpy function that can write into an array that is no longer needed."""

    plain: Operation
    ufunc: Callable[..., Any]


_ADD: Final = _Operator(operator.add, np.add)
_SUBTRACT: Final = _Operator(operator.sub, np.subtract)
_MULTIPLY: Final = _Operator(operator.mul, np.multiply)
_DIVIDE: Final = _Operator(operator.truediv, np.divide)
_COMPARISON: Final[dict[str, Operation]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


class _Compiling:
    """One pass over a tree; leaves are numbered as they are met, which is the order of ``walk.leaves``."""

    def __init__(self) -> None:
        self.positions: Iterator[int] = count()

    # ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────

    def value(self, node: Node) -> _Piece:
        """Compile a part that yields a number (or is asked for as it comes)."""
        if is_constant(node):
            return _constant(evaluate(node, _no_leaf))
        match node:
            case Arithmetic():
                return self._arithmetic(node)
            case Negative():
                return _unary(operator.neg, self.value(node.operand))
            case Call():
                return self._call(node)
            case Choice():
                return self._choice(node, self.value)
            case Comparison() | Junction() | Not():
                return self.truth(node)
        return self._leaf(node)

    def _arithmetic(self, node: Arithmetic) -> _Piece:
        left, right = self.value(node.left), self.value(node.right)
        held = node.operator in "*/" and unclipped(node) > BIG
        match node.operator:
            case "*":
                return _two(arrays.multiply, left, right) if held else _binary(_MULTIPLY, left, right)
            case "/":
                return self._quotient(left, right, held)
            case "+":
                return _binary(_ADD, left, right)
        return _binary(_SUBTRACT, left, right)

    def _quotient(self, left: _Piece, right: _Piece, held: bool) -> _Piece:
        if not held and right.constant is not None and abs(right.constant) >= LEAST_DIVISOR:
            return _binary(_DIVIDE, left, right)
        return _two(arrays.divide if held else arrays.quotient, left, right)

    def _call(self, node: Call) -> _Piece:
        function = arrays.FUNCTIONS[node.function]
        pieces = [self.value(argument) for argument in node.arguments]
        if len(pieces) == 1:
            return _unary(function, pieces[0])
        if len(pieces) == 2:
            return _two(function, *pieces)
        runs = tuple(piece.run for piece in pieces)
        return _Piece(lambda reader: function(*[run(reader) for run in runs]), True)

    def _choice(self, node: Choice, part: Callable[[Node], _Piece]) -> _Piece:
        then, condition, otherwise = part(node.then), self.truth(node.condition), part(node.otherwise)
        if otherwise.constant == 0.0 and otherwise.constant is not False:
            return _two(operator.mul, then, condition)
        return _Piece(_choose(condition.run, then.run, otherwise.run), then.fresh and otherwise.fresh)

    # ── truth values ────────────────────────────────────────────────────────────────────────────────────────

    def truth(self, node: Node) -> _Piece:
        """Compile a part that yields truth values."""
        if is_constant(node):
            return _constant(evaluate(node, _no_leaf, "truth"))
        match node:
            case Comparison():
                left, right = self.value(node.left), self.value(node.right)
                return _two(_COMPARISON[node.operator], left, right)
            case Junction():
                return self._junction(node)
            case Not():
                return _with_constant(operator.xor, self.truth(node.operand), True)
            case Choice():
                return self._choice(node, self.truth)
            case Read():
                return _Piece(_unary(arrays.as_truth, self._leaf(node)).run, False)
        return self.value(node)

    def _junction(self, node: Junction) -> _Piece:
        join = operator.and_ if node.operator == "and" else operator.or_
        first, *others = [self.truth(operand) for operand in node.operands]
        for other in others:
            first = _two(join, first, other)
        return first

    # ── leaves ──────────────────────────────────────────────────────────────────────────────────────────────

    def _leaf(self, node: Node) -> _Piece:
        leaf = next(self.positions)
        match node:
            case Read():
                return _Piece(lambda reader: reader.read(leaf), False)
            case Parameter():
                return _Piece(lambda reader: reader.parameter(leaf), False)
            case Turn():
                return _Piece(lambda reader: reader.turn(), False)
            case Amount():
                return _Piece(lambda reader: reader.amount(), False)
            case Draw():
                argument = self.value(node.argument).run
                return _Piece(lambda reader: reader.draw(leaf, argument(reader)), False)
        raise AssertionError(node)


# ── closures ────────────────────────────────────────────────────────────────────────────────────────────────


def _constant(value: float | bool) -> _Piece:
    return _Piece(lambda reader: value, True, value)


def _unary(function: Callable[[Any], Any], operand: _Piece) -> _Piece:
    run = operand.run
    return _Piece(lambda reader: function(run(reader)), True)


def _two(operation: Operation, left: _Piece, right: _Piece) -> _Piece:
    if right.constant is not None:
        return _with_constant(operation, left, right.constant)
    first, second = left.run, right.run
    return _Piece(lambda reader: operation(first(reader), second(reader)), True)


def _with_constant(operation: Operation, piece: _Piece, constant: float | bool) -> _Piece:
    run = piece.run
    return _Piece(lambda reader: operation(run(reader), constant), True)


def _binary(operation: _Operator, left: _Piece, right: _Piece) -> _Piece:
    if left.fresh and left.constant is None:
        return _Piece(_into_left(operation, left.run, right.run), True)
    if right.fresh and right.constant is None:
        return _Piece(_into_right(operation, left.run, right.run), True)
    return _two(operation.plain, left, right)


def _into_left(operation: _Operator, left: Compiled, right: Compiled) -> Compiled:
    plain, ufunc = operation

    def run(reader: Reader) -> Values:
        x, y = left(reader), right(reader)
        return ufunc(x, y, x) if _covers(x, y) else plain(x, y)  # type: ignore[no-any-return]

    return run


def _into_right(operation: _Operator, left: Compiled, right: Compiled) -> Compiled:
    plain, ufunc = operation

    def run(reader: Reader) -> Values:
        x, y = left(reader), right(reader)
        return ufunc(x, y, y) if _covers(y, x) else plain(x, y)  # type: ignore[no-any-return]

    return run


def _covers(x: Values, y: Values) -> bool:
    """Say whether x is an array of the shape that x and y have together."""
    return isinstance(x, np.ndarray) and (not isinstance(y, np.ndarray) or x.shape == y.shape)


def _choose(condition: Compiled, then: Compiled, otherwise: Compiled) -> Compiled:
    return lambda reader: arrays.choose(condition(reader), then(reader), otherwise(reader))


def _no_leaf(position: int, leaf: Leaf, argument: float | None) -> float:
    raise AssertionError(leaf)
