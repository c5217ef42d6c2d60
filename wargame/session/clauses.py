"""Which clauses can stand in a deal between two seats now, and why the others cannot, as far as the seat can know."""

from __future__ import annotations

from dataclasses import dataclass

from wargame.model.errors import Refusal
from wargame.session.asking import exact_to
from wargame.session.bargaining import Bargaining


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


def clauses_between(bargaining: Bargaining, seat: str, other: str) -> Clauses:
    """Return the clauses between a seat and another, as the seat can tell."""
    gives, asks = bargaining.partners(seat).get(other, ([], []))
    full = bargaining.refuse_more(seat, other)
    promised, own, theirs = bargaining.promised(), bargaining.desk(seat), bargaining.desk(other)
    exact = exact_to(bargaining.session.eyes(seat))
    return Clauses(
        {c: full or own.refuse_giving(c, promised) for c in gives},
        {c: full or theirs.refuse_asking(c, promised, exact) for c in asks},
    )
