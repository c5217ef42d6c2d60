"""A terminal that is too small to draw in: it is told its size, and no key does anything that nobody can see."""

from __future__ import annotations

from collections.abc import Callable

from textual.events import Event, Key
from textual.geometry import Size

from wargame.model.text import Text
from wargame.session.calling import to_type
from wargame.tui.fault import PlainlyEnding

_COLUMNS, _ROWS = 80, 24
_TINY = 12 * 40
"""Cells that hold no more than one sentence."""
_LEAVING = frozenset({"ctrl+c", "ctrl+q", "ctrl+z"})
"""Keys that are obeyed whatever is drawn."""


class Cautious(PlainlyEnding):
    """An app that obeys nothing but leaving, or closing a card, while its screen cannot be drawn."""

    async def on_event(self, event: Event) -> None:
        """Pass over the other keys."""
        if isinstance(event, Key) and is_too_small(self.size) and not self._leads_out(event.key):
            event.prevent_default().stop()
            return
        await super().on_event(event)

    def _leads_out(self, key: str) -> bool:
        return key in _LEAVING or key == ("escape" if self.screen.is_modal else "q")


def is_too_small(size: Size) -> bool:
    """Say whether the screens cannot be drawn in a terminal of a size; one without any size is not there yet."""
    return 0 < size.width < _COLUMNS or 0 < size.height < _ROWS


def too_small(say: Callable[[Text], str], size: Size) -> str:
    """Return what a terminal is told that is too small: in one sentence if there is room for no more."""
    text = _BRIEFLY if size.width * size.height < _TINY else _TOO_SMALL
    return say(text.fill(columns=size.width, rows=size.height, command=to_type("play --line")))


_BRIEFLY = Text("{columns}×{rows} is too small: 80×24. q leaves.", "{columns}×{rows} es muy poco: 80×24. q sale.")
_TOO_SMALL = Text(
    "This terminal has {columns} columns and {rows} rows; 80 and 24 are needed.\n\n"
    "Enlarge it, or make its letters smaller: everything is as you left it. Or leave with q and play in plain "
    "lines:\n\n"
    "{command}",
    "Esta terminal tiene {columns} columnas y {rows} filas; se necesitan 80 y 24.\n\n"
    "Agrándela o achique la letra: todo sigue como lo dejó. O salga con q y juegue en líneas de texto:\n\n"
    "{command}",
)
