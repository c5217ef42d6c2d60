"""A first session on screens: each lesson is over when its deed is done, and the text never hides the tabs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.support import TOY, Table, run, table
from wargame.model.lessons import PLACES
from wargame.model.text import Language
from wargame.tui.app import Asked
from wargame.tui.forecast import ForecastPanel
from wargame.tui.panel import Panel
from wargame.tui.views import VIEWS

TEACHES = Asked("la-pampa-2019", "lima", seed=7)

STEPS = (
    ("who-you-are", ("2",)),
    ("what-you-know", ("4",)),
    ("ask-the-future", ("p",)),
    ("two-orders", ("f", "4", "down", "f")),
    ("end-the-turn", ("e", "enter")),
    ("why", ("2", "tab", "tab", "w", "escape", "3")),
    ("the-other-side", ("f6",)),
    ("second-turn", ("e", "enter")),
    ("what-has-been", ("7", "e", "enter")),
    ("play-to-the-end", ("e", "enter")),
    ("what-mattered", ("d",)),
)


def due(at: Table) -> str:
    assert at.app.sitting is not None
    lesson = at.app.sitting.game.tutor.lesson
    return lesson.id if lesson is not None else ""


@pytest.mark.parametrize("language", list(Language))
def test_a_learner_is_taken_through_a_whole_session_by_keyboard(tmp_path: Path, language: Language) -> None:
    async def test() -> None:
        async with table(tmp_path, TEACHES, language, (80, 24)) as at:
            await at.press("colon")
            assert "next-lesson" in {row.key for row in at.app.screen.query_one(Panel).rows}
            await at.press("escape")
            for lesson, keys in STEPS:
                assert due(at) == lesson
                await at.press(*keys)
                if lesson == "ask-the-future":
                    await at.until(lambda: at.app.screen.query_one(ForecastPanel)._future is None)
            assert at.app.sitting.session.ended  # type: ignore[union-attr]
            assert due(at) == ""

    run(test)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_lesson_stands_whole_above_the_tab_in_both_languages(tmp_path: Path, size: tuple[int, int]) -> None:
    async def test() -> None:
        async with table(tmp_path, TEACHES, Language.EN, size) as at:
            lessons = at.app.sitting.session.scenario.lessons  # type: ignore[union-attr]
            for lesson in lessons:
                assert due(at) == lesson.id
                for language in (Language.ES, Language.EN):
                    await at.press("f2")
                    shown = " ".join(" ".join(at.lines[2:10]).split())
                    assert lesson.text.say(language) in shown
                    assert lesson.screens.say(language) in shown
                await at.press("f6")
            assert due(at) == ""
            assert "F6" not in at.text

    run(test)


def test_a_lesson_can_be_read_again_and_what_was_done_stays_done(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, TEACHES) as at:
            await at.press("f7")
            assert "Lesson 1 of" in at.text
            assert "F7" not in at.text
            await at.press("2", "4", "f7")
            assert "Lesson 2 of 11, again" in at.text
            await at.press("f7")
            assert "Lesson 1 of 11, again" in at.text
            await at.press("f6", "f6")
            assert "Lesson 3 of 11: " in at.text
            await at.press("f7", "e", "enter")  # what a later lesson asks for was done while an earlier one was read
            assert "Lesson 6 of 11: " in at.text

    run(test)


def test_a_session_that_is_opened_again_goes_on_with_its_lesson(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, TEACHES) as at:
            await at.press("e", "enter")
            assert due(at) == "why"
            await at.press("f4")
            await at.until(lambda: at.app.place == "home" and at.app.job is None)
            await at.press("r")
            await at.until(lambda: at.app.play is not None)
            assert due(at) == "why"

    run(test)


def test_an_ordinary_scenario_has_no_teacher(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(TOY, "presidency", seed=7)) as at:
            assert due(at) == ""
            await at.press("f6")
            assert at.app.place == "brief"

    run(test)


def test_lessons_can_name_every_tab() -> None:
    assert tuple(view.tab for view in VIEWS) == PLACES


def test_a_lesson_that_was_done_before_it_came_is_said_to_be_done(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, TEACHES) as at:
            await at.press("2", "4", "f6", "f6", "e", "enter")
            assert due(at) == "why"
            assert "done already" not in at.text
            tutor = at.app.sitting.game.tutor  # type: ignore[union-attr]
            tutor._is_done = lambda lesson: lesson.id == "the-other-side"  # type: ignore[method-assign]
            await at.press("f6")
            assert "Lesson 8 of 11: On your own (7 is done already)" in at.text

    run(test)


def test_lessons_that_a_turn_makes_idle_are_said_to_be_done(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, TEACHES, Language.ES) as at:
            await at.press("2", "4", "e", "enter")
            assert "Lección 6 de 11: ¿Por qué? (4, 5 ya están hechas)" in at.text

    run(test)
