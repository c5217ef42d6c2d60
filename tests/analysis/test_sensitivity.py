"""Sensitivity: the assumptions that decide are found, the others are not, and the same seed gives the same answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from tests.content.samples import SAMPLES
from wargame.analysis.sensitivity import LENS, Sensitivity, _Scene, sensitivity
from wargame.cli.assumptions import shown
from wargame.cli.speech import Voice
from wargame.content.load import load_with_bundle
from wargame.model.text import Language
from wargame.model.ticks import Floats


@cache
def deciding(measure: str = "", objective: tuple[str, str] | None = None, seed: int = 1) -> Sensitivity:
    scenario, bundle = load_with_bundle(SAMPLES / "scenarios" / "toy-drift")
    objectives = [objective] if objective else []
    return sensitivity(scenario, bundle, [measure] if measure else [], objectives, 2500, seed)


def names(found: Sensitivity) -> list[str]:
    return [d.factor.id if d.factor else LENS for d in found.deciding]


def test_what_is_delivered_is_decided_by_its_pace_and_the_lens_that_sets_it() -> None:
    found = deciding("delivered")
    assert found.weighed
    assert {"tiles-pile-up.step", "tiles-pile-up.scale", LENS} <= set(names(found)[:4])
    assert sum(d.total for d in found.deciding) > 0.7
    assert all(d.margin >= 0.0 and d.effect > 0.0 for d in found.deciding)
    assert found.lenses == ("steady", "brisk")
    assert found.screened == 8
    assert 2000 < found.sessions < 4000


def test_what_does_not_matter_is_not_among_the_deciding() -> None:
    assert "dust-settles.settling" in names(deciding("dust"))
    assert "dust-settles.settling" not in names(deciding("tiles"))
    assert "dust-settles.settling" not in names(deciding(objective=("mason", "many")))


def test_the_same_seed_gives_the_same_answer() -> None:
    one = deciding("tiles")
    deciding.cache_clear()
    assert repr(deciding("tiles")) == repr(one)


def test_nothing_decides_what_never_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(scene: object, some: object, shares: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> object:
        return np.zeros((len(shares), 1))

    monkeypatch.setattr("wargame.analysis.sensitivity._Scene.outcomes", nothing)
    found = deciding("tiles", seed=2)
    assert found.deciding == ()
    assert not found.weighed


def test_an_outcome_that_the_base_samples_hardly_move_does_not_drown_the_others() -> None:
    """One set in thousands has an odd outcome; divided by next to no variance its index would be in the millions."""
    usual = _Scene.outcomes

    def with_a_rare_one(scene: _Scene, some: Sequence[str], shares: Floats) -> Floats:
        found = usual(scene, some, shares)
        rare = np.zeros(len(shares))
        rare[1] = 1.0
        return np.column_stack([found, rare])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Scene, "outcomes", with_a_rare_one)
        found = deciding("delivered", seed=3)
    assert max(d.total for d in found.deciding) < 3.0
    assert {"tiles-pile-up.step", "tiles-pile-up.scale", LENS} <= set(names(found)[:4])


def test_shares_that_cannot_be_are_told() -> None:
    scenario, _ = load_with_bundle(SAMPLES / "scenarios" / "toy-drift")
    found, everything = deciding("delivered"), tuple(m.id for m in scenario.measures)
    first = found.deciding[0]
    good = replace(found, deciding=(replace(first, total=0.5, margin=0.1, alone=0.5),))
    odd = replace(found, deciding=(replace(first, total=0.05, margin=0.1, alone=0.13),))
    said = [" ".join(shown(Voice(Language.EN), scenario, one, everything)) for one in (good, odd)]
    assert "too few" not in said[0]
    assert "too few" in said[1]
    assert f"all measures ({len(everything)})" in said[0]


def test_without_the_weighing_the_ranking_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario, bundle = load_with_bundle(SAMPLES / "scenarios" / "toy-drift")
    whole = deciding("delivered")

    def broken_off(played: int) -> None:
        if played > whole.sessions - 8:
            raise KeyboardInterrupt

    found = sensitivity(scenario, bundle, ["delivered"], [], 2500, 1, progress=broken_off)
    assert not found.weighed
    assert set(names(found)) == set(names(whole))
    assert all(np.isnan(d.total) for d in found.deciding)
