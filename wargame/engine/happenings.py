"""What comes from outside: events by chance; then, for the next turn, scripted injects and the values of series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace

import numpy as np
from numpy.typing import NDArray

from wargame.engine import draws
from wargame.engine.activity import Activity, Truths
from wargame.engine.changes import Changes
from wargame.engine.moves import Catalogue
from wargame.engine.readers import Binder, BoundFormula, Dense, spread
from wargame.engine.rules import BoundRule, bind_rule, describe
from wargame.model.layout import OUTSIDE, Layout
from wargame.model.ledger import CauseKind, Ledger, Posting
from wargame.model.rules import Event
from wargame.model.scenario import Inject, Scenario, Seat, Series
from wargame.model.ticks import Floats, round_in_place
from wargame.model.world import World

AT_SETUP = -1
"""What ``World.fired`` holds for an inject delivered at set-up."""


@dataclass(frozen=True, slots=True)
class BoundEvent:
    """An event with its bindings and the first row of ``World.fired`` that is its own."""

    event: Event
    rule: BoundRule
    chance: BoundFormula | None
    words: draws.Hashes
    first: int

    def happens(self, world: World, reader: Dense) -> Truths:
        """Return ``[binding, session]``: does it happen now?"""
        shape = (len(self.rule.bounds), world.sessions)
        holds = self.rule.holds(world, reader)
        odds = spread(reader.evaluate(self.chance), shape).astype(np.float64) if self.chance else np.zeros(shape)
        np.minimum(np.maximum(odds, 0.0, out=odds), 1.0, out=odds)
        luck = draws.uniform(draws.mix(self.words[:, None] ^ reader.keys[None, :]))
        found: Truths = (luck < round_in_place(odds)) & self._rested(world)
        return found if holds is None else found & holds

    def _rested(self, world: World) -> Truths:
        fired = world.fired[self.first : self.first + len(self.rule.bounds)]
        if self.event.once:
            return np.equal(fired, 0)
        return np.equal(fired, 0) | np.less(fired + self.event.cooldown, world.turn)


@dataclass(frozen=True, slots=True)
class BoundInject:
    """An inject with its row of ``World.fired`` and the pairs whose order it waits for."""

    inject: Inject
    rule: BoundRule
    condition: BoundFormula | None
    chance: BoundFormula | None
    word: int
    row: int
    awaited: NDArray[np.intp]

    def fires(self, world: World, reader: Dense) -> Truths:
        """Return ``[session]``: is it delivered at the end of this turn (turn 0: at set-up)?"""
        trigger = self.inject.trigger
        found: Truths = (world.fired[self.row] == 0) & (world.ended == 0)
        if not self._in_time(world.turn):
            return np.zeros_like(found)
        if trigger.kind == "absence":
            found &= (world.last_given[self.awaited] == 0).all(axis=0)
        if self.condition is not None:
            found &= spread(reader.evaluate(self.condition), (1, world.sessions))[0]
        return found & self._drawn(world, reader)

    def _in_time(self, turn: int) -> bool:
        trigger = self.inject.trigger
        if trigger.kind == "turn":
            return turn + 1 == trigger.turn
        if turn == 0:
            return False
        if trigger.kind == "absence":
            return trigger.turn <= turn <= trigger.until
        return trigger.turn <= turn + 1 <= trigger.until

    def _drawn(self, world: World, reader: Dense) -> Truths:
        if self.chance is None:
            return np.ones(world.sessions, dtype=bool)
        odds = np.empty((1, world.sessions))
        odds[...] = reader.evaluate(self.chance)
        np.minimum(np.maximum(odds, 0.0, out=odds), 1.0, out=odds)
        luck = draws.uniform(draws.mix(np.array(self.word, dtype=np.uint64) ^ reader.keys))
        drawn: Truths = luck < round_in_place(odds)[0]
        return drawn


@dataclass(frozen=True)
class Happenings:
    """Every event and inject of a scenario, and its series."""

    events: tuple[BoundEvent, ...]
    injects: tuple[BoundInject, ...]
    series: tuple[tuple[Series, int, draws.Hashes], ...]
    rows: int
    """Rows of ``World.fired``."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The name of each row of ``World.fired``: an event with its roles, or an inject."""
        events = (f"{e.event.id}|{describe(e.event.binding, b)}" for e in self.events for b in e.rule.bounds)
        return (*events, *(f"inject|{i.inject.id}" for i in self.injects))

    def run_events(self, world: World, reader: Dense, changes: Changes) -> None:
        """Let events happen."""
        for event in self.events:
            happens = event.happens(world, reader)
            if happens.any():
                event.rule.run(world, reader, changes, happens)
                fired = world.fired[event.first : event.first + len(event.rule.bounds)]
                fired[happens] = world.turn

    def run_injects(self, world: World, reader: Dense, changes: Changes) -> None:
        """Deliver the injects that are due, in the sessions that go on."""
        for inject in self.injects:
            fires = inject.fires(world, reader)
            if fires.any():
                inject.rule.run(world, reader, changes, fires[None, :])
                world.fired[inject.row, fires] = world.turn or AT_SETUP

    def set_series(self, world: World, turn: int, layout: Layout, ledger: Ledger | None) -> None:
        """Set the value of every series for a turn: scheduled, with its spread."""
        keys = draws.keys(world.seeds, turn)
        for series, row, word in self.series:
            values: Floats = draws.bell(draws.mix(word ^ keys)) * series.spread
            values += series.values[min(turn, len(series.values)) - 1]
            np.minimum(np.maximum(values, series.low, out=values), series.high, out=values)
            round_in_place(values)
            if ledger is not None and (change := float(values[0] - world.values[row, 0])):
                ledger.postings.append(Posting("report", CauseKind.SERIES, [row], [change], series.id))
            world.values[row] = values


