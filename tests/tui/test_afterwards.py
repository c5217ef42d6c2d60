"""Looking back: sources, loops, beliefs, the count of a vote, and two sessions side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.support import LEAGUE, TOY, Table, run, table
from wargame.content.sources import source
from wargame.model.text import Language
from wargame.telling.roll import rolls_of
from wargame.tui.app import Asked
from wargame.tui.count import CountScreen
from wargame.tui.dialogs import Reader
from wargame.tui.views.timeline import Timeline


async def two_turns(at: Table) -> None:
    for _ in range(2):
        await at.press("4", "f", "e", "enter")


@pytest.mark.parametrize("language", list(Language))
def test_sources_loops_and_beliefs_are_a_key_away(tmp_path: Path, language: Language) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(TOY, "presidency", seed=7), language, (120, 40)) as at:
            await two_turns(at)
            await at.press("6")
            assert at.app.view.panel("believed").rows
            assert at.app.view.panel("leads").rows
            await at.press("enter", "s")
            assert isinstance(at.app.screen, Reader)
            await at.press("escape", "w")
            assert isinstance(at.app.screen, Reader)
            await at.press("escape")
            await at.press("o")
            assert ("WHERE IT LEADS:" if language is Language.EN else "ADÓNDE LLEVA:") in at.text
            await at.press("escape", "k")
            assert "≈" in at.text
            await at.press("escape")
            assert at.app.place == "results"

    run(test)


def test_a_small_screen_tells_beliefs_with_what_happened(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(TOY, "presidency", seed=7), size=(80, 24)) as at:
            await two_turns(at)
            await at.press("6", "tab", "tab", "end")
            told = at.text
            for _ in range(12):
                await at.press("pageup")
                told += at.text
            assert at.app.view.has_class("-tight")
            assert "BELIEVED THEN" in told

    run(test)


def test_a_branch_is_drawn_over_its_original(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(TOY, "presidency", seed=7)) as at:
            await two_turns(at)
            first = at.app.sitting.session.id  # type: ignore[union-attr]
            await at.press("7", "b", "enter")
            await at.until(lambda: at.app.sitting.session.id != first and not at.app.busy)  # type: ignore[union-attr]
            await at.press("4", "down", "down", "f", "e", "enter", "7", "c", "enter")
            timeline = at.app.view
            assert isinstance(timeline, Timeline)
            await at.until(lambda: timeline.versus is not None and not at.app.busy)
            versus = timeline.versus
            assert versus is not None
            assert versus.other.id == first
            assert versus.found.forked is not None
            assert "A − B" in at.text
            assert "A ●" in at.text
            assert "○" in at.text
            await at.press("c", "enter")
            assert timeline.versus is None

    run(test)


async def a_vote(at: Table) -> int:
    """Play until a body of the seat has voted; return the turn."""
    session = at.app.sitting.session  # type: ignore[union-attr]
    for _ in range(6):
        await at.press("4")
        for _ in range(3):
            await at.press("f", "down", "down")
        await at.press("e", "enter")
        if session.voting.polls is not None:
            await at.press("y", "e", "enter")
        if isinstance(at.app.screen, CountScreen):
            return len(session.reports)
    raise AssertionError("nothing was voted")


def test_members_are_called_one_by_one_and_a_key_calls_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)

    async def test() -> None:
        async with table(tmp_path, Asked(LEAGUE, "alba-cell", seed=7), moving=True) as at:
            turn = await a_vote(at)
            count = at.app.screen
            assert isinstance(count, CountScreen)
            rolls = rolls_of(at.app.sitting.game.scene, turn)  # type: ignore[union-attr]
            assert [len(r.called) for r in count.rolls] == [len(r.called) for r in rolls]
            for roll in rolls:
                assert sum(one.weight for one in roll.called if one.vote == 1 and one.cast) == roll.yes
            if not count.is_over:
                assert at.app.say(rolls[-1].verdict) not in at.text
            await at.press("x")
            assert count.is_over
            assert at.app.screen is count
            await at.press("4")
            assert at.app.place == "orders"
            await at.press("5", "r")
            assert isinstance(at.app.screen, CountScreen)

    run(test)


def test_nothing_moves_where_animations_are_off(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(LEAGUE, "alba-cell", seed=7)) as at:
            await a_vote(at)
            count = at.app.screen
            assert isinstance(count, CountScreen)
            assert count.is_over
            assert any(at.app.say(roll.called[0].member) in at.text for roll in count.rolls)

    run(test)


@pytest.mark.parametrize("language", list(Language))
def test_the_card_of_a_source_says_what_rests_on_it(tmp_path: Path, language: Language) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked("vraem-2020", "presidency", seed=7, short=True), language) as at:
            await at.press("4")
            moves = at.app.view.panel("moves")
            for _ in range(len(moves.rows)):
                if at.app.view.cited():
                    break
                await at.press("down")
            cited = at.app.view.cited()
            assert cited
            await at.press("s")
            assert f"§ {cited[0]}".upper() in at.text.upper()
            found = source(cited[0])
            assert found is not None
            words = ("In our words:", "En nuestras palabras:")[language is Language.ES]
            assert f"{words} {found.title.say(language)}"[:40] in at.text

    run(test)


def test_news_opens_as_a_card(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked("venezuela-2019", seed=7, short=True, seat="caracas")) as at:
            for _ in range(4):
                await at.press("2")
                decide = at.app.view.panel("decide")
                news = [row.key for row in decide.rows if row.key.startswith("brief:")]
                if news:
                    break
                await at.press("e", "enter")
            decide.go_to(news[0])
            decide.focus()
            await at.press("enter")
            assert isinstance(at.app.screen, Reader)

    run(test)
