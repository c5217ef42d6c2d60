"""Opens the screens: the only door through which the roof comes in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from wargame.model.errors import ProgramError
from wargame.model.text import Language
from wargame.session.library import Library
from wargame.tui.app import Asked, WargameApp
from wargame.tui.fault import told
from wargame.tui.trouble import Trouble, trouble_with


def play_on_screen(
    library: Path, language: Language, asked: Asked, keep: Callable[[str, str], None]
) -> tuple[str, Path | None, ProgramError | None]:
    """Play until the person leaves, or the program fails.

    Returns the last session, or nothing; its library, if it is another one than asked for; and what failed, if it did.
    """
    place: Path | None = library
    while place is not None and (error := trouble_with(place)) is not None:
        place = Trouble(place, error, language, asked.theme).run()
    if place is None:
        return "", None, None
    if place != library:
        asked = replace(asked, resume="")
    with Library(place, create=True) as store:
        app = WargameApp(store, language, asked, keep)
        app.run()
        session = app.sitting.session.id if app.sitting is not None else ""
    fault = told(app.fault, place) if app.fault is not None else None
    return session, place if place != library else None, fault
