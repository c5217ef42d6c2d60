"""Promises in force in a batch of sessions, and what negotiation hands to a turn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray


@dataclass(slots=True)
class Obligations:
    """Promises in force, as columns: term candidate, amount, deal, first and last turn due, session.

    ``kept`` and ``missed`` count the turns so far in which it was kept, and broken without being found out.
    """

    candidate: NDArray[np.int32]
    amount: NDArray[np.int16]
    deal: NDArray[np.int32]
    since: NDArray[np.int16]
    until: NDArray[np.int16]
    kept: NDArray[np.int16]
    missed: NDArray[np.int16]
    session: NDArray[np.int64]

    @classmethod
    def none(cls) -> Obligations:
        """Return no obligations."""
        return cls.of(())

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]]) -> Obligations:
        """Return obligations from rows of whole numbers, in the order of the columns."""
        return cls.from_table(np.array(list(rows), dtype=np.int64).reshape(-1, len(_COLUMNS)))

    @classmethod
    def from_table(cls, found: NDArray[np.int64]) -> Obligations:
        """Return obligations from a table with a row for each."""
        return cls(*(found[:, i].astype(kind) for i, (_, kind) in enumerate(_COLUMNS)))

    def __len__(self) -> int:
        return len(self.candidate)

    def columns(self) -> tuple[NDArray[Any], ...]:
        """Return the columns in their order."""
        return tuple(getattr(self, name) for name, _ in _COLUMNS)

    def rows(self) -> list[tuple[int, ...]]:
        """Return the obligations one by one."""
        return [tuple(int(v) for v in row) for row in zip(*self.columns(), strict=True)]

    def take(self, keep: NDArray[np.intp]) -> Obligations:
        """Return some of them, by position."""
        return Obligations(*(column[keep] for column in self.columns()))

    @classmethod
    def joined(cls, *parts: Obligations) -> Obligations:
        """Return all of several together."""
        some = [part for part in parts if len(part)]
        if len(some) < 2:
            return some[0] if some else cls.none()
        return cls(*(np.concatenate(column) for column in zip(*(p.columns() for p in some), strict=True)))

    def of_session(self, session: int) -> list[tuple[int, ...]]:
        """Return those of one session in an order of their own, without the session."""
        return sorted(row[:-1] for row in self.take(np.flatnonzero(self.session == session)).rows())

    def later(self, by: int) -> Obligations:
        """Return the same of sessions that stand further on in a batch."""
        return replace(self, session=self.session + by)

    def moved(self, sessions: NDArray[np.intp]) -> Obligations:
        """Return those of some sessions of a batch, numbered by their place among them; one may stand there twice."""
        if not len(self):
            return self
        kept, places = of_sessions(self.session, sessions)
        found = self.take(kept)
        found.session = places
        return found


def of_sessions(session: NDArray[np.int64], wanted: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """Return which things belong to the sessions wanted, and the place of its session among them for each.

    ``session`` is that of each thing. A thing stands there once for every time that its session is wanted; those of
    one session keep their order.
    """
    order = np.argsort(session, kind="stable")
    first = np.searchsorted(session[order], wanted, "left")
    many = np.searchsorted(session[order], wanted, "right") - first
    before = np.cumsum(many) - many
    kept = order[np.repeat(first - before, many) + np.arange(many.sum())]
    return kept, np.repeat(np.arange(len(wanted), dtype=np.int64), many)


_COLUMNS: Final = (
    ("candidate", np.int32), ("amount", np.int16), ("deal", np.int32), ("since", np.int16), ("until", np.int16),
    ("kept", np.int16), ("missed", np.int16), ("session", np.int64),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Withheld:
    """What givers choose not to deliver this turn, as columns: session, deal, term candidate, amount delivered."""

    session: NDArray[np.int64]
    deal: NDArray[np.int32]
    candidate: NDArray[np.int32]
    delivered: NDArray[np.int16]

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]]) -> Withheld:
        """Return columns from rows of whole numbers."""
        found = np.array(list(rows), dtype=np.int64).reshape(-1, 4)
        kinds = (np.int64, np.int32, np.int32, np.int16)
        return cls(*(found[:, i].astype(kind) for i, kind in enumerate(kinds)))

    def __len__(self) -> int:
        return len(self.session)

    def rows(self) -> list[tuple[int, ...]]:
        """Return them one by one."""
        columns = (self.session, self.deal, self.candidate, self.delivered)
        return [tuple(int(v) for v in row) for row in zip(*columns, strict=True)]


@dataclass(frozen=True, slots=True)
class Bargains:
    """What negotiation hands to the turn: deals struck, and promises that their givers mean to break."""

    struck: Obligations = field(default_factory=Obligations.none)
    withheld: Withheld = field(default_factory=lambda: Withheld.of(()))

    def __bool__(self) -> bool:
        return bool(len(self.struck) or len(self.withheld))
