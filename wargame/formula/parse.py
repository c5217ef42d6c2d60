"""Text → tree, by a whitelist: whatever is not listed here is refused, with the column it stands in.

The standard library's parser reads the grammar; nothing of what it returns is ever evaluated.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from wargame.formula.functions import FUNCTIONS, MAX_DEPTH, MAX_LAG, MAX_LITERAL, MAX_NODES, RESERVED_PURPOSES
from wargame.formula.lexical import TOO_DEEP, inspect
from wargame.formula.refusal import refusal
from wargame.formula.suggest import did_you_mean
from wargame.model.errors import FormulaError, Place
from wargame.model.expression import (
    START_LAG,
    Amount,
    Arithmetic,
    Between,
    Call,
    Choice,
    Comparison,
    Draw,
    Entity,
    Junction,
    Negative,
    Node,
    Not,
    Number,
    Parameter,
    Read,
    Subject,
    Turn,
)
from wargame.model.text import Text

_ARITHMETIC: Final[dict[type[ast.operator], Literal["+", "-", "*", "/"]]] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/",
}  # fmt: skip
_COMPARISON: Final[dict[type[ast.cmpop], Literal["<", "<=", ">", ">=", "==", "!="]]] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip
_PURPOSE: Final = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A tree and, by the identity of each of its objects, the columns (from 0) of the names in it.

    A Read has the column of its subject and that of its attribute, an Entity one for each of its names, everything
    else the one where it begins.
    """

    node: Node
    columns: Mapping[int, tuple[int, ...]]


def parse(text: str, place: Place) -> Node:
    """Return the tree of a formula that begins at ``place``; raise FormulaError if it is not one."""
    return parse_marked(text, place).node


@lru_cache(maxsize=1 << 14)
def parse_marked(text: str, place: Place) -> Parsed:
    """Return the tree of a formula with the columns of its parts.

    Trees never change: scenarios that share a rule pack share its trees.
    """
    reading = _Reading(text, place)
    return Parsed(reading.node(reading.tree), reading.columns)


def parse_subject(text: str, place: Place) -> tuple[Subject, Mapping[int, tuple[int, ...]]]:
    """Return the entity or tie that a text names (``z``, ``z.state``, ``presence(actor, z)``) and its columns."""
    reading = _Reading(text, place)
    return reading.subject(reading.tree), reading.columns


def _grammar(line: str, place: Place) -> ast.expr:
    begin = len(line) - len(line.lstrip(" "))
    try:
        return ast.parse(line[begin:].rstrip(" "), mode="eval").body
    except SyntaxError as error:
        raise _misread(error, begin, len(line.rstrip(" ")), place) from None
    except (RecursionError, MemoryError, ValueError):
        raise refusal(place, 0, "formula-syntax", _SYNTAX) from None


def _misread(error: SyntaxError, begin: int, end: int, place: Place) -> FormulaError:
    column = min(begin + error.offset - 1, end) if error.lineno == 1 and error.offset else end
    message = _NO_ELSE if "'else'" in error.msg else _UNFINISHED if column == end else _SYNTAX
    return refusal(place, column, "formula-syntax", message)


