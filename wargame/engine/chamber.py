"""The chamber: every proposal and ballot of a scenario bound to rows; who leans how, how they vote, what is adopted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from wargame.engine import count
from wargame.engine.activity import Activity, Truths
from wargame.engine.changes import Changes, Rows
from wargame.engine.count import Ballots, Decision
from wargame.engine.grounds import Grounds
from wargame.engine.readers import Binder, Dense
from wargame.engine.rotation import Rotation, rotations
from wargame.engine.rules import BoundRule, bind_rule
from wargame.engine.seating import Seating, bind_seating
from wargame.engine.sight import SightRows
from wargame.model.bindings import Bound, Cast
from wargame.model.institutions import BALLOT, BODY, PROPOSAL, SUBJECT, DecisionRule, Organ, Verdict
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
    """What is voted this turn: ``[proposal, session]``; ``tabled``: is any text on an agenda, or was it till now?"""

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
    ballot_names: tuple[str, ...]
    text_names: tuple[str, ...]
    """What names them in the log."""
    place: Mapping[str, int]
    of: NDArray[np.intp]
    """Position of each ballot's proposal."""
    rows: Mapping[str, NDArray[np.intp]]
    """Attribute of the proposal → ``[proposal]``."""
    own: Mapping[str, NDArray[np.intp]]
    """Attribute of the ballot → ``[ballot]``."""
    seating: Seating
    dormant: NDArray[np.intp]
    founded: NDArray[np.intp]
    """Is the body active? ``[proposal]``."""
    position: Mapping[str, int]
    """Ballot → its position."""
    signed: NDArray[np.bool_]
    """``[ballot]``: what is adopted speaks for those alone who signed."""
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
        waited = values[self.rows["waited"]] >= 1.0
        return Agenda(tabled & (soon | waited), self.place, bool((tabled | waited).any()))

    def lean(self, world: World, reader: Dense, changes: Changes, agenda: Agenda) -> None:
        """Hand in what the interests of members say of what is on the agenda."""
        for interest in self.interests:
            mask = agenda.of(interest, "p")
            holds = interest.holds(world, reader)
            interest.run(world, reader, changes, mask if holds is None else mask & holds)

    def resolve(self, world: World, changes: Changes, agenda: Agenda, told: Told | None) -> None:
        """Count what is on the agenda, and hand in votes, counts and verdicts."""
        pending = self._pending(world)
        ballots = self._ballots(world, told, pending)
        found = count.count(ballots, self.decision, pending, self._asleep(world))
        on = agenda.proposals
        done = on & (found.verdict != Verdict.PENDING)
        self._note_votes(world, changes, ballots, pending, on, done)
        adopted = (found.verdict == Verdict.ADOPTED) & on
        for name, value in (("yes", found.yes), ("no", found.no), ("abstained", found.abstained)):
            self._set(world, changes, name, value, on)
        self._set(world, changes, "missing", found.missing, on)
        self._set(world, changes, "outcome", found.verdict, on)
        self._set(world, changes, "adopted", adopted, on)
        self._set(world, changes, "rejected", done & ~adopted, on)
        for name in ("tabled", "urgent"):
            self._set(world, changes, name, 0.0, done)
        left = (world.values[self.rows["tabled"]] >= 0.5) & ~done
        self._set(world, changes, "waited", 1.0 * left, np.True_)
        self._set(
            world, changes, "pending", 1.0 * np.where(on, found.verdict == Verdict.PENDING, left & pending), np.True_
        )

    def _note_votes(
        self, world: World, changes: Changes, ballots: Ballots, pending: Truths, on: Truths, done: Truths
    ) -> None:
        """Hand in how members voted; a late objection shows as the no of a member that took no part."""
        objects = pending[self.of] & ballots.sits & (ballots.vote == count.NO)
        self._set(world, changes, "vote", np.where(ballots.took_part | objects, ballots.vote, 0), on[self.of])
        self._set(world, changes, "cast", ballots.took_part, on[self.of])
        self._set(world, changes, "sponsor", 0.0, done[self.of])

    def rotate(self, world: World, changes: Changes) -> None:
        """Hand chairs on where their term ends."""
        for rotation in self.rotations:
            rotation.run(world, changes)

    def _set(
        self, world: World, changes: Changes, name: str, value: NDArray[Any] | float, where: Truths | np.bool_
    ) -> None:
        rows = self.writes[name]
        amounts = np.where(where, value - world.values[rows.rows], 0.0)
        bounds, names = (self.ballots, self.ballot_names) if name in self.own else (self.texts, self.text_names)
        changes.add(rows, amounts, Grounds(CauseKind.VOTE, "", bounds, names, None, None))

    def reached(self, world: World, rule: BoundRule) -> Truths | None:
        """Return ``[binding, session]``: whom does an outcome reach? None: all; what is signed, the signers alone."""
        if not self.signed.any() or not rule.bounds or "b" not in rule.bounds[0]:
            return None
        at = np.array([self.position[bound["b"]] for bound in rule.bounds], dtype=np.intp)
        signs: Truths = world.values[self.own["vote"][at]] >= 0.5
        return signs | ~self.signed[at][:, None]

    def may_vote(self, world: World) -> Truths:
        """Return ``[ballot, session]``: does the member sit, unsuspended, and is it not excluded from this vote?"""
        return self.seating.sits(world) & ~self.decision.excluded[:, None]

    def may_cast(self, world: World) -> Truths:
        """Return ``[ballot, session]``: may the member vote now, or object if it was absent when others voted?"""
        return self.may_vote(world) & np.where(
            self._pending(world)[self.of], ~self._has_voted(world), ~self._stays_away(world)
        )

    def _pending(self, world: World) -> Truths:
        found: Truths = world.values[self.rows["pending"]] >= 0.5
        return found

    def _has_voted(self, world: World) -> Truths:
        found: Truths = world.values[self.own["cast"]] >= 0.5
        return found

    def _stays_away(self, world: World) -> Truths:
        found: Truths = world.values[self.seating.absent] >= 0.5
        return found

    def _asleep(self, world: World) -> Truths:
        found: Truths = (world.values[self.dormant] >= 0.5) | (world.values[self.founded] < 0.5)
        return found

    def _ballots(self, world: World, told: Told | None, pending: Truths) -> Ballots:
        """Return how members vote; where only objections are awaited, what has been voted stands."""
        values = world.values
        vote = count.decide(values[self.own["inclination"]], self.decision.margin, self.decision.against)
        if told is not None:
            vote = np.where(told == UNTOLD, vote, told).astype(np.int8)
        late, voted = pending[self.of], self._has_voted(world)
        vote = np.where(late & voted, values[self.own["vote"]], vote).astype(np.int8)
        absent = np.where(late, ~voted, self._stays_away(world))
        return Ballots(vote, self.may_vote(world), absent, values[self.seating.votes])


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
    body_of = [cast.entities[name].references[BODY] for name in proposals]
    of = np.array([place[t.target] for t in ties], dtype=np.intp)
    seating = bind_seating(ballots, cast, layout)
    own = {name: _rows([b["b"] for b in ballots], name, layout) for name in _OWN}
    rows = {name: _rows(proposals, name, layout) for name in _PROPOSAL}
    return Chamber(
        tuple(proposals), tuple(organs), tuple(ballots), tuple({"p": name} for name in proposals),
        tuple(",".join(f"{role}={who}" for role, who in ballot.items()) for ballot in ballots),
        tuple(f"p={name}" for name in proposals), place, of, rows, own,
        seating,
        _rows(body_of, "dormant", layout),
        _rows(body_of, ACTIVE, layout),
        {b["b"]: i for i, b in enumerate(ballots)},
        np.array([organs[p].rule is DecisionRule.SIGN_ON for p in of], dtype=bool),
        _decision(organs, ballots, of, seating, cast),
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
    resolution = next(r for r in institutions.resolutions if r.id == entity.proposes)
    return institutions.charters[body].organs[resolution.at[body]]


def _decision(
    organs: Sequence[Organ], ballots: Sequence[Bound], of: NDArray[np.intp], seating: Seating, cast: Cast
) -> Decision:
    """Return the rules of decision; what a charter gives a member goes with its seat, whoever sits there."""
    mine = [organs[p] for p in of]
    pairs = list(zip(mine, ballots, seating.owners, strict=True))
    return Decision.of(
        organs,
        of,
        excluded=np.array([_excluded(organ, b["p"], owner, cast) for organ, b, owner in pairs], dtype=bool),
        veto=np.array([bool(organ.veto) and cast.fits(owner, organ.veto) for organ, _, owner in pairs], dtype=bool),
        key=np.array(
            [owner in organ.keys and not _excluded(organ, b["p"], owner, cast) for organ, b, owner in pairs], dtype=bool
        ),
        second=seating.second,
        margin=np.array([[organ.abstains_within] for organ in mine]).reshape(-1, 1),
        against=np.array([[organ.opposes_beyond] for organ in mine]).reshape(-1, 1),
    )


def _excluded(organ: Organ, proposal: str, owner: str, cast: Cast) -> bool:
    concerned = cast.entities[proposal].references.get(SUBJECT) == owner
    return (organ.excludes_subject and concerned) or (bool(organ.keys) and owner not in organ.keys)


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
