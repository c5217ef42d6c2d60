"""The outcome table of an ensemble, and the same as rows for CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from wargame.analysis.ensemble import Outcomes
from wargame.analysis.intervals import Interval, mean, quantiles, share
from wargame.model.scenario import Scenario
from wargame.model.text import Text


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what, how much with its interval, and the 10, 50 and 90 % points where they make sense."""

    kind: str
    id: str
    title: Text
    value: Interval
    spread: tuple[float, float, float] | None
    unit: str = ""


def outcome_rows(scenario: Scenario, outcomes: Outcomes, *, short: bool = False) -> list[Row]:
    """Return the table: endings, what else was noted, wins, scores, objectives, measures."""
    return [
        *_endings(scenario, outcomes),
        *_seats(scenario, outcomes, short=short),
        *_objectives(scenario, outcomes),
        *_measures(scenario, outcomes),
    ]


def _endings(scenario: Scenario, outcomes: Outcomes) -> Iterator[Row]:
    for number, ending in enumerate(scenario.endings):
        if ending.stops:
            hits = int((outcomes.ending == number).sum())
            yield Row("ending", ending.id, ending.title, share(hits, len(outcomes)), None)
        else:
            hits = int((outcomes.noted[number] > 0).sum())
            yield Row("noted", ending.id, ending.title, share(hits, len(outcomes)), None)


def _seats(scenario: Scenario, outcomes: Outcomes, *, short: bool) -> Iterator[Row]:
    for seat in scenario.seats:
        won = outcomes.scores[seat.id] >= seat.bar(short=short)
        yield Row("wins", seat.id, seat.title, share(int(won.sum()), len(outcomes)), None)
    for seat in scenario.seats:
        scores = outcomes.scores[seat.id]
        yield Row("score", seat.id, seat.title, mean(scores), quantiles(scores))


def _objectives(scenario: Scenario, outcomes: Outcomes) -> Iterator[Row]:
    for seat in scenario.seats:
        for objective in seat.objectives:
            name = f"{seat.id}/{objective.id}"
            if name in outcomes.objectives:
                values = outcomes.objectives[name]
                yield Row("objective", name, objective.title, mean(values), quantiles(values))


def _measures(scenario: Scenario, outcomes: Outcomes) -> Iterator[Row]:
    for measure in scenario.measures:
        values = outcomes.measures[measure.id]
        yield Row("measure", measure.id, measure.title, mean(values), quantiles(values), measure.unit)


def as_json(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return the table as JSON values."""
    return [
        {
            "kind": row.kind,
            "id": row.id,
            "title": {"en": row.title.en, "es": row.title.es},
            "value": row.value.value,
            "low": row.value.low,
            "high": row.value.high,
            "p10_p50_p90": list(row.spread) if row.spread else None,
            "unit": row.unit,
        }
        for row in rows
    ]


def session_rows(scenario: Scenario, outcomes: Outcomes) -> tuple[list[str], Iterator[list[Any]]]:
    """Return the columns and rows of the sessions of an ensemble, for CSV."""
    groups = {"score": outcomes.scores, "objective": outcomes.objectives, "measure": outcomes.measures}
    columns = [f"{group}:{name}" for group, values in groups.items() for name in values]
    noted = [f"noted:{e.id}" for e in scenario.endings if not e.stops]
    return ["session", "seed", "ending", "turn", *noted, *columns], _sessions(scenario, outcomes)


def _sessions(scenario: Scenario, outcomes: Outcomes) -> Iterator[list[Any]]:
    values = [v for group in (outcomes.scores, outcomes.objectives, outcomes.measures) for v in group.values()]
    table = np.array(values)
    noted = [i for i, e in enumerate(scenario.endings) if not e.stops]
    for n in range(len(outcomes)):
        head = [n, int(outcomes.seeds[n]), scenario.endings[outcomes.ending[n]].id, int(outcomes.turn[n])]
        yield [*head, *(int(outcomes.noted[i, n]) for i in noted), *(float(v) for v in table[:, n])]
