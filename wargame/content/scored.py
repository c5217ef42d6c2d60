"""Nobody writes the answer: a case may not set what it is scored on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from wargame.content.draft import Draft
from wargame.formula.walk import entities, reads
from wargame.model.doings import effects_of
from wargame.model.errors import Place
from wargame.model.expression import Formula
from wargame.model.hindcast import DatedOrder, Line, Over
from wargame.model.rules import Derived, Effects
from wargame.model.ruleset import Ruleset
from wargame.model.scenario import Inject, Measure
from wargame.model.text import Text

ANYBODY: Final = "*"
"""Stands for whoever a rule binds."""
Number = tuple[str, str]
"""Whose number (or ANYBODY), and which."""


def check_nothing_scored_is_set(
    lines: Iterable[Line],
    script: Iterable[DatedOrder],
    measures: Mapping[str, Measure],
    injects: Iterable[Inject],
    ruleset: Ruleset,
    draft: Draft,
) -> None:
    """Note injects that write what a scored measure reads, and dated orders that write what a scored flow counts.

    An order may move a stock that is scored (that is what orders do); a flow that it writes would be the order itself.
    """
    scored = [(line, _read(measures[line.measure].value, ruleset, draft)) for line in lines if line.measure in measures]
    flows = [(line, numbers) for line, numbers in scored if line.over is Over.SUM]
    for inject in injects:
        _refuse(_written((inject.effects,), draft), scored, inject.place, draft)
    for order in script:
        move = ruleset.moves.get(order.move)
        if move is not None:
            _refuse(_written(effects_of(move), draft), flows, order.place, draft)


def _read(formula: Formula, ruleset: Ruleset, draft: Draft) -> set[Number]:
    """Return the numbers that a formula reads, those behind its readings too."""
    behind = {derived.attribute.id: derived for derived in ruleset.derived}
    found: set[Number] = set()
    waiting = [*_named(formula, draft)]
    while waiting:
        number = waiting.pop()
        if number in found:
            continue
        found.add(number)
        if number[1] in behind:
            waiting += [(ANYBODY, name) for name in _of(behind[number[1]])]
    return {number for number in found if number[1] not in behind}


def _named(formula: Formula, draft: Draft) -> Iterator[Number]:
    for read in reads(formula.node):
        named = entities(read.subject)
        if len(named) != 1 or named[0].references:
            yield ANYBODY, read.attribute
        for zone in draft.cast.groups.get(named[0].name, (named[0].name,)) if len(named) == 1 else ():
            yield zone, read.attribute


def _of(derived: Derived) -> Iterator[str]:
    """Yield what a reading is put together from; what it is only picked by decides nothing here."""
    yield from (read.attribute for read in reads(derived.value.node))


def _written(parts: Iterable[Effects], draft: Draft) -> set[Number]:
    found = set()
    for effects in parts:
        subjects = [(e.path.subject, e.path.attribute) for e in effects.add]
        subjects += [(s, t.attribute) for t in effects.transfer for s in (t.source, t.target)]
        for subject, attribute in subjects:
            named = entities(subject)
            known = len(named) == 1 and not named[0].references and named[0].name in draft.cast.kinds
            found.add((named[0].name if known else ANYBODY, attribute))
    return found


def _refuse(written: set[Number], scored: list[tuple[Line, set[Number]]], place: Place, draft: Draft) -> None:
    for line, numbers in scored:
        for who, attribute in sorted(written):
            if any(attribute == a and (ANYBODY in (who, w) or who == w) for w, a in numbers):
                message = _SETS.fill(name=attribute, series=line.series[0])
                draft.problems.add(place, "sets-scored", message)


_SETS: Final = Text(
    "this writes '{name}', on which '{series}' is scored: a case may not set its own answer",
    "esto escribe «{name}», con lo que se califica «{series}»: un caso no puede fijar su propia respuesta",
)
