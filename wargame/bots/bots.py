"""All bots of a session or an ensemble: who plays which seat, and their orders together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from wargame.bots.controls import ControlBot
from wargame.bots.doctrine import DoctrineBot
from wargame.engine.engine import Engine
from wargame.model.errors import SessionError
from wargame.model.orders import NONE, Orders
from wargame.model.scenario import Scenario
from wargame.model.text import Text
from wargame.model.world import World

RANDOM, FIRST = "random", "first"
"""The two controls; every other name is a doctrine."""


class Bots:
    """Plays some seats. Made before a world is started, because doctrines decide which views are computed.

    Raises SessionError for a doctrine that does not exist.
    """

    def __init__(self, engine: Engine, plays: Mapping[str, str], sharpness: float = 1.0) -> None:
        self.engine = engine
        self.plays = dict(plays)
        self._bots = {
            engine.seat_number(seat): _bot(engine, engine.seat_number(seat), name, sharpness)
            for seat, name in plays.items()
        }

    def choose(self, world: World, seats: frozenset[str] | None = None) -> Orders:
        """Return the orders of the seats that bots play (or of some of them)."""
        legality = self.engine.legality(world)
        wanted = [bot for i, bot in self._bots.items() if seats is None or self.engine.scenario.seats[i].id in seats]
        chosen = [bot.choose(legality) for bot in wanted]
        if not chosen:
            empty = np.full((0, world.sessions), NONE, dtype=np.int32)
            return Orders(empty, np.ones_like(empty, dtype=np.int16), checked=True)
        return Orders(
            np.concatenate([candidates for candidates, _ in chosen]),
            np.concatenate([amounts for _, amounts in chosen]),
            checked=True,
        )


def default_plays(scenario: Scenario, except_for: Iterable[str] = ()) -> dict[str, str]:
    """Return the first doctrine of every seat (``random`` where it has none), leaving out some seats."""
    left_out = frozenset(except_for)
    return {s.id: s.doctrines[0] if s.doctrines else RANDOM for s in scenario.seats if s.id not in left_out}


def _bot(engine: Engine, seat: int, name: str, sharpness: float) -> ControlBot | DoctrineBot:
    if name in (RANDOM, FIRST):
        return ControlBot(engine, seat, by_draw=name == RANDOM)
    doctrines = engine.scenario.ruleset.doctrines
    if name not in doctrines:
        known = ", ".join((RANDOM, FIRST, *engine.scenario.seats[seat].doctrines))
        raise SessionError(
            Text(
                "There is no doctrine '{name}'. This seat plays: {known}.",
                "No existe la doctrina '{name}'. Este puesto juega: {known}.",
            ).fill(name=name, known=known)
        )
    return DoctrineBot(engine, seat, doctrines[name], sharpness)
