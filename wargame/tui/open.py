"""Opens the screens: the only door through which the roof comes in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from wargame.model.text import Language
from wargame.session.library import Library
from wargame.tui.app import Asked, WargameApp


def play_on_screen(library: Path, language: Language, asked: Asked, keep: Callable[[str, str], None]) -> str:
    """Play until the person leaves; return the id of the session that was on screen last, or nothing."""
    with Library(library, create=True) as store:
        app = WargameApp(store, language, asked, keep)
        app.run()
        return app.sitting.session.id if app.sitting is not None else ""
