"""What a terminal can draw: everything, or only letters, ASCII marks and box lines.

In plain mode every mark is replaced, one cell by one cell, just before it is drawn; so nothing else has to know. Marks
of one family stay apart from each other.
"""

from __future__ import annotations

from collections.abc import Mapping

FULL, PLAIN, AUTO = "full", "plain", "auto"
_POOR = frozenset({"dumb", "linux", "unknown", "vt52", "vt100", "vt102", "vt220", "ansi", "cons25"})
"""Terminals whose fonts have no braille and few marks."""
_BRAILLE = range(0x2800, 0x2900)
_UPPER, _LOWER = 0x1B, 0xE4
"""The dots in the upper and in the lower half of a braille cell."""

_MARKS = {
    "■": "#", "□": "_", "▪": "=", "▫": ",", "▲": "A", "▼": "V", "►": ">", "◊": "%", "♦": "&", "●": "*", "○": "o",
    "•": "*", "·": ".", "×": "x", "≈": "~", "≥": ">", "≤": "<", "−": "-", "–": "-", "—": "-", "Δ": "d", "←": "<",
    "↑": "^", "→": ">", "↓": "v", "━": "═", "…": ".", "“": '"', "”": '"', "‘": "'", "’": "'", "█": "#", "▌": "#",
    "≠": "/", "▁": "1", "▂": "2", "▃": "3", "▄": "4", "▅": "5", "▆": "6", "▇": "7",
}  # fmt: skip


def _dots(bits: int) -> str:
    if not bits:
        return " "
    return ":" if bits & _UPPER and bits & _LOWER else "'" if bits & _UPPER else "."


_TABLE = str.maketrans({**_MARKS, **{chr(n): _dots(n - 0x2800) for n in _BRAILLE}})
_plain = False


def use(plain: bool) -> None:
    """Draw everything from now on with what this terminal has; there is one terminal for a process."""
    global _plain
    _plain = plain


def is_plain() -> bool:
    """Say whether only letters, ASCII and box lines are drawn."""
    return _plain


def drawn(text: str) -> str:
    """Return a text as this terminal can draw it."""
    return text.translate(_TABLE) if _plain else text


def wants_plain(chosen: str, environment: Mapping[str, str]) -> bool:
    """Say whether to draw plainly: as chosen, else by the kind of terminal and the encoding it names."""
    if chosen in (FULL, PLAIN):
        return chosen == PLAIN
    if environment.get("TERM", "").split("-")[0].lower() in _POOR:
        return True
    named = next((environment[n] for n in ("LC_ALL", "LC_CTYPE", "LANG") if environment.get(n)), "")
    return bool(named) and "utf8" not in named.lower().replace("-", "")
