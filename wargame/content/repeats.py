"""Rules that add the same amount to the same number several times, being bound more often than anybody meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from wargame.content.problems import Problems
from wargame.formula.walk import draws, reads, roles_used
from wargame.formula.written import written
from wargame.model.bindings import Bound, Cast, enumerate_bindings, row_of
from wargame.model.expression import Arithmetic, Between, Formula, Negative, Node, Read
from wargame.model.rules import Effect, Mechanism
from wargame.model.scenario import Scenario
from wargame.model.text import Text

RowOf: TypeAlias = Callable[[Read, Bound], int | None]

_FEW: Final = 2
"""A rule with fewer roles is bound once for each number that it writes."""


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
            for part in _summands(effect.amount.node):
                times = _times(part, effect, rule, bounds, row)
                if times > 1:
                    message = _AGAIN.fill(part=written(part), path=str(effect.path), times=times)
                    problems.add(effect.place, "added-again", message)


def _condition(rule: Mechanism) -> tuple[Formula, ...]:
    return (rule.when,) if rule.when else ()


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
    found: Counter[tuple[int | None, ...]] = Counter()
    read = [leaf for tree in (part, *(f.node for f in _condition(rule))) for leaf in reads(tree)]
    ties = [leaf for leaf in read if isinstance(leaf.subject, Between)]
    for bound in bounds:
        target = row(effect.path, bound)
        if target is not None and all(row(leaf, bound) is not None for leaf in ties):
            found[target, *(row(leaf, bound) for leaf in read)] += 1
    return max(found.values(), default=1)


_AGAIN: Final = Text(
    "'{part}' is added to '{path}' {times} times in a turn, for the rule is bound that often and nothing in it tells "
    "the bindings apart: move it into a rule that is bound once",
    "«{part}» se suma a «{path}» {times} veces por turno, pues la regla se liga esas veces y nada en ella distingue "
    "un caso de otro: pásela a una regla que se ligue una sola vez",
)
