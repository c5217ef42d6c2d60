"""Balance: who wins, which doctrines beat which in the same luck, and what an idle world does."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.support import TOY, wargame
from tests.session.test_session import loaded
from wargame.analysis.balance import Balance, Pairing, balance
from wargame.analysis.idle import Idle, Trend, idle
from wargame.analysis.intervals import share
from wargame.analysis.worth import Worth
from wargame.cli import balancing
from wargame.cli.speech import Voice
from wargame.cli.weighing import _Names, _weighed
from wargame.content.bundle import Bundle
from wargame.model.text import Language

NAME = "tests/samples/scenarios/toy-valley"


@pytest.fixture(scope="module")
def found() -> Balance:
    return balance(loaded(NAME)[1], sessions=40, seed=3, processes=1)


def test_every_seat_has_its_share_of_wins_and_every_session_its_ending(found: Balance) -> None:
    scenario = loaded(NAME)[0]
    assert set(found.wins) == {seat.id for seat in scenario.seats}
    assert sum(interval.value for interval in found.endings.values()) == pytest.approx(1.0)


def test_two_doctrines_cannot_both_beat_each_other(found: Balance) -> None:
    by_names = {(p.seat, p.doctrine, p.other): p for p in found.pairings}
    for (seat, one, other), pairing in by_names.items():
        back = by_names[seat, other, one]
        for mine, theirs in zip(pairing.beats, back.beats, strict=True):
            assert mine.value + theirs.value == pytest.approx(1.0)
        assert pairing.unlike == pytest.approx(back.unlike)


def test_a_doctrine_is_dominant_only_if_it_beats_every_other_everywhere() -> None:
    sure, unsure = share(95, 100), share(55, 100)
    pairings = (
        Pairing("a", "x", "y", (sure, sure), 0.5), Pairing("a", "x", "z", (sure, unsure), 0.5),
        Pairing("a", "y", "x", (share(5, 100),) * 2, 0.5), Pairing("a", "y", "z", (sure, sure), 0.1),
        Pairing("a", "z", "x", (share(5, 100), share(45, 100)), 0.5), Pairing("a", "z", "y", (share(5, 100),) * 2, 0.1),
    )  # fmt: skip
    found = Balance("s", "l", 1, 100, {"a": share(90, 100), "b": share(1, 100)}, {}, pairings, ())
    assert found.dominant == ()
    assert found.alike == (("a", "y", "z"),)
    better = Balance("s", "l", 1, 100, {}, {}, (pairings[0], pairings[3]), ())
    assert better.dominant == (("a", "x"), ("a", "y"))


def test_a_seat_is_out_of_balance_only_if_that_is_sure() -> None:
    wins = {"never": share(0, 300), "always": share(290, 300), "maybe": share(84, 100), "fair": share(40, 100)}
    assert Balance("s", "l", 1, 100, wins, {}, (), ()).out_of_balance == ("never", "always")


def test_an_ending_that_nobody_reached_wants_a_reason() -> None:
    endings = {"often": share(90, 100), "never": share(0, 100), "by-people": share(0, 100)}
    found = Balance("s", "l", 1, 100, {}, endings, (), (), frozenset({"by-people", "often"}))
    assert found.never == ("never", "by-people")
    assert found.unreached == ("never",)


def test_the_same_seed_gives_the_same_tables_on_one_process_and_on_two(found: Balance) -> None:
    assert balance(loaded(NAME)[1], sessions=40, seed=3, processes=2) == found


def test_a_world_left_to_itself_tells_what_moves_and_what_runs_away() -> None:
    scenario = loaded(NAME)[0]
    left = idle(scenario, sessions=20)
    assert left.turns == scenario.calendar.full
    assert left.trends
    assert [abs(t.drift) for t in left.trends] == sorted((abs(t.drift) for t in left.trends), reverse=True)
    assert set(left.running_away) <= set(left.trends)


def test_the_tables_are_said_in_both_languages_and_as_data(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("balance", "worths", "duels"):  # the same is asked for twice: it is played once, and said in two ways
        monkeypatch.setattr(balancing, name, _remembering(getattr(balancing, name)))
    few = ("-n", "5", "--states", "3", "--planner", "--pairs", "2", "--short", "--seed", "1")
    spanish = wargame("balance", TOY, *few, "--lang", "es")
    assert "Quién gana" in spanish.stdout
    assert spanish.stdout.startswith(("Por corregir: ", "Nada que corregir"))
    assert "pueden ganar varios puestos" in spanish.stdout
    assert "Presidencia" in spanish.stdout
    assert "Pensar por adelantado" in spanish.stdout
    english = json.loads(wargame("balance", TOY, *few, "--json", "--lang", "en").stdout)
    assert {"wins", "endings", "pairings", "idle", "unused", "use", "moves", "planner"} <= set(english)
    assert [seat["pairs"] for seat in english["planner"]] == [2, 2, 2]


def test_a_stock_that_begins_with_nothing_has_no_change_in_per_cent() -> None:
    numbers = {trend.number: trend for trend in idle(loaded("la-pampa-2019")[0], sessions=5).trends}
    assert not numbers["la_pampa.forest_lost"].of_something
    assert numbers["la_pampa.mining_camps"].of_something


@pytest.mark.parametrize(("moves", "best", "worst"), [(1, 1, 0), (2, 1, 1), (3, 1, 1), (4, 2, 2), (9, 2, 2)])
def test_no_move_is_shown_both_as_best_and_as_worst(moves: int, best: int, worst: int) -> None:
    scenario = loaded(NAME)[0]
    names = list(scenario.ruleset.moves)[:moves]
    worth = Worth(scenario.seats[0].id, 9, 6, share(1, 9), {m: (9, n / 10) for n, m in enumerate(names)}, ())
    cells = _weighed(_Names(Voice(Language.EN), scenario), worth)
    shown = [cell.split("; ") if cell else [] for cell in cells[3:]]
    assert [len(some) for some in shown] == [min(best, len(names)), worst]
    assert not set(shown[0]) & set(shown[1])


def _remembering(play: Callable[..., Any]) -> Callable[..., Any]:
    found: dict[str, Any] = {}

    def remembered(*given: Any, progress: Any, **named: Any) -> Any:
        asked = repr(([g.digest if isinstance(g, Bundle) else g for g in given], named))
        if asked not in found:
            found[asked] = play(*given, progress=progress, **named)
        return found[asked]

    return remembered


def test_what_drifts_in_an_idle_world_is_stated_by_the_scenario_or_told() -> None:
    left = idle(loaded(NAME)[0], sessions=20)
    numbers = {trend.number: trend for trend in left.trends}
    assert numbers["uplands.crop_ha"].stated
    assert not numbers["borderland.crop_ha"].stated, "it is stated of the uplands alone"
    assert numbers["borderland.crop_ha"] in left.unstated
    assert not {trend.number for trend in left.unstated} & {"government.treasury", "uplands.crop_ha"}


def test_a_number_that_runs_into_its_bound_is_told_unless_the_scenario_says_so() -> None:
    told = Trend("a.fear", 50, 100, 0.5, runs_away=True, stated=False)
    stated = Trend("b.notice", 2, 0, -1.0, runs_away=True, stated=True)
    of_a_vote = Trend("c.vote", 0.5, 1, 0.5, runs_away=True, stated=False, counts=False)
    left = Idle(20, 10, (stated, told, of_a_vote), 5)
    assert left.running_away == left.unstated == (told,)
    assert left.drifting == (stated, told)


@pytest.mark.parametrize("name", ["vraem-2020", "venezuela-2019"])
def test_scenarios_state_every_trend(name: str) -> None:
    left = idle(loaded(name)[0], sessions=20)
    assert left.unstated == ()
    assert left.running_away == ()
