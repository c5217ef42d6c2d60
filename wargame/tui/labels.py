"""Names beside marks on a map: whole, else short, else a number that stands before the name in the table. Never cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from wargame.tui.canvas import Canvas


def set_label(canvas: Canvas, cell: tuple[int, int], names: Sequence[str], number: int, style: str) -> str:
    """Set the first name for which there is room beside a mark, else its number; return what was set."""
    for name in dict.fromkeys(names):
        for x, y in _beside(cell, cell_len(name)):
            if _is_free(canvas, x, y, cell_len(name), 1):
                canvas.write(x, y, name, style)
                return name
    said = str(number) if number else ""
    for x, y in _near(cell, len(said)) if said else ():
        if canvas.is_free(x, y, len(said)) and _stands_apart(canvas, x, y, len(said)):
            canvas.write(x, y, said, style)
            return said
    return ""


def _is_free(canvas: Canvas, x: int, y: int, size: int, halo: int) -> bool:
    first, last = max(x - halo, 0), min(x + size + halo, canvas.width)
    return canvas.is_free(x, y, size) and canvas.is_free(first, y, last - first)


def _stands_apart(canvas: Canvas, x: int, y: int, size: int) -> bool:
    """Say whether no name or number begins or ends right beside some cells: two would read as one."""
    return not any(canvas.word_at(at, y).isalnum() for at in (x - 1, x + size))


def _beside(cell: tuple[int, int], size: int) -> Iterator[tuple[int, int]]:
    column, row = cell
    middle = column - size // 2
    yield from (
        (column + 2, row), (column - size - 1, row), (middle, row - 1), (middle, row + 1),
        (column + 2, row - 1), (column + 2, row + 1), (column - size - 1, row - 1), (column - size - 1, row + 1),
        (column, row - 1), (column, row + 1), (column - size + 1, row - 1), (column - size + 1, row + 1),
    )  # fmt: skip


def _near(cell: tuple[int, int], size: int) -> Iterator[tuple[int, int]]:
    column, row = cell
    yield from ((column + 1, row), (column - size, row), (column, row - 1), (column, row + 1))
    yield from ((column - size + 1, row - 1), (column - size + 1, row + 1))
