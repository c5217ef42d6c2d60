"""The chapter that makes a scenario a case: which figures it is tested against, and what of history it is given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from wargame.content.draft import Authored, Draft, outside, spot_words
from wargame.content.history_rows import HISTORY, read_rows
from wargame.content.schema_hindcast import DatedOrderShape, HindcastShape, LineShape, WithheldShape
from wargame.content.scored import check_nothing_scored_is_set
from wargame.content.seats import fits, may_give
from wargame.content.spots import Spot
from wargame.content.start import unknown_entity
from wargame.model.errors import Place
from wargame.model.hindcast import About, DatedOrder, Hindcast, Line, Over, Row, Scale, Withheld
from wargame.model.rules import EntityClause, Move, TieClause
from wargame.model.ruleset import Ruleset
from wargame.model.scenario import Calendar, Inject, Measure, Seat, TieStart
from wargame.model.text import Text

Part = TypeVar("Part")
_WHOLE: Final = 0.005
"""By how much seasonal shares may miss 1."""


@dataclass(frozen=True)
class Stage:
    """What a case may name."""

    calendar: Calendar
    ruleset: Ruleset
    seats: Mapping[str, Seat]
    ties: tuple[TieStart, ...]
    measures: Mapping[str, Measure]
    injects: tuple[Inject, ...]
    draft: Draft


def build_hindcast(entry: Authored[HindcastShape], table: str, shown: str, stage: Stage) -> Hindcast:
    """Return the chapter of a case; ``table`` is the text of its figures, in the folder that is shown."""
    shape, spot, problems = entry.shape, entry.spot, stage.draft.problems
    if not table.strip():
        problems.add(spot.place, "missing-history", _NO_TABLE.fill(file=f"{shown}/{HISTORY}"))
    rows = read_rows(table, f"{shown}/{HISTORY}", problems) if table.strip() else ()
    ends = stage.calendar.date_of(stage.calendar.full + 1)
    calibrated = _day(shape.calibrated_to, spot.at("calibrated_to"), stage.draft)
    if calibrated is not None and calibrated >= ends:
        problems.add(spot.at("calibrated_to"), "outside-calendar", _ALL_BEFORE.fill(day=calibrated, end=ends))
    lines = tuple(_lines(shape, spot, rows, stage))
    script = tuple(_script(shape, spot, stage))
    _check_number(script, stage)
    withheld = tuple(_withheld(one, at, stage) for one, at in _each(shape.withheld, spot.get("withheld")))
    families = {row.family: n for n, line in reversed([*enumerate(lines)]) for row in rows if row.series in line.series}
    check_nothing_scored_is_set(lines, script, stage.measures, stage.injects, stage.ruleset, stage.draft)
    return Hindcast(calibrated or stage.calendar.start, script, withheld, lines, rows, spot.place, families)


def _each(shapes: Iterable[Part], spot: Spot | None) -> Iterator[tuple[Part, Spot]]:
    return zip(shapes, spot.each() if spot else (), strict=False)


def _day(text: str, place: Place, draft: Draft) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        draft.problems.add(place, "wrong-date", _NO_SUCH_DAY.fill(value=text))
        return None


# ── lines ────────────────────────────────────────────────────────────────────────────────────────────────────


def _lines(shape: HindcastShape, spot: Spot, rows: tuple[Row, ...], stage: Stage) -> Iterator[Line]:
    known, taken = {row.series for row in rows}, dict[str, Place]()
    for one, at in _each(shape.series, spot.get("series")):
        for name, place in spot_words(at, "series"):
            if name not in known and rows:
                stage.draft.problems.unknown(place, "history", name, known)
            if name in taken:
                stage.draft.problems.repeated(place, name, taken[name])
            taken.setdefault(name, place)
        yield _line(one, at, stage)


def _line(shape: LineShape, spot: Spot, stage: Stage) -> Line:
    draft = stage.draft
    if shape.measure not in stage.measures and shape.measure not in draft.nouns.broken:
        draft.problems.unknown(spot.at("measure"), "measure", shape.measure, stage.measures)
    shares = {int(month): share for month, share in (shape.seasonal or {}).items()}
    if shares and abs(sum(shares.values()) - 1.0) > _WHOLE:
        draft.problems.add(spot.at("seasonal"), "wrong-shares", _SHARES.fill(sum=f"{sum(shares.values()):.12g}"))
    return Line(
        tuple(shape.series), shape.measure, Over(shape.over), shape.times, Scale(shape.scale), shares,
        shape.tolerance, draft.basis(shape, spot), spot.place,
        tuple(About(one.quantity, one.unit, one.where) for one in shape.also),
    )  # fmt: skip


# ── script ───────────────────────────────────────────────────────────────────────────────────────────────────


def _script(shape: HindcastShape, spot: Spot, stage: Stage) -> Iterator[DatedOrder]:
    for one, at in _each(shape.script, spot.get("script")):
        day = _day(one.on, at.at("on"), stage.draft)
        turn = stage.calendar.turn_of(day) if day else 0
        if day is not None and not turn:
            last = stage.calendar.date_of(stage.calendar.full + 1)
            message = _OUTSIDE.fill(day=day, start=stage.calendar.start, end=last)
            stage.draft.problems.add(at.at("on"), "outside-calendar", message)
        seat, move = _seat_and_move(one, at, stage)
        amount = _amount(one, at, move, stage.draft)
        if move is not None:
            _check_actor(one, at, seat, move, stage.draft)
            _check_targets(one, at, seat, move, stage)
        yield DatedOrder(
            day or stage.calendar.start, turn, one.seat, one.move, one.actor or "", dict(one.targets), amount,
            stage.draft.basis(one, at), at.place,
        )  # fmt: skip


def _seat_and_move(shape: DatedOrderShape | WithheldShape, spot: Spot, stage: Stage) -> tuple[Seat | None, Move | None]:
    draft, broken = stage.draft, stage.draft.nouns.broken
    seat, move = stage.seats.get(shape.seat), stage.ruleset.moves.get(shape.move)
    if seat is None and shape.seat not in broken:
        draft.problems.unknown(spot.at("seat"), "seat", shape.seat, stage.seats)
    if move is None and shape.move not in broken:
        draft.problems.unknown(spot.at("move"), "move", shape.move, stage.ruleset.moves)
    denied = seat is not None and move is not None and move.id in seat.moves_denied
    if seat is not None and move is not None and (denied or not may_give(seat.actors, move, draft)):
        draft.problems.add(spot.at("move"), "seat-never-gives", _NEVER_GIVES.fill(seat=seat.id, move=move.id))
    return seat, move


def _withheld(shape: WithheldShape, spot: Spot, stage: Stage) -> Withheld:
    _seat_and_move(shape, spot, stage)
    return Withheld(shape.seat, shape.move, stage.draft.basis(shape, spot), spot.place)


def _amount(shape: DatedOrderShape, spot: Spot, move: Move | None, draft: Draft) -> int:
    if move is None:
        return 1
    if move.amount is None:
        if shape.amount not in (None, 1):
            draft.problems.add(spot.at("amount"), "no-amount", _NO_AMOUNT.fill(move=move.id))
        return 1
    amount = shape.amount if shape.amount is not None else move.amount.default
    if not move.amount.low <= amount <= move.amount.high:
        draft.problems.add(spot.at("amount"), "out-of-range", outside(amount, move.amount.low, move.amount.high))
    return amount


def _check_actor(shape: DatedOrderShape, spot: Spot, seat: Seat | None, move: Move, draft: Draft) -> None:
    if shape.actor is None or seat is None:
        return
    if shape.actor not in draft.cast.kinds:
        unknown_entity(shape.actor, spot.at("actor"), draft)
    elif shape.actor not in seat.actors or not fits(shape.actor, move.by, draft):
        message = _NOT_ITS_ACTOR.fill(name=shape.actor, seat=seat.id, move=move.id)
        draft.problems.add(spot.at("actor"), "seat-never-gives", message)


def _check_targets(shape: DatedOrderShape, spot: Spot, seat: Seat | None, move: Move, stage: Stage) -> None:
    """Note roles and entities that do not exist, entities that cannot have the role, and ties that are missing."""
    draft, at = stage.draft, spot.get("targets")
    ties = {c.role for c in move.target.clauses if isinstance(c, TieClause)}
    kinds = {c.role: c.kinds for c in move.target.clauses if isinstance(c, EntityClause)}
    roles = [role for role in move.target.roles if role != "actor"]
    sure: dict[str, str] = {}
    for role, here in at.items() if at else ():
        name = shape.targets.get(role, "")
        if role not in roles:
            draft.problems.unknown(here.key_place, "role", role, roles)
        elif role not in ties and name not in draft.cast.kinds:
            unknown_entity(name, here.place, draft)
        elif role not in ties:
            sure[role] = name
            for words in (kinds.get(role), move.target.only.get(role)):
                if words is not None and not fits(name, words, draft):
                    message = _NOT_THAT_ROLE.fill(name=name, role=role, kinds=", ".join(words))
                    draft.problems.add(here.place, "never-that-kind", message)
    actors = [shape.actor] if shape.actor else [a for a in seat.actors if fits(a, move.by, draft)] if seat else []
    _check_ties(move, sure, actors, spot, stage)


def _check_ties(move: Move, sure: Mapping[str, str], actors: list[str], spot: Spot, stage: Stage) -> None:
    there = {(t.type, *ends) for t in stage.ties for ends in _ends(t, stage.ruleset)}
    for clause in move.target.clauses:
        if not isinstance(clause, TieClause):
            continue
        sources = actors if clause.source == "actor" else [sure[clause.source]] if clause.source in sure else []
        targets = actors if clause.target == "actor" else [sure[clause.target]] if clause.target in sure else []
        if sources and targets and not any((clause.tie, s, t) in there for s in sources for t in targets):
            message = _NO_TIE.fill(tie=clause.tie, source=sources[0], target=targets[0])
            stage.draft.problems.add(spot.at("targets"), "no-such-tie", message)


def _ends(tie: TieStart, ruleset: Ruleset) -> list[tuple[str, str]]:
    both = tie.type in ruleset.ties and ruleset.ties[tie.type].symmetric
    return [(tie.source, tie.target), *([(tie.target, tie.source)] if both else [])]


def _check_number(script: Iterable[DatedOrder], stage: Stage) -> None:
    """Note turns in which a seat is given more orders than it may file."""
    given: dict[tuple[str, int], int] = {}
    for order in script:
        seat = stage.seats.get(order.seat)
        given[order.seat, order.turn] = given.get((order.seat, order.turn), 0) + 1
        if seat is not None and order.turn and given[order.seat, order.turn] == seat.orders + 1:
            message = _TOO_MANY.fill(seat=seat.id, turn=order.turn, most=seat.orders)
            stage.draft.problems.add(order.place, "too-many-orders", message)


_NO_TABLE: Final = Text(
    "a case is scored against {file}, which is missing or empty",
    "un caso se califica con {file}, que falta o está vacío",
)
_NO_SUCH_DAY: Final = Text("there is no such day: {value}", "no existe ese día: {value}")
_OUTSIDE: Final = Text(
    "{day} is outside the calendar, which goes from {start} to before {end}",
    "{day} queda fuera del calendario, que va del {start} hasta antes del {end}",
)
_ALL_BEFORE: Final = Text(
    "{day} leaves nothing to score: the calendar ends before {end}",
    "{day} no deja nada que calificar: el calendario termina antes del {end}",
)
_SHARES: Final = Text("the shares of the months add up to {sum}, not to 1", "las partes de los meses suman {sum}, no 1")
_NEVER_GIVES: Final = Text("the seat '{seat}' can never give '{move}'", "el puesto «{seat}» nunca puede dar «{move}»")
_NO_AMOUNT: Final = Text("the move '{move}' has no amount", "la acción «{move}» no tiene cantidad")
_NOT_ITS_ACTOR: Final = Text(
    "'{name}' is not an actor of the seat '{seat}' that gives '{move}'",
    "«{name}» no es un actor del puesto «{seat}» que dé «{move}»",
)
_NOT_THAT_ROLE: Final = Text(
    "'{name}' can never be '{role}'; expected one of: {kinds}", "«{name}» no puede ser «{role}»; se espera: {kinds}"
)
_NO_TIE: Final = Text(
    "there is no tie {tie}({source}, {target}) in this scenario",
    "no hay ningún vínculo {tie}({source}, {target}) en este escenario",
)
_TOO_MANY: Final = Text(
    "more orders for '{seat}' in turn {turn} than it may file ({most})",
    "más órdenes para «{seat}» en el turno {turn} de las que puede dar ({most})",
)
