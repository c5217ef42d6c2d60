"""A case against its history: what sessions say of each figure, how well, and how well two simple rivals do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from wargame.analysis.parameters import ParameterSets, factors, latin_hypercube, sets_for
from wargame.analysis.periods import answered, exposure, weights
from wargame.analysis.scoring import (
    Anchor,
    Points,
    Scores,
    Verdict,
    interpolation,
    last_value,
    pooled,
    score,
    score_rival,
    verdict,
)
from wargame.analysis.trajectories import CHUNK, Course, Trajectories, trajectories
from wargame.bots.bots import default_plays
from wargame.content.bundle import Bundle
from wargame.content.load import load_bundle
from wargame.engine.draws import seeds_of
from wargame.engine.engine import Engine
from wargame.model.errors import SessionError
from wargame.model.hindcast import DatedOrder, Hindcast, Line, Row, Scale
from wargame.model.scenario import Calendar, Scenario
from wargame.model.text import Text
from wargame.model.ticks import Floats


@dataclass(frozen=True)
class Sorted:
    """The rows of a case by what becomes of them; scored and known ones by series."""

    scored: Mapping[str, tuple[Row, ...]]
    known: Mapping[str, tuple[Row, ...]]
    """Those that ended before the model was left to itself."""
    unmapped: tuple[Row, ...]
    outside: tuple[Row, ...]
    early: tuple[Row, ...]
    """Those of the table in question that ended by then: known, and so not scored."""
    repeated: tuple[Row, ...]
    """Those that stand in the table once more: the same series, period, source and figures. They count once."""


@dataclass(frozen=True)
class SeriesScores:
    """One series of history: its points, the scores of the sessions, and those of the rivals (None: nothing known)."""

    id: str
    line: Line
    rows: tuple[Row, ...]
    """In the order of the points."""
    points: Points
    scores: Scores
    rivals: Mapping[str, Scores | None]
    verdict: Verdict
    """How far to trust the sessions on it."""


@dataclass(frozen=True)
class CaseScores:
    """A case under one lens."""

    case: str
    lens: str
    sessions: int
    sets: int
    seed: int
    series: Mapping[str, SeriesScores]
    overall: Scores
    rivals: Mapping[str, Scores]
    """Over the series of which anything was known."""
    beside_rivals: Scores
    """Of the sessions, over the same series."""
    unmapped: tuple[Row, ...]
    outside: tuple[Row, ...]
    early: tuple[Row, ...]
    repeated: tuple[Row, ...]
    script: tuple[tuple[DatedOrder, float], ...]
    """The dated orders, each with the share of sessions in which it could be given."""


def case_of(scenario: Scenario) -> Hindcast:
    """Return the chapter of a case; raise SessionError for any other scenario."""
    if scenario.hindcast is None:
        raise SessionError(_NO_CASE.fill(name=scenario.id))
    return scenario.hindcast


def sort_rows(case: Hindcast, calendar: Calendar, against: Iterable[Row] | None = None) -> Sorted:
    """Return the rows by what becomes of them; ``against`` are scored instead of the case's own."""
    scored: dict[str, list[Row]] = {}
    known: dict[str, list[Row]] = {}
    unmapped, outside, early = [], [], []
    rows, repeated = _once(case.rows if against is None else against)
    for row in rows:
        number = case.line_of(row)
        if number is None:
            unmapped.append(row)
        elif row.end <= case.calibrated_to:
            early.append(row)
        elif weights(row, case.lines[number], calendar) is None:
            outside.append(row)
        else:
            scored.setdefault(row.series, []).append(row)
    own = [r for r in case.rows if r.end <= case.calibrated_to and case.line_of(r) is not None]
    for row in _once([*early, *own])[0]:
        known.setdefault(row.series, []).append(row)
    return Sorted(
        {name: tuple(some) for name, some in scored.items()},
        {name: tuple(some) for name, some in known.items()},
        tuple(unmapped),
        tuple(outside),
        tuple(early),
        repeated,
    )


