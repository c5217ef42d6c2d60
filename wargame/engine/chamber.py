"""The chamber: every proposal and ballot of a scenario bound to rows; who leans how, how they vote, what is adopted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from wargame.engine import count
from wargame.engine.activity import Activity, Truths
from wargame.engine.bindings import Bound, Cast
from wargame.engine.changes import Changes, Rows
from wargame.engine.count import Ballots, Decision
from wargame.engine.grounds import Grounds
from wargame.engine.readers import Binder, Dense
from wargame.engine.rotation import Rotation, rotations
from wargame.engine.rules import BoundRule, bind_rule
from wargame.engine.sight import SightRows
from wargame.model.institutions import BALLOT, BODY, MEMBERSHIP, PROPOSAL, SUBJECT, Organ, Verdict
from wargame.model.layout import ACTIVE, Layout
from wargame.model.ledger import CauseKind
from wargame.model.rules import Mechanism
from wargame.model.scenario import Scenario, Seat
from wargame.model.world import World

UNTOLD: Final = -9
"""A ballot about which nobody has said how to vote: the member goes by its inclination."""
Told = NDArray[np.int8]
"""``[ballot, session]``: 1 yes, −1 no, 0 abstain, UNTOLD."""


class Voters(Protocol):
    """What decides the votes of seats, once it is known what is on the agenda."""

    def lean(self, world: World, reader: Dense, changes: Changes, agenda: Agenda) -> None:
        """Hand in what doctrines add to the inclinations of their seats' members."""

    def tell(self, world: World) -> Told | None:
        """Return the votes of people; None if nobody says anything."""


class Silent:
    """Nobody tells and nobody leans: every member goes by its interests."""

    def lean(self, world: World, reader: Dense, changes: Changes, agenda: Agenda) -> None:
        """Add nothing."""

    def tell(self, world: World) -> Told | None:
        """Say nothing."""
        return None


