"""Which clauses can stand in a deal between two seats now, and why the others cannot, as far as the seat can know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wargame.engine.agreements import DEALS_OF_A_PAIR
from wargame.engine.promising import Clause
from wargame.model.errors import Refusal
from wargame.model.kinds import Sight
from wargame.model.text import Text

if TYPE_CHECKING:
    from wargame.session.session import Session


@dataclass(frozen=True, slots=True)
class Clauses:
    """What may ever be given to another seat and asked of it, by candidate; each with why not now, or None."""

    gives: dict[int, Refusal | None]
    asks: dict[int, Refusal | None]

    def open(self) -> tuple[list[int], list[int]]:
        """Return what can be given and asked now."""
        return [c for c, why in self.gives.items() if why is None], [c for c, why in self.asks.items() if why is None]

    def refused(self) -> dict[int, Refusal]:
        """Return what cannot stand in a deal now, with the reasons."""
        return {c: why for some in (self.gives, self.asks) for c, why in some.items() if why is not None}


def clauses_between(session: Session, seat: str, other: str) -> Clauses:
    """Return the clauses between a seat and another, as the seat can tell."""
    bargaining = session.bargaining
    gives, asks = bargaining.partners(seat).get(other, ([], []))
    full = bargaining.refuse_more(seat, other)
    promised, own, theirs = bargaining.promised(), bargaining.desk(seat), bargaining.desk(other)
    exact = _exact_to(session, seat)
    return Clauses(
        {c: full or own.refuse_giving(c, promised) for c in gives},
        {c: full or theirs.refuse_asking(c, promised, exact) for c in asks},
    )


def refuse_asked(session: Session, seat: str, other: str, asks: Iterable[Clause]) -> Refusal | None:
    """Return why a seat may not ask something of another: what it can know that the other may not promise now."""
    desk, promised, exact = session.bargaining.desk(other), session.bargaining.promised(), _exact_to(session, seat)
    for clause in asks:
        refusal = desk.refuse_asking(clause[0], promised, exact)
        if refusal is not None:
            return desk.cannot_promise(clause, refusal)
    return None


def refuse_offer(
    session: Session, seat: str, other: str, gives: Sequence[Clause], asks: Sequence[Clause], turns: int
) -> Refusal | None:
    """Return why an offer may not be made as it stands, in the sentence in which it would be refused."""
    bargaining = session.bargaining
    number, promised = session.engine.seat_number(other), bargaining.promised()
    return (
        bargaining.desk(seat).refuse_deal(number, gives, asks, turns, promised)
        or refuse_asked(session, seat, other, asks)
        or bargaining.refuse_more(seat, other)
    )


def _exact_to(session: Session, seat: str) -> Callable[[int], bool]:
    seen = session.eyes(seat).seen
    return lambda row: seen[row].sight is Sight.EXACT


ENOUGH = Refusal(
    "too-many-deals",
    Text("Two seats strike at most {n} deals in a turn.", "Dos puestos cierran a lo sumo {n} tratos por turno.").fill(
        n=DEALS_OF_A_PAIR
    ),
)
