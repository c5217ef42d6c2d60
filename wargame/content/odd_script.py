"""What is odd in a script: aims that nothing serves, seats that hear nothing, endings that cannot come."""

from __future__ import annotations

from typing import Final

from wargame.content.problems import Problems
from wargame.model.rules import Event, Lens, Mechanism, Modifier, Move, Parameter
from wargame.model.scenario import Scenario
from wargame.model.text import Text


def look_at_script(scenario: Scenario, problems: Problems) -> None:
    """Note what is odd in seats, lenses, injects and endings."""
    _training(scenario, problems)
    _silent_seats(scenario, problems)
    _lenses(scenario, problems)
    _endings(scenario, problems)
    _ranges(scenario, problems)


def _training(scenario: Scenario, problems: Problems) -> None:
    served = {name for inject in scenario.injects for name in inject.training}
    for aim in scenario.training:
        if scenario.injects and aim.id not in served:
            problems.add(scenario.place, "unserved-training", _UNSERVED.fill(name=aim.id))


def _silent_seats(scenario: Scenario, problems: Problems) -> None:
    if not scenario.injects or any(not inject.audience for inject in scenario.injects):
        return
    told = {seat for inject in scenario.injects for seat in inject.audience}
    for seat in scenario.seats:
        if seat.id not in told:
            problems.add(seat.place, "seat-told-nothing", _SILENT.fill(seat=seat.id))


def _lenses(scenario: Scenario, problems: Problems) -> None:
    listed = [scenario.ruleset.lenses[name] for name in scenario.lenses if name in scenario.ruleset.lenses]
    seen: dict[object, Lens] = {}
    for lens in listed:
        does = (frozenset(lens.parameters.items()), frozenset(lens.off), frozenset(lens.on))
        if does in seen:
            problems.add(lens.place, "lens-alike", _ALIKE.fill(name=lens.id, other=seen[does].id))
        seen.setdefault(does, lens)


def _endings(scenario: Scenario, problems: Problems) -> None:
    """Note endings that an earlier one forestalls: the first that holds is the one that comes."""
    taken: dict[tuple[str, str, int], str] = {}
    for ending in scenario.endings:
        if not ending.stops:
            continue
        key = (ending.when.text.strip(), ending.at, ending.from_turn)
        if key in taken:
            problems.add(ending.place, "ending-forestalled", _FORESTALLED.fill(name=ending.id, other=taken[key]))
        taken.setdefault(key, ending.id)


def _ranges(scenario: Scenario, problems: Problems) -> None:
    """Note assumed parameters without a range: nothing could tell whether the assumption decides."""
    rules = scenario.ruleset
    all_rules: list[Mechanism | Move | Event | Modifier] = [
        *rules.mechanisms,
        *scenario.mechanisms,
        *rules.moves.values(),
        *rules.events,
        *rules.modifiers,
    ]
    for rule in all_rules:
        for parameter in rule.parameters.values():
            if _is_bare(parameter):
                problems.add(rule.place, "no-range", _NO_RANGE.fill(rule=rule.id, name=parameter.name))


def _is_bare(parameter: Parameter) -> bool:
    return parameter.low == parameter.high and not parameter.basis.sources


_UNSERVED: Final = Text(
    "no inject serves the training objective '{name}': name it under 'training' of one, or delete it",
    "ninguna incidencia sirve al objetivo de entrenamiento «{name}»: nómbrelo en «training» de alguna, o bórrelo",
)
_SILENT: Final = Text(
    "no inject ever reaches the seat '{seat}': add it to an 'audience'",
    "ninguna incidencia llega nunca al puesto «{seat}»: agréguelo a una «audience»",
)
_ALIKE: Final = Text(
    "the lenses '{name}' and '{other}' change the same rules in the same way",
    "los enfoques «{name}» y «{other}» cambian las mismas reglas de la misma manera",
)
_FORESTALLED: Final = Text(
    "'{name}' can never come: '{other}' stands before it with the same condition",
    "«{name}» no puede llegar nunca: «{other}» está antes con la misma condición",
)
_NO_RANGE: Final = Text(
    "the parameter '{name}' of '{rule}' is assumed and has no range: give 'low' and 'high' apart",
    "el parámetro «{name}» de «{rule}» es supuesto y no tiene margen: separe «low» y «high»",
)
