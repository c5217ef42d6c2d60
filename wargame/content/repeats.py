"""Rules that add the same amount to the same number several times, being bound more often than anybody meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final, Protocol

from wargame.content.problems import Problems
from wargame.formula.sameness import Shape, shape_of
from wargame.formula.walk import draws, reads, roles_used
from wargame.formula.written import written
from wargame.model.bindings import Bound, Cast, enumerate_bindings, row_of
from wargame.model.expression import Arithmetic, Between, Formula, Negative, Node, Read
from wargame.model.rules import Effect, Mechanism
from wargame.model.scenario import Scenario
from wargame.model.text import Text


class RowOf(Protocol):
    """Finds the row of what a formula reads under a binding."""

    def __call__(self, read: Read, bound: Bound) -> int | None:
        """Return the row, or None where nothing of the kind exists."""


_FEW: Final = 2
"""A rule with fewer roles is bound once for each number that it writes."""
_NOWHERE: Final = -1


def look_for_repeats(scenario: Scenario, problems: Problems) -> None:
    """Note amounts that several bindings of a rule add to one number though nothing in them tells these apart."""
    from wargame.model.layout import lay_out  # it brings numpy, which loading does without

    cast, layout = Cast.of(scenario), lay_out(scenario)

    def row(read: Read, bound: Bound) -> int | None:
        return row_of(read.subject, read.attribute, bound, cast, layout)

    for rule in (*scenario.ruleset.mechanisms, *scenario.mechanisms):
        if len(rule.binding.roles) < _FEW:
            continue
        bounds = enumerate_bindings(rule.binding, cast, roles_used(rule.effects, _condition(rule)))
        for effect in rule.effects.add:
            for part, times in _repeated(effect, rule, bounds, row):
                message = _AGAIN.fill(part=written(part), path=str(effect.path), times=times)
                problems.add(effect.place, "added-again", message)


def _condition(rule: Mechanism) -> tuple[Formula, ...]:
    return (rule.when,) if rule.when else ()


def _repeated(effect: Effect, rule: Mechanism, bounds: Sequence[Bound], row: RowOf) -> list[tuple[Node, int]]:
    """Return which parts of an amount are added how often, or the whole where no part alone is."""
    whole = effect.amount.node
    for parts in (list(_summands(whole)), [whole]):
        found = [(part, _times(part, effect, rule, bounds, row)) for part in parts]
        if any(times > 1 for _, times in found):
            return [(part, times) for part, times in found if times > 1]
    return []


def _summands(node: Node) -> Iterator[Node]:
    if isinstance(node, Arithmetic) and node.operator in "+-":
        yield from _summands(node.left)
        yield from _summands(node.right)
    elif isinstance(node, Negative):
        yield from _summands(node.operand)
    else:
        yield node


def _times(part: Node, effect: Effect, rule: Mechanism, bounds: Sequence[Bound], row: RowOf) -> int:
    """Return how often the same part, under the same condition, is added to the same number at most."""
    if draws(part):
        return 1
    trees = (part, *(f.node for f in _condition(rule)))
    read = [leaf for tree in trees for leaf in reads(tree)]
    ties = [leaf for leaf in read if isinstance(leaf.subject, Between)]
    alike: dict[tuple[int, ...], dict[tuple[int, ...], list[Bound]]] = {}
    for bound in bounds:
        target = row(effect.path, bound)
        if target is not None and all(row(leaf, bound) is not None for leaf in ties):
            at = [_NOWHERE if (place := row(leaf, bound)) is None else place for leaf in read]
            alike.setdefault((target, *sorted(at)), {}).setdefault((*at,), []).append(bound)
    return max((_most(group, trees, row) for group in alike.values()), default=1)


def _most(group: Mapping[tuple[int, ...], Sequence[Bound]], trees: Sequence[Node], row: RowOf) -> int:
    """Return how many of some bindings, which read the same numbers in one order or another, say the same."""
    if len(group) == 1:
        return max(len(bounds) for bounds in group.values())
    said: Counter[tuple[Shape, ...]] = Counter()
    for bounds in group.values():
        place = partial(row, bound=bounds[0])
        said[tuple(shape_of(tree, place) for tree in trees)] += len(bounds)
    return max(said.values())


_AGAIN: Final = Text(
    "'{part}' is added to '{path}' {times} times in a turn, for the rule is bound that often and nothing in it tells "
    "the bindings apart: move it into a rule that is bound once",
    "«{part}» se suma a «{path}» {times} veces por turno, pues la regla se liga esas veces y nada en ella distingue "
    "un caso de otro: pásela a una regla que se ligue una sola vez",
)
