"""Plain lines: wrapped text, lists, tables. No colour, no boxes: screen readers read them.

At most eighty columns, and fewer on a terminal that has fewer.
"""

from __future__ import annotations

import os
import re
import sys
import textwrap
from collections.abc import Iterable, Sequence

WIDTH = 80
"""Columns of a line; words longer than that stand alone."""
_NARROWEST = 20
"""On narrower terminals lines are as wide as this, and the terminal breaks them."""

_MARKS = re.compile(r"\*\*(.+?)\*\*|__(.+?)__|(?<!\w)\*(?!\s)(.+?)(?<!\s)\*(?!\w)|`(.+?)`")


def width() -> int:
    """Return how many columns lines may have where they are read."""
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):  # a pipe, a file, or no stream of the system at all
        return WIDTH
    return max(min(WIDTH, columns or WIDTH), _NARROWEST)


def wrapped(text: str, indent: int = 0, first: int | None = None) -> list[str]:
    """Return a paragraph as lines; ``first`` is the indent of the first one, if it differs."""
    start = indent if first is None else first
    lines = textwrap.wrap(
        text,
        width(),
        initial_indent=" " * start,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines or [""]


def item(label: str, text: str, indent: int = 0) -> list[str]:
    """Return a paragraph that hangs from a label: the lines after the first stand under the text."""
    return wrapped(f"{label} {text}", indent + len(label) + 1, indent)


def prose(text: str) -> list[str]:
    """Return authored text (paragraphs, headings, lists in Markdown) as plain lines."""
    lines: list[str] = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines += _block(block)
        lines.append("")
    return lines[:-1]


def _block(block: str) -> list[str]:
    rows = [_MARKS.sub(lambda m: next(g for g in m.groups() if g is not None), row) for row in block.splitlines()]
    if rows and rows[0].startswith("#"):
        return [rows[0].lstrip("# ").upper(), *(_block("\n".join(rows[1:])) if rows[1:] else [])]
    if any(_bullet(row) for row in rows):
        return [line for row in _items(rows) for line in row]
    return wrapped(" ".join(row.strip() for row in rows))


def _bullet(row: str) -> re.Match[str] | None:
    return re.match(r"\s*([-*]|\d+\.)\s+", row)


def _items(rows: Sequence[str]) -> list[list[str]]:
    """Return list items, each with the rows that go on with it."""
    found: list[str] = []
    for row in rows:
        if _bullet(row) or not found:
            found.append(row.strip())
        else:
            found[-1] += " " + row.strip()
    return [_item(row) for row in found]


def _item(row: str) -> list[str]:
    mark = _bullet(row)
    if mark is None:
        return wrapped(row)
    label = "-" if mark.group(1) == "*" else mark.group(1)
    return item(label, row[mark.end() :])


def table(head: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1) -> list[str]:
    """Return a table whose columns are wide enough; the first ``left`` columns are words, the others numbers.

    On a terminal that is too narrow for it, each row becomes a list of what its columns say.
    """
    everything = [list(head), *(list(row) for row in rows)]
    widths = [max(len(row[i]) for row in everything) for i in range(len(head))]
    if width() < WIDTH and sum(widths) + 2 * len(widths) > width():
        return [line for row in everything[1:] for line in _listed(head, row)]
    return [
        "  ".join(
            cell.ljust(width) if i < left else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in everything
    ]


def _listed(head: Sequence[str], row: Sequence[str]) -> list[str]:
    said = [f"{name}: {cell}" if name else cell for name, cell in zip(head, row, strict=True)]
    return item("-", "; ".join(part for part in said if part))