def _once(rows: Iterable[Row]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Return the rows without those that say the same figure again, and these."""
    found: dict[tuple[object, ...], Row] = {}
    again = []
    for row in rows:
        same_figure = (row.series, row.start, row.end, row.source, row.value, row.low, row.high)
        if same_figure in found:
            again.append(row)
        found.setdefault(same_figure, row)
    return tuple(found.values()), tuple(again)


def hindcast(
    bundle: Bundle,
    lens: str,
    sessions: int,
    seed: int,
    *,
    against: Sequence[Row] | None = None,
    workers: int | None = None,
    chunk: int = CHUNK,
    progress: Callable[[int], Any] = lambda done: None,
) -> CaseScores:
    """Play a case from its start and score it; raise SessionError for a scenario that is none."""
    scenario = load_bundle(bundle)
    case = case_of(scenario)
    sets = sets_of(scenario, lens, sets_for(sessions), seed)
    parameters = sets.of_sessions(np.arange(sessions, dtype=np.intp) % sets.count)
    course = Course(lens, tuple(dict.fromkeys(line.measure for line in case.lines)))
    played = trajectories(
        bundle, course, seeds_of(seed, sessions), parameters, processes=workers, chunk=chunk, progress=progress
    )
    return scored(scenario, lens, played, sets.count, seed, against)


def sets_of(scenario: Scenario, lens: str, count: int, seed: int) -> ParameterSets:
    """Return parameter sets of a scenario under a lens, played by the usual doctrines."""
    return latin_hypercube(factors(Engine(scenario, lens or None), default_plays(scenario)), count, seed)


def scored(
    scenario: Scenario, lens: str, played: Trajectories, sets: int, seed: int, against: Sequence[Row] | None = None
) -> CaseScores:
    """Return the scores of what was played."""
    case = case_of(scenario)
    found = sort_rows(case, scenario.calendar, against)
    series = {s.id: s for s in _each_series(case, scenario.calendar, found, played)}
    named = dict.fromkeys(name for s in series.values() for name in s.rivals)
    rivals = {n: pooled([r for s in series.values() if (r := s.rivals[n]) is not None]) for n in named}
    beside = pooled([s.scores for s in series.values() if any(s.rivals.values())])
    shares = [given / due if due else 0.0 for given, due in played.given.tolist()]
    return CaseScores(
        scenario.id, lens, played.sessions, min(sets, played.sessions), seed, series,
        pooled([s.scores for s in series.values()]), rivals, beside, found.unmapped, found.outside, found.early,
        found.repeated, tuple(zip(case.script, shares, strict=True)),
    )  # fmt: skip


def _each_series(case: Hindcast, calendar: Calendar, found: Sorted, played: Trajectories) -> Iterator[SeriesScores]:
    for name, rows in found.scored.items():
        number = case.line_of(rows[0])
        assert number is not None
        line = case.lines[number]
        ordered = tuple(sorted(rows, key=lambda r: (r.end, exposure(r, line), _or_low(r.value), _or_low(r.low))))
        points = _points(ordered, line, calendar, played.measures[line.measure])
        anchors = _anchors(name, line, number, case, found)
        last = max(anchors, key=lambda a: a.when) if anchors else None
        said = {"interpolation": interpolation(points, anchors), "last_value": last_value(points, anchors)}
        rivals = {rival: score_rival(p, last) if p is not None else None for rival, p in said.items()}
        scores = score(points, last)
        trusted = verdict(scores, line.tolerance, rivals["last_value"])
        yield SeriesScores(name, line, ordered, points, scores, rivals, trusted)


def _or_low(value: float | None) -> float:
    return -np.inf if value is None else value


def _points(rows: Sequence[Row], line: Line, calendar: Calendar, measure: Floats) -> Points:
    said = answered(line, np.stack([np.array(weights(row, line, calendar)) @ measure for row in rows]))
    return Points(
        np.array([float(row.end.toordinal()) for row in rows]),
        np.array([exposure(row, line) for row in rows]),
        np.array([_or_nan(row.value) for row in rows]),
        np.array([_or_nan(row.low) for row in rows]),
        np.array([_or_nan(row.high) for row in rows]),
        said,
        line.scale is Scale.LOG,
    )


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value


def _anchors(name: str, line: Line, number: int, case: Hindcast, found: Sorted) -> list[Anchor]:
    """Return what was known of a series before; if nothing, what was known of the others of its line."""
    rows = [r for r in found.known.get(name, ()) if r.value is not None]
    if not rows:
        rows = [r for some in found.known.values() for r in some if case.line_of(r) == number and r.value is not None]
    return [Anchor(float(r.end.toordinal()), exposure(r, line), r.value) for r in rows if r.value is not None]


_NO_CASE = Text(
    "'{name}' is a scenario to play, without a history to test it against (hindcast.yaml, history.csv).",
    "«{name}» es un escenario para jugar, sin historia con que contrastarlo (hindcast.yaml, history.csv).",
)
