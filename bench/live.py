"""How long a person waits in a live session: for a seat's view, its legal orders, and the turn with ledger and log."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.clock import Waits
from wargame.bots.bots import Bots, default_plays
from wargame.content.bundle import Bundle
from wargame.model.scenario import Scenario
from wargame.session.library import Library
from wargame.session.session import Session, Setting


@dataclass(slots=True)
class Live:
    """What was waited for."""

    view: Waits = field(default_factory=Waits)
    orders: Waits = field(default_factory=Waits)
    turn: Waits = field(default_factory=Waits)

    def waits(self) -> dict[str, Waits]:
        """Return the waits by what was waited for."""
        return {
            "a seat's view": self.view,
            "a seat's legal orders": self.orders,
            "a turn, with ledger and log": self.turn,
        }


def play_live(scenario: Scenario, bundle: Bundle, sessions: int) -> Live:
    """Play some sessions, one seat by a person who waits and gives no orders, the others by doctrines."""
    live = Live()
    with TemporaryDirectory() as folder, Library(Path(folder) / "sessions.db") as library:
        for number in range(sessions):
            person = scenario.seats[number % len(scenario.seats)].id
            plays = default_plays(scenario, [person])
            session = Session.create(library, scenario, bundle, Setting(number, plays), Bots)
            session.view(person)  # what is made once, when a seat first looks, is not a wait of play
            while not session.ended:
                _time_turn(session, person, live)
    return live


def _time_turn(session: Session, seat: str, live: Live) -> None:
    live.view.time(lambda: session.view(seat))
    live.orders.time(lambda: session.options(seat))
    live.turn.time(session.resolve)
