"""The oracle's own draws: known answers, and the shape that the definition promises."""

from __future__ import annotations

import statistics

import pytest

from tests.oracle import draws


def test_finaliser_gives_the_published_value() -> None:
    assert draws.fmix64(1) == 0xB456BCFC34C2CB2C


def test_uniform_draws_fill_the_unit_interval_evenly() -> None:
    found = [draws.uniform(5, 1, str(i)) for i in range(20_000)]
    assert 0 <= min(found) < 0.001 < 0.999 < max(found) < 1
    assert statistics.mean(found) == pytest.approx(0.5, abs=0.01)


def test_noise_has_mean_zero_and_variance_one() -> None:
    found = [draws.noise(5, 1, str(i)) for i in range(20_000)]
    assert statistics.mean(found) == pytest.approx(0, abs=0.03)
    assert statistics.pstdev(found) == pytest.approx(1, abs=0.03)
    assert max(map(abs, found)) <= 2 * 3**0.5


def test_seed_turn_and_text_all_matter() -> None:
    base = draws.bits(1, 1, "rule|z=a|chance")
    assert base not in {draws.bits(2, 1, "rule|z=a|chance"), draws.bits(1, 2, "rule|z=a|chance")}
    assert base != draws.bits(1, 1, "rule|z=b|chance")