SILENT: Final = Silent()


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is voted this turn: ``[proposal, session]``; ``tabled`` says whether any text is on some agenda at all."""

    proposals: Truths
    place: Mapping[str, int]
    tabled: bool

    def of(self, rule: BoundRule, role: str) -> Truths:
        """Return ``[binding, session]``: is the proposal that a role stands for on the agenda?"""
        at = np.array([self.place[bound[role]] for bound in rule.bounds], dtype=np.intp)
        return self.proposals[at]


@dataclass(frozen=True)
class Chamber:
    """Proposals, and ballots sorted by proposal, with the rows that a count reads and writes."""

    proposals: tuple[str, ...]
    organs: tuple[Organ, ...]
    ballots: tuple[Bound, ...]
    """Roles b, m, p."""
    texts: tuple[Bound, ...]
    """Role p: the proposals."""
    place: Mapping[str, int]
    of: NDArray[np.intp]
    """Position of each ballot's proposal."""
    rows: Mapping[str, NDArray[np.intp]]
    """Attribute of the proposal → ``[proposal]``."""
    own: Mapping[str, NDArray[np.intp]]
    """Attribute of the ballot → ``[ballot]``."""
    seats: Mapping[str, NDArray[np.intp]]
    """Attribute of the membership → ``[ballot]``."""
    dormant: NDArray[np.intp]
    active: NDArray[np.intp]
    decision: Decision
    writes: Mapping[str, Rows]
    interests: tuple[BoundRule, ...]
    outcomes: tuple[BoundRule, ...]
    """What is adopted or rejected does."""
    rotations: tuple[Rotation, ...]

    def agenda(self, world: World) -> Agenda:
        """Return what is voted now: what was tabled before, and what is urgent where the organ may meet at once."""
        values = world.values
        tabled = values[self.rows["tabled"]] >= 0.5
        soon = (values[self.rows["urgent"]] >= 0.5) & self.decision.urgent[:, None]
        ready = soon | (values[self.rows["waited"]] >= 1.0)
        return Agenda(tabled & ready, self.place, bool(tabled.any()))

    def lean(self, world: World, reader: Dense, changes: Changes, agenda: Agenda) -> None:
        """Hand in what the interests of members say of what is on the agenda."""
        for interest in self.interests:
            mask = agenda.of(interest, "p")
            holds = interest.holds(world, reader)
            interest.run(world, reader, changes, mask if holds is None else mask & holds)

    def resolve(self, world: World, changes: Changes, agenda: Agenda, told: Told | None) -> None:
        """Count what is on the agenda, and hand in votes, counts and verdicts."""
        ballots = self._ballots(world, told)
        pending = world.values[self.rows["pending"]] >= 0.5
        asleep = world.values[self.dormant] >= 0.5
        found = count.count(ballots, self.decision, pending, asleep)
        on = agenda.proposals
        done = on & (found.verdict != Verdict.PENDING)
        adopted = (found.verdict == Verdict.ADOPTED) & on
        self._set(world, changes, "vote", np.where(ballots.took_part, ballots.vote, 0), on[self.of])
        self._set(world, changes, "cast", ballots.took_part, on[self.of])
        self._set(world, changes, "sponsor", 0.0, done[self.of])
        for name, value in (("yes", found.yes), ("no", found.no), ("abstained", found.abstained)):
            self._set(world, changes, name, value, on)
        self._set(world, changes, "missing", found.missing, on)
        self._set(world, changes, "outcome", found.verdict, on)
        self._set(world, changes, "pending", found.verdict == Verdict.PENDING, on)
        self._set(world, changes, "adopted", adopted, on)
        self._set(world, changes, "rejected", done & ~adopted, on)
        for name in ("tabled", "urgent"):
            self._set(world, changes, name, 0.0, done)
        tabled = world.values[self.rows["tabled"]] >= 0.5
        self._set(world, changes, "waited", np.where(done, 0.0, 1.0), tabled)

    def rotate(self, world: World, changes: Changes) -> None:
        """Hand chairs on where their term ends."""
        for rotation in self.rotations:
            rotation.run(world, changes)

    def _set(self, world: World, changes: Changes, name: str, value: NDArray[Any] | float, where: Truths) -> None:
        rows = self.writes[name]
        amounts = np.where(where, value - world.values[rows.rows], 0.0)
        bounds = self.ballots if name in self.own else self.texts
        changes.add(rows, amounts, Grounds(CauseKind.VOTE, "", bounds, None, None))

    def may_vote(self, world: World) -> Truths:
        """Return ``[ballot, session]``: does the member sit, unsuspended, and is it not excluded from this vote?"""
        values = world.values
        sits: Truths = values[self.seats["standing"]] >= 0.5
        sits &= values[self.seats["suspended"]] < 0.5
        sits &= values[self.active] >= 0.5
        sits &= ~self.decision.excluded[:, None]
        return sits

    def _ballots(self, world: World, told: Told | None) -> Ballots:
        values, sits = world.values, self.may_vote(world)
        vote = count.decide(values[self.own["inclination"]], self.decision.margin)
        if told is not None:
            vote = np.where(told == UNTOLD, vote, told).astype(np.int8)
        absent = values[self.seats["absent"]] >= 0.5
        return Ballots(vote, sits, absent, values[self.seats["votes"]])


