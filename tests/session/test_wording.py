"""The luck of an order in words."""

from __future__ import annotations

import pytest

from wargame.model.orders import Fate
from wargame.model.text import Language
from wargame.session.reports import LoggedOutcome
from wargame.session.wording import luck


@pytest.mark.parametrize(
    ("odds", "draw", "english", "spanish"),
    [
        (0.62, 0.071, "odds 62 %, draw 7 %", "probabilidad 62 %, sorteo 7 %"),
        (0.62, 0.6241, "odds 62.0 %, draw 62.4 %", "probabilidad 62,0 %, sorteo 62,4 %"),
    ],
)
def test_odds_and_draws_are_percentages_that_show_which_was_larger(
    odds: float, draw: float, english: str, spanish: str
) -> None:
    said = luck(LoggedOutcome("us", "us|move", 1, Fate.SUCCEEDED, odds, draw, True, odds), as_reckoned=False)
    assert said is not None
    assert [said.say(Language.EN), said.say(Language.ES)] == [english, spanish]
