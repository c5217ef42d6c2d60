"""One person's game in lines: the session, the seat, and what was last listed under which number."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from functools import cached_property

from wargame.analysis.forecast import Study
from wargame.analysis.opponents import THINK, Opponents
from wargame.formula.constants import FLAG_IS_UP
from wargame.model.errors import SessionError
from wargame.model.layout import ACTIVE
from wargame.model.scenario import Seat
from wargame.model.text import Text
from wargame.session.beliefs import Beliefs
from wargame.session.library import Library
from wargame.session.matters import Matters
from wargame.session.session import Session
from wargame.telling.menu import Menu
from wargame.telling.scene import Scene
from wargame.telling.talk import Talk
from wargame.telling.tutor import Tutor


class Game:
    """What the commands of the line mode work on."""

    def __init__(self, talk: Talk, library: Library, session: Session, seat: str) -> None:
        self.talk = talk
        self.library = library
        self.session = session
        self.seat: Seat = session.seat(seat)
        self.listed: list[str] = []
        """The numbers (``vizcatan.crop_ha``) that were last told as 1, 2, 3 …, for ``why 2``."""
        self.listed_turn = 0
        self.over = False
        """The conversation is to end."""
        self.study: tuple[str, Study] | None = None
        """What answers questions about the future, and of which session."""
        self.think = THINK
        """Seconds of a turn in which opponents that think ahead may think."""
        self.opponents: Opponents | None = None
        self.tutor = Tutor(session, self.seat.id)
        self._scene = Scene(talk, session, self.seat.id)

    @property
    def scene(self) -> Scene:
        """What is to be seen now."""
        return self._scene

    @cached_property
    def menu(self) -> Menu:
        """The numbers of the seat's moves."""
        return Menu(self.session, self.seat.id)

    @cached_property
    def matters(self) -> Matters:
        """What the seat wants."""
        return Matters(self.session, self.seat.id)

    @property
    def bar(self) -> float:
        """Return the score from which the seat has what it wanted in a session of this length."""
        return self.seat.bar(short=self.session.header.length == "short")

    @property
    def beliefs(self) -> Beliefs:
        """What the seat takes the numbers to be."""
        return self.scene.reasons.beliefs

    def let_others_think(self, progress: Callable[[int, int], object]) -> None:
        """Let the seats that think ahead come to a plan, if any still have to; ``progress`` is told how many have."""
        if not self.session.planning.waiting:
            return
        if self.opponents is None:
            self.opponents = Opponents(self.session, self.think)
        try:
            self.opponents.think(self.session, progress)
        except BrokenExecutor as error:  # a process has died; the next question starts others
            self.close()
            raise SessionError(_DIED) from error

    def close(self) -> None:
        """End what thinks for others."""
        if self.opponents is not None:
            self.opponents.close()
            self.opponents = None

    def resolve(self) -> int:
        """Play the turn out; return which one it was."""
        turn = self.session.turn
        self.session.resolve()
        self.look_again()
        return turn

    def look_again(self) -> None:
        """Forget what was seen, because the session has moved on."""
        self._scene = Scene(self.talk, self.session, self.seat.id)

    def move_to(self, session: Session) -> None:
        """Go on with another session, as the same seat."""
        self.close()
        self.session = session
        self.seat = session.seat(self.seat.id)
        self.listed, self.listed_turn = [], 0
        self.tutor = Tutor(session, self.seat.id)
        self.__dict__.pop("menu", None)
        self.__dict__.pop("matters", None)
        self.look_again()


_DIED = Text(
    "A process in which opponents think has died; nothing else is lost. End the turn again to start others.",
    "Murió un proceso en el que piensan los rivales; no se perdió nada más. Termine otra vez el turno para iniciar "
    "otros.",
)


def idle_end(game: Game, owner: str) -> str | None:
    """Return which actor or zone a number belongs to, or is tied to, that is not in play; None: all are."""
    tie = game.session.engine.cast.ties.get(owner)
    ends = (owner,) if tie is None else (tie.source, tie.target)
    entities = game.session.engine.cast.entities
    return next((end for end in ends if end in entities and not is_active(game, end)), None)


def is_active(game: Game, entity: str) -> bool:
    """Say whether an actor or zone is there at present; everybody knows that."""
    row = game.session.engine.layout.row(entity, ACTIVE)
    return bool(game.session.world.values[row, 0] >= FLAG_IS_UP)
