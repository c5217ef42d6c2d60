"""The chairs of bodies: when a term ends, the next member in the charter's order that sits takes over.

The chair goes with the seat: it is held by whoever sits there. A member whose seat is empty loses it at once, unless
the charter says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.engine.changes import Changes, Rows
from wargame.engine.grounds import Grounds
from wargame.engine.readers import Binder
from wargame.engine.seating import contests
from wargame.model.bindings import Cast
from wargame.model.institutions import MEMBERSHIP, RIVAL_SEATED, Charter
from wargame.model.layout import ACTIVE, Layout
from wargame.model.ledger import CauseKind
from wargame.model.ticks import Floats
from wargame.model.world import World


@dataclass(frozen=True, slots=True)
class Rotation:
    """The rotating chair of one body: rows of its members, in the charter's order."""

    charter: str
    body: str
    turns: int
    chair: Rows
    standing: NDArray[np.intp]
    suspended: NDArray[np.intp]
    active: NDArray[np.intp]
    rival_seated: NDArray[np.intp]
    rival_active: NDArray[np.intp]
    """Is the rival active, where the body seats one? Where nobody claims the seat, the flag is nought for ever."""
    left: Rows
    frozen: int
    dormant: int
    outlasts: bool
    """A chair is kept to the end of its term whatever becomes of the seat."""

    def run(self, world: World, changes: Changes) -> None:
        """Hand the chair on where its term ends or its holder has lost the seat; a refused hand-over waits."""
        values = world.values
        holds = values[self.chair.rows] >= 0.5
        left = values[self.left.rows]
        runs = values[self.dormant] < 0.5
        due = runs & (left[0] <= 1.0) & (values[self.frozen] < 0.5)
        sits = self._sits(values)
        if not self.outlasts:
            due |= runs & (holds & ~sits).any(axis=0)
        after = self._next(holds, sits)
        changes.add(self.chair, np.where(due, after.astype(np.float64) - holds, 0.0), self._grounds(len(holds)))
        counted = np.where(due, float(self.turns), np.maximum(left - 1.0, 0.0)) - left
        changes.add(self.left, np.where(runs, counted, 0.0), self._grounds(1))

    def _sits(self, values: Floats) -> NDArray[np.bool_]:
        there = np.where(values[self.rival_seated] >= 0.5, values[self.rival_active], values[self.active]) >= 0.5
        found: NDArray[np.bool_] = there & (values[self.standing] >= 0.5) & (values[self.suspended] < 0.5)
        return found

    def _next(self, holds: NDArray[np.bool_], sits: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return ``[member, session]`` who has the chair next: the first after its holder that sits."""
        members = len(holds)
        now = np.where(holds.any(axis=0), holds.argmax(axis=0), members - 1)
        sessions = np.arange(holds.shape[1])
        found = np.zeros(holds.shape, dtype=bool)
        open_ = np.ones(holds.shape[1], dtype=bool)
        for step in range(1, members + 1):
            place = (now + step) % members
            takes = open_ & sits[place, sessions]
            found[place, sessions] |= takes
            open_ &= ~takes
        return found

    def _grounds(self, count: int) -> Grounds:
        return Grounds(
            CauseKind.CHARTER, self.charter, [{"body": self.body}] * count, [f"body={self.body}"] * count, None, None
        )


def rotations(charters: Mapping[str, Charter], binder: Binder) -> tuple[Rotation, ...]:
    """Return the rotating chairs of the bodies that a scenario has."""
    found = (_rotation(c, binder.layout, binder.cast) for c in charters.values() if c.body in binder.cast.entities)
    return tuple(rotation for rotation in found if rotation is not None)


def _rotation(charter: Charter, layout: Layout, cast: Cast) -> Rotation | None:
    if charter.chair is None:
        return None
    ties = {who: layout.ties.get((MEMBERSHIP, who, charter.body)) for who in charter.chair.order}
    known = {who: tie for who, tie in ties.items() if tie is not None}
    if not known:
        return None

    rivals = {c.owner: c.rival for c in contests(cast, charter.body)}
    nought = layout.constant[0.0]

    def rows(name: str) -> NDArray[np.intp]:
        return np.array([layout.row(tie, name) for tie in known.values()], dtype=np.intp)

    return Rotation(
        charter.id,
        charter.body,
        charter.chair.turns,
        Rows.of(rows("chair").tolist(), layout),
        rows("standing"),
        rows("suspended"),
        np.array([layout.row(who, ACTIVE) for who in known], dtype=np.intp),
        np.array([layout.row(known[who], RIVAL_SEATED) if who in rivals else nought for who in known], dtype=np.intp),
        np.array([layout.row(rivals.get(who, who), ACTIVE) for who in known], dtype=np.intp),
        Rows.of([layout.row(charter.body, "chair_left")], layout),
        layout.row(charter.body, "chair_frozen"),
        layout.row(charter.body, "dormant"),
        charter.chair.outlasts_suspension,
    )
