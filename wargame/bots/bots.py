"""All bots of a session or an ensemble: who plays which seat, and their orders together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy

import numpy as np
from numpy.typing import NDArray

from wargame.bots.bargaining import bargains
from wargame.bots.controls import Chosen, ControlBot
from wargame.bots.dated import Script
from wargame.bots.doctrine import DoctrineBot
from wargame.bots.replies import Correspondent
from wargame.bots.table import Table
from wargame.engine.chamber import Agenda
from wargame.engine.changes import Changes
from wargame.engine.dues import owed
from wargame.engine.engine import Engine
from wargame.engine.legality import Legality
from wargame.engine.readers import Dense
from wargame.engine.settle import barred, unbroken
from wargame.model.errors import SessionError
from wargame.model.orders import NONE, Orders
from wargame.model.promises import Bargains, Obligations
from wargame.model.scenario import Scenario, Seat
from wargame.model.text import Text
from wargame.model.world import World
from wargame.session.deals import Proposal, Reply
from wargame.session.planning import PLANNER

RANDOM, FIRST = "random", "first"
"""The two controls; every other name is a doctrine."""


class Bots:
    """Plays some seats. Made before a world is started, because doctrines decide which views are computed.

    ``speaks``: by which doctrine a seat bargains and how its members lean, where that is not the one it orders by.
    Raises SessionError for a doctrine that does not exist.
    """

    def __init__(
        self,
        engine: Engine,
        plays: Mapping[str, str],
        sharpness: float = 1.0,
        script: Script | None = None,
        speaks: Mapping[str, str] | None = None,
        beside: Bots | None = None,
    ) -> None:
        """Make the bots of some seats; those that already play the same ``beside`` these are taken from there."""
        self.engine = engine
        self.plays = dict(plays)
        self.script = script
        """What history orders before the doctrines do."""
        self._made: dict[tuple[str, str, float], ControlBot | DoctrineBot] = beside._made if beside is not None else {}
        self._bots = {engine.seat_number(seat): self._bot(seat, name, sharpness) for seat, name in plays.items()}
        voices = self._bots | {
            engine.seat_number(seat): self._bot(seat, name, sharpness) for seat, name in (speaks or {}).items()
        }
        self.voices = {seat: bot for seat, bot in voices.items() if isinstance(bot, DoctrineBot)}
        """By which doctrine each seat bargains and its members lean."""
        self.table = Table(engine, {seat: bot.doctrine for seat, bot in self.voices.items()})
        self._speaks = Correspondent(engine, self.table)

    def _bot(self, seat: str, name: str, sharpness: float) -> ControlBot | DoctrineBot:
        if (seat, name, sharpness) not in self._made or self.script is not None:
            withheld = self.script.withheld_from(seat) if self.script else frozenset()
            self._made[seat, name, sharpness] = _bot(
                self.engine, self.engine.seat_number(seat), name, sharpness, withheld
            )
        return self._made[seat, name, sharpness]

    @property
    def seats(self) -> Mapping[int, ControlBot | DoctrineBot]:
        """Return what plays each seat, by its number, in the order in which they order."""
        return self._bots

    def among(self, sessions: NDArray[np.intp]) -> Bots:
        """Return what plays some sessions of the batch: the same bots play all of them."""
        return self

    def choose(self, world: World, seats: frozenset[str] | None = None) -> Orders:
        """Return the orders of the seats that bots play (or of some of them)."""
        legality = self.engine.legality(world)
        struck = self.bargain(world, seats)
        self.keep_in_mind(legality, struck)
        wanted = [i for i in self._bots if seats is None or self.engine.scenario.seats[i].id in seats]
        chosen = [self._orders_of(i, legality) for i in wanted]
        if not chosen:
            empty = np.full((0, world.sessions), NONE, dtype=np.int32)
            return Orders(empty, np.ones_like(empty, dtype=np.int16), checked=True)
        return Orders(
            np.concatenate([candidates for candidates, _ in chosen]),
            np.concatenate([amounts for _, amounts in chosen]),
            checked=True,
            bargains=struck,
        )

    def _orders_of(self, seat: int, legality: Legality) -> Chosen:
        choose = self._bots[seat].choose
        return choose(legality) if self.script is None else self.script.first(seat, legality, choose)

    def lean(self, world: World, reader: Dense, changes: Changes, agenda: Agenda) -> None:
        """Hand in what doctrines add to the inclinations of their seats' members."""
        for bot in self.voices.values():
            bot.lean(world, reader, changes, agenda)

    def tell(self, world: World) -> None:
        """Say nothing: seats that bots play vote as their members lean."""

    def proposals(self, world: World, people: frozenset[str]) -> list[Proposal]:
        """Return what bots offer to people at the start of a turn."""
        return self._speaks.proposals(world, people)

    def consider(self, world: World, proposal: Proposal, promised: Obligations, *, may_counter: bool) -> Reply:
        """Answer an offer made to a bot."""
        return self._speaks.consider(world, proposal, promised, may_counter=may_counter)

    def reply(self, world: World, seat: str, to: str) -> Text:
        """Answer a message to a bot in kind."""
        return self._speaks.reply(world, seat, to)

    def bargain(self, world: World, seats: frozenset[str] | None = None) -> Bargains | None:
        """Return what the seats that bots play (or some of them) agree on, and mean to break."""
        mine = frozenset(i for i in self._bots if seats is None or self.engine.scenario.seats[i].id in seats)
        return bargains(self.table, world, mine)

    def with_bot(self, seat: str, bot: DoctrineBot) -> Bots:
        """Return the same bots, one seat ordering by another; it bargains and leans as it did."""
        found = copy(self)
        found._bots = {**self._bots, self.engine.seat_number(seat): bot}
        return found

    def bot(self, seat: str) -> ControlBot | DoctrineBot:
        """Return what plays a seat."""
        return self._bots[self.engine.seat_number(seat)]

    def keep_in_mind(self, legality: Legality, struck: Bargains | None = None) -> None:
        """Set aside what is promised, and bar what it is promised not to order."""
        promised = legality.world.obligations
        if struck is not None:
            promised = Obligations.joined(unbroken(promised, struck.withheld), struck.struck)
        if len(promised):
            legality.reserved = owed(self.engine, legality.world, promised)
            legality.barred = barred(self.engine, legality.world, promised)


