"""Voting in a live session: orders are closed, people say how their members vote, and all of it is in the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wargame.engine.turn import Phase
from wargame.model.errors import SessionError
from wargame.model.orders import Orders
from wargame.model.text import Text
from wargame.session.polls import Paper, Polls
from wargame.session.records import Draft, Record
from wargame.session.standing import Standing


class Voting:
    """The votes of one session. Made with it; every method that changes it returns once it is kept."""

    def __init__(
        self,
        session: Standing,
        keep: Callable[[Sequence[Draft]], None],
        tell: Callable[[], None],
        in_play: Callable[[], None],
        orders: Callable[[], Orders],
    ) -> None:
        self.session = session
        self._keep, self._tell, self._in_play, self._orders = keep, tell, in_play, orders
        self._polls: Polls | None = None

    @property
    def polls(self) -> Polls | None:
        """Return what is voted this turn, once orders are closed; None before, and where nobody has a vote."""
        return self._polls

    def polls_of_turn(self) -> Polls:
        """Return what is voted this turn, whether or not orders are closed."""
        return self._polls or self._open()

    def papers(self, seat: str) -> tuple[Paper, ...]:
        """Return the ballots that a seat may cast now."""
        return self._polls.papers(self.session.seat(seat)) if self._polls else ()

    def close_orders(self, check: Callable[[], None] = lambda: None) -> bool:
        """Close the orders of this turn, and say whether people have votes to cast before it can be played out.

        What ``check`` raises, when it is known what is voted, leaves them open.
        """
        self._in_play()
        if self._polls is None:
            polls = self._open()
            if not any(polls.papers(self.session.seat(seat)) for seat in self.session.people):
                return False
            check()
            self._keep([self._draft("closed", {})])
            self._polls = polls
            self._tell()
        return True

    def vote(self, seat: str, ballot: str, vote: int) -> None:
        """Say how a member of a seat votes (1 yes, −1 no, 0 abstain); raises SessionError."""
        self._in_play()
        if self._polls is None:
            raise SessionError(_NO_POLLS)
        before = dict(self._polls.votes)
        self._polls.cast(self.session.seat(seat), ballot, vote)
        try:
            self._keep([self._draft("vote", {"ballot": ballot, "vote": vote}, seat)])
        except BaseException:
            self._polls.votes = before
            raise
        self._tell()

    def begin_turn(self) -> None:
        """Forget what was voted in the turn that was played."""
        self._polls = None

    def recover(self, records: Sequence[Record]) -> None:
        """Close the orders again, and cast again what was cast, if the session was left in the vote phase."""
        last = max(r.seq for r in records if r.kind == "world")
        for record in records:
            if record.seq > last and record.kind == "closed":
                self._polls = self._open()
            elif record.seq > last and record.kind == "vote" and self._polls is not None:
                self._polls.votes[record.payload["ballot"]] = record.payload["vote"]

    def _open(self) -> Polls:
        return Polls.open(self.session.engine, self.session.world, self._orders())

    def _draft(self, kind: str, payload: Mapping[str, Any], seat: str = "") -> Draft:
        return Draft(kind, payload, self.session.turn, Phase.VOTE, self.session.date(), seat)


_NO_POLLS = Text(
    "Nothing is being voted: orders are still open, or no member of yours has a vote this turn.",
    "No hay votación: las órdenes siguen abiertas o ningún miembro suyo vota en este turno.",
)
