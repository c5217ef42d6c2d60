"""The short session is a game too: every seat may have what it wanted, and none has it for nothing."""

from __future__ import annotations

import pytest

from tests.engine.beside import play_each
from wargame.bots.bots import row_of_plays
from wargame.content.load import load_scenario
from wargame.model.scenario import WIN

SESSIONS = 24


@pytest.mark.parametrize("name", ["la-pampa-2019", "vraem-2020", "venezuela-2019", "northern-triangle-2014"])
def test_in_the_short_session_too_every_seat_can_win_and_can_lose(name: str) -> None:
    scenario = load_scenario(name)
    rows = max(len(seat.doctrines) for seat in scenario.seats)
    won = dict.fromkeys((seat.id for seat in scenario.seats), 0)
    for found in play_each(name, [row_of_plays(scenario, row) for row in range(rows)], SESSIONS, 5, short=True):
        for seat in scenario.seats:
            won[seat.id] += int((found.scores[seat.id] >= seat.bar(short=True)).sum())
    assert [seat for seat, n in won.items() if not 0 < n < rows * SESSIONS] == [], won


def test_a_full_session_asks_the_same_of_all() -> None:
    scenario = load_scenario("vraem-2020")
    assert {seat.bar(short=False) for seat in scenario.seats} == {WIN}
    assert len({seat.bar(short=True) for seat in scenario.seats}) > 1
