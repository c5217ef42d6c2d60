"""Names beside marks on a map: whole, else short, else a number that stands before the name in the table. Never cut.

A name is set only where nobody can take it for that of another mark: its own lies nearer to it than any other, or a
line leads to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from wargame.tui.canvas import Canvas

Cell = tuple[int, int]
"""Column and row."""


@dataclass(frozen=True, slots=True)
class Label:
    """What may be said beside a mark, the best first; the number stands in where no name has room (0: none does)."""

    cell: Cell
    names: tuple[str, ...]
    number: int
    style: str
    insists: bool = False
    """It is named wherever there is room, even where another mark is as near: the cursor shows whose name it is."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What was set beside a mark, and where it begins."""

    cell: Cell
    text: str
    at: Cell
    led: bool = False
    """A line leads from it to the mark."""

    def far_from(self, mark: Cell) -> int:
        """Return how far a mark lies from the words: in columns between them, a row counting for two."""
        return _gap(self.at, cell_len(self.text), mark)


def set_labels(canvas: Canvas, labels: Sequence[Label], marks: Sequence[Cell]) -> list[Placed]:
    """Set what has room beside each mark, in the order given: names first, then numbers for those without one."""
    found: dict[int, Placed] = {}
    for wants_name in (True, False):
        for i, label in enumerate(labels):
            if i in found:
                continue
            waiting = {other.cell for n, other in enumerate(labels) if n not in found and n != i}
            best = _named(canvas, label, marks, waiting) if wants_name else None
            best = best or (None if wants_name else _led(canvas, label, marks) or _numbered(canvas, label))
            if best is not None:
                found[i] = best
                canvas.write(*best.at, best.text, label.style)
                if best.led:
                    _lead(canvas, best)
    return [found[i] for i in sorted(found)]


def _named(canvas: Canvas, label: Label, marks: Sequence[Cell], waiting: set[Cell]) -> Placed | None:
    """Return the best place for a name: at the mark's side before over or under it, whole before short.

    Of places that are equal so far, the one that takes the least room from marks that wait for their names.
    """
    for places in (_at_side, _over_and_under):
        for name in dict.fromkeys(label.names):
            size = cell_len(name)
            free = [at for at in places(label.cell, size) if _is_free(canvas, *at, size)]
            clear = [at for at in free if _is_clear(at, size, label.cell, marks)]
            if found := clear or (free if label.insists else []):
                return Placed(label.cell, name, min(found, key=lambda at: _hems_in(at, size, waiting)))
    return None


def _led(canvas: Canvas, label: Label, marks: Sequence[Cell]) -> Placed | None:
    """Return the nearest place further off in the row of a mark from which a line can lead to it."""
    column, row = label.cell
    for name in dict.fromkeys(reversed(label.names)):  # a short name leaves room for others
        size = cell_len(name)
        for far in range(_SIDE, _LED):
            for x in (column - far - size, column + far):
                first, last = min(x, column + 1) - 1, max(x + size, column) + 1
                clear = all(
                    mark[1] != row or mark[0] == column or not first - 2 <= mark[0] <= last + 1 for mark in marks
                )
                apart = [c for c in range(first, last) if c != column and not canvas.is_free(c, row, 1)]
                if clear and not apart and first >= 0 and last <= canvas.width:
                    return Placed(label.cell, name, (x, row), led=True)
    return None


def _lead(canvas: Canvas, placed: Placed) -> None:
    """Draw the line from a name to its mark."""
    (x, row), column = placed.at, placed.cell[0]
    end = x + cell_len(placed.text)
    start, stop = (end + 1, column) if x < column else (column + 1, x - 1)
    canvas.write(start, row, "─" * (stop - start), "$line")


def _numbered(canvas: Canvas, label: Label) -> Placed | None:
    said = str(label.number) if label.number else ""
    for x, y in _near(label.cell, len(said)) if said else ():
        if canvas.is_free(x, y, len(said)) and _stands_apart(canvas, x, y, len(said)):
            return Placed(label.cell, said, (x, y))
    return None


def _gap(at: Cell, size: int, mark: Cell) -> int:
    (x, y), (column, row) = at, mark
    return max(x - column - 1, column - x - size, 0) + 2 * abs(row - y)


def _is_clear(at: Cell, size: int, own: Cell, marks: Sequence[Cell]) -> bool:
    """Say whether every other mark lies further from some words than their own."""
    far = _gap(at, size, own)
    return all(mark == own or _gap(at, size, mark) > far for mark in marks if abs(mark[1] - at[1]) < far + 1)


def _hems_in(at: Cell, size: int, waiting: set[Cell]) -> int:
    """Return how many marks still without a name would have these words right at their side."""
    x, y = at
    return sum(row == y and (x - _SIDE <= column < x + size + _SIDE) for column, row in waiting)


_LED = 16
"""So many columns lie between a mark and a name that is led to it, at most."""
_SIDE = 4
"""So many columns beside a mark are what its own name needs first."""


def _is_free(canvas: Canvas, x: int, y: int, size: int) -> bool:
    first, last = max(x - 1, 0), min(x + size + 1, canvas.width)
    return canvas.is_free(x, y, size) and canvas.is_free(first, y, last - first)


def _stands_apart(canvas: Canvas, x: int, y: int, size: int) -> bool:
    """Say whether no name or number begins or ends right beside some cells: two would read as one."""
    return not any(canvas.word_at(at, y).isalnum() for at in (x - 1, x + size))


def _at_side(cell: Cell, size: int) -> Iterator[Cell]:
    column, row = cell
    yield from ((column + 2, row), (column - size - 1, row))


def _over_and_under(cell: Cell, size: int) -> Iterator[Cell]:
    column, row = cell
    middle = column - size // 2
    yield from (
        (middle, row - 1), (middle, row + 1),
        (column, row - 1), (column, row + 1), (column - size + 1, row - 1), (column - size + 1, row + 1),
        (column + 2, row - 1), (column + 2, row + 1), (column - size - 1, row - 1), (column - size - 1, row + 1),
    )  # fmt: skip


def _near(cell: Cell, size: int) -> Iterator[Cell]:
    column, row = cell
    yield from ((column + 1, row), (column - size, row), (column, row - 1), (column, row + 1))
    yield from ((column - size + 1, row - 1), (column - size + 1, row + 1))
