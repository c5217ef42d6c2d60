"""What shipped cases score, held so that a rule that changed by mistake does not spoil history unseen.

The baselines are remade, after a change that is meant, by ``python -m tests.analysis.test_hindcast_baselines``; look at
the difference before you keep it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wargame.analysis.hindcast import CaseScores, hindcast
from wargame.content.listing import case_names
from wargame.content.load import load_with_bundle

FOLDER = Path(__file__).parents[1] / "baselines" / "hindcasts"
SESSIONS, SEED = 60, 2012
HELD = ("inside_80", "sign_agreement", "median_error")
SLACK = 0.1
"""By how much a share, or an error, may move."""


def measured(name: str) -> CaseScores:
    scenario, bundle = load_with_bundle(name)
    return hindcast(bundle, scenario.lens, SESSIONS, SEED, workers=1)


def kept(found: CaseScores) -> dict[str, object]:
    return {"points": found.overall.points} | {name: round(getattr(found.overall, name), 4) for name in HELD}


@pytest.mark.slow
def test_cases_score_as_they_did() -> None:
    for path in sorted(FOLDER.glob("*.json")):
        name, before = path.stem, json.loads(path.read_text(encoding="utf-8"))
        now = kept(measured(name))
        assert now["points"] == before["points"], name
        assert {k: now[k] for k in HELD} == pytest.approx({k: before[k] for k in HELD}, abs=SLACK), name


def test_every_shipped_case_has_a_baseline() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(case_names())


def remake() -> None:
    """Write the baselines of every shipped case."""
    FOLDER.mkdir(exist_ok=True)
    for name in case_names():
        text = json.dumps(kept(measured(name)), indent=1)
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    remake()
