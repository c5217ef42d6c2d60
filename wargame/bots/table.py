"""The bargaining table of bots: the offers and breaches of their doctrines, bound to every pair of seats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.engine import draws
from wargame.engine.agreements import ALIGNMENT, TRUST, Agreements
from wargame.engine.engine import Engine
from wargame.engine.moves import BoundMove
from wargame.engine.readers import BoundFormula, Dense
from wargame.model.agreements import TAKER, Offer, OfferedTerm
from wargame.model.bindings import Bound
from wargame.model.doctrines import Doctrine
from wargame.model.expression import Formula
from wargame.model.orders import Candidate
from wargame.model.promises import Obligations, Withheld
from wargame.model.world import World


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
