"""A causal-loop diagram as SVG: numbers in boxes, arrows with their signs. Drawn alike every time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from math import cos, hypot, pi, sin, sqrt
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import networkx

_CHARACTERS: Final = 18
"""Characters of a line in a box."""
_CHARACTER, _LINE, _PAD = 6.6, 14.0, 8.0
_ROOM: Final = 150.0
"""How far apart neighbours would like to be."""
_MARGIN: Final = 40.0
_WIDEST: Final = 1900.0
_COLOURS: Final = {1: "#1b5e91", -1: "#a4342a", 0: "#8a8a8a"}
_DASHES: Final = {1: "", -1: "7 4", 0: "2 4"}
_MARKS: Final = {1: "+", -1: "−", 0: "±"}


@dataclass
class _Box:
    x: float
    y: float
    lines: list[str]

    @property
    def width(self) -> float:
        return max(len(line) for line in self.lines) * _CHARACTER + 2 * _PAD

    @property
    def height(self) -> float:
        return len(self.lines) * _LINE + _PAD

    def border(self, x: float, y: float, gap: float = 0.0) -> tuple[float, float]:
        """Return the point of the border on the way to another point."""
        dx, dy = x - self.x, y - self.y
        if dx == dy == 0:
            return self.x, self.y
        half_x, half_y = self.width / 2 + gap, self.height / 2 + gap
        part = min(half_x / abs(dx) if dx else 1e9, half_y / abs(dy) if dy else 1e9)
        return self.x + dx * part, self.y + dy * part


def picture(graph: networkx.DiGraph[str], titles: Mapping[str, str], heading: str, legend: str) -> str:
    """Return the diagram of a graph whose edges have a sign."""
    boxes, width, height = _laid_out(graph, titles)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" font-family="sans-serif" font-size="12">',
        f"<title>{escape(heading)}</title>",
        f"<desc>{escape(legend)}</desc>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        "<defs>",
        *(
            f'<marker id="end{sign + 1}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
            f'orient="auto"><path d="M0 0 L10 5 L0 10 z" fill="{colour}"/></marker>'
            for sign, colour in _COLOURS.items()
        ),
        "</defs>",
        f'<text x="{_MARGIN}" y="26" font-size="17" font-weight="bold">{escape(heading)}</text>',
        f'<text x="{_MARGIN}" y="44" fill="#555555">{escape(legend)}</text>',
        *(_arrow(boxes, source, target, data) for source, target, data in sorted(graph.edges(data=True), key=_by_ends)),
        *(_node(box) for _, box in sorted(boxes.items())),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _by_ends(edge: tuple[str, str, Any]) -> tuple[str, str]:
    return edge[0], edge[1]


def _node(box: _Box) -> str:
    left, top = box.x - box.width / 2, box.y - box.height / 2
    lines = "".join(
        f'<tspan x="{box.x:.1f}" y="{top + _LINE * (n + 1) - 1:.1f}">{escape(line)}</tspan>'
        for n, line in enumerate(box.lines)
    )
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" rx="6" '
        f'fill="#f4f1e8" stroke="#6b6455"/><text text-anchor="middle">{lines}</text>'
    )


def _arrow(boxes: Mapping[str, _Box], source: str, target: str, data: Mapping[str, Any]) -> str:
    """Return a bowed arrow from border to border, with its sign near the end and its rules as a tooltip."""
    a, b, sign = boxes[source], boxes[target], data["sign"]
    far = hypot(b.x - a.x, b.y - a.y) or 1.0
    bow = min(0.14 * far, 40.0)
    middle_x = (a.x + b.x) / 2 + (a.y - b.y) / far * bow
    middle_y = (a.y + b.y) / 2 + (b.x - a.x) / far * bow
    x1, y1 = a.border(middle_x, middle_y)
    x2, y2 = b.border(middle_x, middle_y, 2.0)
    near_x, near_y = (0.2 * middle_x + 0.8 * x2), (0.2 * middle_y + 0.8 * y2)
    aside_x, aside_y = (y2 - middle_y), (middle_x - x2)
    length = hypot(aside_x, aside_y) or 1.0
    dash = f' stroke-dasharray="{_DASHES[sign]}"' if _DASHES[sign] else ""
    return (
        f'<g stroke="{_COLOURS[sign]}"><title>{escape(str(data["rules"]))}</title>'
        f'<path d="M{x1:.1f} {y1:.1f} Q{middle_x:.1f} {middle_y:.1f} {x2:.1f} {y2:.1f}" fill="none" '
        f'stroke-width="1.4"{dash} marker-end="url(#end{sign + 1})"/></g>'
        f'<text x="{near_x + 8 * aside_x / length:.1f}" y="{near_y + 8 * aside_y / length + 4:.1f}" '
        f'text-anchor="middle" font-weight="bold" fill="{_COLOURS[sign]}">{_MARKS[sign]}</text>'
    )


# ── layout ───────────────────────────────────────────────────────────────────────────────────────────────────


def _laid_out(graph: networkx.DiGraph[str], titles: Mapping[str, str]) -> tuple[dict[str, _Box], float, float]:
    """Place each connected part by itself, then set the parts beside one another, row by row."""
    import networkx

    parts = sorted(networkx.weakly_connected_components(graph), key=lambda part: (-len(part), min(part)))
    boxes: dict[str, _Box] = {}
    left, top, row, widest = _MARGIN, 70.0, 0.0, 0.0
    for part in parts:
        placed = _place(graph.subgraph(sorted(part)), titles)
        x0 = min(b.x - b.width / 2 for b in placed.values())
        y0 = min(b.y - b.height / 2 for b in placed.values())
        wide = max(b.x + b.width / 2 for b in placed.values()) - x0
        tall = max(b.y + b.height / 2 for b in placed.values()) - y0
        if left > _MARGIN and left + wide > _WIDEST - _MARGIN:
            left, top, row = _MARGIN, top + row + _MARGIN, 0.0
        for box in placed.values():
            box.x += left - x0
            box.y += top - y0
        boxes |= placed
        left, row = left + wide + _MARGIN, max(row, tall)
        widest = max(widest, left)
    return boxes, max(widest, 620.0), top + row + _MARGIN


def _place(graph: Any, titles: Mapping[str, str]) -> dict[str, _Box]:
    """Place one connected part by springs, stretch it sideways, and push boxes off one another."""
    import networkx

    names = list(graph.nodes)
    count = len(names)
    ring = {name: (cos(2 * pi * i / count), sin(2 * pi * i / count)) for i, name in enumerate(names)}
    spread = networkx.spring_layout(
        graph.to_undirected(), pos=ring, k=1.8 / sqrt(count), iterations=300, seed=1, method="force"
    )
    size = _ROOM * sqrt(count)
    boxes = {
        name: _Box(float(x) * size * 1.15, float(y) * size * 0.75, wrap(titles.get(name, name), _CHARACTERS) or [name])
        for name, (x, y) in spread.items()
    }
    for _ in range(200):
        if not _push(list(boxes.values())):
            break
    return boxes


def _push(boxes: list[_Box]) -> bool:
    """Move boxes that overlap away from one another; say whether any did."""
    moved = False
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            over_x = (a.width + b.width) / 2 + 26 - abs(a.x - b.x)
            over_y = (a.height + b.height) / 2 + 24 - abs(a.y - b.y)
            if over_x <= 0 or over_y <= 0:
                continue
            moved = True
            if over_x < over_y:
                step = over_x / 2 if a.x < b.x else -over_x / 2
                a.x, b.x = a.x - step, b.x + step
            else:
                step = over_y / 2 if a.y < b.y else -over_y / 2
                a.y, b.y = a.y - step, b.y + step
    return moved
