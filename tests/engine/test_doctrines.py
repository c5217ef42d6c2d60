"""Doctrines know what they want: on their own objectives they beat a bot that wants nothing."""

from __future__ import annotations

from functools import cache

import pytest

from tests.engine.beside import play_each
from wargame.analysis.balance import balance
from wargame.analysis.ensemble import Outcomes
from wargame.content.load import load_scenario, load_with_bundle

PAIRS, SEED = 120, 11
SEATS = [("vraem-2020", seat.id) for seat in load_scenario("vraem-2020").seats]
OF_BODIES = ("after-unasur-2019", "empty-chair-2017")
"""Scenarios of many governments: slower to play, so fewer pairs, and only the doctrine that a seat plays first."""
FEWER = 24


@cache
def usual(name: str, pairs: int) -> Outcomes:
    """Return what comes of it when every seat plays its first doctrine."""
    return play_each(name, [{}], pairs, SEED)[0]


@pytest.mark.parametrize(("name", "seat"), SEATS)
def test_a_doctrine_beats_random_orders_in_seven_of_ten_pairs(name: str, seat: str) -> None:
    first, *others = next(s.doctrines for s in load_scenario(name).seats if s.id == seat)
    control, *found = play_each(name, [{seat: play} for play in ("random", *others)], PAIRS, SEED)
    scores = dict(zip((first, *others), (usual(name, PAIRS), *found), strict=True))
    beaten = {d: float((played.scores[seat] > control.scores[seat]).mean()) for d, played in scores.items()}
    assert min(beaten.values()) >= 0.5, beaten
    assert max(beaten.values()) >= 0.7, beaten
    assert beaten[first] >= 0.7, beaten
    assert len(beaten) >= 3


def shares_beaten(name: str, pairs: int) -> dict[str, float]:
    """Return in which share of pairs the first doctrine of each seat does better than random orders."""
    seats = [seat.id for seat in load_scenario(name).seats]
    first, *controls = play_each(name, [{}, *({seat: "random"} for seat in seats)], pairs, SEED)
    return {
        seat: float((first.scores[seat] > control.scores[seat]).mean())
        for seat, control in zip(seats, controls, strict=True)
    }


@pytest.mark.parametrize("name", OF_BODIES)
def test_where_bodies_decide_first_doctrines_beat_random_orders_too(name: str) -> None:
    beaten = shares_beaten(name, FEWER)
    assert min(len(seat.doctrines) for seat in load_scenario(name).seats) >= 3
    assert min(beaten.values()) >= 0.5, beaten
    assert sum(share >= 0.7 for share in beaten.values()) >= 0.7 * len(beaten), beaten


def test_the_first_doctrines_of_the_crisis_beat_random_orders() -> None:
    beaten = shares_beaten("venezuela-2019", FEWER)
    assert min(beaten.values()) >= 0.6, beaten


ISTHMUS = "northern-triangle-2014"


def test_first_doctrines_of_the_isthmus_beat_random_orders() -> None:
    beaten = shares_beaten(ISTHMUS, FEWER)
    assert min(beaten.values()) >= 0.5, beaten
    assert sum(share >= 0.7 for share in beaten.values()) >= 0.75 * len(beaten), beaten


@pytest.mark.slow
def test_doctrines_of_the_isthmus_differ_and_none_beats_its_rivals_everywhere() -> None:
    scenario, bundle = load_with_bundle(ISTHMUS)
    assert min(len(seat.doctrines) for seat in scenario.seats) >= 3
    found = balance(bundle, sessions=8, seed=5, processes=1)
    assert found.dominant == ()
    assert found.alike == ()
    assert found.out_of_balance == ()
