"""The marks with which all is drawn: changes, histories, tracks, odds. Each says by shape what it says by colour."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.model.kinds import Sight
from wargame.tui.ink import Line, Piece

BARS = " ▁▂▃▄▅▆▇"
ODDS = 20
"""People read 8 in 20 better than 38 %."""

KINDS = "■□§▪♦●○▫◊"
"""Marks of the kinds of actors, in the order in which the rules declare them."""


def change(amount: float, good: int, shown: str) -> Line:
    """Return a change: filled is against you, thin is for you, plain where nobody takes sides."""
    if not shown or shown.strip("+−0.,") == "":
        return (("·", "$dim"),)
    size = shown.lstrip("+−")
    up = amount > 0
    side = good * (1 if up else -1)
    if side < 0:
        return ((("▲" if up else "▼") + size, "$bad"),)
    if side > 0:
        return ((("↑" if up else "↓") + size, "$good"),)
    return ((("+" if up else "−") + size, ""),)


def history(values: Sequence[float], width: int = 8) -> Line:
    """Return the last values as bars on a scale of their own, the newest in the colour of text."""
    recent = list(values)[-width:]
    if len(recent) < 2:
        return (("·" * min(width, 1), "$line"),)
    low, high = min(recent), max(recent)
    span = high - low
    levels = [4 if not span else 1 + round(6 * (v - low) / span) for v in recent]
    bars = "".join(BARS[level] for level in levels)
    return ((bars[:-1], "$faint"), (bars[-1], ""))


def track(value: float, low: float, high: float, width: int, deviation: float = 0.0, style: str = "bold") -> Line:
    """Return a dotted track with a mark on it; the line through the mark is where the truth lies two times in three."""
    span = (high - low) or 1.0

    def at(x: float) -> int:
        return min(max(round((x - low) / span * (width - 1)), 0), width - 1)

    middle, first, last = at(value), at(value - deviation), at(value + deviation)
    pieces: list[Piece] = [("·" * min(first, middle), "$line")]
    pieces.append(("─" * (middle - min(first, middle)), "$est"))
    pieces.append(("●", style))
    pieces.append(("─" * (max(last, middle) - middle), "$est"))
    pieces.append(("·" * (width - 1 - max(last, middle)), "$line"))
    return tuple((text, style) for text, style in pieces if text)


def odds(chance: float) -> Line:
    """Return twenty squares, as many filled as times in twenty it succeeds."""
    filled = round(chance * ODDS)
    return (("■" * filled, "$good"), ("□" * (ODDS - filled), "$faint"))


def stock(share: float, width: int = 10) -> Line:
    """Return a bar of squares for what is left of something."""
    filled = min(max(round(share * width), 0), width)
    return (("■" * filled, "$good"), ("·" * (width - filled), "$line"))


def pile(counts: Sequence[int], height: int, own: int, cells: int = 2) -> list[Line]:
    """Return counts as a filled distribution of so many rows, each count some cells wide; one's own stands out."""
    steps = len(BARS) - 1
    most = max(*counts, 1)
    levels = [max(round(height * steps * count / most), 1 if count else 0) for count in counts]
    found: list[Line] = []
    for row in range(height - 1, -1, -1):
        pieces: list[Piece] = []
        for n, level in enumerate(levels):
            part = min(max(level - row * steps, 0), steps)
            bar = "█" if part == steps and level > (row + 1) * steps else BARS[part]
            pieces.append((bar * cells, "bold $accent" if n == own else "$faint"))
        found.append(tuple(pieces))
    return found


def weight(amount: float, largest: float, good: int, most: int = 5) -> Line:
    """Return how much a cause weighs: filled squares drive what is against you, hollow ones what is for you."""
    count = max(1, round(most * abs(amount) / largest)) if largest else 1
    side = good * (1 if amount > 0 else -1)
    square = "□" if side > 0 else "■" if side < 0 else "▪"
    style = "$good" if side > 0 else "$bad" if side < 0 else ""
    return ((square * count + " " * (most - count), style),)


def sure(shown: str, deviation: str, sight: Sight) -> Line:
    """Return a number with how it is known: exact plain, estimated ≈ ±, reported in « », hidden as a question mark."""
    if sight is Sight.HIDDEN:
        return (("?", "$dim"),)
    if sight is Sight.REPORTED:
        return ((f"«{shown}»", "$est"),)
    if sight is Sight.ESTIMATED and deviation:
        return ((f"≈{shown}", "$est"), (f"±{deviation}", "$est"))
    return ((shown, "bold"),)


def band(middle: float, first: float, last: float, low: float, high: float, width: int, mark: str) -> Line:
    """Return a dotted track with a line from the tenth to the ninetieth percentile and a mark at the middle."""
    span = (high - low) or 1.0

    def at(x: float) -> int:
        return min(max(round((x - low) / span * (width - 1)), 0), width - 1)

    a, m, b = at(first), at(middle), at(last)
    pieces: list[Piece] = [("·" * a, "$line"), ("─" * (m - a), "$dim"), (mark, "bold"), ("─" * (b - m), "$dim")]
    return (*pieces, ("·" * (width - 1 - b), "$line"))
