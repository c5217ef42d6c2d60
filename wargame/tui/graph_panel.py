"""A small graph: names in columns, lines between them in dots, the one in the middle the one that is asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from wargame.tui.canvas import Canvas
from wargame.tui.ink import cut, words_of
from wargame.tui.panel import Panel, content_of

_GAP = 1
"""Cells between a name and its line."""
_LINE = 4
"""Cells a name leaves to its line: the columns at the sides need no line outwards."""


@dataclass(frozen=True, slots=True)
class Node:
    """A name, and its column: 0 in the middle."""

    id: str
    name: str
    step: int


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two names: one dot in ``of``, a mark in its middle, an arrow at its end if it leads one way."""

    start: str
    end: str
    of: int
    style: str
    mark: str
    arrow: bool


class GraphPanel(Panel):
    """The graph. It is drawn anew whenever another line is at the cursor of the list beside it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.can_focus = False
        self.nodes: tuple[Node, ...] = ()
        self.edges: tuple[Edge, ...] = ()
        self.here = ""
        """The name that stands out: the one at the cursor of the list."""

    def draw(self, title: str, nodes: Sequence[Node], edges: Sequence[Edge], here: str) -> None:
        """Show a graph."""
        self.nodes, self.edges, self.here = tuple(nodes), tuple(edges), here
        self.show(title, [])

    def render(self) -> Content:
        """Draw lines, then names over them."""
        width, height = self.size.width, max(self.size.height - 1, 1)
        canvas = Canvas(width, height)
        places = placed(self.nodes, width, height)
        for edge in sorted(self.edges, key=lambda e: self.here in (e.start, e.end)):
            _draw_edge(canvas, edge, places, bold=self.here in (edge.start, edge.end))
        for node in self.nodes:
            column, row, name = places[node.id]
            middle = node.step == 0
            style = "bold $accent" if node.id == self.here else "bold" if middle else ""
            canvas.write(column, row, f" {name} "[: max(width - column, 0)], style)
        return content_of([self._title_line(width), *canvas.lines()])


Places = Mapping[str, tuple[int, int, str]]
"""Name → column and row of its first cell, and the name as far as there is room."""


def placed(nodes: Sequence[Node], width: int, height: int) -> Places:
    """Return where each name is written: in columns from left to right, each column spread over the height."""
    steps = sorted({node.step for node in nodes})
    columns = {step: [n for n in nodes if n.step == step] for step in steps}
    room = max(width // max(len(steps), 1) - _LINE, 8)
    found: dict[str, tuple[int, int, str]] = {}
    for n, step in enumerate(steps):
        some = columns[step]
        for i, node in enumerate(some):
            name = words_of(cut(((node.name, ""),), room))
            size = cell_len(name) + 2
            share = n / (len(steps) - 1) if len(steps) > 1 else 0.5
            column = round((width - size) * share)
            row = min(int((i + 0.5) * height / len(some)), height - 1)
            found[node.id] = column, row, name
    return found


def _draw_edge(canvas: Canvas, edge: Edge, places: Places, *, bold: bool) -> None:
    start, end = places[edge.start], places[edge.end]
    rightward = start[0] <= end[0]
    left, right = (start, end) if rightward else (end, start)
    x0, x1 = 2 * (left[0] + cell_len(left[2]) + 2 + _GAP), 2 * (right[0] - _GAP)
    y0, y1 = 4 * left[1] + 2, 4 * right[1] + 2
    if x1 <= x0:  # two names of one column: a line down their left ends
        x0 = x1 = 2 * left[0] + 2
    style = f"bold {edge.style}" if bold else edge.style
    canvas.line((x0, y0), (x1, y1), style, edge.of, even=True)
    if edge.mark:
        _put(canvas, (x0 + x1) // 4, (y0 + y1) // 8, edge.mark, style)
    if edge.arrow:
        tip = (x1 // 2 - 1, y1 // 4, "→") if rightward else (x0 // 2, y0 // 4, "←")
        _put(canvas, *tip, style)


def _put(canvas: Canvas, column: int, row: int, mark: str, style: str) -> None:
    if canvas.is_free(column, row, 1):
        canvas.write(column, row, mark, style)
