"""What a formula can never do: conditions that never or always hold, parts that are always zero or always clipped.

Every part gets a span, the smallest and largest value that it could have, from the spans of its leaves. Spans are too
wide where one number stands twice, never too narrow: what is found here holds in every session.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from math import sqrt
from typing import Final, TypeAlias

from wargame.formula.constants import BIG, FLAG_IS_UP, NOISE_LIMIT
from wargame.formula.scalars import clip, exp, log, logistic, ramp
from wargame.formula.walk import nodes
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

Span: TypeAlias = tuple[float, float]
NO, YES, EITHER = (0.0, 0.0), (1.0, 1.0), (0.0, 1.0)
"""The spans of truth values."""


class Finding(StrEnum):
    """What is always so of a part of a formula."""

    NEVER = "never"
    """A condition that cannot hold."""
    ALWAYS = "always"
    """A condition that cannot fail."""
    ZERO = "zero"
    """A term of a sum, or a whole formula, that is always 0."""
    CLIPPED = "clipped"
    """A ramp or clip that always stands at the same end."""
    UNUSED = "unused"
    """An argument of min or max that is never the one taken."""


@dataclass
class Look:
    """One look at a formula; ``spans`` gives the span of each leaf (of a Draw: of its argument, by itself)."""

    spans: Callable[[Leaf], Span]
    found: list[tuple[Finding, Node]] = field(default_factory=list)

    def at(self, node: Node, *, truth: bool = False) -> Span:
        """Return the span of a whole formula, and keep what is found on the way."""
        span = self._truth(node) if truth else self._value(node)
        if truth:
            self._judge(node, span)
        elif span == NO and not isinstance(node, Number):
            self._keep(Finding.ZERO, node)
        return span

    def _keep(self, finding: Finding, node: Node) -> None:
        """Keep a finding, the first of each part; what was found of its own parts then says no more."""
        if any(known is node for _, known in self.found):
            return
        inside = [part for part in nodes(node) if part is not node]
        self.found = [(f, n) for f, n in self.found if not any(n is part for part in inside)]
        self.found.append((finding, node))

    def _judge(self, node: Node, span: Span) -> None:
        if span in (NO, YES) and _varies(node):
            self._keep(Finding.NEVER if span == NO else Finding.ALWAYS, node)

    # ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────

    def _value(self, node: Node) -> Span:
        match node:
            case Number(value=value):
                return value, value
            case Parameter() | Read() | Turn() | Amount():
                return self.spans(node)
            case Negative():
                low, high = self._value(node.operand)
                return -high, -low
            case Arithmetic():
                return self._arithmetic(node)
            case Choice():
                return self._choice(node, self._value(node.then), self._value(node.otherwise))
            case Call():
                return self._call(node, [self._value(a) for a in node.arguments])
            case Draw(kind="noise"):
                most = NOISE_LIMIT * max(abs(v) for v in self._value(node.argument))
                return -most, most
        return self._truth(node)

    def _arithmetic(self, node: Arithmetic) -> Span:
        left, right = self._value(node.left), self._value(node.right)
        if node.operator in "+-":
            for part, span in ((node.left, left), (node.right, right)):
                if span == NO and not isinstance(part, Number) and _varies(part):
                    self._keep(Finding.ZERO, part)
            other = right if node.operator == "+" else (-right[1], -right[0])
            return left[0] + other[0], left[1] + other[1]
        if node.operator == "*":
            return _hull(_times(a, b) for a in left for b in right)
        if right[0] <= 0.0 <= right[1]:
            return NO if left == NO else (-BIG, BIG)
        return _hull(_times(a, 1.0 / b) for a in left for b in right)

    def _choice(self, node: Choice, then: Span, otherwise: Span) -> Span:
        condition = self._truth(node.condition)
        self._judge(node.condition, condition)
        if condition == YES:
            return then
        return otherwise if condition == NO else (min(then[0], otherwise[0]), max(then[1], otherwise[1]))

    def _call(self, node: Call, given: list[Span]) -> Span:
        match node.function:
            case "min" | "max":
                return self._extreme(node, given)
            case "ramp" | "clip":
                return self._held(node, *given)
            case "logistic":
                return _hull(logistic(v) for v in given[0])
            case "abs":
                low, high = given[0]
                return (0.0 if low <= 0.0 <= high else min(abs(low), abs(high))), max(abs(low), abs(high))
            case "sqrt":
                return sqrt(max(0.0, given[0][0])), sqrt(max(0.0, given[0][1]))
            case "exp":
                return _hull(exp(v) for v in given[0])
            case "log":
                return _hull(log(v) for v in given[0])
        return -BIG, BIG

    def _extreme(self, node: Call, given: list[Span]) -> Span:
        pick = min if node.function == "min" else max
        sign = 1.0 if node.function == "min" else -1.0
        for i, (argument, span) in enumerate(zip(node.arguments, given, strict=True)):
            others = [s for j, s in enumerate(given) if j != i]
            beaten = any((o[1] < span[0]) if sign > 0 else (o[0] > span[1]) for o in others)
            if beaten and _varies(argument):
                self._keep(Finding.UNUSED, argument)
        return pick(s[0] for s in given), pick(s[1] for s in given)

    def _held(self, node: Call, value: Span, low: Span, high: Span) -> Span:
        if low[0] != low[1] or high[0] != high[1]:
            return EITHER if node.function == "ramp" else (min(low[0], high[0]), max(low[1], high[1]))
        least, most = sorted((low[0], high[0]))
        if (value[1] <= least or value[0] >= most) and _varies(node.arguments[0]):
            self._keep(Finding.CLIPPED, node)
        hold = ramp if node.function == "ramp" else clip
        return _hull(hold(v, low[0], high[0]) for v in value)

    # ── conditions ──────────────────────────────────────────────────────────────────────────────────────────

    def _truth(self, node: Node) -> Span:
        match node:
            case Comparison():
                return _compared(node.operator, self._value(node.left), self._value(node.right))
            case Not():
                low, high = self._truth(node.operand)
                return 1.0 - high, 1.0 - low
            case Junction():
                return self._junction(node)
            case Choice():
                return self._choice(node, self._truth(node.then), self._truth(node.otherwise))
            case Draw():
                low, high = self._value(node.argument)
                return NO if high <= 0.0 else YES if low >= 1.0 else EITHER
        low, high = self._value(node)
        return YES if low >= FLAG_IS_UP else NO if high < FLAG_IS_UP else EITHER

    def _junction(self, node: Junction) -> Span:
        spans = [self._truth(operand) for operand in node.operands]
        for operand, span in zip(node.operands, spans, strict=True):
            self._judge(operand, span)
        pick = min if node.operator == "and" else max
        return pick(s[0] for s in spans), pick(s[1] for s in spans)


def _varies(node: Node) -> bool:
    """Say whether a part reads the world: of mere numbers nobody expects that they change."""
    return any(isinstance(part, Read | Draw) for part in nodes(node))


def _times(a: float, b: float) -> float:
    return 0.0 if a == 0.0 or b == 0.0 else max(-BIG, min(BIG, a * b))


def _hull(values: Iterable[float]) -> Span:
    found = list(values)
    return min(found), max(found)


def _compared(operator: str, a: Span, b: Span) -> Span:
    always, never = _ORDER[operator](a, b)
    return YES if always else NO if never else EITHER


_ORDER: Final[dict[str, Callable[[Span, Span], tuple[bool, bool]]]] = {
    "<": lambda a, b: (a[1] < b[0], a[0] >= b[1]),
    "<=": lambda a, b: (a[1] <= b[0], a[0] > b[1]),
    ">": lambda a, b: (a[0] > b[1], a[1] <= b[0]),
    ">=": lambda a, b: (a[0] >= b[1], a[1] < b[0]),
    "==": lambda a, b: (a == b and a[0] == a[1], a[1] < b[0] or a[0] > b[1]),
    "!=": lambda a, b: (a[1] < b[0] or a[0] > b[1], a == b and a[0] == a[1]),
}
"""Operator → does it always hold, does it never hold?"""
UNKNOWN: Final[Span] = (-BIG, BIG)
"""The span of what may be anything."""
