"""The timeline by keyboard: arrows move the turn in any panel, and a session is tried again from the turn chosen."""

from __future__ import annotations

from pathlib import Path

from tests.tui.support import TOY, run, table
from wargame.tui.app import Asked
from wargame.tui.dialogs import Chooser


def test_a_turn_is_chosen_with_arrows_in_any_panel_and_tried_again(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(TOY, "presidency", seed=7, short=True)) as at:
            session = at.app.sitting.session  # type: ignore[union-attr]
            while not session.ended:
                await at.press("e", "enter")
            await at.press("7")
            assert at.app.view.panel("numbers").has_focus
            await at.press("right")
            assert at.app.view.turn() == 2
            await at.press("b")
            assert isinstance(at.app.screen, Chooser)
            assert "FROM TURN 2" in at.text
            await at.press("escape", *["right"] * 40)
            assert "AT THE END" in at.text
            assert "-" not in at.app.view.plot.render().plain.replace("−", "-").split("└")[0]  # type: ignore[attr-defined]
            await at.press("8", "b")
            assert "WHICH TURN" in at.text
            await at.press("down", "enter")
            assert "FROM TURN 2" in at.text

    run(test)
