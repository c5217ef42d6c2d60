"""Rules that run for all their bindings at once: mechanisms, events and injects, bound to rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from wargame.engine.activity import Activity, Truths, all_active
from wargame.engine.changes import Changes, Rows
from wargame.engine.grounds import Grounds
from wargame.engine.readers import Binder, BoundFormula, Dense, RowOf, Values, spread
from wargame.formula.walk import roles_used
from wargame.model.bindings import Bound, enumerate_bindings, row_of
from wargame.model.expression import Formula
from wargame.model.ledger import CauseKind
from wargame.model.orders import bound_text
from wargame.model.rules import Binding, Effect, Transfer
from wargame.model.ticks import Floats
from wargame.model.world import World

SeenRow: TypeAlias = Callable[[Bound, int], int]
"""(binding, true row) → the row to read."""


@dataclass(frozen=True, slots=True)
class BoundEffect:
    """An effect for those bindings whose row exists; ``at`` are their positions, None if all."""

    amount: BoundFormula
    rows: Rows
    at: NDArray[np.intp] | None


@dataclass(frozen=True, slots=True)
class BoundTransfer:
    """A transfer for those bindings whose two rows exist."""

    amount: BoundFormula
    source: NDArray[np.intp]
    target: NDArray[np.intp]
    at: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class BoundRule:
    """A rule with its bindings. ``gate`` tells whether it holds; ``chance`` is drawn by the caller (events)."""

    id: str
    kind: CauseKind
    bounds: tuple[Bound, ...]
    names: tuple[str, ...]
    """What names each binding in the log."""
    active: NDArray[np.intp] | None
    when: BoundFormula | None
    effects: tuple[BoundEffect, ...]
    transfers: tuple[BoundTransfer, ...]
    scale: float

    def holds(self, world: World, reader: Dense) -> Truths | None:
        """Return ``[binding, session]``: is everything active and the condition true? None: always."""
        active = all_active(world, self.active)
        if self.when is None:
            return active
        found = spread(reader.evaluate(self.when), (len(self.bounds), world.sessions))
        return found if active is None else found & active

    def run(self, world: World, reader: Dense, changes: Changes, mask: Truths | None) -> None:
        """Hand in every change of the rule where the mask is true."""
        if mask is not None and not mask.any():
            return
        scale = world.parameters.get((self.id, "scale"), self.scale)
        for effect in self.effects:
            part = mask if mask is None or effect.at is None else mask[effect.at]
            amounts = _amounts(reader.evaluate(effect.amount), scale, part, (len(effect.rows.rows), world.sessions))
            changes.add(effect.rows, amounts, self._grounds(effect.amount, effect.at, reader, scale))
        for transfer in self.transfers:
            self._move(transfer, world, reader, changes, mask, scale)

    def _move(
        self, transfer: BoundTransfer, world: World, reader: Dense, changes: Changes, mask: Truths | None, scale: Values
    ) -> None:
        shape = (len(transfer.at), world.sessions)
        part = None if mask is None else mask[transfer.at]
        amounts = _amounts(reader.evaluate(transfer.amount), scale, part, shape)
        session = np.tile(np.arange(shape[1], dtype=np.intp), shape[0])
        changes.transfer(
            np.repeat(transfer.source, shape[1]),
            np.repeat(transfer.target, shape[1]),
            session,
            amounts.reshape(-1),
            self._grounds(transfer.amount, transfer.at, reader, scale),
        )

    def _grounds(self, amount: BoundFormula, at: NDArray[np.intp] | None, reader: Dense, scale: Values) -> Grounds:
        factors = () if is_one(scale) else (("scale", scale),)
        return Grounds(self.kind, self.id, self.bounds, self.names, at, amount, reader.seen, factors)


def is_one(scale: Values) -> bool:
    """Say whether a scale is 1 in every session."""
    return isinstance(scale, float) and scale == 1.0


def _amounts(values: Values, scale: Values, mask: Truths | None, shape: tuple[int, int]) -> Floats:
    if not is_one(scale):
        values = values * scale
    out = np.empty(shape)
    if mask is None:
        out[...] = values
    else:
        np.multiply(values, mask, out=out)
    return out


def bind_rule(
    rule: Any,
    kind: CauseKind,
    binder: Binder,
    activity: Activity,
    extra: Iterable[Formula] = (),
    text: str = "",
    seen: SeenRow | None = None,
) -> BoundRule:
    """Bind a mechanism, event, interest or inject (anything with id, effects, perhaps binding, when, scale).

    ``seen`` puts the rows that somebody sees in place of the true ones.
    """
    binding: Binding = getattr(rule, "binding", Binding())
    when: Formula | None = getattr(rule, "when", None)
    used = roles_used(rule.effects, [f for f in (when, *extra) if f is not None])
    bounds = enumerate_bindings(binding, binder.cast, used)
    texts = [text or f"{rule.id}|{describe(binding, bound)}" for bound in bounds]
    return BoundRule(
        rule.id,
        kind,
        tuple(bounds),
        tuple(bound_text(bound) for bound in bounds),
        activity.rows(bounds),
        binder.bind(when, rule.id, bounds, texts, _rows_seen(seen, bounds)) if when and bounds else None,
        tuple(e for effect in rule.effects.add if (e := bind_effect(effect, rule.id, binder, bounds, texts, seen))),
        tuple(t for move in rule.effects.transfer if (t := _bind_transfer(move, rule.id, binder, bounds, texts))),
        binder.parameters.get((rule.id, "scale"), 1.0),
    )


def _rows_seen(seen: SeenRow | None, bounds: Sequence[Bound]) -> RowOf | None:
    return None if seen is None else lambda position, true: seen(bounds[position], true)


def describe(binding: Binding, bound: Bound) -> str:
    """Return the roles of a binding as draws and logs name them: ``role=id,role=id``."""
    return ",".join(f"{role}={bound[role]}" for role in binding.roles)


def bind_effect(
    effect: Effect,
    rule: str,
    binder: Binder,
    bounds: Sequence[Bound],
    texts: Sequence[str],
    seen: SeenRow | None = None,
) -> BoundEffect | None:
    """Bind an effect to the bindings whose row exists; None if there is none."""
    found = [row_of(effect.path.subject, effect.path.attribute, b, binder.cast, binder.layout) for b in bounds]
    at = [i for i, row in enumerate(found) if row is not None and row < binder.layout.sections.mutable]
    if not at:
        return None
    own = [bounds[i] for i in at]
    amount = binder.bind(effect.amount, rule, own, [texts[i] for i in at], _rows_seen(seen, own))
    rows = Rows.of([row for row in (found[i] for i in at) if row is not None], binder.layout)
    return BoundEffect(amount, rows, None if len(at) == len(bounds) else np.array(at, dtype=np.intp))


def _bind_transfer(
    transfer: Transfer, rule: str, binder: Binder, bounds: Sequence[Bound], texts: Sequence[str]
) -> BoundTransfer | None:
    ends = [transfer_rows(transfer, b, binder) for b in bounds]
    at = [i for i, end in enumerate(ends) if end is not None]
    if not at:
        return None
    pairs = np.array([end for end in ends if end is not None], dtype=np.intp)
    amount = binder.bind(transfer.amount, rule, [bounds[i] for i in at], [texts[i] for i in at])
    return BoundTransfer(amount, pairs[:, 0].copy(), pairs[:, 1].copy(), np.array(at, dtype=np.intp))


def transfer_rows(transfer: Transfer, bound: Bound, binder: Binder) -> tuple[int, int] | None:
    """Return the rows that a transfer takes from and gives to; None where either does not exist."""
    source = row_of(transfer.source, transfer.attribute, bound, binder.cast, binder.layout)
    target = row_of(transfer.target, transfer.attribute, bound, binder.cast, binder.layout)
    return None if source is None or target is None else (source, target)
