"""The whole game, in order of play. Read this file and you have seen a turn.

Each phase that changes the world sees it as the phase began; what its rules hand in is summed and applied once.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from wargame.engine.adjudicate import Adjudication
from wargame.engine.changes import Changes
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
    """Orders and due programmes take effect."""
    DYNAMICS = "dynamics"
    """Mechanisms run; then signals go back to zero."""
    EVENTS = "events"
    """Events happen, injects due next turn are delivered, outside conditions move on."""
    REPORT = "report"
    """Endings are looked at; the next turn begins."""


def set_up(engine: Engine, world: World, ledger: Ledger | None = None) -> None:
    """Bring a start world to the beginning of turn 1: series, readings, the injects of turn 1."""
    world.start = world.values  # until turn 1 begins, the start world is the world as it is
    engine.happenings.set_series(world, 1, engine.layout, ledger)
    engine.refresh(world)
    changes = engine.changes(world)
    changes.begin(Phase.EVENTS, ledger)
    engine.happenings.run_injects(world, engine.reader(world, ledger is not None), changes)
    changes.apply(world)
    engine.refresh(world)
    _begin_turn(engine, world)


def play(
    engine: Engine,
    world: World,
    orders: Orders,
    ledger: Ledger | None = None,
    concluded: Callable[[World], None] = lambda world: None,
) -> tuple[Outcome, ...]:
    """Play the turn out with the orders filed, and begin the next one unless every session has ended.

    Return the outcomes of a live session. ``concluded`` may read the world when endings have been looked at, before
    the next turn begins.
    """
    changes = engine.changes(world)
    outcomes = _adjudicate(engine, world, orders, changes, ledger)
    _run_dynamics(engine, world, changes, ledger)
    _let_events_happen(engine, world, changes, ledger)
    last = world.turn >= engine.turns
    engine.reckoning.conclude(world, engine.reader(world), last)
    concluded(world)
    if not world.ended.all():
        _begin_turn(engine, world)
    return outcomes


def _adjudicate(
    engine: Engine, world: World, orders: Orders, changes: Changes, ledger: Ledger | None
) -> tuple[Outcome, ...]:
    changes.begin(Phase.ADJUDICATE, ledger)
    keys = engine.reader(world).keys
    phase = Adjudication(
        engine.catalogue, engine.fixed, world, changes, keys, orders.checked, ledger is not None, [], []
    )
    outcomes = phase.resolve(orders)
    changes.apply(world)
    engine.refresh(world)
    return outcomes


def _run_dynamics(engine: Engine, world: World, changes: Changes, ledger: Ledger | None) -> None:
    changes.begin(Phase.DYNAMICS, ledger)
    reader = engine.reader(world, ledger is not None)
    for mechanism in engine.mechanisms:
        mechanism.run(world, reader, changes, mechanism.holds(world, reader))
    changes.apply(world)
    _reset_signals(engine, world, ledger)
    engine.refresh(world)


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
    engine.happenings.run_injects(world, reader, changes)
    changes.apply(world)
    engine.happenings.set_series(world, world.turn + 1, engine.layout, ledger)
    engine.refresh(world)


def _begin_turn(engine: Engine, world: World) -> None:
    """Begin the next turn: what seats see of it is computed, and its start is remembered."""
    world.turn += 1
    world.past.append(world.values)  # while readings are made anew, the start of this turn is the world as it is
    if world.turn == 1:
        world.start = world.values
    if engine.readings_tell_time:
        engine.refresh(world)
    engine.look(world)
    world.past[-1] = world.values.copy()
    if world.turn == 1:
        world.start = world.past[-1]
