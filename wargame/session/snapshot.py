"""A session at the start of a turn as plain data for the log, and back: whole ticks by name, never by position."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from wargame.engine.engine import Engine
from wargame.model.errors import VerificationError
from wargame.model.orders import Candidate
from wargame.model.text import Text, same
from wargame.model.ticks import TICK, as_ticks
from wargame.model.world import Programmes, World
from wargame.session.promised import obligations_plain, read_obligations


def take_snapshot(engine: Engine, world: World) -> dict[str, Any]:
    """Return everything that decides how a live session goes on."""
    end = engine.layout.sections.constants
    ticks = as_ticks(world.values[:end, 0])
    pairs = [f"{pair.actor}|{pair.move}" for pair in engine.catalogue.pairs]
    promised = {"obligations": obligations_plain(engine, world)} if len(world.obligations) else {}
    return {
        **promised,
        "turn": world.turn,
        "values": dict(zip(engine.layout.names[:end], ticks.tolist(), strict=True)),
        "given": _set_turns(pairs, world.last_given),
        "fired": _set_turns(engine.happenings.names, world.fired),
        "noted": _set_turns([e.id for e in engine.scenario.endings], world.noted),
        "ended": int(world.ended[0]),
        "programmes": _running(engine, world.programmes),
        "digest": engine.digest(world),
    }


def _set_turns(names: Sequence[str], turns: np.ndarray[Any, np.dtype[np.int16]]) -> dict[str, int]:
    return {name: int(turn) for name, turn in zip(names, turns[:, 0], strict=True) if turn}


def _running(engine: Engine, programmes: Programmes) -> list[list[Any]]:
    found = [
        [engine.candidates[c].key, int(amount), int(filed), int(which)]
        for c, amount, filed, which in zip(
            programmes.candidate, programmes.amount, programmes.filed, programmes.which, strict=True
        )
    ]
    return sorted(found)


def restore(engine: Engine, seeds: Sequence[int], snapshots: Sequence[Mapping[str, Any]]) -> World:
    """Return the world that the last snapshot holds, with the earlier ones as its past.

    ``seeds`` has the seed in force in the turn of each snapshot. Raises VerificationError if the pinned scenario does
    not have what the snapshots name.
    """
    *_, last = stages(engine, seeds, snapshots)
    return last


def stages(engine: Engine, seeds: Sequence[int], snapshots: Sequence[Mapping[str, Any]]) -> Iterator[World]:
    """Yield the world of each snapshot with the earlier ones as its past: the same object, filled anew each time.

    Raises VerificationError as ``restore`` does.
    """
    world = engine.start(np.array([seeds[0]], dtype=np.uint64))
    world.past.clear()
    filler = _Filler(engine)
    for number, (seed, snapshot) in enumerate(zip(seeds, snapshots, strict=True)):
        try:
            filler.fill(world, seed, snapshot)
        except (KeyError, ValueError) as error:
            raise VerificationError(_MISSING.fill(what=same(str(error)))) from error
        world.redrawn = _redrawn(seeds[: number + 1], snapshots[: number + 1])
        if number == 0:
            world.start = world.values.copy()
        world.past.append(world.values.copy())
        yield world


_MISSING = Text(
    "The session names something that its scenario does not have ({what}).",
    "La sesión nombra algo que su escenario no tiene ({what}).",
)


def _redrawn(
    seeds: Sequence[int], snapshots: Sequence[Mapping[str, Any]]
) -> tuple[tuple[int, np.ndarray[Any, np.dtype[np.uint64]]], ...]:
    """Return the turns from which on another seed was in force, each with the one until then."""
    return tuple(
        (int(snapshot["turn"]), np.array([before], dtype=np.uint64))
        for before, now, snapshot in zip(seeds, seeds[1:], snapshots[1:], strict=False)
        if now != before
    )


class _Filler:
    """Fills a world from snapshots; the names of everything are looked up once."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.pairs = {f"{pair.actor}|{pair.move}": pair.id for pair in engine.catalogue.pairs}
        self.happenings = {name: i for i, name in enumerate(engine.happenings.names)}
        self.endings = {ending.id: i for i, ending in enumerate(engine.scenario.endings)}
        self.candidates = {candidate.key: candidate for candidate in engine.candidates}
        self.names = engine.layout.names[: engine.layout.sections.constants]

    def fill(self, world: World, seed: int, snapshot: Mapping[str, Any]) -> None:
        """Make a world of one session what a snapshot says."""
        engine, values = self.engine, snapshot["values"]
        world.seeds = np.array([seed], dtype=np.uint64)
        world.turn = int(snapshot["turn"])
        ticks = np.fromiter((values[name] for name in self.names), dtype=np.float64, count=len(self.names))
        world.values[: len(self.names), 0] = ticks * TICK
        _put_turns(world.last_given, self.pairs, snapshot["given"])
        _put_turns(world.fired, self.happenings, snapshot["fired"])
        _put_turns(world.noted, self.endings, snapshot["noted"])
        world.ended[0] = snapshot["ended"]
        world.programmes = _programmes(self.candidates, snapshot["programmes"])
        world.obligations = read_obligations(engine, snapshot.get("obligations", ()))
        engine.refresh(world)
        engine.look(world)


def _put_turns(into: np.ndarray[Any, np.dtype[np.int16]], places: Mapping[str, int], turns: Mapping[str, int]) -> None:
    into.fill(0)
    for name, turn in turns.items():
        into[places[name], 0] = turn


def _programmes(candidates: Mapping[str, Candidate], running: Sequence[Sequence[Any]]) -> Programmes:
    found = Programmes.none()
    if not running:
        return found
    ids = [candidates[key].id for key, *_ in running]
    return Programmes(
        np.array(ids, dtype=np.int32),
        np.array([amount for _, amount, _, _ in running], dtype=np.int16),
        np.array([filed for _, _, filed, _ in running], dtype=np.int16),
        np.array([which for *_, which in running], dtype=np.int16),
        np.zeros(len(running), dtype=np.int64),
    )


def seeds_by_turn(seed: int, luck: Sequence[tuple[int, int]], turns: Sequence[int]) -> list[int]:
    """Return the seed in force in each turn; ``luck`` lists (from turn, seed) of forks with new luck."""
    found = []
    for turn in turns:
        later = [new for start, new in luck if turn >= start]
        found.append(later[-1] if later else seed)
    return found
