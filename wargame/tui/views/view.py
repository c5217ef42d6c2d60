"""What every tab has: panels that are filled anew whenever the session has moved, verbs, and keys in the footer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual.containers import Container

from wargame.model.text import Text
from wargame.tui.ink import Line
from wargame.tui.panel import Panel

if TYPE_CHECKING:
    from wargame.tui.app import WargameApp
    from wargame.tui.sitting import Sitting


class View(Container):
    """One tab. ``refill`` is called when it is shown and whenever something has changed; tabs have ``parts`` for it."""

    tab: ClassVar[str]
    title: ClassVar[Text]
    first: ClassVar[str]
    """The panel that has the focus first: the one with the decision."""
    footer: ClassVar[tuple[str, ...]]
    """The commands in the footer, six at most; ``enter`` stands for the Enter key."""
    reading: ClassVar[tuple[str, ...]] = ()
    """The panels in the order in which Tab visits them, where it is not the one in which they are laid out."""
    follows_orders: ClassVar[bool] = True
    """It tells of the orders of this turn, or of what is left to pay for them with."""
    enter: ClassVar[Text] = Text("open", "abrir")
    """What Enter does."""

    def __init__(self) -> None:
        super().__init__(id=f"view-{self.tab}")
        self.filled = -1
        """Of which moment of the sitting its panels tell."""

    @property
    def room(self) -> WargameApp:
        """Return the app."""
        return cast("WargameApp", self.app)

    @property
    def sitting(self) -> Sitting:
        """Return the session on screen."""
        sitting = self.room.sitting
        assert sitting is not None
        return sitting

    @property
    def now(self) -> int:
        """Return the moment of which its panels should tell."""
        return self.sitting.version if self.follows_orders else self.sitting.moment

    def of(self, text: Text) -> str:
        """Return a text in the language of the screen."""
        return self.room.say(text)

    def panel(self, name: str) -> Panel:
        """Return a panel."""
        return self.query_one(f"#{name}", Panel)

    def parts(self) -> Iterator[None]:
        """Fill the panels with what is so now, one part after another: between two of them a key may come first."""
        raise NotImplementedError

    def refill(self) -> None:
        """Fill the panels with what is so now."""
        for _ in self.parts():
            pass

    def on_shown(self) -> None:
        """Do what is to be done only once somebody looks."""

    def is_due(self) -> int:
        """Return how many things ask for attention there; they are counted beside the name of the tab."""
        return 0

    def number(self) -> str:
        """Return the number at the cursor (``vizcatan.trust``), for "why?"; empty if there is none."""
        return ""

    def owner(self) -> str:
        """Return the actor or zone at the cursor; empty if there is none."""
        return self.number().rpartition(".")[0]

    def cited(self) -> tuple[str, ...]:
        """Return the sources cited at the cursor; empty: the page about all sources is shown."""
        return ()

    def turn(self) -> int:
        """Return the turn at the cursor: the one about which is asked."""
        return len(self.sitting.session.reports)

    def do(self, verb: str) -> None:
        """Do one of the verbs of the tab."""
        getattr(self, f"do_{verb}")()

    def focus_first(self) -> None:
        """Put the focus where the decision is."""
        self.panel(self.first).focus()


def meta(words: str) -> Line:
    """Return what stands at the end of a title line."""
    return ((words, "$dim"),)
