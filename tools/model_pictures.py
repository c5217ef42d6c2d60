"""Draws a hindcast for ``docs/model.md``: small multiples of what the sessions gave and what happened, as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final
from xml.sax.saxutils import escape

WIDE, HIGH, GAP, LEFT = 300, 150, 58, 64
COLUMNS: Final = 3
LONGEST: Final = 48
"""Characters of a title that fit above a panel."""
_SPANS: Final = {
    "en": {"day": "on a day", "month": "month", "quarter": "quarter", "year": "year", "months": "months"},
    "es": {"day": "a una fecha", "month": "mes", "quarter": "trimestre", "year": "año", "months": "meses"},
}


def picture(result: Mapping[str, Any], titles: Mapping[str, str], legend: str, language: str) -> str:
    """Return small multiples: what the sessions gave (band and middle) and what happened (rings), by series."""
    series = [(name, one) for name, one in result["series"].items() if _values(one)]
    rows = -(-len(series) // COLUMNS)
    width, height = COLUMNS * (WIDE + LEFT) + 20, rows * (HIGH + GAP) + 40
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        _word(12, 20, legend),
    ]
    for n, (name, one) in enumerate(series):
        x, y = LEFT + (n % COLUMNS) * (WIDE + LEFT), 66 + (n // COLUMNS) * (HIGH + GAP)
        title = titles.get(one["measure"], name)
        out += [_word(x, y - 18, _shortened(title), "#111111")]
        out += [_word(x, y - 4, f"{name} · {spans(one['rows'], language)}", size=10), *_panel(one, x, y, language)]
    return "\n".join([*out, "</svg>"]) + "\n"


def spans(rows: list[Mapping[str, Any]], language: str) -> str:
    """Return how long the periods are that the figures of a series are about, each once, shortest first."""
    days = {(date.fromisoformat(row["period_end"]) - date.fromisoformat(row["period_start"])).days + 1 for row in rows}
    return ", ".join(dict.fromkeys(_span(count, language) for count in sorted(days)))


def _span(days: int, language: str) -> str:
    say = _SPANS[language]
    if days <= 1:
        return say["day"]
    for longest, name in ((31, "month"), (92, "quarter")):
        if longest - 3 <= days <= longest:
            return say[name]
    return say["year"] if days in (365, 366) else f"{max(1, round(days / 30.4))} {say['months']}"


def rounded(value: float, language: str) -> str:
    """Return a number with three digits that count, its thousands set apart as the language does."""
    if abs(value) >= 999.5:
        scale = 10 ** (len(str(round(abs(value)))) - 3)
        said = f"{round(value / scale) * scale:,}"
        return said.replace(",", " ") if language == "es" else said
    said = f"{value:.3g}"
    return said.replace(".", ",") if language == "es" else said


def _shortened(title: str) -> str:
    if len(title) <= LONGEST:
        return title
    return title[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(",;") + " …"


def _values(one: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [row for row in one["rows"] if row.get("model") and row["value"] is not None]


def _panel(one: Mapping[str, Any], x: int, y: int, language: str) -> Iterator[str]:
    rows = _values(one)
    numbers = [n for row in rows for n in (row["value"], row["model"]["low"], row["model"]["high"])]
    top, bottom = max(numbers), min(0.0, *numbers)
    span = (top - bottom) or 1.0

    def at(n: int, value: float) -> tuple[float, float]:
        return x + (n + 0.5) * (WIDE - 20) / len(rows), y + HIGH - 24 - (value - bottom) / span * (HIGH - 48)

    yield _stroke((x, at(0, bottom)[1]), (x + WIDE - 20, at(0, bottom)[1]), "#999999", 1)
    for edge in (bottom, top):
        yield _word(x - 6, at(0, edge)[1] + 4, rounded(edge, language), anchor="end", size=10)
    for n, row in enumerate(rows):
        model = row["model"]
        (px, low), (_, high), (_, middle) = at(n, model["low"]), at(n, model["high"]), at(n, model["middle"])
        yield _stroke((px, low), (px, high), "#8fb3d9", 9)
        yield _stroke((px - 6, middle), (px + 6, middle), "#1f5c99", 2)
        ring = 'r="4" fill="none" stroke="#c0392b" stroke-width="2"'
        yield f'<circle cx="{px:.1f}" cy="{at(n, row["value"])[1]:.1f}" {ring}/>'
        if len(rows) <= 9 or n % 2 == 0:
            yield _word(px, y + HIGH - 6, row["period_end"][:4], anchor="middle", size=10)


def _word(x: float, y: float, said: str, ink: str = "#555555", anchor: str = "start", size: int = 12) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"'
    return f'<text {place} fill="{ink}">{escape(said)}</text>'


def _stroke(start: tuple[float, float], end: tuple[float, float], ink: str, width: int) -> str:
    (x1, y1), (x2, y2) = start, end
    line = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {line} stroke="{ink}" stroke-width="{width}"/>'
