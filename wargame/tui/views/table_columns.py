"""The columns of the tables of actors and zones: how wide they are, and what is written into them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from wargame.telling.surroundings import Cell
from wargame.tui import marks
from wargame.tui.ink import Line, width_of

Bounds = tuple[float, float]

NUMBER, CHANGE, _NARROW = 10, 5, 46
ROOMY, TRACK, _NAME = 88, 21, 34
"""On tables as wide as the first, the first number is drawn on a track as wide as the second; names keep the third."""


def layout_of(width: int, columns_wanted: int, turns: int) -> tuple[int, int, int]:
    """Return the width of the name, how many columns fit, and the width of the history, once there is one."""
    number, change = sizes_of(width, turns)
    one = number + 1 + (change + 1 if change else 0)
    history = 8 if width >= 42 and turns else 0
    room = width - (history + 1 if history else 0) - (TRACK + 1 if width >= ROOMY else 0)
    fitting = (room - (_NAME if width >= ROOMY else 20)) // one if width >= _NARROW else 1
    count = max(1, min(columns_wanted, fitting))
    return max(room - count * one, 8), count, history


def sizes_of(width: int, turns: int) -> tuple[int, int]:
    """Return the widths of a number and its change: nothing has changed before the first turn, and names want room."""
    if width >= _NARROW:
        return NUMBER, CHANGE
    return NUMBER - 3, CHANGE if turns else 0


def lacking(cells: Sequence[Cell | None]) -> tuple[bool, int]:
    """Return how much of a row is empty, for its place in the table: the first column, which always shows, first."""
    missing = [cell is None for cell in cells]
    return any(missing[:1]), sum(missing)


def number_of(cell: Cell | None, width: int) -> Line:
    """Return a number; its ± is left out where it would cut the number itself."""
    if cell is None:
        return (("–", "$dim"),)
    line = marks.sure(cell.shown, cell.deviation, cell.reading.sight)
    return line if width_of(line) <= width else line[:1]


def changed(cell: Cell | None) -> Line:
    """Return how a number has changed; nothing before the first turn."""
    if cell is None or len(cell.history) < 2:
        return ()
    return marks.change(cell.change, cell.reading.good, cell.change_shown)


def ends_of(bounds: Bounds, number: Callable[[float, int], str]) -> Line:
    """Return the two ends of a track, as its heading."""
    low, high = (number(value, 0) for value in bounds)
    return ((low, "$dim"), (" " * max(TRACK - len(low) - len(high), 1), ""), (high, "$dim"))
