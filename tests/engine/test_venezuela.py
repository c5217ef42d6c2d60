"""Rules of ``venezuela-2019`` that once paid twice or cost nothing."""

from __future__ import annotations

from tests.engine.scenes import start, table
from wargame.analysis.idle import idle
from wargame.content.load import load_with_bundle
from wargame.engine import turn as engine_turn
from wargame.engine.engine import Engine
from wargame.model.ticks import Floats

NAME = "venezuela-2019"


def _degree(engine: Engine, move: str) -> tuple[float, Floats]:
    """Return what China's wish to be known to whoever comes next is worth after one turn, and its trust in Caracas."""
    world = start(engine)
    pairs = [p for p in engine.catalogue.pairs if p.actor == "china" and p.move == move]
    filed = [(pairs[0].first, 1)] if pairs else []
    engine_turn.play(engine, world, engine.orders([filed]))
    degrees = engine.reckoning.degrees(world, engine.reader(world), "beijing")
    trust = world.values[engine.layout.row("alignment(venezuela, china)", "trust")]
    return float(degrees["known-to-the-next"][0]), trust


def test_recognising_the_other_presidency_costs_the_trust_of_the_one_that_governs() -> None:
    engine, _ = table(NAME)
    quiet, recognised = _degree(engine, ""), _degree(engine, "recognise-the-rival")
    assert recognised[1][0] <= quiet[1][0] - 10
    assert recognised[0] < quiet[0] + 0.05, "nobody waits for the last turn to do it"


def test_groups_that_nobody_pursues_do_not_double_in_ten_quarters() -> None:
    trends = {trend.number: trend for trend in idle(load_with_bundle(NAME)[0], sessions=20).trends}
    for group in ("eln", "dissidents"):
        assert trends[f"{group}.strength"].drift < 0.3
        assert f"{group}.operations" not in trends or abs(trends[f"{group}.operations"].drift) < 0.3
