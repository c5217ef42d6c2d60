"""The chairs of bodies: when a term ends, the next member in the charter's order that sits takes over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.engine.changes import Changes, Rows
from wargame.engine.grounds import Grounds
from wargame.engine.readers import Binder
from wargame.model.institutions import MEMBERSHIP, Charter
from wargame.model.layout import ACTIVE, Layout
from wargame.model.ledger import CauseKind
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
    left: Rows
    frozen: int
    dormant: int

    def run(self, world: World, changes: Changes) -> None:
        """Hand the chair on where its term ends; a chair whose hand-over is refused stays."""
        values = world.values
        holds = values[self.chair.rows] >= 0.5
        left = values[self.left.rows]
        runs = values[self.dormant] < 0.5
        due = runs & (left[0] <= 1.0) & (values[self.frozen] < 0.5)
        sits = (values[self.standing] >= 0.5) & (values[self.suspended] < 0.5) & (values[self.active] >= 0.5)
        after = self._next(holds, sits)
        changes.add(self.chair, np.where(due, after.astype(np.float64) - holds, 0.0), self._grounds(len(holds)))
        counted = np.where(due, float(self.turns), np.maximum(left - 1.0, 0.0)) - left
        changes.add(self.left, np.where(runs, counted, 0.0), self._grounds(1))

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
    found = (_rotation(c, binder.layout) for c in charters.values() if c.body in binder.cast.entities)
    return tuple(rotation for rotation in found if rotation is not None)


def _rotation(charter: Charter, layout: Layout) -> Rotation | None:
    if charter.chair is None:
        return None
    ties = {who: layout.ties.get((MEMBERSHIP, who, charter.body)) for who in charter.chair.order}
    known = {who: tie for who, tie in ties.items() if tie is not None}
    if not known:
        return None

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
        Rows.of([layout.row(charter.body, "chair_left")], layout),
        layout.row(charter.body, "chair_frozen"),
        layout.row(charter.body, "dormant"),
    )
