"""A tree as a line of text, with only the brackets it needs. ``explain`` and ``words`` fill in what differs."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar, Final

from wargame.formula.numbers import literal
from wargame.model.expression import (
    START_LAG,
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
from wargame.model.text import Language, Text

CHOICE, OR, AND, NOT, COMPARISON, PHRASE, SUM, PRODUCT, ATOM = range(9)
"""How tightly parts hold together, loosest first."""

_SIGNS: Final = {"+": " + ", "-": " − ", "*": " × ", "/": " / "}
_AND: Final = Text("and", "y")
_OR: Final = Text("or", "o")
_NOT: Final = Text("not", "no")
_CHOICE: Final = Text("if {condition}: {then}; otherwise {otherwise}", "si {condition}: {then}; si no, {otherwise}")
_START: Final = Text("{name} at the start", "{name} al inicio")
_LAG_1: Final = Text("{name} at the start of the turn", "{name} al empezar el turno")
_LAG_2: Final = Text("{name} at the start of the last turn", "{name} al empezar el turno anterior")
_LAG_N: Final = Text("{name} at the start of the turn {n} turns ago", "{name} hace {n} turnos, al empezar")


class Rendering(ABC):
    """One pass over a tree; leaves are numbered as they are met."""

    comparisons: ClassVar[Mapping[str, Text]]

    def __init__(self, language: Language) -> None:
        self.language = language
        self.met = 0
        """How many leaves have been met."""

    @abstractmethod
    def leaf(self, position: int, leaf: Leaf, argument: str, truth: bool) -> str:
        """Return a leaf's text; ``argument`` is that of a Draw."""

    @abstractmethod
    def call(self, node: Call) -> tuple[str, int]:
        """Return the text of a function and how tightly it holds together."""

    def text(self, node: Node, least: int = CHOICE, truth: bool = False) -> str:
        """Return a part's text, in brackets if it holds together less tightly than ``least``."""
        text, level = self._part(node, truth)
        return f"({text})" if level < least else text

    def say(self, text: Text) -> str:
        """Return a text in the language of this rendering."""
        return text.say(self.language)

    def _part(self, node: Node, truth: bool) -> tuple[str, int]:
        match node:
            case Number():
                return literal(node.text, node.value, self.language), ATOM
            case Arithmetic():
                return self._arithmetic(node)
            case Negative():
                return f"−{self.text(node.operand, ATOM)}", PRODUCT
            case Call():
                return self.call(node)
            case Comparison():
                return self._comparison(node), COMPARISON
            case Junction() | Not() | Choice():
                return self._logical(node, truth)
        return self._leaf(node, truth), ATOM

    def _leaf(self, node: Parameter | Read | Turn | Amount | Draw, truth: bool) -> str:
        position = self.met
        self.met += 1
        argument = self.text(node.argument) if isinstance(node, Draw) else ""
        return self.leaf(position, node, argument, truth)

    def _arithmetic(self, node: Arithmetic) -> tuple[str, int]:
        level = SUM if node.operator in "+-" else PRODUCT
        left, right = self.text(node.left, level), self.text(node.right, level + 1)
        sign = _SIGNS[node.operator]
        if node.operator == "/" and isinstance(node.right, Number):
            sign = "/"
        return f"{left}{sign}({right})" if right.startswith("−") else f"{left}{sign}{right}", level

    def _comparison(self, node: Comparison) -> str:
        left = self.text(node.left, PHRASE)
        return f"{left} {self.say(self.comparisons[node.operator])} {self.text(node.right, PHRASE)}"

    def _logical(self, node: Junction | Not | Choice, truth: bool) -> tuple[str, int]:
        match node:
            case Not():
                return f"{self.say(_NOT)} {self.text(node.operand, ATOM, truth=True)}", NOT
            case Junction():
                word, level = (_AND, AND) if node.operator == "and" else (_OR, OR)
                parts = [self.text(operand, level + 1, truth=True) for operand in node.operands]
                return f" {self.say(word)} ".join(parts), level
        return self.choice(node, truth)

    def choice(self, node: Choice, truth: bool) -> tuple[str, int]:
        """Return the text of a choice, with both its branches, and how tightly it holds together."""
        then = self.text(node.then, OR, truth)
        condition = self.text(node.condition, OR, truth=True)
        otherwise = self.text(node.otherwise, CHOICE, truth)
        return self.say(_CHOICE.fill(condition=condition, then=then, otherwise=otherwise)), CHOICE


def at_its_time(name: Text, lag: int) -> Text:
    """Return the name of an attribute with the time at which it is read."""
    if lag == 0:
        return name
    if lag == START_LAG:
        return _START.fill(name=name)
    return (_LAG_1 if lag == 1 else _LAG_2 if lag == 2 else _LAG_N).fill(name=name, n=lag - 1)
