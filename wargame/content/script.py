"""The script of a scenario: calendar, injects, endings, measures, training and what really happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from wargame.content.draft import Authored, Draft, spot_words, text_of
from wargame.content.problems import Problems
from wargame.content.reading import Reading
from wargame.content.schema_scenario import (
    CardShape,
    CourseShape,
    EndingShape,
    InjectShape,
    LevelShape,
    MeasureShape,
    TrainingShape,
)
from wargame.content.scope import RuleScope
from wargame.content.seats import may_give
from wargame.content.spots import Spot
from wargame.content.verbs import check_gaps
from wargame.formula.walk import reads
from wargame.model.errors import Place
from wargame.model.rules import Move
from wargame.model.scenario import (
    Calendar,
    Ending,
    HistoryEntry,
    Inject,
    Level,
    Measure,
    Seat,
    Step,
    TrainingObjective,
    Trigger,
)
from wargame.model.text import Text


def build_calendar(card: Authored[CardShape], problems: Problems) -> Calendar:
    """Return the calendar."""
    shape, spot = card.shape.calendar, card.spot.get("calendar")
    here = spot or card.spot
    try:
        start = date.fromisoformat(shape.start)
    except ValueError:
        problems.add(here.at("start"), "wrong-date", _NO_SUCH_DAY.fill(value=shape.start))
        start = date(2000, 1, 1)
    if shape.short > shape.turns:
        problems.add(here.at("short"), "out-of-range", _SHORT.fill(short=shape.short, turns=shape.turns))
    return Calendar(start, Step(shape.step), shape.turns, shape.short)


def build_level(entry: Authored[LevelShape], draft: Draft) -> Level:
    """Return a level of difficulty."""
    shape = entry.shape
    return Level(shape.id, text_of(shape.title), shape.resources, shape.sharpness, draft.basis(shape, entry.spot))


def build_training(entry: Authored[TrainingShape], draft: Draft) -> TrainingObjective:
    """Return a training objective."""
    shape = entry.shape
    return TrainingObjective(shape.id, text_of(shape.title), text_of(shape.evidence), draft.basis(shape, entry.spot))


def build_course(entry: Authored[CourseShape], turns: int, draft: Draft) -> HistoryEntry:
    """Return what really happened in a turn."""
    shape = entry.shape
    refuse_beyond(shape.turn, entry.spot.at("turn"), turns, draft)
    return HistoryEntry(shape.turn, text_of(shape.text), draft.basis(shape, entry.spot))


def refuse_beyond(turn: int | None, place: Place, turns: int, draft: Draft) -> None:
    """Note a turn that never comes."""
    if turn is not None and turn > turns:
        draft.problems.add(place, "beyond-last-turn", _BEYOND.fill(turn=turn, turns=turns))


def start_reading(draft: Draft) -> Reading:
    """Return what reads formulas that name entities and draw nothing."""
    return Reading(draft, RuleScope(draft.nouns, cast=draft.cast))


# ── injects ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Table:
    """What injects may name."""

    turns: int
    seats: Mapping[str, Seat]
    moves: Mapping[str, Move]
    training: frozenset[str]


def build_inject(entry: Authored[InjectShape], table: Table, draft: Draft) -> Inject:
    """Return a scripted event."""
    shape, spot = entry.shape, entry.spot
    reading = start_reading(draft)
    trigger = _trigger(shape, spot, table, reading)
    for key, known in (("audience", table.seats), ("training", table.training)):
        for name, place in spot_words(spot, key):
            if name not in known and name not in draft.nouns.broken:
                draft.problems.unknown(place, "seat" if key == "audience" else "training", name, known)
    check_gaps(spot.get("text"), set(), draft)
    return Inject(
        shape.id, text_of(shape.title), text_of(shape.text), trigger, tuple(shape.audience), text_of(shape.expected),
        tuple(shape.training), reading.effects(spot.get("effects"), spot.get("transfer")), draft.basis(shape, spot),
        spot.place,
    )  # fmt: skip


def _trigger(shape: InjectShape, spot: Spot, table: Table, reading: Reading) -> Trigger:
    draft = reading.draft
    given = [key for key, value in (("turn", shape.turn), ("when", shape.when), ("absent", shape.absent)) if value]
    if len(given) != 1:
        draft.problems.add(spot.place, "wrong-trigger", _ONE_TRIGGER)
    for key in ("from", "until"):
        if spot.get(key) and shape.when is None:
            draft.problems.add(spot.get(key).key_place, "wrong-trigger", _ONLY_WITH_WHEN.fill(key=key))  # type: ignore[union-attr]
    for key, turn in (("turn", shape.turn), ("from", shape.from_), ("until", shape.until)):
        refuse_beyond(turn, spot.at(key), table.turns, draft)
    chance = reading.maybe_number(spot.get("chance"))
    if shape.absent is not None:
        by = shape.absent.by
        _check_absence(shape, spot, table, draft)
        return Trigger("absence", by, by, None, shape.absent.move, shape.absent.seat or "", chance)
    if shape.when is not None:
        begin, until = shape.from_ or 1, shape.until or table.turns
        if begin > until:
            draft.problems.add(spot.at("until"), "out-of-range", _ENDS_BEFORE.fill(begin=begin, until=until))
        return Trigger("condition", begin, until, reading.truth(spot.get("when")), "", "", chance)
    turn = shape.turn or 1
    return Trigger("turn", turn, turn, None, "", "", chance)


def _check_absence(shape: InjectShape, spot: Spot, table: Table, draft: Draft) -> None:
    absent, at = shape.absent, spot.get("absent")
    if absent is None or at is None:
        return
    refuse_beyond(absent.by, at.at("by"), table.turns, draft)
    seat = table.seats.get(absent.seat) if absent.seat else None
    if absent.seat and seat is None and absent.seat not in draft.nouns.broken:
        draft.problems.unknown(at.at("seat"), "seat", absent.seat, table.seats)
    move = table.moves.get(absent.move)
    if move is None:
        if absent.move not in draft.nouns.broken:
            draft.problems.unknown(at.at("move"), "move", absent.move, table.moves)
    elif seat is not None and (move.id in seat.moves_denied or not may_give(seat.actors, move, draft)):
        draft.problems.add(at.at("move"), "seat-never-gives", _NEVER_GIVES.fill(seat=seat.id, move=move.id))


# ── endings and measures ─────────────────────────────────────────────────────────────────────────────────────


def build_ending(entry: Authored[EndingShape], turns: int, draft: Draft) -> Ending:
    """Return a way for the session to end."""
    shape, spot = entry.shape, entry.spot
    when = start_reading(draft).truth(spot.get("when"))
    refuse_beyond(shape.from_, spot.at("from"), turns, draft)
    at: Literal["any", "last"] = shape.at
    because, rare = (text_of(words) if words else None for words in (shape.because, shape.rare))
    return Ending(
        shape.id, text_of(shape.title), text_of(shape.text), when, at, shape.from_, shape.stops, because, rare,
        draft.basis(shape, spot), spot.place,
    )  # fmt: skip


def check_last_ending(endings: Iterable[Ending], place: Place, draft: Draft) -> None:
    """Note if the session could end without an ending."""
    last = [*endings][-1:]
    if not last:
        draft.problems.add(place, "no-ending", _NO_ENDING)
    elif last[0].at != "last" or not last[0].stops or reads(last[0].when.node):
        draft.problems.add(last[0].place, "last-ending", _LAST_ENDING)


def build_measure(entry: Authored[MeasureShape], draft: Draft) -> Measure:
    """Return a tracked quantity."""
    shape, spot = entry.shape, entry.spot
    value = start_reading(draft).number(spot.get("value"))
    unit = shape.unit if shape.unit is not None else value.unit
    return Measure(shape.id, text_of(shape.title), value, unit, shape.decimals, draft.basis(shape, spot), spot.place)


_NO_SUCH_DAY: Final = Text("there is no such day: {value}", "no existe ese día: {value}")
_SHORT: Final = Text(
    "the short session ({short}) is longer than the full one ({turns})",
    "la sesión corta ({short}) es más larga que la completa ({turns})",
)
_BEYOND: Final = Text(
    "turn {turn} never comes: the full session has {turns} turns",
    "el turno {turn} no llega nunca: la sesión completa tiene {turns} turnos",
)
_ONE_TRIGGER: Final = Text(
    "an inject has exactly one trigger: 'turn', 'when' or 'absent'",
    "una incidencia tiene exactamente un disparador: «turn», «when» o «absent»",
)
_ONLY_WITH_WHEN: Final = Text("'{key}' is used only together with 'when'", "«{key}» solo se usa junto con «when»")
_ENDS_BEFORE: Final = Text(
    "it ends (turn {until}) before it begins (turn {begin})", "termina (turno {until}) antes de empezar (turno {begin})"
)
_NEVER_GIVES: Final = Text(
    "the seat '{seat}' can never give '{move}', so its absence says nothing",
    "el puesto «{seat}» nunca puede dar «{move}», así que su ausencia no dice nada",
)
_NO_ENDING: Final = Text("a scenario needs at least one ending", "un escenario necesita al menos un desenlace")
_LAST_ENDING: Final = Text(
    "the last ending is for when time runs out and must always hold: 'at: last' and 'when: turn >= 1'",
    "el último desenlace es para cuando se acaba el tiempo y debe cumplirse siempre: «at: last» y «when: turn >= 1»",
)
