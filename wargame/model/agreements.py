"""Agreements: what can be promised, and what became of a promise.

A term is one clause of a deal: one actor gives, another receives. Its costs, effects and legality are those of a move
that is never ordered; the giver has the role ``actor`` in it, the other side ``taker``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from wargame.model.basis import Basis
from wargame.model.expression import Formula
from wargame.model.rules import Move, Parameter
from wargame.model.text import Text

TAKER: Final = "taker"
"""The role of the side that receives."""
AS_A_PLACE: Final = ".land"
"""A gap ``{taker.land}`` names a side as the country that it is, not as the government that promises."""
DEALS_A_TURN: Final = 1 << 16
"""The number of a deal is its turn times this, and within the turn by who struck it and what it says."""


# ── what can be promised ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Between:
    """Who may promise something to whom: the kinds, ``#tags`` or ids of both, and what must hold between them."""

    by: tuple[str, ...]
    taker: tuple[str, ...]
    one: str = ""
    """A reference by which both must belong together: it leads both to the same, or from one to the other."""
    apart: str = ""
    """A reference by which they must not."""
    tied: tuple[str, ...] = ()
    """Types of ties of which there must be one between them, whichever way it runs; none: it need not."""


@dataclass(frozen=True, slots=True)
class Term:
    """One clause that can be promised. ``move.covert`` holds the odds that a breach is found out, and what then."""

    id: str
    pack: str
    title: Text
    """With gaps for roles and ``{amount}``."""
    text: Text | None
    move: Move
    taker: tuple[str, ...]
    turns: tuple[int, int]
    """For how long it may be promised."""
    forbids: tuple[str, ...]
    """Moves or ``#tags`` that the giver's seat promises not to order."""
    against: Literal["taker", "anyone"]
    leans: Formula | None
    """Points by which the ballot ``b`` leans while the promise is in force."""
    kept: Formula | None
    """Counts as kept where it is true once orders have taken effect."""
    false_alarm: Formula | None
    worth_giver: Formula
    """Points a turn, by what that side sees."""
    worth_taker: Formula
    public: bool
    basis: Basis
    between: tuple[Between, ...] = ()
    """Those of whom giver and taker must be a pair; none: whoever ``by`` and ``taker`` name."""
    short: Text | None = None
    """What it is to do it, for lists in which giver and taker are known: ``pay {amount} of treasury a turn``."""
    subject: Text | None = None
    """Under what lists put it."""

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Return the parameters that its formulas share."""
        return self.move.parameters

    @property
    def scale(self) -> Parameter:
        """Return the factor of its amounts."""
        return self.move.scale


@dataclass(frozen=True, slots=True)
class OfferedTerm:
    """A term with the amount that a doctrine proposes."""

    term: str
    amount: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A deal that a doctrine proposes; ``when`` and ``prefer`` read actor (the proposer) and taker (the other side)."""

    to: tuple[str, ...]
    give: tuple[OfferedTerm, ...]
    ask: tuple[OfferedTerm, ...]
    turns: int
    when: Formula | None
    prefer: Formula | None


@dataclass(frozen=True, slots=True)
class Break:
    """When a doctrine means not to keep a term; reads actor (itself) and taker."""

    term: str
    when: Formula


@dataclass(frozen=True, slots=True)
class Bargaining:
    """How a doctrine bargains. ``margin``: how much better than nothing a deal must be, in points."""

    offers: tuple[Offer, ...] = ()
    breaks: tuple[Break, ...] = ()
    margin: float = 0.0


NO_BARGAINING: Final = Bargaining()


# ── what became of it ────────────────────────────────────────────────────────────────────────────────────────


class Compliance(StrEnum):
    """What became of one obligation in one turn."""

    KEPT = "kept"
    SUSPECTED = "suspected"
    """Kept, and reported broken: the deal is over."""
    HIDDEN = "hidden"
    """Broken, wholly or in part, and not found out."""
    FOUND = "found"
    """Broken and found out: the deal is over."""
    LAPSED = "lapsed"
    """One side is no longer there."""


@dataclass(frozen=True, slots=True)
class Settled:
    """One obligation of a live session after a turn: how much of it was delivered, and what is known of that."""

    candidate: int
    deal: int
    amount: int
    delivered: int
    compliance: Compliance
    odds: float | None = None
    draw: float | None = None