class _Reading:
    """One pass over the tree of the grammar."""

    def __init__(self, text: str, place: Place) -> None:
        line = inspect(text, place)
        self.place = place
        self.line = line
        self.begin = len(line) - len(line.lstrip(" "))
        self.tree = _grammar(line, place)
        self.columns: dict[int, tuple[int, ...]] = {}
        self._depth = 0
        self._count = 0

    def node(self, tree: ast.expr) -> Node:
        """Return the node for one part of the grammar's tree."""
        self._depth += 1
        self._count += 1
        if self._depth > MAX_DEPTH:
            raise self._refuse(tree, "formula-too-deep", TOO_DEEP.fill(most=MAX_DEPTH))
        if self._count > MAX_NODES:
            raise self._refuse(tree, "formula-too-large", _TOO_LARGE.fill(most=MAX_NODES))
        node = self._convert(tree)
        self._depth -= 1
        self.columns.setdefault(id(node), (self._column(tree),))
        return node

    def subject(self, tree: ast.expr) -> Subject:
        """Return the entity, or the tie between two entities, that a part names."""
        if not isinstance(tree, ast.Call):
            return self._entity(tree)
        tie = self._called(tree)
        if tie in FUNCTIONS:
            raise self._refuse(tree, "formula-construct", _NO_ATTRIBUTE_OF_VALUE)
        if len(tree.args) != 2:
            raise self._refuse(tree, "wrong-arguments", _TIE_NEEDS_TWO.fill(tie=tie))
        between = Between(tie, self._entity(tree.args[0]), self._entity(tree.args[1]))
        self.columns[id(between)] = (self._column(tree),)
        return between

    # ── values ──────────────────────────────────────────────────────────────────────────────────────────────

    def _convert(self, tree: ast.expr) -> Node:
        match tree:
            case ast.Constant():
                return self._number(tree)
            case ast.Name(id=name):
                return Turn() if name == "turn" else Amount() if name == "amount" else Parameter(name)
            case ast.Attribute():
                return self._read(tree)
            case ast.Call():
                return self._call(tree)
            case ast.UnaryOp():
                return self._unary(tree)
            case ast.IfExp():
                return self._choice(tree)
        return self._joined(tree)

    def _joined(self, tree: ast.expr) -> Node:
        match tree:
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _ARITHMETIC:
                return Arithmetic(_ARITHMETIC[type(operator)], self.node(left), self.node(right))
            case ast.BoolOp(op=junction, values=values):
                word: Literal["and", "or"] = "and" if isinstance(junction, ast.And) else "or"
                return Junction(word, tuple(self.node(value) for value in values))
            case ast.Compare():
                return self._comparison(tree)
        raise self._refuse(tree, "formula-construct", _CONSTRUCT)

    def _choice(self, tree: ast.IfExp) -> Node:
        then, condition = self.node(tree.body), self.node(tree.test)
        return Choice(condition, then, self.node(tree.orelse))

    def _unary(self, tree: ast.UnaryOp) -> Node:
        if isinstance(tree.op, ast.Not):
            return Not(self.node(tree.operand))
        if isinstance(tree.op, ast.USub):
            return Negative(self.node(tree.operand))
        if isinstance(tree.op, ast.UAdd):
            return self.node(tree.operand)
        raise self._refuse(tree, "formula-construct", _CONSTRUCT)

    def _comparison(self, tree: ast.Compare) -> Node:
        if len(tree.ops) > 1:
            raise self._refuse(tree.comparators[1], "formula-chained", _CHAINED)
        if type(tree.ops[0]) not in _COMPARISON:
            raise self._refuse(tree, "formula-construct", _CONSTRUCT)
        left = self.node(tree.left)
        return Comparison(_COMPARISON[type(tree.ops[0])], left, self.node(tree.comparators[0]))

    def _number(self, tree: ast.Constant) -> Number:
        if isinstance(tree.value, str):
            raise self._refuse(tree, "formula-construct", _QUOTED)
        if type(tree.value) not in (int, float):
            raise self._refuse(tree, "formula-construct", _CONSTRUCT)
        if not abs(tree.value) <= MAX_LITERAL:  # type: ignore[arg-type]
            raise self._refuse(tree, "formula-number", _NUMBER_TOO_LARGE)
        return Number(float(tree.value), self._written(tree))  # type: ignore[arg-type]

    # ── names ───────────────────────────────────────────────────────────────────────────────────────────────

    def _read(self, tree: ast.Attribute, lag: int = 0) -> Read:
        read = Read(self.subject(tree.value), tree.attr, lag)
        self.columns[id(read)] = (self._column(tree), self._attribute_column(tree))
        return read

    def _entity(self, tree: ast.expr) -> Entity:
        names: list[str] = []
        columns: list[int] = []
        root = tree
        while isinstance(root, ast.Attribute):
            names.append(root.attr)
            columns.append(self._attribute_column(root))
            root = root.value
        if not isinstance(root, ast.Name):
            raise self._refuse(tree, "formula-construct", _NO_ATTRIBUTE_OF_VALUE)
        entity = Entity(root.id, tuple(reversed(names)))
        self.columns[id(entity)] = (self._column(root), *reversed(columns))
        return entity

    # ── functions ───────────────────────────────────────────────────────────────────────────────────────────

    def _call(self, tree: ast.Call) -> Node:
        function = self._called(tree)
        if function not in FUNCTIONS:
            hint = did_you_mean(function, FUNCTIONS)
            raise self._refuse(tree, "unknown-function", _UNKNOWN_FUNCTION.fill(function=function, hint=hint))
        self._count_arguments(tree, function)
        if function == "lag":
            return self._lagged(tree, self._lag(tree.args[1]))
        if function == "start":
            return self._lagged(tree, START_LAG)
        if function in ("chance", "noise"):
            return self._draw(tree, "chance" if function == "chance" else "noise")
        return Call(function, tuple(self.node(argument) for argument in tree.args))

    def _called(self, tree: ast.Call) -> str:
        if not isinstance(tree.func, ast.Name):
            raise self._refuse(tree, "formula-construct", _NOT_A_FUNCTION)
        if tree.keywords or any(isinstance(argument, ast.Starred) for argument in tree.args):
            raise self._refuse(tree, "formula-construct", _CONSTRUCT)
        return tree.func.id

    def _count_arguments(self, tree: ast.Call, function: str) -> None:
        least, most = FUNCTIONS[function]
        if least <= len(tree.args) and (most is None or len(tree.args) <= most):
            return
        expected = str(least) if most == least else f"{least}+" if most is None else f"{least}-{most}"
        message = _ARGUMENTS.fill(function=function, expected=expected, given=len(tree.args))
        raise self._refuse(tree, "wrong-arguments", message)

    def _lagged(self, tree: ast.Call, lag: int) -> Read:
        path = tree.args[0]
        if not isinstance(path, ast.Attribute):
            raise self._refuse(path, "wrong-lag", _LAG_OF_READ)
        return self._read(path, lag)

    def _lag(self, tree: ast.expr) -> int:
        if isinstance(tree, ast.Constant) and type(tree.value) is int and 1 <= tree.value <= MAX_LAG:
            return tree.value
        raise self._refuse(tree, "wrong-lag", _LAG_RANGE.fill(most=MAX_LAG))

    def _draw(self, tree: ast.Call, kind: Literal["chance", "noise"]) -> Draw:
        purpose = self._purpose(tree.args[1]) if len(tree.args) > 1 else kind
        return Draw(kind, self.node(tree.args[0]), purpose)

    def _purpose(self, tree: ast.expr) -> str:
        purpose = tree.id if isinstance(tree, ast.Name) else tree.value if isinstance(tree, ast.Constant) else None
        if not isinstance(purpose, str) or not _PURPOSE.fullmatch(purpose):
            raise self._refuse(tree, "wrong-draw", _PURPOSE_FORM)
        if purpose in RESERVED_PURPOSES:
            raise self._refuse(tree, "wrong-draw", _PURPOSE_TAKEN.fill(purpose=purpose))
        return purpose

    # ── columns ─────────────────────────────────────────────────────────────────────────────────────────────

    def _column(self, tree: ast.expr) -> int:
        return self.begin + tree.col_offset

    def _attribute_column(self, tree: ast.Attribute) -> int:
        return self.begin + (tree.end_col_offset or 0) - len(tree.attr)

    def _written(self, tree: ast.expr) -> str:
        return self.line[self._column(tree) : self.begin + (tree.end_col_offset or 0)]

    def _refuse(self, tree: ast.expr, code: str, message: Text) -> FormulaError:
        return refusal(self.place, self._column(tree), code, message)


