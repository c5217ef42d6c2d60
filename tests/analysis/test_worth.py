"""What single moves are worth, what outdoes what, and what only shows over many sessions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.content.samples import toy
from tests.engine.scenes import TOY, scenario
from wargame.analysis import worth as worths
from wargame.analysis.growth import Growth, Use, use_of
from wargame.analysis.intervals import share
from wargame.analysis.plans import Choice, Menu
from wargame.analysis.worth import FEWEST, NOTHING, TARGETS, Worth, worth_of
from wargame.content.bundle import Bundle
from wargame.content.load import load_bundle
from wargame.engine.engine import Engine


@pytest.fixture(scope="module")
def found() -> Worth:
    return worth_of(scenario(TOY), "presidency", states=12, lucks=4, seed=3)


def test_every_move_is_tried_alone_in_every_situation_in_which_it_is_open(found: Worth) -> None:
    engine = Engine(scenario(TOY))
    own = {p.move for p in engine.catalogue.pairs if p.seat == engine.seat_number("presidency")}
    assert found.gains
    assert set(found.gains) <= own
    assert all(0 < n <= found.states for n, _ in found.gains.values())
    assert found.gains["eradicate"][1] > 0
    assert 0.0 <= found.nothing.value <= found.nothing.high <= 1.0


def test_the_same_seed_tries_the_same(found: Worth) -> None:
    assert worth_of(scenario(TOY), "presidency", states=12, lucks=4, seed=3) == found


def _trials(engine: Engine, gaps: tuple[float, float], costs: tuple[float, float], times: int) -> list[object]:
    """Situations in which two moves of one actor change two objectives by so much."""
    pairs = [p for p in engine.catalogue.pairs if p.seat == 0][:2]
    choices = tuple(Choice(p.first, 1, p.id, ((0, cost),)) for p, cost in zip(pairs, costs, strict=True))
    degrees = np.zeros((2, 3, 4))
    degrees[:, 1], degrees[:, 2] = gaps[0], gaps[1]
    scores = degrees.mean(axis=0)
    return [worths._Trial(choices, degrees, scores, scores[1:] - scores[0])] * times


@pytest.mark.parametrize(
    ("gaps", "costs", "outdone"),
    [
        ((0.1, 0.2), (3.0, 2.0), {(0, 1)}),
        ((0.1, 0.2), (2.0, 3.0), set()),
        ((0.2, 0.2), (2.0, 2.0), set()),
        ((0.2, 0.2005), (2.0, 2.0), set()),
        ((-0.1, 0.2), (3.0, 2.0), {(0, None), (0, 1)}),
    ],
    ids=["cheaper-and-better", "better-but-dearer", "the-same", "hardly-better", "worse-than-nothing"],
)
def test_a_move_is_outdone_by_one_that_is_better_and_no_dearer(
    gaps: tuple[float, float], costs: tuple[float, float], outdone: set[tuple[int, int | None]]
) -> None:
    engine = Engine(scenario(TOY))
    names = [p.move for p in engine.catalogue.pairs if p.seat == 0][:2]
    wanted = {(names[i], NOTHING if j is None else names[j]) for i, j in outdone}
    told = worths._told(engine, "presidency", 4, _trials(engine, gaps, costs, FEWEST))  # type: ignore[arg-type]
    assert {(d.move, d.by) for d in told.dominated} == wanted
    few = worths._told(engine, "presidency", 4, _trials(engine, gaps, costs, FEWEST - 1))  # type: ignore[arg-type]
    assert few.dominated == ()


def test_a_move_that_pays_seldom_and_much_is_not_outdone_by_one_that_does_well_mostly() -> None:
    engine = Engine(scenario(TOY))
    mostly = _trials(engine, (0.0, 0.02), (2.0, 2.0), 39)
    once = _trials(engine, (1.0, 0.0), (2.0, 2.0), 1)
    told = worths._told(engine, "presidency", 4, [*mostly, *once])  # type: ignore[list-item]
    assert told.dominated == ()
    less = _trials(engine, (0.5, 0.0), (2.0, 2.0), 1)
    told = worths._told(engine, "presidency", 4, [*mostly, *less])  # type: ignore[list-item]
    assert {d.move for d in told.dominated} == {next(p.move for p in engine.catalogue.pairs if p.seat == 0)}


def test_nothing_is_said_of_two_moves_that_end_differently_in_few_situations() -> None:
    engine = Engine(scenario(TOY))
    name = next(p.move for p in engine.catalogue.pairs if p.seat == 0)
    same = _trials(engine, (0.0, 0.0), (2.0, 2.0), 2 * FEWEST)
    for times, outdone in ((FEWEST - 1, set()), (FEWEST, {name})):
        apart = _trials(engine, (0.0, 0.2), (2.0, 2.0), times)
        told = worths._told(engine, "presidency", 4, [*same, *apart])  # type: ignore[list-item]
        assert {d.move for d in told.dominated} == outdone, "where both do the same neither is shown to be better"


def _choices(*targets: tuple[int, int]) -> tuple[Choice, ...]:
    """Orders as (pair, candidate), the better liked first."""
    return tuple(Choice(candidate, 1, pair, ()) for pair, candidate in targets)


def test_a_move_is_tried_with_the_target_that_served_its_seat_best() -> None:
    open_to = _choices((0, 10), (0, 11), (0, 12), (1, 20), (2, 30), (2, 31))
    scores = np.array([[0.4, 0.4], [0.4, 0.4], [0.5, 0.7], [0.6, 0.5], [0.3, 0.3], [0.3, 0.3]])
    assert [c.candidate for c in worths._in_doubt(open_to)] == [10, 11, 12, 30, 31], "one target leaves no doubt"
    chosen = worths._one_of_each(open_to, scores)
    assert [c.candidate for c in chosen] == [11, 20, 30], "of equals the better liked"


def test_some_targets_of_each_move_come_into_question_at_the_first_amount() -> None:
    many = _choices(*((0, n) for n in range(TARGETS + 2)), (1, 40))
    dear = Choice(50, 1, 2, ((0, 3.0),))
    more = Choice(0, 3, 0, ())
    menu = Menu((*many, more, dear), {0: 2.0}, 3)
    found = worths._few_of_each(menu)
    assert [c.candidate for c in found] == [*range(TARGETS), 40]
    assert {c.amount for c in found} == {1}


_TWO_MOVES = """
  - id: parade-in-vain
    title: {en: Parade in vain, es: Desfilar en vano}
    by: [state]
    target: {zone: z}
    cost: {treasury: 1}
    effects: {actor.legitimacy: -10}
    escalation: 0
    assumption: toy
  - id: parade-where-it-counts
    title: {en: Parade where it counts, es: Desfilar donde cuenta}
    by: [state]
    target: {zone: z}
    cost: {treasury: 1}
    effects: {actor.legitimacy: 12 if z.crop_ha >= 900 else -12}
    escalation: 0
    assumption: toy
