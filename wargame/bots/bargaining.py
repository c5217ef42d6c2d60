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
from wargame.engine import draws
from wargame.engine.agreements import ALIGNMENT, EVEN_TRUST, TRUST, Agreements
from wargame.engine.bindings import Bound
from wargame.engine.engine import Engine
from wargame.engine.legality import Legality
from wargame.engine.moves import BoundMove
from wargame.engine.readers import BoundFormula, Dense
from wargame.engine.settle import owed
from wargame.model.agreements import TAKER, Offer, OfferedTerm
from wargame.model.expression import Formula
from wargame.model.orders import Candidate
from wargame.model.promises import Bargains, Obligations, Withheld
from wargame.model.rules import Doctrine
from wargame.model.ticks import Floats
from wargame.model.world import World

_CLOSED = -1e300
STEPS = 3
"""How far a counter-offer may move one amount."""
Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Slot:
    """One term of an offer between two actors, with every candidate it may take."""

    move: BoundMove
    candidates: tuple[Candidate, ...]
    amount: int
    low: int
    high: int
    giver: int
    """0: the proposer gives it; 1: the other side does."""
    worth: tuple[BoundFormula, BoundFormula]
    """To the proposer and to the other side, each by its own view; by candidate."""
    words: draws.Hashes

    @property
    def places(self) -> slice:
        """Return where its candidates stand among those of the term."""
        first = self.candidates[0].id - self.move.first
        return slice(first, first + len(self.candidates))


@dataclass(frozen=True)
class Option:
    """One offer of a doctrine, from one actor to another."""

    number: int
    offer: Offer
    seats: tuple[int, int]
    actors: tuple[str, str]
    slots: tuple[Slot, ...]
    when: BoundFormula | None
    prefer: BoundFormula | None
    trust: tuple[int | None, int | None]
    """The row in which each side reads how far it trusts the other."""
    word: int


@dataclass(frozen=True)
class Intent:
    """When a bot means to break a term, by candidate."""

    candidates: tuple[Candidate, ...]
    when: BoundFormula


@dataclass
class Found:
    """What came of looking at one option in every session."""

    option: Option
    places: list[NDArray[np.intp]]
    """Slot → ``[session]`` which candidate it takes."""
    open: Truths
    value: Floats


