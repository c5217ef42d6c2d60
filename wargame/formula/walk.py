"""What a formula is made of: its leaves in order, what it reads, draws and names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wargame.model.expression import (
    Amount,
    Arithmetic,
    Between,
    Call,
    Choice,
    Comparison,
    Draw,
    Entity,
    Formula,
    Junction,
    Leaf,
    Negative,
    Node,
    Not,
    Parameter,
    Read,
    Subject,
    Turn,
)
from wargame.model.rules import Effects


def children(node: Node) -> tuple[Node, ...]:
    """Return the parts of a node, left to right as the author wrote them."""
    match node:
        case Arithmetic() | Comparison():
            return (node.left, node.right)
        case Negative() | Not():
            return (node.operand,)
        case Junction():
            return node.operands
        case Choice():
            return (node.then, node.condition, node.otherwise)
        case Call():
            return node.arguments
        case Draw():
            return (node.argument,)
    return ()


def nodes(node: Node) -> Iterator[Node]:
    """Yield every node, parents before children, left to right."""
    yield node
    for child in children(node):
        yield from nodes(child)


def leaves(node: Node) -> tuple[Leaf, ...]:
    """Return every leaf occurrence, left to right; a Draw comes before the leaves of its argument."""
    return tuple(n for n in nodes(node) if isinstance(n, Parameter | Read | Turn | Amount | Draw))


def is_constant(node: Node) -> bool:
    """Say whether a formula has no leaves, so that its value never changes."""
    return not leaves(node)


def reads(node: Node) -> tuple[Read, ...]:
    """Return the different reads, in order of first use."""
    return tuple(dict.fromkeys(n for n in nodes(node) if isinstance(n, Read)))


def draws(node: Node) -> tuple[Draw, ...]:
    """Return every use of chance, in order, repeated ones too."""
    return tuple(n for n in nodes(node) if isinstance(n, Draw))


def parameters(node: Node) -> tuple[str, ...]:
    """Return the names of the different parameters, in order of first use."""
    return tuple(dict.fromkeys(n.name for n in nodes(node) if isinstance(n, Parameter)))


def subjects(node: Node) -> tuple[Subject, ...]:
    """Return the different entities and ties that are read, in order of first use."""
    return tuple(dict.fromkeys(read.subject for read in reads(node)))


def entities(subject: Subject) -> tuple[Entity, ...]:
    """Return the entities that a subject names: itself, or the two ends of a tie."""
    return (subject.source, subject.target) if isinstance(subject, Between) else (subject,)


def roles(node: Node) -> tuple[str, ...]:
    """Return the different roles or entity ids that are named, in order of first use (also ``outside``)."""
    return tuple(dict.fromkeys(entity.name for subject in subjects(node) for entity in entities(subject)))


def roles_used(effects: Effects, formulas: Sequence[Formula]) -> frozenset[str]:
    """Return the roles that formulas, effects and transfers name."""
    named = {r for f in formulas for r in roles(f.node)}
    for effect in effects.add:
        named.update(roles(effect.amount.node), (e.name for e in entities(effect.path.subject)))
    for transfer in effects.transfer:
        named.update(roles(transfer.amount.node))
        named.update(e.name for subject in (transfer.source, transfer.target) for e in entities(subject))
    return frozenset(named)
