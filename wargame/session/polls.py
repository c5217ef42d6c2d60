"""The vote phase of one turn of a live session: once orders are closed it is known what is voted, and people vote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from wargame.engine import turn as engine_turn
from wargame.engine.chamber import UNTOLD, Agenda, Told, Voters
from wargame.engine.changes import Changes
from wargame.engine.engine import Engine
from wargame.engine.naming import Names
from wargame.engine.readers import Dense
from wargame.engine.seating import contest_of
from wargame.model.errors import SessionError
from wargame.model.institutions import BALLOT, BODY, MEMBERSHIP, RIVAL_SEATED, SUBJECT, Organ
from wargame.model.orders import Orders
from wargame.model.scenario import Seat
from wargame.model.text import Text
from wargame.model.world import World

YES: Final = 1
NO: Final = -1
ABSTAIN: Final = 0
_UP: Final = 0.5


@dataclass(frozen=True, slots=True)
class Paper:
    """A ballot that a seat may cast now, for one of its members; ``vote`` is what it has said, None if nothing."""

    ballot: str
    member: str
    proposal: str
    body: str
    subject: str
    organ: Organ
    vote: int | None


@dataclass
class Polls:
    """What is voted this turn, and what people have said so far."""

    engine: Engine
    orders: Orders
    agenda: Agenda | None
    """What is voted; None where the scenario has no bodies."""
    world: World
    """The world once the orders about agendas have taken effect."""
    votes: dict[str, int] = field(default_factory=dict)
    """Ballot → vote."""

    @classmethod
    def open(cls, engine: Engine, world: World, orders: Orders) -> Polls:
        """Return the polls that orders lead to; the world is left as it is."""
        if engine.chamber is None:
            return cls(engine, orders, None, world)
        convened = world.fork()
        engine_turn.convene(engine, convened, orders, engine.changes(convened))
        return cls(engine, orders, engine.chamber.agenda(convened), convened)

    def papers(self, seat: Seat) -> tuple[Paper, ...]:
        """Return the ballots that a seat may cast."""
        chamber = self.engine.chamber
        if chamber is None or self.agenda is None:
            return ()
        voted = self.agenda.proposals[chamber.of, 0]
        may = chamber.may_cast(self.world)[:, 0]
        return tuple(
            self._paper(position)
            for position in np.flatnonzero(voted & may).tolist()
            if chamber.ballots[position]["m"] in seat.actors
        )

    def _paper(self, position: int) -> Paper:
        chamber = self.engine.chamber
        assert chamber is not None
        ballot = chamber.ballots[position]
        references = self.engine.cast.entities[ballot["p"]].references
        organ = chamber.organs[int(chamber.of[position])]
        said = self.votes.get(ballot["b"])
        return Paper(ballot["b"], ballot["m"], ballot["p"], references[BODY], references.get(SUBJECT, ""), organ, said)

    def cast(self, seat: Seat, ballot: str, vote: int) -> None:
        """Say how a member votes; it may be said anew until the turn is played. Raises SessionError."""
        if vote not in (YES, NO, ABSTAIN):
            raise SessionError(_NO_SUCH_VOTE)
        self.check(seat, ballot)
        self.votes[ballot] = vote

    def check(self, seat: Seat, ballot: str) -> Paper:
        """Return the paper of a ballot; raises SessionError if the seat may not cast it now."""
        for paper in self.papers(seat):
            if paper.ballot == ballot:
                return paper
        raise SessionError(self._who_sits(seat, ballot) or _NOT_YOURS.fill(ballot=ballot))

    def _who_sits(self, seat: Seat, ballot: str) -> Text | None:
        """Return who holds the seat from which a ballot would be cast, if that is why it may not be."""
        cast, layout = self.engine.cast, self.engine.layout
        tie = cast.ties.get(ballot)
        if tie is None or tie.type != BALLOT or tie.source not in seat.actors:
            return None
        contest = contest_of(cast, tie.source, cast.entities[tie.target].references[BODY])
        if contest is None:
            return None
        flag = layout.row(layout.ties[MEMBERSHIP, contest.owner, contest.body], RIVAL_SEATED)
        rival = bool(self.world.values[flag, 0] >= _UP)
        held = contest.seated(rival=rival) != tie.source
        return contest.say(Names.of(self.engine.scenario, cast), rival=rival) if held else None

    def told(self, people: frozenset[str]) -> Mapping[str, int]:
        """Return the votes of the seats that people play: abstention where they have said nothing."""
        papers = [p for seat in self.engine.scenario.seats if seat.id in people for p in self.papers(seat)]
        return {paper.ballot: ABSTAIN if paper.vote is None else paper.vote for paper in papers}


@dataclass(frozen=True, slots=True)
class SeatVoters:
    """The voters of a live session: bots lean by doctrine, people vote as they have told."""

    bots: Voters
    votes: Mapping[str, int]
    engine: Engine

    def lean(self, world: World, reader: Dense, changes: Changes, agenda: Agenda) -> None:
        """Let the bots lean."""
        self.bots.lean(world, reader, changes, agenda)

    def tell(self, world: World) -> Told | None:
        """Return the votes of people, for the engine."""
        chamber = self.engine.chamber
        if chamber is None or not self.votes:
            return None
        told = np.full((len(chamber.ballots), world.sessions), UNTOLD, dtype=np.int8)
        for position, ballot in enumerate(chamber.ballots):
            if ballot["b"] in self.votes:
                told[position] = self.votes[ballot["b"]]
        return told


_NO_SUCH_VOTE: Final = Text("A vote is yes, no or abstain.", "Se vota sí, no o abstención.")
_NOT_YOURS: Final = Text(
    "{ballot} is not among the ballots that you may cast now.",
    "{ballot} no está entre las papeletas que usted puede depositar ahora.",
)
