"""A scenario bound to arrays, under one lens: everything that a turn needs, made once and shared by every session."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from wargame.engine import draws
from wargame.engine.activity import Activity, Truths
from wargame.engine.agreements import Agreements, bind_agreements, formulas_of_terms, term_moves
from wargame.engine.chamber import bind_chamber
from wargame.engine.changes import Changes
from wargame.engine.derived import Readings, bind_groups, bind_reading
from wargame.engine.endings import bind_reckoning
from wargame.engine.fixed import Fixed
from wargame.engine.happenings import bind_happenings
from wargame.engine.legality import Legality
from wargame.engine.move_binder import MoveBinder
from wargame.engine.moves import Catalogue
from wargame.engine.readers import Binder, Dense
from wargame.engine.rules import bind_rule
from wargame.engine.sight import Eyes, Glance, SightRows
from wargame.engine.turn import set_up
from wargame.engine.wholes import make_up
from wargame.formula.arrays import keep_freed_memory
from wargame.formula.walk import leaves
from wargame.model.bindings import Cast, enumerate_bindings
from wargame.model.doctrines import Doctrine
from wargame.model.errors import SessionError
from wargame.model.expression import Formula, Read
from wargame.model.kinds import AttributeType
from wargame.model.layout import ACTIVE, lay_out
from wargame.model.ledger import CauseKind
from wargame.model.orders import NONE, Candidate, Orders
from wargame.model.rules import Effects, Event, Lens, Mechanism, Modifier, Move, Parameter
from wargame.model.scenario import Inject, Scenario
from wargame.model.text import Text
from wargame.model.ticks import Floats, on_grid, round_in_place
from wargame.model.world import Programmes, World


class Engine:
    """Plays a scenario under a lens. ``turns`` is the length of a session; ``keep_all`` keeps every past turn's world.

    Raises SessionError for a lens that the scenario does not have.
    """

    def __init__(
        self, scenario: Scenario, lens: str | None = None, *, short: bool = False, keep_all: bool = False
    ) -> None:
        keep_freed_memory()
        self.scenario = scenario
        self.lens = _lens(scenario, lens or scenario.lens)
        self.turns = scenario.calendar.short if short else scenario.calendar.full
        self.layout = lay_out(scenario)
        self.cast = Cast.of(scenario)
        self.off = _switched_off(scenario, self.lens)
        self.binder = Binder(
            self.cast, self.layout, parameters_under(scenario, self.lens), _absent(scenario), _flags(scenario)
        )
        self.activity = Activity(self.layout, self.cast, _changing(scenario, self.cast))
        derived = [bind_reading(d, self.binder, self.activity, self.layout) for d in scenario.ruleset.derived]
        self.readings = Readings.of(derived, bind_groups(self.layout, self.activity))
        self.makeup = make_up(self.layout, self.readings.readings, self.binder, self.activity)
        self.eyes = Eyes.of(scenario, self.layout, self.cast, self.makeup)
        self.sights = SightRows(self.eyes, self.layout.count)
        self.mechanisms = tuple(
            bind_rule(m, CauseKind.MECHANISM, self.binder, self.activity)
            for m in all_mechanisms(scenario)
            if m.id not in self.off
        )
        modifiers = tuple(m for m in scenario.ruleset.modifiers if m.id not in self.off)
        self.catalogue: Catalogue = MoveBinder(scenario, self.binder, self.activity, self.sights, modifiers).catalogue()
        self.agreements: Agreements = bind_agreements(scenario, self.binder, self.activity, self.sights, self.catalogue)
        self.fixed = Fixed.of(self.catalogue.moves, self.layout)
        self.chamber = bind_chamber(scenario, self.binder, self.activity, self.sights, self.off)
        self.happenings = bind_happenings(scenario, self.binder, self.activity, self.catalogue, self.off)
        self.reckoning = bind_reckoning(scenario, self.binder)
        self.longest_lag = max(1, _longest_lag(scenario))
        self.memory = None if keep_all else self.longest_lag
        self._changes: Changes | None = None
        self._glance: Glance | None = None

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Return everything that any seat may ever order."""
        return self.catalogue.candidates

    def seat_number(self, seat: str) -> int:
        """Return the position of a seat; raises SessionError."""
        for i, known in enumerate(self.scenario.seats):
            if known.id == seat:
                return i
        raise SessionError(
            Text("There is no seat '{seat}'. Seats: {all}.", "No existe el puesto '{seat}'. Puestos: {all}.").fill(
                seat=seat, all=", ".join(s.id for s in self.scenario.seats)
            )
        )

    def start(
        self,
        seeds: draws.Hashes,
        resources: Mapping[str, float] | None = None,
        parameters: Mapping[tuple[str, str], Floats] | None = None,
    ) -> World:
        """Return the start world of a batch; ``resources`` scales what some seats start with (level of difficulty)."""
        self._seal()
        values = np.zeros((self._rows, len(seeds)))
        values[: self.layout.count] = self._start_values(resources or {})[:, None]
        sessions = len(seeds)
        world = World(
            values,
            seeds,
            np.zeros((len(self.catalogue.pairs), sessions), dtype=np.int16),
            np.zeros((self.happenings.rows, sessions), dtype=np.int16),
            np.zeros((len(self.scenario.endings), sessions), dtype=np.int16),
            np.zeros(sessions, dtype=np.int16),
            Programmes.none(),
            0,
            values.copy(),
            deque(maxlen=self.memory),
            dict(parameters or {}),
        )
        set_up(self, world)
        return world

    def orders(self, filed: Sequence[Iterable[tuple[int, int]]], *, checked: bool = False) -> Orders:
        """Return orders from (candidate, amount) pairs for each session of a batch."""
        columns = [list(session) for session in filed]
        slots = max((len(c) for c in columns), default=0)
        candidates = np.full((slots, len(columns)), NONE, dtype=np.int32)
        amounts = np.ones((slots, len(columns)), dtype=np.int16)
        for s, column in enumerate(columns):
            for slot, (candidate, amount) in enumerate(column):
                candidates[slot, s], amounts[slot, s] = candidate, amount
        return Orders(candidates, amounts, checked)

    def reader(self, world: World, record: bool = False) -> Dense:
        """Return a reader of a world as it is now."""
        return Dense(world, draws.keys(world.seeds, world.turn), record)

    def legality(self, world: World) -> Legality:
        """Return what may be ordered now."""
        return Legality(self.catalogue, world, self.reader(world))

    def changes(self, world: World) -> Changes:
        """Return the door to a world; the same one for every batch as wide as the last."""
        if self._changes is None or self._changes.sessions != world.sessions:
            self._changes = Changes(self.layout, world.sessions)
        return self._changes

    def refresh(self, world: World, stale: Truths | None = None) -> None:
        """Compute derived readings: those that depend on rows that have changed (``stale``), or all."""
        self.readings.refresh(world, self.reader(world), stale)

    def stale(self, changes: Changes, *sections: slice) -> Truths:
        """Return ``[row]``: which rows the phase just applied has changed, and those of whole sections."""
        found = np.zeros(self.layout.count, dtype=bool)
        found[: self.layout.sections.mutable] = changes.touched
        for section in sections:
            found[section] = True
        return found

    def look(self, world: World) -> None:
        """Compute what seats see of the rows that bots and legality read."""
        self._seal()
        assert self._glance is not None
        self._glance.fill(world)

    def digest(self, world: World, session: int = 0) -> str:
        """Return the digest of one session."""
        return world.digest(self.layout.sections.constants, session)

    @property
    def _rows(self) -> int:
        return self.layout.count + self.sights.count

    def _seal(self) -> None:
        if self._glance is None:
            self._glance = self.sights.finished()
        assert self._glance.count == self.sights.count, "bots after the start"

    def _start_values(self, resources: Mapping[str, float]) -> Floats:
        values = self.layout.start.copy()
        for seat in self.scenario.seats:
            factor = resources.get(seat.id, 1.0)
            for attribute in self.scenario.ruleset.attributes if factor != 1.0 else ():
                for actor in seat.actors if attribute.resource else ():
                    row = self.layout.index.get((actor, attribute.id))
                    if row is not None:
                        values[row] *= factor
        np.minimum(np.maximum(values, self.layout.low, out=values), self.layout.high, out=values)
        return round_in_place(values)


