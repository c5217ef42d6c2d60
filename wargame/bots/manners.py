"""How a seat means to go on: one of its doctrines, short of some moves, or with some put before all others.

A change of manner holds in every turn that follows, so it is worth more than a change of one order, and shows sooner.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Final

import numpy as np

from wargame.bots.doctrine import DoctrineBot
from wargame.bots.funding import purses
from wargame.engine import draws
from wargame.engine.legality import Legality
from wargame.model.ticks import Floats

_FIRST: Final = 1e6
"""What a move is worth that is put before all others; weights of doctrines are far below."""


@dataclass(frozen=True, slots=True)
class Manner:
    """A doctrine by its number among those of the seat, moves that are left out, moves that come first."""

    doctrine: int = 0
    without: frozenset[str] = frozenset()
    first: frozenset[str] = frozenset()

    def also(self, other: Manner) -> Manner:
        """Return this manner with what another leaves out and puts first."""
        return Manner(self.doctrine, self.without | other.without, self.first | other.first)


class Mannered(DoctrineBot):
    """Plays a seat in several manners in one batch; takes the bots of all its doctrines, made at the same engine.

    In the manner of a doctrine alone it orders what that doctrine's own bot does.
    """

    def __init__(self, bots: Sequence[DoctrineBot]) -> None:
        first = bots[0]
        self.engine, self.seat, self.doctrine = first.engine, first.seat, first.doctrine
        self.sharpness, self.withheld, self.leanings = first.sharpness, first.withheld, first.leanings
        self.options = [option for bot in bots for option in bot.options]
        self.words = draws.words(f"choice|{o.pair.actor}|{o.pair.move}" for o in self.options)
        nothing = self.engine.layout.constant[0.0]
        self.purses = purses([(o.pair, o.move, o.amount) for o in self.options], nothing)
        self._exclusive = np.array([o.pair.id for o in self.options], dtype=np.intp)
        self._amounts = np.array([o.amount for o in self.options], dtype=np.int16)
        self._of = [number for number, bot in enumerate(bots) for _ in bot.options]
        self._take((Manner(),))

    def _take(self, manners: Sequence[Manner]) -> None:
        distinct = list(dict.fromkeys(manners))
        moves = [option.pair.move for option in self.options]
        meant = [
            [m.doctrine == of and move not in m.without for m in distinct]
            for move, of in zip(moves, self._of, strict=True)
        ]
        self._meant = np.array(meant, dtype=bool).reshape(len(moves), len(distinct))
        """``[option, manner]``: does the manner know the option from its doctrine?"""
        before = [[move in m.first for m in distinct] for move in moves]
        self._before = np.array(before, dtype=bool).reshape(len(moves), len(distinct))
        """``[option, manner]``: does it come first?"""
        self._which = np.array([distinct.index(manner) for manner in manners], dtype=np.intp)
        """``[session]``: the number of its manner."""

    def by(self, manners: Sequence[Manner]) -> Mannered:
        """Return the same bot for a batch whose sessions are played in these manners, one for each session."""
        found = copy(self)
        found._take(manners)
        return found

    def changes(self, manner: Manner) -> list[Manner]:
        """Return the manners that differ from one in a single move, left out or put first."""
        moves = list(dict.fromkeys(o.pair.move for o in self.options))
        usual = {o.pair.move for o, of in zip(self.options, self._of, strict=True) if of == manner.doctrine}
        left_out = [Manner(manner.doctrine, manner.without | {m}, manner.first - {m}) for m in moves if m in usual]
        put_first = [Manner(manner.doctrine, manner.without - {m}, manner.first | {m}) for m in moves]
        return [m for m in (*left_out, *put_first) if m != manner]

    def _values(self, legality: Legality) -> Floats:
        values = super()._values(legality)
        values *= self._meant[:, self._which]
        for number in np.flatnonzero(self._before.any(axis=1)).tolist():
            move, pair = self.options[number].move, self.options[number].pair
            may = legality.pairs(move)[pair.id - move.pairs[0].id]
            values[number] += _FIRST * may * self._before[number, self._which]
        return values
