"""Each shipped scenario is played by keyboard: the small ones to their end, the large ones for two turns."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.support import Table, run, table
from wargame.content.listing import scenario_names
from wargame.content.load import load_scenario
from wargame.model.text import Language
from wargame.tui.app import Asked
from wargame.tui.count import CountScreen
from wargame.tui.views import VIEWS

LARGE, LOOKED_AT = 30, 2
"""A scenario with more entities than this is large; after so many turns every tab is looked at."""


@pytest.mark.slow
@pytest.mark.parametrize("name", scenario_names())
def test_a_shipped_scenario_is_played_by_keyboard(tmp_path: Path, name: str) -> None:
    scenario = load_scenario(name)
    small = len(scenario.entities) <= LARGE

    async def test() -> None:
        asked = Asked(name, scenario.seats[0].id, seed=7, short=True)
        async with table(tmp_path, asked, Language.ES, (100, 30)) as at:
            session = at.app.sitting.session  # type: ignore[union-attr]
            while not session.ended and (small or len(session.reports) < 2):
                await a_turn(at)
                if len(session.reports) <= LOOKED_AT:
                    await every_tab(at)
            if session.ended:
                assert at.app.say(VIEWS[-1].title) in at.lines[1]

    run(test)


async def a_turn(at: Table) -> None:
    """File what can be filed first, vote yes wherever there is a vote, and play the turn out."""
    session = at.app.sitting.session  # type: ignore[union-attr]
    turn = session.turn
    await at.press("4", "f", "down", "f", "e", "enter")
    if session.voting.polls is not None and not session.ended and session.turn == turn:
        await at.press("y", "e", "enter")
    assert len(session.reports) == turn
    if isinstance(at.app.screen, CountScreen):
        await at.press("enter")
    assert at.app.place == ("end" if session.ended else "results")


async def every_tab(at: Table) -> None:
    """Look at each tab, ask why once, and read the sources of the first change."""
    for n in range(1, 8):
        await at.press(str(n))
        assert at.app.place == VIEWS[n - 1].tab
    await at.press("6", "w", "escape", "o", "escape", "enter", "enter", "s", "escape")
    assert at.app.place == "results"
