"""What only playing can show to be dead: injects that never fire, moves never legal, terms always zero, fixed aims.

A few hundred short looks under every lens, by doctrines and at random. What is found was so in all of them: that is no
proof, and so it is told as a warning with the number of sessions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.probes import Record, WatchedMoves, watch
from wargame.bots.bots import RANDOM, Bots
from wargame.engine import turn as engine_turn
from wargame.engine.draws import seeds_of
from wargame.engine.engine import Engine
from wargame.model.errors import Problem
from wargame.model.scenario import Scenario
from wargame.model.text import Text
from wargame.model.world import World

SESSIONS: Final = 300
"""How many sessions are played unless another number is asked for."""


CODES: Final = frozenset(
    {
        "ending-never-comes",
        "event-never-happens",
        "inject-never-fires",
        "measure-never-moves",
        "move-never-legal",
        "objective-never-moves",
        "rule-never-acts",
        "term-always-clipped",
        "term-always-zero",
    }
)
"""Codes of what is found here."""


@dataclass
class Seen:
    """What came about in any session so far."""

    sessions: int = 0
    record: Record = field(default_factory=Record)
    fired: set[str] = field(default_factory=set)
    """Events and injects, by the name of their row."""
    ended: set[str] = field(default_factory=set)
    aims: dict[str, tuple[float, float]] = field(default_factory=dict)
    """``seat/objective`` or ``measure`` → the smallest and largest value at any end of a turn."""


def look_deep(
    scenario: Scenario, sessions: int, seed: int, progress: Callable[[int], Any] = lambda done: None
) -> tuple[list[Problem], int]:
    """Play sessions of a scenario and return what never came about in any, with how many were played."""
    ways = [(lens, number) for lens in scenario.lenses for number in range(_WAYS)]
    each = max(1, -(-sessions // len(ways)))
    seen = Seen()
    for number, lens in enumerate(scenario.lenses):
        engine = Engine(scenario, lens)
        moves = watch(engine, seen.record)
        players = [Bots(engine, _plays(scenario, way), 1.0 if way else 0.8) for way in range(_WAYS)]
        for way, bots in enumerate(players):
            seeds = seeds_of(seed + number * _WAYS + way, each)
            _play(engine, bots, moves, seeds, seen)
            progress(seen.sessions)
    return sorted(_findings(scenario, seen), key=_order), seen.sessions


_WAYS: Final = 3
"""First doctrines, last doctrines, and at random."""


def _plays(scenario: Scenario, way: int) -> dict[str, str]:
    if way == _WAYS - 1:
        return {seat.id: RANDOM for seat in scenario.seats}
    return {seat.id: seat.doctrines[-way] if seat.doctrines else RANDOM for seat in scenario.seats}


def _play(engine: Engine, bots: Bots, moves: WatchedMoves, seeds: NDArray[np.uint64], seen: Seen) -> None:
    """Play sessions to the last turn; those that end earlier go on, so that later turns are looked at too."""
    world = engine.start(seeds)
    ended = np.zeros(len(seeds), dtype=bool)

    def keep(world: World) -> None:
        seen.ended.update(engine.scenario.endings[n - 1].id for n in world.ended[~ended] if n > 0)
        np.logical_or(ended, world.ended > 0, out=ended)
        held = np.flatnonzero((world.noted > 0).any(axis=1))
        seen.ended.update(engine.scenario.endings[n].id for n in held)
        if world.turn < engine.turns:
            world.ended[:] = 0
        _note_aims(engine, world, seen)

    for _ in range(engine.turns):
        moves.look(world)
        engine_turn.play(engine, world, bots.choose(world), concluded=keep, voters=bots)
    names = engine.happenings.names
    seen.fired.update(names[n] for n in np.flatnonzero((world.fired != 0).any(axis=1)))
    seen.sessions += len(seeds)


def _note_aims(engine: Engine, world: World, seen: Seen) -> None:
    reader, reckoning = engine.reader(world), engine.reckoning
    values: dict[str, Any] = dict(reckoning.measured(world, reader))
    for seat in engine.scenario.seats:
        values |= {f"{seat.id}/{name}": found for name, found in reckoning.degrees(world, reader, seat.id).items()}
    for name, found in values.items():
        low, high = seen.aims.get(name, (np.inf, -np.inf))
        seen.aims[name] = (min(low, float(found.min())), max(high, float(found.max())))


# ── findings ─────────────────────────────────────────────────────────────────────────────────────────────────


def _findings(scenario: Scenario, seen: Seen) -> Iterator[Problem]:
    yield from _never_fired(scenario, seen)
    yield from _never_legal(scenario, seen)
    yield from _fixed(scenario, seen)
    yield from _dead_parts(seen)


def _never_fired(scenario: Scenario, seen: Seen) -> Iterator[Problem]:
    n = seen.sessions
    for inject in scenario.injects:
        if f"inject|{inject.id}" not in seen.fired:
            yield Problem(inject.place, "inject-never-fires", _NO_INJECT.fill(name=inject.id, n=n))
    happened = {name.partition("|")[0] for name in seen.fired}
    for event in scenario.ruleset.events:
        if event.id not in happened:
            yield Problem(event.place, "event-never-happens", _NO_EVENT.fill(name=event.id, n=n))
    for ending in scenario.endings[:-1]:
        if ending.id not in seen.ended:
            yield Problem(ending.place, "ending-never-comes", _NO_ENDING.fill(name=ending.id, n=n))
    for rule in (*scenario.ruleset.mechanisms, *scenario.mechanisms):
        if not seen.record.acted.get(rule.id, True):
            yield Problem(rule.place, "rule-never-acts", _NO_RULE.fill(name=rule.id, n=n))


def _never_legal(scenario: Scenario, seen: Seen) -> Iterator[Problem]:
    for move in scenario.ruleset.moves.values():
        if not seen.record.legal.get(move.id, True):
            yield Problem(move.place, "move-never-legal", _NO_MOVE.fill(name=move.id, n=seen.sessions))


def _fixed(scenario: Scenario, seen: Seen) -> Iterator[Problem]:
    places = {m.id: m.place for m in scenario.measures}
    places |= {f"{s.id}/{o.id}": o.place for s in scenario.seats for o in s.objectives}
    for name, (low, high) in _still(seen.aims).items():
        code = "objective-never-moves" if "/" in name else "measure-never-moves"
        message = _NO_AIM.fill(name=name, value=f"{low:g}", n=seen.sessions)
        if low == high:
            yield Problem(places[name], code, message)


def _still(aims: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    return {name: ends for name, ends in aims.items() if ends[0] == ends[1]}


def _dead_parts(seen: Seen) -> Iterator[Problem]:
    for reach in seen.record.reaches.values():
        if not reach.dead:
            continue
        code, text = ("term-always-clipped", _CLIPPED) if reach.held else ("term-always-zero", _ZERO)
        yield Problem(
            reach.place, code, text.fill(part=reach.part, rule=reach.rule, value=f"{reach.low:g}", n=seen.sessions)
        )


def _order(problem: Problem) -> tuple[str, int, int]:
    return problem.place.file, problem.place.line, problem.place.column


_NO_INJECT: Final = Text(
    "the inject '{name}' fired in none of {n} sessions: ease its condition, or delete it",
    "la incidencia «{name}» no se entregó en ninguna de {n} sesiones: afloje su condición o bórrela",
)
_NO_EVENT: Final = Text(
    "the event '{name}' happened in none of {n} sessions: look at its condition and its odds",
    "el suceso «{name}» no ocurrió en ninguna de {n} sesiones: mire su condición y su probabilidad",
)
_NO_ENDING: Final = Text(
    "the ending '{name}' came in none of {n} sessions: can it be reached?",
    "el desenlace «{name}» no llegó en ninguna de {n} sesiones: ¿se puede alcanzar?",
)
_NO_RULE: Final = Text(
    "the condition of '{name}' held in none of {n} sessions: look at it, or at what should bring it about",
    "la condición de «{name}» no se cumplió en ninguna de {n} sesiones: mírela, o mire lo que debería producirla",
)
_NO_MOVE: Final = Text(
    "'{name}' could be ordered in none of {n} sessions: look at 'requires' and 'where'",
    "«{name}» no se pudo ordenar en ninguna de {n} sesiones: mire «requires» y «where»",
)
_NO_AIM: Final = Text(
    "'{name}' stood at {value} in every turn of {n} sessions: it tells nobody apart",
    "«{name}» estuvo en {value} en todos los turnos de {n} sesiones: no distingue a nadie",
)
_ZERO: Final = Text(
    "in '{rule}', '{part}' was 0 in every turn of {n} sessions",
    "en «{rule}», «{part}» fue 0 en todos los turnos de {n} sesiones",
)
_CLIPPED: Final = Text(
    "in '{rule}', '{part}' stood at {value} in every turn of {n} sessions: look at its ends",
    "en «{rule}», «{part}» estuvo en {value} en todos los turnos de {n} sesiones: mire sus extremos",
)
