"""The tables of actors and zones in the smallest terminal: names first."""

from __future__ import annotations

from pathlib import Path

from tests.tui.support import run, table
from wargame.model.text import Language
from wargame.tui.app import Asked


def test_in_the_smallest_terminal_names_have_the_room_that_changes_will_take_later(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked("venezuela-2019", "opposition", seed=7), Language.ES, (80, 24)) as at:
            await at.press("2")
            assert "Oposición de Venezuela" in at.text
            assert "Diálogo en curso" in at.text, "a heading spreads over the names, which have none"

    run(test)


def test_actors_without_the_number_that_is_shown_stand_last(tmp_path: Path) -> None:
    async def test() -> None:
        asked = Asked("northern-triangle-2014", "washington-executive", seed=7)
        async with table(tmp_path, asked, Language.EN, (100, 30)) as at:
            await at.press("2")
            rows = at.app.view.panel("actors").rows
            shown = ["".join(text for text, _ in row.draw(44)[0]).split()[-1] for row in rows]
            assert shown[0] == "–", "one's own actor stands first all the same"
            others = [number == "–" for number in shown[1:]]
            assert others == sorted(others)

    run(test)
