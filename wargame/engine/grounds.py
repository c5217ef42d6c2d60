"""What stands behind amounts: a rule or orders, and a formula with its values, in columns as the ledger wants them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wargame.engine.readers import BoundFormula, Values
from wargame.model.bindings import Bound
from wargame.model.ledger import CauseKind, Column, Posting

Places = NDArray[np.intp]
_FLOATS = np.dtype(np.float64)


class Grounds(NamedTuple):
    """Where the amounts of one formula come from: one amount for each binding of a rule, or for each order of a move.

    Nothing is worked out before a ledger asks for a posting.
    """

    kind: CauseKind
    rule: str
    bounds: Sequence[Bound]
    names: Sequence[str]
    """What names each of the bounds in the log."""
    places: Places | None
    """Position of each amount among the bounds; None: one after the other."""
    formula: BoundFormula | None
    """None: not reckoned by a formula, as the count of a vote."""
    seen: Mapping[int, Values] | None = None
    """What the reader gave for each leaf; None where no ledger is kept."""
    factors: Sequence[tuple[str, Values]] = ()
    candidates: NDArray[np.int32] | None = None
    filed: NDArray[np.int16] | None = None
    """The turn in which each order was filed."""

    def posting(self, phase: str, rows: Sequence[int], amounts: Sequence[float], which: Places) -> Posting:
        """Return what some of the amounts did; ``which`` of them each line is about."""
        seen, formula = self.seen or {}, self.formula
        if formula is None:
            return Posting(phase, self.kind, rows, amounts, *self._whose(which))
        return Posting(
            phase,
            self.kind,
            rows,
            amounts,
            *self._whose(which),
            () if self.filed is None else self.filed[which].tolist(),
            formula.formula,
            [column(seen.get(key, 0.0), which) for key in formula.keys],
            [(name, column(size, which)) for name, size in self.factors],
        )

    def capped(self, phase: str, rows: Sequence[int], cut: Sequence[float], which: Places) -> Posting:
        """Return by how much some of the amounts were cut to the range of their attribute."""
        return Posting(phase, CauseKind.CAP, rows, cut, *self._whose(which))

    def _whose(self, which: Places) -> tuple[str, list[Bound], list[str], Sequence[int]]:
        """Return the rule, its bound roles and the orders behind some amounts."""
        bounds, names = self.bounds, self.names
        places = (which if self.places is None else self.places[which]).tolist()
        candidates = () if self.candidates is None else self.candidates[which].tolist()
        return self.rule, [bounds[i] for i in places], [names[i] for i in places], candidates


def column(values: Values, which: Places) -> Column:
    """Return the values that some of the amounts had, or the one that all have."""
    if not isinstance(values, np.ndarray):
        return float(values)
    if values.size == 1:
        return float(values.item())
    chosen = values.ravel()[which]
    found: list[float] = (chosen if chosen.dtype is _FLOATS else chosen.astype(_FLOATS)).tolist()
    return found
