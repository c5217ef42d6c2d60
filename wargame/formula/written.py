"""A part of a formula as an author would write it, to point at it in a message."""

from __future__ import annotations

from wargame.model.expression import (
    START_LAG,
    Amount,
    Arithmetic,
    Call,
    Choice,
    Comparison,
    Draw,
    Junction,
    Negative,
    Node,
    Not,
    Number,
    Parameter,
    Read,
    Turn,
)

_LOOSE = (Arithmetic, Comparison, Junction, Choice, Not, Negative)


def written(node: Node) -> str:
    """Return a part of a formula in the language of formulas."""
    match node:
        case Number() | Parameter() | Turn() | Amount() | Read():
            return _leaf(node)
        case Draw():
            purpose = "" if node.purpose == node.kind else f", {node.purpose}"
            return f"{node.kind}({written(node.argument)}{purpose})"
        case Call():
            return f"{node.function}({', '.join(written(a) for a in node.arguments)})"
        case Arithmetic() | Comparison():
            return f"{_held(node.left)} {node.operator} {_held(node.right, last=True)}"
    return _logical(node)


def _logical(node: Negative | Not | Junction | Choice) -> str:
    match node:
        case Negative():
            return f"-{_held(node.operand)}"
        case Not():
            return f"not {_held(node.operand)}"
        case Junction():
            return f" {node.operator} ".join(_held(operand) for operand in node.operands)
        case Choice():
            return f"{_held(node.then)} if {_held(node.condition)} else {_held(node.otherwise)}"


def _leaf(node: Number | Parameter | Turn | Amount | Read) -> str:
    match node:
        case Number(text=text):
            return text
        case Parameter(name=name):
            return name
        case Read():
            return _read(node)
    return "turn" if isinstance(node, Turn) else "amount"


def _read(node: Read) -> str:
    if node.lag == 0:
        return str(node)
    return f"start({node})" if node.lag == START_LAG else f"lag({node}, {node.lag})"


def _held(node: Node, *, last: bool = False) -> str:
    """Return a part in brackets where it could fall apart; a product that comes first keeps together without."""
    text = written(node)
    product = isinstance(node, Arithmetic) and node.operator in "*/" and not last
    return f"({text})" if isinstance(node, _LOOSE) and not product and not isinstance(node, Comparison) else text
