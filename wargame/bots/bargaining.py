"""Bots at the bargaining table, in every session at once: what they propose, accept, counter, and mean to break.

Each side reads its own view. What it would receive it weighs by how far it trusts the other to keep its word. Two
seats strike at most one deal in a turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wargame.bots.funding import TIE
from wargame.bots.table import Option, Slot, Table
from wargame.engine import draws
from wargame.engine.activity import Truths
from wargame.engine.agreements import EVEN_TRUST
from wargame.engine.dues import owed
from wargame.engine.legality import Legality
from wargame.engine.readers import Dense
from wargame.model.promises import Bargains, Obligations
from wargame.model.ticks import Floats
from wargame.model.world import World

_CLOSED = -1e300
STEPS = 3
"""How far a counter-offer may move one amount."""


@dataclass
class Found:
    """What came of looking at one option in every session."""

    option: Option
    places: list[NDArray[np.intp]]
    """Slot → ``[session]`` which candidate it takes."""
    open: Truths
    value: Floats


@dataclass
class Round:
    """One turn's bargaining in a batch. What is struck is taken from the means of both sides at once."""

    table: Table
    world: World
    seats: frozenset[int]
    left: dict[int, Floats] = field(init=False)
    """Row of a resource → ``[session]`` what is left of it once promises are kept."""
    running: Truths | None = field(init=False)
    struck: list[Obligations] = field(default_factory=list)
    _worth: dict[tuple[int, int, int, int], Floats] = field(default_factory=dict)

    def __post_init__(self) -> None:
        engine, world = self.table.engine, self.world
        self.reader = Dense(world, draws.keys(world.seeds, world.turn))
        self.legality = Legality(engine.agreements.catalogue, world, self.reader)
        promised, self.running, self.left = world.obligations, None, {}
        if len(promised):
            self.running = np.zeros((len(engine.agreements.candidates), world.sessions), dtype=bool)
            self.running[promised.candidate, promised.session] = True
            for row, due in owed(engine, world, promised).items():
                self.left[row] = world.values[row] - due

    def strike(self) -> Obligations:
        """Return what every pair of the seats agrees on."""
        for pair, options in self.table.options.items():
            if self.seats.issuperset(pair):
                found = self.best(options)
                if found is not None:
                    self._answer(*found)
        return Obligations.joined(*self.struck)

    def best(self, options: Sequence[Option]) -> tuple[NDArray[np.intp], list[Found]] | None:
        """Return ``[session]`` which of some options is proposed (−1: none), and what was found of each."""
        some = [found for option in options if (found := self.look(option)) is not None]
        if not some:
            return None
        ranks = np.stack([np.where(found.open, self._rank(found), _CLOSED) for found in some])
        chosen = ranks.argmax(axis=0)
        chosen[ranks.max(axis=0) == _CLOSED] = -1
        return chosen, some

    def _rank(self, found: Found) -> Floats:
        rank = np.array(found.value)
        if found.option.prefer is not None:
            rank[...] = np.reshape(self.reader.evaluate(found.option.prefer), -1)
        word = np.array(found.option.word, dtype=np.uint64)
        rank += TIE * draws.uniform(draws.mix(word ^ self.reader.keys))
        return rank

    # ── proposing ───────────────────────────────────────────────────────────────────────────────────────────

    def look(self, option: Option) -> Found | None:
        """Return where the proposer would make an offer, by its own view; None: nowhere."""
        seat = option.seats[0]
        if option.seats[0] not in self.table.doctrines:
            return None
        opened = np.ones(self.world.sessions, dtype=bool)
        if option.when is not None:
            opened &= np.reshape(self.reader.evaluate(option.when), -1)
        if not opened.any():
            return None
        places = []
        for slot in option.slots:
            place, can = self._choose(slot, mine=slot.giver == 0)
            places.append(place)
            opened &= can
        amounts = [slot.amount for slot in option.slots]
        opened &= self._affords(option, amounts, 0)
        value = self.value(option, places, amounts, 0)
        opened &= value >= self.table.margins[seat]
        return Found(option, places, opened, value) if opened.any() else None

    def _choose(self, slot: Slot, *, mine: bool) -> tuple[NDArray[np.intp], Truths]:
        """Return ``[session]`` the candidate worth most to the proposer, and whether there is one that may be."""
        can: Truths = self._may(slot) if mine else self._free(slot)
        some = np.logical_or.reduce(can, axis=0)
        if len(slot.candidates) == 1:
            return np.zeros(self.world.sessions, dtype=np.intp), some
        worth = TIE * draws.uniform(draws.mix(slot.words[:, None] ^ self.reader.keys[None, :]))
        worth += self.worth(slot, slot.amount, 0)
        worth = np.where(can, worth, _CLOSED)
        best: NDArray[np.intp] = worth.argmax(axis=0)
        return best, some

    def _free(self, slot: Slot) -> Truths:
        """Return ``[candidate, session]``: is it not promised already?"""
        ids = slice(slot.candidates[0].id, slot.candidates[0].id + len(slot.candidates))
        if self.running is None:
            return np.ones((len(slot.candidates), self.world.sessions), dtype=bool)
        free: Truths = ~self.running[ids]
        return free

    def _may(self, slot: Slot) -> Truths:
        """Return ``[candidate, session]``: may its giver promise it, as it sees things?"""
        move = slot.move
        pair = next(i for i, p in enumerate(move.pairs) if p.actor == slot.candidates[0].actor)
        found = self._free(slot) & self.legality.pairs(move)[pair]
        targets = self.legality.targets(move)
        may: Truths = found if targets is None else found & targets[slot.places]
        return may

    def worth(self, slot: Slot, amount: int, side: int) -> Floats:
        """Return ``[candidate, session]`` what a turn of a term is worth to a side."""
        key = (id(slot), amount, side, 0)
        if key not in self._worth:
            reader = Dense(self.world, self.reader.keys, amount=float(amount))
            found = np.empty((len(slot.candidates), self.world.sessions))
            found[...] = reader.evaluate(slot.worth[side])
            self._worth[key] = found
        return self._worth[key]

    def value(self, option: Option, places: list[NDArray[np.intp]], amounts: Sequence[int], side: int) -> Floats:
        """Return ``[session]`` what a deal is worth to a side, over all its turns."""
        total = np.zeros(self.world.sessions)
        sessions = np.arange(self.world.sessions)
        for slot, place, amount in zip(option.slots, places, amounts, strict=True):
            worth = self.worth(slot, amount, side)[place, sessions]
            total += worth if slot.giver == side else worth * self._belief(option, side)
        return total * float(self.turns(option))

    def turns(self, option: Option) -> int:
        """Return how long a deal struck now would run."""
        return min(option.offer.turns, self.table.engine.turns - self.world.turn + 1)

    def _belief(self, option: Option, side: int) -> Floats | float:
        row = option.trust[side]
        return EVEN_TRUST / 100.0 if row is None else self.world.values[row] / 100.0

    def _affords(self, option: Option, amounts: Sequence[int], side: int) -> Truths:
        """Return ``[session]``: can a side pay the first turn of what it would give?"""
        found = np.ones(self.world.sessions, dtype=bool)
        for row, cost in self._costs(option, amounts, side).items():
            found &= cost <= self.left.get(row, self.world.values[row])
        return found

    def _costs(self, option: Option, amounts: Sequence[int], side: int) -> dict[int, Floats]:
        total: dict[int, Floats] = {}
        for slot, amount in zip(option.slots, amounts, strict=True):
            if slot.giver != side or not slot.move.cost:
                continue
            pair = next(i for i, p in enumerate(slot.move.pairs) if p.actor == slot.candidates[0].actor)
            for resource, cost in self.legality.costs(slot.move, amount).items():
                row = int(slot.move.resource_rows[resource][slot.places.start])
                total[row] = total[row] + cost[pair] if row in total else cost[pair]
        return total

    # ── answering ───────────────────────────────────────────────────────────────────────────────────────────

    def _answer(self, chosen: NDArray[np.intp], some: list[Found]) -> None:
        """Let the other side accept what is proposed, or counter once."""
        for number, found in enumerate(some):
            asked = chosen == number
            if not asked.any():
                continue
            option = found.option
            asked &= self._other_may(found)
            for amounts in variants(option.slots):
                good = asked & self.agrees(found, amounts, 1)
                if amounts != [slot.amount for slot in option.slots]:
                    asked &= ~good  # the smallest change that would do is proposed, and no other
                    good &= self.agrees(found, amounts, 0)
                else:
                    asked &= ~good
                if good.any():
                    self._conclude(found, amounts, good)
                if not asked.any():
                    break

    def _other_may(self, found: Found) -> Truths:
        can = np.ones(self.world.sessions, dtype=bool)
        sessions = np.arange(self.world.sessions)
        for slot, place in zip(found.option.slots, found.places, strict=True):
            if slot.giver == 1:
                can &= self._may(slot)[place, sessions]
        return can

    def agrees(self, found: Found, amounts: Sequence[int], side: int) -> Truths:
        """Return ``[session]``: would a side agree to some amounts?"""
        option = found.option
        margin = self.table.margins.get(option.seats[side])
        if margin is None:
            return np.zeros(self.world.sessions, dtype=bool)
        good: Truths = self.value(option, found.places, amounts, side) >= margin
        return good & self._affords(option, amounts, side)

    def _conclude(self, found: Found, amounts: Sequence[int], where: Truths) -> None:
        option, world, agreements = found.option, self.world, self.table.agreements
        sessions = np.flatnonzero(where)
        deal, until = agreements.deal_number(world.turn, *option.seats), world.turn + self.turns(option) - 1
        for slot, place, amount in zip(option.slots, found.places, amounts, strict=True):
            ids = slot.candidates[0].id + place[sessions]
            columns = [np.full(len(sessions), v) for v in (amount, deal, world.turn, until, 0, 0)]
            self.struck.append(Obligations.from_table(np.stack([ids, *columns, sessions], axis=1).astype(np.int64)))
        for side in (0, 1):
            for row, cost in self._costs(option, amounts, side).items():
                self.left[row] = self.left.get(row, world.values[row]) - cost * where


def variants(slots: Sequence[Slot]) -> Iterator[list[int]]:
    """Yield the amounts as proposed, then every change of one of them in favour of the other side, smallest first."""
    amounts = [slot.amount for slot in slots]
    yield amounts
    for step in range(1, STEPS + 1):
        for i, slot in enumerate(slots):
            changed = slot.amount + step if slot.giver == 0 else slot.amount - step
            if slot.low <= changed <= slot.high:
                yield [*amounts[:i], changed, *amounts[i + 1 :]]


def bargains(table: Table, world: World, seats: frozenset[int]) -> Bargains | None:
    """Return what bots agree on among themselves this turn, and which promises they mean to break."""
    if not table.options and not len(world.obligations):
        return None
    struck = Round(table, world, seats).strike() if table.options else Obligations.none()
    found = Bargains(struck, table.withheld(world, seats))
    return found if found else None
