"""What stands in place of everything when the library of sessions cannot be opened: which file, why, and what to do.

Nothing is written to that file. A person may go on with another library, that was made beside it or is made now.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from wargame.model.errors import LibraryError
from wargame.model.text import Language, Text
from wargame.session.calling import to_type
from wargame.session.library import Library
from wargame.tui.dialogs import keys_line
from wargame.tui.ink import Line, wrap
from wargame.tui.panel import Panel, Row, content_of
from wargame.tui.themes import NAMES, PALETTES, ROLES, themes


class Trouble(App[Path]):
    """One card. Returns the library to go on with, or nothing."""

    CSS_PATH = "app.tcss"
    CSS = "Screen { align: center middle; } .card, .card Panel { height: auto; } .keys { margin-top: 1; }"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", show=False),
        Binding("f2", "switch_language", show=False),
    ]

    def __init__(self, path: Path, error: LibraryError, language: Language, theme: str = "dark") -> None:
        super().__init__()
        self.path = path
        self.error = error
        self.language = language
        self.chosen_theme = theme if theme in NAMES else "dark"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the roles of the first theme, for the moment before one is chosen."""
        return dict(zip(ROLES, PALETTES["dark"], strict=True))

    def compose(self) -> ComposeResult:
        """Lay out the card over its key line."""
        with Vertical(classes="card"):
            yield Panel("trouble")
            yield Static(classes="keys")

    def on_mount(self) -> None:
        """Say what is wrong, and offer what can be done."""
        for theme in themes():
            self.register_theme(theme)
        self.theme = f"wargame-{self.chosen_theme}"
        self._say()
        self.query_one(Panel).focus()

    def _of(self, text: Text) -> str:
        return text.say(self.language)

    def _say(self) -> None:
        others, fresh = beside(self.path)

        def words(width: int) -> Sequence[Line]:
            lines = wrap(self._of(self.error.message), width, "bold")
            for text in (_UNTOUCHED, _REPAIR.fill(command=to_type("play --library"))):
                lines += [(), *wrap(self._of(text), width, "$dim")]
            return [*lines, ()]

        rows = [Row(words, "", pick=False)]
        rows += [self._choice(_GO_ON, other) for other in others]
        rows += [self._choice(_BEGIN, fresh), self._choice(_LEAVE, None)]
        self.query_one(Panel).show(self._of(_TITLE), rows)
        keys = [("Enter", _CHOOSE), ("F2", _OTHER_LANGUAGE), ("Esc", _LEAVE)]
        self.query_one(".keys", Static).update(content_of([keys_line(self._of, keys)]))

    def _choice(self, text: Text, path: Path | None) -> Row:
        said = self._of(text.fill(path=path) if path else text)
        return Row(lambda width: wrap(said, width), str(path or "leave"))

    def on_panel_chosen(self, event: Panel.Chosen) -> None:
        """Go on, or leave."""
        self.exit(None if event.key == "leave" else Path(event.key))

    def action_leave(self) -> None:
        """Leave."""
        self.exit(None)

    def action_switch_language(self) -> None:
        """Say it in the other language."""
        self.language = Language.ES if self.language is Language.EN else Language.EN
        self._say()


def beside(path: Path) -> tuple[list[Path], Path]:
    """Return the libraries beside one that can be opened, the newest first, and a name that is free.

    Where nothing can be written there, or hardly anything, the names are of the person's own folder.
    """
    folder = path.parent if _is_writable(path.parent) else Path.home()
    named = [folder / f"{path.stem}-{n}{path.suffix}" for n in range(2, _MOST)]
    found = []
    for other in named:
        with suppress(LibraryError, OSError):
            if other.exists():
                Library(other, create=False).close()
                found.append(other)
    fresh = next((other for other in named if not other.exists()), named[-1])
    return sorted(found, key=lambda other: -other.stat().st_mtime), fresh


def _is_writable(folder: Path) -> bool:
    above = next((place for place in (folder, *folder.parents) if place.exists()), folder)
    return above.is_dir() and os.access(above, os.W_OK | os.X_OK) and shutil.disk_usage(above).free > _ROOM


def trouble_with(path: Path) -> LibraryError | None:
    """Return why a library cannot be used, after opening it and reading its list of sessions; None: it can."""
    try:
        with Library(path, create=True) as library:
            library.sessions()
    except LibraryError as error:
        return error
    return None


_MOST = 100
_ROOM = 2**20
"""Bytes that a new library and its first session take, with some to spare."""
_TITLE = Text("The sessions cannot be opened", "No se pueden abrir las sesiones")
_UNTOUCHED = Text(
    "Nothing was written to that file, and nothing will be.", "No se escribió nada en ese archivo, ni se escribirá."
)
_REPAIR = Text(
    "You can mend that and start again: put back a copy of the file, free it where another program holds it, make "
    "room. Or name another library: {command} FILE",
    "Puede remediarlo y entrar de nuevo: reponer una copia del archivo, liberarlo si otro programa lo ocupa, hacer "
    "lugar. O nombrar otra biblioteca: {command} ARCHIVO",
)
_GO_ON = Text("Go on with the library {path}", "Seguir con la biblioteca {path}")
_BEGIN = Text("Begin a new library, {path}", "Comenzar una biblioteca nueva, {path}")
_LEAVE = Text("leave", "salir")
_CHOOSE = Text("choose", "elegir")
_OTHER_LANGUAGE = Text("español", "English")
