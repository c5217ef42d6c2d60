"""Is a scenario a game? Who wins, which doctrines differ and beat one another, which endings and moves are used.

A seat *wins* with a score of at least 0.6. A doctrine *beats* another if, in the same luck and against the same
doctrines of the others, its seat scores more with it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.ensemble import Outcomes, run_each
from wargame.analysis.intervals import Interval, share
from wargame.analysis.workers import for_each
from wargame.bots.bots import RANDOM, Bots, row_of_plays
from wargame.content.bundle import Bundle
from wargame.content.load import load_bundle
from wargame.engine.draws import seeds_of
from wargame.engine.engine import Engine
from wargame.model.scenario import WIN, Scenario

SESSIONS: Final = 200
"""Sessions of each pairing of doctrines."""
SELDOM, OFTEN = 0.05, 0.85
"""A seat that wins less or more often than this is out of balance."""
ALIKE: Final = 0.2
"""Two doctrines whose orders differ in a smaller share than this do the same."""
_SURE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Play:
    """One doctrine of one seat against the nth doctrines of all the others."""

    seat: str
    doctrine: str
    against: int


@dataclass(frozen=True)
class Played:
    """What came of it: scores in the order of the seeds, endings, and how often each pair's move was ordered."""

    scores: NDArray[np.float64]
    endings: NDArray[np.int16]
    wins: Mapping[str, int]
    given: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pairing:
    """How often one doctrine of a seat beats another, against each row of doctrines of the others."""

    seat: str
    doctrine: str
    other: str
    beats: tuple[Interval, ...]
    unlike: float
    """Share of orders in which the two differ, 0–1."""

    @property
    def everywhere(self) -> bool:
        """Say whether it beats the other surely, whatever the others play."""
        return all(interval.low > _SURE for interval in self.beats)


@dataclass(frozen=True)
class Balance:
    """The tables of one scenario under one lens."""

    scenario: str
    lens: str
    seed: int
    sessions: int
    wins: Mapping[str, Interval]
    """Seat → share of sessions won, all doctrines of all seats mixed evenly."""
    endings: Mapping[str, Interval]
    pairings: tuple[Pairing, ...]
    unused: tuple[str, ...]
    """Moves that no doctrine ever orders."""
    rare: frozenset[str] = frozenset()
    """Endings for which the scenario says why doctrines alone do not come to them."""

    @property
    def out_of_balance(self) -> tuple[str, ...]:
        """Return the seats that surely win too seldom or too often."""
        return tuple(s for s, wins in self.wins.items() if wins.high < SELDOM or wins.low > OFTEN)

    @property
    def dominant(self) -> tuple[tuple[str, str], ...]:
        """Return the doctrines that beat every other of their seat whatever the others play."""
        found: dict[tuple[str, str], bool] = {}
        for pairing in self.pairings:
            key = pairing.seat, pairing.doctrine
            found[key] = found.get(key, True) and pairing.everywhere
        return tuple(key for key, always in found.items() if always)

    @property
    def alike(self) -> tuple[tuple[str, str, str], ...]:
        """Return pairs of doctrines of a seat that do the same."""
        return tuple((p.seat, p.doctrine, p.other) for p in self.pairings if p.unlike < ALIKE and p.doctrine < p.other)

    @property
    def unreached(self) -> tuple[str, ...]:
        """Return the endings to which no session came, and for which the scenario gives no reason."""
        return tuple(name for name in self.never if name not in self.rare)

    @property
    def never(self) -> tuple[str, ...]:
        """Return the endings to which no session came."""
        return tuple(name for name, interval in self.endings.items() if interval.value == 0)


def plays_of(scenario: Scenario) -> list[Play]:
    """Return every doctrine of every seat against the first, second … doctrines of the others."""
    rows = max((len(seat.doctrines) for seat in scenario.seats), default=1)
    return [Play(s.id, d, row) for s in scenario.seats for d in s.doctrines or (RANDOM,) for row in range(max(rows, 1))]


