"""What becomes of promises: kept while means last, broken by choice, by an order or for want of means, and found out.

A step of its own at the end of adjudication, once orders have taken effect. Within it every formula reads the world
as it stood when the step began; only the means of a giver are spent in the order of its deals, oldest first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wargame.engine import draws
from wargame.engine.activity import Truths, all_active_each
from wargame.engine.adjudicate import Adjudication, by_move
from wargame.engine.agreements import BoundTerm
from wargame.engine.changes import Changes
from wargame.engine.dues import prices
from wargame.engine.grounds import Grounds, Places
from wargame.engine.readers import BoundFormula, Sparse, Values
from wargame.model.agreements import Compliance, Settled
from wargame.model.ledger import CauseKind, Ledger
from wargame.model.orders import Orders
from wargame.model.promises import Bargains, Obligations, Withheld
from wargame.model.ticks import Floats, round_in_place
from wargame.model.world import World

if TYPE_CHECKING:
    from wargame.engine.adjudicate import _Order
    from wargame.engine.chamber import Agenda
    from wargame.engine.engine import Engine

_GOLDEN = np.array(0x9E3779B97F4A7C15, dtype=np.uint64)


def add_struck(world: World, bargains: Bargains | None) -> None:
    """Put the deals of this turn's negotiation in force."""
    if bargains is not None and len(bargains.struck):
        world.obligations = Obligations.joined(world.obligations, bargains.struck)


def settle(engine: Engine, world: World, orders: Orders, changes: Changes, ledger: Ledger | None, phase: str) -> None:
    """Settle every obligation that is due; nothing happens where nothing is promised."""
    promised = world.obligations
    if not len(promised):
        return
    due = np.flatnonzero((promised.since <= world.turn) & (world.turn <= promised.until))
    order = np.lexsort((promised.candidate[due], promised.deal[due], promised.session[due]))
    mine = promised.take(due[order])
    changes.begin(phase, ledger)
    step = Settlement.begun(engine, world, mine, changes, ledger)
    step.run(orders)
    changes.apply(world)
    engine.refresh(world)
    later = promised.take(np.flatnonzero(promised.since > world.turn))
    world.obligations = Obligations.joined(step.still_in_force(), later)


def lean(engine: Engine, world: World, orders: Orders, changes: Changes, agenda: Agenda, *, record: bool) -> None:
    """Let the ballots lean that are promised on what is voted, unless their giver means to break the promise."""
    promised, agreements = world.obligations, engine.agreements
    if not len(promised) or not any(term.ballots is not None for term in agreements.terms):
        return
    due = promised.take(np.flatnonzero((promised.since <= world.turn) & (world.turn <= promised.until)))
    if orders.bargains is not None:
        due = unbroken(due, orders.bargains.withheld)
    keys = draws.keys(world.seeds, world.turn)
    for move, part in by_move(due.candidate, agreements.catalogue):
        term = agreements.term_of(int(due.candidate[part[0]]))
        if term.leans is None or term.ballots is None:
            continue
        places, session = (due.candidate[part] - move.first).astype(np.intp), due.session[part].astype(np.intp)
        reader = Sparse(world, keys, places, session, due.amount[part].astype(np.float64), record)
        points = np.empty(len(part))
        points[...] = reader.evaluate(term.leans)
        at = np.array([agenda.place[bound["p"]] for bound in move.bounds], dtype=np.intp)
        points *= agenda.proposals[at[places], session]
        grounds = Grounds(
            CauseKind.TERM, term.term.id, move.bounds, move.names, places, term.leans, reader.seen, (),
            due.candidate[part], due.since[part],
        )  # fmt: skip
        changes.add_each(term.ballots[places], session, points, grounds)


def barred(engine: Engine, world: World, promised: Obligations) -> Truths | None:
    """Return ``[order candidate, session]``: which orders would break a promise; None: none."""
    row = engine.agreements.forbidding[promised.candidate]
    if not (row >= 0).any():
        return None
    found = np.zeros((len(engine.candidates), world.sessions), dtype=bool)
    for one in np.unique(row[row >= 0]):
        orders = np.flatnonzero(engine.agreements.forbidden[one])
        found[np.ix_(orders, promised.session[row == one])] = True
    return found


