"""Several ways to play one scenario in the same luck, side by side in one batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wargame.analysis.ensemble import Outcomes, run_each
from wargame.bots.bots import Bots, default_plays
from wargame.content.load import load_scenario
from wargame.engine.draws import seeds_of
from wargame.engine.engine import Engine


def play_each(
    name: str, plays: Sequence[Mapping[str, str]], sessions: int, seed: int, *, short: bool = False
) -> list[Outcomes]:
    """Return what comes of each way to play: who plays otherwise than by the first doctrine."""
    scenario = load_scenario(name)
    engine = Engine(scenario, short=short)
    tables: list[Bots] = []
    for play in plays:
        beside = tables[0] if tables else None
        tables.append(Bots(engine, {**default_plays(scenario), **play}, scenario.level().sharpness, beside=beside))
    return run_each(engine, tables, seeds_of(seed, sessions))
