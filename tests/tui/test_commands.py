"""Every command has words and a key, can be reached from the list, and shares no key with another in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.support import LEAGUE, TOY, run, table
from wargame.tui.app import Asked
from wargame.tui.commands import BY_NAME, COMMANDS
from wargame.tui.commands.command import IN_PLAY, Command
from wargame.tui.help import PANELS
from wargame.tui.home import Home
from wargame.tui.panel import Panel
from wargame.tui.views import VIEWS

EATEN = {"ctrl+s", "ctrl+z", "ctrl+c", "ctrl+a", "ctrl+b", "ctrl+w", "ctrl+t", "ctrl+n", "ctrl+h", "ctrl+i", "ctrl+j",
         "ctrl+m", "f10", "f11"}  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)
def test_a_command_is_complete(command: Command) -> None:
    assert command.keys
    assert command.label
    for text in (command.title, command.help):
        assert text.en
        assert text.es
    assert not set(command.keys) & EATEN
    assert command.__doc__


@pytest.mark.parametrize("place", sorted({*IN_PLAY, "home"}))
def test_a_key_means_one_thing_in_one_place(place: str) -> None:
    here = [c for c in COMMANDS if not c.places or place in c.places]
    keys = [key for c in here for key in c.keys]
    assert len(keys) == len(set(keys)), sorted(k for k in keys if keys.count(k) > 1)


def test_footers_name_commands_that_there_are() -> None:
    for view in VIEWS:
        assert all(name == "enter" or view.tab in BY_NAME[name].places or not BY_NAME[name].places
                   for name in view.footer)  # fmt: skip
        assert len(view.footer) <= 6
    assert len(Home.footer) <= 6


def test_every_command_is_reached_from_the_list_and_from_help(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(TOY, "presidency", seed=7)) as at:
            for n, view in enumerate(VIEWS[:7], 1):
                await at.press(str(n), "colon")
                shown = {row.key for row in at.app.screen.query_one(Panel).rows}
                listed = {key for key in shown if not key.startswith("move:")}
                assert listed != shown, "moves stand in the list too"
                await at.press("escape")
                wanted = {c.name for c in COMMANDS if (not c.places or view.tab in c.places)} - {
                    "commands",
                    "end-of-session",
                    "next-lesson",
                    "lesson-before",
                }
                assert wanted == listed, wanted ^ listed

    run(test)


def test_every_command_of_the_first_screen_is_reached(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(TOY, seed=7)) as at:
            wanted = {c.name for c in COMMANDS if not c.places or "home" in c.places} - {"commands"}
            await at.press("colon")
            assert {row.key for row in at.app.screen.query_one(Panel).rows} == wanted
            await at.press("escape", "f1")
            said = " ".join(at.app.screen.query_one(Panel).render().plain.split())
            assert all(at.app.say(BY_NAME[name].title) in said for name in list(wanted)[:3])

    run(test)


def test_the_list_finds_by_words_of_either_language(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(TOY, "presidency", seed=7)) as at:
            await at.press("colon", *"situacion", "enter")
            assert at.app.place == "situation"

    run(test)


def test_every_panel_is_explained(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(LEAGUE, "alba-cell", seed=7)) as at:
            for n in range(1, 8):
                await at.press(str(n))
                focusable = [p for p in at.app.view.query(Panel) if p.can_focus]
                assert any(p.id in PANELS for p in focusable)
                await at.press("f1")
                assert "Keys" in at.text or "KEYS" in at.text
                await at.press("escape", "question_mark", *"seat")
                assert "role" in at.text
                await at.press("escape")

    run(test)