def bind_happenings(
    scenario: Scenario, binder: Binder, activity: Activity, catalogue: Catalogue, off: frozenset[str]
) -> Happenings:
    """Bind the events of the ruleset that are on, and the injects and series of the scenario."""
    events: list[BoundEvent] = []
    first = 0
    for event in scenario.ruleset.events:
        if event.id in off:
            continue
        rule = bind_rule(event, CauseKind.EVENT, binder, activity, [event.chance])
        texts = [f"{event.id}|{describe(event.binding, bound)}" for bound in rule.bounds]
        chance = binder.bind(event.chance, event.id, rule.bounds, texts) if rule.bounds else None
        events.append(BoundEvent(event, rule, chance, draws.words(f"{t}|happens" for t in texts), first))
        first += len(rule.bounds)
    injects = tuple(
        _bind_inject(i, first + n, scenario, binder, activity, catalogue) for n, i in enumerate(scenario.injects)
    )
    series = tuple((s, binder.layout.row(OUTSIDE, s.id), draws.words([f"series|{s.id}"])) for s in scenario.series)
    return Happenings(tuple(events), injects, series, first + len(injects))


def _bind_inject(
    inject: Inject, row: int, scenario: Scenario, binder: Binder, activity: Activity, catalogue: Catalogue
) -> BoundInject:
    text = f"inject|{inject.id}"
    rule = bind_rule(
        SimpleNamespace(id=inject.id, effects=inject.effects), CauseKind.INJECT, binder, activity, text=text
    )
    trigger = inject.trigger
    return BoundInject(
        inject,
        rule,
        binder.bind(trigger.condition, inject.id, [{}], [text]) if trigger.condition else None,
        binder.bind(trigger.chance, inject.id, [{}], [text]) if trigger.chance else None,
        draws.word(f"{text}|chance"),
        row,
        _awaited(trigger.absent_move, trigger.absent_seat, scenario.seats, catalogue),
    )


def _awaited(move: str, seat: str, seats: Sequence[Seat], catalogue: Catalogue) -> NDArray[np.intp]:
    found = [p.id for p in catalogue.pairs if p.move == move and seat in ("", seats[p.seat].id)]
    return np.array(found, dtype=np.intp)