def unbroken(promised: Obligations, withheld: Withheld) -> Obligations:
    """Return the obligations that their givers mean to keep."""
    if not len(withheld):
        return promised
    width = int(max(promised.candidate.max(initial=0), withheld.candidate.max(initial=0))) + 1
    broken = np.isin(promised.session * width + promised.candidate, withheld.session * width + withheld.candidate)
    return promised.take(np.flatnonzero(~broken))


@dataclass(frozen=True, slots=True)
class _Claims:
    """What obligations claim of accounts: which obligation, the place of the account, and how much."""

    who: Places
    at: Places
    price: Floats


@dataclass(slots=True)
class Settlement(Adjudication):
    """The settling of the obligations that are due in one turn; columns are by obligation."""

    promised: Obligations = field(default_factory=Obligations.none)
    delivered: NDArray[np.int16] = field(default_factory=lambda: np.empty(0, dtype=np.int16))
    there: Truths = field(default_factory=lambda: np.empty(0, dtype=bool))
    """Both sides, and what it is about, are active."""
    told: Truths = field(default_factory=lambda: np.empty(0, dtype=bool))
    """Reported broken, rightly or not."""
    missing: Values = 1.0
    """Share of what was promised that the breach in hand left out."""
    engine: Engine | None = None
    ledger: Ledger | None = None
    drawn: dict[int, tuple[float, float]] = field(default_factory=dict)
    """Obligation → odds and draw, where a ledger is kept."""

    @classmethod
    def begun(
        cls, engine: Engine, world: World, promised: Obligations, changes: Changes, ledger: Ledger | None
    ) -> Settlement:
        """Return a settlement in which everything is still to be delivered."""
        count, keys = len(promised), draws.keys(world.seeds, world.turn)
        catalogue = engine.agreements.catalogue
        return cls(
            catalogue, engine.fixed, world, changes, keys, False, ledger is not None, [], [], promised=promised,
            delivered=promised.amount.copy(), there=np.ones(count, dtype=bool), told=np.zeros(count, dtype=bool),
            engine=engine, ledger=ledger,
        )  # fmt: skip

    def run(self, orders: Orders) -> None:
        """Find out what is delivered, let it take effect, and see what is noticed."""
        assert self.engine is not None
        parts = list(by_move(self.promised.candidate, self.catalogue))
        for move, part in parts:
            active = all_active_each(self.world, move.active, *self._where(move.first, part))
            if active is not None:
                self.there[part] = active
        self.delivered *= self.there
        if orders.bargains is not None:
            self._withhold(orders.bargains.withheld)
        self._look_at_orders(orders)
        for move, part in parts:
            self._look_at_world(self.engine.agreements.terms[self._number(move.first)], part)
        self._ration()
        for move, part in parts:
            self._settle(self.engine.agreements.terms[self._number(move.first)], part)
        if self.ledger is not None:
            self.ledger.settled.extend(self._outcome(i) for i in range(len(self.promised)))

    def _number(self, first: int) -> int:
        return int(self.catalogue.move_of[first])

    def _where(self, first: int, part: Places) -> tuple[Places, Places]:
        return (self.promised.candidate[part] - first).astype(np.intp), self.promised.session[part].astype(np.intp)

    # ── what is delivered ───────────────────────────────────────────────────────────────────────────────────

    def _withhold(self, withheld: Withheld) -> None:
        """Deliver less where a giver says so; one promise runs once in a session, so it has a number there."""
        if not len(withheld):
            return
        width = len(self.catalogue.candidates)
        order = np.argsort(withheld.session * width + withheld.candidate, kind="stable")
        named = (withheld.session * width + withheld.candidate)[order]
        own = self.promised.session * width + self.promised.candidate
        at = order[np.minimum(np.searchsorted(named, own), len(named) - 1)]
        same = (withheld.session[at] * width + withheld.candidate[at] == own) & (
            withheld.deal[at] == self.promised.deal
        )
        less = np.minimum(self.delivered, np.maximum(withheld.delivered[at], 0))
        self.delivered = np.where(same, less, self.delivered).astype(np.int16)

    def _look_at_orders(self, orders: Orders) -> None:
        """A promise not to order something is broken by ordering it."""
        assert self.engine is not None
        agreements = self.engine.agreements
        row = agreements.forbidding[self.promised.candidate]
        bound = np.flatnonzero(row >= 0)
        if not len(bound) or not len(orders.candidates):
            return
        given = orders.candidates[:, self.promised.session[bound]]
        broke = (agreements.forbidden[row[bound], np.maximum(given, 0)] & (given >= 0)).any(axis=0)
        self.delivered[bound[broke]] = 0

    def _look_at_world(self, term: BoundTerm, part: Places) -> None:
        """A promise that something shall be so is broken where it is not so."""
        if term.kept is not None:
            holds = np.broadcast_to(self._reader(term, part).evaluate(term.kept), part.shape)
            self.delivered[part] *= holds

    def _reader(self, term: BoundTerm, part: Places) -> Sparse:
        places, session = self._where(term.move.first, part)
        return Sparse(self.world, self.keys, places, session, self.promised.amount[part].astype(np.float64))

    def _ration(self) -> None:
        """Pay in the order of deals while means last; what cannot be paid whole is paid in part, or not at all."""
        assert self.engine is not None
        amounts = self.delivered.astype(np.float64)
        entries = [e for _, e in prices(self.engine, self.world, self.promised, amounts)]
        if not entries:
            return
        who, row, price = (np.concatenate([getattr(e, name) for e in entries]) for name in ("who", "row", "price"))
        cell = row * self.world.sessions + self.promised.session[who]
        accounts, at = np.unique(cell, return_inverse=True)
        left = self.world.values.reshape(-1)[accounts]
        short = np.bincount(at, weights=price, minlength=len(accounts)) > left
        if short.any():
            self._pay_in_order(_Claims(who, at, price), accounts, left, who[short[at]])

    def _pay_in_order(self, claims: _Claims, accounts: Places, left: Floats, pressed: Places) -> None:
        """Pay the obligations of givers that cannot pay them all, the oldest first in every session at once."""
        chosen = np.zeros(len(self.promised), dtype=bool)
        chosen[pressed] = True
        place = np.flatnonzero(chosen)
        session = self.promised.session[place]
        rank = np.arange(len(place)) - np.searchsorted(session, session)
        for step in range(int(rank.max()) + 1):
            mine = np.zeros(len(self.promised), dtype=bool)
            mine[place[rank == step]] = True
            self._pay_some(claims, accounts, left, mine)

    def _pay_some(self, claims: _Claims, accounts: Places, left: Floats, mine: Truths) -> None:
        own = np.flatnonzero(mine[claims.who])
        who, at, price = claims.who[own], claims.at[own], claims.price[own]
        covered = np.minimum(left[at] / np.where(price > 0.0, price, 1.0), 1.0)
        share = np.ones(len(self.promised))
        np.minimum.at(share, who, np.where(price > 0.0, covered, 1.0))
        short = mine & (share < 1.0)
        if short.any():
            self._pay_in_part(accounts, left, short, share)
        whole = ~short[who]
        np.subtract.at(left, at[whole], price[whole])

    def _pay_in_part(self, accounts: Places, left: Floats, short: Truths, share: Floats) -> None:
        assert self.engine is not None
        self.delivered[short] = (self.delivered[short] * share[short]).astype(np.int16)
        amounts = self.delivered.astype(np.float64)
        entries = [e for _, e in prices(self.engine, self.world, self.promised, amounts, short)]
        who, row, price = (np.concatenate([getattr(e, name) for e in entries]) for name in ("who", "row", "price"))
        at = np.searchsorted(accounts, row * self.world.sessions + self.promised.session[who])
        self.delivered[who[price > left[at]]] = 0
        price *= self.delivered[who] > 0
        np.subtract.at(left, at, price)

    # ── what it does, and what is noticed ───────────────────────────────────────────────────────────────────

    def _settle(self, term: BoundTerm, part: Places) -> None:
        move = term.move
        order = self._part(move, self.promised.candidate[part], self.delivered[part], self._where(move.first, part)[1],
                           self.promised.since[part])  # fmt: skip
        kept = self.delivered[part] > 0
        self.missing = 1.0
        self._charge(order, kept)
        self._apply(order, move.always, kept, CauseKind.TERM)
        whole = self.delivered[part] >= self.promised.amount[part]
        told = self._notice(term, part, whole)
        self.told[part] = told & self.there[part]
        self.missing = np.where(whole, 1.0, 1.0 - self.delivered[part] / np.maximum(self.promised.amount[part], 1))
        self._apply(order, move.exposed, self.told[part], CauseKind.BREACH)
        self.missing = 1.0

    def _charge(self, order: _Order, kept: Truths) -> None:
        for resource, (_, formula) in order.move.cost.items():
            price, grounds = order.scaled(formula, 1.0, (), CauseKind.PLEDGE)
            np.maximum(price, 0.0, out=price)
            price *= -1.0 * kept
            rows = order.move.resource_rows[resource][order.reader.places]
            self.changes.add_each(rows, order.reader.session, price, grounds)

    def _scale(self, order: _Order) -> Values:
        own = Adjudication._scale(self, order)
        return own if isinstance(self.missing, float) else own * self.missing

    def _notice(self, term: BoundTerm, part: Places, whole: Truths) -> Truths:
        """Return which obligations are reported broken."""
        reader = self._reader(term, part)
        assert term.move.exposure is not None
        found = self._drawn(term.move.exposure, term.move.exposure_words, reader, part, ~whole)
        if term.alarm is not None:
            found |= self._drawn(term.alarm, term.alarm_words, reader, part, whole)
        return found

    def _drawn(self, odds: BoundFormula, words: draws.Hashes, reader: Sparse, part: Places, where: Truths) -> Truths:
        likely = np.empty(len(part))
        likely[...] = reader.evaluate(odds)
        np.minimum(np.maximum(likely, 0.0, out=likely), 1.0, out=likely)
        salt = draws.mix(self.promised.deal[part].astype(np.uint64) * _GOLDEN)
        luck = draws.uniform(draws.mix(words[reader.places] ^ self.keys[reader.session] ^ salt))
        round_in_place(likely)
        if self.ledger is not None:
            for n in np.flatnonzero(where).tolist():
                self.drawn[int(part[n])] = float(likely[n]), float(luck[n])
        found: Truths = (luck < likely) & where
        return found

    # ── afterwards ──────────────────────────────────────────────────────────────────────────────────────────

    def still_in_force(self) -> Obligations:
        """Return the obligations that go on: those whose deal was not reported broken, with their count."""
        promised, whole = self.promised, self.delivered >= self.promised.amount
        deal = promised.session << np.int64(32) | promised.deal
        ended = np.isin(deal, deal[self.told])
        promised.kept = (promised.kept + whole).astype(np.int16)
        promised.missed = (promised.missed + ~whole).astype(np.int16)
        return promised.take(np.flatnonzero(~ended & self.there & (promised.until > self.world.turn)))

    def _outcome(self, i: int) -> Settled:
        amount, delivered = int(self.promised.amount[i]), int(self.delivered[i])
        whole = delivered >= amount
        if not self.there[i]:
            what = Compliance.LAPSED
        elif self.told[i]:
            what = Compliance.SUSPECTED if whole else Compliance.FOUND
        else:
            what = Compliance.KEPT if whole else Compliance.HIDDEN
        odds, draw = self.drawn.get(i, (None, None)) if self.there[i] else (None, None)
        return Settled(int(self.promised.candidate[i]), int(self.promised.deal[i]), amount, delivered, what, odds, draw)
