"""Lines of styled text, measured in cells: cut, padded, wrapped, put side by side. Styles are roles of the theme."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from rich.cells import cell_len, chop_cells, set_cell_size

Piece: TypeAlias = tuple[str, str]
"""Some text and its style, such as ``bold $accent``; an empty style is plain text."""
Line: TypeAlias = tuple[Piece, ...]

ELLIPSIS = "…"


def plain(*words: str) -> Line:
    """Return a line in the colour of text."""
    return tuple((word, "") for word in words)


def dim(words: str) -> Line:
    """Return a line of words that explain: labels, units, refusals."""
    return ((words, "$dim"),)


def bold(words: str) -> Line:
    """Return a line of words to be read first."""
    return ((words, "bold"),)


def width_of(line: Line) -> int:
    """Return how many cells a line takes."""
    return sum(cell_len(text) for text, _ in line)


def without_end(pieces: Sequence[Piece]) -> Line:
    """Return pieces as a line, without the blanks behind the last one."""
    return (*pieces[:-1], (pieces[-1][0].rstrip(), pieces[-1][1])) if pieces else ()


def words_of(line: Line) -> str:
    """Return the text of a line without its styles."""
    return "".join(text for text, _ in line)


def cut(line: Line, width: int) -> Line:
    """Return a line that takes no more than so many cells; what is left out shows as an ellipsis."""
    if width_of(line) <= width:
        return line
    found: list[Piece] = []
    room = width - 1
    for text, style in line:
        size = cell_len(text)
        if size > room:
            kept = chop_cells(text, room)[0] if room > 0 else ""
            found.append((kept.rstrip() + ELLIPSIS, style))
            break
        found.append((text, style))
        room -= size
    return tuple(found) if width > 0 else ()


def shortened(words: str, width: int) -> str:
    """Return a heading that fits: without its small words, then with its longest words cut short by a full stop."""
    parts = words.split()
    if cell_len(words) > width:
        parts = [part for n, part in enumerate(parts) if not n or len(part) > _SMALL] or parts
    while cell_len(" ".join(parts)) > width and max(map(len, parts)) > _SMALL + 2:
        longest = max(range(len(parts)), key=lambda n: len(parts[n]))
        parts[longest] = parts[longest].rstrip(".")[:-2] + "."
    return " ".join(parts)


_SMALL = 3
"""Words of so many letters can be left out of a heading."""


def pad(line: Line, width: int, *, right: bool = False) -> Line:
    """Return a line of exactly so many cells; ``right``: flush right, as numbers stand."""
    line = cut(line, width)
    space = ((" " * (width - width_of(line)), ""),)
    return (*space, *line) if right else (*line, *space)


def apart(left: Line, right: Line, width: int) -> Line:
    """Return two texts at the two ends of a line; the left one gives way."""
    room = width - width_of(right)
    if room < 4:
        return cut(left, width)
    return (*pad(left, room - 1), (" ", ""), *right) if width_of(right) else cut(left, width)


def styled(line: Line, style: str) -> Line:
    """Return a line with a style added to each piece."""
    return tuple((text, f"{old} {style}".strip()) for text, old in line)


def wrap(text: str, width: int, style: str = "", hang: int = 0, label: Line = ()) -> list[Line]:
    """Return a paragraph as lines; later lines hang by so many cells, the first one begins with the label."""
    start = width_of(label)
    rows: list[str] = []
    for part in text.splitlines() or [""]:
        rows += textwrap.wrap(
            part, max(width, 8), initial_indent=" " * (start if not rows else hang), subsequent_indent=" " * hang,
            break_on_hyphens=False,
        ) or [""]  # fmt: skip
    lines: list[Line] = [((row, style),) for row in rows]
    if label:
        lines[0] = (*label, (rows[0][start:], style))
    return lines


def wrap_led(lead: str, text: str, width: int, style: str = "bold") -> list[Line]:
    """Return a paragraph that some words begin which stand out, over as many lines as they take."""
    left, found = len(lead.split()), []
    for row in wrap(f"{lead} {text}", width):
        words = words_of(row).split()
        first, rest = " ".join(words[:left]), " ".join(words[left:])
        left -= len(words[:left])
        pieces: Line = ((first + (" " if first and rest else ""), style), (rest, ""))
        found.append(tuple(piece for piece in pieces if piece[0]))
    return found


def wrap_apart(text: str, right: Line, width: int, style: str = "", hang: int = 0, label: Line = ()) -> list[Line]:
    """Return a paragraph whose first line leaves room for what stands at its right end; the others take the width."""
    first = wrap(text, width - width_of(right) - 1, style, hang, label)[0]
    words, said = text.split(), words_of(first)[width_of(label) :]
    rest = " ".join(words[len(said.split()) :])
    more = wrap(rest, width - hang, style) if rest else []
    return [apart(first, right, width), *(((" " * hang, ""), *line) for line in more)]


def columns(cells: Sequence[tuple[Line, int]], gap: int = 1) -> Line:
    """Return cells side by side. A width below zero means flush right; a cell of width 0 is left out."""
    found: list[Piece] = []
    for line, width in cells:
        if width:
            if found:
                found.append((" " * gap, ""))
            found += pad(line, abs(width), right=width < 0)
    return tuple(found)


def packed(parts: Sequence[Line], width: int) -> list[Line]:
    """Return parts side by side, in as many lines as they take."""
    lines: list[list[Piece]] = []
    for part in parts:
        if lines and width_of((*lines[-1], ("  ", ""), *part)) <= width:
            lines[-1] += [("  ", ""), *part]
        else:
            lines.append(list(part))
    return [cut(tuple(line), width) for line in lines]


def beside(left: Iterable[Line], right: Iterable[Line], width: int, gap: int = 2) -> list[Line]:
    """Return two blocks of lines next to each other; the left one takes ``width`` cells."""
    a, b = list(left), list(right)
    rows = max(len(a), len(b))
    a += [()] * (rows - len(a))
    b += [()] * (rows - len(b))
    return [(*pad(x, width), (" " * gap, ""), *y) for x, y in zip(a, b, strict=True)]


def fixed(text: str, width: int) -> str:
    """Return a text of exactly so many cells."""
    return set_cell_size(text, width)
