"""An inject comes with the turn that it opens: after endings are judged, and never after the last turn."""

from __future__ import annotations

import numpy as np

from tests.content.samples import SCENARIO, toy
from wargame.content.load import check_texts
from wargame.engine import turn
from wargame.engine.draws import seeds_of
from wargame.engine.engine import Engine
from wargame.engine.turn import Phase
from wargame.model.ledger import CauseKind, Ledger
from wargame.model.world import World

NOBODY = 3
"""Sessions in which nobody orders anything."""


def engine_with(*, begin: int, until: int, cost: int) -> Engine:
    """Return the toy with an inject that comes for certain between two turns, and costs the government legitimacy."""
    texts = dict(toy())
    script = texts[SCENARIO + "script.yaml"]
    old = "    when: uplands.trust < 27\n    from: 2\n    until: 7\n    chance: 0.7\n"
    assert old in script
    script = script.replace(old, f"    when: uplands.trust >= 0\n    from: {begin}\n    until: {until}\n")
    texts[SCENARIO + "script.yaml"] = script.replace(
        "{government.legitimacy: -3}", f"{{government.legitimacy: -{cost}}}"
    )
    report = check_texts(texts)
    assert report.scenario is not None
    return Engine(report.scenario)


def played(engine: Engine, turns: int) -> tuple[World, list[dict[str, float]], Ledger]:
    """Return the world after some turns, every score as it stood when endings were judged, and the last ledger."""
    world, ledger = engine.start(seeds_of(7, 1)), Ledger([])
    scores: list[dict[str, float]] = []

    def keep(world: World) -> None:
        found = engine.reckoning.scores(world, engine.reader(world))
        scores.append({seat: float(score[0]) for seat, score in found.items()})

    for _ in range(turns):
        ledger = Ledger([])
        turn.play(engine, world, engine.orders([[]]), ledger, concluded=keep)
    return world, scores, ledger


def fired(engine: Engine, world: World) -> int:
    return int(world.fired[engine.happenings.names.index("inject|growers-march"), 0])


def test_an_inject_does_not_count_in_the_turn_at_whose_end_it_comes() -> None:
    with_it, without = (engine_with(begin=4, until=4, cost=cost) for cost in (20, 0))
    world, scores, ledger = played(with_it, 3)
    other, other_scores, _ = played(without, 3)
    assert scores == other_scores, "scores of turn 3 know nothing of turn 4"
    assert fired(with_it, world) == fired(without, other) == 3
    row = with_it.layout.row("government", "legitimacy")
    assert world.values[row, 0] == other.values[row, 0] - 20, "but turn 4 begins with it"
    phases = {line.phase for line in ledger.lines if line.cause.kind is CauseKind.INJECT}
    assert phases == {Phase.REPORT}


def test_an_ending_waits_for_the_turn_that_an_inject_opens() -> None:
    """People read of what might end the session, and have a turn to answer."""
    engine = engine_with(begin=4, until=4, cost=200)
    world, _, _ = played(engine, 3)
    assert world.values[engine.layout.row("government", "legitimacy"), 0] < 10
    assert not world.ended.any()


def test_nothing_is_delivered_after_the_last_turn() -> None:
    length = engine_with(begin=2, until=2, cost=1).turns
    late, never = (engine_with(begin=length, until=length, cost=cost) for cost in (20, 0))
    late.turns = never.turns = length - 1  # a session one turn shorter: the inject would open a turn that never comes
    world, scores, ledger = played(late, length - 1)
    other, other_scores, _ = played(never, length - 1)
    assert world.ended.all()
    assert fired(late, world) == 0
    assert scores == other_scores
    assert np.array_equal(world.values, other.values)
    assert not [line for line in ledger.lines if line.phase == Phase.REPORT]


def test_sessions_that_have_ended_get_no_injects_while_their_batch_goes_on() -> None:
    engine = engine_with(begin=4, until=4, cost=20)
    world = engine.start(seeds_of(7, NOBODY))
    for _ in range(3):
        world.ended[1] = 1
        turn.play(engine, world, engine.orders([[]] * NOBODY))
    row = engine.happenings.names.index("inject|growers-march")
    assert world.fired[row].tolist() == [3, 0, 3]
