"""The columns of the tables of actors and zones: how wide they are, and what is written into them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from wargame.telling.surroundings import Cell
from wargame.tui import marks
from wargame.tui.ink import Line, columns, shortened, width_of

_CHANGE = "Δ"
Bounds = tuple[float, float]

NUMBER, CHANGE, _NARROW = 12, 5, 46
ROOMY, TRACK, _NAME = 88, 21, 34
"""On tables as wide as the first, the first number is drawn on a track as wide as the second; names keep the third."""


_LEAST_NAME, _FEWEST = 30, 2
"""Cells that names keep beside wide columns, and columns that are kept even where their titles are cut short."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How wide the columns of a table are; a column of width 0 is left out."""

    name: int
    count: int
    """How many numbers fit."""
    history: int
    number: int
    change: int
    track: int


def layout_of(width: int, titles: Sequence[str], turns: int) -> Layout:
    """Return the widths of the columns; nothing has changed before the first turn, and then names want the room.

    What names do not need goes to the numbers, until their titles can be read.
    """
    number, change = NUMBER if width >= _NARROW else NUMBER - 5, CHANGE if turns else 0
    one = number + 1 + (change + 1 if change else 0)
    history = 8 if width >= 42 and turns else 0
    track = TRACK if width >= ROOMY else 0
    room = width - (history + 1 if history else 0) - (track + 1 if track else 0)
    fitting = (room - (_NAME if track else 20)) // one if width >= _NARROW else 1
    count = max(1, min(len(titles), fitting))

    def more_of(count: int) -> tuple[int, int]:
        """Return what the titles of so many columns lack, and what names can spare for each of them."""
        lacking = max(max(map(cell_len, titles[1:count]), default=0) - number, 0)  # the first spreads over the names
        return lacking, max(room - count * one - _LEAST_NAME, 0) // count

    while count > _FEWEST and more_of(count)[0] > more_of(count)[1]:
        count -= 1  # a title that can be read is worth more than one more number
    more = min(more_of(count))
    return Layout(max(room - count * (one + more), 8), count, history, number + more, change, track)


def heads_of(
    titles: Sequence[str], bounds: Bounds, width: int, turns: int, history: str, number: Callable[[float, int], str]
) -> Line:
    """Return the heading of a table, each title flush with its numbers; it spreads to the left where that is free."""
    fit = layout_of(width, titles, turns)
    cells: list[tuple[Line, int]] = [((), fit.name)]
    for title in titles[: fit.count]:
        room, (before, left) = fit.number, cells[-1]
        if left and not width_of(before) and (more := min(cell_len(title) - room, left)) > 0:
            room, cells[-1] = room + more, (before, left - more)  # into what stands empty before it
        cells.append((((shortened(title, room), "$dim"),), -room))
        first = title == titles[0]
        cells.append((((_CHANGE, "$dim"),) if first and (fit.count == 1 or fit.history) else (), fit.change))
        if first:
            cells += [(((history, "$dim"),), fit.history), (ends_of(bounds, number), fit.track)]
    return columns(cells)


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
