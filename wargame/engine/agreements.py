"""What can be promised in a scenario, bound to arrays: a term is a move that is never ordered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wargame.engine import draws
from wargame.engine.activity import Activity
from wargame.engine.move_binder import MoveBinder
from wargame.engine.moves import BoundMove, Catalogue
from wargame.engine.parties import Forbidding, may_pair
from wargame.engine.readers import Binder, BoundFormula
from wargame.engine.sight import SightRows
from wargame.model.agreements import DEALS_A_TURN, TAKER, Term
from wargame.model.bindings import Bound, Cast, enumerate_bindings
from wargame.model.expression import Formula
from wargame.model.orders import Candidate
from wargame.model.promises import Obligations
from wargame.model.rules import Move
from wargame.model.ruleset import Ruleset
from wargame.model.scenario import Scenario

ALIGNMENT, TRUST = "alignment", "trust"
"""The tie and its attribute by which a side believes that the other keeps its word; 0 to 100."""
EVEN_TRUST = 50.0
"""What is believed where nothing ties the two."""


@dataclass(frozen=True)
class BoundTerm:
    """A term with all its candidates; the odds that a breach is found out are the exposure of its move."""

    term: Term
    move: BoundMove
    leans: BoundFormula | None
    ballots: NDArray[np.intp] | None
    """The row of the inclination of each candidate's ballot; None where the term is not about one."""
    kept: BoundFormula | None
    alarm: BoundFormula | None
    alarm_words: draws.Hashes