"""


def test_what_does_harm_everywhere_is_outdone_and_what_helps_somewhere_is_not() -> None:
    """Neither is in a doctrine, so targets of both are drawn: two of the four zones are right for the second."""
    texts = dict(toy())
    texts["rules/toy/moves.yaml"] += _TWO_MOVES
    found = worth_of(load_bundle(Bundle(texts)), "presidency", states=16, lucks=4, seed=3)
    assert min(n for move, (n, _) in found.gains.items() if move.startswith("parade")) >= FEWEST
    assert found.gains["parade-where-it-counts"][1] > 0 > found.gains["parade-in-vain"][1]
    outdone = {(d.move, d.by) for d in found.dominated}
    assert ("parade-in-vain", NOTHING) in outdone
    assert ("parade-in-vain", "parade-where-it-counts") in outdone
    assert "parade-where-it-counts" not in {move for move, _ in outdone}


def test_a_turn_has_nothing_worth_doing_if_no_order_adds_to_the_score() -> None:
    engine = Engine(scenario(TOY))
    good = _trials(engine, (0.1, -0.1), (1.0, 1.0), 6)
    bad = _trials(engine, (0.0, -0.1), (1.0, 1.0), 6)
    told = worths._told(engine, "presidency", 4, [*good, *bad])  # type: ignore[list-item]
    assert told.nothing == share(6, 12)


def test_resources_that_only_grow_are_told_with_whether_anything_is_paid_from_them() -> None:
    use = use_of(scenario(TOY), sessions=20)
    assert {g.number for g in use.resources} >= {"government.treasury", "syndicate.forces"}
    assert set(use.only_growing) <= set(use.resources)
    assert all(g.useful for g in use.resources if g.falls.value > 0.5)
    assert Growth("a.treasury", 1.0, 5.0, True, share(1, 60)).only_grows
    assert not Growth("a.treasury", 1.0, 5.0, True, share(30, 60)).only_grows
    assert not Growth("a.treasury", 5.0, 5.0, True, share(0, 60)).only_grows
    assert not Growth("a.forces", 6.0, 6.2, True, share(0, 60)).only_grows


def test_a_resource_that_pays_for_orders_and_is_made_good_in_the_same_turn_does_not_only_grow() -> None:
    use = use_of(scenario(TOY), sessions=20)
    found = {g.number: g for g in use.resources}["neighbour.treasury"]
    assert found.end > found.start
    assert found.falls.value > 0.5, "it rises over most turns, and pays in most"
    assert not found.only_grows


def test_moves_that_nobody_may_give_are_told_apart_from_those_that_no_doctrine_gives() -> None:
    use = use_of(scenario(TOY), sessions=20)
    assert not set(use.never_legal) & set(use.never_chosen)
    closed = Use(1, (), (("a", "x"), ("b", "x"), ("a", "y")), (), frozenset({"y"}))
    assert closed.legal_to_nobody == ("x",)


@pytest.mark.parametrize(
    ("gain", "clear"),
    [([0.1, 0.2, 0.15, 0.1], True), ([0.1, -0.2, 0.15, 0.0], False), ([-0.1, -0.2, -0.15, -0.1], False)],
    ids=["it-adds", "it-may-add", "it-takes-away"],
)
def test_only_an_order_that_surely_adds_to_the_score_is_not_tried_further(gain: list[float], clear: bool) -> None:
    assert worths._is_clear(np.array([gain, [-1.0, -1.0, -1.0, -1.0]])) is clear


def test_what_the_first_lucks_leave_open_is_tried_in_more(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    added = worths._added

    def counted(*given: Any) -> Any:
        drawn.append(given[5])
        return added(*given)

    monkeypatch.setattr(worths, "_added", counted)
    monkeypatch.setattr(worths, "_is_clear", lambda gain: False)
    worth_of(scenario(TOY), "presidency", states=2, lucks=2, seed=3)
    assert drawn[:2] == [2 * times for times in worths._MORE]