class Table:
    """Plays the doctrines of one seat of a scenario, in this process."""

    def __init__(self, scenario: Scenario, lens: str, plays: Sequence[Play]) -> None:
        self.engine = Engine(scenario, lens)
        sharpness = scenario.level("").sharpness
        self.plays = plays
        self.bots: list[Bots] = []
        for play in plays:
            beside = self.bots[0] if self.bots else None
            self.bots.append(Bots(self.engine, _seated(scenario, play), sharpness, beside=beside))

    def play(self, seeds: NDArray[np.uint64]) -> dict[Play, Played]:
        """Play every pairing."""
        outcomes = run_each(self.engine, self.bots, seeds)
        return {play: _played(play, found) for play, found in zip(self.plays, outcomes, strict=True)}


def _played(play: Play, found: Outcomes) -> Played:
    return Played(found.scores[play.seat], found.ending, _wins(found), found.given)


def _seated(scenario: Scenario, play: Play) -> dict[str, str]:
    return row_of_plays(scenario, play.against) | {play.seat: play.doctrine}


def _wins(found: Outcomes) -> dict[str, int]:
    return {seat: int((scores >= WIN).sum()) for seat, scores in found.scores.items()}


def _of_seat(seat: str, bundle: bytes, lens: str, sessions: int, seed: int) -> dict[Play, Played]:
    """Play every pairing of one seat; the work of one process."""
    scenario = load_bundle(Bundle.from_bytes(bundle))
    plays = [play for play in plays_of(scenario) if play.seat == seat]
    return Table(scenario, lens, plays).play(seeds_of(seed, sessions))


def balance(
    bundle: Bundle,
    lens: str = "",
    sessions: int = SESSIONS,
    seed: int = 1,
    *,
    processes: int | None = None,
    progress: Callable[[int], Any] = lambda done: None,
) -> Balance:
    """Play every doctrine of every seat against the others' and return the tables; ``progress`` counts seats done."""
    scenario = load_bundle(bundle)
    lens = lens or scenario.lens
    seats = [seat.id for seat in scenario.seats]
    given = (bundle.to_bytes(), lens, sessions, seed)
    parts = for_each(_of_seat, seats, given, processes or os.cpu_count() or 1)
    played: dict[Play, Played] = {}
    for done, part in enumerate(parts, 1):
        played |= part
        progress(done)
    return _told(scenario, lens, seed, sessions, played)


# ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────


def _told(scenario: Scenario, lens: str, seed: int, sessions: int, played: Mapping[Play, Played]) -> Balance:
    total = sessions * len(played)
    wins = {s.id: share(sum(p.wins[s.id] for p in played.values()), total) for s in scenario.seats}
    endings = {
        ending.id: share(sum(int((p.endings == n).sum()) for p in played.values()), total)
        for n, ending in enumerate(scenario.endings)
        if ending.stops
    }
    catalogue = Engine(scenario, lens).catalogue
    given = np.sum([p.given for p in played.values()], axis=0)
    used = {pair.move for pair in catalogue.pairs if given[pair.id]}
    unused = tuple(dict.fromkeys(pair.move for pair in catalogue.pairs if pair.move not in used))
    seat_of = np.array([pair.seat for pair in catalogue.pairs], dtype=np.intp)
    pairings = tuple(_pairings(scenario, played, seat_of))
    rare = frozenset(ending.id for ending in scenario.endings if ending.rare is not None)
    return Balance(scenario.id, lens, seed, sessions, wins, endings, pairings, unused, rare)


def _pairings(scenario: Scenario, played: Mapping[Play, Played], seat_of: NDArray[np.intp]) -> Iterator[Pairing]:
    for number, seat in enumerate(scenario.seats):
        rows = sorted({play.against for play in played if play.seat == seat.id})
        for one, other in permutations(seat.doctrines, 2):
            mine = [played[Play(seat.id, one, row)] for row in rows]
            theirs = [played[Play(seat.id, other, row)] for row in rows]
            beats = [
                share(int((a.scores > b.scores).sum()), int((a.scores != b.scores).sum()))
                for a, b in zip(mine, theirs, strict=True)
            ]
            yield Pairing(seat.id, one, other, tuple(beats), _unlike(mine, theirs, seat_of == number))


def _unlike(mine: Sequence[Played], theirs: Sequence[Played], pairs: NDArray[np.bool_]) -> float:
    """Return half the distance between the shares that moves have in the orders of one and of the other."""
    one, other = (np.sum([p.given for p in side], axis=0)[pairs].astype(float) for side in (mine, theirs))
    return float(np.abs(one / max(one.sum(), 1.0) - other / max(other.sum(), 1.0)).sum() / 2)
