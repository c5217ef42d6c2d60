"""A plot of one number over turns in braille dots, with lanes of orders and events under it, turn by turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.message import Message

from wargame.tui.canvas import Canvas
from wargame.tui.ink import Line, cut, pad
from wargame.tui.panel import Panel, content_of

_LEFT = 9
"""Cells for the scale at the left."""


@dataclass(frozen=True, slots=True)
class Series:
    """What is plotted: values at the start of turns 1, 2, 3 …, their error, and how a number is written."""

    values: tuple[float, ...] = ()
    deviation: float = 0.0
    turns: int = 1
    """How many turns the session has in all."""
    written: Callable[[float, int], str] = "{:.{}f}".format
    """Writes a number with so many decimals."""
    other: tuple[float, ...] = ()
    """The same number in another session."""
    low: float = float("-inf")
    """What the number is never below."""
    start: str = ""
    """How the moment before the first turn is called; the others are called after the turn that led there."""


_LABEL = 4.5
"""Cells from the name of one moment to the next, at least; where turns are closer, only some are named."""


class Plot(Panel):
    """The plot. ← and → move to another turn."""

    class TurnChosen(Message):
        """Another turn stands under the cursor."""

        def __init__(self, turn: int) -> None:
            self.turn = turn
            super().__init__()

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.series = Series()
        self.lanes: tuple[tuple[str, Mapping[int, str], str], ...] = ()
        """Name, turn → mark, style."""
        self.turn = 1

    def plot(
        self, title: str, meta: Line, series: Series, lanes: Sequence[tuple[str, Mapping[int, str], str]], turn: int
    ) -> None:
        """Show a number."""
        self.series, self.lanes, self.turn = series, tuple(lanes), turn
        self.show(title, [], meta=meta)

    def action_turn(self, by: int) -> None:
        """Move to another turn."""
        turn = min(max(self.turn + by, 1), self.last)
        if turn != self.turn:
            self.turn = turn
            self.refresh()
            self.post_message(self.TurnChosen(turn))

    @property
    def last(self) -> int:
        """Return the last turn that can be looked at."""
        return max(len(self.series.values), len(self.series.other))

    def _column(self, turn: int, width: int) -> int:
        return round((turn - 1) * (width - 4) / max(self.series.turns, 1)) + 1

    def render(self) -> Content:
        """Draw title, plot, turns and lanes."""
        width = self.size.width - _LEFT
        height = max(self.size.height - 2 - len(self.lanes), 3)
        lines: list[Line] = [self._title_line(self.size.width)]
        if not self.series.values or width < 10:
            return content_of(lines)
        lines += self._graph(width, height)
        lines.append(self._turns(width))
        for name, marks, style in self.lanes:
            lines.append((*pad(((f"{name} ", "$dim"),), _LEFT, right=True), *self._lane(marks, style, width)))
        return content_of(lines)

    def _graph(self, width: int, height: int) -> list[Line]:
        low, high = self._range()
        canvas = Canvas(width, height)

        def spot(turn: int, value: float) -> tuple[float, float]:
            return 2 * self._column(turn, width) + 0.5, (4 * height - 3) * (1 - (value - low) / (high - low)) + 1

        at = self._column(self.turn, width)
        for dot in range(0, 4 * height, 2):
            canvas.dot(2 * at, dot, "$faint")
        values = list(enumerate(self.series.values, 1))
        if self.series.deviation:
            for sign in (-1, 1):
                canvas.path([spot(t, v + sign * self.series.deviation) for t, v in values], "$est", 4)
        others = list(enumerate(self.series.other, 1))
        canvas.path([spot(t, v) for t, v in others], "$accent", 3)
        canvas.path([spot(t, v) for t, v in values], "")
        for turn, value in others:
            x, y = spot(turn, value)
            canvas.write(int(x // 2), int(y // 4), "○", "bold $accent")
        for turn, value in values:
            x, y = spot(turn, value)
            canvas.write(int(x // 2), int(y // 4), "●", "bold $accent" if turn == self.turn else "bold")
        labels: dict[int, float] = {0: high, height - 1: low}
        if height >= 7:
            labels[height // 2] = (low + high) / 2
        found: list[Line] = []
        for row, line in enumerate(canvas.lines()):
            words = self._scale(labels[row]) if row in labels else ""
            found.append((*pad(((words + " ", "$dim"),), _LEFT - 1, right=True), ("│", "$line"), *line))
        return found

    def _range(self) -> tuple[float, float]:
        spread, values = self.series.deviation, (*self.series.values, *self.series.other)
        low, high = min(values) - spread, max(values) + spread
        margin = (high - low) * 0.08 or max(abs(high) * 0.05, 0.5)
        floor = 0.0 if min(values) >= 0 else min(self.series.low, *values)  # what has never been negative needs no less
        return max(low - margin, floor), high + margin

    def _scale(self, value: float) -> str:
        return self.series.written(value, 0 if abs(value) >= 100 else 1)

    def _turns(self, width: int) -> Line:
        """Return the names of the moments: the one at the cursor always, the others where there is room."""
        canvas = Canvas(width, 1)
        last = self.series.turns + 1
        space = (width - 4) / max(self.series.turns, 1)
        step = next((n for n in range(1, self.series.turns) if n * space >= _LABEL), 1)
        for turn in dict.fromkeys((self.turn, 1, *range(last, 1, -step))):
            said = f"T{turn - 1}" if turn > 1 else self.series.start
            column = min(max(self._column(turn, width) - (len(said) > 2), 0), width - len(said))
            around = max(column - 1, 0)
            if canvas.is_free(around, 0, min(column + len(said) + 1, width) - around):
                canvas.write(column, 0, said, "bold $accent" if turn == self.turn else "$dim")
        return (*pad((), _LEFT - 1), ("└", "$line"), *next(canvas.lines()))

    def _lane(self, marks: Mapping[int, str], style: str, width: int) -> Line:
        """Return what turns had: each turn lies half way between the moments before it and after it."""
        canvas = Canvas(width, 1)
        for turn in range(1, self.series.turns + 1):
            said, column = marks.get(turn, "·"), (self._column(turn, width) + self._column(turn + 1, width)) // 2
            canvas.write(column, 0, said, style if turn in marks else "$line")
        return cut(next(canvas.lines()), width)
