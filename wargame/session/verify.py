"""Is the past what it was? The chain tells of changed records; a re-run, whether they follow from the inputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from wargame import __version__
from wargame.content.bundle import Bundle
from wargame.content.load import load_bundle
from wargame.engine import turn as engine_turn
from wargame.engine.engine import Engine
from wargame.model.ledger import Ledger
from wargame.model.promises import Bargains
from wargame.model.ticks import TICK
from wargame.model.world import World
from wargame.session.beginning import ChooserFactory, begin
from wargame.session.causes import logged, read_causes
from wargame.session.polls import SeatVoters
from wargame.session.promised import read_bargains
from wargame.session.records import Record
from wargame.session.snapshot import seeds_by_turn, take_snapshot
from wargame.session.store import Store


@dataclass(frozen=True, slots=True)
class Difference:
    """The first record that a re-run does not reproduce: which number, what is logged, what the re-run gives."""

    seq: int
    turn: int
    number: str
    logged: float
    rerun: float


@dataclass(frozen=True, slots=True)
class Verified:
    """What a re-run found. ``engine`` is the version that wrote the session; another may differ without a fault."""

    turns: int
    records: int
    engine: str
    same_engine: bool
    difference: Difference | None


def verify(store: Store, session: str, factory: ChooserFactory) -> Verified:
    """Re-run a session from its inputs and compare every turn; raises VerificationError if the chain is broken."""
    header, records = store.header(session), store.records(session)
    scenario = load_bundle(Bundle.from_bytes(store.content(session)))
    engine, bots, world = begin(scenario, header, factory)
    worlds = [r for r in records if r.kind == "world"]
    luck = [tuple(pair) for pair in header.extra.get("luck", [])]
    seeds = seeds_by_turn(header.seed, luck, range(1, len(worlds) + 2))
    difference = _compare(engine, world, worlds[0])
    turns = 0
    for number, record in enumerate(r for r in records if r.kind == "outcomes"):
        if difference is not None:
            break
        _draw_from(engine, world, seeds[number])
        ledger = Ledger([])
        voters = SeatVoters(bots, record.payload.get("votes", {}), engine)
        orders = replace(_orders(engine, record), bargains=_bargains(engine, records, record.turn))
        engine_turn.play(engine, world, orders, ledger, voters=voters)
        turns += 1
        difference = _compare(engine, world, worlds[number + 1]) or _compare_causes(
            engine, ledger, _ledger_of(records, record.turn)
        )
    return Verified(turns, len(records), header.engine, header.engine == __version__, difference)


def _draw_from(engine: Engine, world: World, seed: int) -> None:
    """Let the luck of this turn and the next ones come from a seed."""
    if int(world.seeds[0]) != seed:
        world.redrawn += ((world.turn, world.seeds),) if world.turn > 1 else ()
        world.seeds = np.array([seed], dtype=np.uint64)
        engine.look(world)


def _orders(engine: Engine, record: Record) -> Any:
    by_key = {c.key: c.id for c in engine.candidates}
    filed = [(by_key[o["order"]], int(o["amount"])) for o in record.payload["orders"]]
    return engine.orders([filed], checked=True)


def _bargains(engine: Engine, records: Sequence[Record], turn: int) -> Bargains | None:
    found = next((r for r in records if r.kind == "deals" and r.turn == turn), None)
    return None if found is None else read_bargains(engine, found.payload)


def _ledger_of(records: Sequence[Record], turn: int) -> Record:
    return next(r for r in records if r.kind == "ledger" and r.turn == turn)


def _compare(engine: Engine, world: World, record: Record) -> Difference | None:
    now, then = take_snapshot(engine, world), record.payload
    for name, ticks in now["values"].items():
        if then["values"].get(name) != ticks:
            return Difference(record.seq, record.turn, name, then["values"].get(name, 0) * TICK, ticks * TICK)
    for part in ("turn", "given", "fired", "noted", "ended", "programmes", "obligations", "digest"):
        if now.get(part, []) != then.get(part, []):
            return Difference(record.seq, record.turn, part, 0.0, 0.0)
    return None


def _compare_causes(engine: Engine, ledger: Ledger, record: Record) -> Difference | None:
    now = _sums(logged(engine, ledger))
    then = _sums(record.payload)
    for name in dict.fromkeys((*then, *now)):
        if now.get(name, 0) != then.get(name, 0):
            return Difference(record.seq, record.turn, name, then.get(name, 0) * TICK, now.get(name, 0) * TICK)
    return None


def _sums(payload: Mapping[str, Any]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for cause in read_causes(payload):
        found[cause.number] = found.get(cause.number, 0) + cause.ticks
    return found
