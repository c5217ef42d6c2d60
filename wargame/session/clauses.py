"""Which clauses can stand in a deal between two seats now, and why the others cannot, as far as the seat can know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from wargame.engine.agreements import DEALS_OF_A_PAIR
from wargame.engine.promising import Clause, PromiseDesk
from wargame.model.errors import Refusal
from wargame.model.kinds import Sight
from wargame.model.promises import Obligations
from wargame.model.text import Text
from wargame.session.standing import Standing


class Dealing(Protocol):
    """Negotiations as the clauses of an offer are judged by them."""

    @property
    def session(self) -> Standing:
        """Return the session in play."""

    def promised(self) -> Obligations:
        """Return everything in force."""

    def partners(self, seat: str) -> dict[str, tuple[list[int], list[int]]]:
        """Return, by seat, which terms may ever be given to it and received from it."""

    def desk(self, seat: str) -> PromiseDesk:
        """Return where the promises of a seat are checked."""

    def refuse_more(self, seat: str, to: str) -> Refusal | None:
        """Return why two seats may strike no more deals."""


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


def clauses_between(dealing: Dealing, seat: str, other: str) -> Clauses:
    """Return the clauses between a seat and another, as the seat can tell."""
    gives, asks = dealing.partners(seat).get(other, ([], []))
    full = dealing.refuse_more(seat, other)
    promised, own, theirs = dealing.promised(), dealing.desk(seat), dealing.desk(other)
    exact = _exact_to(dealing.session, seat)
    return Clauses(
        {c: full or own.refuse_giving(c, promised) for c in gives},
        {c: full or theirs.refuse_asking(c, promised, exact) for c in asks},
    )


def refuse_offer(
    dealing: Dealing, seat: str, other: str, gives: Sequence[Clause], asks: Sequence[Clause], turns: int
) -> Refusal | None:
    """Return why an offer may not be made as it stands, in the sentence in which it would be refused."""
    number, promised = dealing.session.engine.seat_number(other), dealing.promised()
    return (
        dealing.desk(seat).refuse_deal(number, gives, asks, turns, promised)
        or _refuse_asked(dealing, seat, other, asks)
        or dealing.refuse_more(seat, other)
    )


def _refuse_asked(dealing: Dealing, seat: str, other: str, asks: Iterable[Clause]) -> Refusal | None:
    """Return why a seat may not ask something of another: what it can know that the other may not promise now."""
    desk, promised, exact = dealing.desk(other), dealing.promised(), _exact_to(dealing.session, seat)
    for clause in asks:
        refusal = desk.refuse_asking(clause[0], promised, exact)
        if refusal is not None:
            return desk.cannot_promise(clause, refusal)
    return None


def _exact_to(session: Standing, seat: str) -> Callable[[int], bool]:
    seen = session.eyes(seat).seen
    return lambda row: seen[row].sight is Sight.EXACT


ENOUGH = Refusal(
    "too-many-deals",
    Text("Two seats strike at most {n} deals in a turn.", "Dos puestos cierran a lo sumo {n} tratos por turno.").fill(
        n=DEALS_OF_A_PAIR
    ),
)
