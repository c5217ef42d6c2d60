"""W in C: compiles ``kernel.c`` with the C compiler of this machine, for this processor, and calls it."""

from __future__ import annotations

import ctypes
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bench.tables import ACTORS, EVENTS, FAILURE, INDICATORS, LINKS, MOVES, TURNS, Amount, Tables, make
from bench.words import words_of
from wargame.model.ticks import Floats, on_grid

FLAGS: Final = ("-O3", "-march=native", "-ffp-contract=off", "-shared", "-fPIC")
_SIZES: Final = {
    "ACTORS": ACTORS,
    "INDICATORS": INDICATORS,
    "MOVES": MOVES,
    "LINKS": LINKS,
    "EVENTS": EVENTS,
    "TURNS": TURNS,
}
_SOURCE: Final = Path(__file__).with_name("kernel.c")
_OWN, _TARGET, _SHOCK = 2, 3, 3


def compiler() -> list[str]:
    """Return the command of the C compiler: what CC says, else the first one installed; empty if there is none."""
    wanted = os.environ.get("CC")
    for command in [shlex.split(wanted)] if wanted else [["cc"], ["gcc"], ["clang"]]:
        if shutil.which(command[0]):
            return command
    return []


class Native:
    """Plays W in C, many sessions at a time.

    Raises FileNotFoundError where there is no C compiler, and CalledProcessError where it fails.
    """

    def __init__(self, tables: Tables | None = None) -> None:
        self._arrays = _arrays(tables or make())
        self._table = (ctypes.c_void_p * len(self._arrays))(*(a.ctypes.data for a in self._arrays))
        self._play = _compiled().play
        self._play.argtypes = [ctypes.c_void_p, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p]
        self._play.restype = None

    def play(self, seeds: NDArray[np.uint64]) -> tuple[Floats, Floats]:
        """Return where sessions end: indicators ``[session, cell]`` and relations ``[session, actor · other]``."""
        seeds = np.ascontiguousarray(seeds)
        indicators = np.empty((len(seeds), ACTORS * INDICATORS))
        relations = np.empty((len(seeds), ACTORS * ACTORS))
        self._play(self._table, len(seeds), seeds.ctypes.data, indicators.ctypes.data, relations.ctypes.data)
        return indicators, relations


def _compiled() -> ctypes.CDLL:
    program = compiler()
    if not program:
        raise FileNotFoundError("no C compiler: set CC, or install gcc or clang")
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "kernel.so"
        sizes = [f"-D{name}={size}" for name, size in _SIZES.items()]
        command = [*program, *FLAGS, *sizes, "-o", str(library), str(_SOURCE)]
        subprocess.run(command, check=True, capture_output=True, text=True)
        return ctypes.CDLL(str(library))


def _arrays(tables: Tables) -> list[NDArray[np.generic]]:
    """Return the tables in the order of the struct in ``kernel.c``."""
    deeds, words = tables.deeds, words_of(tables)
    guards = [deed.guards or ((0, -1.0), (0, -1.0)) for deed in deeds]
    shocks = [_padded(s.effects, _SHOCK) for s in tables.shocks]
    return [
        _gridded(chain.from_iterable(tables.indicators)),
        _gridded(chain.from_iterable(tables.relations)),
        _integers(pair[n][0] for n in (0, 1) for pair in guards),
        _floats(pair[n][1] for n in (0, 1) for pair in guards),
        _integers(deed.cost[0] for deed in deeds),
        _gridded(-deed.cost[1] for deed in deeds),
        _floats(n for deed in deeds for n in (deed.odds.base, deed.odds.own, deed.odds.relation)),
        _integers(deed.odds.indicator for deed in deeds),
        _integers(i for deed in deeds for i, _ in _padded(deed.own, _OWN)),
        _outcomes([_padded(deed.own, _OWN) for deed in deeds]),
        _integers(i for deed in deeds for i, _ in _padded(deed.target, _TARGET)),
        _outcomes([_padded(deed.target, _TARGET) for deed in deeds]),
        _outcomes([[(0, deed.relation)] for deed in deeds]),
        _integers(deed.cooldown for deed in deeds),
        _integers(a * INDICATORS + i for link in tables.links for a, i in (link.cause, link.effect)),
        _floats(link.weight for link in tables.links),
        _integers(s.actor * INDICATORS + i for s, row in zip(tables.shocks, shocks, strict=True) for i, _ in row),
        _gridded(amount for row in shocks for _, amount in row),
        _gridded(s.odds for s in tables.shocks),
        np.array(words.choice, dtype=np.uint64),
        np.array(words.target, dtype=np.uint64),
        np.array(words.success, dtype=np.uint64),
        np.array(words.shock, dtype=np.uint64),
    ]


def _padded(amounts: Sequence[Amount], count: int) -> list[Amount]:
    return [*amounts, *[(0, 0.0)] * (count - len(amounts))]


def _outcomes(rows: Sequence[Sequence[Amount]]) -> Floats:
    """Return ``[move][failure, success][effect]``."""
    return _gridded(amount * share for row in rows for share in (FAILURE, 1.0) for _, amount in row)


def _floats(numbers: Iterable[float]) -> Floats:
    return np.array(list(numbers), dtype=np.float64)


def _gridded(numbers: Iterable[float]) -> Floats:
    return _floats(on_grid(number) for number in numbers)


def _integers(numbers: Iterable[int]) -> NDArray[np.int32]:
    return np.array(list(numbers), dtype=np.int32)
