"""The only door to the world: rules hand in amounts by cause, the phase sums, rations, applies and clips them once.

This is also the only place that knows of the ledger; in batches there is none, and nothing is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.engine.grounds import Grounds, column
from wargame.model.layout import Layout
from wargame.model.ledger import CauseKind, Ledger, Posting
from wargame.model.ticks import Floats, floor_in_place, round_in_place
from wargame.model.world import World

_CACHED = 1 << 15
"""How many numbers are changed at a time, so that they stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that a rule changes, one per binding, prepared for adding: a slice, distinct rows, or rows that repeat."""

    rows: NDArray[np.intp]
    dense: slice | NDArray[np.intp] | None
    each: tuple[int, ...]
    limit: Floats
    """``[row, 1]``: the range of each row's attribute."""

    @classmethod
    def of(cls, rows: Sequence[int], layout: Layout) -> Rows:
        """Prepare the rows."""
        array = np.array(rows, dtype=np.intp)
        dense: slice | NDArray[np.intp] | None = None
        if len(set(rows)) == len(array):
            consecutive = len(array) and (np.diff(array) == 1).all()
            dense = slice(int(array[0]), int(array[-1]) + 1) if consecutive else array
        limit = (layout.high - layout.low)[array][:, None]
        return cls(array, dense, tuple(rows), limit)


@dataclass(slots=True)
class _Transfers:
    source: NDArray[np.intp]
    target: NDArray[np.intp]
    session: NDArray[np.intp]
    amounts: Floats
    grounds: Grounds


