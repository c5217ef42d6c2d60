"""Whether a seat can keep what it has promised for this turn, after the orders it has filed and the votes it casts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wargame.engine import draws
from wargame.engine.readers import Sparse
from wargame.model.orders import Order
from wargame.session.deals import Promise
from wargame.session.polls import ABSTAIN, NO, YES
from wargame.session.session import Session


@dataclass(frozen=True, slots=True)
class Shortfall:
    """An account that promises claim more of than filed orders leave in it."""

    actor: str
    resource: str
    due: float
    left: float


@dataclass(frozen=True, slots=True)
class Keeping:
    """The promises of one seat that are due now and that it means to keep."""

    session: Session
    seat: str

    @property
    def promises(self) -> tuple[Promise, ...]:
        """Return what the seat owes this turn, without what it has said it will not keep."""
        bargaining, turn = self.session.bargaining, self.session.turn
        return tuple(
            p
            for p in bargaining.obligations(self.seat)
            if p.mine and p.since <= turn <= p.until and not bargaining.is_broken(p)
        )

    def short(self) -> tuple[Shortfall, ...]:
        """Return the accounts in which filed orders leave less than is promised of them."""
        left = self.session.desk(self.seat).left(self.session.filed[self.seat])
        due = self.session.bargaining.due(self.seat)
        return tuple(
            Shortfall(actor, resource, amount, left[actor, resource])
            for (actor, resource), amount in due.items()
            if amount > max(left.get((actor, resource), 0.0), 0.0) + _ROUNDING
        )

    def crossed(self) -> tuple[tuple[Promise, Order], ...]:
        """Return the promises not to order something, each with a filed order that breaks it."""
        agreements, filed = self.session.engine.agreements, self.session.filed[self.seat]
        bound = [(p, int(agreements.forbidding[p.candidate])) for p in self.promises]
        return tuple(
            (promise, order)
            for promise, row in bound
            if row >= 0
            for order in filed
            if agreements.forbidden[row, order.candidate]
        )

    def against(self, ballot: str, vote: int) -> Promise | None:
        """Return the promise that a vote of the seat would break."""
        return next((p for p in self.promises if self._promised_vote(p, ballot) not in (ABSTAIN, vote)), None)

    def _promised_vote(self, promise: Promise, ballot: str) -> int:
        """Return how a promise says a ballot is cast, by where it makes the ballot lean; 0: it is about no ballot."""
        engine, world = self.session.engine, self.session.world
        term = engine.agreements.term_of(promise.candidate)
        place = promise.candidate - term.move.first
        if term.leans is None or term.move.bounds[place]["b"] != ballot:
            return ABSTAIN
        at, first = np.array([place], dtype=np.intp), np.zeros(1, dtype=np.intp)
        keys = draws.keys(world.seeds, world.turn)
        reader = Sparse(world, keys, at, first, np.array([float(promise.amount)]))
        points = float(np.broadcast_to(reader.evaluate(term.leans), (1,))[0])
        return YES if points > 0 else NO if points < 0 else ABSTAIN


_ROUNDING = 1e-9
