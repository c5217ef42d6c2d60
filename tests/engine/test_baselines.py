"""Ensembles as an instrument: a rule that changed by mistake moves outcomes that no unit test looks at.

The baselines are remade, after a change that is meant, by ``python -m tests.engine.test_baselines``; look at the
difference before you keep it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from wargame.analysis.ensemble import Design, Outcomes, simulate
from wargame.analysis.intervals import Interval, share
from wargame.content.listing import case_names, scenario_names
from wargame.content.load import load_with_bundle
from wargame.model.scenario import WIN, Scenario

FOLDER = Path(__file__).parents[1] / "baselines"
SESSIONS = 250
SEED = 2020
SHOWN = 3
"""Lenses of each scenario that are measured: its usual one and the first that are shown beside it."""


def measured(name: str, lens: str = "") -> dict[str, Any]:
    """Return how often each ending came, each seat won, and the mean of each measure, in an ensemble."""
    scenario, bundle = load_with_bundle(name)
    outcomes = simulate(bundle, Design(lens=lens), SESSIONS, SEED, workers=1)
    return {
        "endings": {e.id: _times(scenario, outcomes, i) for i, e in enumerate(scenario.endings)},
        "wins": {seat: int((scores >= WIN).sum()) for seat, scores in outcomes.scores.items()},
        "measures": {
            name: [float(values.mean()), float(values.std(ddof=1) / np.sqrt(SESSIONS))]
            for name, values in outcomes.measures.items()
        },
    }


def _times(scenario: Scenario, outcomes: Outcomes, number: int) -> int:
    if scenario.endings[number].stops:
        return int((outcomes.ending == number).sum())
    return int((outcomes.noted[number] > 0).sum())


def _lenses(name: str) -> list[str]:
    return list(load_with_bundle(name)[0].lenses[:SHOWN]) or [""]


NAMES = [name for name in scenario_names() if name not in case_names()]
CASES = [(name, lens) for name in NAMES for lens in _lenses(name)]


@pytest.mark.parametrize(("name", "lens"), CASES)
def test_outcomes_are_where_they_were(name: str, lens: str) -> None:
    kept = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))[lens]
    now = measured(name, lens)
    moved = [
        f"{group}.{id}: {before} → {now[group][id]} of {SESSIONS}"
        for group in ("endings", "wins")
        for id, before in kept[group].items()
        if not _interval(before).overlaps(_interval(now[group][id]))
    ]
    moved += [
        f"measures.{id}: {before:.4g} → {now['measures'][id][0]:.4g}"
        for id, (before, error) in kept["measures"].items()
        if abs(now["measures"][id][0] - before) > 3.0 * np.hypot(error, now["measures"][id][1]) + 1e-9
    ]
    assert moved == []
    assert {g: set(kept[g]) for g in kept} == {g: set(now[g]) for g in now}


def _interval(times: int) -> Interval:
    return share(times, SESSIONS)


def test_every_shipped_scenario_has_a_baseline() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(NAMES)


def remake() -> None:
    """Write the baselines of every shipped scenario under every lens."""
    FOLDER.mkdir(exist_ok=True)
    for name in NAMES:
        found = {lens: measured(name, lens) for lens in _lenses(name)}
        text = json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True)
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    remake()
