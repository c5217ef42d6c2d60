"""One session of a scenario, one value at a time, in whole ticks: slow, plain, and made to be read.

It is written from the definition of the rules and shares no code with the engine, only the nouns of ``wargame.model``
and the scalar reading of formulas. Orders are given; what a seat may see or order is not looked at.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.oracle import chamber, draws, settlement
from tests.oracle.board import PER_UNIT, Board, roles_used, target_roles, ticks
from tests.oracle.phase import Phase, product
from tests.oracle.settlement import Struck, Withheld
from tests.oracle.state import Desk, GivenOrder, Running, State, is_on, settings_of
from wargame.model.expression import Formula
from wargame.model.kinds import AttributeType
from wargame.model.rules import Derived, Event, Mechanism, Modifier, Move, Programme
from wargame.model.scenario import Ending, Inject, Scenario, Seat, ZoneGroup

LARGEST = 1 << 51
"""2³¹ in ticks."""
NOTHING_STRUCK = Struck()

# ── derived readings ─────────────────────────────────────────────────────────────────────────────────────────


def _refresh(state: State) -> None:
    for derived in state.scenario.ruleset.derived:
        for kind in derived.owner.kinds:
            for owner in state.board.of_kind(kind):
                state.values[f"{owner}.{derived.attribute.id}"] = _derive(state, derived, owner)
    for group in state.scenario.groups:
        _refresh_group(state, group)


def _derive(state: State, derived: Derived, owner: str) -> int:
    settings = settings_of(state, derived.attribute.id, derived.parameters)
    given = {derived.owner.role: owner}
    if not state.active(owner):
        total = 0
    elif derived.over is None:
        total = _term(Desk(state, given, settings), derived)
    else:
        bindings = state.board.bindings(derived.over, given, roles_used(derived))
        desks = [Desk(state, bound, settings) for bound in bindings]
        passed = [d for d in desks if state.all_active(d.bound) and d.holds(derived.where)]
        total = _fold(derived.fold, [_term(d, derived) for d in passed])
    low, high = ticks(derived.attribute.low), ticks(derived.attribute.high)
    return min(max(total, low), high)


def _term(desk: Desk, derived: Derived) -> int:
    return 0 if derived.fold == "count" else min(max(ticks(desk.number(derived.value)), -LARGEST), LARGEST)


def _fold(fold: str, terms: list[int]) -> int:
    if fold == "count":
        return len(terms) * PER_UNIT
    if not terms:
        return 0
    if fold == "mean":
        return _mean(terms)
    if fold == "sum":
        return sum(terms)
    return max(terms) if fold == "max" else min(terms)


def _mean(terms: list[int]) -> int:
    return ticks(sum(terms) / PER_UNIT / len(terms)) if terms else 0


def _refresh_group(state: State, group: ZoneGroup) -> None:
    board = state.board
    kinds = {board.kind(zone) for zone in group.zones}
    for name in dict.fromkeys(name for _, name in (*board.stored, *board.derived)):
        if all((kind, name) in board.stored or (kind, name) in board.derived for kind in kinds):
            terms = [state.values[f"{zone}.{name}"] for zone in group.zones if state.active(zone)]
            attribute = board.attribute(group.id, name)
            stock = attribute is not None and attribute.type is AttributeType.STOCK
            state.values[f"{group.id}.{name}"] = sum(terms) if stock else _mean(terms)


# ── the start ────────────────────────────────────────────────────────────────────────────────────────────────


def start(scenario: Scenario, seed: int, lens: str | None = None, doctrines: Mapping[str, str] | None = None) -> State:
    """Return the world at the start of turn 1, under the scenario's own lens if no other is named.

    ``doctrines``: what seats lean by when they vote.
    """
    lenses = scenario.ruleset.lenses
    found = lenses.get(scenario.lens if lens is None else lens)
    state = State(Board(scenario), seed, found, dict(doctrines or {}))
    for tie in scenario.ties:
        _start_values(state, tie.id, {name: v.value for name, v in tie.values.items()})
    for entity in scenario.entities:
        _start_values(state, entity.id, {name: v.value for name, v in entity.values.items()})
        state.values[f"{entity.id}.active"] = PER_UNIT if entity.active else 0
    _set_series(state, 1)
    _refresh(state)
    phase = Phase(state)
    for inject in scenario.injects:
        if inject.trigger.kind == "turn" and inject.trigger.turn == 1:
            _deliver(phase, inject)
    phase.apply()
    begin(state, 1)
    return state


def begin(state: State, turn: int) -> None:
    """Begin a turn: from now on every reading, also ``lag`` and ``turn`` within readings, is of this turn."""
    state.turn = turn
    state.past.append(state.values)  # looked at by readings while they are made anew
    _refresh(state)
    state.past[-1] = dict(state.values)


def _start_values(state: State, owner: str, given: Mapping[str, float]) -> None:
    kind = state.board.kind(owner)
    for (of, name), attribute in state.board.stored.items():
        if of == kind:
            value = ticks(given.get(name, attribute.start))
            low, high = state.board.bounds(owner, name)
            signal = attribute.type is AttributeType.SIGNAL
            state.values[f"{owner}.{name}"] = 0 if signal else min(max(value, low), high)


def _set_series(state: State, turn: int) -> None:
    for series in state.scenario.series:
        scheduled = series.values[min(turn, len(series.values)) - 1]
        value = scheduled + series.spread * draws.noise(state.seed, turn, f"series|{series.id}")
        state.values[f"outside.{series.id}"] = ticks(min(max(value, series.low), series.high))


# ── a turn ───────────────────────────────────────────────────────────────────────────────────────────────────


def play_turn(state: State, orders: list[GivenOrder], struck: Struck = NOTHING_STRUCK) -> None:
    """Play one turn, from the deals struck to the endings, and begin the next one unless the session ended."""
    withheld = struck.withheld or {}
    state.promises += struck.promises
    state.filed += [(state.turn, actor, move) for actor, move, _, _ in orders]
    stages = [state.scenario.ruleset.moves[order[1]].stage for order in orders]
    convening = [order for order, stage in zip(orders, stages, strict=True) if stage == "convene"]
    acting = [order for order, stage in zip(orders, stages, strict=True) if stage != "convene"]
    fates = {"convene": iter(_convene(state, convening))}
    _vote(state, withheld)
    fates["act"] = iter(_adjudicate(state, acting))
    state.fates = [next(fates[stage]) for stage in stages]
    _refresh(state)
    state.settled = settlement.settle(state, orders, withheld)
    _refresh(state)
    _run_mechanisms(state)
    _clear_signals(state)
    _refresh(state)
    _run_events(state)
    _refresh(state)
    _look_for_endings(state)
    if state.ending is None:
        open_next(state)


def open_next(state: State) -> None:
    """Bring what the next turn opens with, and begin it; to a session that has ended no inject comes."""
    phase = Phase(state)
    for inject in state.scenario.injects:
        if state.ending is None and inject.id not in state.happened and _is_called(state, inject):
            _deliver(phase, inject)
    phase.apply()
    _set_series(state, state.turn + 1)
    _refresh(state)
    begin(state, state.turn + 1)


def _convene(state: State, orders: list[GivenOrder]) -> list[str]:
    phase = Phase(state)
    fates = [_resolve(phase, order) for order in orders]
    phase.apply()
    _refresh(state)
    return fates


def _vote(state: State, withheld: Withheld) -> None:
    voted = chamber.agenda(state)
    phase = Phase(state)
    chamber.lean(phase, voted)
    settlement.lean(phase, withheld, [proposal.id for proposal in voted])
    phase.apply()
    _refresh(state)
    chamber.count(state, voted)
    _refresh(state)
    chamber.take_effect(state)
    _refresh(state)


def _adjudicate(state: State, orders: list[GivenOrder]) -> list[str]:
    phase = Phase(state)
    due = [p for p in state.running if _is_due(state, p)]
    for programme in due:
        _run_programme(phase, programme)
    fates = [_resolve(phase, order) for order in orders]
    phase.apply()
    return fates


def _resolve(phase: Phase, order: GivenOrder) -> str:
    """Collect what one order does and say what became of it."""
    state, (actor, name, targets, _) = phase.state, order
    move = state.scenario.ruleset.moves[name]
    desk = _desk_of(state, order)
    for resource, cost in move.cost.items():
        phase.pay(actor, resource, product(desk.number(cost), _factors(desk, move, "cost")))
    if not state.all_active({**targets, "actor": actor}):
        return "fizzled"
    if not all(desk.holds(r.check) for r in (*move.requires, *move.where)):
        return "fizzled"
    return _carry_out(phase, order, move, desk)


def _carry_out(phase: Phase, order: GivenOrder, move: Move, desk: Desk) -> str:
    succeeded = move.chance is None or desk.comes(desk.odds(move.chance, _factors(desk, move, "odds")), "success")
    factors = _sizes(desk, move)
    phase.bring(move.always, desk, factors)
    phase.bring(move.success if succeeded else move.failure, desk, factors)
    if move.covert is not None and desk.comes(desk.odds(move.covert.exposure), "exposure"):
        phase.bring(move.covert.exposed, desk, factors)
    for which, programme in enumerate(move.programmes):
        if programme.on in ("always", "success" if succeeded else "failure"):
            phase.state.running.append(Running(order, which, phase.state.turn))
    if move.chance is None:
        return "done"
    return "succeeded" if succeeded else "failed"


def _desk_of(state: State, order: GivenOrder, prefix: str = "") -> Desk:
    actor, name, targets, amount = order
    move = state.scenario.ruleset.moves[name]
    scope = draws.scope(f"{actor}|{name}", [(role, targets[role]) for role in target_roles(move)])
    settings = settings_of(state, name, move.parameters, move.scale)
    return Desk(state, {**targets, "actor": actor}, settings, scope, amount, prefix)


def _sizes(desk: Desk, move: Move) -> list[float]:
    return [desk.settings["scale"], *_factors(desk, move, "effect")]


def _factors(desk: Desk, move: Move, of: str) -> list[float]:
    """Return the factors of the modifiers in force on the cost, odds or effect of an order."""
    found = []
    for modifier in desk.state.scenario.ruleset.modifiers:
        formula: Formula | None = getattr(modifier, of)
        if formula is not None and _concerns(desk, modifier, move):
            own = Desk(desk.state, desk.bound, settings_of(desk.state, modifier.id, modifier.parameters))
            if own.holds(modifier.when):
                found.append(own.number(formula))
    return found


def _concerns(desk: Desk, modifier: Modifier, move: Move) -> bool:
    if not is_on(desk.state, modifier.id, modifier.off):
        return False
    if move.id not in modifier.moves and not any(f"#{tag}" in modifier.moves for tag in move.tags):
        return False
    return not modifier.by or desk.state.board.chosen(desk.bound["actor"], modifier.by)


def _programme(state: State, running: Running) -> Programme:
    return state.scenario.ruleset.moves[running.order[1]].programmes[running.which]


def _is_due(state: State, running: Running) -> bool:
    programme = _programme(state, running)
    first = running.filed + programme.after
    return first <= state.turn < first + programme.length


def _run_programme(phase: Phase, running: Running) -> None:
    state = phase.state
    desk = _desk_of(state, running.order, f"programme{running.which}:")
    if not state.all_active(desk.bound):
        state.running.remove(running)
        return
    move = state.scenario.ruleset.moves[running.order[1]]
    phase.bring(_programme(state, running).each, desk, _sizes(desk, move))


def _run_mechanisms(state: State) -> None:
    phase = Phase(state)
    for mechanism in (*state.scenario.ruleset.mechanisms, *state.scenario.mechanisms):
        if is_on(state, mechanism.id, mechanism.off):
            _run_mechanism(phase, mechanism)
    phase.apply()


def _run_mechanism(phase: Phase, mechanism: Mechanism) -> None:
    settings = settings_of(phase.state, mechanism.id, mechanism.parameters, mechanism.scale)
    for bound in phase.state.board.bindings(mechanism.binding, {}, roles_used(mechanism)):
        scope = draws.scope(mechanism.id, [(role, bound[role]) for role in mechanism.binding.roles])
        desk = Desk(phase.state, bound, settings, scope)
        if phase.state.all_active(bound) and desk.holds(mechanism.when):
            phase.bring(mechanism.effects, desk, [settings["scale"]])


def _clear_signals(state: State) -> None:
    for (kind, name), attribute in state.board.stored.items():
        if attribute.type is AttributeType.SIGNAL:
            for owner in state.board.of_kind(kind):
                state.values[f"{owner}.{name}"] = 0


# ── events, injects, endings ─────────────────────────────────────────────────────────────────────────────────


def _run_events(state: State) -> None:
    phase = Phase(state)
    for event in state.scenario.ruleset.events:
        if is_on(state, event.id, False):
            _run_event(phase, event)
    chamber.rotate(phase)
    phase.apply()


def _run_event(phase: Phase, event: Event) -> None:
    state = phase.state
    settings = settings_of(state, event.id, event.parameters)
    for bound in state.board.bindings(event.binding, {}, roles_used(event)):
        scope = draws.scope(event.id, [(role, bound[role]) for role in event.binding.roles])
        desk = Desk(state, bound, settings, scope)
        possible = not _is_over(state, event, scope) and state.all_active(bound) and desk.holds(event.when)
        if possible and desk.comes(desk.odds(event.chance), "happens"):
            state.happened[scope] = state.turn
            phase.bring(event.effects, desk)


def _is_over(state: State, event: Event, scope: str) -> bool:
    last = state.happened.get(scope)
    return last is not None and (event.once or state.turn < last + 1 + event.cooldown)


def _desk_of_inject(state: State, inject: Inject) -> Desk:
    return Desk(state, {}, {}, f"inject|{inject.id}")


def _is_called(state: State, inject: Inject) -> bool:
    trigger, now = inject.trigger, state.turn
    if trigger.kind == "turn":
        return trigger.turn == now + 1
    if trigger.kind == "condition":
        in_time = trigger.turn <= now + 1 <= trigger.until
        return in_time and _desk_of_inject(state, inject).holds(trigger.condition)
    return trigger.turn <= now <= trigger.until and not any(
        turn <= trigger.turn and move == trigger.absent_move and _sits(state, actor, trigger.absent_seat)
        for turn, actor, move in state.filed
    )


def _sits(state: State, actor: str, seat: str) -> bool:
    return not seat or any(actor in s.actors for s in state.scenario.seats if s.id == seat)


def _deliver(phase: Phase, inject: Inject) -> None:
    desk = _desk_of_inject(phase.state, inject)
    chance = inject.trigger.chance
    if chance is None or desk.comes(desk.odds(chance), "chance"):
        phase.state.happened[inject.id] = phase.state.turn
        phase.bring(inject.effects, desk)


def _look_for_endings(state: State) -> None:
    for ending in state.scenario.endings:
        if state.ending is None and _is_reached(state, ending):
            if ending.stops:
                state.ending = ending.id
            else:
                state.noted.setdefault(ending.id, state.turn)
    if state.ending is None and state.turn >= state.scenario.calendar.full:
        state.ending = state.scenario.endings[-1].id


def _is_reached(state: State, ending: Ending) -> bool:
    last = state.turn >= state.scenario.calendar.full
    open_now = ending.at == "any" and state.turn >= ending.from_turn
    return (last or open_now) and Desk(state, {}, {}).holds(ending.when)


def degree(state: State, formula: Formula) -> float:
    """Return how far an objective is reached, from 0 to 1."""
    return Desk(state, {}, {}).odds(formula)


def score(state: State, seat: Seat) -> float:
    """Return the weighted mean of the degrees of a seat's objectives."""
    counted = [o for o in seat.objectives if not o.alternative]
    weight = sum(o.weight for o in counted)
    return sum(o.weight * degree(state, o.degree) for o in counted) / weight if weight else 0.0