def all_mechanisms(scenario: Scenario) -> tuple[Mechanism, ...]:
    """Return the mechanisms of the ruleset and those of the scenario alone."""
    return (*scenario.ruleset.mechanisms, *scenario.mechanisms)


def parameters_under(scenario: Scenario, lens: Lens | None) -> dict[tuple[str, str], float]:
    """Return (rule, parameter) → value under a lens; ``scale`` is a parameter of every mechanism and move."""
    found: dict[tuple[str, str], float] = {}
    rules = scenario.ruleset
    for derived in rules.derived:
        _put(found, derived.attribute.id, derived.parameters)
    scaled: list[Mechanism | Move] = [
        *all_mechanisms(scenario),
        *rules.moves.values(),
        *rules.institutions.rules,
        *term_moves(rules),
    ]
    for rule in scaled:
        _put(found, rule.id, rule.parameters)
        found[rule.id, "scale"] = rule.scale.value
    others: list[Modifier | Event | Doctrine] = [*rules.modifiers, *rules.events, *rules.doctrines.values()]
    for other in others:
        _put(found, other.id, other.parameters)
    for name, value in lens.parameters.items() if lens else ():
        rule_id, _, parameter = name.rpartition(".")
        found[rule_id, parameter] = value
    return found


def _put(found: dict[tuple[str, str], float], rule: str, parameters: Mapping[str, Parameter]) -> None:
    for parameter in parameters.values():
        found[rule, parameter.name] = parameter.value


