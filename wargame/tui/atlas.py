"""Coasts and borders of the Americas, and the projection that puts them on a canvas.

Equirectangular, with the standard parallel at the centre of the view: braille dots are square where a cell is 1:2, so
one scale serves both axes, labels stay level, and a click is turned back into a place by one division.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from math import cos, radians

from wargame.tui.canvas import Canvas

Place = tuple[float, float]
"""Longitude and latitude."""

REGION = (-117.5, -56.0, -34.0, 33.0)
"""West, south, east, north of the whole map."""
ZOOM = 1.6
_FINE_FROM = 2.0
"""From so many dots for a degree on, the finer outlines are drawn."""
_CLOSEST = 60.0


@dataclass(frozen=True, slots=True)
class Chart:
    """A part of the world on a canvas: its centre, and how many dots a degree of latitude takes."""

    lon: float
    lat: float
    dots: float
    width: int
    height: int

    def spot(self, place: Place) -> tuple[float, float]:
        """Return where a place lies, in dots."""
        x = (place[0] - self.lon) * cos(radians(self.lat)) * self.dots + self.width
        y = (self.lat - place[1]) * self.dots + 2 * self.height
        return x, y

    def cell(self, place: Place) -> tuple[int, int]:
        """Return the column and row in which a place lies."""
        x, y = self.spot(place)
        return int(x // 2), int(y // 4)

    def place(self, column: int, row: int) -> Place:
        """Return the place in the middle of a cell."""
        x, y = 2 * column + 1 - self.width, 4 * row + 2 - 2 * self.height
        return self.lon + x / (cos(radians(self.lat)) * self.dots), self.lat - y / self.dots

    def holds(self, place: Place) -> bool:
        """Say whether a place lies on the canvas."""
        column, row = self.cell(place)
        return 0 <= column < self.width and 0 <= row < self.height

    def zoomed(self, factor: float, about: Place | None = None) -> Chart:
        """Return a closer or wider view, with a place (the centre if left out) where it was."""
        dots = min(max(self.dots * factor, 0.5), _CLOSEST)
        lon, lat = about or (self.lon, self.lat)
        share = self.dots / dots
        return replace(self, dots=dots, lon=lon + (self.lon - lon) * share, lat=lat + (self.lat - lat) * share)

    def moved(self, columns: float, rows: float) -> Chart:
        """Return a view moved by so many cells."""
        lon = self.lon + 2 * columns / (cos(radians(self.lat)) * self.dots)
        lat = self.lat - 4 * rows / self.dots
        return replace(self, lon=min(max(lon, -125.0), -30.0), lat=min(max(lat, -58.0), 45.0))


def chart_of(box: tuple[float, float, float, float], width: int, height: int) -> Chart:
    """Return the closest view that shows a box whole."""
    west, south, east, north = box
    lat = (south + north) / 2
    across = max((east - west) * cos(radians(lat)), 0.1)
    dots = min(2 * width / across, 4 * height / max(north - south, 0.1), _CLOSEST)
    return Chart((west + east) / 2, lat, dots, width, height)


def around(places: Iterable[Place], margin: float = 0.18, least: float = 4.0) -> tuple[float, float, float, float]:
    """Return a box around some places, with room at its edges; the whole region where none of them lies in it."""
    west, south, east, north = REGION
    found = [p for p in places if west <= p[0] <= east and south <= p[1] <= north]
    if not found:
        return REGION
    lons, lats = [p[0] for p in found], [p[1] for p in found]
    wide, high = max(max(lons) - min(lons), least), max(max(lats) - min(lats), least)
    lon, lat = (max(lons) + min(lons)) / 2, (max(lats) + min(lats)) / 2
    half_w, half_h = wide * (0.5 + margin), high * (0.5 + margin)
    return lon - half_w, lat - half_h, lon + half_w, lat + half_h


@cache
def _outlines() -> Mapping[str, Mapping[str, Sequence[Sequence[Place]]]]:
    raw = json.loads(files("wargame.tui").joinpath("outlines.json").read_text(encoding="utf-8"))
    return {
        scale: {kind: [list(zip(f[::2], f[1::2], strict=True)) for f in some] for kind, some in raw[scale].items()}
        for scale in ("110m", "50m")
    }


def draw_outlines(canvas: Canvas, chart: Chart) -> None:
    """Draw borders, then coasts."""
    lines = _outlines()["50m" if chart.dots >= _FINE_FROM else "110m"]
    west, north = chart.place(0, 0)
    east, south = chart.place(chart.width, chart.height)
    for kind, style, of in (("border", "$line", 3), ("coast", "$faint", 1)):
        for line in lines[kind]:
            if _meets(line, west, south, east, north):
                canvas.path([chart.spot(place) for place in line], style, of)


def _meets(line: Sequence[Place], west: float, south: float, east: float, north: float) -> bool:
    lons, lats = [p[0] for p in line], [p[1] for p in line]
    return max(lons) >= west and min(lons) <= east and max(lats) >= south and min(lats) <= north
