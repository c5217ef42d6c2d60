"""Plain marks, for terminals without braille: when they are chosen, and that nothing else is drawn then."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.support import SIZES, TOY, run, table
from wargame.model.text import Language
from wargame.tui import glyphs
from wargame.tui.app import Asked
from wargame.tui.theatre import OTHER, SIGNS

BOX = set("─│┌┐└┘├┤┬┴┼═")


@pytest.fixture(autouse=True)
def _full_again() -> object:
    yield
    glyphs.use(plain=False)


@pytest.mark.parametrize(
    ("chosen", "environment", "plain"),
    [
        ("auto", {"TERM": "xterm-256color", "LANG": "es_PE.UTF-8"}, False),
        ("auto", {"TERM": "xterm-256color"}, False),
        ("auto", {"TERM": "dumb"}, True),
        ("auto", {"TERM": "linux", "LANG": "es_PE.UTF-8"}, True),
        ("auto", {"TERM": "xterm", "LANG": "es_PE.ISO-8859-1"}, True),
        ("auto", {"TERM": "xterm", "LC_ALL": "C", "LANG": "es_PE.UTF-8"}, True),
        ("auto", {"TERM": "xterm", "LC_ALL": "C.utf8"}, False),
        ("full", {"TERM": "dumb"}, False),
        ("plain", {"TERM": "xterm", "LANG": "es_PE.UTF-8"}, True),
    ],
)
def test_plain_marks_are_chosen_or_found_needful(chosen: str, environment: dict[str, str], plain: bool) -> None:
    assert glyphs.wants_plain(chosen, environment) is plain


def test_marks_of_a_family_stay_apart() -> None:
    glyphs.use(plain=True)
    signs = "".join(mark for mark, _ in (*SIGNS.values(), OTHER))
    for family in (signs, "▲▼↑↓+", "■□·◊", "■§♦●○", "▁▂▃▄▅▆▇"):
        drawn = [glyphs.drawn(mark) for mark in family]
        assert len(set(drawn)) == len(drawn), (family, drawn)
        assert all(len(mark) == 1 for mark in drawn)


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_nothing_but_letters_ascii_and_boxes_is_drawn(tmp_path: Path, size: tuple[int, int]) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(TOY, "presidency", seed=7, glyphs="plain"), Language.ES, size) as at:
            for played in (False, True):
                if played:
                    await at.press("4", "f", "e", "enter")
                for key in "1234567":
                    await at.press(key)
                    assert len(at.lines) == size[1]
                    strange = {c for c in at.text if ord(c) > 0xFF} - BOX
                    assert not strange, (key, strange)
            await at.press("2", "tab", "g")
            assert not {c for c in at.text if ord(c) > 0xFF} - BOX

    run(test)


def test_marks_are_switched_by_a_key_and_kept(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(TOY, "presidency", seed=7)) as at:
            kept: dict[str, str] = {}
            at.app.keep = kept.__setitem__
            await at.press("2")
            assert "►" in at.text
            await at.press("f5")
            assert "►" not in at.text
            assert kept == {"glyphs": "plain"}
            await at.press("f5")
            assert "►" in at.text

    run(test)
