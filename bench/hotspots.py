"""Where the time goes: the functions in which a batch spends most of it."""

from __future__ import annotations

import cProfile
import pstats

from bench.arena import Arena
from wargame.engine import draws


def print_hotspots(arena: Arena, sessions: int, top: int = 25) -> None:
    """Play a batch under the profiler and print its top functions, by the time spent in themselves."""
    arena.play(draws.seeds_of(1, sessions))
    print(f"{arena.scenario.id}: where a batch of {sessions:,} sessions spends its time")
    profiler = cProfile.Profile()
    profiler.enable()
    arena.play(draws.seeds_of(2, sessions))
    profiler.disable()
    pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(top)
