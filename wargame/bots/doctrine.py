"""Doctrines: weighted priorities, as data, read from the seat's view and played in every session at once."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wargame.bots.controls import Chosen
from wargame.bots.funding import TIE, Purse, pick, purses
from wargame.engine import draws
from wargame.engine.chamber import Agenda
from wargame.engine.changes import Changes
from wargame.engine.engine import Engine
from wargame.engine.legality import Legality
from wargame.engine.moves import BoundMove, Pair
from wargame.engine.readers import BoundFormula, Dense
from wargame.engine.rules import BoundRule, bind_rule
from wargame.model.bindings import Bound
from wargame.model.doctrines import Doctrine, Leaning, Priority
from wargame.model.expression import Entity, Formula, Read
from wargame.model.ledger import CauseKind
from wargame.model.orders import NONE
from wargame.model.rules import Binding, Effect, Effects
from wargame.model.ticks import Floats
from wargame.model.world import World

_CLOSED = -1e300


@dataclass(frozen=True, slots=True)
class Option:
    """One priority for one actor of the seat."""

    priority: Priority
    amount: int
    move: BoundMove
    pair: Pair
    weight: BoundFormula
    when: BoundFormula | None
    prefer: BoundFormula | None
    target_words: draws.Hashes


@dataclass(frozen=True, slots=True)
class _Lean:
    """A leaning in the shape of a rule."""

    id: str
    binding: Binding
    when: Formula | None
    effects: Effects


@dataclass
class DoctrineBot:
    """Plays a seat by a doctrine. ``sharpness`` 1 takes the best; towards 0 more and more is left to the draw."""

    engine: Engine
    seat: int
    doctrine: Doctrine
    sharpness: float = 1.0
    withheld: frozenset[str] = frozenset()
    """Moves that it leaves to others to order."""
    options: list[Option] = field(init=False)
    leanings: tuple[BoundRule, ...] = field(init=False)
    words: draws.Hashes = field(init=False)
    purses: tuple[Purse, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.leanings = tuple(rule for leaning in self.doctrine.leanings if (rule := self._leaning(leaning)).bounds)
        moves = {move.move.id: move for move in self.engine.catalogue.moves}
        self.options = [
            self._option(priority, moves[priority.move], pair)
            for priority in self.doctrine.priorities
            if priority.move in moves and priority.move not in self.withheld
            for pair in moves[priority.move].pairs
            if pair.seat == self.seat
        ]
        self.words = draws.words(f"choice|{o.pair.actor}|{o.pair.move}" for o in self.options)
        nothing = self.engine.layout.constant[0.0]
        self.purses = purses([(o.pair, o.move, o.amount) for o in self.options], nothing)
        self._exclusive = np.array([o.pair.id for o in self.options], dtype=np.intp)
        self._amounts = np.array([o.amount for o in self.options], dtype=np.int16)

    def _option(self, priority: Priority, move: BoundMove, pair: Pair) -> Option:
        actor: list[Bound] = [{"actor": pair.actor}]
        first = pair.first - move.first
        targets = list(move.bounds[first : first + pair.count])
        keys = [c.key for c in self.engine.candidates[pair.first : pair.first + pair.count]]
        limits = move.move.amount
        amount = min(max(priority.amount, limits.low), limits.high) if limits else 1
        return Option(
            priority,
            amount,
            move,
            pair,
            self._bind(priority.weight, actor),
            self._bind(priority.when, actor) if priority.when else None,
            self._bind(priority.prefer, targets) if priority.prefer else None,
            draws.words(f"choice|{key}" for key in keys),
        )

    def _bind(self, formula: Formula, bounds: list[Bound]) -> BoundFormula:
        seat = self.engine.scenario.seats[self.seat]
        return self.engine.binder.bind(
            formula, self.doctrine.id, bounds, row=lambda _, true: self.engine.sights.row(seat, true)
        )

    def _leaning(self, leaning: Leaning) -> BoundRule:
        """Bind a leaning to the ballots of the seat's members, read from its view."""
        seat, engine = self.engine.scenario.seats[self.seat], self.engine
        own = Binding(leaning.binding.clauses, {**leaning.binding.only, "m": seat.actors})
        effects = Effects((Effect(Read(Entity("b"), "inclination"), leaning.amount, self.doctrine.place),))
        rule = _Lean(self.doctrine.id, own, leaning.when, effects)
        return bind_rule(
            rule, CauseKind.INTEREST, engine.binder, engine.activity, seen=lambda _, true: engine.sights.row(seat, true)
        )

    def lean(
        self, world: World, reader: Dense, changes: Changes, agenda: Agenda, where: NDArray[np.bool_] | None = None
    ) -> None:
        """Hand in what the doctrine adds to the inclinations of the seat's members, where it plays."""
        for rule in self.leanings:
            mask, holds = agenda.of(rule, "p"), rule.holds(world, reader)
            mask = mask if holds is None else mask & holds
            rule.run(world, reader, changes, mask if where is None else mask & where)

    def choose(self, legality: Legality) -> Chosen:
        """Return the orders of the seat."""
        slots = self.engine.scenario.seats[self.seat].orders
        sessions = legality.world.sessions
        if not self.options:
            empty = np.full((slots, sessions), NONE, dtype=np.int32)
            return empty, np.ones_like(empty, dtype=np.int16)
        prices = [(purse, purse.costs(legality)) for purse in self.purses]
        values = self._values(legality)
        taken = np.stack(pick(values, prices, self._exclusive, legality.world, slots, legality.reserved))
        return self._targets(taken, legality), self._amounts[taken]

    def _values(self, legality: Legality) -> Floats:
        """Return ``[option, session]`` how much each option is worth; 0 where it is not open."""
        keys = legality.reader.keys
        values = np.empty((len(self.options), len(keys)))
        for value, option in zip(values, self.options, strict=True):
            self._weigh(option, legality, value)
        luck = draws.uniform(draws.mix(self.words[:, None] ^ keys[None, :]))
        luck *= 2.0 * (1.0 - self.sharpness) + TIE
        luck += self.sharpness
        values *= luck
        return np.maximum(values, 0.0, out=values)

    def _weigh(self, option: Option, legality: Legality, value: Floats) -> None:
        value[...] = np.reshape(legality.reader.evaluate(option.weight), -1)
        if option.when is not None:
            value *= np.reshape(legality.reader.evaluate(option.when), -1)
        value *= legality.pairs(option.move)[option.pair.id - option.move.pairs[0].id]

    def _targets(self, taken: NDArray[np.intp], legality: Legality) -> NDArray[np.int32]:
        found = np.full(taken.shape, NONE, dtype=np.int32)
        for number in np.unique(taken[taken >= 0]).tolist():
            best = self.best_target(self.options[number], legality)
            np.copyto(found, best, where=taken == number)
        return found

    def best_target(self, option: Option, legality: Legality) -> NDArray[np.int32]:
        """Return ``[session]`` the candidate that the doctrine would take for an option."""
        keys = legality.reader.keys
        if option.pair.count == 1:
            return np.full(len(keys), option.pair.first, dtype=np.int32)
        value = draws.uniform(draws.mix(option.target_words[:, None] ^ keys[None, :]))
        if option.prefer is not None:
            value *= TIE
            value += legality.reader.evaluate(option.prefer)
        targets = legality.targets(option.move)
        if targets is not None:
            first = option.pair.first - option.move.first
            value = np.where(targets[first : first + option.pair.count], value, _CLOSED)
        best: NDArray[np.int32] = (option.pair.first + value.argmax(axis=0)).astype(np.int32)
        return best
