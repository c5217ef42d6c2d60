"""The engine equals the oracle: every row, after every turn, in every session of a batch."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.content.samples import toy
from tests.engine.scenes import SMALL
from tests.oracle.comparison import Pair, Picks, compare, compare_with_ledger, expect_none
from tests.oracle.random_charters import charters
from tests.strategies import contents, order_picks, seeds
from wargame.content.listing import scenario_names
from wargame.content.load import check_texts, load_scenario
from wargame.model.scenario import Scenario
from wargame.model.text import Language

TOY = Path(__file__).parent.parent / "samples" / "scenarios" / "toy-valley"
LEAGUE = TOY.parent / "toy-league"
SESSIONS = 3
random_rules = settings(
    max_examples=100,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # add Phase.shrink for a smaller example: it takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
)
load = cache(load_scenario)


def built(texts: dict[str, str]) -> Scenario:
    report = check_texts(texts)
    assert report.scenario is not None, "\n".join(p.say(Language.EN) for p in report.problems)
    return report.scenario


def lens_of(scenario: Scenario, other: bool) -> str | None:
    return scenario.lenses[-1] if other else None


@pytest.mark.slow
@given(
    contents(),
    st.lists(seeds, min_size=SESSIONS, max_size=SESSIONS),
    st.lists(order_picks(), min_size=SESSIONS, max_size=SESSIONS),
    st.booleans(),
)
@random_rules
def test_random_rulesets(texts: dict[str, str], batch: list[int], picks: list[Picks], other_lens: bool) -> None:
    scenario = built(texts)
    compare(scenario, batch, lens_of(scenario, other_lens), picks)


@pytest.mark.slow
@given(contents(), seeds, order_picks(), st.booleans())
@settings(random_rules, max_examples=60)
def test_random_rulesets_with_their_ledger(texts: dict[str, str], seed: int, picks: Picks, other_lens: bool) -> None:
    scenario = built(texts)
    compare_with_ledger(scenario, seed, lens_of(scenario, other_lens), picks)


def random_picks(source: random.Random, turns: int, most: int) -> Picks:
    return [[(source.randrange(1 << 20), source.randrange(100)) for _ in range(most)] for _ in range(turns)]


@pytest.mark.parametrize("lens", ["presence-first", "money-first"])
def test_the_toy(lens: str) -> None:
    scenario, source = load(TOY), random.Random(lens)
    picks = [random_picks(source, scenario.calendar.full, 4) for _ in range(SESSIONS)]
    compare(scenario, [source.getrandbits(64) for _ in range(SESSIONS)], lens, picks)


@pytest.mark.parametrize("seed", range(3))
def test_the_toy_with_its_ledger(seed: int) -> None:
    scenario = load(TOY)
    compare_with_ledger(scenario, seed, None, random_picks(random.Random(seed), scenario.calendar.full, 4))


ACCORD = TOY.parent / "toy-accord"


@pytest.mark.parametrize("lens", ["presence-first", "money-first"])
def test_the_accord(lens: str) -> None:
    scenario, source = load(ACCORD), random.Random(lens)
    picks = [random_picks(source, scenario.calendar.full, 6) for _ in range(SESSIONS)]
    compare(scenario, [source.getrandbits(64) for _ in range(SESSIONS)], lens, picks)


@pytest.mark.parametrize("seed", range(4))
def test_the_accord_with_its_ledger(seed: int) -> None:
    scenario = load(ACCORD)
    compare_with_ledger(scenario, seed, None, random_picks(random.Random(seed), scenario.calendar.full, 6))


LEANING = {"alba-cell": "convener", "boreas-cell": "sulker", "dorado-cell": "convener"}


@pytest.mark.parametrize("lens", ["friendly", "moody"])
def test_the_league(lens: str) -> None:
    scenario, source = load(LEAGUE), random.Random(lens)
    picks = [random_picks(source, scenario.calendar.full, 8) for _ in range(SESSIONS)]
    compare(scenario, [source.getrandbits(64) for _ in range(SESSIONS)], lens, picks, LEANING)


@pytest.mark.parametrize("seed", range(3))
def test_the_league_with_its_ledger(seed: int) -> None:
    scenario = load(LEAGUE)
    picks = random_picks(random.Random(seed), scenario.calendar.full, 8)
    compare_with_ledger(scenario, seed, None, picks, LEANING if seed else None)


@pytest.mark.slow
@given(
    charters(),
    st.lists(seeds, min_size=SESSIONS, max_size=SESSIONS),
    st.lists(order_picks(turns=8, most=6), min_size=SESSIONS, max_size=SESSIONS),
    st.booleans(),
    st.booleans(),
)
@settings(random_rules, max_examples=30)
def test_random_charters(
    texts: dict[str, str], batch: list[int], picks: list[Picks], other_lens: bool, lean: bool
) -> None:
    scenario = built(texts)
    compare(scenario, batch, lens_of(scenario, other_lens), picks, LEANING if lean else None)


LARGEST = "northern-triangle-2014"
COMPARED = [name for name in scenario_names() if name in SMALL or name == LARGEST]
"""One large scenario stands for all: a plain interpreter takes minutes for each."""
A_FEW = 2
"""Turns of it that are compared."""


def shipped() -> list[tuple[str, str]]:
    """Return shipped scenarios with their lenses; a large one with its usual lens alone."""
    return [(n, lens) for n in COMPARED for lens in (load(n).lenses if n in SMALL else (load(n).lens,))]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "lens"), shipped())
def test_shipped_scenarios(name: str, lens: str) -> None:
    scenario, source = load(name), random.Random(f"{name} {lens}")
    sessions, turns = (2, scenario.calendar.full) if name in SMALL else (1, A_FEW)
    picks = [random_picks(source, turns, 15) for _ in range(sessions)]
    compare(scenario, [source.getrandbits(64) for _ in range(sessions)], lens, picks)


@pytest.mark.slow
@pytest.mark.parametrize("name", COMPARED)
def test_shipped_scenarios_with_their_ledger(name: str) -> None:
    scenario = load(name)
    turns = scenario.calendar.full if name in SMALL else A_FEW
    compare_with_ledger(scenario, 7, None, random_picks(random.Random(name), turns, 15))


FLICKER = """
mechanisms:
  - id: river-comes-and-goes
    title: {en: The river comes and goes, es: El río va y viene}
    effects: {river.active: "-1 if turn == 2 else 1"}
    assumption: {en: for this test, es: para esta prueba}
"""


def test_a_programme_whose_target_was_away_on_one_due_turn_never_comes_back() -> None:
    scenario = built({**toy(), "scenarios/toy-valley/flicker.yaml": FLICKER})
    pair = Pair(scenario, [1])
    roads = [c for c in pair.engine.candidates if c.move == "build-road" and c.targets["z"] == "river"]
    pair.play([[(c, 1) for c in roads if c.actor == "government"]])
    assert pair.states[0].fates == ["done"]
    left = []
    for _ in range(3):
        pair.play([[]])
        expect_none(pair.differences())
        left.append(len(pair.states[0].running))
    assert left == [1, 0, 0]
    assert pair.states[0].values["river.active"] > 0