def _lens(scenario: Scenario, name: str) -> Lens | None:
    if name in scenario.ruleset.lenses:
        return scenario.ruleset.lenses[name]
    if not name:
        return None
    raise SessionError(
        Text("There is no lens '{name}'. Lenses: {all}.", "No existe el enfoque '{name}'. Enfoques: {all}.").fill(
            name=name, all=", ".join(scenario.lenses)
        )
    )


def _switched_off(scenario: Scenario, lens: Lens | None) -> frozenset[str]:
    rules = scenario.ruleset
    switchable: list[Mechanism | Modifier] = [
        *all_mechanisms(scenario),
        *rules.institutions.rules,
        *rules.modifiers,
    ]
    off = {rule.id for rule in switchable if rule.off}
    return frozenset((off | set(lens.off)) - set(lens.on)) if lens else frozenset(off)


def _absent(scenario: Scenario) -> dict[tuple[str, str], float]:
    rules = scenario.ruleset
    attributes = (*rules.attributes, *(d.attribute for d in rules.derived))
    return {(kind, a.id): on_grid(a.absent) for a in attributes for kind in a.of}


def _flags(scenario: Scenario) -> frozenset[str]:
    rules = scenario.ruleset
    attributes = (*rules.attributes, *(d.attribute for d in rules.derived))
    return frozenset({ACTIVE, *(a.id for a in attributes if a.type is AttributeType.FLAG)})


def _changing(scenario: Scenario, cast: Cast) -> frozenset[str]:
    """Return the entities that may ever be inactive: those that start so, and those that a rule may switch off."""
    found = {e.id for e in scenario.entities if not e.active}
    rules = scenario.ruleset
    ruled: list[Mechanism | Event] = [*all_mechanisms(scenario), *rules.institutions.rules, *rules.events]
    for rule in ruled:
        if names := _switches((rule.effects,)):
            roles = frozenset(rule.binding.roles)
            for bound in enumerate_bindings(rule.binding, cast, roles):
                found.update(bound.get(name, name) for name in names)
    for inject in scenario.injects:
        found.update(_switches((inject.effects,)))
    for move in (*rules.moves.values(), *term_moves(rules)):
        if names := _switches(effects_of(move)):
            for actor in cast.actors(move.by):
                for bound in enumerate_bindings(move.target, cast, frozenset(move.target.roles), {"actor": actor}):
                    found.update(bound.get(name, name) for name in names)
    return frozenset(found & cast.entities.keys())


def _switches(parts: Iterable[Effects]) -> set[str]:
    return {str(e.path.subject) for effects in parts for e in effects.add if e.path.attribute == ACTIVE}


def effects_of(move: Move) -> tuple[Effects, ...]:
    """Return everything that an order may do, whatever comes of it."""
    exposed = (move.covert.exposed,) if move.covert else ()
    return (move.always, move.success, move.failure, *exposed, *(p.each for p in move.programmes))


def _all_effects(scenario: Scenario) -> Iterable[Effects]:
    rules = scenario.ruleset
    ruled: list[Mechanism | Event | Inject] = [
        *all_mechanisms(scenario),
        *rules.institutions.rules,
        *rules.events,
        *scenario.injects,
    ]
    for rule in ruled:
        yield rule.effects
    for move in (*rules.moves.values(), *term_moves(rules)):
        yield from effects_of(move)


def all_formulas(scenario: Scenario) -> Iterable[Formula]:
    """Return every formula of a scenario and its ruleset."""
    rules = scenario.ruleset
    for effects in _all_effects(scenario):
        yield from (e.amount for e in effects.add)
        yield from (t.amount for t in effects.transfer)
    for derived in rules.derived:
        yield from (f for f in (derived.value, derived.where) if f)
    conditional: list[Mechanism | Event | Modifier] = [
        *all_mechanisms(scenario),
        *rules.institutions.rules,
        *rules.events,
        *rules.modifiers,
    ]
    for rule in conditional:
        yield from (f for name in ("when", "chance", "cost", "odds", "effect") if (f := getattr(rule, name, None)))
    yield from formulas_of_terms(rules)
    for move in (*rules.moves.values(), *term_moves(rules)):
        yield from (r.check for r in (*move.requires, *move.where))
        yield from (*move.cost.values(), *(f for f in (move.chance,) if f))
    for doctrine in rules.doctrines.values():
        for p in doctrine.priorities:
            yield from (f for f in (p.weight, p.when, p.prefer) if f)
        for leaning in doctrine.leanings:
            yield from (f for f in (leaning.when, leaning.amount) if f)
    yield from (i.trigger.condition for i in scenario.injects if i.trigger.condition)
    yield from (e.when for e in scenario.endings)
    yield from (m.value for m in scenario.measures)
    yield from (o.degree for s in scenario.seats for o in s.objectives)


def _longest_lag(scenario: Scenario) -> int:
    lags = (leaf.lag for f in all_formulas(scenario) for leaf in leaves(f.node) if isinstance(leaf, Read))
    return max(lags, default=1)
