"""The timeline by keyboard: arrows move the turn in any panel, and a session is tried again from the turn chosen."""

from __future__ import annotations

from pathlib import Path

from tests.tui.support import TOY, run, table
from wargame.tui.app import Asked
from wargame.tui.dialogs import Chooser
from wargame.tui.plot import Plot, Series


def test_a_turn_is_chosen_with_arrows_in_any_panel_and_tried_again(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(TOY, "presidency", seed=7, short=True)) as at:
            session = at.app.sitting.session  # type: ignore[union-attr]
            while not session.ended:
                await at.press("e", "enter")
            await at.press("7")
            assert at.app.view.panel("numbers").has_focus
            assert "AT THE END" in at.text, "the newest comes first"
            await at.press(*["left"] * 40, "right")
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


def test_moments_are_called_after_the_turn_that_led_there_as_the_results_call_them(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(TOY, "presidency", seed=7), size=(140, 50)) as at:
            await at.press("e", "enter")
            heads = next(line for line in at.lines if "Δ" in line).split()
            assert heads[:2] == ["start", "T1"]
            await at.press("7")
            axis = next(line for line in at.lines if "└" in line).split("└")[1].split()
            assert axis[:2] == ["start", "T1"]
            assert axis[-1] == f"T{at.app.sitting.session.engine.turns}"  # type: ignore[union-attr]
            await at.press("left")
            assert "start → T1" in at.text, "the first turn lies between the two"

    run(test)


def test_the_scale_of_a_number_that_was_never_negative_begins_no_lower_than_at_zero() -> None:
    plot = Plot("plot")
    plot.series = Series((3.0, 0.0, 1.0), deviation=4.0)
    assert plot._range()[0] == 0.0
    plot.series = Series((3.0, -2.0, 1.0))
    assert plot._range()[0] < -2.0
