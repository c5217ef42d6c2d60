"""Every tab in both languages at three sizes, what may never be drawn, and whether marks do without colour."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.tui.support import LEAGUE, SIZES, TOY, Table, run, table
from wargame.model.kinds import Sight
from wargame.model.text import Language
from wargame.tui.app import Asked
from wargame.tui.commands import BY_NAME
from wargame.tui.play import FOOTER
from wargame.tui.theatre import SIGNS
from wargame.tui.views import VIEWS

CUT_NUMBER = re.compile(r"\d…")
ALLOWED = set("■□▪▫▲▼►◊♦●○•·×!?§«»≈±≥−Δ←↑→↓─│┌┐└┘├┤┴┼═━…–—“”‘’≤→") | set("▁▂▃▄▅▆▇█≠")


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize("language", list(Language))
def test_every_tab_opens(tmp_path: Path, language: Language, size: tuple[int, int]) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(TOY, "presidency", seed=7), language, size) as at:
            for played in (False, True):
                if played:
                    await at.press("4", "f", "e", "enter")
                for n, view in enumerate(VIEWS[:7], 1):
                    await at.press(str(n))
                    await at.pilot.pause()
                    assert at.app.place == view.tab
                    check(at, size)

    run(test)


def check(at: Table, size: tuple[int, int]) -> None:
    """The frame is whole, nothing runs over, no number is cut, and the footer is short."""
    lines = at.lines
    assert len(lines) == size[1]
    assert all(cell_len(line) == size[0] for line in lines)
    tabs = lines[1]
    assert all(at.app.say(view.title) in tabs for view in VIEWS[:7]), tabs
    assert not CUT_NUMBER.search(at.text), at.text
    footer = at.app.view.footer
    assert len(footer) <= FOOTER
    first = at.app.say(at.app.view.enter if footer[0] == "enter" else BY_NAME[footer[0]].title)
    assert first.lower() in lines[-1].lower()
    strange = {c for c in at.text if ord(c) > 0x2000 and not 0x2800 <= ord(c) < 0x2900} - ALLOWED
    assert not strange, strange


def test_bodies_are_shown_in_both_languages(tmp_path: Path) -> None:
    async def test() -> None:
        for language in Language:
            async with table(tmp_path, Asked(LEAGUE, "alba-cell", seed=7), language, (80, 24)) as at:
                await at.press("5", "tab", "down", "enter")
                check(at, (80, 24))

    run(test)


def test_what_is_hidden_is_never_drawn(tmp_path: Path) -> None:
    """The true value of every hidden number is made one that nothing else has; it must not appear on any tab."""

    async def test() -> None:
        async with table(tmp_path, Asked(TOY, "presidency", seed=7), size=(200, 60)) as at:
            sitting = at.app.sitting
            assert sitting is not None
            session = sitting.session
            eyes = session.eyes("presidency")
            hidden = [
                r
                for r, seen in enumerate(eyes.seen)
                if seen.sight is Sight.HIDDEN and r < session.engine.layout.sections.signals
            ]
            assert hidden
            for row in hidden:
                high = float(session.engine.layout.high[row])
                session.world.values[row, 0] = min(73.53125, high) if high > 1 else session.world.values[row, 0]
            sitting.moved()
            for key in "1234567":
                await at.press(key)
                assert "73.5" not in at.text
                assert "73,5" not in at.text
            await at.press("2", "tab", "tab", "i")
            assert "73.5" not in at.text

    run(test)


def test_conditions_differ_in_more_than_colour() -> None:
    marks = [mark for mark, _ in SIGNS.values()]
    assert len(set(marks)) == len(marks)


def test_one_colour_tells_as_much(tmp_path: Path) -> None:
    """Under NO_COLOR, which the tests run with, nothing but greys is drawn."""

    async def test() -> None:
        async with table(tmp_path, Asked(TOY, "presidency", seed=7)) as at:
            await at.press("e", "enter", "2")
            for line in at.app.screen._compositor.render_strips():
                for filter_ in at.app._filters:
                    from textual.color import Color

                    line = line.apply_filter(filter_, Color.parse("black"))
                for segment in line:
                    color = segment.style.color if segment.style else None
                    if color is not None and color.triplet is not None:
                        assert len(set(color.triplet)) == 1, (segment.text, color)

    run(test)
