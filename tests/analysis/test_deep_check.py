"""What only playing shows: each way of being dead is found with its place, and what is alive is left alone."""

from __future__ import annotations

import pytest

from tests.content.samples import MARK, PACK, SCENARIO, Case, toy
from wargame.analysis.deep_check import look_deep
from wargame.content.load import check_texts
from wargame.model.errors import Problem
from wargame.model.scenario import Scenario

MECHANISMS, MOVES, SCRIPT, SEATS = (
    PACK + "mechanisms.yaml",
    PACK + "moves.yaml",
    SCENARIO + "script.yaml",
    SCENARIO + "seats.yaml",
)
CASES = (
    Case(
        "inject-never-fires", SCRIPT, "    when: uplands.trust < 27\n", "    when: uplands.trust < 1\n", says="growers"
    ),
    Case(
        "event-never-happens", MECHANISMS, "    when: turn > 1\n", "    when: turn > 1 and z.trust > 99\n", says="flood"
    ),
    Case("ending-never-comes", SCRIPT, "legitimacy < 10\n", "legitimacy < 1 and turn < 2\n", says="collapse"),
    Case(
        "rule-never-acts",
        MECHANISMS,
        "    when: g.treasury > 40 and",
        "    when: g.treasury > 199 and",
        says="quarrels",
    ),
    Case("move-never-legal", MOVES, "actor.legitimacy >= 25", "actor.legitimacy >= 99", says="declare-emergency"),
    Case(
        "objective-never-moves",
        SEATS,
        "ramp(neighbour.treasury, 20, 90)",
        "ramp(neighbour.treasury, 0, 1)",
        says="neighbour-cell/full-coffers",
    ),
    Case(
        "measure-never-moves",
        SCRIPT,
        "value: valley.trust, unit: points",
        "value: 'max(0, valley.trust - 99)', unit: points",
    ),
    Case(
        "term-always-zero",
        MECHANISMS,
        "      s.treasury: 2 + 0.06 * s.legitimacy\n",
        "      ‸s.treasury: 2 + max(0, s.legitimacy - 99)\n",
        says="'max(0, s.legitimacy - 99)'",
    ),
    Case(
        "term-always-clipped",
        MECHANISMS,
        "    effects: {g.cohesion: 0.05 * (60 - g.cohesion)}\n",
        '    effects: {‸g.cohesion: "0.05 * (60 - clip(g.cohesion, 0, 1))"}\n',
        says="'clip(g.cohesion, 0, 1)' stood at 1",
    ),
)


def scenario_of(texts: dict[str, str]) -> Scenario:
    report = check_texts(texts)
    assert report.scenario is not None, report.problems
    return report.scenario


def codes(found: list[Problem]) -> list[str]:
    return [problem.code for problem in found]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.code)
def test_what_never_comes_about_is_told_with_its_place_and_the_number_of_sessions(case: Case) -> None:
    texts = dict(toy())
    where = case.spoil(texts)
    found, played = look_deep(scenario_of(texts), 24, 5)
    told = next(p for p in found if p.code == case.code and case.says in p.message.en)
    assert told.place.file == case.file
    assert MARK not in case.new or (told.place.line, told.place.column) == where[1:]
    assert told.place.line
    assert str(played) in told.message.en
    assert told.message.es != told.message.en


def test_a_toy_that_is_alive_is_hardly_complained_of() -> None:
    found, played = look_deep(scenario_of(dict(toy())), 60, 5)
    assert played == 60
    assert codes(found) == ["rule-never-acts", "ending-never-comes", "ending-never-comes"]


def test_sessions_are_shared_out_among_lenses_and_ways_of_playing() -> None:
    told: list[int] = []
    _, played = look_deep(scenario_of(dict(toy())), 10, 5, told.append)
    assert played == 12
    assert told == [2, 4, 6, 8, 10, 12]
