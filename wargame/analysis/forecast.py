"""What an order may come to, as its seat can tell: paired continuations of worlds drawn from what the seat knows.

The two sides of a pair share their world and their luck and differ in the order alone. Later turns are played by bots,
those of the seat itself included. The luck is never that of the session.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field

from wargame.analysis.continuations import Reached, Reading, go_on, with_orders
from wargame.analysis.intervals import quantiles
from wargame.analysis.workers import worker_pool
from wargame.bots.bots import Bots, default_plays
from wargame.content.bundle import Bundle
from wargame.content.load import load_bundle
from wargame.engine.engine import Engine
from wargame.engine.sampling import Known, sample
from wargame.engine.views import SeatEyes
from wargame.formula.constants import FLAG_IS_UP
from wargame.model.ticks import Floats

PAIRS = 200
"""Pairs of continuations; enough for the tenth and ninetieth percentile to be read."""
HORIZON = 4
"""Turns looked ahead, the present one included, unless the session ends before."""


@dataclass(frozen=True)
class Setting:
    """The session as a forecast needs it: rules, lens, length, who plays what, and how well bots choose."""

    bundle: bytes
    lens: str
    short: bool
    sharpness: float
    plays: Mapping[str, str] = field(default_factory=dict)
    """Seat → doctrine; the first doctrine of a seat where nothing is said."""


@dataclass(frozen=True)
class Question:
    """One order (candidate, amount) against not giving it, beside the orders that stand anyway."""

    known: Known
    order: tuple[int, int]
    others: tuple[tuple[int, int], ...]
    rows: tuple[int, ...]
    """The numbers to tell of."""
    seed: int
    horizon: int = HORIZON
    pairs: int = PAIRS


@dataclass(frozen=True)
class Outlook:
    """One number with the order and without it, pair by pair."""

    given: Floats
    absent: Floats

    @property
    def bands(self) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
        """Return the 10th, 50th and 90th percentile with the order, and without it."""
        return quantiles(self.given), quantiles(self.absent)

    @property
    def shares(self) -> tuple[float, float]:
        """Return the share of worlds in which a flag is up with the order, and without it."""
        return float((self.given >= FLAG_IS_UP).mean()), float((self.absent >= FLAG_IS_UP).mean())

    @property
    def more(self) -> float:
        """Return the share of pairs in which the number is higher with the order than without."""
        return float((self.given > self.absent).mean())

    @property
    def less(self) -> float:
        """Return the share of pairs in which the number is lower with the order than without."""
        return float((self.given < self.absent).mean())


@dataclass(frozen=True)
class Forecast:
    """What an order may come to by the end of a turn, in the sight of the seat that gives it."""

    question: Question
    until: int
    """The last turn that was played out."""
    score: Outlook
    objectives: Mapping[str, Outlook]
    numbers: Mapping[int, Outlook]
    """By row."""
    endings: Mapping[int, tuple[float, float]]
    """Number of an ending → share of sessions that have come to it, with the order and without."""


class Study:
    """Answers questions in this process."""

    def __init__(self, setting: Setting) -> None:
        scenario = load_bundle(Bundle.from_bytes(setting.bundle))
        self.engine = Engine(scenario, setting.lens or None, short=setting.short)
        self.bots = Bots(self.engine, default_plays(scenario) | dict(setting.plays), setting.sharpness)
        self._eyes = {seat.id: SeatEyes(self.engine, seat) for seat in scenario.seats}

    def answer(self, question: Question) -> Forecast:
        """Play both sides of every pair."""
        engine, seat = self.engine, question.known.seat
        until = min(question.known.turn + question.horizon - 1, engine.turns)
        world = sample(self._eyes[seat], question.known, question.pairs, question.seed)
        others = self.bots.choose(world, frozenset(s.id for s in engine.scenario.seats) - {seat})
        found: list[Reached] = []
        for mine in ((*question.others, question.order), question.others):
            branch = world.fork()
            reading = Reading(engine, seat, question.rows, question.pairs, until)
            found.append(go_on(engine, self.bots, branch, with_orders(others, mine), reading))
        return _told(engine, question, until, *found)


def _told(engine: Engine, question: Question, until: int, given: Reached, absent: Reached) -> Forecast:
    objectives = [objective.id for objective, _ in engine.reckoning.objectives[question.known.seat]]
    ended = sorted({int(e) for r in (given, absent) for e in r.ending} - {-1})
    return Forecast(
        question,
        until,
        Outlook(given.scores, absent.scores),
        {name: Outlook(given.degrees[i], absent.degrees[i]) for i, name in enumerate(objectives)},
        {row: Outlook(given.values[i], absent.values[i]) for i, row in enumerate(question.rows)},
        {e: (float((given.ending == e).mean()), float((absent.ending == e).mean())) for e in ended},
    )


class Forecaster:
    """A warm worker process that answers questions one after another; close it when the session is left."""

    def __init__(self, setting: Setting) -> None:
        self._pool = worker_pool(1, _open, setting)
        self._pool.submit(_nothing)  # the process starts and loads the rules now, not with the first question

    def ask(self, question: Question) -> Future[Forecast]:
        """Return the forecast to come; it may be cancelled while another question is being answered."""
        return self._pool.submit(_answer, question)

    def close(self) -> None:
        """End the worker."""
        self._pool.shutdown(wait=False, cancel_futures=True)


_study: list[Study] = []
"""The study of a worker process, made once when it starts."""


def _open(setting: Setting) -> None:
    _study[:] = [Study(setting)]


def _nothing() -> None:
    return None


def _answer(question: Question) -> Forecast:
    return _study[0].answer(question)
