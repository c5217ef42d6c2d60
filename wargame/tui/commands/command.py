"""What a command is: one verb, its keys, its words, where it makes sense, and what it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from wargame.model.text import Text

if TYPE_CHECKING:
    from wargame.tui.app import WargameApp

EVERYWHERE: frozenset[str] = frozenset()
IN_PLAY = frozenset({"brief", "situation", "deals", "orders", "body", "results", "timeline", "end"})


class Command:
    """One verb. Keys are those of Textual; ``label`` is how the key is shown."""

    name: ClassVar[str]
    keys: ClassVar[tuple[str, ...]] = ()
    label: ClassVar[str] = ""
    title: ClassVar[Text]
    help: ClassVar[Text]
    places: ClassVar[frozenset[str]] = IN_PLAY
    """The tabs (or ``home``) where it makes sense; empty: everywhere."""
    while_open: ClassVar[bool] = False
    """Only while the session has not ended."""

    proper: ClassVar[bool] = False
    """Its name is one of those that keep their capital within a row."""

    def in_row(self, say: Callable[[Text], str]) -> str:
        """Return its name as it stands among others in a row of keys."""
        return say(self.title) if self.proper else say(self.title).lower()

    def fits(self, app: WargameApp) -> bool:
        """Say whether it makes sense where the person is."""
        if self.places and app.place not in self.places:
            return False
        sitting = app.sitting
        return not self.while_open or (sitting is not None and not sitting.session.ended)

    def run(self, app: WargameApp) -> None:
        """Do it."""
        raise NotImplementedError
