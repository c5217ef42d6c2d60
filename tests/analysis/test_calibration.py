"""Calibration: it finds what made a history, leaves alone what is right, and writes values where they stand."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from tests.content.samples import SAMPLES
from wargame.analysis.calibration import WORTH, Plan, _thinned, calibrate, shared_factors, trial
from wargame.analysis.screening import effects, sets_of, strongest
from wargame.content.load import load_with_bundle
from wargame.content.rewriting import rewrite
from wargame.model.errors import ContentError
from wargame.model.ticks import Floats

SMALL = Plan(sessions=1, rounds=6, candidates=12, rules=3, parameters=3, seed=1)


def cases(folder: Path, pace: int, *names: str) -> list[Path]:
    """Write copies of the toy drift whose history went at another pace, and the pack that they share."""
    shutil.copytree(SAMPLES / "rules" / "drift", folder / "rules" / "drift", dirs_exist_ok=True)
    for name in names:
        own = folder / "scenarios" / name
        shutil.copytree(SAMPLES / "scenarios" / "toy-drift", own)
        card = own / "scenario.yaml"
        card.write_text(card.read_text(encoding="utf-8").replace("id: toy-drift", f"id: {name}"), encoding="utf-8")
        head = (own / "history.csv").read_text(encoding="utf-8").splitlines()[0]
        about = "tiles,tiles in the yard,tiles,The yard"
        said = {"2000-03-31": 100 + pace, "2000-09-30": 105 + 3 * pace, "2001-12-31": 105 + 8 * pace}
        rows = [f"{about},{day},{day},{value},,,the mason,invented," for day, value in said.items()]
        flow = f"delivered,tiles delivered,tiles,The yard,2000-01-01,2000-12-31,{4 * pace},,,the mason,invented,"
        (own / "history.csv").write_text("\n".join([head, *rows, flow]) + "\n", encoding="utf-8")
    return [folder / "scenarios" / name for name in names]


def test_the_pace_that_made_a_history_is_found_and_holds_for_a_case_that_was_left_out(tmp_path: Path) -> None:
    paths = cases(tmp_path, 14, "one", "two")
    found = calibrate({path.name: load_with_bundle(path) for path in paths}, SMALL, leave_one_out=True)
    changes = {c.factor.id: c for c in found.changes}
    step = changes["tiles-pile-up.step"]
    assert step.value == pytest.approx(14.0, abs=0.7)
    assert step.worth > 0.05
    assert all(c.worth >= WORTH for c in found.changes)
    assert all(found.tuned.after[name] < found.tuned.before[name] / 2 for name in ("one", "two"))
    assert found.improves
    assert found.folds["one"].after["one"] < found.folds["one"].before["one"] / 2
    assert calibrate({path.name: load_with_bundle(path) for path in paths}, SMALL).changes == found.changes


def test_what_is_worth_little_once_others_are_back_goes_back_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def worth(bench: object, chosen: list[str], *_: object) -> Floats:
        """Say that one move is worth something only beside another that is worth nothing."""
        return np.array([{"good": 0.1, "idle": -0.1, "beside": 0.1 if "idle" in chosen else 0.0}[c] for c in chosen])

    monkeypatch.setattr("wargame.analysis.calibration._put_back", worth)
    left = _thinned(None, ["good", "idle", "beside"], np.array([0.9, 0.8, 0.7]), SMALL, [])  # type: ignore[arg-type,list-item]
    assert left.tolist() == [0.9, 0.5, 0.5]


def test_values_that_are_right_stay(tmp_path: Path) -> None:
    paths = cases(tmp_path, 10, "one", "two")
    found = calibrate({path.name: load_with_bundle(path) for path in paths}, SMALL)
    assert found.changes == ()
    assert found.tuned.before == found.tuned.after
    assert not found.improves


def test_only_what_several_cases_share_is_tuned(tmp_path: Path) -> None:
    one, two = (trial(load_with_bundle(path)[0]) for path in cases(tmp_path, 14, "one", "two"))
    assert {f.id for f in shared_factors([one, two])} == {
        "tiles-pile-up.step", "dust-settles.settling", "busy.lay_first",
    }  # fmt: skip
    assert shared_factors([one]) == list(one.factors.values())


def test_ctrl_c_ends_the_search_and_keeps_what_was_best(tmp_path: Path) -> None:
    paths = cases(tmp_path, 14, "one", "two")
    told: list[int] = []

    def broken_off(played: int) -> None:
        told.append(played)
        if len(told) == 8:
            raise KeyboardInterrupt

    found = calibrate(
        {path.name: load_with_bundle(path) for path in paths}, SMALL, leave_one_out=True, progress=broken_off
    )
    assert found.stopped
    assert not found.improves
    assert found.folds == {}


def test_values_are_written_where_they_stand_and_nothing_else_is_touched(tmp_path: Path) -> None:
    (path,) = cases(tmp_path, 14, "one")
    factor = next(f for f in trial(load_with_bundle(path)[0]).factors.values() if f.name == "step")
    pack = tmp_path / "rules" / "drift" / "pack.yaml"
    before = pack.read_text(encoding="utf-8")
    assert rewrite({factor.place: (10.0, 14.25)}) == [Path(factor.place.file)]
    assert pack.read_text(encoding="utf-8") == before.replace("{value: 10, low: 6", "{value: 14.25, low: 6")
    with pytest.raises(ContentError):
        rewrite({factor.place: (10.0, 12.0)})


def test_elementary_effects_of_a_sum_are_its_weights() -> None:
    def evaluate(shares: Floats) -> Floats:
        return np.stack([shares @ np.array([3.0, 1.0, 0.0]), np.zeros(len(shares))], axis=1)

    names, found = effects(["a", "b", "c"], evaluate, 4, 1)
    assert names == ("a", "b", "c")
    assert found[:, 0].tolist() == pytest.approx([3.0, 1.0, 0.0])
    assert found[:, 1].tolist() == [0.0, 0.0, 0.0]
    groups, together = effects(["x", "y", "x"], evaluate, 4, 1)
    assert groups == ("x", "y")
    assert together[1, 0] == pytest.approx(1.0)
    assert sets_of(["x", "y", "x"], 4) == 12
    assert strongest(found[:, 0], 5) == [0, 1]
