"""Several tables of bots in one batch: what costs a turn is paid once for all of them.

A session comes out as it does alone, so tables that are compared in the same luck may as well be played together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from wargame.bots.bots import Bots
from wargame.bots.controls import Chosen, ControlBot
from wargame.bots.doctrine import DoctrineBot
from wargame.engine.chamber import Agenda
from wargame.engine.changes import Changes
from wargame.engine.legality import Legality
from wargame.engine.readers import Dense
from wargame.model.orders import Orders
from wargame.model.promises import Bargains, Obligations, Withheld
from wargame.model.world import World

_Bot = TypeVar("_Bot", ControlBot | DoctrineBot, DoctrineBot | None)


class SideBySide:
    """Plays the same seats by several tables of bots, made beside one another; session n is played by table of[n]."""

    def __init__(self, tables: Sequence[Bots], of: NDArray[np.intp]) -> None:
        self.tables = tables
        self.of = of

    def among(self, sessions: NDArray[np.intp]) -> SideBySide:
        """Return what plays some sessions of the batch."""
        return SideBySide(self.tables, self.of[sessions])

    def choose(self, world: World) -> Orders:
        """Return the orders of every seat."""
        first = self.tables[0]
        legality = first.engine.legality(world)
        struck = self._bargain(world)
        first.keep_in_mind(legality, struck)
        chosen = [self._orders_of(seat, legality) for seat in first.seats]
        candidates, amounts = (np.concatenate(parts) for parts in zip(*chosen, strict=True))
        return Orders(candidates, amounts, checked=True, bargains=struck)

    def _orders_of(self, seat: int, legality: Legality) -> Chosen:
        bots = [table.seats[seat] for table in self.tables]
        (first, _), *others = ((bot.choose(legality), where) for bot, where in self._where(bots))
        if not others:
            return first
        candidates, amounts = first[0].copy(), first[1].copy()
        for (chosen, many), where in others:
            np.copyto(candidates, chosen, where=where)
            np.copyto(amounts, many, where=where)
        return candidates, amounts

    def lean(self, world: World, reader: Dense, changes: Changes, agenda: Agenda) -> None:
        """Hand in what doctrines add to the inclinations of their seats' members."""
        for seat in self.tables[0].seats:
            for bot, where in self._where([table.voices.get(seat) for table in self.tables]):
                if bot is not None:
                    bot.lean(world, reader, changes, agenda, where)

    def tell(self, world: World) -> None:
        """Say nothing: seats that bots play vote as their members lean."""

    def _where(self, bots: Sequence[_Bot]) -> Iterator[tuple[_Bot, NDArray[np.bool_]]]:
        """Yield what plays a seat at one table or more, and ``[session]`` where."""
        number = {id(bot): n for n, bot in reversed(list(enumerate(bots)))}
        of = np.array([number[id(bot)] for bot in bots], dtype=np.intp)[self.of]
        for n in np.unique(of).tolist():
            yield bots[n], of == n

    def _bargain(self, world: World) -> Bargains | None:
        if not len(world.obligations) and not any(table.table.options for table in self.tables):
            return None
        found = []
        for number in np.unique(self.of).tolist():
            sessions = np.flatnonzero(self.of == number)
            part = self.tables[number].bargain(world.take(sessions))
            if part is not None:
                found.append(_moved(part, sessions))
        if not found:
            return None
        held = [(w.session, w.deal, w.candidate, w.delivered) for w in (part.withheld for part in found)]
        withheld = Withheld(*(np.concatenate(column) for column in zip(*held, strict=True)))
        return Bargains(Obligations.joined(*(part.struck for part in found)), withheld)


def _moved(part: Bargains, sessions: NDArray[np.intp]) -> Bargains:
    """Return what was agreed in some sessions of a batch, numbered by their place in it."""
    struck, withheld = part.struck, part.withheld
    return Bargains(
        replace(struck, session=sessions[struck.session]), replace(withheld, session=sessions[withheld.session])
    )
