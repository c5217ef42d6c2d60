"""Forecasts of a session in play: what to ask, what is kept of the answers, and how they have borne out.

A kept forecast is a record of the log; it is held against what the seat believes once its last turn has been played,
and only if the order was given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wargame.analysis.forecast import HORIZON, PAIRS, Forecast, Question, Setting
from wargame.engine import draws
from wargame.engine.sampling import known
from wargame.model.orders import Order
from wargame.session.matters import Matters
from wargame.session.records import Record
from wargame.session.session import Session

FORECAST = "forecast"
"""The kind of record that a kept forecast is."""


@dataclass(frozen=True, slots=True)
class BorneOut:
    """A forecast whose time has come: the band foretold for a number, and what the seat takes it to be now."""

    turn: int
    until: int
    order: str
    row: int
    band: tuple[float, float, float]
    came: float

    @property
    def inside(self) -> bool:
        """Say whether it came to lie between the tenth and the ninetieth percentile."""
        return self.band[0] <= self.came <= self.band[2]


def setting_of(session: Session) -> Setting:
    """Return what a forecaster needs of a session; the seats of people go on by their first doctrine."""
    header = session.header
    return Setting(
        session.store.content(session.id),
        header.lens,
        header.length == "short",
        session.scenario.level(header.level).sharpness,
        {s.seat: s.doctrine for s in header.seats if s.by == "bot"},
    )


def question_of(
    session: Session, matters: Matters, order: Order, *, horizon: int = HORIZON, pairs: int = PAIRS
) -> Question:
    """Return the question what an order would come to, beside the other orders that its seat has filed.

    An order that is filed already is taken out on the other side. It is asked about the numbers of the seat's
    objectives and the headlines, in luck of its own: of the seat, the turn and the order, not of the session.
    """
    seat = matters.seat.id
    chosen = session.engine.candidates[order.candidate]
    others = tuple((o.candidate, o.amount) for o in session.filed[seat] if o.candidate != order.candidate)
    rows = dict.fromkeys([*(row for rows in matters.objectives.values() for row in rows), *matters.headlines])
    return Question(
        known(matters.eyes, session.world, session.view(seat)),
        (order.candidate, order.amount),
        others,
        tuple(rows),
        draws.word(f"forecast|{session.id}|{seat}|{session.turn}|{chosen.key}|{order.amount}"),
        horizon,
        pairs,
    )


def keep(session: Session, forecast: Forecast) -> None:
    """Keep a forecast with the session, so that it can be held against what comes."""
    question = forecast.question
    names = session.engine.layout.names
    session.remark(
        question.known.seat,
        FORECAST,
        {
            "order": session.engine.candidates[question.order[0]].key,
            "amount": question.order[1],
            "until": forecast.until,
            "numbers": {names[row]: list(outlook.bands[0]) for row, outlook in forecast.numbers.items()},
        },
    )


def borne_out(session: Session, matters: Matters) -> list[BorneOut]:
    """Return how the kept forecasts of a seat have borne out so far, the last of several about the same order."""
    latest: dict[tuple[int, str], Record] = {}
    for record in session.store.records(session.id):
        if record.kind == FORECAST and record.seat == matters.seat.id:
            latest[record.turn, record.payload["order"]] = record
    played = len(session.reports)
    return [
        found
        for record in latest.values()
        if record.payload["until"] <= played and _was_given(session, record)
        for found in _held_against(session, matters, record.turn, record.payload)
    ]


def _was_given(session: Session, record: Record) -> bool:
    report = session.reports[record.turn - 1]
    return any(o.seat == record.seat and o.order == record.payload["order"] for o in report.outcomes)


def _held_against(session: Session, matters: Matters, turn: int, payload: Mapping[str, Any]) -> Iterator[BorneOut]:
    until = int(payload["until"])
    now = matters.eyes.look_at(session.world, until + 1)
    rows = {name: row for row, name in enumerate(session.engine.layout.names)}
    for name, (low, middle, high) in payload["numbers"].items():
        row = rows[name]
        yield BorneOut(turn, until, payload["order"], row, (low, middle, high), float(now[row]))
