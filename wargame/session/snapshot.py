"""A session at the start of a turn as plain data for the log, and back: whole ticks by name, never by position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    world = engine.start(np.array([seeds[0]], dtype=np.uint64))
    world.past.clear()
    world.redrawn = _redrawn(seeds, snapshots)
    try:
        for number, (seed, snapshot) in enumerate(zip(seeds, snapshots, strict=True)):
            _fill(engine, world, seed, snapshot)
            if number == 0:
                world.start = world.values.copy()
            world.past.append(world.values.copy())
    except (KeyError, ValueError) as error:
        raise VerificationError(
            Text(
                "The session names something that its scenario does not have ({what}).",
                "La sesión nombra algo que su escenario no tiene ({what}).",
            ).fill(what=same(str(error)))
        ) from error
    return world


def _redrawn(
    seeds: Sequence[int], snapshots: Sequence[Mapping[str, Any]]
) -> tuple[tuple[int, np.ndarray[Any, np.dtype[np.uint64]]], ...]:
    """Return the turns from which on another seed was in force, each with the one until then."""
    return tuple(
        (int(snapshot["turn"]), np.array([before], dtype=np.uint64))
        for before, now, snapshot in zip(seeds, seeds[1:], snapshots[1:], strict=False)
        if now != before
    )


def _fill(engine: Engine, world: World, seed: int, snapshot: Mapping[str, Any]) -> None:
    layout = engine.layout
    end = layout.sections.constants
    values = snapshot["values"]
    world.seeds = np.array([seed], dtype=np.uint64)
    world.turn = int(snapshot["turn"])
    world.values[:end, 0] = [values[name] * TICK for name in layout.names[:end]]
    pairs = {f"{pair.actor}|{pair.move}": pair.id for pair in engine.catalogue.pairs}
    _put_turns(world.last_given, pairs, snapshot["given"])
    _put_turns(world.fired, {name: i for i, name in enumerate(engine.happenings.names)}, snapshot["fired"])
    _put_turns(world.noted, {e.id: i for i, e in enumerate(engine.scenario.endings)}, snapshot["noted"])
    world.ended[0] = snapshot["ended"]
    world.programmes = _programmes({c.key: c for c in engine.candidates}, snapshot["programmes"])
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
