"""Commands of the first screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wargame.model.text import Text
from wargame.tui.commands.command import Command

if TYPE_CHECKING:
    from wargame.tui.app import WargameApp


class ResumeLast(Command):
    """Go on with the newest session."""

    name, keys, label, places = "resume", ("r",), "r", frozenset({"home"})
    title = Text("Resume", "Retomar")
    help = Text("go on with the newest unfinished session", "seguir con la última sesión sin terminar")

    def run(self, app: WargameApp) -> None:
        """Go on."""
        app.resume_last()


class Seed(Command):
    """Choose the luck."""

    name, keys, label, places = "seed", ("s",), "s", frozenset({"home"})
    title = Text("Seed", "Semilla")
    help = Text("give the seed of a class, so that all have the same luck",
                "dar la semilla de una clase, para que todos tengan la misma suerte")  # fmt: skip

    def run(self, app: WargameApp) -> None:
        """Ask for it."""
        app.lay_over("ask_seed")
