"""What speaks against an offer as such, and against asking something of another seat as far as the asker can know."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wargame.engine.agreements import DEALS_OF_A_PAIR
from wargame.engine.promising import Clause, PromiseDesk
from wargame.engine.views import SeatEyes
from wargame.model.errors import Refusal
from wargame.model.kinds import Sight
from wargame.model.promises import Obligations
from wargame.model.text import Text
from wargame.session.deals import Proposal


def refuse_asked(
    theirs: PromiseDesk, promised: Obligations, exact: Callable[[int], bool], asks: Iterable[Clause]
) -> Refusal | None:
    """Return why a seat may not ask something of another: what it can know that the other may not promise now."""
    for clause in asks:
        refusal = theirs.refuse_asking(clause[0], promised, exact)
        if refusal is not None:
            return theirs.cannot_promise(clause, refusal)
    return None


def exact_to(eyes: SeatEyes) -> Callable[[int], bool]:
    """Return what says of a row whether a seat sees it exactly."""
    return lambda row: eyes.seen[row].sight is Sight.EXACT


def enough(seat: str, other: str, struck: Iterable[Proposal]) -> Refusal | None:
    """Return why two seats may strike no more deals than those struck in this turn; None if they may."""
    found = sum({made.seat, made.to} == {seat, other} for made in struck)
    text = Text("Two seats strike at most {n} deals in a turn.", "Dos puestos cierran a lo sumo {n} tratos por turno.")
    return Refusal("too-many-deals", text.fill(n=DEALS_OF_A_PAIR)) if found >= DEALS_OF_A_PAIR else None


HOW_LONG = Refusal("turns-out-of-range", Text("Say for how many turns.", "Diga por cuántos turnos."))
TWO_SIDES = Refusal("own-seat", Text("A deal has two sides.", "Un trato tiene dos partes."))
