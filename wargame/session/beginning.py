"""How a session begins: with the engine, bots and start world that its header names, or as a branch of another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import numpy as np

from wargame.engine.chamber import Voters
from wargame.engine.engine import Engine
from wargame.model.errors import SessionError
from wargame.model.orders import Orders
from wargame.model.scenario import Scenario
from wargame.model.text import Text, counted
from wargame.model.world import World
from wargame.session.header import Header, Lineage, new_session_id
from wargame.session.records import utc_now
from wargame.session.store import Store


class Chooser(Voters, Protocol):
    """What plays the seats that no person plays."""

    def choose(self, world: World, seats: frozenset[str] | None = None) -> Orders:
        """Return the orders of some of its seats (None: all)."""


ChooserFactory = Callable[[Engine, Mapping[str, str], float], Chooser]
"""Makes the bots: engine, seat → doctrine, sharpness. Called before the world is started."""


def prepare(scenario: Scenario, header: Header, factory: ChooserFactory) -> tuple[Engine, Chooser]:
    """Return an engine and the bots of a session, as its header says."""
    engine = Engine(scenario, header.lens, short=header.length == "short", keep_all=True)
    return engine, factory(engine, _doctrines(header), scenario.level(header.level).sharpness)


def begin(scenario: Scenario, header: Header, factory: ChooserFactory) -> tuple[Engine, Chooser, World]:
    """Return an engine, the bots and the start world of a session, as its header says."""
    engine, bots = prepare(scenario, header, factory)
    return engine, bots, engine.start(np.array([header.seed], dtype=np.uint64), _resources(scenario, header))


def fork(store: Store, session: str, turn: int, *, seed: int | None = None) -> str:
    """Start a new session from the beginning of a past turn; a seed redraws the luck from there on. Return its id.

    Raises SessionError for a turn that the session has not reached.
    """
    header, records = store.header(session), store.records(session)
    starts = [r for r in records if r.kind == "world" and r.turn == turn and not r.payload["ended"]]
    if not starts:
        reached = max((r.turn for r in records if r.kind == "world" and not r.payload["ended"]), default=0)
        raise SessionError(
            counted(
                reached,
                Text(
                    "Session {id} cannot be forked at turn {turn}, only at turn 1.",
                    "La sesión {id} no puede bifurcarse en el turno {turn}: solo en el turno 1.",
                ),
                Text(
                    "Session {id} cannot be forked at turn {turn}: turns 1 to {n} can be.",
                    "La sesión {id} no puede bifurcarse en el turno {turn}: sí en los turnos 1 a {n}.",
                ),
                id=session,
                turn=turn,
            )
        )
    last = starts[-1].seq
    extra = dict(header.extra)
    if seed is not None:
        extra["luck"] = [*extra.get("luck", []), [turn, seed]]
    branch = Header(
        new_session_id(), header.scenario, header.content, header.seed, header.engine, header.lens, header.length,
        header.level, header.seats, header.language, utc_now(),
        Lineage(session, turn, records[-1].hash, seed is not None), extra,
    )  # fmt: skip
    store.create(branch, store.content(session), [r.draft() for r in records[1 : last + 1]])
    return branch.session


def _doctrines(header: Header) -> dict[str, str]:
    return {s.seat: s.doctrine for s in header.seats if s.by == "bot"}


def _resources(scenario: Scenario, header: Header) -> dict[str, float]:
    factor = scenario.level(header.level).resources
    return {s.seat: factor for s in header.seats if s.by == "people"}