_SYNTAX: Final = Text(
    "the formula cannot be read from here on: something is missing or out of place",
    "la fórmula no se entiende a partir de aquí: algo falta o está fuera de lugar",
)
_UNFINISHED: Final = Text("the formula ends too early", "la fórmula termina antes de tiempo")
_NO_ELSE: Final = Text(
    "an 'if' needs an 'else', as in '2 if z.crop_ha > 500 else 0'",
    "todo «if» necesita un «else», como en «2 if z.crop_ha > 500 else 0»",
)
_TOO_LARGE: Final = Text(
    "the formula has more than {most} parts; split it with a derived attribute",
    "la fórmula tiene más de {most} partes; divídala con un atributo derivado",
)
_CONSTRUCT: Final = Text(
    "this construct is not part of the formula language", "esta construcción no forma parte del lenguaje de fórmulas"
)
_CHAINED: Final = Text(
    "comparisons cannot be chained; write 'a < b and b < c'",
    "las comparaciones no se encadenan; escriba «a < b and b < c»",
)
_QUOTED: Final = Text(
    "quoted text is allowed only as the name of a draw", "solo se permite texto entre comillas como nombre de un sorteo"
)
_NUMBER_TOO_LARGE: Final = Text(
    "this number is too large; at most 2147483648 is allowed",
    "este número es demasiado grande; se permite 2147483648 como máximo",
)
_NO_ATTRIBUTE_OF_VALUE: Final = Text(
    "only an entity or a tie has attributes, as in 'z.crop_ha' or 'presence(actor, z).control'",
    "solo una entidad o un vínculo tiene atributos, como en «z.crop_ha» o «presence(actor, z).control»",
)
_TIE_NEEDS_TWO: Final = Text(
    "a tie is named by its two ends, as in '{tie}(actor, z)'",
    "un vínculo se nombra por sus dos extremos: «{tie}(actor, z)»",
)
_UNKNOWN_FUNCTION: Final = Text("there is no function '{function}'{hint}", "no existe la función «{function}»{hint}")
_NOT_A_FUNCTION: Final = Text("only a function can be called", "solo se puede llamar a una función")
_ARGUMENTS: Final = Text(
    "'{function}' takes {expected} arguments, not {given}", "«{function}» lleva {expected} argumentos, no {given}"
)
_LAG_OF_READ: Final = Text(
    "only an attribute has a past, as in 'lag(z.crop_ha, 2)' or 'start(z.crop_ha)'",
    "solo un atributo tiene pasado, como en «lag(z.crop_ha, 2)» o «start(z.crop_ha)»",
)
_LAG_RANGE: Final = Text(
    "the lag must be a whole number from 1 to {most}", "el retardo debe ser un número entero de 1 a {most}"
)
_PURPOSE_FORM: Final = Text(
    "the name of a draw is one word, as in chance(0.3, caught)",
    "el nombre de un sorteo es una palabra: chance(0.3, caught)",
)
_PURPOSE_TAKEN: Final = Text(
    "'{purpose}' is the name of a draw that every order makes; choose another",
    "«{purpose}» es el nombre de un sorteo que hace toda orden; elija otro",
)
