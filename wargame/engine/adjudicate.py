"""What becomes of orders: costs, odds, success or failure, exposure, and the programmes that they start.

All orders of all sessions are taken move by move; within the phase every formula reads the world as it stood when the
phase began, so the order of submission cannot matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wargame.engine import draws
from wargame.engine.activity import Truths, all_active_each
from wargame.engine.changes import Changes
from wargame.engine.fixed import CAME_OFF, FIZZLED, Fixed, may_be_fixed
from wargame.engine.grounds import Grounds
from wargame.engine.moves import BoundMove, Catalogue, Factor, MoveEffects
from wargame.engine.readers import BoundFormula, Sparse, Values, spread
from wargame.engine.rules import is_one
from wargame.model.ledger import CauseKind
from wargame.model.orders import Fate, Orders, Outcome
from wargame.model.ticks import Floats, round_in_place
from wargame.model.world import Programmes, World


@dataclass(frozen=True, slots=True)
class Filed:
    """Orders as columns, slot by slot: candidate, amount, session, and the slot in which each was filed."""

    candidate: NDArray[np.int32]
    amount: NDArray[np.int16]
    session: NDArray[np.intp]
    slot: NDArray[np.intp]

    @classmethod
    def of(cls, orders: Orders, meant: NDArray[np.bool_] | None = None) -> Filed:
        """Return the filled slots of a batch of orders, or those of the candidates that are meant."""
        flat = orders.candidates.reshape(-1)
        filled = np.flatnonzero(flat >= 0)
        if meant is not None:
            filled = filled[meant[flat[filled]]]
        slot, session = np.divmod(filled, orders.candidates.shape[1])
        return cls(flat[filled], orders.amounts.reshape(-1)[filled], session, slot)

    def by_move(self, catalogue: Catalogue) -> Iterator[tuple[BoundMove, NDArray[np.intp]]]:
        """Yield each move that was ordered, with the positions of its orders."""
        yield from by_move(self.candidate, catalogue)


def by_move(candidate: NDArray[np.int32], catalogue: Catalogue) -> Iterator[tuple[BoundMove, NDArray[np.intp]]]:
    """Yield each move (or term) among some candidates, with their positions."""
    if not len(candidate):
        return
    short = candidate.astype(np.uint16) if len(catalogue.candidates) <= 1 << 16 else candidate
    order = np.argsort(short, kind="stable")  # sixteen bits are sorted many times as fast
    moves = catalogue.move_of[candidate[order]]
    starts = np.flatnonzero(np.diff(moves, prepend=-1))
    for start, stop in zip(starts, [*starts[1:], len(moves)], strict=True):
        yield catalogue.moves[moves[start]], order[start:stop]


@dataclass(slots=True)
class Adjudication:
    """One adjudicate phase in the making."""

    catalogue: Catalogue
    fixed: Fixed
    world: World
    changes: Changes
    keys: draws.Hashes
    checked: bool
    record: bool
    outcomes: list[tuple[int, Outcome]]
    """(slot, outcome) in a live session."""
    started: list[Programmes]
    tabled: bool = False
    """What is fixed of the orders is added from tables, for all of them at once."""
    fates: NDArray[np.int8] = field(default_factory=lambda: np.empty(0, dtype=np.int8))

    def resolve(self, filed: Filed, *, programmes: bool = True) -> list[tuple[int, Outcome]]:
        """Resolve orders, and every programme that is due; return (slot, outcome) of a live session."""
        self.tabled = not self.record and may_be_fixed(self.world)
        self.fates = np.full(len(filed.candidate), CAME_OFF, dtype=np.int8)
        for move, part in filed.by_move(self.catalogue):
            self._resolve_move(move, filed, part)
        self.world.last_given[self.catalogue.pair_of[filed.candidate], filed.session] = self.world.turn
        if self.tabled:
            self.fixed.add(filed.candidate, filed.session, self.fates, self.changes)
        if programmes:
            self._run_programmes()
        if self.started:
            self.world.programmes = Programmes.joined(self.world.programmes, *self.started)
        return self.outcomes

    def _resolve_move(self, move: BoundMove, filed: Filed, part: NDArray[np.intp]) -> None:
        candidate, session = filed.candidate[part], filed.session[part]
        places = (candidate - move.first).astype(np.intp)
        amounts = filed.amount[part].astype(np.float64)
        reader = Sparse(self.world, self.keys, places, session, amounts, self.record)
        given = np.full(len(part), self.world.turn, dtype=np.int16)
        order = _Order(move, reader, candidate, filed.amount[part], given)
        possible = self._possible(move, reader)
        self._pay(order)
        odds, luck = self._odds(order)
        success = None if odds is None else luck < odds
        if success is not None:
            self.fates[part] = success
        if possible is not None:
            self.fates[part[~possible]] = FIZZLED
        self._take_effect(order, possible, success)
        exposed = self._expose(order, possible)
        self._start_programmes(order, possible, success)
        if self.record:
            self._note(order, filed.slot[part], possible, odds, luck, exposed)

    def _part(
        self,
        move: BoundMove,
        candidate: NDArray[np.int32],
        amount: NDArray[np.int16],
        session: NDArray[np.intp],
        filed: NDArray[np.int16],
    ) -> _Order:
        """Return what was filed of one move in earlier turns."""
        places = (candidate - move.first).astype(np.intp)
        reader = Sparse(self.world, self.keys, places, session, amount.astype(np.float64), self.record)
        return _Order(move, reader, candidate, amount, filed)

    def _possible(self, move: BoundMove, reader: Sparse) -> Truths | None:
        found = all_active_each(self.world, move.active, reader.places, reader.session)
        for check in (*move.requires, *move.where):
            if self.checked and check.exact:
                continue
            holds = spread(reader.evaluate(check.true), reader.places.shape)
            found = holds if found is None else found & holds
        return found

    def _pay(self, order: _Order) -> None:
        for resource, (_, formula) in order.move.cost.items():
            if self.tabled and resource in order.move.fixed_costs:
                continue
            price, grounds = order.scaled(formula, 1.0, order.move.cost_factors, CauseKind.COST)
            np.maximum(price, 0.0, out=price)
            np.negative(price, out=price)
            rows = order.move.resource_rows[resource][order.reader.places]
            self.changes.add_each(rows, order.reader.session, price, grounds)

    def _odds(self, order: _Order) -> tuple[Floats | None, Floats]:
        if order.move.chance is None:
            return None, np.empty(0)
        odds, _ = order.scaled(order.move.chance, 1.0, order.move.odds_factors)
        np.minimum(np.maximum(odds, 0.0, out=odds), 1.0, out=odds)
        words = order.move.success_words[order.reader.places]
        return round_in_place(odds), draws.uniform(draws.mix(words ^ self.keys[order.reader.session]))

    def _take_effect(self, order: _Order, possible: Truths | None, success: Truths | None) -> None:
        move = order.move
        self._apply(order, move.always, possible)
        self._apply(order, move.success, _both(possible, success))
        if success is not None:
            self._apply(order, move.failure, _both(possible, ~success))

    def _expose(self, order: _Order, possible: Truths | None) -> Truths | None:
        if order.move.exposure is None:
            return None
        odds, _ = order.scaled(order.move.exposure, 1.0, ())
        np.minimum(np.maximum(odds, 0.0, out=odds), 1.0, out=odds)
        words = order.move.exposure_words[order.reader.places]
        luck = draws.uniform(draws.mix(words ^ self.keys[order.reader.session]))
        exposed = _both(possible, luck < round_in_place(odds))
        self._apply(order, order.move.exposed, exposed)
        return exposed

    def _apply(
        self, order: _Order, effects: MoveEffects, mask: Truths | None, kind: CauseKind = CauseKind.MOVE
    ) -> None:
        if not effects or (mask is not None and not mask.any()):
            return
        scale = self._scale(order)
        for effect in effects.add:
            if self.tabled and effect.fixed:
                continue
            rows = effect.rows[order.reader.places]
            amounts, grounds = order.scaled(effect.amount, scale, order.move.effect_factors, kind)
            self._add(order, rows, amounts, mask, grounds)
        for transfer in effects.transfer:
            amounts, grounds = order.scaled(transfer.amount, scale, order.move.effect_factors, kind)
            source, target = transfer.source[order.reader.places], transfer.target[order.reader.places]
            there = source >= 0
            amounts *= there if mask is None else mask & there
            self.changes.transfer(source * there, target * there, order.reader.session, amounts, grounds)

    def _add(
        self, order: _Order, rows: NDArray[np.intp], amounts: Floats, mask: Truths | None, grounds: Grounds
    ) -> None:
        if rows.min() < 0:
            there = rows >= 0
            rows, mask = rows * there, there if mask is None else mask & there
        if mask is not None:
            amounts *= mask
        self.changes.add_each(rows, order.reader.session, amounts, grounds)

    def _scale(self, order: _Order) -> Values:
        varied = self.world.parameters.get((order.move.move.id, "scale"))
        return order.move.scale if varied is None else varied[order.reader.session]

    # ── programmes ──────────────────────────────────────────────────────────────────────────────────────────

    def _start_programmes(self, order: _Order, possible: Truths | None, success: Truths | None) -> None:
        for number, programme in enumerate(order.move.move.programmes):
            starts = possible
            if programme.on == "success":
                starts = _both(possible, success)
            elif programme.on == "failure":
                starts = np.zeros(len(order.candidate), dtype=bool) if success is None else _both(possible, ~success)
            chosen = np.arange(len(order.candidate)) if starts is None else np.flatnonzero(starts)
            if not len(chosen):
                continue
            self.started.append(
                Programmes(
                    order.candidate[chosen],
                    order.amount[chosen],
                    np.full(len(chosen), self.world.turn, dtype=np.int16),
                    np.full(len(chosen), number, dtype=np.int16),
                    order.reader.session[chosen].astype(np.int64),
                )
            )

    def _run_programmes(self) -> None:
        running = self.world.programmes
        if not len(running):
            return
        keep = np.ones(len(running), dtype=bool)
        for move, part in by_move(running.candidate, self.catalogue):
            for number in range(len(move.programmes)):
                self._run_programme(move, number, running, part, keep)
        self.world.programmes = running.take(np.flatnonzero(keep))

    def _run_programme(
        self, move: BoundMove, number: int, running: Programmes, part: NDArray[np.intp], keep: Truths
    ) -> None:
        programme = move.move.programmes[number]
        age = self.world.turn - running.filed[part]
        mine = running.which[part] == number
        keep[part] &= ~(mine & (age >= programme.after + programme.length - 1))
        due = np.flatnonzero(mine & (age >= programme.after) & (age < programme.after + programme.length))
        if not len(due):
            return
        due = part[due]
        places = (running.candidate[due] - move.first).astype(np.intp)
        reader = Sparse(
            self.world,
            self.keys,
            places,
            running.session[due].astype(np.intp),
            running.amount[due].astype(np.float64),
            self.record,
        )
        active = all_active_each(self.world, move.active, places, reader.session)
        if active is not None:
            keep[due] &= active
        order = _Order(move, reader, running.candidate[due], running.amount[due], running.filed[due])
        self._apply(order, move.programmes[number], active, CauseKind.PROGRAMME)

    # ── record ──────────────────────────────────────────────────────────────────────────────────────────────

    def _note(
        self,
        order: _Order,
        slots: NDArray[np.intp],
        possible: Truths | None,
        odds: Floats | None,
        luck: Floats,
        exposed: Truths | None,
    ) -> None:
        for i, candidate in enumerate(order.candidate):
            fate = Fate.DONE if odds is None else Fate.SUCCEEDED if luck[i] < odds[i] else Fate.FAILED
            if possible is not None and not possible[i]:
                fate = Fate.FIZZLED
            drawn = None if odds is None or fate is Fate.FIZZLED else float(luck[i])
            seen = bool(exposed[i]) if exposed is not None else order.move.move.covert is None
            outcome = Outcome(
                int(candidate), int(order.amount[i]), fate, None if odds is None else float(odds[i]), drawn, seen
            )
            self.outcomes.append((int(slots[i]), outcome))


@dataclass(frozen=True, slots=True)
class _Order:
    """The orders of one move, and how to scale their amounts."""

    move: BoundMove
    reader: Sparse
    candidate: NDArray[np.int32]
    amount: NDArray[np.int16]
    filed: NDArray[np.int16]
    """The turn in which each was filed."""
    sizes: dict[int, Values] = field(default_factory=dict)
    """The factors so far, by identity: every effect of a move is scaled by the same."""

    def scaled(
        self, formula: BoundFormula, scale: Values, factors: Sequence[Factor], kind: CauseKind = CauseKind.MOVE
    ) -> tuple[Floats, Grounds]:
        """Return formula × scale × factors for every order (a fresh array), and what stands behind it."""
        values = self.reader.evaluate(formula)
        seen = self.reader.seen
        used: list[tuple[str, Values]] = []
        if not is_one(scale):
            values = values * scale
            used.append(("scale", scale))
        for factor in factors:
            size = self._factor(factor)
            values = values * size
            used.append((factor.id, size))
        out = np.empty(len(self.candidate))
        out[...] = values
        whose = kind, self.move.move.id, self.move.bounds, self.move.names, self.reader.places
        return out, Grounds(*whose, formula, seen, used, self.candidate, self.filed)

    def _factor(self, factor: Factor) -> Values:
        if id(factor) not in self.sizes:
            self.sizes[id(factor)] = self._size(factor)
        return self.sizes[id(factor)]

    def _size(self, factor: Factor) -> Values:
        size = self.reader.evaluate(factor.factor)
        if factor.when is not None:
            size = np.where(self.reader.evaluate(factor.when), size, 1.0)
        return size if factor.meant is None else np.where(factor.meant[self.reader.places], size, 1.0)


def _both(first: Truths | None, second: Truths | None) -> Truths | None:
    if first is None or second is None:
        return second if first is None else first
    return first & second
