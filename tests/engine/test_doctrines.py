"""Doctrines know what they want: on their own objectives they beat a bot that wants nothing."""

from __future__ import annotations

from functools import cache

import pytest

from wargame.analysis.balance import balance
from wargame.analysis.ensemble import Design, Outcomes, simulate
from wargame.content.load import load_with_bundle

PAIRS = 120
SEATS = [("vraem-2020", seat.id) for seat in load_with_bundle("vraem-2020")[0].seats]
OF_BODIES = ("after-unasur-2019", "empty-chair-2017")
"""Scenarios of many governments: slower to play, so fewer pairs, and only the doctrine that a seat plays first."""
FEWER = 24


@cache
def _played(name: str, seat: str, play: str, pairs: int = PAIRS) -> Outcomes:
    _, bundle = load_with_bundle(name)
    return simulate(bundle, Design(plays={seat: play} if play else {}), pairs, 11, workers=1)


@pytest.mark.parametrize(("name", "seat"), SEATS)
def test_a_doctrine_beats_random_orders_in_seven_of_ten_pairs(name: str, seat: str) -> None:
    doctrines = next(s.doctrines for s in load_with_bundle(name)[0].seats if s.id == seat)
    control = _played(name, seat, "random").scores[seat]
    beaten = {}
    for doctrine in doctrines:
        scores = _played(name, "" if doctrine == doctrines[0] else seat, "" if doctrine == doctrines[0] else doctrine)
        beaten[doctrine] = float((scores.scores[seat] > control).mean())
    assert min(beaten.values()) >= 0.5, beaten
    assert max(beaten.values()) >= 0.7, beaten
    assert beaten[doctrines[0]] >= 0.7, beaten
    assert len(doctrines) >= 3


@pytest.mark.parametrize("name", OF_BODIES)
def test_where_bodies_decide_first_doctrines_beat_random_orders_too(name: str) -> None:
    beaten = {}
    for seat in load_with_bundle(name)[0].seats:
        control = _played(name, seat.id, "random", FEWER).scores[seat.id]
        beaten[seat.id] = float((_played(name, "", "", FEWER).scores[seat.id] > control).mean())
        assert len(seat.doctrines) >= 3
    assert min(beaten.values()) >= 0.5, beaten
    assert sum(share >= 0.7 for share in beaten.values()) >= 0.7 * len(beaten), beaten


CRISIS = "venezuela-2019"
CRISIS_PAIRS = 24


@cache
def _crisis(seat: str) -> Outcomes:
    _, bundle = load_with_bundle(CRISIS)
    return simulate(bundle, Design(plays={seat: "random"} if seat else {}), CRISIS_PAIRS, 11, workers=1)


@pytest.mark.parametrize("seat", [seat.id for seat in load_with_bundle(CRISIS)[0].seats])
def test_the_first_doctrine_of_a_seat_in_the_crisis_beats_random_orders(seat: str) -> None:
    assert float((_crisis("").scores[seat] > _crisis(seat).scores[seat]).mean()) >= 0.6


ISTHMUS = "northern-triangle-2014"


@pytest.mark.slow
def test_first_doctrines_of_the_isthmus_beat_random_orders() -> None:
    scenario, bundle = load_with_bundle(ISTHMUS)
    first = simulate(bundle, Design(), CRISIS_PAIRS, 11, workers=1)
    beaten = {}
    for seat in scenario.seats:
        control = simulate(bundle, Design(plays={seat.id: "random"}), CRISIS_PAIRS, 11, workers=1)
        beaten[seat.id] = float((first.scores[seat.id] > control.scores[seat.id]).mean())
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