def default_plays(scenario: Scenario, except_for: Iterable[str] = ()) -> dict[str, str]:
    """Return the first doctrine of every seat (``random`` where it has none), leaving out some seats."""
    left_out = frozenset(except_for)
    return {s.id: _usual(s) for s in scenario.seats if s.id not in left_out}


def planning_plays(scenario: Scenario, except_for: Iterable[str] = ()) -> dict[str, str]:
    """Return that every seat thinks ahead which has a doctrine to start from, leaving out some seats."""
    plays = default_plays(scenario, except_for)
    return {seat: name if name == RANDOM else PLANNER for seat, name in plays.items()}


def row_of_plays(scenario: Scenario, row: int) -> dict[str, str]:
    """Return the nth doctrine of every seat (counted round; ``random`` where it has none)."""
    return {s.id: s.doctrines[row % len(s.doctrines)] if s.doctrines else RANDOM for s in scenario.seats}


def _usual(seat: Seat) -> str:
    return seat.doctrines[0] if seat.doctrines else RANDOM


def _bot(engine: Engine, seat: int, name: str, sharpness: float, withheld: frozenset[str]) -> ControlBot | DoctrineBot:
    if name in (RANDOM, FIRST):
        return ControlBot(engine, seat, name == RANDOM, withheld)
    doctrines = engine.scenario.ruleset.doctrines
    if name == PLANNER:  # until it has come to a plan, and wherever nobody thinks for it
        return _bot(engine, seat, _usual(engine.scenario.seats[seat]), sharpness, withheld)
    if name not in doctrines:
        known = ", ".join((RANDOM, FIRST, *engine.scenario.seats[seat].doctrines))
        raise SessionError(
            Text(
                "There is no doctrine '{name}'. This seat plays: {known}.",
                "No existe la doctrina '{name}'. Este puesto juega: {known}.",
            ).fill(name=name, known=known)
        )
    return DoctrineBot(engine, seat, doctrines[name], sharpness, withheld)
