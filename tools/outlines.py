"""Makes ``wargame/tui/outlines.json`` from Natural Earth outlines in TopoJSON.

    python tools/outlines.py FOLDER

FOLDER holds ``countries-110m.json`` and ``countries-50m.json`` as the package world-atlas 2.0.2 ships them (Natural
Earth 4.1.0, public domain). Only what lies in the box is kept; each line that two countries share is kept once.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

WEST, SOUTH, EAST, NORTH = -121.0, -57.5, -32.0, 36.0
OUT = Path(__file__).resolve().parent.parent / "wargame" / "tui" / "outlines.json"
DIGITS = {"110m": 1, "50m": 2}

Point = tuple[float, float]


def main(folder: Path) -> None:
    """Write the file."""
    found: dict[str, Any] = {
        "source": "Natural Earth 4.1.0 (public domain), by way of world-atlas 2.0.2; made by tools/outlines.py"
    }
    for scale, digits in DIGITS.items():
        topology = json.loads((folder / f"countries-{scale}.json").read_text(encoding="utf-8"))
        found[scale] = _lines(topology, digits)
    OUT.write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def _lines(topology: dict[str, Any], digits: int) -> dict[str, list[list[float]]]:
    users: dict[int, int] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        for arc in set(_arcs(geometry["arcs"])):
            users[arc] = users.get(arc, 0) + 1
    found: dict[str, list[list[float]]] = {"coast": [], "border": []}
    for arc, count in sorted(users.items()):
        for part in _inside(_decode(topology, arc)):
            flat = _rounded(part, digits)
            if len(flat) >= 4:
                found["coast" if count == 1 else "border"].append(flat)
    return found


def _arcs(nested: Sequence[Any]) -> Iterator[int]:
    for one in nested:
        if isinstance(one, int):
            yield one if one >= 0 else ~one
        else:
            yield from _arcs(one)


def _decode(topology: dict[str, Any], arc: int) -> list[Point]:
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    x = y = 0
    points = []
    for dx, dy in topology["arcs"][arc]:
        x, y = x + dx, y + dy
        points.append((x * sx + tx, y * sy + ty))
    return points


def _inside(points: Sequence[Point]) -> Iterator[list[Point]]:
    part: list[Point] = []
    for point in points:
        if WEST <= point[0] <= EAST and SOUTH <= point[1] <= NORTH:
            part.append(point)
        elif part:
            yield part
            part = []
    if part:
        yield part


def _rounded(points: Sequence[Point], digits: int) -> list[float]:
    flat: list[float] = []
    for lon, lat in points:
        pair = [round(lon, digits), round(lat, digits)]
        if flat[-2:] != pair:
            flat += pair
    return flat


if __name__ == "__main__":
    main(Path(sys.argv[1]))
