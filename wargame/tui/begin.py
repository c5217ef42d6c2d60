"""Starting and opening sessions: what takes a second, and so is done beside the screen."""

from __future__ import annotations

import secrets
from functools import partial
from typing import TYPE_CHECKING

from wargame.model.errors import SessionError
from wargame.model.text import Text
from wargame.session.newest import typed_session
from wargame.tui.task import Task, Then, do_beside

if TYPE_CHECKING:
    from wargame.session.session import Session
    from wargame.tui.app import WargameApp


def begin(
    app: WargameApp,
    scenario: str,
    seat: str,
    level: str = "",
    lens: str = "",
    *,
    short: bool = False,
    ahead: bool = False,
) -> None:
    """Load a scenario and start a session in which a person plays one seat, and bots the others."""
    seed = secrets.randbelow(2**32) if app.seed is None else app.seed

    def made(task: Task) -> Then:
        from wargame.bots.bots import Bots, default_plays, planning_plays
        from wargame.content.load import load_with_bundle
        from wargame.session.session import Session, Setting

        task.step(_READING)
        loaded, bundle = load_with_bundle(scenario)
        plays = (planning_plays if ahead else default_plays)(loaded, [seat])
        setting = Setting(seed, plays, lens or loaded.lens, short, level, app.language)
        task.step(_SETTING_UP)
        session = Session.create(app.library, loaded, bundle, setting, Bots, lambda step: task.check())
        return partial(app.sit_down, session, seat)

    do_beside(app, made, _NOT_BEGUN, at_once=True)


def resume(app: WargameApp, typed: str, seat: str = "") -> None:
    """Open the session that was meant where it was left."""

    def made(task: Task) -> Then:
        task.step(_OPENING)
        session, found = open_again(app, typed, seat)
        return partial(app.sit_down, session, found)

    do_beside(app, made, _NOT_OPENED, at_once=True)


def fork(app: WargameApp, session: str, seat: str, turn: int, *, new_luck: bool) -> None:
    """Start again from a past turn of a session."""
    seed = secrets.randbelow(2**32) if new_luck else None

    def made(task: Task) -> Then:
        from wargame.session.beginning import fork as forked

        task.step(_OPENING)
        session_again, found = open_again(app, forked(app.library, session, turn, seed=seed), seat)
        return partial(app.sit_down, session_again, found)

    do_beside(app, made, _BRANCH_KEPT, at_once=True)


def open_again(app: WargameApp, typed: str, seat: str) -> tuple[Session, str]:
    """Return the session that was meant, where it was left, and the seat that is looked from."""
    from wargame.bots.bots import Bots
    from wargame.session.session import Session

    session = Session.open(app.library, typed_session(app.library, typed), Bots)
    if not session.people:
        text = Text("Session {id} has no seat for a person.", "La sesión {id} no tiene puesto para una persona.")
        raise SessionError(text.fill(id=session.id))
    return session, seat if seat in session.people else session.people[0]


_READING = Text("reading the scenario, 1 of 2", "leyendo el escenario, 1 de 2")
_SETTING_UP = Text("setting up the world, 2 of 2", "preparando el mundo, 2 de 2")
_OPENING = Text("opening the session", "abriendo la sesión")
_NOT_BEGUN = Text("Called off: no session was begun.", "Cancelado: no se comenzó ninguna sesión.")
_NOT_OPENED = Text("Called off: the session is as it was.", "Cancelado: la sesión queda como estaba.")
_BRANCH_KEPT = Text(
    "Called off. A branch that was already made is in the list of sessions.",
    "Cancelado. La rama que ya se hizo está en la lista de sesiones.",
)
