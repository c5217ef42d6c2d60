"""Filing orders by keyboard: the cursor stays with what was filed, no key means another order, moves are found."""

from __future__ import annotations

from pathlib import Path

from tests.tui.support import LEAGUE, TOY, run, table
from wargame.tui.app import Asked
from wargame.tui.count import CountScreen
from wargame.tui.panel import Panel


def asked(scenario: str = TOY, seat: str = "presidency") -> Asked:
    return Asked(scenario, seat, seed=7)


def test_the_cursor_stays_with_what_was_filed(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, asked()) as at:
            await at.press("4", "v")
            moves, places = at.app.view.panel("moves"), at.app.view.panel("places")
            key = moves.key
            await at.press("f")
            filed = at.app.sitting.session.filed["presidency"]  # type: ignore[union-attr]
            assert len(filed) == 1
            assert moves.has_focus
            assert moves.key == key, "it stays in the list though refused moves are hidden"
            await at.press("f")
            assert len(filed) == 1, "a second press files nothing else"
            assert "filed already" in at.notices[-1]
            await at.press("tab")
            assert places.has_focus, "Tab goes in the order in which one reads"
            await at.press("tab")
            assert at.app.view.panel("form").has_focus

    run(test)


def test_what_is_filed_is_withdrawn_where_the_cursor_is_and_nowhere_else(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, asked()) as at:
            filed = at.app.sitting.session.filed["presidency"]  # type: ignore[union-attr]
            await at.press("4", "f", "down", "x")
            assert len(filed) == 1
            assert "No order is filed" in at.notices[-1]
            await at.press("up", "r")
            assert "filed already" in at.notices[-1]
            await at.press("x")
            assert not filed
            assert "Withdrawn" in at.notices[-1]

    run(test)


def test_a_move_is_found_by_letters_of_its_name(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, asked()) as at:
            offer = at.app.sitting.game.menu.offers[-1]  # type: ignore[union-attr]
            word = offer.move.title.en.lower().replace(" ", "_").split("_")
            await at.press("2", "slash")
            await at.press(*(letter for part in word for letter in (*part, "space")), "enter")
            assert at.app.place == "orders"
            assert at.app.view.query_one("#moves", Panel).key == str(offer.number)
            for opener in ("colon", "question_mark"):
                await at.press("1", opener)
                await at.press(*(letter for part in word for letter in (*part, "space")), "enter")
                assert at.app.place == "orders", opener

    run(test)


def test_moves_stand_under_headings_with_counts(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, asked(LEAGUE, "alba-cell")) as at:
            await at.press("4")
            groups = at.app.sitting.game.menu.groups  # type: ignore[union-attr]
            assert sum(len(group.offers) for group in groups) == len(at.app.sitting.game.menu.offers)  # type: ignore[union-attr]
            if len(groups) > 1:
                assert groups[0].title.en[:12] in at.text

    run(test)


def test_the_vote_announces_itself_and_the_count_closes_with_enter(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, asked(LEAGUE, "alba-cell")) as at:
            session = at.app.sitting.session  # type: ignore[union-attr]
            for _ in range(6):
                await at.press("4")
                for _ in range(3):
                    await at.press("f", "down", "down")
                await at.press("e", "enter")
                while isinstance(at.app.screen, CountScreen):
                    await at.press("enter")
                if session.voting.polls is not None:
                    break
            assert session.voting.polls is not None
            assert "it is voted" in at.text
            agenda = at.app.view.panel("agenda")
            key = agenda.key
            await at.press("y")
            assert agenda.key == key
            await at.press("e", "enter")
            assert isinstance(at.app.screen, CountScreen)
            await at.press("enter")
            assert not isinstance(at.app.screen, CountScreen)

    run(test)


def test_what_was_said_of_the_last_order_does_not_lie_over_the_next_turn(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, asked()) as at:
            await at.press("4", "f")
            assert at.notices
            await at.press("e", "enter")
            assert at.app.place == "results"
            assert not at.notices

    run(test)
