"""Balance as an instrument: what each doctrine brings its seat, in sessions in which all play their nth doctrines.

The baselines are remade, after a change that is meant, by ``python -m tests.analysis.test_balance_baselines``; look at
the difference before you keep it.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from wargame.analysis.ensemble import run_each
from wargame.bots.bots import Bots
from wargame.content.listing import case_names, scenario_names
from wargame.content.load import load_with_bundle
from wargame.engine.draws import seeds_of
from wargame.engine.engine import Engine
from wargame.model.scenario import WIN
from wargame.model.ticks import Floats

FOLDER = Path(__file__).parents[1] / "baselines" / "balance"
NAMES = [name for name in scenario_names() if name not in case_names()]
SESSIONS = 40
SEED = 2020
SLACK = 4.0
"""Standard errors by which a mean score may move."""

Found = dict[str, dict[str, list[float]]]
"""Seat → doctrine → wins, mean score, and its standard error."""


def measured(name: str) -> Found:
    """Return what its doctrines bring each seat: all first ones against one another, all second ones, and so on."""
    scenario = load_with_bundle(name)[0]
    engine = Engine(scenario)
    rows = max(len(seat.doctrines) for seat in scenario.seats)
    plays = [{s.id: s.doctrines[row % len(s.doctrines)] for s in scenario.seats} for row in range(rows)]
    sharpness = scenario.level().sharpness
    first = Bots(engine, plays[0], sharpness)
    tables = [first, *(Bots(engine, row, sharpness, beside=first) for row in plays[1:])]
    found: Found = {seat.id: {} for seat in scenario.seats}
    for row, played in zip(plays, run_each(engine, tables, seeds_of(SEED, SESSIONS)), strict=True):
        for seat, doctrine in row.items():
            found[seat].setdefault(doctrine, _told(played.scores[seat]))
    return found


def _told(scores: Floats) -> list[float]:
    error = scores.std(ddof=1) / np.sqrt(SESSIONS)
    return [int((scores >= WIN).sum()), round(float(scores.mean()), 6), round(float(error), 6)]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_doctrines_bring_their_seats_what_they_brought(name: str) -> None:
    kept: Found = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    now = measured(name)
    assert {seat: set(kept[seat]) for seat in kept} == {seat: set(now[seat]) for seat in now}
    moved = [
        f"{seat}/{doctrine}: {before[1]:.3f} → {now[seat][doctrine][1]:.3f}"
        for seat, doctrines in kept.items()
        for doctrine, before in doctrines.items()
        if abs(before[1] - now[seat][doctrine][1]) > SLACK * np.hypot(before[2], now[seat][doctrine][2]) + 1e-6
    ]
    assert moved == []


def test_every_scenario_that_is_played_has_a_baseline_of_its_balance() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(NAMES)


def remake() -> None:
    """Write the baselines of every scenario that is played."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        text = json.dumps(measured(name), indent=1, ensure_ascii=False, sort_keys=True)
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    remake()
