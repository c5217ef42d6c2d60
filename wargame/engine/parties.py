"""Who may promise what to whom: the pairs that a term names, and promises not to do what one could never do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wargame.engine.moves import Catalogue
from wargame.model.agreements import TAKER, Between, Term
from wargame.model.bindings import Bound, Cast
from wargame.model.orders import Candidate
from wargame.model.rules import Move
from wargame.model.scenario import Scenario


def may_pair(term: Term, cast: Cast, actor: str, taker: str) -> bool:
    """Say whether an actor may promise a term to another."""
    if not cast.fits(taker, term.taker):
        return False
    return not term.between or any(_is_pair(between, cast, actor, taker) for between in term.between)


def _is_pair(between: Between, cast: Cast, actor: str, taker: str) -> bool:
    if not (cast.fits(actor, between.by) and cast.fits(taker, between.taker)):
        return False
    if between.one and not _belong_together(cast, between.one, actor, taker):
        return False
    if between.apart and _belong_together(cast, between.apart, actor, taker):
        return False
    return not between.tied or any(_is_tied(cast, kind, actor, taker) for kind in between.tied)


def _belong_together(cast: Cast, reference: str, actor: str, taker: str) -> bool:
    own, theirs = (cast.entities[name].references.get(reference, name) for name in (actor, taker))
    return own == theirs


def _is_tied(cast: Cast, kind: str, actor: str, taker: str) -> bool:
    ends = {actor, taker}
    return any({tie.source, tie.target} == ends for tie in cast.of_type[kind])


@dataclass(frozen=True)
class Forbidding:
    """Which orders break a promise."""

    scenario: Scenario
    cast: Cast
    moves: Catalogue
    """What can be ordered, and so promised not to be."""

    def orders(self, term: Term, actor: str, targets: Bound) -> Iterator[Candidate]:
        """Yield the orders of the seat of whoever promises that break the promise."""
        own = next((set(seat.actors) for seat in self.scenario.seats if actor in seat.actors), {actor})
        wanted = self._meant(actor, targets)
        for move in self.moves.moves:
            if not _is_meant(term, move.move):
                continue
            for candidate in self.moves.candidates[move.first : move.first + move.count]:
                if candidate.actor in own and (term.against == "anyone" or self._touched(candidate) & wanted):
                    yield candidate

    def is_empty(self, term: Term, actor: str, targets: Bound) -> bool:
        """Say whether all that is promised is not to do what the giver has no means of doing."""
        if not term.forbids or term.move.cost:
            return False
        return next(self.orders(term, actor, targets), None) is None

    def _meant(self, actor: str, targets: Bound) -> set[str]:
        """Return what an order must not touch: what else the term is about, or, where it names no more, the taker."""
        further = {name for role, name in targets.items() if role != TAKER} - {actor}
        return further - {targets[TAKER]} or {targets[TAKER]}

    def _touched(self, candidate: Candidate) -> set[str]:
        """Return what an order is aimed at: its targets, the ends of ties, and those to whom they belong."""
        found: set[str] = set()
        for name in candidate.targets.values():
            tie = self.cast.ties.get(name)
            for one in (name,) if tie is None else (name, tie.source, tie.target):
                found.add(one)
                entity = self.cast.entities.get(one)
                found.update(entity.references.values() if entity else ())
        return found - {candidate.actor}


def _is_meant(term: Term, move: Move) -> bool:
    own = {move.id, *(f"#{tag}" for tag in move.tags)}
    return any(name in own for name in term.forbids)
