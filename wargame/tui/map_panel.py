"""The map: coasts and borders in braille, places as marks with their names, routes between them as lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, MouseDown, MouseMove, MouseUp

from wargame.tui.atlas import REGION, Chart, Place, around, chart_of, draw_outlines
from wargame.tui.canvas import Canvas
from wargame.tui.ink import Line
from wargame.tui.labels import Label, Placed, set_labels
from wargame.tui.panel import Draw, Panel, Row, content_of


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map, with the mark that says how it stands."""

    id: str
    name: str
    short: str
    at: Place
    mark: str
    style: str
    weight: int = 0
    """Labels are set in order of weight, the heaviest first."""
    number: int = 0
    """Stands for the name where there is no room for it; the table has it before the name."""


@dataclass(frozen=True, slots=True)
class Route:
    """A line between two places: one dot in ``of``, a mark in the middle, and an arrow where it leads one way."""

    start: Place
    end: Place
    of: int
    style: str
    mark: str = ""
    arrow: bool = False


def no_legend(width: int) -> Sequence[Line]:
    """Explain nothing."""
    return []


class MapPanel(Panel):
    """The theatre. Arrows visit the places; the view follows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "go(-1, 0)", show=False),
        Binding("right", "go(1, 0)", show=False),
        Binding("up", "go(0, -1)", show=False),
        Binding("down", "go(0, 1)", show=False),
    ]

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.spots: tuple[Spot, ...] = ()
        self.routes: tuple[Route, ...] = ()
        self.legend: Draw = no_legend
        self._titled: Callable[[int], str] = lambda width: ""
        self.chart: Chart | None = None
        self.labels: list[Placed] = []
        """What was set beside the marks when they were last drawn."""
        self._whole = False
        self._base: tuple[Chart, Canvas] | None = None
        self._dragged: tuple[int, int] | None = None

    # ── what it shows ───────────────────────────────────────────────────────────────────────────────────────

    def show_map(
        self, title: Callable[[int], str], meta: Line, spots: Sequence[Spot], routes: Sequence[Route], legend: Draw
    ) -> None:
        """Show places and routes; the view stays as it is. Title and legend are made to the width there is."""
        self.spots, self.routes, self.legend, self._titled = tuple(spots), tuple(routes), legend, title
        self.show(title(self.size.width), [Row(lambda width: [()], spot.id) for spot in spots], meta=meta)

    def _routes_shown(self) -> list[Route]:
        """Return the routes at the cursor, and of the others only as many of the largest as the map can bear."""
        here = self.spot.at if self.spot else None
        own = [r for r in self.routes if here in (r.start, r.end)]
        others = [r for r in self.routes if r not in own]
        return [*others[: max(self.size.width // _CELLS_OF_ROUTE - len(own), 0)], *own]

    @property
    def spot(self) -> Spot | None:
        """Return the place under the cursor."""
        return self.spots[self.at] if self.at < len(self.spots) else None

    def _room(self) -> int:
        return max(self.size.height - 1 - len(self.legend(self.size.width)), 1)

    def _meta(self, width: int) -> Line:
        return self.meta

    def _fitted(self) -> Chart:
        width, height = max(self.size.width, 4), self._room()
        if self.chart is None or (self.chart.width, self.chart.height) != (width, height):
            self.chart = chart_of(REGION if self._whole else around(s.at for s in self.spots), width, height)
        return self.chart

    # ── drawing ─────────────────────────────────────────────────────────────────────────────────────────────

    def render(self) -> Content:
        """Draw outlines, routes, marks and names, in this order."""
        chart = self._fitted()
        self.title = self._titled(self.size.width)
        if self._base is None or self._base[0] != chart:
            canvas = Canvas(chart.width, chart.height)
            draw_outlines(canvas, chart)
            self._base = chart, canvas
        canvas = self._base[1].copy()
        for route in self._routes_shown():
            _draw_route(canvas, chart, route)
        self._draw_spots(canvas, chart)
        return content_of([self._title_line(self.size.width), *canvas.lines(), *self.legend(self.size.width)])

    def _draw_spots(self, canvas: Canvas, chart: Chart) -> None:
        here = self.spot
        shown = [s for s in self.spots if chart.holds(s.at)]
        for spot in sorted(shown, key=lambda s: s is here):
            canvas.write(*chart.cell(spot.at), spot.mark, f"{spot.style} bold{' reverse' if spot is here else ''}")
        labels = [
            Label(chart.cell(spot.at), (spot.name, spot.short), spot.number, self._label_style(spot), spot is here)
            for spot in sorted(shown, key=lambda s: (s is not here, -s.weight))
        ]
        self.labels = set_labels(canvas, labels, [chart.cell(spot.at) for spot in shown])

    def _label_style(self, spot: Spot) -> str:
        return "$dim" if spot is not self.spot else "bold $accent" if self.has_focus else "bold"

    # ── moving ──────────────────────────────────────────────────────────────────────────────────────────────

    def zoom(self, factor: float) -> None:
        """Come closer to the cursor, or go further away."""
        self.chart = self._fitted().zoomed(factor, self.spot.at if self.spot else None)
        self._follow()
        self.refresh()

    def show_whole(self) -> None:
        """Show the whole region, or the theatre again."""
        self._whole = not self._whole
        self.chart = None
        self.refresh()

    def action_go(self, right: int, down: int) -> None:
        """Visit the nearest place in a direction; where there is none, move the view."""
        here = self.spot
        chart = self._fitted()
        if here is None:
            self.chart = chart.moved(4 * right, 2 * down)
            self.refresh()
            return
        x, y = chart.spot(here.at)
        best: tuple[float, int] | None = None
        for i, spot in enumerate(self.spots):
            sx, sy = chart.spot(spot.at)
            along, aside = (sx - x) * right + (sy - y) * down, abs((sx - x) * down) + abs((sy - y) * right)
            if i != self.at and along > 0 and aside <= 2 * along:
                score = along + 2 * aside
                best = min(best, (score, i)) if best else (score, i)
        if best is not None:
            self._move_to(best[1])
            self._follow()

    def _follow(self) -> None:
        chart, here = self._fitted(), self.spot
        if here is None:
            return
        column, row = chart.cell(here.at)
        side, edge = 8, 3
        right = min(column - side, 0) + max(column - (chart.width - side), 0)
        down = min(row - edge, 0) + max(row - (chart.height - edge), 0)
        if right or down:
            self.chart = chart.moved(right, down)
            self.refresh()

    def _keep_in_sight(self) -> None:
        """Places are kept in sight by moving the view."""

    # ── mouse ───────────────────────────────────────────────────────────────────────────────────────────────

    def on_mouse_down(self, event: MouseDown) -> None:
        """Begin to drag."""
        self._dragged = event.x, event.y
        self.capture_mouse()

    def on_mouse_move(self, event: MouseMove) -> None:
        """Drag the map."""
        if self._dragged is not None and (event.x, event.y) != self._dragged:
            self.chart = self._fitted().moved(self._dragged[0] - event.x, self._dragged[1] - event.y)
            self._dragged = event.x, event.y
            self.refresh()

    def on_mouse_up(self, event: MouseUp) -> None:
        """End dragging."""
        self._dragged = None
        self.release_mouse()

    def on_click(self, event: Click) -> None:
        """Put the cursor on the nearest place."""
        chart = self._fitted()
        near = [
            (abs(c - event.x) + 2 * abs(r + 1 - event.y), i)
            for i, s in enumerate(self.spots)
            for c, r in [chart.cell(s.at)]
        ]
        if near and min(near)[0] <= 6:
            self._move_to(min(near)[1])
            if event.chain > 1:
                self.action_choose()


_CELLS_OF_ROUTE = 10
"""One route is drawn for so many cells of the map."""


def _draw_route(canvas: Canvas, chart: Chart, route: Route) -> None:
    (x0, y0), (x1, y1) = chart.spot(route.start), chart.spot(route.end)
    canvas.line((x0, y0), (x1, y1), route.style, route.of, even=True)
    if route.mark:
        _put(canvas, (x0 + x1) / 2, (y0 + y1) / 2, route.mark, route.style)
    if route.arrow:
        length = max(abs(x1 - x0) / 2, abs(y1 - y0) / 4, 1.0)
        share = max(1 - _BEFORE_END / length, 0.6)
        arrow = ("→" if x1 > x0 else "←") if abs(x1 - x0) >= abs(y1 - y0) / 2 else "↓" if y1 > y0 else "↑"
        _put(canvas, x0 + (x1 - x0) * share, y0 + (y1 - y0) * share, arrow, route.style)


_BEFORE_END = 1.5
"""How many cells before its end a line has its arrow."""


def _put(canvas: Canvas, x: float, y: float, mark: str, style: str) -> None:
    column, row = int(x / 2), int(y / 4)
    if canvas.is_free(column, row, 1):
        canvas.write(column, row, mark, style)
