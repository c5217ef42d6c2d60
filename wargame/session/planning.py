"""Seats that think ahead in a live session: what each has come to this turn stands in the log, and is then ordered.

Thinking takes time and is done outside; a seat that has come to nothing orders by its first doctrine. What is kept
here is ordered as it stands once the turn is played, also after a crash.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wargame.engine.turn import Phase
from wargame.model.errors import SessionError
from wargame.model.orders import Order
from wargame.model.text import Text
from wargame.session.records import Draft, Record
from wargame.session.standing import Standing

PLANNER = "planner"
"""What stands in place of a doctrine for a seat that thinks ahead."""
PLAN = "plan"
"""The kind of record in which a plan is kept; no seat is shown it while the session is in play."""


class Planning:
    """The plans of one turn of a session. Made with it."""

    def __init__(
        self, session: Standing, keep: Callable[[Sequence[Draft]], None], still_open: Callable[[], None]
    ) -> None:
        self.session = session
        self._keep, self._still_open = keep, still_open
        self._plans: dict[str, list[Order]] = {}

    @property
    def waiting(self) -> tuple[str, ...]:
        """Return the seats that think ahead and have not come to anything this turn."""
        if self.session.ended or self.session.orders_closed:
            return ()
        return tuple(s.seat for s in self.session.header.seats if s.doctrine == PLANNER and s.seat not in self._plans)

    def keep(self, seat: str, orders: Sequence[tuple[int, int]], about: Mapping[str, Any]) -> None:
        """Keep what a seat has come to: (candidate, amount), and how it came to it. Raises SessionError."""
        self._still_open()
        if seat not in self.waiting:
            raise SessionError(_NOT_THINKING.fill(seat=seat))
        keys = [[self.session.engine.candidates[c].key, n] for c, n in orders]
        payload = {"orders": keys, **about}
        self._keep([Draft(PLAN, payload, self.session.turn, Phase.ORDERS, self.session.date(), seat)])
        self._plans[seat] = [Order(c, n) for c, n in orders]

    def orders(self) -> list[tuple[int, int]]:
        """Return the planned orders that are possible as their seats see things now."""
        found: list[Order] = []
        for seat, plan in self._plans.items():
            desk, filed = self.session.desk(seat), list[Order]()
            for order in plan:
                if desk.refuse(order, filed) is None:
                    filed.append(order)
            found += filed
        return [(order.candidate, order.amount) for order in found]

    def plans(self, candidate: int) -> bool:
        """Say whether an order would come from a seat that has a plan."""
        engine = self.session.engine
        pair = engine.catalogue.pairs[engine.candidates[candidate].pair]
        return engine.scenario.seats[pair.seat].id in self._plans

    def begin_turn(self) -> None:
        """Forget the plans of the turn that was played."""
        self._plans.clear()

    def recover(self, records: Sequence[Record], by_key: Mapping[str, int]) -> None:
        """Read the plans of the turn that is being played."""
        last = max(r.seq for r in records if r.kind == "world")
        for record in records:
            if record.seq > last and record.kind == PLAN:
                self._plans[record.seat] = [Order(by_key[key], int(n)) for key, n in record.payload["orders"]]


_NOT_THINKING = Text(
    "Seat {seat} is not waiting for a plan this turn.", "El puesto {seat} no espera un plan en este turno."
)