def bind_chamber(
    scenario: Scenario, binder: Binder, activity: Activity, sights: SightRows, off: frozenset[str]
) -> Chamber | None:
    """Return the chamber of a scenario; None where nothing can be proposed."""
    cast, layout = binder.cast, binder.layout
    institutions = scenario.ruleset.institutions
    proposals = [e.id for e in cast.entities.values() if e.kind == PROPOSAL]
    if not proposals:
        return None
    place = {name: i for i, name in enumerate(proposals)}
    ties = sorted(cast.of_type[BALLOT], key=lambda tie: place[tie.target])
    ballots: list[Bound] = [{"b": t.id, "m": t.source, "p": t.target} for t in ties]
    organs = [_organ(name, scenario, cast) for name in proposals]
    member_of = [layout.ties[MEMBERSHIP, t.source, cast.entities[t.target].references[BODY]] for t in ties]
    body_of = [cast.entities[name].references[BODY] for name in proposals]
    of = np.array([place[t.target] for t in ties], dtype=np.intp)
    own = {name: _rows([b["b"] for b in ballots], name, layout) for name in _OWN}
    rows = {name: _rows(proposals, name, layout) for name in _PROPOSAL}
    return Chamber(
        tuple(proposals), tuple(organs), tuple(ballots), tuple({"p": name} for name in proposals), place, of, rows, own,
        {name: _rows(member_of, name, layout) for name in ("standing", "suspended", "absent", "votes")},
        _rows(body_of, "dormant", layout),
        np.array([layout.row(b["m"], ACTIVE) for b in ballots], dtype=np.intp),
        _decision(organs, ballots, of, cast),
        {name: Rows.of(found.tolist(), layout) for name, found in (own | rows).items()},
        _interests(scenario, institutions.interests, binder, activity, sights, off),
        tuple(
            bind_rule(rule, CauseKind.RESOLUTION, binder, activity)
            for resolution in institutions.resolutions
            for rule in (resolution.adopted, resolution.rejected, resolution.each)
            if rule.effects and resolution.id not in off
        ),
        rotations(institutions.charters, binder),
    )  # fmt: skip


_OWN: Final = ("inclination", "vote", "cast", "sponsor")
_PROPOSAL: Final = (
    "tabled", "urgent", "waited", "pending", "adopted", "rejected", "yes", "no", "abstained", "missing", "outcome",
)  # fmt: skip


def _rows(owners: Sequence[str], name: str, layout: Layout) -> NDArray[np.intp]:
    return np.array([layout.row(owner, name) for owner in owners], dtype=np.intp)


def _organ(proposal: str, scenario: Scenario, cast: Cast) -> Organ:
    institutions = scenario.ruleset.institutions
    entity = cast.entities[proposal]
    body = entity.references[BODY]
    resolution = next(r for r in institutions.resolutions if r.id == entity.tags[0])
    return institutions.charters[body].organs[resolution.at[body]]


def _decision(organs: Sequence[Organ], ballots: Sequence[Bound], of: NDArray[np.intp], cast: Cast) -> Decision:
    mine = [organs[p] for p in of]
    pairs = list(zip(mine, ballots, strict=True))
    return Decision.of(
        organs,
        of,
        excluded=np.array([_excluded(organ, b, cast) for organ, b in pairs], dtype=bool),
        veto=np.array([bool(organ.veto) and cast.fits(b["m"], organ.veto) for organ, b in pairs], dtype=bool),
        margin=np.array([[organ.abstains_within] for organ in mine]).reshape(-1, 1),
    )


def _excluded(organ: Organ, ballot: Bound, cast: Cast) -> bool:
    concerned = cast.entities[ballot["p"]].references.get(SUBJECT) == ballot["m"]
    return (organ.excludes_subject and concerned) or (bool(organ.keys) and ballot["m"] not in organ.keys)


def _interests(
    scenario: Scenario,
    interests: Sequence[Mechanism],
    binder: Binder,
    activity: Activity,
    sights: SightRows,
    off: frozenset[str],
) -> tuple[BoundRule, ...]:
    seat_of = {actor: seat for seat in scenario.seats for actor in seat.actors}

    def seen(bound: Bound, true: int) -> int:
        seat: Seat | None = seat_of.get(bound["m"])
        return true if seat is None else sights.row(seat, true)

    bound = [
        bind_rule(rule, CauseKind.INTEREST, binder, activity, seen=seen) for rule in interests if rule.id not in off
    ]
    return tuple(rule for rule in bound if rule.bounds)
