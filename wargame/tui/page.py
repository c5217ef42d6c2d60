"""Takes what is told in words and keeps it as a page, to be wrapped wherever it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wargame.model.text import Text
from wargame.telling.talk import Talk
from wargame.telling.voice import Voice
from wargame.tui.ink import Line, bold, columns, plain, wrap, wrap_led

_MARKS = re.compile(r"\*\*(.+?)\*\*|__(.+?)__|(?<!\w)\*(?!\s)(.+?)(?<!\s)\*(?!\w)|`(.+?)`")
_LEAD = re.compile(r"\s*\*\*([^*]+)\*\*\s*(.*)", re.DOTALL)
_BULLET = re.compile(r"\s*([-*]|\d+\.)\s+")


@dataclass(frozen=True, slots=True)
class Block:
    """One thing that was said: a head, a paragraph, an item behind a label, a line of a table, or a gap.

    A ``lead`` is a paragraph that its label begins: the words by which it is found again.
    """

    kind: str
    text: str = ""
    label: str = ""
    indent: int = 0
    cells: tuple[str, ...] = ()
    """Of a line of a table: its cells, padded to the widths of their columns; the first one gives way."""

    def lines(self, width: int) -> list[Line]:
        """Return it as lines."""
        if self.kind == "head":
            return [(), *(bold(words_[0][0]) for words_ in wrap(self.text.upper(), width))]
        if self.kind == "gap":
            return [()]
        if self.kind == "row":
            rest = "  ".join(self.cells[1:])
            room = width - len(rest) - 2
            return [
                columns([(plain(self.cells[0].rstrip()), min(room, len(self.cells[0]))), (plain(rest), len(rest))], 2)
            ]
        space = " " * self.indent
        if self.kind == "lead":
            return wrap_led(self.label, self.text, width)
        if self.kind == "item":
            label = ((space, ""), (self.label + " ", "$dim" if self.label in ("-", "→") else "bold"))
            return wrap(self.text, width, "", self.indent + len(self.label) + 1, label)
        return [((space, ""), *line) for line in wrap(self.text, width - self.indent, "$dim" if self.indent else "")]


class Page(Talk):
    """Collects blocks; ``take`` hands them over. Nobody can be asked anything on a page."""

    def __init__(self, voice: Voice) -> None:
        self.voice = voice
        self.blocks: list[Block] = []

    def take(self) -> tuple[Block, ...]:
        """Return what was said since the last time."""
        found, self.blocks = tuple(self.blocks), []
        return found

    def say(self, text: Text | str, indent: int = 0) -> None:
        """Say a paragraph."""
        self._keep("say", text, indent=indent)

    def head(self, text: Text | str) -> None:
        """Say a heading."""
        self._keep("head", text)

    def item(self, label: str, text: Text | str, indent: int = 0) -> None:
        """Say a paragraph that hangs from a label."""
        self._keep("item", text, label, indent)

    def prose(self, text: Text) -> None:
        """Say authored text: paragraphs, headings and lists in Markdown."""
        for block in re.split(r"\n\s*\n", self.of(text).strip()):
            self._prose(block)
            self.gap()
        del self.blocks[-1:]

    def _prose(self, block: str) -> None:
        lead = _LEAD.match(block)
        if lead is not None:
            led = _MARKS.sub(lambda m: next(g for g in m.groups() if g is not None), " ".join(lead.group(2).split()))
            self.blocks.append(Block("lead", led, lead.group(1)))
            return
        rows = [_MARKS.sub(lambda m: next(g for g in m.groups() if g is not None), row) for row in block.splitlines()]
        if rows and rows[0].startswith("#"):
            self.head(rows[0].lstrip("# "))
            rows = rows[1:]
        said: list[str] = []
        for row in rows:
            if _BULLET.match(row) or not said:
                said.append(row.strip())
            else:
                said[-1] += f" {row.strip()}"
        for row in said:
            mark = _BULLET.match(row)
            if mark is None:
                self.say(row)
            else:
                self.item("-" if mark.group(1) == "*" else mark.group(1), row[mark.end() :])

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Say a table, its columns as wide as they need to be."""
        everything = [list(head), *(list(row) for row in rows)]
        widths = [max(len(row[i]) for row in everything) for i in range(len(head))]
        for row in everything:
            cells = [c.rjust(w) if i else c.ljust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))]
            self.blocks.append(Block("row", "  ".join(cells), cells=tuple(cells)))

    def gap(self) -> None:
        """Leave a line empty."""
        self._keep("gap", "")

    def ask(self, prompt: str) -> str | None:
        """Return nothing: screens ask with fields, not with questions."""
        return None

    def _keep(self, kind: str, text: Text | str, label: str = "", indent: int = 0) -> None:
        self.blocks.append(Block(kind, text if isinstance(text, str) else self.of(text), label, indent))


def lines_of(blocks: Iterable[Block], width: int) -> list[Line]:
    """Return a page as lines, without empty ones at its two ends."""
    found = [line for block in blocks for line in block.lines(width)]
    while found and not any(text.strip() for text, _ in found[0]):
        del found[0]
    while found and not any(text.strip() for text, _ in found[-1]):
        del found[-1]
    return found
