"""Where a number comes from that no turn, or not this one, has moved: its start, and what can move it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wargame.model.bindings import row_of
from wargame.model.kinds import Sight
from wargame.model.ledger import CauseKind
from wargame.model.scenario import StartValue
from wargame.model.text import Text, capitalised, join
from wargame.session.touches import touching
from wargame.telling.resting import tell_basis
from wargame.telling.scene import Scene

_MOST = 8
"""How many rules or moves are named."""


def tell_origin(scene: Scene, number: str) -> None:
    """Tell what a number is as the seat sees it, on what its start rests, and which rules and own moves move it.

    Of an estimated number the assumption behind its start is left out: that may name the true value.
    """
    reasons, layout = scene.reasons, scene.session.engine.layout
    row, owner = reasons.row(number), layout.owners[reasons.row(number)]
    attribute = layout.names[row][len(owner) + 1 :]
    scene.talk.head(scene.session.names.number(owner, attribute))
    sight = _sight(scene, row)
    if sight is Sight.HIDDEN:
        scene.talk.say(Text("Your seat cannot see this number.", "Su puesto no puede ver este indicador."))
        return
    scene.talk.say(_NOW.fill(value=scene.shown(row)))
    _tell_grounds(scene, row, sight)


def tell_where_from(scene: Scene, row: int, turn: int) -> None:
    """Tell of a number that a turn left where it was when it moved last, where it started, and what can move it."""
    talk, sight = scene.talk, _sight(scene, row)
    if sight is Sight.HIDDEN:
        return
    last = _last_moved(scene, row, turn)
    talk.gap()
    if turn > 1:
        talk.say(_MOVED_LAST.fill(turn=last) if last else _NEVER_MOVED)
    _tell_grounds(scene, row, sight)


def _sight(scene: Scene, row: int) -> Sight:
    eyes = scene.reasons.eyes
    return Sight.EXACT if eyes is None else eyes.seen[row].sight


def _last_moved(scene: Scene, row: int, turn: int) -> int:
    """Return the last turn before one in which a number moved, as far as is known; 0 if none did."""
    known = scene.reasons.beliefs.at_start_of
    moved = (t for t in range(turn - 1, 0, -1) if known(t)[row] != known(t + 1)[row])
    return next(moved, 0)


def _tell_grounds(scene: Scene, row: int, sight: Sight) -> None:
    """Tell on what the start of a number rests, and which rules and own moves move it."""
    layout = scene.session.engine.layout
    owner = layout.owners[row]
    start = _start(scene, owner, layout.names[row][len(owner) + 1 :])
    if scene.reasons.readings.is_derived(row):
        scene.talk.say(_DERIVED)
    elif start is None:
        scene.talk.say(_SET)
    else:
        basis = start.basis if sight is Sight.EXACT else replace(start.basis, assumption=None)
        stated = basis.sources or basis.assumption is not None or basis.confidence is not None
        scene.talk.say(_FROM_START_ON if stated else _FROM_START)
        tell_basis(scene, basis, 4)
    for text, titles in ((_RULES, list(_rules(scene, row))), (_MOVES, list(_own_moves(scene, row)))):
        if titles:
            more = [_MORE.fill(n=len(titles) - _MOST)] if len(titles) > _MOST else []
            scene.talk.say(text.fill(all=join([capitalised(t) for t in titles[:_MOST]] + more, "; ")))


def _start(scene: Scene, owner: str, attribute: str) -> StartValue | None:
    scenario = scene.session.scenario
    values = {e.id: e.values for e in scenario.entities} | {t.id: t.values for t in scenario.ties}
    return values.get(owner, {}).get(attribute)


def _rules(scene: Scene, row: int) -> Iterator[Text]:
    """Yield the titles of the rules that write a number every turn, or those of the parts of a sum."""
    engine, scenario = scene.session.engine, scene.session.scenario
    whole = engine.makeup.wholes.get(row)
    known = {m.id: m.title for m in (*scenario.ruleset.mechanisms, *scenario.mechanisms)}
    found = dict.fromkeys(
        touch.rule.id
        for part in (whole.parts if whole else (row,))
        for touch in touching(engine).get(part, ())
        if touch.rule.kind is CauseKind.MECHANISM
    )
    yield from (known[name] for name in found if name in known)


def _own_moves(scene: Scene, row: int) -> Iterator[Text]:
    """Yield the titles of the moves of the seat that write a number."""
    session, binder = scene.session, scene.session.engine.binder
    whole = session.engine.makeup.wholes.get(row)
    rows = set(whole.parts if whole else (row,))
    seen: dict[str, Text] = {}
    number = session.engine.seat_number(scene.seat) if scene.seat is not None else -1
    for pair in session.engine.catalogue.pairs:
        move = session.scenario.ruleset.moves[pair.move]
        if pair.seat != number or move.id in seen:
            continue
        effects = [e for some in (move.always, move.success, *(p.each for p in move.programmes)) for e in some.add]
        for candidate in session.engine.candidates[pair.first : pair.first + pair.count]:
            bound = {"actor": candidate.actor, **candidate.targets}
            if any(
                row_of(e.path.subject, e.path.attribute, bound, binder.cast, binder.layout) in rows for e in effects
            ):
                seen[move.id] = move.title
                break
    yield from seen.values()


_NOW = Text("It is now: {value}. No turn has been played yet.", "Es ahora: {value}. Aún no se ha jugado ningún turno.")
_MOVED_LAST = Text("It moved last in turn {turn}.", "Cambió por última vez en el turno {turn}.")
_NEVER_MOVED = Text("No turn before had moved it either.", "Tampoco lo había movido ningún turno anterior.")
_DERIVED = Text("It is reckoned from other numbers.", "Se calcula a partir de otros indicadores.")
_SET = Text("The rules set where it starts.", "Las reglas fijan de dónde parte.")
_FROM_START = Text("The scenario sets where it starts.", "El escenario fija de dónde parte.")
_FROM_START_ON = Text("The scenario sets where it starts:", "El escenario fija de dónde parte:")
_RULES = Text("Every turn it may be moved by: {all}.", "En cada turno pueden moverlo: {all}.")
_MOVES = Text("Of your moves, these move it: {all}.", "De sus acciones, lo mueven: {all}.")
_MORE = Text("and {n} more", "y {n} más")
