"""What must have moved a number, as one seat can tell: the rules are known to all, the numbers are its own estimates.

Causes of which the seat cannot know (covert orders, secret injects) do not appear here; whoever shows these causes
shows what is left over as one line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from wargame.engine.rules import describe, transfer_rows
from wargame.engine.turn import Phase
from wargame.engine.views import SeatEyes
from wargame.formula.walk import draws, leaves
from wargame.model.bindings import Bound, row_of
from wargame.model.expression import Draw, Formula
from wargame.model.kinds import Sight
from wargame.model.layout import ACTIVE
from wargame.model.ledger import CauseKind
from wargame.model.orders import Fate
from wargame.model.rules import Effects, Move
from wargame.model.ticks import PER_UNIT, Floats
from wargame.session.beliefs import Beliefs
from wargame.session.causes import LoggedCause
from wargame.session.phases import BEFORE, PHASES, STEPS, VOTES
from wargame.session.reports import LoggedOutcome, TurnReport
from wargame.session.session import Session
from wargame.session.touches import Touch, touching


@dataclass(frozen=True, slots=True)
class _Given:
    """One effect of an order, or of a programme that an order of an earlier turn began."""

    kind: CauseKind
    filed: int
    formula: Formula
    sign: float


class Surmise:
    """Reckons, for one seat, the causes of changes that it sees only in part."""

    def __init__(self, session: Session, seat: str, eyes: SeatEyes, beliefs: Beliefs) -> None:
        self.session = session
        self.engine = session.engine
        self.seat = seat
        self.eyes = eyes
        self.beliefs = beliefs
        self._phases: dict[tuple[int, Phase, int], Floats] = {}
        self._voted: dict[int, tuple[str, ...]] = {}
        self._orders_of: dict[int, Mapping[int, list[tuple[LoggedOutcome, _Given]]]] = {}

    def causes(self, row: int, report: TurnReport) -> list[LoggedCause]:
        """Return what the seat can tell about one number in one turn, in its own estimates; nothing is left in at 0."""
        found = [*self._rules(row, report), *self._orders(row, report)]
        return [cause for cause in found if cause.ticks]

    def standing(self, row: int, turn: int, now: Floats) -> float:
        """Return what the rules that run every turn would do to a number, if the turn went on from some numbers."""
        total = 0.0
        for touch in self._touching.get(row, ()):
            rule, bound, when = touch.rule, touch.rule.bounds[touch.binding], touch.rule.when
            if rule.kind is not CauseKind.MECHANISM or not self._all_active(bound, turn):
                continue
            if when is None or self.beliefs.holds(when.formula, rule.id, bound, turn, now):
                total += self.beliefs.reckon(touch.formula, rule.id, bound, turn, now).value * touch.sign
        return total

    def told(self, name: str) -> bool:
        """Say whether the seat is told of an event or inject, by the name under which the log has it."""
        kind, _, rest = name.partition("|")
        if kind == "inject":
            return any(
                i.id == rest and self.seat in (i.audience or (self.seat,)) for i in self.session.scenario.injects
            )
        return any(e.id == kind and e.public for e in self.session.scenario.ruleset.events)

    def known(self, outcome: LoggedOutcome) -> bool:
        """Say whether the seat knows of an order: its own, or an open one."""
        return outcome.open or outcome.seat == self.seat

    # ── rules ───────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _touching(self) -> Mapping[int, list[Touch]]:
        return touching(self.engine)

    @cached_property
    def _event_names(self) -> Mapping[str, tuple[str, ...]]:
        """Event → the name of each of its bindings, as the log has them."""
        return {
            e.event.id: tuple(f"{e.event.id}|{describe(e.event.binding, b)}" for b in e.rule.bounds)
            for e in self.engine.happenings.events
        }

    def _rules(self, row: int, report: TurnReport) -> Iterator[LoggedCause]:
        for touch in self._touching.get(row, ()):
            bound = touch.rule.bounds[touch.binding]
            phase = PHASES[touch.rule.kind]
            logged = self._logged(row, report, touch, bound)
            if self._runs(touch, bound, phase, report, logged):
                yield self._cause(row, phase, touch, bound, report, logged)

    def _logged(self, row: int, report: TurnReport, touch: Touch, bound: Bound) -> LoggedCause | None:
        """Return the line of the log that this place of a rule left, for the draws of numbers seen exactly."""
        if self.eyes.seen[row].sight is not Sight.EXACT:
            return None
        for cause in report.causes:
            if (
                cause.rule == touch.rule.id
                and cause.number == self.engine.layout.names[row]
                and cause.formula == touch.formula.text
                and cause.bound == dict(bound)
            ):
                return cause
        return None

    def _runs(self, touch: Touch, bound: Bound, phase: Phase, report: TurnReport, logged: LoggedCause | None) -> bool:
        if touch.rule.kind in (CauseKind.EVENT, CauseKind.INJECT):
            return self._happened(touch, report)
        if touch.rule.kind is CauseKind.INTEREST and not self.was_voted(bound["p"], report):
            return False
        if not self._all_active(bound, report.turn):
            return False
        when = touch.rule.when
        if when is not None and draws(when.formula.node):
            return logged is not None
        now = self._during(phase, report, touch.rule.kind)
        return when is None or self.beliefs.holds(when.formula, touch.rule.id, bound, report.turn, now)

    def _happened(self, touch: Touch, report: TurnReport) -> bool:
        if touch.rule.kind is CauseKind.INJECT:
            name = f"inject|{touch.rule.id}"
        else:
            name = self._event_names[touch.rule.id][touch.binding]
        return name in report.happened and self.told(name)

    def _cause(
        self, row: int, phase: Phase, touch: Touch, bound: Bound, report: TurnReport, logged: LoggedCause | None
    ) -> LoggedCause:
        rule, formula = touch.rule.id, touch.formula
        scale = self.engine.binder.parameters.get((rule, "scale"), 1.0)
        factors = () if scale == 1.0 else (("scale", scale),)
        now = self._during(phase, report, touch.rule.kind)
        found = self.beliefs.reckon(formula, rule, bound, report.turn, now, drawn=_drawn(formula, logged))
        ticks = self._ticks(row, found.value * touch.sign, factors)
        number, values = self.engine.layout.names[row], found.leaves
        return LoggedCause(
            phase,
            number,
            touch.rule.kind,
            ticks,
            rule,
            dict(bound),
            "",
            0,
            formula.text,
            formula.yields,
            values,
            factors,
        )

    def _all_active(self, bound: Bound, turn: int) -> bool:
        values = self.beliefs.at_start_of(turn)
        entities = self.engine.cast.entities
        return all(values[self.engine.layout.row(name, ACTIVE)] >= 0.5 for name in bound.values() if name in entities)

    # ── orders and programmes ───────────────────────────────────────────────────────────────────────────────

    def own_rows(self, report: TurnReport) -> set[int]:
        """Return the rows that the seat's own orders and programmes changed in a turn."""
        given = [(outcome, effects) for outcome, effects, _, _ in self._given(report) if outcome.seat == self.seat]
        return {row for outcome, effects in given for row, _, _ in self._changes(outcome, effects)}

    def rows_of(self, outcome: LoggedOutcome) -> list[int]:
        """Return the rows that an order changed in its own turn."""
        effects = _effects_of(self.session.scenario.ruleset.moves[outcome.move], outcome)
        return list(dict.fromkeys(row for some in effects for row, _, _ in self._changes(outcome, some)))

    def _orders(self, row: int, report: TurnReport) -> Iterator[LoggedCause]:
        for outcome, given in self._ordered(report).get(row, ()):
            yield self._of_order(row, report, outcome, given, {"actor": outcome.actor, **outcome.targets})

    def _ordered(self, report: TurnReport) -> Mapping[int, list[tuple[LoggedOutcome, _Given]]]:
        """Return, by row, what known orders and programmes did in a turn; a turn that was played stays as it is."""
        if report.turn not in self._orders_of:
            found: dict[int, list[tuple[LoggedOutcome, _Given]]] = {}
            for outcome, effects, kind, filed in self._given(report):
                if self._all_active({"actor": outcome.actor, **outcome.targets}, report.turn):
                    for row, formula, sign in self._changes(outcome, effects):
                        found.setdefault(row, []).append((outcome, _Given(kind, filed, formula, sign)))
            self._orders_of[report.turn] = found
        return self._orders_of[report.turn]

    def _given(self, report: TurnReport) -> Iterator[tuple[LoggedOutcome, Effects, CauseKind, int]]:
        """Yield what the orders of a turn did, and what falls due in it of earlier ones, as far as the seat knows."""
        moves = self.session.scenario.ruleset.moves
        for earlier in self.session.reports:
            age = report.turn - earlier.turn
            known = [o for o in earlier.outcomes if age >= 0 and self.known(o) and o.fate is not Fate.FIZZLED]
            for outcome in known:
                if age == 0:
                    for effects in _effects_of(moves[outcome.move], outcome):
                        yield outcome, effects, CauseKind.MOVE, report.turn
                for programme in moves[outcome.move].programmes:
                    due = programme.after <= age < programme.after + programme.length
                    if due and starts(programme.on, outcome.fate):
                        yield outcome, programme.each, CauseKind.PROGRAMME, earlier.turn

    def _changes(self, outcome: LoggedOutcome, effects: Effects) -> Iterator[tuple[int, Formula, float]]:
        """Yield each row that some effects of an order change, by which formula, and with which sign."""
        bound, binder = {"actor": outcome.actor, **outcome.targets}, self.engine.binder
        for effect in effects.add:
            row = row_of(effect.path.subject, effect.path.attribute, bound, binder.cast, binder.layout)
            if row is not None and row < binder.layout.sections.mutable:
                yield row, effect.amount, 1.0
        for transfer in effects.transfer:
            source, target = transfer_rows(transfer, bound, binder) or (None, None)
            if source is not None and target is not None:
                yield source, transfer.amount, -1.0
                yield target, transfer.amount, 1.0

    def _of_order(
        self, row: int, report: TurnReport, outcome: LoggedOutcome, effect: _Given, bound: Bound
    ) -> LoggedCause:
        number, formula = self.engine.layout.names[row], effect.formula
        logged = None
        if self.eyes.seen[row].sight is Sight.EXACT:
            lines = (c for c in report.causes if c.order == outcome.order and c.number == number)
            logged = next((c for c in lines if c.filed == effect.filed and c.formula == formula.text), None)
        convenes = self.session.scenario.ruleset.moves[outcome.move].stage == "convene"
        phase = Phase.VOTE if convenes and effect.kind is CauseKind.MOVE else Phase.ADJUDICATE
        amount, drawn, now = float(outcome.amount), _drawn(formula, logged), self._during(phase, report)
        found = self.beliefs.reckon(formula, outcome.move, bound, report.turn, now, amount=amount, drawn=drawn)
        factors = tuple(self.factors(outcome.move, bound, report.turn, amount))
        ticks = self._ticks(row, found.value * effect.sign, factors)
        return LoggedCause(
            phase, number, effect.kind, ticks, outcome.move, bound, outcome.order, effect.filed,
            formula.text, formula.yields, found.leaves, factors,
        )  # fmt: skip

    def factors(self, move: str, bound: Bound, turn: int, amount: float) -> Iterator[tuple[str, float]]:
        """Yield what scales the effects of a move in a turn, rule by rule, as the seat believes."""
        scale = self.engine.binder.parameters.get((move, "scale"), 1.0)
        if scale != 1.0:
            yield "scale", scale
        known = next(m for m in self.engine.catalogue.moves if m.move.id == move)
        by = {m.id: m.by for m in self.session.scenario.ruleset.modifiers}
        for factor in known.effect_factors:
            if by[factor.id] and not self.engine.cast.fits(bound["actor"], by[factor.id]):
                continue
            when = factor.when.formula if factor.when else None
            if self.beliefs.holds(when, factor.id, bound, turn):
                size = self.beliefs.reckon(factor.factor.formula, factor.id, bound, turn, amount=amount).value
                if size != 1.0:
                    yield factor.id, size

    # ── both ────────────────────────────────────────────────────────────────────────────────────────────────

    def _ticks(self, row: int, amount: float, factors: tuple[tuple[str, float], ...]) -> int:
        for _, size in factors:
            amount *= size
        width = float(self.engine.layout.high[row] - self.engine.layout.low[row])
        return round(min(max(amount, -width), width) * PER_UNIT)

    def rows_of_text(self, proposal: str) -> tuple[int, ...]:
        """Return the rows that the vote on a text may change, whatever comes of it."""
        return self._resolved.get(proposal, ())

    @cached_property
    def _resolved(self) -> Mapping[str, tuple[int, ...]]:
        found: dict[str, dict[int, None]] = {}
        for row, touches in self._touching.items():
            for touch in touches:
                if touch.rule.kind is CauseKind.RESOLUTION:
                    found.setdefault(touch.rule.bounds[touch.binding]["p"], {})[row] = None
        return {proposal: tuple(rows) for proposal, rows in found.items()}

    def was_voted(self, proposal: str, report: TurnReport) -> bool:
        """Say whether a text was voted in a turn."""
        if report.turn not in self._voted:
            self._voted[report.turn] = report.voted()
        return proposal in self._voted[report.turn]

    def _during(self, phase: Phase, report: TurnReport, kind: CauseKind = CauseKind.MOVE) -> Floats:
        """Return the numbers as a phase begins, or as rules of a kind run in the vote phase.

        What is seen exactly moves within the turn as it did; the rest is as believed, and moves by what known orders
        did to it.
        """
        step = VOTES.index(kind) if kind in VOTES else -1
        key = (report.turn, phase, step)
        if key not in self._phases:
            values = self.beliefs.at_start_of(report.turn).copy()
            for cause in report.causes:
                done = phase is Phase.VOTE and step >= 0 and cause.kind in STEPS[step]
                if cause.phase in BEFORE[phase] or (done and cause.phase == Phase.VOTE):
                    row = self.rows[cause.number]
                    if self.eyes.seen[row].sight is Sight.EXACT:
                        values[row] += cause.amount
            self._phases[key] = values + self._ordered_before(phase, report)
        return self._phases[key]

    def _ordered_before(self, phase: Phase, report: TurnReport) -> Floats:
        """Return what known orders and programmes have done, before a phase, to numbers that the seat estimates."""
        moved = np.zeros(len(self.engine.layout.names))
        if Phase.ADJUDICATE in BEFORE[phase]:
            for row in self._ordered(report):
                if self.eyes.seen[row].sight is Sight.ESTIMATED:
                    moved[row] = sum(cause.amount for cause in self._orders(row, report))
        return moved

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """The row of every number, by its name."""
        return {name: row for row, name in enumerate(self.engine.layout.names)}


def _effects_of(move: Move, outcome: LoggedOutcome) -> Iterator[Effects]:
    yield move.always
    if outcome.fate is not Fate.FAILED:
        yield move.success
    else:
        yield move.failure
    if move.covert is not None and outcome.open:
        yield move.covert.exposed


def starts(on: str, fate: Fate) -> bool:
    """Say whether a programme of an order begins (``on`` always, success or failure), now that its fate is known."""
    return on == "always" or (on == "failure") == (fate is Fate.FAILED)


def _drawn(formula: Formula, logged: LoggedCause | None) -> dict[int, float]:
    if logged is None or not logged.values:
        return {}
    return {i: logged.values[i] for i, leaf in enumerate(leaves(formula.node)) if isinstance(leaf, Draw)}
