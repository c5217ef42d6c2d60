"""A small scenario played through by keyboard: orders, results, why, a fork, the end; and what is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from tests.tui.support import ACCORD, LEAGUE, TOY, run, table
from wargame.model.text import Language
from wargame.session.clauses import clauses_between
from wargame.telling.ending import tell_ending
from wargame.tui.app import Asked
from wargame.tui.dialogs import Chooser
from wargame.tui.forecast import ForecastPanel
from wargame.tui.offer_form import OfferForm
from wargame.tui.panel import Panel
from wargame.tui.views import VIEWS
from wargame.tui.views.end import End


def asked(scenario: str = TOY, seat: str = "presidency", **more: object) -> Asked:
    return Asked(scenario, seat, seed=7, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", list(Language))
def test_a_short_game_is_played_through_to_its_end(tmp_path: Path, language: Language) -> None:
    async def test() -> None:
        async with table(tmp_path, asked(short=True), language) as at:
            session = at.app.sitting.session  # type: ignore[union-attr]
            assert at.app.place == "brief"
            while not session.ended:
                turn = session.turn
                await at.press("4", "f")
                assert len(session.filed["presidency"]) == 1
                await at.press("e", "enter")
                assert len(session.reports) == turn
                assert at.app.place == ("end" if session.ended else "results")
            assert session.reports[-1].end is not None
            await at.press("6", "enter", "enter")
            assert "+" in at.text or "−" in at.text
            await at.press("7", "tab", "right")
            for n, view in enumerate(VIEWS, 1):
                await at.press(str(n))
                assert at.app.place == view.tab

    run(test)


def test_from_home_to_a_seat_in_three_keys(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(TOY, seed=7)) as at:
            await at.until(lambda: TOY in at.app.screen.reports)  # type: ignore[attr-defined]
            assert "THE TOY VALLEY" in at.text.upper()
            await at.press("enter", "enter")
            await at.until(lambda: at.app.play is not None)
            assert at.app.sitting.session.header.seed == 7  # type: ignore[union-attr]
            await at.press("f4")
            await at.until(lambda: at.app.place == "home" and at.app.job is None)
            await at.press("r")
            await at.until(lambda: at.app.play is not None)

    run(test)


def test_a_refusal_stands_beside_what_is_refused(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, asked()) as at:
            await at.press("4", "f", "f")
            assert "Filed, number 1" in at.text
            refused = [o for o in at.app.sitting.options.values() if o.refusal is not None]  # type: ignore[union-attr]
            assert refused

    run(test)


def test_orders_are_put_in_order_and_taken_back(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, asked()) as at:
            filed = at.app.sitting.session.filed["presidency"]  # type: ignore[union-attr]
            await at.press("4")
            moves = at.app.view.query_one("#moves", Panel)
            for _ in range(8):
                await at.press("f", "down")
                if len(filed) == 2:
                    break
            first, second = filed
            assert moves.has_focus
            await at.press("up", "comma")
            assert filed == [second, first]
            await at.press("x")
            assert filed == [first]

    run(test)


def test_what_is_filled_in_outlives_the_app(tmp_path: Path) -> None:
    async def begin() -> None:
        async with table(tmp_path, asked()) as at:
            await at.press("4", "r", *"hold", "escape", "f")
            await at.press("down", "r", *"why not")

    async def resume() -> None:
        async with table(tmp_path, Asked(resume=session_in(tmp_path))) as at:
            sitting = at.app.sitting
            assert sitting is not None
            assert [o.rationale for o in sitting.session.filed["presidency"]] == ["hold"]
            await at.press("4", "down")
            assert "why not" in at.text
            assert len(sitting.drafts) == 1

    run(begin)
    run(resume)


def session_in(folder: Path) -> str:
    from wargame.session.library import Library

    with Library(folder / "library.sqlite") as library:
        return library.sessions()[0].session


def test_the_votes_of_a_turn_are_cast(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, asked(LEAGUE, "alba-cell")) as at:
            session = at.app.sitting.session  # type: ignore[union-attr]
            for _ in range(6):
                await at.press("4")
                for _ in range(3):
                    await at.press("f", "down", "down")
                await at.press("e", "enter")
                if session.voting.polls is not None:
                    break
            assert session.voting.polls is not None
            assert at.app.place == "body"
            papers = session.voting.papers("alba-cell")
            await at.press("y")
            assert any(p.vote == 1 for p in session.voting.papers("alba-cell"))
            await at.press("n")
            assert any(p.vote == -1 for p in session.voting.papers("alba-cell"))
            assert papers
            turn = session.turn
            await at.press("e", "enter")
            assert session.ended or session.turn == turn + 1

    run(test)


def test_the_texts_that_can_be_proposed_are_a_key_away(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, asked(LEAGUE, "alba-cell")) as at:
            at.app.show_tab("body")
            await at.press("tab", "t")
            assert isinstance(at.app.screen, Chooser)
            await at.press("enter")
            assert at.app.place == "orders"
            assert at.app.view.panel("moves").rows

    run(test)


def test_a_deal_is_offered(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, asked(ACCORD, first_seat(ACCORD))) as at:
            sitting = at.app.sitting
            assert sitting is not None
            before = len(sitting.session.bargaining.offers(sitting.seat.id))
            await at.press("3", "o", "enter", "f")
            assert "You ask for nothing in return. f sends it all the same." in at.text
            assert len(sitting.session.bargaining.offers(sitting.seat.id)) == before
            await at.press("f")
            assert len(sitting.session.bargaining.offers(sitting.seat.id)) > before
            await at.press("s", *"hello", "enter")
            assert sitting.session.bargaining.messages(sitting.seat.id)
            assert "hello" in at.text

    run(test)


def test_the_card_of_an_offer_says_what_is_wrong(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, asked(ACCORD, first_seat(ACCORD))) as at:
            sitting = at.app.sitting
            assert sitting is not None
            await at.press("3", "o", "f")
            assert "The deal says nothing." in at.text
            await at.press("plus")
            assert "Put the clause into the offer first" in at.text
            await at.press("z")
            assert "'z' does nothing here" in at.text
            await at.press("enter", *["plus"] * 9)
            assert "The amount must lie between 1 and 6." in at.text
            await at.press(*["right"] * 9, "f")
            assert "can be promised for 1 to 4 turns" in at.text

    run(test)


def test_an_offer_of_ones_own_is_made_again_from_ones_own_side(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, asked(ACCORD, first_seat(ACCORD))) as at:
            sitting = at.app.sitting
            assert sitting is not None
            await at.press("3", "down", "o", "enter", "f", "f")
            first = sitting.session.bargaining.offers(sitting.seat.id)[-1].proposal
            mine = first if first.seat == sitting.seat.id else None
            to = first.to if mine else first.seat
            assert at.app.view.panel("offers").key == f"offer:{len(sitting.session.bargaining.offers(sitting.seat.id))}"
            await at.press("o")
            assert isinstance(at.app.screen, OfferForm)
            assert at.app.screen._to == to
            await at.press("escape", "shift+tab", "c")
            if mine and isinstance(at.app.screen, OfferForm):
                assert at.app.screen._to == to
                assert at.app.screen.composed.gives == dict(mine.gives)

    run(test)


def test_a_clause_that_cannot_be_struck_says_why_before_it_is_sent(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, asked("vraem-2020", "armed-forces"), size=(120, 60)) as at:
            sitting = at.app.sitting
            assert sitting is not None
            found = [
                (other, f"ask:{candidate}", why.message.en)
                for other in sitting.session.bargaining.partners(sitting.seat.id)
                for candidate, why in clauses_between(sitting.session.bargaining, sitting.seat.id, other).asks.items()
                if why is not None
            ]
            other, key, why = found[0]
            await at.press("3")
            at.app.view.panel("partners").go_to(other)
            await at.press("o")
            form = at.app.screen
            assert isinstance(form, OfferForm)
            panel = form.query_one(Panel)
            panel.go_to(key)
            await at.press("enter")
            assert form.composed.asks == {}
            assert "×" in at.text
            assert at.text.count(why) >= 2, "under the clause, and in answer to Enter"

    run(test)


def test_before_an_offer_is_accepted_it_is_said_what_it_binds_to(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, asked(ACCORD, first_seat(ACCORD))) as at:
            sitting = at.app.sitting
            assert sitting is not None
            waiting = [o for o in sitting.session.bargaining.offers(sitting.seat.id) if o.status == "open"]
            assert waiting

            def status() -> str:
                return sitting.session.bargaining.dealings.offers[waiting[0].number - 1].status

            await at.press("3")
            at.app.view.panel("offers").focus()
            at.app.view.panel("offers").go_to(f"offer:{waiting[0].number}")
            await at.press("a")
            assert "It binds you from this turn to turn" in at.text
            assert "In return:" in at.text
            await at.press("escape")
            assert status() == "open"
            await at.press("a", "enter")
            assert status() == "accepted"

    run(test)


def first_seat(scenario: str) -> str:
    from wargame.content.load import load_with_bundle

    return load_with_bundle(scenario)[0].seats[0].id


def test_an_order_is_forecast_beside_the_screen(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, asked()) as at:
            await at.press("4", "p")
            panel = at.app.screen.query_one(ForecastPanel)
            assert at.app.view.panel("moves").has_focus
            await at.until(lambda: len(panel.rows) > 2)
            assert "○" in at.text
            rows = [line for line in at.lines if "●" in line and "without" not in line]
            assert any("↑" in row and "↓" in row for row in rows) or any("no change" in row for row in rows)
            await at.press("down")
            assert not panel.has_class("-asked")

    run(test)


def test_the_results_tell_the_news_with_which_the_next_turn_begins(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, asked(), size=(140, 50)) as at:
            sitting = at.app.sitting
            assert sitting is not None
            await at.press("e", "enter")
            await at.until(lambda: len(sitting.session.reports) == 1)
            await at.press("e", "enter")
            await at.until(lambda: len(sitting.session.reports) == 2)
            assert at.app.place == "results"
            assert "NEWS: TURN 3 BEGINS" in at.text.upper()
            assert "A journalist asks" in at.text

    run(test)


def test_every_move_that_costs_something_says_so_in_the_list(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, asked()) as at:
            await at.press("4")
            rows, sitting = at.app.view.panel("moves").rows, at.app.sitting
            assert sitting is not None
            able = {o.candidate.move: o for o in sitting.options.values() if o.refusal is None}
            moves = sitting.session.scenario.ruleset.moves
            titles = {name: moves[name].title.en for name in able}
            costs = {name: option.cost for name, option in able.items()}
            told: dict[str, str] = {}
            for row in rows:
                for line in row.draw(60):
                    said = "".join(text for text, _ in line)
                    told |= {option: said for option in titles if said.startswith(titles[option][:12])}
            assert len(told) > 3
            for option, said in told.items():
                priced = [r for r, cost in costs[option].items() if cost > 0]
                assert any(sign.isdigit() for sign in said[-26:-7]) is bool(priced), said

    run(test)


def test_decisions_are_weighed_and_a_report_is_written_after_the_end(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, asked(short=True)) as at:
            while not at.app.sitting.session.ended:  # type: ignore[union-attr]
                await at.press("4", "f", "e", "enter")
            sitting, view = at.app.sitting, at.app.view
            assert sitting is not None
            assert isinstance(view, End)
            assert [b.label.strip() for b in view.what_now() if b.kind == "item"] == ["d", "p", "b", "c", "F4"]
            told = " ".join(block.text for block in sitting.told(lambda: tell_ending(sitting.game)))
            assert "In truth: " in told
            assert "ramp(" not in told
            await at.press("d")
            await at.until(lambda: at.app.view.panel("hindsight").has_focus)
            assert "DECISIONS THAT MATTERED" in at.text
            await at.press("p")
            at.app.screen.query_one(Input).value = str(tmp_path / "kept.md")
            await at.press("enter")
            await at.until((tmp_path / "kept.md").exists)
            text = (tmp_path / "kept.md").read_text(encoding="utf-8")
            assert text.startswith("# ")
            assert "## The decisions that mattered most" in text
            assert at.app.sitting.session.id in text  # type: ignore[union-attr]

    run(test)


def test_a_turn_is_tried_again(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, asked()) as at:
            before = at.app.sitting.session.id  # type: ignore[union-attr]
            await at.press("e", "enter", "e", "enter")
            await at.press("7", "tab", "left", "left", "b", "enter")
            await at.until(lambda: at.app.sitting.session.id != before)  # type: ignore[union-attr]
            assert at.app.sitting.session.turn == 1  # type: ignore[union-attr]

    run(test)


def test_language_and_theme_change_while_running(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, asked()) as at:
            await at.press("4")
            assert "MOVES" in at.text
            await at.press("f2")
            assert "ACCIONES" in at.text
            assert "1 Informe" in at.text
            await at.press("f3")
            assert at.app.theme == "wargame-light"

    run(test)


def test_a_terminal_that_is_too_small_says_so(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, asked(), size=(60, 20)) as at:
            assert "--line" in at.text
            await at.pilot.resize_terminal(80, 24)
            await at.pilot.pause()
            await at.press("2")
            assert "--line" not in at.text
            assert "Situation" in at.text

    run(test)


def test_opponents_that_think_ahead_are_waited_for_beside_the_screen(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, asked(short=True, ahead=True, think=0.2)) as at:
            session = at.app.sitting.session  # type: ignore[union-attr]
            assert session.planning.waiting
            await at.press("e", "enter")
            assert len(session.reports) == 1
            assert "plan" in {record.kind for record in session.store.records(session.id)}
            assert at.app.place == "results"

    run(test)


def test_filing_leaves_the_focus_where_it_is_and_what_cannot_be_done_is_said(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, asked()) as at:
            await at.press("4", "x")
            assert any("You have filed no orders" in said for said in at.notices)
            moves, places = (at.app.view.panel(name) for name in ("moves", "places"))
            await at.press("enter", "down")
            assert places.has_focus
            await at.press("left")
            assert moves.has_focus
            await at.press("enter", "escape")
            assert moves.has_focus
            await at.press("down")
            assert places.key.endswith(".1")
            await at.press("enter", "f")
            assert places.has_focus
            assert "filed" in at.text
            await at.press("left")
            while moves.key != "5":
                await at.press("down")
            await at.press("plus")
            assert any("has no amount to change" in said for said in at.notices)

    run(test)
