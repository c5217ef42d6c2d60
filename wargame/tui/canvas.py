"""A canvas of braille dots: two by four in every cell, one colour a cell, words and marks over the dots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rich.cells import cell_len

from wargame.tui.ink import Line, Piece

_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_BLANK = 0x2800


class Canvas:
    """Dots count from the upper left: x in half cells, y in quarters of cells. The last colour of a cell wins."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self._dots: dict[tuple[int, int], tuple[int, str]] = {}
        self._words: dict[tuple[int, int], Piece] = {}

    def dot(self, x: int, y: int, style: str) -> None:
        """Set a dot, if it lies on the canvas."""
        column, row = x >> 1, y >> 2
        if 0 <= column < self.width and 0 <= row < self.height:
            bits, _ = self._dots.get((column, row), (0, ""))
            self._dots[column, row] = (bits | _BITS[y & 3][x & 1], style)

    def line(
        self, start: tuple[float, float], end: tuple[float, float], style: str, of: int = 1, *, even: bool = False
    ) -> None:
        """Draw a line, one dot in ``of`` (1: solid); ``even``: counted along the line, not over the canvas."""
        (x0, y0), (x1, y1) = start, end
        if max(x0, x1) < 0 or min(x0, x1) > 2 * self.width or max(y0, y1) < 0 or min(y0, y1) > 4 * self.height:
            return
        steps = max(int(max(abs(x1 - x0), abs(y1 - y0))), 1)
        if steps > 20_000:
            return
        for step in range(steps + 1):
            x, y = round(x0 + (x1 - x0) * step / steps), round(y0 + (y1 - y0) * step / steps)
            if of == 1 or (step if even else x + y) % of == 0:
                self.dot(x, y, style)

    def path(self, points: Sequence[tuple[float, float]], style: str, of: int = 1) -> None:
        """Draw a line through several points."""
        for start, end in pairwise(points):
            self.line(start, end, style, of)

    def write(self, column: int, row: int, text: str, style: str) -> None:
        """Write words over the dots; what does not fit on the canvas is left out."""
        for i, letter in enumerate(text):
            if 0 <= column + i < self.width and 0 <= row < self.height and cell_len(letter) == 1:
                self._words[column + i, row] = (letter, style)

    def is_free(self, column: int, row: int, length: int) -> bool:
        """Say whether some cells lie on the canvas and bear no words."""
        if not 0 <= row < self.height or column < 0 or column + length > self.width:
            return False
        return all((column + i, row) not in self._words for i in range(length))

    def word_at(self, column: int, row: int) -> str:
        """Return the letter of a word in a cell; empty if there is none."""
        return self._words[column, row][0] if (column, row) in self._words else ""

    def copy(self) -> Canvas:
        """Return a canvas with the same dots and words."""
        found = Canvas(self.width, self.height)
        found._dots, found._words = dict(self._dots), dict(self._words)
        return found

    def lines(self) -> Iterator[Line]:
        """Yield the rows as lines of styled text."""
        for row in range(self.height):
            pieces: list[Piece] = []
            for column in range(self.width):
                text, style = self._cell(column, row)
                before = pieces[-1][1] if pieces else None
                if before is not None and (before == style or (text == " " and not style and not _fills(before))):
                    pieces[-1] = (pieces[-1][0] + text, before)  # fewer pieces draw faster
                else:
                    pieces.append((text, style))
            yield tuple(pieces)

    def _cell(self, column: int, row: int) -> Piece:
        if (column, row) in self._words:
            return self._words[column, row]
        if (column, row) in self._dots:
            bits, style = self._dots[column, row]
            return chr(_BLANK + bits), style
        return " ", ""


def _fills(style: str) -> bool:
    """Say whether a style would show on a blank: one that colours letters alone does not."""
    return any(word in ("on", "reverse", "underline") for word in style.split())
