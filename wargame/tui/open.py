"""Opens the screens: the only door through which the roof comes in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from wargame.model.text import Language
from wargame.session.library import Library
from wargame.tui.app import Asked, WargameApp
from wargame.tui.trouble import Trouble, trouble_with


def play_on_screen(
    library: Path, language: Language, asked: Asked, keep: Callable[[str, str], None]
) -> tuple[str, Path | None]:
    """Play until the person leaves; return the last session, or nothing, and its library if it is another one."""
    place: Path | None = library
    while place is not None and (error := trouble_with(place)) is not None:
        place = Trouble(place, error, language, asked.theme).run()
    if place is None:
        return "", None
    if place != library:
        asked = replace(asked, resume="")
    with Library(place, create=True) as store:
        app = WargameApp(store, language, asked, keep)
        app.run()
        session = app.sitting.session.id if app.sitting is not None else ""
    return session, place if place != library else None
