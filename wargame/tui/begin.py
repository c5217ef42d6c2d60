"""Starting and opening sessions: what takes a second, and so is done beside the screen."""

from __future__ import annotations

from wargame.bots.bots import Bots, default_plays, planning_plays
from wargame.content.load import load_with_bundle
from wargame.model.errors import SessionError
from wargame.model.text import Language, Text
from wargame.session.library import Library
from wargame.session.session import Session, Setting


def begin(
    library: Library,
    scenario: str,
    seat: str,
    level: str,
    lens: str,
    seed: int,
    language: Language,
    *,
    short: bool,
    ahead: bool = False,
) -> tuple[Session, str]:
    """Load a scenario and start a session in which a person plays one seat, and bots the others."""
    loaded, bundle = load_with_bundle(scenario)
    plays = (planning_plays if ahead else default_plays)(loaded, [seat])
    setting = Setting(seed, plays, lens or loaded.lens, short, level, language)
    return Session.create(library, loaded, bundle, setting, Bots), seat


def open_again(library: Library, typed: str, seat: str = "") -> tuple[Session, str]:
    """Open a session whose id begins with what was typed, at the seat named or the first that a person plays."""
    session = Session.open(library, library.find(typed), Bots)
    if not session.people:
        text = Text("Session {id} has no seat for a person.", "La sesión {id} no tiene puesto para una persona.")
        raise SessionError(text.fill(id=session.id))
    return session, seat if seat in session.people else session.people[0]
