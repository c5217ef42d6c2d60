"""A page of Markdown: collects what is told, with headings that nest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from wargame.model.text import Text
from wargame.telling.talk import Talk
from wargame.telling.voice import Voice

_HEADING = re.compile(r"^#+ ", re.MULTILINE)


class MarkdownTalk(Talk):
    """Collects what is told as Markdown; nobody answers."""

    def __init__(self, voice: Voice) -> None:
        self.voice: Voice = voice
        self._parts: list[str] = []
        self._margin = 0
        """How far the first item of the list in hand was set in."""
        self._level = 1
        """How deep the next heading stands: 1 is the title."""

    @contextmanager
    def under(self, title: Text | str) -> Iterator[None]:
        """Say a heading, and put those that are said meanwhile under it."""
        self.head(title)
        self._level += 1
        try:
            yield
        finally:
            self._level -= 1

    def text(self) -> str:
        """Return everything that was told."""
        return "\n\n".join(self._parts) + "\n"

    def say(self, text: Text | str, indent: int = 0) -> None:
        """Add a paragraph, or go on in the item before it."""
        words = self._words(text)
        if indent and self._parts and self._parts[-1].startswith("- "):
            self._parts[-1] += f"\n  {words}"
        else:
            self._parts.append(words)

    def head(self, text: Text | str) -> None:
        """Add a heading."""
        self._parts.append(f"{'#' * self._level} {self._words(text)}")

    def item(self, label: str, text: Text | str, indent: int = 0) -> None:
        """Add an item of a list."""
        mark = "-" if label == "-" else f"- **{label.rstrip(':')}**"
        line = f"{mark} {self._words(text)}"
        if self._parts and self._parts[-1].startswith("- "):
            self._parts[-1] += f"\n{'  ' if indent > self._margin else ''}{line}"
        else:
            self._parts.append(line)
            self._margin = indent

    def prose(self, text: Text) -> None:
        """Add authored text as it is written, its headings under the one in hand."""
        self._parts.append(_HEADING.sub("#" * self._level + " ", self.of(text).strip()))

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Add a table."""
        lines = [list(head), ["---"] + ["---:"] * (len(head) - 1), *(list(row) for row in rows)]
        cells = [[cell.replace("|", "\\|") for cell in line] for line in lines]
        self._parts.append("\n".join(f"| {' | '.join(line)} |" for line in cells))

    def gap(self) -> None:
        """Paragraphs stand apart already."""

    def ask(self, prompt: str) -> str | None:
        """Return None: nobody answers."""
        return None

    def _words(self, text: Text | str) -> str:
        return text if isinstance(text, str) else self.of(text)
