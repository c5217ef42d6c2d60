"""Promises, one after the other: what is delivered, what it does, what is noticed, and which of them go on.

Written from the contract of agreements: an obligation that is due is kept while its giver means it, gives no order
against it, what it says is so, and its means last; whatever falls short of the whole is a breach in that degree, found
out by draw, as a whole one may be reported broken by mistake; what is reported broken ends the deal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tests.oracle import draws
from tests.oracle.board import PER_UNIT, roles_used, target_roles, ticks
from tests.oracle.phase import Phase
from tests.oracle.state import Desk, GivenOrder, Promise, State, settings_of
from wargame.model.agreements import TAKER, Term

ALL = (1 << 64) - 1
Withheld = Mapping[tuple[int, str], int]
"""(deal, who promises what to whom) → how much of it the giver delivers."""


def candidates(state: State) -> Iterable[tuple[str, str, Mapping[str, str]]]:
    """Yield everything that any seat may ever promise another: giver, term, targets."""
    seat = {actor: s.id for s in state.scenario.seats for actor in s.actors}
    for term in state.scenario.ruleset.terms.values():
        for actor in seat:
            if not state.board.chosen(actor, term.move.by):
                continue
            used = roles_used(term.move) | {TAKER}
            against = list(_orders_against(state, term, actor))
            for bound in state.board.bindings(term.move.target, {"actor": actor}, used):
                targets = {role: bound[role] for role in target_roles(term.move)}
                if seat.get(bound[TAKER], seat[actor]) == seat[actor] or not _may_pair(
                    state, term, actor, bound[TAKER]
                ):
                    continue
                empty = term.forbids and not term.move.cost
                if not empty or any(term.against == "anyone" or aimed & _spared(actor, targets) for aimed in against):
                    yield actor, term.id, targets


def _may_pair(state: State, term: Term, actor: str, taker: str) -> bool:
    """Tell whether one may promise it to the other: by kinds, by what they belong to, and by a tie between them."""
    board = state.board

    def whole(name: str, reference: str) -> str:
        return board.entities[name].references.get(reference, name)

    if not board.chosen(taker, term.taker):
        return False
    for between in term.between:
        tied = [t for t in board.ties.values() if t.type in between.tied and {t.source, t.target} == {actor, taker}]
        if (
            board.chosen(actor, between.by)
            and board.chosen(taker, between.taker)
            and (not between.one or whole(actor, between.one) == whole(taker, between.one))
            and (not between.apart or whole(actor, between.apart) != whole(taker, between.apart))
            and (not between.tied or tied)
        ):
            return True
    return not term.between


def _orders_against(state: State, term: Term, actor: str) -> Iterable[set[str]]:
    """Yield at what each order of the giver's seat is aimed that the term is about."""
    if not term.forbids:
        return
    seat = next(s for s in state.scenario.seats if actor in s.actors)
    for giver, name, targets in state.board.candidates():
        words = {name, *(f"#{tag}" for tag in state.scenario.ruleset.moves[name].tags)}
        if giver in seat.actors and name not in seat.moves_denied and words & set(term.forbids):
            yield _aimed_at(state, targets.values(), giver)


def _spared(actor: str, targets: Mapping[str, str]) -> set[str]:
    """Return what an order must not be aimed at: what else a promise names, or its taker."""
    named = {who for role, who in targets.items() if role != TAKER} - {actor, targets[TAKER]}
    return named or {targets[TAKER]}


def lean(phase: Phase, withheld: Withheld, voted: Sequence[str]) -> None:
    """Let the ballots lean that are promised, on what is voted now."""
    for promise in _due(phase.state):
        term = _term(phase.state, promise)
        mine = (promise.deal, promise.key) in withheld
        if term.leans is None or mine or promise.targets["p"] not in voted:
            continue
        desk = _desk(phase.state, promise, promise.amount)
        phase.changes[f"{promise.targets['b']}.inclination"] += phase.capped(
            (promise.targets["b"], "inclination"), desk.number(term.leans)
        )


def settle(state: State, orders: Sequence[GivenOrder], withheld: Withheld) -> list[str]:
    """Settle what is due; return what became of each promise, in the order of deals."""
    due = _due(state)
    if not state.promises:
        return []
    there = [state.all_active({**p.targets, "actor": p.actor}) for p in due]
    delivered = [_meant(state, p, orders, withheld) if t else 0 for p, t in zip(due, there, strict=True)]
    delivered = _as_means_last(state, due, delivered)
    phase = Phase(state)
    told = [_bring(phase, p, d, t) for p, d, t in zip(due, delivered, there, strict=True)]
    phase.apply()
    ended = {p.deal for p, reported in zip(due, told, strict=True) if reported}
    left = [p for p in state.promises if p.since > state.turn]
    for promise, amount, is_there in zip(due, delivered, there, strict=True):
        if is_there and promise.deal not in ended and promise.until > state.turn:
            whole = amount >= promise.amount
            left.append(replace(promise, kept=promise.kept + whole, missed=promise.missed + (not whole)))
    state.promises = left
    return [_fate(*case) for case in zip(due, delivered, there, told, strict=True)]


def _due(state: State) -> list[Promise]:
    found = [p for p in state.promises if p.since <= state.turn <= p.until]
    return sorted(found, key=lambda p: (p.deal, p.number))


