"""Bodies as one seat sees them now: who belongs, what is on the agenda, and how it may expect members to vote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from wargame.engine.believed import Belief, Believed
from wargame.engine.expectations import WORLDS, Expectations, proposals_of
from wargame.engine.naming import Names
from wargame.engine.options import Option
from wargame.engine.seating import Contest, contests
from wargame.engine.views import SeatEyes
from wargame.model.institutions import (
    BALLOT,
    BODY,
    MEMBERSHIP,
    RIVAL_SEATED,
    SUBJECT,
    Charter,
    Organ,
    Resolution,
    Status,
)
from wargame.model.ledger import CauseKind
from wargame.model.scenario import TieStart
from wargame.model.text import Text
from wargame.model.ticks import Floats
from wargame.session.beliefs import Beliefs
from wargame.session.charters import CharterWords
from wargame.session.polls import Paper
from wargame.session.session import Session

_UP = 0.5
_NOT_THERE = (Status.DISPLACED, Status.CLAIMANT)


@dataclass(frozen=True, slots=True)
class Member:
    """What one member is to a body, as seen now."""

    who: str
    tie: str
    seat: str
    """Whose seat it has or claims: its own, as a rule."""
    status: Status
    """MEMBER, ABSENT, SUSPENDED, NOTICE, OBSERVER (a tie without a vote), DISPLACED, CLAIMANT."""
    absent: bool
    chair: bool
    votes: float
    notice: float
    quota: float

    @property
    def sits(self) -> bool:
        """Say whether it has a vote, present or not."""
        return self.status in (Status.MEMBER, Status.ABSENT, Status.NOTICE)


@dataclass(frozen=True, slots=True)
class Item:
    """One text on an agenda."""

    proposal: str
    body: str
    subject: str
    organ: Organ
    voted: bool
    """It is voted this turn."""
    pending: bool
    """Only the objections of absent members are awaited."""
    strength: float | None
    """None where texts have no strength."""
    sponsors: tuple[str, ...]
    since: int
    """The turn in which it was tabled; 0: before the first."""
    by: str
    """Who tabled it, as far as is known; else nothing."""


class Assembly:
    """Bodies, agendas and expectations of a session, for one seat or (None) for those who may see everything.

    Made anew whenever the session moves on: also when orders close, for then the agenda of the turn is known.
    """

    def __init__(self, session: Session, seat: str | None) -> None:
        self.session = session
        self.engine = session.engine
        self.names: Names = session.names
        self.words = CharterWords(session.names, session.engine.cast)
        self.seat = None if seat is None else session.seat(seat)
        self._eyes: SeatEyes | None = None if seat is None or session.ended else session.eyes(seat)
        self._world = session.voting.polls.world if session.voting.polls else session.world
        self._outlooks: dict[tuple[str, ...], Expectations] = {}
        self._members: dict[str, tuple[Member, ...]] = {}

    # ── what is seen ────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def belief(self) -> Belief:
        """What the seat takes the numbers to be now."""
        past = Beliefs(self.engine, self.session.world, self._eyes).at_start_of
        if self._eyes is None:
            values: Floats = np.ascontiguousarray(self._world.values[: self.engine.layout.count, 0])
            return Belief(self._world.turn, values, np.zeros(len(values)), past)
        view = self._eyes.view(self._world)
        return Belief(view.turn, view.values, view.deviations, past)

    def value(self, owner: str, attribute: str) -> float | None:
        """Return a number as it is seen now; None where there is no such number."""
        row = self.engine.layout.index.get((owner, attribute))
        return None if row is None else float(self.belief.values[row])

    def flag(self, owner: str, attribute: str) -> bool:
        """Say whether a flag is up, as it is seen now."""
        return (self.value(owner, attribute) or 0.0) >= _UP

    # ── bodies ──────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def charters(self) -> Mapping[str, Charter]:
        """The charters of the bodies that the scenario has, by body."""
        known = self.session.scenario.ruleset.institutions.charters
        return {body: charter for body, charter in known.items() if body in self.engine.cast.entities}

    def members(self, body: str) -> tuple[Member, ...]:
        """Return everybody who is or was something to a body, with what it is now."""
        if body not in self._members:
            self._members[body] = self._members_of(body)
        return self._members[body]

    def _members_of(self, body: str) -> tuple[Member, ...]:
        ties = self.engine.cast.of_type.get(MEMBERSHIP, ())
        known = {contest.rival: contest for contest in self.contests(body)}
        known |= {contest.owner: contest for contest in known.values()}
        return tuple(self._member(tie, known.get(tie.source)) for tie in ties if tie.target == body)

    def contests(self, body: str) -> tuple[Contest, ...]:
        """Return the seats of a body that two claim, one of whom may not be in play."""
        return contests(self.engine.cast, body)

    def rival_seated(self, contest: Contest) -> bool:
        """Say whether the rival has the seat."""
        return self.flag(self.engine.layout.ties[MEMBERSHIP, contest.owner, contest.body], RIVAL_SEATED)

    def _member(self, tie: TieStart, contest: Contest | None) -> Member:
        who, owner = tie.source, tie.source if contest is None else contest.owner
        seat = self.engine.layout.ties[MEMBERSHIP, owner, tie.target]
        absent = self.flag(tie.id, "absent")
        status = self._status(seat, absent)
        out = contest is not None and contest.seated(rival=self.rival_seated(contest)) != who
        if out and status is not Status.OBSERVER:
            status = Status.DISPLACED if who == owner else Status.CLAIMANT
        return Member(
            who,
            tie.id,
            owner,
            status,
            absent,
            self.flag(seat, "chair") and status not in _NOT_THERE,
            self.value(seat, "votes") or 0.0,
            self.value(seat, "notice") or 0.0,
            self.value(tie.id, "quota") or 0.0,
        )

    def _status(self, seat: str, absent: bool) -> Status:
        if not self.flag(seat, "standing"):
            return Status.OBSERVER
        if self.flag(seat, "suspended"):
            return Status.SUSPENDED
        if absent:
            return Status.ABSENT
        return Status.NOTICE if (self.value(seat, "notice") or 0.0) > 0 else Status.MEMBER

    def own(self, body: str) -> tuple[Member, ...]:
        """Return what the actors of the seat are to a body."""
        return tuple(m for m in self.members(body) if self.seat is not None and m.who in self.seat.actors)

    def votes_in(self, body: str, but: str = "") -> float:
        """Return how many votes a body has now, present or not; ``but``: a member that does not count."""
        return sum(m.votes for m in self.members(body) if m.sits and m.who != but)

    # ── texts ───────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _resolutions(self) -> Mapping[str, Resolution]:
        return {r.id: r for r in self.session.scenario.ruleset.institutions.resolutions}

    def resolution(self, proposal: str) -> Resolution:
        """Return what a text proposes."""
        return self._resolutions[self.engine.cast.entities[proposal].proposes]

    def body_of(self, proposal: str) -> str:
        """Return the body in which a text can be proposed."""
        return self.engine.cast.entities[proposal].references[BODY]

    def organ_of(self, proposal: str) -> Organ:
        """Return the organ that decides on a text."""
        body = self.body_of(proposal)
        return self.charters[body].organs[self.resolution(proposal).at[body]]

    def texts(self, body: str) -> tuple[str, ...]:
        """Return every text that can be proposed in a body."""
        return tuple(name for name in proposals_of(self.engine) if self.body_of(name) == body)

    def tabling(self, options: Mapping[int, Option]) -> Mapping[str, tuple[Option, ...]]:
        """Return, text by text, the orders of the seat that put it on the agenda, whether it may give them or not."""
        moves = self.session.scenario.ruleset.moves
        found: dict[str, list[Option]] = {}
        for option in options.values():
            move = moves[option.candidate.move]
            for effect in (*move.always.add, *move.success.add):
                role = str(effect.path.subject)
                if effect.path.attribute == "tabled" and role in option.candidate.targets:
                    found.setdefault(option.candidate.targets[role], []).append(option)
        return {text: tuple(some) for text, some in found.items()}

    # ── the agenda ──────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def agenda(self) -> tuple[Item, ...]:
        """What is on the agendas of all bodies: first what is voted this turn, and of that what the seat votes on."""
        tabled = [name for name in proposals_of(self.engine) if self.flag(name, "tabled")]
        items = [self._item(name) for name in tabled]
        return tuple(sorted(items, key=lambda item: (not item.voted, not self.has_vote(item.proposal))))

    def has_vote(self, proposal: str) -> bool:
        """Say whether a member of the seat has a vote on a text, present or not."""
        return proposal in self._votes

    @cached_property
    def _votes(self) -> frozenset[str]:
        """The texts on which a member of the seat has a vote."""
        chamber = self.engine.chamber
        if chamber is None or self.seat is None:
            return frozenset()
        actors = self.seat.actors
        own = [
            (bound["p"], bound["m"])
            for position, bound in enumerate(chamber.ballots)
            if bound["m"] in actors and not chamber.decision.excluded[position]
        ]
        bodies = {self.body_of(proposal) for proposal, _ in own}
        sits = {(body, m.who) for body in bodies for m in self.own(body) if m.sits}
        return frozenset(proposal for proposal, member in own if (self.body_of(proposal), member) in sits)

    def _item(self, proposal: str) -> Item:
        entity, organ = self.engine.cast.entities[proposal], self.organ_of(proposal)
        soon = self.flag(proposal, "urgent") and organ.urgent
        since, by = self._tabled_in(proposal)
        return Item(
            proposal,
            entity.references[BODY],
            entity.references.get(SUBJECT, ""),
            organ,
            soon or (self.value(proposal, "waited") or 0.0) >= 1.0,
            self.flag(proposal, "pending"),
            self.value(proposal, "strength"),
            self.sponsors(proposal),
            since,
            by,
        )

    def sponsors(self, proposal: str) -> tuple[str, ...]:
        """Return the members that sponsor a text, as far as the seat knows."""
        ballots = self.engine.cast.of_type[BALLOT]
        return tuple(t.source for t in ballots if t.target == proposal and self.flag(t.id, "sponsor"))

    def _tabled_in(self, proposal: str) -> tuple[int, str]:
        """Return in which turn a text was tabled, and by whom, if an order that the seat knows of did it."""
        number = f"{proposal}.tabled"
        start = np.ravel(self.session.world.values)[self.engine.layout.index[proposal, "tabled"]]
        if self.session.voting.polls and start < _UP:
            return self.session.turn, ""
        for report in reversed(self.session.reports):
            raised = [c for c in report.causes if c.number == number and c.ticks > 0]
            if raised:
                return report.turn, self._mover(raised[-1].order) if raised[-1].kind is CauseKind.MOVE else ""
        return 0, ""

    def _mover(self, order: str) -> str:
        known = self._eyes is None
        for report in self.session.reports:
            for outcome in report.outcomes:
                if outcome.order == order and self.seat is not None:
                    known = known or outcome.open or outcome.seat == self.seat.id
        return order.split("|")[0] if known else ""

    # ── expectations ────────────────────────────────────────────────────────────────────────────────────────

    def expect(self, *proposals: str) -> Expectations:
        """Return how members may be expected to vote on some texts."""
        if proposals not in self._outlooks:
            self._outlooks[proposals] = Expectations(self.engine, self.belief, proposals, self._whose, self._believed)
        return self._outlooks[proposals]

    @property
    def _whose(self) -> str:
        return self.seat.id if self.seat else ""

    @cached_property
    def _believed(self) -> Believed:
        """The worlds in which the seat looks for votes, the same for every text."""
        return Believed(self.engine.layout, self.belief, self._whose, WORLDS)

    def own_ballots(self, proposal: str) -> tuple[str, ...]:
        """Return the ballots of the seat's members on a text."""
        own = self.seat.actors if self.seat is not None else ()
        return tuple(t.id for t in self.engine.cast.of_type[BALLOT] if t.target == proposal and t.source in own)

    def papers(self, item: Item) -> tuple[Paper, ...]:
        """Return the ballots on a text that the seat may cast now."""
        if self.seat is None:
            return ()
        return tuple(paper for paper in self.session.voting.papers(self.seat.id) if paper.proposal == item.proposal)

    def reason_title(self, rule: str) -> Text:
        """Return the title of an interest."""
        return self._interests[rule]

    @cached_property
    def _interests(self) -> Mapping[str, Text]:
        return {i.id: i.title for i in self.session.scenario.ruleset.institutions.interests}
