"""The whole game, in order of play. Read this file and you have seen a turn.

Each phase that changes the world sees it as the phase began; what its rules hand in is summed and applied once.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from wargame.engine.adjudicate import Adjudication, Filed
from wargame.engine.chamber import SILENT, Voters
from wargame.engine.changes import Changes
from wargame.engine.settle import add_struck, settle
from wargame.engine.settle import lean as lean_as_promised
from wargame.model.ledger import CauseKind, Ledger, Posting
from wargame.model.orders import Orders, Outcome
from wargame.model.world import World

if TYPE_CHECKING:
    from wargame.engine.engine import Engine


class Phase(StrEnum):
    """The phases of a turn, in order of play."""

    BRIEF = "brief"
    """Seats read what happened and what they may know."""
    NEGOTIATE = "negotiate"
    """Seats talk and bargain."""
    ORDERS = "orders"
    """Seats file orders, each in its own order of priority."""
    VOTE = "vote"
    """Members of regional bodies vote."""
    ADJUDICATE = "adjudicate"
    """Orders and due programmes take effect; then promises are kept or broken."""
    DYNAMICS = "dynamics"
    """Mechanisms run; then signals go back to zero."""
    EVENTS = "events"
    """Events happen; then endings are looked at, and scores stand."""
    REPORT = "report"
    """Unless the session has ended: injects due next turn are delivered, outside conditions move on, it begins."""


def set_up(engine: Engine, world: World, ledger: Ledger | None = None) -> None:
    """Bring a start world to the beginning of turn 1: series, readings, the injects of turn 1."""
    world.start = world.values  # until turn 1 begins, the start world is the world as it is
    engine.happenings.set_series(world, 1, engine.layout, ledger)
    engine.refresh(world)
    changes = engine.changes(world)
    _deliver(engine, world, changes, ledger)
    engine.refresh(world, engine.stale(changes))
    _begin_turn(engine, world)


def play(
    engine: Engine,
    world: World,
    orders: Orders,
    ledger: Ledger | None = None,
    concluded: Callable[[World], None] = lambda world: None,
    voters: Voters = SILENT,
) -> tuple[Outcome, ...]:
    """Play the turn out with the orders filed, and begin the next one unless every session has ended.

    Return the outcomes of a live session. ``voters`` decide for seats how to vote; ``concluded`` may read the world
    when endings have been looked at, before anything of the next turn comes.

    Endings are judged before injects and series: those belong to the next turn, so that seats read of them in its
    brief and can answer before they count; and of a turn that is never played nothing comes at all.
    """
    changes = engine.changes(world)
    add_struck(world, orders.bargains)
    outcomes = convene(engine, world, orders, changes, ledger)
    _vote(engine, world, orders, changes, ledger, voters)
    outcomes += _adjudicate(engine, world, orders, changes, ledger)
    settle(engine, world, orders, changes, ledger, Phase.ADJUDICATE)
    _run_dynamics(engine, world, changes, ledger)
    _let_events_happen(engine, world, changes, ledger)
    last = world.turn >= engine.turns
    engine.reckoning.conclude(world, engine.reader(world), last)
    concluded(world)
    if not world.ended.all():
        _open_next(engine, world, changes, ledger)
        _begin_turn(engine, world)
    return tuple(outcome for _, outcome in sorted(outcomes, key=lambda found: found[0]))


def convene(
    engine: Engine, world: World, orders: Orders, changes: Changes, ledger: Ledger | None = None
) -> list[tuple[int, Outcome]]:
    """Let the orders about the agendas of bodies take effect; then it is known what is voted."""
    meant = engine.catalogue.convenes
    if meant is None:
        return []
    changes.begin(Phase.VOTE, ledger)
    outcomes = _adjudication(engine, world, orders, changes, ledger).resolve(Filed.of(orders, meant), programmes=False)
    changes.apply(world)
    engine.refresh(world, engine.stale(changes))
    return outcomes


def _vote(
    engine: Engine, world: World, orders: Orders, changes: Changes, ledger: Ledger | None, voters: Voters
) -> None:
    """Let members lean, vote and be counted, then let what was adopted or rejected take effect."""
    chamber = engine.chamber
    agenda = chamber.agenda(world) if chamber else None
    if chamber is None or agenda is None or not agenda.tabled:
        return
    reader = engine.reader(world, ledger is not None)
    changes.begin(Phase.VOTE, ledger)
    chamber.lean(world, reader, changes, agenda)
    voters.lean(world, reader, changes, agenda)
    lean_as_promised(engine, world, orders, changes, agenda, record=ledger is not None)
    changes.apply(world)
    engine.refresh(world, engine.stale(changes))
    changes.begin(Phase.VOTE, ledger)
    chamber.resolve(world, changes, agenda, voters.tell(world))
    changes.apply(world)
    engine.refresh(world, engine.stale(changes))
    changes.begin(Phase.VOTE, ledger)
    for rule in chamber.outcomes:
        holds, reached = rule.holds(world, reader), chamber.reached(world, rule)
        rule.run(world, reader, changes, reached if holds is None else holds if reached is None else holds & reached)
    changes.apply(world)
    engine.refresh(world, engine.stale(changes))


def _adjudicate(
    engine: Engine, world: World, orders: Orders, changes: Changes, ledger: Ledger | None
) -> list[tuple[int, Outcome]]:
    changes.begin(Phase.ADJUDICATE, ledger)
    before = engine.catalogue.convenes
    filed = Filed.of(orders, None if before is None else ~before)
    outcomes = _adjudication(engine, world, orders, changes, ledger).resolve(filed)
    changes.apply(world)
    engine.refresh(world, engine.stale(changes))
    return outcomes


def _adjudication(
    engine: Engine, world: World, orders: Orders, changes: Changes, ledger: Ledger | None
) -> Adjudication:
    keys, record = engine.reader(world).keys, ledger is not None
    return Adjudication(engine.catalogue, engine.fixed, world, changes, keys, orders.checked, record, [], [])


def _run_dynamics(engine: Engine, world: World, changes: Changes, ledger: Ledger | None) -> None:
    changes.begin(Phase.DYNAMICS, ledger)
    reader = engine.reader(world, ledger is not None)
    for mechanism in engine.mechanisms:
        mechanism.run(world, reader, changes, mechanism.holds(world, reader))
    changes.apply(world)
    _reset_signals(engine, world, ledger)
    sections = engine.layout.sections
    engine.refresh(world, engine.stale(changes, slice(sections.signals, sections.mutable)))


def _reset_signals(engine: Engine, world: World, ledger: Ledger | None) -> None:
    sections = engine.layout.sections
    signals = world.values[sections.signals : sections.mutable]
    if ledger is not None:
        rows = np.flatnonzero(signals[:, 0])
        if len(rows):
            amounts = -signals[rows, 0]
            rows += sections.signals
            ledger.postings.append(Posting(Phase.DYNAMICS, CauseKind.RESET, rows.tolist(), amounts.tolist()))
    signals.fill(0.0)


def _let_events_happen(engine: Engine, world: World, changes: Changes, ledger: Ledger | None) -> None:
    changes.begin(Phase.EVENTS, ledger)
    reader = engine.reader(world, ledger is not None)
    engine.happenings.run_events(world, reader, changes)
    if engine.chamber is not None:
        engine.chamber.rotate(world, changes)
    changes.apply(world)
    engine.refresh(world, engine.stale(changes))


def _open_next(engine: Engine, world: World, changes: Changes, ledger: Ledger | None) -> None:
    """Bring what the next turn opens with: its injects, and the outside conditions that hold in it."""
    _deliver(engine, world, changes, ledger)
    engine.happenings.set_series(world, world.turn + 1, engine.layout, ledger)
    sections = engine.layout.sections
    engine.refresh(world, engine.stale(changes, slice(sections.mutable, sections.constants)))


def _deliver(engine: Engine, world: World, changes: Changes, ledger: Ledger | None) -> None:
    changes.begin(Phase.REPORT, ledger)
    engine.happenings.run_injects(world, engine.reader(world, ledger is not None), changes)
    changes.apply(world)


def _begin_turn(engine: Engine, world: World) -> None:
    """Begin the next turn: what seats see of it is computed, and its start is remembered."""
    world.turn += 1
    world.past.append(world.values)  # while readings are made anew, the start of this turn is the world as it is
    if world.turn == 1:
        world.start = world.values
    if engine.readings.timed:
        stale = np.zeros(engine.layout.count, dtype=bool)
        for rows in engine.readings.timed:
            stale[rows] = True
        engine.refresh(world, stale)
    engine.look(world)
    world.past[-1] = world.values.copy()
    if world.turn == 1:
        world.start = world.past[-1]