@dataclass(frozen=True)
class Agreements:
    """Every term candidate of a scenario."""

    scenario: Scenario
    cast: Cast
    moves: Catalogue
    """What can be ordered, and so promised not to be."""
    catalogue: Catalogue
    terms: tuple[BoundTerm, ...]

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Return everything that any seat may ever promise."""
        return self.catalogue.candidates

    @cached_property
    def by_key(self) -> Mapping[str, Candidate]:
        """Candidates by the text that names them in logs."""
        return {c.key: c for c in self.candidates}

    @cached_property
    def number(self) -> Mapping[str, int]:
        """Term → its place among the bound terms."""
        return {bound.term.id: i for i, bound in enumerate(self.terms)}

    @cached_property
    def seat_of(self) -> Mapping[str, int]:
        """Actor → the seat that controls it."""
        return {actor: i for i, seat in enumerate(self.scenario.seats) for actor in seat.actors}

    def term_of(self, candidate: int) -> BoundTerm:
        """Return the term of a candidate."""
        return self.terms[int(self.catalogue.move_of[candidate])]

    @cached_property
    def sides(self) -> NDArray[np.int32]:
        """``[candidate, 2]``: the seat that gives and the seat that receives."""
        pairs = [(self.seat_of[c.actor], self.seat_of[c.targets[TAKER]]) for c in self.candidates]
        return np.array(pairs, dtype=np.int32).reshape(-1, 2)

    def deal_number(self, turn: int, first: int, second: int, nth: int = 0) -> int:
        """Return the number of the nth deal that two seats strike in a turn."""
        low, high = min(first, second), max(first, second)
        pair = low * len(self.scenario.seats) + high
        return turn * DEALS_A_TURN + pair * DEALS_OF_A_PAIR + nth

    def find(self, term: str, actor: str, taker: str) -> list[Candidate]:
        """Return the candidates of a term between two actors."""
        at = self.number.get(term)
        if at is None:
            return []
        move = self.terms[at].move
        mine = self.candidates[move.first : move.first + move.count]
        return [c for c in mine if c.actor == actor and c.targets[TAKER] == taker]

    def known(self, promised: Obligations, seat: int, session: int = 0) -> Obligations:
        """Return the promises of a session that a seat knows of, as it knows them: its own side in full.

        What others owe it counts as kept unless it has been told otherwise; of those of others it knows what is public.
        """
        if not len(promised):
            return promised
        public = np.array([bound.term.public for bound in self.terms])[self.catalogue.move_of[promised.candidate]]
        party = (self.sides[promised.candidate] == seat).any(axis=1)
        found = promised.take(np.flatnonzero((party | public) & (promised.session == session)))
        theirs = self.sides[found.candidate, 0] != seat
        found.kept = (found.kept + found.missed * theirs).astype(np.int16)
        found.missed = (found.missed * ~theirs).astype(np.int16)
        return found

    # ── what a promise forbids ──────────────────────────────────────────────────────────────────────────────

    @cached_property
    def forbidding(self) -> NDArray[np.int32]:
        """The row of ``forbidden`` of each term candidate, −1 where it forbids nothing."""
        found = np.full(len(self.candidates), -1, dtype=np.int32)
        some = [c.id for c in self.candidates if self.term_of(c.id).term.forbids]
        found[some] = np.arange(len(some))
        return found

    @cached_property
    def forbidden(self) -> NDArray[np.bool_]:
        """``[row, order candidate]``: which orders break a promise."""
        rows = [self._forbidden(self.candidates[c]) for c in np.flatnonzero(self.forbidding >= 0)]
        return np.array(rows, dtype=bool).reshape(-1, len(self.moves.candidates))

    def _forbidden(self, promise: Candidate) -> NDArray[np.bool_]:
        found = np.zeros(len(self.moves.candidates), dtype=bool)
        forbidding = Forbidding(self.scenario, self.cast, self.moves)
        found[[c.id for c in forbidding.orders(self.term_of(promise.id).term, promise.actor, promise.targets)]] = True
        return found


DEALS_OF_A_PAIR = 16
"""How many deals two seats may strike in a turn."""


@dataclass
class TermBinder(MoveBinder):
    """Binds terms as if they were moves: only those between two seats whose actors may promise them each other."""

    forbidding: Forbidding

    def moves(self) -> Iterable[Move]:
        """Return the moves to bind."""
        return [term.move for term in self.scenario.ruleset.terms.values()]

    def bindings(self, move: Move, used: frozenset[str], actor: str) -> list[Bound]:
        """Return what an actor may promise, and to whom."""
        found = enumerate_bindings(move.target, self.binder.cast, used | {TAKER}, {"actor": actor})
        seats = {a: i for i, seat in enumerate(self.scenario.seats) for a in seat.actors}
        term, cast = self.scenario.ruleset.terms[move.id], self.binder.cast
        return [
            bound
            for bound in found
            if seats.get(bound[TAKER], seats[actor]) != seats[actor]
            and may_pair(term, cast, actor, bound[TAKER])
            and not self.forbidding.is_empty(term, actor, {role: bound[role] for role in bound if role != "actor"})
        ]


def bind_agreements(
    scenario: Scenario, binder: Binder, activity: Activity, sights: SightRows, moves: Catalogue
) -> Agreements:
    """Bind every term to every pair of actors with different seats that may give and receive it."""
    forbidding = Forbidding(scenario, binder.cast, moves)
    catalogue = TermBinder(scenario, binder, activity, sights, (), forbidding).catalogue()
    terms = scenario.ruleset.terms
    bound = tuple(_bind(terms[move.move.id], move, binder) for move in catalogue.moves)
    return Agreements(scenario, binder.cast, moves, catalogue, bound)


def _bind(term: Term, move: BoundMove, binder: Binder) -> BoundTerm:
    texts = [text_of(move.move.id, bound, move.move) for bound in move.bounds]

    def bind(formula: Formula | None) -> BoundFormula | None:
        return None if formula is None else binder.bind(formula, term.id, move.bounds, texts)

    ballots = None
    if term.leans is not None:
        rows = [binder.layout.row(bound["b"], "inclination") for bound in move.bounds]
        ballots = np.array(rows, dtype=np.intp)
    words = draws.words(f"{t}|alarm" for t in texts)
    return BoundTerm(term, move, bind(term.leans), ballots, bind(term.kept), bind(term.false_alarm), words)


def text_of(rule: str, bound: Bound, move: Move) -> str:
    """Return the text that names the draws of a candidate."""
    targets = ",".join(f"{role}={bound[role]}" for role in move.target.roles if role != "actor" and role in bound)
    return f"{bound['actor']}|{rule}|{targets}"


def term_moves(rules: Ruleset) -> list[Move]:
    """Return the terms of a ruleset as moves."""
    return [term.move for term in rules.terms.values()]


def formulas_of_terms(rules: Ruleset) -> Iterable[Formula]:
    """Return the formulas that terms and offers have beyond those of moves."""
    for term in rules.terms.values():
        found = (term.leans, term.kept, term.false_alarm, term.worth_giver, term.worth_taker)
        yield from (f for f in found if f is not None)
        if term.move.covert is not None:
            yield term.move.covert.exposure
    for doctrine in rules.doctrines.values():
        for offer in doctrine.bargaining.offers:
            yield from (f for f in (offer.when, offer.prefer) if f is not None)
        yield from (b.when for b in doctrine.bargaining.breaks)
