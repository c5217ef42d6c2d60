"""Causal loops: which number drives which and in what direction, read from formulas, and the circles that this makes.

An arrow goes from what a rule reads to what it changes; its sign is found by walking the tree: plus where more of the
one gives more of the other whatever the rest, minus where it gives less, mixed where that depends on other numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from math import prod
from typing import TYPE_CHECKING, Any, Final

from wargame.formula.span import UNKNOWN, Look, Span
from wargame.model.expression import (
    START_LAG,
    Arithmetic,
    Between,
    Call,
    Choice,
    Comparison,
    Draw,
    Junction,
    Leaf,
    Negative,
    Node,
    Not,
    Parameter,
    Read,
    Subject,
)
from wargame.model.rules import Binding, Derived, EntityClause, Event, Mechanism
from wargame.model.ruleset import Ruleset

if TYPE_CHECKING:
    import networkx

ACTOR: Final = "actor"
"""What stands for all kinds that act."""
LONGEST: Final = 6
"""Loops of more steps than this are not looked for: nobody follows them."""
MOST: Final = 400
"""More loops than this are not listed."""
_FALLING: Final = frozenset({"<", "<="})
_UNSIGNED: Final = frozenset({"==", "!="})


@dataclass(frozen=True, slots=True)
class Loop:
    """A circle of numbers, each driving the next; ``sign`` +1: it reinforces, −1: it balances, 0: that depends."""

    numbers: tuple[str, ...]
    sign: int


@dataclass(frozen=True)
class Arrow:
    """One number drives another by some rules."""

    source: str
    target: str
    sign: int
    rules: tuple[str, ...]


# ── signs ────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Signs:
    """Finds in which direction a formula moves with each of its reads."""

    spans: Mapping[str, Span]
    """Attribute → its bounds."""
    parameters: Mapping[str, Span]

    def of(self, node: Node) -> dict[Read, int]:
        """Return the sign of each read."""
        match node:
            case Read():
                return {} if node.lag == START_LAG else {Read(node.subject, node.attribute): 1}
            case Negative() | Not():
                return _flipped(self.of(node.operand))
            case Draw():
                return self.of(node.argument) if node.kind == "chance" else {}
            case Arithmetic():
                return self._arithmetic(node)
            case Comparison():
                return self._comparison(node)
            case Junction():
                return _joined(self.of(operand) for operand in node.operands)
            case Choice():
                return self._choice(node)
            case Call():
                return self._call(node)
        return {}

    def span(self, node: Node) -> Span:
        """Return between which values a part lies."""
        return Look(self._leaf).at(node)

    def _leaf(self, leaf: Leaf) -> Span:
        if isinstance(leaf, Read):
            return self.spans.get(leaf.attribute, UNKNOWN)
        return self.parameters.get(leaf.name, UNKNOWN) if isinstance(leaf, Parameter) else (0.0, UNKNOWN[1])

    def sign(self, node: Node) -> int:
        """Return 1 if a part is never below 0, −1 if never above, 0 if that depends."""
        low, high = self.span(node)
        return 1 if low >= 0.0 else -1 if high <= 0.0 else 0

    def _arithmetic(self, node: Arithmetic) -> dict[Read, int]:
        left, right = self.of(node.left), self.of(node.right)
        match node.operator:
            case "+":
                return _joined((left, right))
            case "-":
                return _joined((left, _flipped(right)))
            case "*":
                return _joined((_times(left, self.sign(node.right)), _times(right, self.sign(node.left))))
        below = self.sign(node.right)
        return _joined((_times(left, below), _times(right, -self.sign(node.left))))

    def _comparison(self, node: Comparison) -> dict[Read, int]:
        left, right = self.of(node.left), self.of(node.right)
        if node.operator in _UNSIGNED:
            return _times(_joined((left, right)), 0)
        if node.operator in _FALLING:
            return _joined((_flipped(left), right))
        return _joined((left, _flipped(right)))

    def _choice(self, node: Choice) -> dict[Read, int]:
        then, otherwise = self.span(node.then), self.span(node.otherwise)
        order = 1 if then[0] >= otherwise[1] else -1 if then[1] <= otherwise[0] else 0
        return _joined((self.of(node.then), self.of(node.otherwise), _times(self.of(node.condition), order)))

    def _call(self, node: Call) -> dict[Read, int]:
        given = [self.of(argument) for argument in node.arguments]
        if node.function == "abs":
            return _times(given[0], self.sign(node.arguments[0]))
        if node.function == "ramp":
            low, high = self.span(node.arguments[1]), self.span(node.arguments[2])
            rises = 1 if low[1] <= high[0] else -1 if low[0] >= high[1] else 0
            ends = [_times(found, -rises) for found in given[1:]]
            return _joined((_times(given[0], rises), *ends))
        return _joined(given)


def _flipped(signs: Mapping[Read, int]) -> dict[Read, int]:
    return _times(signs, -1)


def _times(signs: Mapping[Read, int], factor: int) -> dict[Read, int]:
    return {read: sign * factor for read, sign in signs.items()}


def _joined(parts: Iterable[Mapping[Read, int]]) -> dict[Read, int]:
    found: dict[Read, int] = {}
    for part in parts:
        for read, sign in part.items():
            found[read] = sign if found.get(read, sign) == sign else 0
    return found


# ── arrows ───────────────────────────────────────────────────────────────────────────────────────────────────


class Influences:
    """The arrows of some rules of a ruleset."""

    def __init__(self, ruleset: Ruleset, kinds: Mapping[str, str] | None = None) -> None:
        self.ruleset = ruleset
        self.kinds_of_entities = dict(kinds or {})
        numbers = (*ruleset.attributes, *(d.attribute for d in ruleset.derived))
        self.attributes = {a.id: a for a in numbers}
        self.spans = {a.id: (min(a.low, a.absent), max(a.high, a.absent)) for a in numbers}

    def arrows(self, rules: Iterable[Mechanism | Event | Derived]) -> list[Arrow]:
        """Return the arrows of some rules, without those from a number to itself."""
        found: dict[tuple[str, str], dict[str, int]] = {}
        for rule in rules:
            name = rule.attribute.id if isinstance(rule, Derived) else rule.id
            for source, target, sign in self._of(rule):
                by = found.setdefault((source, target), {})
                by[name] = sign if by.get(name, sign) == sign else 0
        return [
            Arrow(source, target, signs.pop() if len(signs := set(by.values())) == 1 else 0, tuple(by))
            for (source, target), by in found.items()
            if source != target
        ]

    def _of(self, rule: Mechanism | Event | Derived) -> Iterator[tuple[str, str, int]]:
        signs = _Signs(self.spans, {p.name: (p.low, p.high) for p in rule.parameters.values()})
        if isinstance(rule, Derived):
            binding = rule.over or Binding((rule.owner,))
            gate = signs.of(rule.where.node) if rule.where is not None else {}
            found = _joined((signs.of(rule.value.node), _times(gate, signs.sign(rule.value.node))))
            target = self._name(rule.attribute.id, self._kinds(rule.owner.role, binding))
            yield from self._to(target, found, binding)
            return
        for effect in rule.effects.add:
            gate = self._gate(rule, signs, signs.sign(effect.amount.node))
            target = self._node(effect.path, rule.binding)
            yield from self._to(target, _joined((signs.of(effect.amount.node), gate)), rule.binding)
        for moved in rule.effects.transfer:
            found = _times(_joined((signs.of(moved.amount.node), self._gate(rule, signs, 0))), 0)
            target = self._node(Read(moved.target, moved.attribute), rule.binding)
            yield from self._to(target, found, rule.binding)

    def _gate(self, rule: Mechanism | Event, signs: _Signs, amount: int) -> dict[Read, int]:
        """Return how what decides whether a rule holds works on what it adds."""
        conditions = [f for f in (rule.when, getattr(rule, "chance", None)) if f is not None]
        return _times(_joined(signs.of(f.node) for f in conditions), amount)

    def _to(self, target: str, found: Mapping[Read, int], binding: Binding) -> Iterator[tuple[str, str, int]]:
        for read, sign in found.items():
            yield self._node(read, binding), target, sign

    # ── names ───────────────────────────────────────────────────────────────────────────────────────────────

    def _node(self, read: Read, binding: Binding) -> str:
        return self._name(read.attribute, self._kinds_of(read.subject, binding))

    def _name(self, attribute: str, kinds: tuple[str, ...]) -> str:
        """Return ``trust@zone`` where things of several sorts have the attribute, else its id."""
        known = self.attributes.get(attribute)
        if known is None or len({self._sort(kind) for kind in known.of}) <= 1:
            return attribute
        mine = {self._sort(kind) for kind in known.of if kind in kinds}
        return f"{attribute}@{mine.pop()}" if len(mine) == 1 else attribute

    def _sort(self, kind: str) -> str:
        found = self.ruleset.kinds.get(kind)
        return ACTOR if found is not None and found.acts else kind

    def _kinds_of(self, subject: Subject, binding: Binding) -> tuple[str, ...]:
        if isinstance(subject, Between):
            return (subject.tie,)
        kinds = self._kinds(subject.name, binding)
        for reference in subject.references:
            holders = [self.ruleset.kinds[k] for k in kinds if k in self.ruleset.kinds]
            kinds = tuple(k for h in holders for r in h.references if r.name == reference for k in r.kinds)
        return kinds

    def _kinds(self, role: str, binding: Binding) -> tuple[str, ...]:
        for clause in binding.clauses:
            if isinstance(clause, EntityClause):
                if clause.role == role:
                    return clause.kinds
                continue
            tie = self.ruleset.ties[clause.tie]
            ends = {clause.role: (clause.tie,), clause.source: tie.source_kinds, clause.target: tie.target_kinds}
            if role in ends:
                only = tuple(k for k in binding.only.get(role, ()) if k in self.ruleset.kinds)
                return only or ends[role]
        entity = self.kinds_of_entities.get(role)
        return (entity,) if entity else ()


# ── the graph and its loops ──────────────────────────────────────────────────────────────────────────────────


def graph_of(arrows: Iterable[Arrow]) -> networkx.DiGraph[str]:
    """Return the arrows as a graph; each edge has a sign and the rules that make it."""
    import networkx

    graph: Any = networkx.DiGraph()
    for arrow in sorted(arrows, key=lambda a: (a.source, a.target)):
        graph.add_edge(arrow.source, arrow.target, sign=arrow.sign, rules=", ".join(arrow.rules))
    return graph


def loops_of(graph: networkx.DiGraph[str]) -> list[Loop]:
    """Return the loops of a graph, shortest first."""
    import networkx

    found = []
    for cycle in networkx.simple_cycles(graph, length_bound=LONGEST):
        first = cycle.index(min(cycle))
        numbers = (*cycle[first:], *cycle[:first])
        sign = 1
        for source, target in zip(numbers, (*numbers[1:], numbers[0]), strict=True):
            sign *= graph.edges[source, target]["sign"]
        found.append(Loop(numbers, sign))
        if len(found) >= 50 * MOST:
            break
    return sorted(found, key=lambda loop: (len(loop.numbers), loop.sign == 0, loop.numbers))[:MOST]


def loops_through(
    graph: networkx.DiGraph[str], most: int, *, rule: str = "", number: str = ""
) -> list[tuple[Loop, tuple[int, ...]]]:
    """Return the shortest loops of which an arrow of a rule (or, without one, an arrow into a number) is part.

    Each comes with the signs of its arrows and begins with the number into which that arrow leads. Loops whose sign
    is known come first.
    """
    arrows = [
        (source, target)
        for source, target, data in graph.edges(data=True)
        if (not rule or rule in data["rules"].split(", ")) and number in ("", target)
    ]
    found: dict[frozenset[str], tuple[Loop, tuple[int, ...]]] = {}
    for steps in range(1, LONGEST):
        for source, target in arrows:
            for way in _ways(graph, target, source, steps):
                ends = zip(way, (*way[1:], way[0]), strict=True)
                signs = tuple(int(graph.edges[a, b]["sign"]) for a, b in ends)
                found.setdefault(frozenset(way), (Loop(way, prod(signs)), signs))
        if sum(loop.sign != 0 for loop, _ in found.values()) >= most:
            break
    ranked = sorted(found.values(), key=lambda f: (f[0].sign == 0, len(f[0].numbers), f[0].numbers))
    return ranked[:most]


def _ways(graph: networkx.DiGraph[str], start: str, end: str, steps: int) -> Iterator[tuple[str, ...]]:
    """Yield the ways of exactly so many arrows from one number to another, a limited number of them."""
    import networkx

    every = networkx.all_simple_paths(graph, start, end, cutoff=steps)
    yield from (tuple(way) for way in islice(every, MOST) if len(way) == steps + 1)
