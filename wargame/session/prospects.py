"""What an order would do, as the seat that gives it can reckon: from the rules and its own estimates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import prod
from typing import Literal

from wargame.engine.rules import transfer_rows
from wargame.formula.walk import draws
from wargame.model.bindings import row_of
from wargame.model.kinds import Sight
from wargame.model.orders import Candidate
from wargame.model.rules import Effects, Move, Programme
from wargame.model.text import Text
from wargame.session.why import Reasons

Case = Literal["always", "success", "failure", "exposed"]


@dataclass(frozen=True, slots=True)
class Prospect:
    """One effect: in which case, on which number, about how much. ``by_chance``: it may also come to nothing."""

    case: Case
    programme: Programme | None
    row: int
    name: Text
    amount: float
    by_chance: bool


def prospects(reasons: Reasons, candidate: Candidate, amount: int) -> list[Prospect]:
    """Return what an order of this turn would do to the numbers that the seat is not blind to, modifiers included."""
    move = reasons.session.scenario.ruleset.moves[candidate.move]
    scale = prod(size for _, size in scaling(reasons, candidate, amount))
    found = [
        replace(prospect, amount=prospect.amount * scale)
        for case, programme, effects in _cases(move)
        for prospect in _effects(reasons, candidate, amount, case, programme, effects)
    ]
    return [prospect for prospect in found if prospect.amount or prospect.by_chance]


def scaling(reasons: Reasons, candidate: Candidate, amount: int) -> list[tuple[Text, float]]:
    """Return the modifiers that scale what an order of this turn would do, each with its factor."""
    if reasons.surmise is None:
        return []
    bound = {"actor": candidate.actor, **candidate.targets}
    found = reasons.surmise.factors(candidate.move, bound, reasons.session.turn, float(amount))
    return [(reasons.wording.factor(name), size) for name, size in found]


def _cases(move: Move) -> Iterator[tuple[Case, Programme | None, Effects]]:
    yield "always", None, move.always
    yield "success", None, move.success
    yield "failure", None, move.failure
    if move.covert is not None:
        yield "exposed", None, move.covert.exposed
    for programme in move.programmes:
        yield programme.on, programme, programme.each


def _effects(
    reasons: Reasons, candidate: Candidate, amount: int, case: Case, programme: Programme | None, effects: Effects
) -> Iterator[Prospect]:
    binder, eyes, session = reasons.session.engine.binder, reasons.eyes, reasons.session
    bound = {"actor": candidate.actor, **candidate.targets}
    changes = [
        (row_of(e.path.subject, e.path.attribute, bound, binder.cast, binder.layout), e.amount, 1.0)
        for e in effects.add
    ]
    for transfer in effects.transfer:
        source, target = transfer_rows(transfer, bound, binder) or (None, None)
        changes += [(source, transfer.amount, -1.0), (target, transfer.amount, 1.0)]
    for row, formula, sign in changes:
        if row is None or (eyes is not None and eyes.seen[row].sight is Sight.HIDDEN):
            continue
        found = reasons.beliefs.reckon(formula, candidate.move, bound, session.turn, amount=float(amount))
        owner = binder.layout.owners[row]
        name = session.names.number(owner, binder.layout.names[row][len(owner) + 1 :])
        yield Prospect(case, programme, row, name, sign * found.value, bool(draws(formula.node)))
