"""What the parts of a session (its votes, deals, plans and log) may know of how it stands."""

from __future__ import annotations

from typing import Protocol

from wargame.engine.engine import Engine
from wargame.engine.naming import Names
from wargame.engine.options import Desk
from wargame.engine.views import SeatEyes
from wargame.model.scenario import Scenario, Seat
from wargame.model.world import World
from wargame.session.header import Header


class Standing(Protocol):
    """A session in play, as its parts see it. They change nothing of it: they hand in what is to be kept."""

    @property
    def header(self) -> Header:
        """Return who plays what, and under which conditions."""

    @property
    def engine(self) -> Engine:
        """Return the scenario bound to arrays."""

    @property
    def scenario(self) -> Scenario:
        """Return what is played."""

    @property
    def names(self) -> Names:
        """Return the names of things."""

    @property
    def world(self) -> World:
        """Return the world as the turn being played began."""

    @property
    def turn(self) -> int:
        """Return the turn being played."""

    @property
    def ended(self) -> bool:
        """Say whether the session has ended."""

    @property
    def orders_closed(self) -> bool:
        """Say whether the orders of this turn are closed, because votes are being cast."""

    @property
    def people(self) -> tuple[str, ...]:
        """Return the seats that people play."""

    def date(self, turn: int | None = None) -> str:
        """Return the game date on which a turn begins."""

    def seat(self, name: str) -> Seat:
        """Return a seat; raises SessionError."""

    def desk(self, seat: str) -> Desk:
        """Return where the orders of a seat are checked this turn."""

    def eyes(self, seat: str) -> SeatEyes:
        """Return how a seat sees every number."""
