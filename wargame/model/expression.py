"""The tree of a formula: what a rule file says, parsed once and read in five ways.

Leaves that stand for values (``Read``, ``Draw``, ``Parameter``, ``Turn``, ``Amount``) are numbered by their
position in ``wargame.formula.walk.leaves``; compiled code, explanations and logs all use that order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

START_LAG = -1
"""The lag of ``start(x)``: the world before the first turn."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A role of the rule or the id of an entity, followed by static references: ``z`` or ``z.state``."""

    name: str
    references: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ".".join((self.name, *self.references))


@dataclass(frozen=True, slots=True)
class Between:
    """The tie of one type between two entities: ``presence(actor, z)``."""

    tie: str
    source: Entity
    target: Entity

    def __str__(self) -> str:
        return f"{self.tie}({self.source}, {self.target})"


Subject: TypeAlias = Entity | Between


@dataclass(frozen=True, slots=True)
class Number:
    """A literal; ``text`` is how the author wrote it."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named parameter of the rule in which the formula stands."""

    name: str


@dataclass(frozen=True, slots=True)
class Read:
    """An attribute of an entity or tie; lag 0 is now, n ≥ 1 the start of turn t − n + 1, START_LAG the start world."""

    subject: Subject
    attribute: str
    lag: int = 0

    def __str__(self) -> str:
        return f"{self.subject}.{self.attribute}"


@dataclass(frozen=True, slots=True)
class Turn:
    """The number of the turn, from 1."""


@dataclass(frozen=True, slots=True)
class Amount:
    """The amount of the order being resolved (1 where the move has none)."""


@dataclass(frozen=True, slots=True)
class Draw:
    """A named use of chance: ``chance(p)`` is true with odds p, ``noise(sd)`` a bounded bell-shaped number."""

    kind: Literal["chance", "noise"]
    argument: Node
    purpose: str


@dataclass(frozen=True, slots=True)
class Negative:
    """Minus a number."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two numbers joined by ``+ - * /``; x / 0 is 0."""

    operator: Literal["+", "-", "*", "/"]
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two numbers compared; the answer is a truth value."""

    operator: Literal["<", "<=", ">", ">=", "==", "!="]
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Junction:
    """Truth values joined by ``and`` or ``or``; both sides are always computed."""

    operator: Literal["and", "or"]
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a truth value."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Choice:
    """``this if condition else that``; both sides are always computed."""

    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Call:
    """One of the listed functions applied to numbers."""

    function: str
    arguments: tuple[Node, ...]


Node: TypeAlias = (
    Number
    | Parameter
    | Read
    | Turn
    | Amount
    | Draw
    | Negative
    | Arithmetic
    | Comparison
    | Junction
    | Not
    | Choice
    | Call
)
Leaf: TypeAlias = Parameter | Read | Turn | Amount | Draw


@dataclass(frozen=True, slots=True)
class Formula:
    """A checked formula: its tree, the text it came from, what it yields and its unit ('' = none known)."""

    node: Node
    text: str
    yields: Literal["number", "truth"]
    unit: str = ""