class Changes:
    """What one phase does to the world. Made once for a width of batch and used again: it holds large arrays."""

    def __init__(self, layout: Layout, sessions: int) -> None:
        self._mutable = layout.sections.mutable
        self.sessions = sessions
        self._delta = np.zeros((self._mutable + 1, sessions))
        self._flat = self._delta.reshape(-1)
        self._touched = np.zeros(self._mutable + 1, dtype=bool)
        self._block = max(1, _CACHED // max(1, sessions))
        self._low = layout.low[: self._mutable, None]
        self._high = layout.high[: self._mutable, None]
        self._range = layout.high - layout.low
        self._transfers: list[_Transfers] = []
        self.ledger: Ledger | None = None
        self.phase = ""

    @property
    def touched(self) -> NDArray[np.bool_]:
        """Return ``[row]``: which rows that rules may change this phase has changed."""
        return self._touched[: self._mutable]

    def begin(self, phase: str, ledger: Ledger | None) -> None:
        """Start a phase."""
        for start, stop in _runs(self._touched, self._block):
            self._delta[start:stop] = 0.0
        self._touched.fill(False)
        self._transfers.clear()
        self.phase = phase
        self.ledger = ledger

    def add(self, rows: Rows, amounts: Floats, grounds: Grounds) -> None:
        """Add ``[binding, session]`` amounts (a fresh array) to the rows of a rule's bindings."""
        round_in_place(amounts)
        whole = None if self.ledger is None else amounts[:, 0].copy()
        np.minimum(amounts, rows.limit, out=amounts)
        np.maximum(amounts, -rows.limit, out=amounts)
        if whole is not None:
            self._post(rows.rows, whole, amounts[:, 0], grounds)
        self._touched[rows.rows] = True
        if rows.dense is not None:
            self._delta[rows.dense] += amounts
        else:
            for row, amount in zip(rows.each, amounts, strict=True):
                self._delta[row] += amount

    def add_each(self, rows: NDArray[np.intp], session: NDArray[np.intp], amounts: Floats, grounds: Grounds) -> None:
        """Add ``[order]`` amounts (a fresh array), each to its own row and session."""
        round_in_place(amounts)
        whole = None if self.ledger is None else amounts.copy()
        limit = self._range[rows]
        np.minimum(amounts, limit, out=amounts)
        np.maximum(amounts, -limit, out=amounts)
        if whole is not None:
            self._post(rows, whole, amounts, grounds)
        self._touched[rows] = True
        np.add.at(self._flat, rows * self.sessions + session, amounts)

    def add_ready(self, rows: NDArray[np.intp], session: NDArray[np.intp], amounts: Floats) -> None:
        """Add ``[order]`` amounts on the grid and within range; the row after the last is nowhere."""
        self._touched[rows] = True
        np.add.at(self._flat, rows * self.sessions + session, amounts)

    def transfer(
        self,
        source: NDArray[np.intp],
        target: NDArray[np.intp],
        session: NDArray[np.intp],
        amounts: Floats,
        grounds: Grounds,
    ) -> None:
        """Move amounts (≥ 0, a fresh array) from rows to rows; they are rationed together when the phase ends."""
        round_in_place(amounts)
        np.maximum(amounts, 0.0, out=amounts)
        np.minimum(amounts, self._range[source], out=amounts)
        self._transfers.append(_Transfers(source, target, session, amounts, grounds))

    def apply(self, world: World) -> None:
        """Ration the transfers, add everything up, change the world, clip it to its bounds."""
        if self._transfers:
            self._ration(world)
        touched = self._touched[: self._mutable]
        if self.ledger is not None:
            rows = np.flatnonzero(touched)
            self._post_clipped(rows, world.values[rows, 0] + self._delta[rows, 0])
        for start, stop in _runs(touched, self._block):
            values = world.values[start:stop]
            values += self._delta[start:stop]
            np.minimum(values, self._high[start:stop], out=values)
            np.maximum(values, self._low[start:stop], out=values)

    def _ration(self, world: World) -> None:
        sessions = self.sessions
        asked = np.zeros(self._mutable * sessions)
        for t in self._transfers:
            np.add.at(asked, t.source * sessions + t.session, t.amounts)
        held = world.values[: self._mutable].reshape(-1)
        for t in self._transfers:
            cell = t.source * sessions + t.session
            short = asked[cell] > held[cell]
            factor = np.where(short, held[cell] / np.where(short, asked[cell], 1.0), 1.0)
            moved = np.where(short, floor_in_place(t.amounts * factor), t.amounts)
            self._touched[t.source] = True
            self._touched[t.target] = True
            np.add.at(self._flat, cell, -moved)
            np.add.at(self._flat, t.target * sessions + t.session, moved)
            if self.ledger is not None:
                self._post_moved(t, moved, factor)

    def _post(self, rows: NDArray[np.intp], whole: Floats, kept: Floats, grounds: Grounds) -> None:
        which = whole.nonzero()[0]
        if len(which):
            self._keep(grounds.posting(self.phase, rows[which].tolist(), whole[which].tolist(), which))
            over = kept - whole
            cut = over.nonzero()[0]
            if len(cut):
                self._keep(grounds.capped(self.phase, rows[cut].tolist(), over[cut].tolist(), cut))

    def _post_moved(self, moves: _Transfers, moved: Floats, factor: Floats) -> None:
        which = moved.nonzero()[0]
        if len(which):
            rows = np.stack([moves.source[which], moves.target[which]], axis=1).reshape(-1)
            amounts = np.stack([-moved[which], moved[which]], axis=1).reshape(-1)
            twice = np.repeat(which, 2)
            posting = moves.grounds.posting(self.phase, rows.tolist(), amounts.tolist(), twice)
            if (factor[which] != 1.0).any():
                posting = posting._replace(factors=[*posting.factors, ("ration", column(factor, twice))])
            self._keep(posting)

    def _post_clipped(self, rows: NDArray[np.intp], values: Floats) -> None:
        over = np.minimum(np.maximum(values, self._low[rows, 0]), self._high[rows, 0]) - values
        cut = over.nonzero()[0]
        if len(cut):
            self._keep(Posting(self.phase, CauseKind.CLIP, rows[cut].tolist(), over[cut].tolist()))

    def _keep(self, posting: Posting) -> None:
        assert self.ledger is not None
        self.ledger.postings.append(posting)


def _runs(chosen: NDArray[np.bool_], longest: int) -> list[tuple[int, int]]:
    """Return the runs of chosen rows, none longer than ``longest``."""
    edges = np.flatnonzero(np.diff(chosen, prepend=False, append=False)).tolist()
    return [
        (start, min(start + longest, stop))
        for first, stop in zip(edges[::2], edges[1::2], strict=True)
        for start in range(first, stop, longest)
    ]