def _term(state: State, promise: Promise) -> Term:
    return state.scenario.ruleset.terms[promise.term]


def _desk(state: State, promise: Promise, amount: int) -> Desk:
    term = _term(state, promise)
    roles = [role for role in target_roles(term.move) if role in promise.targets]
    scope = draws.scope(f"{promise.actor}|{term.id}", [(role, promise.targets[role]) for role in roles])
    settings = settings_of(state, term.id, term.parameters, term.scale)
    return Desk(state, {**promise.targets, "actor": promise.actor}, settings, scope, amount)


# ── what is delivered ────────────────────────────────────────────────────────────────────────────────────────


def _meant(state: State, promise: Promise, orders: Sequence[GivenOrder], withheld: Withheld) -> int:
    """Return how much of it would be delivered if means lasted."""
    term = _term(state, promise)
    if any(_breaks(state, promise, term, order) for order in orders):
        return 0
    if term.kept is not None and not _desk(state, promise, promise.amount).holds(term.kept):
        return 0
    return min(promise.amount, max(0, withheld.get((promise.deal, promise.key), promise.amount)))


def _breaks(state: State, promise: Promise, term: Term, order: GivenOrder) -> bool:
    """Tell whether an order is one that was promised not to be given."""
    actor, name, targets, _ = order
    seat = next(s for s in state.scenario.seats if promise.actor in s.actors)
    words = {name, *(f"#{tag}" for tag in state.scenario.ruleset.moves[name].tags)}
    if actor not in seat.actors or not words & set(term.forbids):
        return False
    if term.against == "anyone":
        return True
    return bool(_aimed_at(state, targets.values(), actor) & _spared(promise.actor, promise.targets))


def _aimed_at(state: State, targets: Iterable[str], actor: str) -> set[str]:
    found = set(targets)
    for name in list(found):
        if name in state.board.ties:
            found |= {state.board.ties[name].source, state.board.ties[name].target}
    for name in list(found):
        if name in state.board.entities:
            found |= set(state.board.entities[name].references.values())
    return found - {actor}


def _as_means_last(state: State, due: Sequence[Promise], delivered: list[int]) -> list[int]:
    """Pay the promises of each giver in the order of deals; what cannot be paid whole is paid in part, or not."""
    left: dict[str, int] = {}
    found = []
    for promise, amount in zip(due, delivered, strict=True):
        prices = _prices(state, promise, amount)
        for row in prices:
            left.setdefault(row, state.values[row])
        share = min((min((left[r] / PER_UNIT) / (p / PER_UNIT), 1.0) for r, p in prices.items() if p > 0), default=1.0)
        if share < 1.0:
            amount = int(amount * share)
            prices = _prices(state, promise, amount)
            if any(price > left[row] for row, price in prices.items()):
                amount, prices = 0, {}
        for row, price in prices.items():
            left[row] -= price
        found.append(amount)
    return found


def _prices(state: State, promise: Promise, amount: int) -> dict[str, int]:
    """Return what some of a promise costs, by row."""
    if not amount:
        return {}
    desk = _desk(state, promise, amount)
    cost = _term(state, promise).move.cost
    return {f"{promise.actor}.{name}": ticks(max(0.0, desk.number(formula))) for name, formula in cost.items()}


# ── what it does, and what is noticed ────────────────────────────────────────────────────────────────────────


def _bring(phase: Phase, promise: Promise, delivered: int, there: bool) -> bool:
    """Collect what a promise does, and its breach if it is reported; say whether it is."""
    state, term = phase.state, _term(phase.state, promise)
    desk = _desk(state, promise, delivered)
    scale = desk.settings["scale"]
    if delivered > 0:
        for resource, cost in term.move.cost.items():
            phase.pay(promise.actor, resource, desk.number(cost))
        phase.bring(term.move.always, desk, [scale])
    if not there or not _reported(state, promise, delivered >= promise.amount):
        return False
    assert term.move.covert is not None
    missing = 1.0 if delivered >= promise.amount else 1.0 - delivered / max(promise.amount, 1)
    phase.bring(term.move.covert.exposed, desk, [scale * missing])
    return True


def _reported(state: State, promise: Promise, whole: bool) -> bool:
    """Draw whether a breach is found out, or a promise that was kept is reported broken."""
    term = _term(state, promise)
    assert term.move.covert is not None
    formula = term.false_alarm if whole else term.move.covert.exposure
    if formula is None:
        return False
    desk = _desk(state, promise, promise.amount)
    purpose = "alarm" if whole else "exposure"
    salt = draws.fmix64(promise.deal * draws.GOLDEN & ALL)
    word = draws.const(f"{desk.scope}|{purpose}") ^ draws.key(state.seed, state.turn) ^ salt
    return float(draws.fmix64(word) >> 11) * 2.0**-53 < desk.odds(formula)


def _fate(promise: Promise, delivered: int, there: bool, told: bool) -> str:
    if not there:
        return "lapsed"
    if delivered >= promise.amount:
        return "suspected" if told else "kept"
    return "found" if told else "hidden"


@dataclass(frozen=True)
class Struck:
    """What negotiation hands to a turn: promises, and what their givers mean to withhold."""

    promises: tuple[Promise, ...] = ()
    withheld: Withheld | None = None