class Table:
    """Where bots bargain. Made before a world is started, because offers decide which views are computed."""

    def __init__(self, engine: Engine, doctrines: dict[int, Doctrine]) -> None:
        self.engine = engine
        self.agreements: Agreements = engine.agreements
        self.doctrines = doctrines
        self.margins = {seat: d.bargaining.margin for seat, d in doctrines.items()}
        options = list(self._options())
        self.options: dict[tuple[int, int], list[Option]] = {}
        for option in options:
            low, high = sorted(option.seats)
            self.options.setdefault((low, high), []).append(option)
        self.intents = [i for seat, d in doctrines.items() for i in self._intents(seat, d)]

    # ── preparing ───────────────────────────────────────────────────────────────────────────────────────────

    def _options(self) -> Iterator[Option]:
        seats, number = self.engine.scenario.seats, 0
        for seat, doctrine in self.doctrines.items():
            for offer in doctrine.bargaining.offers:
                for actor in seats[seat].actors:
                    for other, them in enumerate(seats):
                        for taker in them.actors if other != seat else ():
                            option = self._option(number, offer, (seat, other), (actor, taker), doctrine)
                            if option is not None:
                                number += 1
                                yield option

    def _option(
        self, number: int, offer: Offer, seats: tuple[int, int], actors: tuple[str, str], doctrine: Doctrine
    ) -> Option | None:
        actor, taker = actors
        cast = self.engine.cast
        if not (cast.fits(actor, doctrine.by) and cast.fits(taker, offer.to)):
            return None
        wanted = [(o, 0) for o in offer.give] + [(o, 1) for o in offer.ask]
        named = [self.agreements.find(o.term, actors[side], actors[1 - side]) for o, side in wanted]
        if not all(named):
            return None
        slots = [self._slot(o, side, some, seats) for (o, side), some in zip(wanted, named, strict=True)]
        bound: list[Bound] = [{"actor": actor, TAKER: taker}]
        text = f"bargain|{actor}|{taker}|{'+'.join(o.term for o, _ in wanted)}"
        return Option(
            number, offer, seats, actors, tuple(slots), self._bind(offer.when, doctrine.id, bound, seats[0]),
            self._bind(offer.prefer, doctrine.id, bound, seats[0]),
            (self._trust(seats[0], actors), self._trust(seats[1], actors)), draws.word(text),
        )  # fmt: skip

    def _slot(self, offered: OfferedTerm, side: int, some: list[Candidate], seats: tuple[int, int]) -> Slot:
        term = self.agreements.terms[self.agreements.number[offered.term]]
        bounds: list[Bound] = [{"actor": c.actor, **c.targets} for c in some]
        limits = term.term.move.amount
        low, high = (limits.low, limits.high) if limits else (1, 1)
        giver, taker = (self._seen(f, term.term.id, bounds, seats[s]) for f, s in (
            (term.term.worth_giver, side), (term.term.worth_taker, 1 - side)))  # fmt: skip
        worth = (giver, taker) if side == 0 else (taker, giver)
        words = draws.words(f"bargain|{c.key}" for c in some)
        return Slot(term.move, tuple(some), offered.amount, low, high, side, worth, words)

    def _bind(self, formula: Formula | None, rule: str, bounds: list[Bound], seat: int) -> BoundFormula | None:
        return None if formula is None else self._seen(formula, rule, bounds, seat)

    def _seen(self, formula: Formula, rule: str, bounds: list[Bound], seat: int) -> BoundFormula:
        eyes = self.engine.scenario.seats[seat]
        return self.engine.binder.bind(formula, rule, bounds, row=lambda _, true: self.engine.sights.row(eyes, true))

    def _trust(self, seat: int, actors: tuple[str, str]) -> int | None:
        layout = self.engine.layout
        tie = layout.ties.get((ALIGNMENT, *actors)) or layout.ties.get((ALIGNMENT, *actors[::-1]))
        row = layout.index.get((tie, TRUST)) if tie else None
        return None if row is None else self.engine.sights.row(self.engine.scenario.seats[seat], row)

    def _intents(self, seat: int, doctrine: Doctrine) -> Iterator[Intent]:
        own = self.engine.scenario.seats[seat].actors
        for one in doctrine.bargaining.breaks:
            at = self.agreements.number.get(one.term)
            if at is None:
                continue
            move = self.agreements.terms[at].move
            some = tuple(c for c in self.agreements.candidates[move.first : move.first + move.count] if c.actor in own)
            if some:
                bounds: list[Bound] = [{"actor": c.actor, **c.targets} for c in some]
                yield Intent(some, self._seen(one.when, doctrine.id, bounds, seat))

    # ── a turn ──────────────────────────────────────────────────────────────────────────────────────────────

    def round(self, world: World, seats: frozenset[int]) -> Round:
        """Return the bargaining of one turn among some seats."""
        return Round(self, world, seats)

    def withheld(self, world: World, seats: frozenset[int]) -> Withheld:
        """Return which promises of earlier turns some bots mean to break."""
        promised = world.obligations
        if not self.intents or not len(promised):
            return Withheld.of(())
        reader = Dense(world, draws.keys(world.seeds, world.turn))
        parts = []
        for intent in self.intents:
            if self.agreements.seat_of[intent.candidates[0].actor] in seats:
                parts.append(_breaking(intent, promised, reader, world))
        found = np.unique(np.concatenate([np.empty(0, dtype=np.intp), *parts]))
        broken = promised.take(found)
        return Withheld(broken.session, broken.deal, broken.candidate, np.zeros(len(broken), dtype=np.int16))


def _breaking(intent: Intent, promised: Obligations, reader: Dense, world: World) -> NDArray[np.intp]:
    """Return the positions of the obligations that a bot means to break."""
    ids = np.array([c.id for c in intent.candidates])
    mine = np.flatnonzero(np.isin(promised.candidate, ids) & (promised.since < world.turn))
    if not len(mine):
        return mine
    holds = np.broadcast_to(reader.evaluate(intent.when), (len(ids), world.sessions))
    place = np.searchsorted(ids, promised.candidate[mine])
    found: NDArray[np.intp] = mine[holds[place, promised.session[mine]]]
    return found


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
    struck = table.round(world, seats).strike() if table.options else Obligations.none()
    found = Bargains(struck, table.withheld(world, seats))
    return found if found else None
