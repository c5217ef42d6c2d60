"""Who sits for whom in bodies: each ballot with the seat it is cast from, and seats that two authorities claim.

A seat is the membership of a member: it stands, is suspended, has its votes. Where another authority claims it, a flag
of the membership says which of the two the body seats; the other has no vote, as if it were not there.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wargame.engine.activity import Truths
from wargame.engine.naming import Names
from wargame.formula.walk import leaves
from wargame.model.bindings import Bound, Cast
from wargame.model.expression import Formula, Read
from wargame.model.institutions import BODY, CLAIMS, MEMBERSHIP, RIVAL_SEATED
from wargame.model.layout import ACTIVE, Layout
from wargame.model.ruleset import Ruleset
from wargame.model.text import Text, of
from wargame.model.ticks import Floats
from wargame.model.world import World

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Contest:
    """A seat in a body that two claim."""

    body: str
    owner: str
    rival: str

    def seated(self, *, rival: bool) -> str:
        """Return who sits there; ``rival``: the flag of the membership is up."""
        return self.rival if rival else self.owner

    def say(self, names: Names, *, rival: bool) -> Text:
        """Return who sits there, in a sentence."""
        return _SEATED.fill(
            body=names.brief(self.body), of_owner=of(names.brief(self.owner)), who=names.brief(self.seated(rival=rival))
        )


def contests(cast: Cast, body: str) -> tuple[Contest, ...]:
    """Return the seats of a body that two claim."""
    members = [t.source for t in cast.of_type.get(MEMBERSHIP, ()) if t.target == body]
    rivals = ((owner_of(who, body, cast), who) for who in members)
    return tuple(Contest(body, owner, who) for owner, who in rivals if owner != who)


def contest_of(cast: Cast, who: str, body: str) -> Contest | None:
    """Return the contest for a seat in which somebody is one of the two."""
    return next((c for c in contests(cast, body) if who in (c.owner, c.rival)), None)


def owner_of(who: str, body: str, cast: Cast) -> str:
    """Return whose seat somebody has, or claims, in a body: its own, unless it claims that of a member."""
    claimed = cast.entities[who].references.get(CLAIMS)
    known = claimed is not None and any(t.source == claimed for t in cast.between(MEMBERSHIP, None, body))
    return claimed if claimed and known else who


@dataclass(frozen=True)
class Seating:
    """Rows of seats by ballot: of the membership of the seat, but who stays away is the voter itself."""

    owners: tuple[str, ...]
    """Whose seat each ballot is cast from."""
    standing: Rows
    suspended: Rows
    absent: Rows
    votes: Rows
    active: Rows
    """Is the voter itself active?"""
    contested: Rows
    """The ballots of seats that two claim."""
    held: Rows
    """For these: the flag by which the body seats the rival."""
    rival: Truths
    """For these, ``[contested, 1]``: is it the ballot of the rival?"""

    @property
    def second(self) -> NDArray[np.bool_]:
        """Return ``[ballot]``: is it the second ballot of a seat, that of the rival?"""
        found = np.zeros(len(self.standing), dtype=bool)
        found[self.contested] = self.rival[:, 0]
        return found

    @property
    def rows(self) -> Rows:
        """Return every row that says who sits."""
        return np.concatenate([self.standing, self.suspended, self.active, self.held])

    def part(self, ballots: Rows) -> Seating:
        """Return the seats of some ballots alone."""
        place = np.full(len(self.standing), -1, dtype=np.intp)
        place[ballots] = np.arange(len(ballots))
        kept = place[self.contested] >= 0
        return Seating(
            tuple(self.owners[ballot] for ballot in ballots.tolist()), self.standing[ballots], self.suspended[ballots],
            self.absent[ballots], self.votes[ballots], self.active[ballots], place[self.contested[kept]],
            self.held[kept], self.rival[kept],
        )  # fmt: skip

    def sits(self, world: World) -> Truths:
        """Return ``[ballot, session]``: does the voter sit, unsuspended, and is it the one that the body seats?"""
        return self.sits_by(world.values)

    def sits_by(self, values: Floats) -> Truths:
        """Return the same by the values of all rows, ``[row, session]``."""
        found: Truths = values[self.standing] >= 0.5
        found &= values[self.suspended] < 0.5
        found &= values[self.active] >= 0.5
        if len(self.contested):
            found[self.contested] &= (values[self.held] >= 0.5) == self.rival
        return found


def bind_seating(ballots: Sequence[Bound], cast: Cast, layout: Layout) -> Seating:
    """Return the seats of some ballots (roles b, m, p)."""
    bodies = [cast.entities[b["p"]].references[BODY] for b in ballots]
    owners = [owner_of(b["m"], body, cast) for b, body in zip(ballots, bodies, strict=True)]
    own = [layout.ties[MEMBERSHIP, b["m"], body] for b, body in zip(ballots, bodies, strict=True)]
    seats = [layout.ties[MEMBERSHIP, owner, body] for owner, body in zip(owners, bodies, strict=True)]
    disputed = {body: {c.owner for c in contests(cast, body)} for body in set(bodies)}
    contested = [i for i, (owner, body) in enumerate(zip(owners, bodies, strict=True)) if owner in disputed[body]]

    def rows(of: Sequence[str], name: str) -> Rows:
        return np.array([layout.row(one, name) for one in of], dtype=np.intp)

    return Seating(
        tuple(owners), rows(seats, "standing"), rows(seats, "suspended"), rows(own, "absent"), rows(seats, "votes"),
        rows([b["m"] for b in ballots], ACTIVE), np.array(contested, dtype=np.intp),
        rows([seats[i] for i in contested], RIVAL_SEATED),
        np.array([[owners[i] != ballots[i]["m"]] for i in contested], dtype=bool).reshape(-1, 1),
    )  # fmt: skip


def readings_of_seating(rules: Ruleset) -> frozenset[str]:
    """Return the numbers that tell who sits in a claimed seat: the flag, and the readings that are made of it."""
    found = {RIVAL_SEATED}
    for derived in rules.derived:  # each reads only those before it
        if any(asks(formula, found) for formula in (derived.value, derived.where) if formula is not None):
            found.add(derived.attribute.id)
    return frozenset(found)


def asks(formula: Formula, numbers: Collection[str]) -> bool:
    """Say whether a formula reads one of some numbers."""
    return any(isinstance(leaf, Read) and leaf.attribute in numbers for leaf in leaves(formula.node))


_SEATED: Final = Text(
    "In {body} the seat {of_owner} is held by {who}.", "En {body} el asiento {of_owner} lo ocupa {who}."
)
