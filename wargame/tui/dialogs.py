"""Cards over a screen: something to read, a list to choose from, a line to write. Esc always leaves them as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from wargame.model.text import Text
from wargame.telling.typed import plain
from wargame.tui.ink import Line, wrap
from wargame.tui.ink import plain as in_text
from wargame.tui.laid_over import LaidOver
from wargame.tui.page import Block
from wargame.tui.panel import Draw, Panel, Row, content_of, page_row

Say = Callable[[Text], str]
ENTER = Text("Enter", "Intro")
"""The key that opens or chooses, as keyboards of each language name it."""


def keys_line(say: Say, keys: Iterable[tuple[str, Text]]) -> Line:
    """Return the line that names the keys of a card."""
    found: list[tuple[str, str]] = []
    for key, what in keys:
        found += [(say(ENTER) if key == ENTER.en else key, "bold $accent"), (f" {say(what)}   ", "$dim")]
    return tuple(found)


class Reader(LaidOver[None]):
    """Something to read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "close", show=False, priority=True),
        Binding("s", "cite", show=False),
    ]

    def __init__(self, say: Say, title: str, blocks: Sequence[Block] = (), cite: Callable[[], None] | None = None,
                 rows: Sequence[Row] = ()) -> None:  # fmt: skip
        super().__init__()
        self._rows = rows
        """What is shown instead of a page."""
        self._cite = cite
        """Opens the sources that the page cites, if there are any."""
        self._say = say
        self._title = title
        self._blocks = blocks

    def compose(self) -> ComposeResult:
        """Lay out the page over its key line."""
        with Vertical(classes="card snug"):
            yield Panel("card-text")
            keys = [("Enter", _CLOSE), ("↑ ↓", _SCROLL), *([("s", _SOURCES)] if self._cite is not None else [])]
            yield Static(content_of([keys_line(self._say, keys)]), classes="keys")

    def on_mount(self) -> None:
        """Show the page."""
        panel = self.query_one(Panel)
        panel.show(self._title, self._rows or [page_row(self._blocks)])
        panel.focus()

    def action_cite(self) -> None:
        """Show the sources that the page cites."""
        if self._cite is not None:
            self._cite()

    def action_close(self) -> None:
        """Leave."""
        self.dismiss(None)


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a list to choose from; ``found_by`` are the words by which it is found."""

    key: str
    draw: Draw
    found_by: str = ""


def plain_choice(key: str, said: str) -> Choice:
    """Return a choice that is a sentence."""
    return Choice(key, lambda width: wrap(said, width), said)


class Chooser(LaidOver[str]):
    """A list to choose from, with a field that narrows it down where it is long. Returns a key, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("down", "down", show=False, priority=True),
        Binding("up", "up", show=False, priority=True),
    ]

    def __init__(self, say: Say, title: str, choices: Sequence[Choice], *, find: bool = False,
                 above: Sequence[Block] = ()) -> None:  # fmt: skip
        super().__init__()
        self._say = say
        self._title = title
        self._choices = choices
        self._find = find
        self._above = above

    def compose(self) -> ComposeResult:
        """Lay out field, list and key line."""
        with Vertical(classes="card" if self._find else "card snug"):
            if self._find:
                yield Input(placeholder=self._say(_FIND), id="find")
            yield Panel("card-list")
            yield Static(
                content_of([keys_line(self._say, [("Enter", _CHOOSE), ("Esc", _CLOSE)])]),
                classes="keys",
            )

    def on_mount(self) -> None:
        """Show everything."""
        self._narrow("")
        (self.query_one(Input) if self._find else self.query_one(Panel)).focus()

    def _narrow(self, typed: str) -> None:
        words = plain(typed).split()
        found = [c for c in self._choices if all(word in plain(c.found_by) for word in words)]
        found.sort(key=lambda c: not plain(c.found_by).startswith(plain(typed)))
        rows = [page_row(self._above), Row(lambda width: [()], "", pick=False)] if self._above else []
        rows += [Row(choice.draw, choice.key) for choice in found]
        if not found:
            rows = [Row(lambda width: [in_text(self._say(_NOTHING))], "", pick=False)]
        self.query_one(Panel).show(self._title, rows)
        if typed and found:
            self.query_one(Panel).go_to(found[0].key)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list down."""
        self._narrow(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Choose what the cursor is on."""
        self.query_one(Panel).action_choose()

    def on_panel_chosen(self, event: Panel.Chosen) -> None:
        """Return it."""
        event.stop()
        self.dismiss(event.key)

    def action_down(self) -> None:
        """Move down the list, wherever the focus is."""
        self.query_one(Panel).action_step(1)

    def action_up(self) -> None:
        """Move up the list, wherever the focus is."""
        self.query_one(Panel).action_step(-1)

    def action_close(self) -> None:
        """Leave."""
        self.dismiss("")


class Writer(LaidOver[str | None]):
    """A line to write. Returns it, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", show=False)]

    def __init__(self, say: Say, title: str, written: str = "", above: Sequence[Block] = (),
                 on_change: Callable[[str], None] | None = None) -> None:  # fmt: skip
        super().__init__()
        self._say = say
        self._title = title
        self._written = written
        self._above = above
        self._on_change = on_change

    def compose(self) -> ComposeResult:
        """Lay out what is above, the field and the key line."""
        with Vertical(classes="card low"):
            yield Panel("card-text")
            yield Input(self._written, id="line", max_length=600)
            yield Static(
                content_of([keys_line(self._say, [("Enter", _KEEP), ("Esc", _CLOSE)])]),
                classes="keys",
            )

    def on_mount(self) -> None:
        """Put the cursor in the field."""
        self.query_one(Panel).show(self._title, [page_row(self._above)])
        self.query_one(Panel).can_focus = False
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Hand on every change, so that drafts are kept as they are typed."""
        if self._on_change is not None:
            self._on_change(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return what was written."""
        self.dismiss(event.value.strip())

    def action_close(self) -> None:
        """Leave."""
        self.dismiss(None)


_CLOSE = Text("close", "cerrar")
_SCROLL = Text("scroll", "recorrer")
_SOURCES = Text("sources", "fuentes")
_CHOOSE = Text("choose", "elegir")
_KEEP = Text("keep", "guardar")
_FIND = Text("type to find", "escriba para buscar")
_NOTHING = Text("Nothing is called that.", "Nada se llama así.")
