"""The binding of moves to every actor that has a seat and may give them, and to every target they may have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.engine import draws
from wargame.engine.activity import Activity
from wargame.engine.moves import BoundMove, Catalogue, Check, Factor, MoveEffect, MoveEffects, MoveTransfer, Pair
from wargame.engine.readers import Binder, BoundFormula, RowOf
from wargame.engine.rules import transfer_rows
from wargame.engine.sight import SightRows
from wargame.formula.walk import leaves, roles, roles_used
from wargame.model.bindings import Bound, enumerate_bindings, row_of
from wargame.model.expression import Formula, Subject
from wargame.model.layout import Layout
from wargame.model.orders import Candidate
from wargame.model.rules import Effects, Modifier, Move, Requirement, Transfer
from wargame.model.scenario import Scenario, Seat


def _convenes(moves: Sequence[BoundMove]) -> NDArray[np.bool_] | None:
    found = np.repeat([m.move.stage == "convene" for m in moves], [m.count for m in moves]).astype(bool)
    return found if found.any() else None


@dataclass
class MoveBinder:
    """Binds the moves of a scenario, one after the other."""

    scenario: Scenario
    binder: Binder
    activity: Activity
    sights: SightRows
    modifiers: tuple[Modifier, ...]
    """Those that are on under the lens."""

    def catalogue(self) -> Catalogue:
        """Bind every move to every actor that has a seat and may give it."""
        pairs: list[Pair] = []
        candidates: list[Candidate] = []
        moves: list[BoundMove] = []
        for move in self.moves():
            found = self._pairs(move, len(pairs), len(candidates))
            if not found:
                continue
            moves.append(self._bind(move, found, len(candidates)))
            for pair, bounds in found:
                pairs.append(pair)
                for bound in bounds:
                    targets = {role: bound[role] for role in move.target.roles if role != "actor"}
                    candidates.append(Candidate(len(candidates), pair.id, pair.actor, move.id, targets))
        number = {m.move.id: i for i, m in enumerate(moves)}
        return Catalogue(
            tuple(pairs),
            tuple(candidates),
            tuple(moves),
            np.array([number[c.move] for c in candidates], dtype=np.int32),
            np.array([c.pair for c in candidates], dtype=np.int32),
            tuple(self._pairs_of(seat, pairs) for seat in range(len(self.scenario.seats))),
            tuple(dict.fromkeys(r for m in moves for r in m.cost)),
            _convenes(moves),
        )

    def moves(self) -> Iterable[Move]:
        """Return the moves to bind."""
        return self.scenario.ruleset.moves.values()

    def bindings(self, move: Move, used: frozenset[str], actor: str) -> list[Bound]:
        """Return the targets that an actor may ever have for a move."""
        return list(enumerate_bindings(move.target, self.binder.cast, used, {"actor": actor}))

    def _pairs_of(self, seat: int, pairs: Sequence[Pair]) -> NDArray[np.intp]:
        return np.array([p.id for p in pairs if p.seat == seat], dtype=np.intp)

    def _pairs(self, move: Move, first_pair: int, first: int) -> list[tuple[Pair, list[Bound]]]:
        used = self._roles_used(move)
        found: list[tuple[Pair, list[Bound]]] = []
        for actor in self.binder.cast.actors(move.by):
            seat = self._seat_of(actor, move)
            if seat is None:
                continue
            bounds = self.bindings(move, used, actor)
            if bounds:
                pair = Pair(first_pair + len(found), seat, actor, move.id, first, len(bounds))
                found.append((pair, bounds))
                first += len(bounds)
        return found

    def _seat_of(self, actor: str, move: Move) -> int | None:
        for i, seat in enumerate(self.scenario.seats):
            if actor in seat.actors:
                return None if move.id in seat.moves_denied else i
        return None

    def _roles_used(self, move: Move) -> frozenset[str]:
        formulas = [r.check for r in (*move.requires, *move.where)]
        formulas += [*move.cost.values(), *([move.chance] if move.chance else [])]
        parts = [move.always, move.success, move.failure, *(p.each for p in move.programmes)]
        if move.covert is not None:
            formulas.append(move.covert.exposure)
            parts.append(move.covert.exposed)
        used = frozenset(r for f in formulas for r in roles(f.node))
        return used.union(*(roles_used(part, []) for part in parts))

    def _bind(self, move: Move, found: list[tuple[Pair, list[Bound]]], first: int) -> BoundMove:
        pairs = tuple(pair for pair, _ in found)
        actors: list[Bound] = [{"actor": pair.actor} for pair in pairs]
        bounds = tuple(bound for _, more in found for bound in more)
        pair_of = np.array([i for i, (_, more) in enumerate(found) for _ in more], dtype=np.intp)
        seats = [self.scenario.seats[pair.seat] for pair in pairs]
        by_pair = _Bind(self, move, actors, self._seen(seats), self._texts(move, actors))
        by_candidate = _Bind(self, move, bounds, self._seen([seats[p] for p in pair_of]), self._texts(move, bounds))
        factors = [m for m in self.modifiers if _fits(m, move)]
        words = by_candidate.words
        scale = self.binder.parameters.get((move.id, "scale"), 1.0)
        plain = scale == 1.0 and all(m.effect is None for m in factors)
        dear = any(m.cost is not None for m in factors)
        return BoundMove(
            move,
            pairs,
            first,
            bounds,
            tuple(by_candidate.texts),
            pair_of,
            self.activity.rows(actors),
            self.activity.rows(bounds),
            tuple(by_pair.check(r, by_candidate) for r in move.requires),
            tuple(by_candidate.check(r, by_candidate) for r in move.where),
            {name: (by_pair.true(f), by_candidate.true(f)) for name, f in move.cost.items()},
            frozenset(name for name, formula in move.cost.items() if not (dear or leaves(formula.node))),
            {name: self._resource(name, bounds) for name in move.cost},
            by_candidate.true(move.chance) if move.chance else None,
            by_candidate.seen(move.chance) if move.chance else None,
            by_candidate.effects(move.always, fixed=plain),
            by_candidate.effects(move.success, fixed=plain),
            by_candidate.effects(move.failure, fixed=plain),
            by_candidate.effects(move.covert.exposed) if move.covert else MoveEffects((), ()),
            by_candidate.true(move.covert.exposure) if move.covert else None,
            tuple(by_candidate.programme(i) for i in range(len(move.programmes))),
            by_candidate.factors([(m, m.cost) for m in factors]),
            by_pair.factors([(m, m.cost) for m in factors]),
            by_candidate.factors([(m, m.odds) for m in factors]),
            by_candidate.factors([(m, m.odds) for m in factors], seen=True),
            by_candidate.factors([(m, m.effect) for m in factors]),
            scale,
            words("success"),
            words("exposure"),
        )

    def _seen(self, seats: Sequence[Seat]) -> RowOf:
        return lambda position, true: self.sights.row(seats[position], true)

    def _texts(self, move: Move, bounds: Sequence[Bound]) -> list[str]:
        roles_of = [role for role in move.target.roles if role != "actor"]
        return [
            f"{b['actor']}|{move.id}|{','.join(f'{role}={b[role]}' for role in roles_of if role in b)}" for b in bounds
        ]

    def _resource(self, name: str, bounds: Sequence[Bound]) -> NDArray[np.intp]:
        return np.array([self.binder.layout.row(b["actor"], name) for b in bounds], dtype=np.intp)


def _fits(modifier: Modifier, move: Move) -> bool:
    own = {move.id, *(f"#{tag}" for tag in move.tags)}
    return any(name in own for name in modifier.moves)


@dataclass(frozen=True)
class _Bind:
    """Binds the formulas of one move to its pairs or to its candidates."""

    owner: MoveBinder
    move: Move
    bounds: Sequence[Bound]
    row: RowOf
    texts: Sequence[str]

    @property
    def layout(self) -> Layout:
        return self.owner.binder.layout

    def true(self, formula: Formula, rule: str = "", purpose: str = "") -> BoundFormula:
        return self.owner.binder.bind(formula, rule or self.move.id, self.bounds, self.texts, purpose=purpose)

    def seen(self, formula: Formula, rule: str = "") -> BoundFormula:
        return self.owner.binder.bind(formula, rule or self.move.id, self.bounds, self.texts, self.row)

    def check(self, requirement: Requirement, truth: _Bind) -> Check:
        true, seen = truth.true(requirement.check), self.seen(requirement.check)
        return Check(requirement, true, seen, true.rows == seen.rows and not true.draws)

    def words(self, purpose: str) -> NDArray[np.uint64]:
        return draws.words(f"{text}|{purpose}" for text in self.texts)

    def programme(self, number: int) -> MoveEffects:
        return self.effects(self.move.programmes[number].each, f"programme{number}:")

    def effects(self, effects: Effects, purpose: str = "", fixed: bool = False) -> MoveEffects:
        add = tuple(
            MoveEffect(
                self.true(e.amount, purpose=purpose),
                self._rows_of(e.path.subject, e.path.attribute),
                fixed and not leaves(e.amount.node),
            )
            for e in effects.add
        )
        return MoveEffects(add, tuple(self._transfer(t, purpose) for t in effects.transfer))

    def _rows_of(self, subject: Subject, attribute: str) -> NDArray[np.intp]:
        cast, layout = self.owner.binder.cast, self.layout
        found = [row_of(subject, attribute, b, cast, layout) for b in self.bounds]
        return np.array([-1 if r is None or r >= layout.sections.mutable else r for r in found], dtype=np.intp)

    def _transfer(self, transfer: Transfer, purpose: str) -> MoveTransfer:
        ends = [transfer_rows(transfer, b, self.owner.binder) or (-1, -1) for b in self.bounds]
        pairs = np.array(ends, dtype=np.intp).reshape(-1, 2)
        return MoveTransfer(self.true(transfer.amount, purpose=purpose), pairs[:, 0].copy(), pairs[:, 1].copy())

    def _meant(self, modifier: Modifier) -> NDArray[np.bool_] | None:
        cast = self.owner.binder.cast
        meant = np.array([not modifier.by or cast.fits(b["actor"], modifier.by) for b in self.bounds], dtype=bool)
        return None if meant.all() else meant

    def factors(self, wanted: Sequence[tuple[Modifier, Formula | None]], seen: bool = False) -> tuple[Factor, ...]:
        bind = self.seen if seen else self.true
        return tuple(
            Factor(m.id, bind(m.when, m.id) if m.when else None, bind(formula, m.id), self._meant(m))
            for m, formula in wanted
            if formula is not None
        )
