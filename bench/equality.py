"""Shows that the programs play the same game: equal worlds, tick for tick, from equal seeds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bench.arena import Arena, read_w
from bench.careful import Careful
from bench.native import Native
from wargame.engine import draws
from wargame.model.ticks import Floats, as_ticks

Ends = tuple[Floats, Floats]
"""Indicators and relations, ``[session, number]``."""


@dataclass(frozen=True, slots=True)
class Programs:
    """W in its three programs; ``native`` is None where there is no C compiler."""

    arena: Arena
    careful: Careful
    native: Native | None


def check_equal(programs: Programs, count: int, seed: int = 1) -> int:
    """Play some sessions with every program and return how many numbers were compared.

    Raises AssertionError with the first session that differs.
    """
    seeds = draws.seeds_of(seed, count)
    batch = read_w(programs.arena, programs.arena.play(seeds))
    others = {"careful": _played_carefully(programs.careful, seeds)}
    if programs.native is not None:
        others["C"] = programs.native.play(seeds)
    for name, ends in others.items():
        _compare(name, batch, ends)
    alone = read_w(programs.arena, programs.arena.play(seeds[-1:]))
    _compare("a batch of one", (batch[0][-1:], batch[1][-1:]), alone)
    return sum(part.size for part in batch)


def _played_carefully(careful: Careful, seeds: draws.Hashes) -> Ends:
    ends = [careful.play(int(seed)) for seed in seeds]
    return np.array([end.indicators for end in ends]), np.array([end.relations for end in ends])


def _compare(name: str, batch: Ends, other: Ends) -> None:
    for mine, theirs in zip(batch, other, strict=True):
        differ = np.flatnonzero((as_ticks(mine) != as_ticks(theirs)).any(axis=1))
        assert not len(differ), f"engine and {name} differ, first in session {differ[0]}"
        assert np.array_equal(mine, theirs), f"engine and {name} differ off the grid"
